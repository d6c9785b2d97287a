"""What a query names that the collection does not hold: a number, a law without its text, a provision that the text lacks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from indexer.known_items import NAMED, PART, KnownItems, Tiers
from indexer.plan import And, Node, Number, Or, ProcedureCode, ProvisionOf
from indexer.query.references import document_said, number_said, path_said
from indexer.segment import Segment
from kb.model import HitKind

Units = npt.NDArray[np.int64]


class Absences:
    """Tells what one segment lacks."""

    def __init__(self, segment: Segment, known: KnownItems) -> None:
        self._segment = segment
        self._known = known
        self._article = (
            segment.values("kind").index(HitKind.ARTICLE) if HitKind.ARTICLE in segment.values("kind") else -1
        )

    def of(self, node: Node) -> Iterator[str]:
        """A Vietnamese sentence for each thing that is named and not held."""
        match node:
            case And() | Or():
                for part in node.parts:
                    yield from self.of(part)
            case Number():
                yield from self._number(node)
            case ProcedureCode():
                if not self._known.by_code(node).any():
                    yield f"Bộ dữ liệu không có thủ tục nào mang mã {node.code}."
            case ProvisionOf():
                yield from self._provision(node)

    def _number(self, node: Number) -> Iterator[str]:
        tiers = self._known.by_number(node)
        if not tiers.any():
            yield f"Bộ dữ liệu không có văn bản nào là {number_said(node)}."
        elif not self._has_text(tiers):
            yield f"Chỉ biết {self._citation(tiers)} qua thông tin chung hoặc nơi nhắc đến: bộ dữ liệu không có lời văn."

    def _provision(self, node: ProvisionOf) -> Iterator[str]:
        tiers = self._known.by_provision(node)
        if not tiers.any():
            yield f"Bộ dữ liệu không có văn bản nào là {document_said(node)}."
            return
        clause = node.path.partition(".")[2]
        articles = np.flatnonzero((tiers == NAMED) & self._articles())
        if not len(articles):
            has = self._has_text(self._siblings(tiers))
            lacks = f"lời văn đang có không có {path_said(node.path)}" if has else "bộ dữ liệu không có lời văn"
            yield f"{self._citation(tiers)}: {lacks}."
        elif clause and not any(clause in self._clauses(unit) for unit in articles.tolist()):
            yield f"{self._card(articles[0])}: lời văn đang có không chia ra {path_said(node.path)}."

    def _siblings(self, tiers: Tiers) -> Tiers:
        """All units of the documents that are named in part."""
        documents = self._segment.column("document")
        return np.where(np.isin(documents, documents[tiers > 0]), np.uint8(PART), np.uint8(0))

    def _has_text(self, tiers: Tiers) -> bool:
        return bool(((tiers > 0) & self._articles()).any())

    def _articles(self) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = self._segment.column("kind") == self._article
        return found

    def _clauses(self, unit: int) -> set[str]:
        values = self._segment.values("clause")
        return {values[path] for path in self._segment.clauses(unit)[2].tolist()}

    def _citation(self, tiers: Tiers) -> str:
        return self._card(int(np.argmax(tiers)))

    def _card(self, unit: int) -> str:
        return str(self._segment.card(int(unit))["citation"])
