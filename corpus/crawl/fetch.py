"""What is asked of a source."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self


class Expects(StrEnum):
    """What an answer must be: another kind is refused, whatever its name or its status says."""

    HTML = "html"
    JSON = "json"
    XML = "xml"
    PDF = "pdf"
    ZIP = "zip"
    ANY = "any"  # a file of whatever kind, but never a page of HTML


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request, and what its answer is for.

    ``role`` names the step that reads the answer (``list``, ``detail``, ``file``). ``item`` is the source's own id of the
    thing that the answer belongs to: all fetches of one item are stored together; it is empty for a list, which belongs to
    none. ``body`` is sent as it is, with ``headers``. ``context`` is what the step must know besides, such as the number
    asked for. ``number`` is the số ký hiệu that the answer must be of, for ``--dry-run`` and reports. A ``large`` answer is
    downloaded to disk and goes on where it was stopped. ``source`` is the source that the answer is of, where a crawl asks
    several (``missing``): its spider reads the item; empty for the crawl's own.
    An ``optional`` answer that is not there (404) leaves its item whole.
    """

    address: str
    role: str
    item: str = ""
    expects: Expects = Expects.HTML
    method: str = "GET"
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    large: bool = False
    source: str = ""
    optional: bool = False

    @property
    def fingerprint(self) -> str:
        """The same for two requests that ask for the same thing: sha256 of method, address and body, in hex."""
        return hashlib.sha256(f"{self.method} {self.address}\n{self.body}".encode()).hexdigest()

    def as_values(self) -> dict[str, Any]:
        """As JSON values; ``of_values`` reads them."""
        return asdict(self)

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> Self:
        """The fetch that ``as_values`` gave."""
        return cls(**{**values, "expects": Expects(values["expects"])})
