"""How a long step tells how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Is told how far a step is; ``total`` stays the same for a step, 0 where it is not known."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """``step`` names what is done, such as ``check``, ``parse``, ``load``; ``done`` of ``total`` things."""


def no_progress(step: str, done: int, total: int) -> None:
    """Show nothing."""
