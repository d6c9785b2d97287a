"""The questions people ask, answered from the store: tasks, procedures, indicators."""
