"""Errors that explain themselves: what was wrong, with which input, and the way out."""

from __future__ import annotations


class Dean06Error(Exception):
    """Base of every error a user may see: ``problem`` names the input, ``remedy`` says what to do."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem} {remedy}".strip())
        self.problem = problem
        self.remedy = remedy


class NotFoundError(Dean06Error):
    """Nothing is held under the name that was asked for."""


class UnusableInputError(Dean06Error):
    """A file or text that cannot be read as what it claims to be; nothing was changed."""


class StoreError(Dean06Error):
    """The store cannot be opened, or its schema is not the one this program knows."""


class DamagedIndexError(Dean06Error):
    """The index is missing, damaged or made by another version: it can be rebuilt from the store."""
