"""Made-up documents that assign tasks, and the reading of them; no sentence of a real document."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.blocks import Block, BlockKind, Content
from corpus.parse.head import parse_head
from corpus.parse.structure import parse_structure
from corpus.parse.tasks import find_tasks
from kb.model import Evidence, Identity, ObservedDocument, PartialDate, Provenance, Task

PROVENANCE = Provenance("file", "made-up.txt", Evidence.DOCUMENT)
DIRECTIVE = Identity("Chỉ thị", "91/CT-TTg", "Thủ tướng Chính phủ", PartialDate(2024, 3, 5))
PLAN = Identity("Kế hoạch", "92/KH-UBND", "Ủy ban nhân dân tỉnh Thử Nghiệm", PartialDate(2024, 3, 5))
HEAD = """THỦ TƯỚNG CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 91/CT-TTg
Hà Nội, ngày 05 tháng 3 năm 2024
CHỈ THỊ
Về việc làm thử
"""
END = """
Nơi nhận:
- Như trên;
THỦ TƯỚNG
Nguyễn Văn Thử
"""
Rows = Sequence[Sequence[str]]


def read(text: str, identity: Identity = DIRECTIVE) -> tuple[Task, ...]:
    """The tasks of a text."""
    return read_content(Content("text", (Block(BlockKind.PARAGRAPH, text, 0),)), identity)


def read_content(content: Content, identity: Identity = DIRECTIVE) -> tuple[Task, ...]:
    """The tasks of a content."""
    return find_tasks(content, parse_structure(content.text), ObservedDocument(identity, PROVENANCE), PROVENANCE)


def read_whole(content: Content) -> tuple[Task, ...]:
    """The tasks of a content that names itself in its head."""
    head = parse_head(content.text)
    return read_content(content, Identity(head.type, head.number, head.issuer, head.issued))


def prose(text: str) -> tuple[Task, ...]:
    """The tasks of the body of a directive."""
    return read(HEAD + text + END)


def table(*pages: Rows, above: str = "PHỤ LỤC\nDANH MỤC NHIỆM VỤ", format_: str = "docx") -> tuple[Task, ...]:
    """The tasks of an annex that is a table, or one table a page."""
    blocks = [Block(BlockKind.PARAGRAPH, line, place) for place, line in enumerate((HEAD + END + above).split("\n"))]
    for rows in pages:
        text = "\n".join(" | ".join(row) for row in rows)
        blocks.append(Block(BlockKind.TABLE, text, len(blocks), rows=tuple(tuple(row) for row in rows)))
    return read_content(Content(format_, tuple(blocks)))
