"""Tasks in prose: under "1. Bộ Công an:", in "Giao Bộ Tài chính …", and in the labelled blocks of a plan."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.parse.lines import is_capitals
from corpus.parse.tasks.columns import Column, plain
from corpus.parse.tasks.deadlines import NONE, Deadline, find_deadline, read_deadline
from corpus.parse.tasks.found import FoundTask, Place
from corpus.parse.tasks.labels import read_labels
from corpus.parse.tasks.names import begins_with_action, clean_agencies, names_only
from corpus.parse.tasks.owners import (
    Owner,
    acts,
    find_coordinating,
    find_owner,
    find_owner_in_brackets,
    is_agency,
    subject_starts,
)
from corpus.parse.tasks.parts import Parts, read_parts
from corpus.parse.tasks.passages import Passage, Prose
from corpus.parse.tasks.places import Spots
from kb.model import DeadlineKind, Provision, ProvisionKind
from kb.text import fold

_NOT_ORDERED = re.compile(  # headings of what is aimed at, found or explained, not ordered
    r"(?:ve )?(?:(?:cac )?quan diem|muc dich|muc tieu|yeu cau$|yeu cau[,;]|ket qua|ton tai|han che|nhung (?:ket qua"
    r"|ton tai|han che)|nguyen nhan|danh gia (?:chung|tinh hinh|ket qua)"
    r"|tinh hinh|boi canh|pham vi|doi tuong|nguyen tac|can cu|su can thiet|danh muc|co so|khen thuong|hieu luc"
    r"|dieu khoan thi hanh|du kien hieu qua|thuan loi|kho khan|luu y)"
)
_LONGEST_HEADING = 160
_GREETS = "Kính gửi"  # the list below it names whom a letter is sent to
_EXECUTION = re.compile(
    r"(?:chịu trách nhiệm|có trách nhiệm|trách nhiệm)\s+(?:tổ chức\s+)?(?:thi hành|thực hiện"
    r"|thi hành thực hiện)\s+(?:Quyết định|Nghị quyết|Chỉ thị|Công điện|Kế hoạch|Thông báo)\s+này"
    r"|(?:căn cứ|theo)\s+Quyết định (?:này )?thi hành|^Trong quá trình[^.]*(?:nếu|vướng mắc|khó khăn|phát sinh)"
    r"|^Trường hợp|^Nếu\b|^Khuyến khích|^Được phép|^Việc\b|thông báo (?:để|đến)|có hiệu lực (?:thi hành )?(?:kể )?từ"
    r"|^Trên đây là"
    r"|^Đây là|^Nhận được|thi hành Quyết định này|trân trọng c[áả]m ơn"
    r"|chịu trách nhiệm\s+(?:trực tiếp\s+|toàn diện\s+)?trước\s+[^.;]*(?:Quyết định|Nghị quyết|Chỉ thị|Công điện"
    r"|Kế hoạch|Thông báo) này\W*$"
    r"|yêu cầu\s+[^.;]*thực hiện nghiêm(?: túc)?[,\s]*(?:có )?(?:hiệu quả )?(?:Quyết định|Nghị quyết|Chỉ thị|Công điện|Kế hoạch"
    r"|Thông báo) này\W*$"
    r"|\b(?:yêu cầu|đề nghị|chỉ đạo)\s*:\W*$"
    r"|^(?:Đề nghị|Yêu cầu)\s+[^.;:]*\snghiêm túc[,\s]*(?:tổ chức\s+)?(?:triển khai[,\s]*)?(?:tổ chức\s+)?thực hiện\W*$"
)
_WITHOUT_ACTION = re.compile(
    r"(?:[\s,;]|chủ trì|phối hợp(?:\s+(?:chặt chẽ|tốt|với|cùng))*|cùng|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|theo chức năng.*"
    r"|tập trung (?:thực hiện|triển khai|chỉ đạo).*|thực hiện (?:các|một số|tốt|nghiêm)?.*(?:sau|sau đây)"
    r"|tổ chức thực hiện.*sau|khẩn trương|cần|phải"
    r"|căn cứ .*|chủ động|tiếp tục|triển khai (?:các|một số).*|theo thẩm quyền.*|trong phạm vi.*|thực hiện|và)*[:\s]*",
    re.IGNORECASE,
)
_STATES = re.compile(  # "Đào tạo nghề … phải gắn với …", "Đẩy mạnh việc này là nhiệm vụ cấp bách": said of it, not ordered
    r"(?:(?!trong đó|, phải)[^.;:]){0,140}?\b(?:phải (?:gắn|bảo đảm|đảm bảo|được|là|tuân thủ)|là (?:trách nhiệm|yêu cầu"
    r"|giải pháp|một trong|việc))\b|(?:(?!trong đó)[^.;:]){0,260}?\blà nhiệm vụ (?:cấp bách|quan trọng|trọng tâm|thường xuyên)"
)
_PLAN = re.compile(r"ke hoach|chuong trinh|de an|nhiem vu|phan cong|chien luoc|phuong an|giai phap|lo trinh")
_NO_PLAN = re.compile(
    r"thu tuc hanh chinh|quy trinh|bieu mau|to khai|quy che|mau so|tong hop|ket qua|thong ke|danh sach"
)
_TITLE_WITHIN = 400  # characters
_ORDER = re.compile(r"(?:yêu cầu|giao|đề nghị|chỉ đạo)\s+(?=\S)")
_NO_ORDER = re.compile(r"(?:Việc|Kinh phí|Trường hợp|Nếu|Các nội dung|Khuyến khích|Danh sách|Dự kiến)\b")
_ORDER_SHAPE = re.compile(  # a verb of one or two syllables, and what only a predicate has
    r"(?!(?:Các|Những|Một|Mỗi|Mọi|Số|Công|Tình|Nội|Năm|Ngày|Tháng|Quý|Thời|Hiện|Kinh|Đây|Đó|Điều|Khoản|Mục|Phụ|Luật|Nghị|Người"
    r"|Dự|Chương|Đề|Hệ|Tổng|Nhiều|Tỷ|Tỉ|Mức|Vốn|Nguồn|Hồ|Thủ|Văn|Hình|Phạm|Đối|Tại|Trên|Về|Với|Như|Do|Vì|Tuy|Nhưng"
    r"|Đến|Qua|Từ|Có|Là|Không|Chưa|Cùng|Nơi|Khu|Nhà|Tài|Chi|Lực|Cơ|Đơn|Địa|Ông|Bà|Riêng|Ngoài|Theo|Trong|Trước|Sau)\b)"
    r"[A-ZĐÀ-Ỹ][^\W\d_]*(?:\s[^\W\d_]+)?\s(?:lại|ngay|rõ|xong|hết|đủ|đầy đủ|toàn bộ|tất cả|mọi|từng|các|những|việc"
    r"|kịp thời|nghiêm|chặt chẽ|đồng bộ|mạnh mẽ|triệt để|có hiệu quả|hiệu quả)\s[^.;]+[.;]?$"
)
_SAYS = re.compile(r"\b(?:đã|đang|sẽ|được|bị|là|phải|cần|vẫn|luôn|chưa|gồm|do|của (?:ta|mình))\b")
_CONCERNED = re.compile(r"Đối với[^:.]*;")  # the first half of what another subject is told to do
_ENDS = re.compile(r"[.;:]\W*$")
_CONTENT = re.compile(r"nội dung", re.IGNORECASE)  # it explains the task that stands above; "nhiệm vụ" is the task
_FEWEST_WORDS = 1  # one word orders nothing
_TIME_ONLY = re.compile(r"(?:Thời hạn|Thời gian|Thời điểm)\b|Hoàn thành (?:trước|trong|vào|xong)\b")


@dataclass(frozen=True, slots=True)
class _Context:
    """What a passage takes from those above it."""

    owner: str = ""
    is_named: bool = False  # the owner heads this list; else it is whom the whole document addresses
    has_action: bool = False  # the head already says what to do; what follows may be its parts
    coordinating: str = ""
    deadline: Deadline = NONE


def tasks_in_prose(
    spots: Spots, tables: Sequence[tuple[int, int]], issued: date | None, *, must_be_given: bool
) -> Iterator[FoundTask]:
    """The tasks that a document's sentences assign.

    A task needs someone told to do something: what has neither a subject nor one above it is none. With
    ``must_be_given`` an article assigns only where it says so: "Giao …", "… có trách nhiệm …".
    """
    prose = Prose(spots, tables)
    context = _Context() if must_be_given else _Context(owner=_addressee(prose.preamble))
    reader = _Reader(prose, issued)
    for root in prose.roots:
        annex = root.spot.annex
        if annex is None:
            yield from reader.visit(root, context)
        elif _is_plan(annex):
            yield from reader.visit(root, _Context())


def _is_plan(annex: Provision) -> bool:
    """Whether an annex is a plan that orders things done, not a procedure, a form or a report."""
    title = fold(plain(annex.heading or annex.text[:_TITLE_WITHIN]))
    return _PLAN.search(title) is not None and _NO_PLAN.search(title) is None and not annex.path.startswith("mau-")


def _without_names(rest: str) -> str:
    """The words behind a subject without the agencies to work with: what is left may lead in, or order."""
    names = find_coordinating(rest)
    return rest.replace(names, " ", 1) if names else rest


def _addressee(preamble: str) -> str:
    """Whom the whole document orders: "Thủ tướng Chính phủ yêu cầu Bộ trưởng … tập trung thực hiện:"."""
    said = plain(preamble)
    if not said.rstrip(" .").endswith(("sau đây:", "sau:", ":", "sau", "như sau:")):
        return ""
    owner = _ordered(said)
    return owner.lead if owner else ""


def _ordered(said: str) -> Owner | None:
    """Whom the last order of a text names: "…, Bộ trưởng Bộ Y tế yêu cầu các đơn vị thực hiện:"."""
    owners = (find_owner(said[match.end() :]) for match in reversed(list(_ORDER.finditer(said))))
    return next((owner for owner in owners if owner is not None), None)


class _Reader:
    """One reading of one document."""

    def __init__(self, prose: Prose, issued: date | None) -> None:
        self._prose, self._issued = prose, issued

    def visit(self, passage: Passage, context: _Context) -> Iterator[FoundTask]:
        """The tasks of a passage and of all below it."""
        if _is_not_ordered(passage):
            return
        if passage.text.startswith(_GREETS):
            for child in passage.children:
                if not child.mark:
                    yield from self.visit(child, context)
            return
        if (parts := read_parts(passage)) is not None:
            yield from self._of_parts(parts)
        elif self._is_labelled(passage):
            yield from self._labelled(passage, context)
        elif passage.children:
            yield from self._nested(passage, context)
        else:
            yield from self._sentences(passage, passage.text, context)

    def _nested(self, passage: Passage, context: _Context) -> Iterator[FoundTask]:
        text = passage.text
        owner = find_owner(text) or (_ordered(text) if text.endswith(":") else None)
        inner = self._inner(text, owner, context)
        opens = (
            not text
            or text.endswith(":")
            or is_agency(text)
            or not (text.endswith((".", ";")) or (owner and inner.has_action))
        )
        if not opens:
            children = passage.children
            if not _ENDS.search(text) and children[0].mark in {
                "-",
                "–",
            }:  # a dash within a name, at the start of a line
                text, children = self._prose.said(passage.said_at, children[0].end), children[1:]
            yield from self._sentences(passage, text, context)
            inner = replace(inner, has_action=False, deadline=NONE)
            for child in children:
                yield from self.visit(child, inner)
            return
        below = [task for child in passage.children for task in self._below(child, inner)]
        if not below and inner.owner and (inner.has_action or begins_with_action(text)):
            yield self._task(passage, self._prose.said(passage.said_at, passage.end), inner.owner, inner)
        yield from self._timed(passage, below)

    def _below(self, child: Passage, context: _Context) -> Iterator[FoundTask]:
        if _TIME_ONLY.match(child.text) and not child.children and find_owner(child.text) is None:
            return
        yield from self.visit(child, context)

    def _timed(self, passage: Passage, tasks: list[FoundTask]) -> Iterator[FoundTask]:
        """The tasks, with the deadline that a sentence below them sets for all: "Thời hạn: …"."""
        times = [child.text for child in passage.children if _TIME_ONLY.match(child.text) and not child.children]
        deadline = find_deadline(times[-1], self._issued) if times else NONE
        for task in tasks:
            yield replace(task, deadline=deadline) if times and task.deadline == NONE else task

    def _inner(self, text: str, owner: Owner | None, context: _Context) -> _Context:
        deadline = NONE if is_capitals(text) else find_deadline(text, self._issued)
        if owner is None:
            has_action = begins_with_action(text) and not _WITHOUT_ACTION.fullmatch(text)
            coordinating = find_coordinating(text) or context.coordinating
            return replace(
                context,
                has_action=has_action,
                coordinating=coordinating,
                deadline=deadline if deadline.kind is not DeadlineKind.NONE else context.deadline,
            )
        has_action = not _WITHOUT_ACTION.fullmatch(_without_names(owner.rest))
        return _Context(
            owner.lead,
            is_named=True,
            has_action=has_action,
            coordinating=find_coordinating(owner.rest),
            deadline=deadline,
        )

    def _sentences(self, passage: Passage, text: str, context: _Context) -> Iterator[FoundTask]:
        """The tasks of a passage's own text: one, or one for each agency that a sentence of it names as its subject."""
        head, labels = read_labels(text)
        if head and Column.LEAD in labels:
            yield self._from_labels(passage, head, labels, context)
            return
        pieces = list(_pieces(text, context.owner))
        is_marked = bool(passage.mark) or not passage.ordinal
        count = 0
        for piece in pieces:
            if not piece or _EXECUTION.search(piece) or (piece != pieces[-1] and _CONCERNED.fullmatch(piece)):
                continue
            owner = find_owner_in_brackets(piece) or find_owner(piece)
            if owner is not None and acts(owner.rest):
                count += 1
                yield self._task(passage, piece, owner.lead, replace(context, coordinating=""), count)
            elif owner is None and context.owner and self._is_ordered(piece, context, is_marked=is_marked):
                count += 1
                yield self._task(passage, piece, context.owner, context, count)

    def _is_ordered(self, piece: str, context: _Context, *, is_marked: bool) -> bool:
        """Whether a sentence without subject is a task of those above."""
        if _STATES.match(piece):
            return False
        if begins_with_action(piece):
            return True
        if is_marked and not _NO_ORDER.match(piece) and _looks_ordered(piece):
            return True
        is_listed = context.is_named and not context.has_action and len(piece.split()) > _FEWEST_WORDS
        return is_listed and is_marked and not _NO_ORDER.match(piece)

    def _task(self, passage: Passage, wording: str, lead: str, context: _Context, count: int = 1) -> FoundTask:
        deadline = find_deadline(wording, self._issued)
        return FoundTask(
            wording=wording,
            place=_place(passage, count),
            lead=clean_agencies(lead),
            coordinating=clean_agencies(find_coordinating(wording) or context.coordinating),
            deadline=deadline if deadline != NONE else context.deadline,
        )

    def _is_labelled(self, passage: Passage) -> bool:
        """Whether the passages right below it, or below a bare label there, say who does what is above them."""
        for child in passage.children:
            head, fields = read_labels(child.text)
            if not head and Column.LEAD in fields:
                return True
        return False

    def _labelled(self, passage: Passage, context: _Context) -> Iterator[FoundTask]:
        wording, at = passage.text, passage
        fields: dict[Column, str] = {}
        started = False
        for child in passage.children:
            head, labels = read_labels(child.text)
            if head or not labels:
                if fields.get(Column.LEAD):
                    yield self._from_labels(at, wording, fields, context)
                    fields, started = {}, False
                if self._is_labelled(child):
                    yield from self._labelled(child, context)
                elif Column.LEAD in labels:
                    yield from self._sentences(child, child.text, context)
                elif not started:
                    wording, at, started = self._prose.said(child.said_at, child.end), child, True
                continue
            values = self._values(child, labels)
            task = values.pop(Column.TASK, "")
            if task and not (begins_with_action(wording) and _CONTENT.match(child.text)):
                wording, started = task, True
            fields = values | fields
        if fields.get(Column.LEAD):
            yield self._from_labels(at, wording, fields, context)

    def _of_parts(self, parts: Parts) -> Iterator[FoundTask]:
        """The tasks listed under "Nội dung", each with the agencies and the time that stand under theirs."""
        deadline = read_deadline(parts.time, self._issued) if parts.time else NONE
        for task in parts.tasks:
            yield FoundTask(
                wording=self._prose.said(task.said_at, task.end),
                place=_place(task, 1),
                lead=clean_agencies(parts.lead),
                coordinating=clean_agencies(parts.coordinating),
                deadline=deadline,
            )

    def _values(self, child: Passage, labels: dict[Column, str]) -> dict[Column, str]:
        """The values of a labelled passage; a bare label takes what stands below it."""
        values = dict(labels)
        for below in child.children:
            head, inner = read_labels(below.text)
            if not head and inner:
                values |= {column: value for column, value in inner.items() if value}
        last = list(labels)[-1]
        if child.children and not any(not read_labels(below.text)[0] for below in child.children):
            label = re.match(r"[^:]*:", self._prose.text[child.said_at : child.end])
            start = child.said_at + (label.end() if label else 0)
            values[last] = self._prose.said(start, child.end)
        return values

    def _from_labels(self, passage: Passage, wording: str, fields: dict[Column, str], context: _Context) -> FoundTask:
        return FoundTask(
            wording=wording.strip(),
            place=_place(passage, 1),
            lead=clean_agencies(names_only(fields.get(Column.LEAD, ""))),
            coordinating=clean_agencies(fields.get(Column.COORDINATING, "")),
            deadline=read_deadline(fields[Column.DEADLINE], self._issued)
            if fields.get(Column.DEADLINE)
            else context.deadline,
            product=fields.get(Column.PRODUCT, ""),
        )


def _pieces(text: str, lead: str) -> Iterator[str]:
    """The parts of a text that each have an agency of their own as subject; ``lead`` is that of a part without one."""
    edges = [0, *subject_starts(text), len(text)]
    piece = ""
    for start, end in itertools.pairwise(edges):
        owner = find_owner(text[start:end].strip())
        if piece and owner is not None and owner.lead != lead:
            yield piece.strip()
            piece = ""
        piece += text[start:end]
        lead = owner.lead if owner else lead
    yield piece.strip()


def _looks_ordered(piece: str) -> bool:
    """Whether a sentence without subject has the shape of an order though its verb is not known: "Nối lại các …"."""
    return _ORDER_SHAPE.match(piece) is not None and _SAYS.search(piece.split(",", 1)[0]) is None


def _is_not_ordered(passage: Passage) -> bool:
    if passage.spot.provision.kind not in {
        ProvisionKind.ITEM,
        ProvisionKind.CLAUSE,
        ProvisionKind.SECTION,
        ProvisionKind.PART,
        ProvisionKind.ANNEX,
        ProvisionKind.POINT,
    }:
        return False
    text = passage.text
    head = text.split(":")[0] if ":" in text else text
    return (
        len(head) <= _LONGEST_HEADING
        and not passage.mark
        and not head.endswith((".", ";"))
        and _NOT_ORDERED.match(fold(head).strip(" .")) is not None
        and find_owner(head) is None
    )


def _place(passage: Passage, count: int) -> Place:
    words = [passage.spot.words]
    steps: list[str] = []
    if passage.ordinal:
        if passage.mark.startswith("("):
            words.append(f"ý {passage.mark}")
        else:
            words.append(f"{'gạch đầu dòng' if passage.mark else 'đoạn'} {passage.ordinal}")
        steps.append(str(passage.ordinal))
    if count > 1:
        steps.append(f"{count}")
    number = (
        passage.mark.strip("()")
        if passage.mark.startswith("(")
        else ("" if passage.mark else passage.spot.provision.label)
    )
    return Place(
        passage.spot.provision.path, ", ".join(filter(None, words)), tuple(steps), number, passage.start + count - 1
    )
