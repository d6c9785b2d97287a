"""Dates as legal sources give them: sometimes only a year or a month is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, or the part of one that the source states; 0 stands for "not stated".

    >>> str(PartialDate.parse("2023-02")), PartialDate.parse("2023").label
    ('2023-02', '2023')
    >>> PartialDate.parse("2022-01-06").label
    '06/01/2022'
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or (self.day and not self.month):
            raise ValueError(f"not a date: {self.year}-{self.month}-{self.day}")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, iso: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raise ``ValueError`` for anything else."""
        match = _ISO.fullmatch(iso.strip())
        if match is None:
            raise ValueError(f"not an ISO date (YYYY, YYYY-MM or YYYY-MM-DD): {iso!r}")
        year, month, day = match.groups()
        return cls(int(year), int(month or 0), int(day or 0))

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The whole of a known day."""
        return cls(day.year, day.month, day.day)

    @property
    def exact(self) -> date | None:
        """The day itself, or None where the source does not state it whole."""
        return date(self.year, self.month, self.day) if self.day else None

    @property
    def label(self) -> str:
        """As Vietnamese pages print it: dd/mm/yyyy, mm/yyyy or yyyy."""
        return "/".join(f"{part:02d}" for part in (self.day, self.month) if part) + (
            f"/{self.year:04d}" if self.month else f"{self.year:04d}"
        )

    def agrees_with(self, other: PartialDate) -> bool:
        """Whether nothing stated by one contradicts the other."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine == theirs or not mine or not theirs for mine, theirs in pairs)

    def __str__(self) -> str:
        return "-".join([f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part])
