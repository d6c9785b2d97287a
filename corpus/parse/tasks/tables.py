"""Tasks in tables: columns in any order, headers repeated on each page, group rows, merged cells, rows that go on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.blocks import Row
from corpus.parse.tasks.columns import Column, Header, is_second_row, plain, read_header
from corpus.parse.tasks.deadlines import read_deadline
from corpus.parse.tasks.found import FoundTask, Place
from corpus.parse.tasks.names import clean_agencies, split_roles
from corpus.parse.tasks.owners import find_owner, is_agency
from corpus.parse.tasks.places import Spots
from corpus.parse.tasks.rows import Table, is_ordinal
from kb.model import DeadlineKind, ProvisionKind

_HEADER_WITHIN = 4  # rows from the start within which the header stands
_GROUP = re.compile(
    r"(?P<label>[IVXLC]{1,5}(?:\.\d{1,2})*|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?:\s*[.)/]|\s+[-–])\s+(?P<name>\S.*)",
    re.DOTALL,
)
_ASSIGNED = re.compile(
    r"(?:các\s+)?nhiệm\s+vụ\s+(?:được\s+)?(?:giao|của)\s+(?:cho\s+)?(?P<who>.+?)(?:\s+chỉ\s+đạo)?\s*$", re.IGNORECASE
)
_HEADING_ABOVE = re.compile(r"(?:^|\s)(?P<label>[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})?|[A-Z])[.)]\s+[^.]{3,300}$")
_STATES = re.compile(r"(?:đã |đang |chưa |quá hạn|hoàn thành|thường xuyên|trong hạn|đúng hạn|chậm)", re.IGNORECASE)
_GIVEN_IN = re.compile(  # the title of a report on what another document assigned
    r"(?:nhiệm vụ|được giao|giao)\s+(?:tại|theo)\s+(?P<document>(?:các\s+)?(?:thông báo|nghị quyết|chỉ thị"
    r"|quyết định|kế hoạch|công điện|kết luận|chương trình|công văn)"
    r"[^()]{0,80}?số\s*:?\s*\d\S*(?:\s+ngày\s+\d[\d/.-]*(?:\s+tháng\s+\d+\s+năm\s+\d{4})?)?)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,2})*)[.)]\s+(?P<text>\S.*)", re.DOTALL)
_LONGEST_NUMBER = 8  # characters; a longer one is a title over all columns
_BROKEN_OFF = re.compile(
    r"(?:,|\b(?:và|của|các|với|cho|theo|về|tại|để|trong|đến|từ|bằng|là|số|hoặc|những|do|nhằm|trên|giữa))$"
)
_TITLE = re.compile(r"(?:các\s+)?(?:nhóm|lĩnh vực|nhiệm vụ|phần|mục|nội dung|công tác|về)\b", re.IGNORECASE)
_TITLE_WITHIN = 400  # characters
_MOST_SKIPPED = 400


def tasks_in_tables(
    tables: Sequence[Table], spots: Spots, issued: date | None, *, is_paged: bool = False
) -> Iterator[FoundTask]:
    """The tasks of all lists of tasks among ``tables``, row by row; ``is_paged`` tells that a page may end within a row."""
    header: Header | None = None
    previous_end = -1
    for table in tables:
        found = _header_of(table)
        if found is not None:
            header, first = found
        elif header is not None and _goes_on(table, header, previous_end):
            first = 0
        else:
            header = None
            continue
        yield from _List(table, header, spots, issued, is_paged=is_paged).tasks(first)
        previous_end = table.end


def _header_of(table: Table) -> tuple[Header, int] | None:
    """The header of a list of tasks and the first row under it; a header may take two rows."""
    for index, row in enumerate(table.rows[:_HEADER_WITHIN]):
        below = table.rows[index + 1] if index + 1 < len(table.rows) else ()
        if below and is_second_row(below) and (header := read_header(_joined(row, below))) is not None:
            return header, index + 2
        if (header := read_header(row)) is not None:
            return header, index + 1
    return None


def _joined(row: Row, below: Row) -> list[str]:
    """A header of two rows as one: a cell that spans columns stands in the first of them."""
    spanning = ""
    joined = []
    for upper, lower in zip(row, below, strict=False):
        spanning = plain(upper) or (spanning if plain(lower) else "")
        joined.append(plain(f"{spanning} {lower}"))
    return joined


def _goes_on(table: Table, header: Header, previous_end: int) -> bool:
    """Whether a table without header is the next page of the one before."""
    return (
        0 <= table.start - previous_end < _MOST_SKIPPED
        and len(table.rows[0]) == len(header.columns)
        and (
            not header.has(Column.NUMBER)
            or any(
                is_ordinal(header.cell(row, Column.NUMBER)) or not header.cell(row, Column.NUMBER) for row in table.rows
            )
        )
    )


@dataclass(slots=True)
class _Task:
    """The cells of one task while its rows are read."""

    number: str
    group: tuple[str, ...]
    group_owner: str
    cells: dict[Column, list[str]] = field(default_factory=dict)

    def text(self, column: Column) -> str:
        return "\n".join(self.cells.get(column, ()))


class _List:
    """One list of tasks."""

    def __init__(self, table: Table, header: Header, spots: Spots, issued: date | None, *, is_paged: bool) -> None:
        self._table, self._header, self._issued, self._is_paged = table, header, issued, is_paged
        self._spot = spots.at(table.start)
        self._groups: list[tuple[str, str]] = []  # label and name of the headings that the rows stand under
        self._tasks: list[_Task] = []

    def tasks(self, first: int) -> Iterator[FoundTask]:
        """The tasks of the rows from ``first``."""
        rows = [row for row in self._table.rows[first:] if not self._is_header_again(row)]
        for index, row in enumerate(rows):
            self._take(row, rows[index + 1] if index + 1 < len(rows) else ())
        for order, task in enumerate(self._tasks):
            found = self._found(task, order)
            if found.wording:
                yield found

    def _take(self, row: Row, following: Row) -> None:
        cells = {column: plain(self._header.cell(row, column)) for column in self._header.columns}
        if not any(cells.values()):
            return
        number, task = cells.get(Column.NUMBER, ""), cells.get(Column.TASK, "")
        if self._is_group(row, cells, following):
            self._enter(number, task or [plain(cell) for cell in row if plain(cell)][-1], row)
        elif self._goes_on_with_last(cells):
            self._append(row)
        else:
            group = tuple(label for label, _ in self._groups if label)
            owner = next((owner for _, name in reversed(self._groups) if (owner := _owner_of_group(name))), "")
            self._tasks.append(_Task(number, group, owner))
            self._append(row)

    def _append(self, row: Row) -> None:
        for column in dict.fromkeys(self._header.columns):
            cell = self._header.cell(row, column).strip()
            if plain(cell) and column is not Column.NUMBER:
                self._tasks[-1].cells.setdefault(column, []).append(cell)

    def _is_header_again(self, row: Row) -> bool:
        said = [plain(cell) for cell in row]
        if read_header(row) is not None:
            return True
        numbers = [cell.strip("()[] ") for cell in said if cell]
        return (
            len(numbers) > 2
            and all(number.isdecimal() for number in numbers)
            and [int(number) for number in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))
        )

    def _is_group(self, row: Row, cells: dict[Column, str], following: Row) -> bool:
        """A heading among the rows: nothing stands under who and when, and it is no task of a merged cell."""
        said = [plain(cell) for cell in row if plain(cell)]
        if len(set(said)) > 2:  # a number and a title
            return False
        number = cells.get(Column.NUMBER, "")
        if not cells.get(Column.TASK) and number and not self._is_value(cells, said[-1]):
            return True  # one cell over all columns stands in the first of them, whatever that holds elsewhere
        if any(cells.get(column) for column in Column if column not in {Column.NUMBER, Column.TASK, Column.OTHER}):
            return False
        if not number or (len(said) == 1 and not is_ordinal(said[0])):
            return len(number) > _LONGEST_NUMBER or not self._is_tail(cells.get(Column.TASK, ""))
        return self._heads_rows(number, following)

    def _heads_rows(self, number: str, following: Row) -> bool:
        """Whether a numbered title heads the rows below it: "II", "1" above "1.1"; else its cells are merged."""
        if not number.rstrip(".)").replace(".", "").isdecimal():
            return True
        below = plain(self._header.cell(following, Column.NUMBER)) if following else ""
        if below.startswith(f"{number.rstrip('.')}.") and below != number:
            return True
        return not self._tasks or not self._is_next(number)

    def _is_value(self, cells: dict[Column, str], said: str) -> bool:
        """Whether a cell holds what its column promises: an agency, a time."""
        column = next((column for column, cell in cells.items() if cell == said), Column.OTHER)
        if column is Column.DEADLINE:
            return read_deadline(said).kind is not DeadlineKind.UNKNOWN
        return column in {Column.LEAD, Column.COORDINATING} and is_agency(said)

    def _is_next(self, number: str) -> bool:
        last = self._tasks[-1].number.rstrip(".")
        own = number.rstrip(".")
        return own.isdecimal() and last.isdecimal() and int(own) == int(last) + 1

    def _is_tail(self, text: str) -> bool:
        """Whether a text goes on in mid-sentence with the task before."""
        if not self._tasks or not text or _is_title(text):
            return False
        last = plain(self._tasks[-1].text(Column.TASK))
        return (
            not text[0].isupper()
            or _BROKEN_OFF.search(last) is not None
            or (self._is_paged and not last.endswith((".", ";", ":")))
        )

    def _goes_on_with_last(self, cells: dict[Column, str]) -> bool:
        """A row without number that goes on with the one before: a page break, further agencies of one task."""
        if not self._tasks or cells.get(Column.NUMBER):
            return False
        task = cells.get(Column.TASK, "")
        if not task or (task[:1].islower() and not _is_title(task)):
            return True  # a page breaks within a cell
        others = [cells.get(column) for column in (Column.LEAD, Column.DEADLINE)]
        return not any(others) and self._is_tail(task)

    def _enter(self, number: str, name: str, row: Row) -> None:
        label, title = number.rstrip(".) "), name
        if not is_ordinal(label) or label == name:
            match = _GROUP.match(next(plain(cell) for cell in row if plain(cell)))
            label, title = (match["label"], match["name"]) if match else ("", name)
        level = _level(label)
        while self._groups and _level(self._groups[-1][0]) >= level:
            self._groups.pop()
        self._groups.append((label, title))

    def _found(self, task: _Task, order: int) -> FoundTask:
        lead, coordinating = self._owners(task)
        deadline_words = plain(task.text(Column.DEADLINE))
        if not (lead and task.number) and order and self._header.has(Column.LEAD) and not task.group_owner:
            above = self._tasks[order - 1]
            if above.group == task.group:  # a cell merged over several rows stands in the first
                if not lead:
                    task.cells.setdefault(Column.LEAD, above.cells.get(Column.LEAD, []))
                if not deadline_words:
                    task.cells.setdefault(Column.DEADLINE, above.cells.get(Column.DEADLINE, []))
                if not coordinating:
                    task.cells.setdefault(Column.COORDINATING, above.cells.get(Column.COORDINATING, []))
                lead, coordinating = self._owners(task)
                deadline_words = plain(task.text(Column.DEADLINE))
        return FoundTask(
            wording=self._wording(task),
            place=self._place(task, order),
            lead=lead or task.group_owner,
            coordinating=coordinating,
            deadline=read_deadline(deadline_words, self._issued),
            product=plain(task.text(Column.PRODUCT)),
            result=plain(task.text(Column.RESULT)),
            state=plain(task.text(Column.STATE)) or self._state_of_list(),
            assigned_in=plain(task.text(Column.ASSIGNED_IN)) or self._given_in,
        )

    def _wording(self, task: _Task) -> str:
        """What is to be done; a list without a column of numbers may print them before it: "1. Kiểm kê …"."""
        text = plain(task.text(Column.TASK))
        numbered = None if task.number or self._header.has(Column.NUMBER) else _NUMBERED.match(text)
        if numbered is None:
            return text
        task.number = numbered["number"]
        return numbered["text"]

    def _owners(self, task: _Task) -> tuple[str, str]:
        """Lead and coordinating agencies, from two columns or from one that names both."""
        coordinating = clean_agencies(task.text(Column.COORDINATING))
        if coordinating or self._header.has(Column.COORDINATING):
            return clean_agencies(task.text(Column.LEAD)), coordinating
        return split_roles(task.text(Column.LEAD))

    def _state_of_list(self) -> str:
        """A list of overdue tasks says so in its heading: "Các nhiệm vụ … quá hạn chưa hoàn thành"."""
        match = re.search(
            r"quá hạn,? chưa hoàn thành|chưa hoàn thành|đã hoàn thành|đang (?:triển khai|thực hiện)",
            self._heading,
            re.IGNORECASE,
        )
        return match[0] if match else ""

    @property
    def _given_in(self) -> str:
        """The document that the title of the annex says the tasks come from."""
        annex = self._spot.annex if self._spot else None
        title = annex.heading or plain(annex.text[:_TITLE_WITHIN]).split("(")[0] if annex else ""
        match = _GIVEN_IN.search(title)
        return match["document"] if match else ""

    @property
    def _heading(self) -> str:
        match = _HEADING_ABOVE.search(self._table.above)
        return match[0] if match else ""

    def _stands_in(self, label: str) -> bool:
        """Whether the heading above the table is that of the provision it stands in."""
        node = self._spot.provision if self._spot else None
        return node is not None and node.kind is not ProvisionKind.ANNEX and node.label == label

    def _place(self, task: _Task, order: int) -> Place:
        words, steps = [], []
        path = ""
        if self._spot is not None and self._spot.words:
            words.append(self._spot.words)
            path = self._spot.provision.path
        heading = _HEADING_ABOVE.search(self._table.above)
        labels = [heading["label"]] if heading and not self._stands_in(heading["label"]) else []
        for label in (*labels, *task.group):
            words.append(f"mục {label}")
            steps.append(f"muc-{label}")
        number = task.number.strip(".() ")
        if number:
            words.append(f"{self._header.number_word or 'STT'} {number}")
        steps.append(number or f"dong-{order + 1}")
        return Place(path, ", ".join(words), tuple(steps), number, self._table.start + order)


def _is_title(text: str) -> bool:
    """Whether a text alone in its row heads the rows below it."""
    return bool(_TITLE.match(text) or _GROUP.match(text)) or is_agency(text) or text.isupper()


def _owner_of_group(name: str) -> str:
    match = _ASSIGNED.match(name)
    said = match["who"] if match else name
    if is_agency(said):
        return clean_agencies(said)
    owner = find_owner(name) if match else None
    return owner.lead if owner else ""


def _level(label: str) -> int:
    if not label:
        return 1
    if "." in label:
        return 2 + label.count(".")
    if len(label) == 1 and label.isalpha() and label not in "IVX":
        return 0 if label.isupper() else 5
    return 4 if label.isdecimal() else 1
