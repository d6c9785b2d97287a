"""Sums of a report shown whole: what it counts, and what of the total it says nothing about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kb.errors import NotFoundError
from kb.model import Indicator


@dataclass(frozen=True, slots=True)
class Sum:
    """A total of a report and the parts that it names; ``unstated`` is what the report says nothing about.

    What is unstated is neither late nor done: it is unknown. A negative ``unstated`` means that the parts say more than
    the total: the report contradicts itself.
    """

    total: Indicator
    parts: tuple[Indicator, ...]

    @property
    def stated(self) -> Decimal:
        """The parts together."""
        return sum((part.numerator for part in self.parts), Decimal(0))

    @property
    def unstated(self) -> Decimal:
        """What of the total no part accounts for."""
        return self.total.numerator - self.stated

    def share(self, amount: Decimal) -> Decimal:
        """An amount as a part of the total in percent, to one place; 0 where the total is 0."""
        if not self.total.numerator:
            return Decimal(0)
        return (100 * amount / self.total.numerator).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The reported tasks by state, and the documents that assign them by kind.

    ``tasks``: 656 = 245 + 122 + 238 + 51 not stated. ``documents``: 8 directives, 7 dispatches and 28 resolutions; the
    report gives no total of its own, so there is nothing to set it against.
    """

    tasks: Sum
    documents: tuple[Indicator, ...]

    @property
    def documents_total(self) -> Decimal:
        """How many documents the report names altogether."""
        return sum((document.numerator for document in self.documents), Decimal(0))

    @property
    def line(self) -> str:
        """The line that stands above every count of tasks.

        The unstated part is named, never left out: "656 = 245 + 122 + 238 + 51 không nêu trong nguồn".
        """
        parts = " + ".join(f"{part.numerator:f}" for part in self.tasks.parts)
        rest = f" + {self.tasks.unstated:f} không nêu trong nguồn" if self.tasks.unstated else ""
        return f"{self.tasks.total.numerator:f} = {parts}{rest}"

    @property
    def documents_line(self) -> str:
        """The documents that assign the tasks, added up: "43 = 8 + 7 + 28"."""
        return f"{self.documents_total:f} = {' + '.join(f'{document.numerator:f}' for document in self.documents)}"


def reconcile(indicators: Iterable[Indicator]) -> Reconciliation:
    """Set the reported total of tasks against its parts; raise ``NotFoundError`` where one of the figures is missing."""
    known = {indicator.id: indicator for indicator in indicators}
    return Reconciliation(
        tasks=Sum(_of(known, "tasks_total"), tuple(_of(known, state) for state in ("done", "regular", "ongoing"))),
        documents=tuple(_of(known, kind) for kind in ("directives", "dispatches", "resolutions")),
    )


def _of(known: dict[str, Indicator], name: str) -> Indicator:
    if name not in known:
        raise NotFoundError(f"The indicator {name!r} is not among those given.", "Load the register first.")
    return known[name]
