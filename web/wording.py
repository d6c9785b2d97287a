"""What pages call what the store keeps under names for programs."""

from __future__ import annotations

import re
from decimal import Decimal

from kb.ledger.procedures.legal_bases import Movement
from kb.ledger.tasks.governing import Role
from kb.model import Fee, FeeState, PartialDate, Status, Task, TimeLimit
from kb.store import Fact

UNKNOWN = Status.UNKNOWN.label
"""What a page says where nothing is known."""

FACTS = {
    "type": "Loại văn bản",
    "number": "Số, ký hiệu",
    "issuer": "Cơ quan ban hành",
    "issued": "Ngày ban hành",
    "title": "Trích yếu",
    "effective": "Ngày có hiệu lực",
    "expires": "Ngày hết hiệu lực",
    "signer": "Người ký",
    "place": "Nơi ban hành",
    "status": "Tình trạng hiệu lực",
    "status_wording": "Tình trạng theo lời nguồn",
    "relevance": "Liên quan đến Đề án 06",
    "field": "Lĩnh vực",
}
_RELEVANCE = {
    "core": "văn bản chính của Đề án",
    "legal_base": "căn cứ pháp lý",
    "sector": "theo ngành, lĩnh vực",
    "tthc": "về thủ tục hành chính",
    "provincial": "của địa phương",
    "background": "bối cảnh",
    "number_collision": "trùng số với văn bản của Đề án",
}
COUNTS = {
    "documents": "văn bản",
    "articles": "điều",
    "clauses": "khoản, điểm",
    "other provisions": "phần khác",
    "relations": "quan hệ",
    "unresolved relations": "quan hệ chưa rõ văn bản",
    "agency records": "cơ quan",
    "succession records": "thay đổi tên gọi",
    "indicator records": "chỉ tiêu",
    "procedure records": "thủ tục",
    "task records": "nhiệm vụ",
}
"""Names of what an import counts; one that is not here is printed as it is."""

_REASONS = {
    "a cross-reference that leads to a place that the package does not hold": "dẫn chiếu đến nơi mà gói không có",
    "an article without text in the source; kept with its heading": "điều không có lời văn trong nguồn; giữ tiêu đề",
    "a cross-reference that leads to a chapter of the codification, which is no part of a document": (
        "dẫn chiếu đến một chương của Bộ pháp điển, không phải của một văn bản"
    ),
    "a cross-reference that names no document": "dẫn chiếu không nêu văn bản nào",
    "cross-references of a whole chapter of the codification, not of an article": (
        "dẫn chiếu của cả một chương của Bộ pháp điển, không phải của một điều"
    ),
    "a page that holds its title only": "trang chỉ có tên đề mục, chưa pháp điển",
    "an article with images: they are not text and are not kept": "điều có hình ảnh; hình không được giữ",
    "part of a source note that is not understood; kept as text": "một phần ghi chú không hiểu được; giữ nguyên lời",
    "an article whose note does not state its number, kept under the codification's own": (
        "điều mà ghi chú không nêu số; giữ theo số của Bộ pháp điển"
    ),
    "an article without a source note, taken to be of its neighbours' document": (
        "điều không có ghi chú nguồn; xếp vào văn bản của các điều bên cạnh"
    ),
    "a year of issue that is not the number's; kept and marked as a misprint": (
        "năm ban hành khác năm trong số ký hiệu; giữ và ghi là có thể in sai"
    ),
    "an amending document whose act the note does not state; kept as related": (
        "văn bản sửa đổi mà ghi chú không nêu việc gì; giữ là có liên quan"
    ),
    "an article that stands twice with the same text; kept once, with both places' subjects": (
        "điều có hai lần với cùng lời văn; giữ một, ghi cả hai chủ đề"
    ),
    "two texts under one article number; both are kept, the second under another path": (
        "hai lời văn dưới cùng một số điều; giữ cả hai, lời thứ hai ở địa chỉ khác"
    ),
    "a page that is not of a subject of the codification": "trang không phải của một đề mục",
}
_NOTES = (
    (
        re.compile(r"(\d+) image\(s\) in the source are not text and are not held\."),
        r"Nguồn có \1 hình ảnh, không phải lời văn, không được giữ.",
    ),
    (
        re.compile(r"The source note does not state this article's number; it is the codification's own\."),
        "Ghi chú của nguồn không nêu số điều; số này là của Bộ pháp điển.",
    ),
    (
        re.compile(r"In the source the document takes effect before it is issued\."),
        "Trong nguồn, ngày có hiệu lực đứng trước ngày ban hành.",
    ),
)

TIE_ROLES = {"lead": "chủ trì", "coordinating": "phối hợp"}
"""How an agency that is asked for has to do with a task."""

ROLE_HEADINGS = {
    Role.ASSIGNED_BY: "Văn bản, điều khoản giao nhiệm vụ",
    Role.LISTED_IN: "Nơi liệt kê nhiệm vụ",
    Role.CITED: "Văn bản được nhiệm vụ dẫn chiếu",
    Role.BASIS: "Căn cứ của văn bản giao nhiệm vụ",
    Role.CONFIRMED: "Điều chỉnh nội dung nhiệm vụ, đã có người xác nhận",
    Role.SUGGESTED: "Gợi ý: có thể điều chỉnh nội dung nhiệm vụ, chưa có người xác nhận",
}
"""The headings of what a task stands on."""

MOVEMENT_LOOKS = {
    Movement.REPEALED: Status.EXPIRED,
    Movement.REPLACED: Status.EXPIRED,
    Movement.EXPIRED: Status.EXPIRED,
    Movement.SUSPENDED: Status.SUSPENDED,
    Movement.AMENDED: Status.PARTLY_EXPIRED,
    Movement.NOT_YET: Status.NOT_YET_IN_FORCE,
    Movement.UNMOVED: Status.UNKNOWN,
    Movement.UNRESOLVED: Status.UNKNOWN,
}
"""The status whose look a movement has on the page."""


def fee_words(fee: Fee) -> str:
    """A fee as a page shows it: free only where the source says so and nothing beside it contradicts.

    >>> fee_words(Fee(FeeState.BY_NOTE, note="theo quy định của tỉnh")), fee_words(Fee(FeeState.UNKNOWN))
    ('theo ghi chú: theo quy định của tỉnh', 'chưa xác định')
    """
    kind = f"{fee.kind}: " if fee.kind else ""
    if fee.state is FeeState.AMOUNT and fee.amount is not None:
        words = f"{amount(fee.amount)} {fee.currency or f'đơn vị {UNKNOWN}'}"
    else:
        words = fee.state.label
    note = (": " if fee.state is FeeState.BY_NOTE else "; ") + fee.note if fee.note else ""
    return kind + words + note


def time_words(limit: TimeLimit) -> str:
    """A time limit as a page shows it; the source's note beside the number.

    >>> time_words(TimeLimit()), time_words(TimeLimit(note="trong ngày"))
    ('chưa xác định', 'trong ngày')
    """
    if limit.value is None:
        return limit.note or UNKNOWN
    words = f"{amount(limit.value)} {limit.unit.label}"
    return f"{words}; {limit.note}" if limit.note else words


def amount(value: Decimal | float) -> str:
    """A number with Vietnamese separators: a dot for thousands, a comma for decimals.

    >>> amount(Decimal("97600000")), amount(Decimal("37.3"))
    ('97.600.000', '37,3')
    """
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def deadline(task: Task) -> str:
    """The time limit of a task as its document prints it, else its day, else what kind it is."""
    if task.deadline_wording:
        return task.deadline_wording
    return f"{task.deadline:%d/%m/%Y}" if task.deadline else task.deadline_kind.label


def fact_value(fact: Fact, value: str) -> str:
    """A value of a fact as a page prints it.

    >>> fact_value(Fact("issued", ()), "2022-01-06"), fact_value(Fact("status", ()), "in_force")
    ('06/01/2022', 'còn hiệu lực')
    """
    if fact.name in {"issued", "effective", "expires"} and value:
        return PartialDate.parse(value).label
    if fact.name == "status":
        return Status(value).label if value else Status.UNKNOWN.label
    return _RELEVANCE.get(value, value) if fact.name == "relevance" else value


def reason(why: str) -> str:
    """Why an import could not use something, in Vietnamese where that is known; else as the import says it."""
    return _REASONS.get(why, why)


def note(text: str) -> str:
    """The note of a source, with the words of this program's own importers in Vietnamese."""
    for pattern, words in _NOTES:
        text = pattern.sub(words, text)
    return text
