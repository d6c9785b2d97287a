"""Made-up records for tests: short texts in the shape of law, none of them real."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

from indexer.build import write_segment
from indexer.segment import Segment
from kb.model import HitKind, PartialDate, Searchable, Status


def segment_of(folder: Path, records: Sequence[Searchable]) -> Segment:
    """A segment of the records, written and opened."""
    folder.mkdir(parents=True, exist_ok=True)
    write_segment(records, folder, processes=0)
    return Segment(folder)


def article(place: int, text: str, **facts: object) -> Searchable:
    """A made-up article; facts are fields of Searchable."""
    values: dict[str, object] = {
        "kind": HitKind.ARTICLE,
        "id": f"luat-mau/dieu-{place}",
        "citation": f"Điều {place} Luật Mẫu",
        "title": "Quy định mẫu",
        "text": text,
        "url": f"/van-ban/luat-mau/dieu-{place}",
        "document_title": "Luật Mẫu",
        "number": "01/2020/QH14",
        "type": "Luật",
        "issuer": "Quốc hội",
        "issued": PartialDate(2020, 1, 2),
        "status": Status.IN_FORCE,
    }
    return Searchable(**(values | facts))  # type: ignore[arg-type]  # a test's own mixture


SYLLABLES = tuple(
    re.findall(
        r"\w+",
        "căn can cước công cộng dân dẫn số định danh quản lý lí ủy ban nhân thủ tục hành chính bản bán điều 5 2022",
    )
)


def random_articles(count: int, seed: int = 6) -> list[Searchable]:
    """Articles of random syllables, so that many share some."""
    draw = random.Random(seed)
    return [
        article(
            number,
            "\n".join(" ".join(draw.choices(SYLLABLES, k=draw.randint(0, 12))) for _ in range(draw.randint(1, 5))),
            title=" ".join(draw.choices(SYLLABLES, k=draw.randint(0, 5))),
            type=draw.choice(["Luật", "Nghị định", ""]),
            issuer=draw.choice(["Quốc hội", "Chính phủ", "Bộ Công an", ""]),
            issued=draw.choice([None, PartialDate(2020), PartialDate(2022, 3), PartialDate(2023, 1, 9)]),
            status=draw.choice(list(Status)),
        )
        for number in range(count)
    ]
