"""A task as it was found, before it has an address: what prose and tables give alike."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.parse.tasks.deadlines import NONE, Deadline


@dataclass(frozen=True, slots=True)
class Place:
    """Where a task stands: ``path`` is that of the provision, ``steps`` lead on from there, ``words`` say it all.

    ``number`` is the number in a list as printed, ``position`` where in the text it stands, to keep tasks in its order.
    """

    path: str
    words: str
    steps: tuple[str, ...] = ()
    number: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class FoundTask:
    """A task with the names and phrases as printed."""

    wording: str
    place: Place
    lead: str = ""
    coordinating: str = ""
    deadline: Deadline = NONE
    product: str = ""
    result: str = ""
    state: str = ""
    assigned_in: str = ""
