"""What came: pages as the steps of a source read them, always from a snapshot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from corpus.crawl.refusals import WrongKindError
from corpus.snapshot import Snapshot
from kb.model import Confidence, Evidence, Provenance

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: its snapshot, and the bytes in it."""

    snapshot: Snapshot
    data: bytes

    @property
    def role(self) -> str:
        """The step it is for."""
        return self.snapshot.fetch.role

    @property
    def item(self) -> str:
        """The thing it belongs to; empty for a list."""
        return self.snapshot.fetch.item

    @property
    def context(self) -> Mapping[str, str]:
        """What its fetch said besides."""
        return self.snapshot.fetch.context

    @property
    def number(self) -> str:
        """The số ký hiệu that was asked for; empty where none was."""
        return self.snapshot.fetch.number

    @property
    def address(self) -> str:
        """Where it came from in the end."""
        return self.snapshot.address

    @property
    def retrieved(self) -> date:
        """The Vietnamese day on which it came."""
        return self.snapshot.retrieved.astimezone(_HERE).date()

    def json(self) -> Any:  # noqa: ANN401  # JSON is of any shape until it is read
        """The page as JSON values; raises ``WrongKindError``."""
        try:
            return json.loads(self.data)
        except ValueError as error:
            raise WrongKindError(self.address, f"{self.address} gave something that is not JSON: {error}.") from error

    def provenance(self, evidence: Evidence, *, address: str = "", place: str = "") -> Provenance:
        """Where a fact on this page was seen; ``address`` if people know the thing under another one."""
        return Provenance(
            self.snapshot.source,
            address or self.address,
            evidence,
            Confidence.VERIFIED,
            self.retrieved,
            self.snapshot.sha256,
            place,
        )
