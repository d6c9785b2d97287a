"""The pages, a module for each thing people come for."""
