"""The columns of a list of tasks, told by the words of its header, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.text import fold, unwrap


class Column(StrEnum):
    """What a column of a list of tasks holds."""

    NUMBER = "number"
    TASK = "task"
    LEAD = "lead"
    COORDINATING = "coordinating"
    DEADLINE = "deadline"
    PRODUCT = "product"
    RESULT = "result"
    STATE = "state"
    ASSIGNED_IN = "assigned_in"
    OTHER = "other"


# In this order: "cơ quan phối hợp thực hiện" also holds "thực hiện", "văn bản giao nhiệm vụ" also "nhiệm vụ".
_WORDS = (
    (Column.NUMBER, r"(?:so )?(?:stt|tt)|so thu tu|so"),
    (
        Column.OTHER,
        (
            r"(?:.* )?thu tuc(?: .*)?|ma .*|.*kinh phi.*|.*nguoi (?:dung dau|chiu trach nhiem).*|(?:lanh dao|can bo"
            r"|nguoi|chuyen vien) .*|chi tieu|tieu chi.*|diem.*|don vi(?: tinh)?|.*dia diem.*"
        ),
    ),
    (
        Column.ASSIGNED_IN,
        (
            r"(?:so )?(?:van ban|vb)(?: so)? (?:giao|chi dao|can cu|lien quan).*|can cu.*|nguon (?:giao|nhiem vu).*"
            r"|(?:so )?van ban|theo van ban.*|tai van ban.*|co so phap ly"
        ),
    ),
    (Column.COORDINATING, r".*phoi hop.*"),
    (
        Column.LEAD,
        (
            r".*chu tri.*|(?:co quan|don vi|bo|to chuc|cac co quan|cac don vi).*(?:thuc hien|trach nhiem|duoc giao"
            r"|dau moi|trien khai|soan thao|tham muu).*|(?:trach nhiem|phan cong|dau moi)(?: thuc hien| trien khai"
            r"| chinh| nhiem vu)?|don vi trach nhiem|co quan|co quan don vi|chu tri"
        ),
    ),
    (Column.STATE, r"(?:tinh trang|trang thai|muc do|danh gia)(?: .*)?|tien do(?: hoan thanh| nhiem vu)?"),
    (
        Column.DEADLINE,
        (
            r".*(?:thoi han|thoi gian|thoi diem|han hoan thanh|lo trinh|moc|ky han).*|han|tien do thuc hien"
            r"|tien do trien khai|tien do"
        ),
    ),
    (
        Column.PRODUCT,
        r".*san pham.*|ket qua (?:du kien|dau ra|can dat|phai dat|yeu cau).*|ket qua|muc tieu can dat|dau ra|yeu cau",
    ),
    (Column.RESULT, r"ket qua.*|tinh hinh.*"),
    (Column.TASK, r".*(?:nhiem vu|noi dung|cong viec|hoat dong|giai phap|viec can lam).*"),
)
_DOCUMENT = re.compile(
    r"ten (?:van ban|de an|du an|chuong trinh|du thao).*|van ban.*|(?:de an|du an|du thao|chuong trinh).*"
)
_BRACKETED = re.compile(r"\([^)]*\)")
_SPAN = re.compile(r"(?:thoi gian )?(?:bat dau|ket thuc|hoan thanh)|\(?\d{1,2}\)?")
_LONGEST_HEADER_CELL = 90
_FEWEST = 3  # columns of the narrowest list: number, task, agency


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a list; ``number_word`` is what it calls its numbers ("STT", "TT"), empty if it has none."""

    columns: tuple[Column, ...]
    number_word: str

    def cell(self, row: Sequence[str], column: Column) -> str:
        """The cells of ``row`` under ``column``; empty where the list has no such column."""
        return "\n".join(filter(None, (cell for cell, kind in zip(row, self.columns, strict=False) if kind is column)))

    def has(self, column: Column) -> bool:
        """Whether the list has such a column."""
        return column in self.columns


def read_header(cells: Sequence[str]) -> Header | None:
    """The columns that a row of cells names; None where it is no header of a list of tasks.

    A list of tasks names the task and who does it, or by when: a list of procedures, targets or scores does not.
    """
    said = [plain(cell) for cell in cells]
    if sum(bool(cell) for cell in said) < _FEWEST - 1 or any(len(cell) > _LONGEST_HEADER_CELL for cell in said):
        return None
    columns = [_column(cell) for cell in said]
    columns = _with_document_as_task(columns, said)
    columns = _told_apart(columns)
    if Column.TASK not in columns or not {Column.LEAD, Column.DEADLINE} & set(columns):
        return None
    if Column.LEAD not in columns and Column.NUMBER not in columns and Column.COORDINATING not in columns:
        return None
    number = next((cell for cell, column in zip(said, columns, strict=True) if column is Column.NUMBER), "")
    return Header(tuple(columns), number)


def is_second_row(cells: Sequence[str]) -> bool:
    """Whether a row goes on with the header above it: "Chủ trì", "Phối hợp" under "Cơ quan thực hiện"."""
    said = [plain(cell) for cell in cells]
    named = [cell for cell in said if cell]
    return 1 < len(named) < len(said) and all(
        len(cell) <= _LONGEST_HEADER_CELL // 2 and (_column(cell) is not Column.OTHER or _SPAN.fullmatch(fold(cell)))
        for cell in named
    )


def plain(cell: str) -> str:
    """A cell on one line, without Markdown emphasis and table bars."""
    return unwrap(re.sub(r"\*+|(?<!\w)_+|_+(?!\w)", "", cell).replace("|", " "))


def _column(cell: str) -> Column:
    words = re.sub(r"[^a-z0-9/ ]+", " ", fold(_BRACKETED.sub("", cell))).strip()
    words = unwrap(words.replace("/", " "))
    if "chu tri" in words and "phoi hop" in words:
        return Column.LEAD  # one column for both: the cells say which is which
    if not words:
        return Column.OTHER
    return next((column for column, pattern in _WORDS if re.fullmatch(pattern, words)), Column.OTHER)


def _with_document_as_task(columns: list[Column], said: list[str]) -> list[Column]:
    """A list of documents to be drafted is one of tasks: its "tên văn bản" is what has to be done."""
    if Column.TASK in columns or not {Column.LEAD, Column.DEADLINE} <= set(columns):
        return columns
    for index, cell in enumerate(said):
        if _DOCUMENT.fullmatch(fold(cell)):
            return [*columns[:index], Column.TASK, *columns[index + 1 :]]
    return columns


def _told_apart(columns: list[Column]) -> list[Column]:
    """Resolve what a header says only together with its others.

    "Tiến độ" is the deadline of a plan that has no other, "kết quả thực hiện" its product; beside a state they report.
    """
    told = list(columns)
    if Column.DEADLINE not in told and Column.STATE in told:
        told[told.index(Column.STATE)] = Column.DEADLINE
    if Column.STATE not in told and Column.PRODUCT not in told:
        told = [Column.PRODUCT if column is Column.RESULT else column for column in told]
    if Column.STATE in told and Column.RESULT not in told:
        told = [Column.RESULT if column is Column.PRODUCT else column for column in told]
    if told.count(Column.TASK) > 1:
        first = told.index(Column.TASK)
        told = [
            Column.OTHER if column is Column.TASK and index != first else column for index, column in enumerate(told)
        ]
    return told
