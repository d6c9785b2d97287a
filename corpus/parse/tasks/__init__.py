"""The tasks that a document assigns, in prose and in tables."""

from corpus.parse.tasks.finding import find_tasks
from corpus.parse.tasks.names import split_agencies

__all__ = ["find_tasks", "split_agencies"]
