"""The vbpl gateway: what its answers say, and the traps in them. All answers here are made up."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats import read_content
from corpus.parse.sites.gateway import read_choices, read_detail, read_files, read_list
from corpus.parse.sites.gateway_body import read_body
from corpus.parse.sites.gateway_codes import relation_kind, status_of
from corpus.parse.sites.gateway_relations import read_diagram, references_of, relations_of
from corpus.parse.sites.gateway_tree import provisions_of, read_tree
from kb.errors import UnusableInputError
from kb.model import DocumentReference, EditionKind, Evidence, Identity, PartialDate, Provenance, RelationKind, Status
from tests.corpus.sources import made_up

SEEN = Provenance("vbpl", "https://vbpl.vn/van-ban/chi-tiet/7", Evidence.OFFICIAL_LIST)


def detail(**changes: Any) -> bytes:
    """A made-up detail with some of its fields changed; None takes a field's value away."""
    told = json.loads(made_up.gateway_detail("7", "59/2022/NĐ-CP"))
    told["data"].update(changes)
    return json.dumps(told, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("code", "label", "status"),
    [
        ("CHL", "Còn hiệu lực", Status.IN_FORCE),
        ("HHL", "Hết hiệu lực toàn bộ", Status.EXPIRED),
        ("HHL1P", "Hết hiệu lực một phần", Status.PARTLY_EXPIRED),
        ("HHL1PHAN", "", Status.PARTLY_EXPIRED),
        ("CCHL", "Chưa có hiệu lực", Status.NOT_YET_IN_FORCE),
        ("TNHL", "Tạm ngưng hiệu lực", Status.SUSPENDED),
        ("TNHL1P", "", Status.SUSPENDED),
        ("TDHL", "", Status.SUSPENDED),
        ("KCPH", "Không còn phù hợp", Status.NO_LONGER_SUITABLE),
        ("XYZ", "Còn hiệu lực", Status.IN_FORCE),
        ("CHL", "Hết hiệu lực toàn bộ", Status.UNKNOWN),
        ("", "", Status.UNKNOWN),
    ],
)
def test_a_status_is_what_code_and_label_say_together(code: str, label: str, status: Status) -> None:
    assert status_of(code, label) is status


def test_label_and_code_of_a_status_are_kept_and_null_stays_unknown() -> None:
    known = read_detail(detail(effStatus={"code": "HHL1P", "name": "Hết hiệu lực một phần"}), SEEN).document
    assert (known.status, known.status_wording) == (Status.PARTLY_EXPIRED, "Hết hiệu lực một phần (HHL1P)")
    nothing = read_detail(detail(effStatus=None), SEEN).document
    assert (nothing.status, nothing.status_wording) == (Status.UNKNOWN, "")


def test_a_status_that_contradicts_itself_is_unknown_and_listed() -> None:
    found = read_detail(detail(effStatus={"code": "CHL", "name": "Hết hiệu lực toàn bộ"}), SEEN)
    assert found.document.status is Status.UNKNOWN
    assert any("no one status" in thing.why for thing in found.unused)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2022-10-20T00:00:00", "2022-10-20"),
        ("2022-10-20T00:00:00+07:00", "2022-10-20"),
        ("2022-10-19T17:00:00Z", "2022-10-20"),
        (1666198800000, "2022-10-20"),
        (None, "None"),
        ("0001-01-01T00:00:00", "None"),
        ("9999-12-31T00:00:00", "None"),
        ("31/02/2022", "None"),
    ],
)
def test_a_date_is_a_vietnamese_day_or_not_known(value: object, day: str) -> None:
    found = read_detail(detail(effFrom=value), SEEN)
    assert str(found.document.effective) == day
    assert bool(found.unused) == (value is not None and day == "None")


def test_a_local_document_has_its_issuer_from_the_agency() -> None:
    local = detail(docNum="01/2026/NQ-HĐND", agencyName="HĐND Tỉnh Đồng Nai", organization=None)
    assert read_detail(local, SEEN).document.identity.issuer == "Hội đồng nhân dân tỉnh Đồng Nai"


def test_several_issuers_and_signers_are_all_named() -> None:
    issues = [
        {"agencyName": "Bộ Tài chính", "personName": "Nguyễn Văn B", "orderIndex": 2},
        {"agencyName": "Bộ Công an", "personName": "Nguyễn Văn A", "orderIndex": 1},
    ]
    document = read_detail(detail(agencyName=None, documentIssues=issues), SEEN).document
    assert document.identity.issuer == "Bộ Công an và Bộ Tài chính"
    assert document.signer == "Nguyễn Văn A, Nguyễn Văn B"


def test_a_ministry_that_passes_no_law_is_not_its_issuer() -> None:
    law = detail(
        docNum="26/2023/QH15", docType={"name": "Luật"}, agencyName="Bộ Công an", title="Luật Bịa số 26/2023/QH15"
    )
    found = read_detail(law, SEEN)
    assert found.document.identity.issuer == ""
    assert any("passes no Luật" in thing.why for thing in found.unused)
    passed = detail(docNum="26/2023/QH15", docType={"name": "Luật"}, agencyName="Quốc hội")
    assert read_detail(passed, SEEN).document.identity.issuer == "Quốc hội"


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("Nghị định số 59/2022/NĐ-CP Bịa ra", "Bịa ra"),
        ("Nghị định 59/2022/NĐ-CP Bịa ra", "Bịa ra"),
        ("Luật Bịa số 59/2022/NĐ-CP", "Luật Bịa"),
        ("Bịa ra", "Bịa ra"),
        ("Lỗi", ""),
        (None, ""),
    ],
)
def test_a_title_is_told_without_the_number_that_stands_before_or_after_it(title: str | None, own: str) -> None:
    assert read_detail(detail(title=title, docAbs=None), SEEN).document.title == own


@pytest.mark.parametrize("own_id", ["19761", "af28f900-429e-11f1-ac02-3babf827b65c", "vbpqdinhchinh_12"])
def test_ids_of_every_form_are_kept_so_that_old_links_join(own_id: str) -> None:
    assert read_detail(detail(id=own_id), SEEN).document.source_ids == (("vbpl", own_id),)


@pytest.mark.parametrize(
    "changes", [{"id": "vbpqta_5"}, {"isTranslationDoc": True}, {"status": "Confirm_Step2"}, {"id": None}]
)
def test_what_is_no_published_vietnamese_document_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(UnusableInputError):
        read_detail(detail(**changes), SEEN)


@pytest.mark.parametrize(
    "changes", [{"isConsolidatedDocument": True}, {"docNum": "40/VBHN-BCT"}, {"docType": {"name": "Văn bản hợp nhất"}}]
)
def test_a_consolidated_text_is_called_one(changes: dict[str, object]) -> None:
    assert read_detail(detail(**changes), SEEN).kind is EditionKind.CONSOLIDATED


def test_placeholders_are_no_files() -> None:
    files = [
        {"fileName": name} for name in ("Template.pdf", "7_body_content.html", "VanBanGoc_59.pdf", "VanBanGoc_59.pdf")
    ]
    assert [file.name for file in read_files(made_up.answer(files).encode(), "files")] == ["VanBanGoc_59.pdf"]
    assert read_detail(detail(documentContentFileName="Template.pdf"), SEEN).files == ()


def relations(references: object, *, issued: int = 2022) -> tuple[list[tuple[str, str, str]], list[str]]:
    """What references come to: (kind, number, wording) of each relation, and why others are listed."""
    subject = DocumentReference(
        Identity("Nghị định", "59/2022/NĐ-CP", issued=PartialDate(issued, 9, 5)), source_id=("vbpl", "7")
    )
    found = relations_of(subject, references_of(references, {}), SEEN)
    told = [(one.kind.value, one.object.identity.number, one.wording) for one in found.relations]
    return told, [thing.why for thing in found.unused]


def reference(kind: object, own_id: str, number: str, **target: str) -> dict[str, object]:
    """A line of references."""
    return {"referenceType": kind, "targetDocument": {"id": own_id, "docNum": number, "title": "Bịa", **target}}


def test_the_raw_kind_of_a_reference_is_kept_beside_what_it_is_taken_for() -> None:
    told, unused = relations([reference(3, "1", "1/2020/NĐ-CP"), reference(12, "2", "2/2020/NĐ-CP")])
    assert told == [
        ("based_on", "1/2020/NĐ-CP", "referenceType 3 (căn cứ)"),
        ("replaces", "2/2020/NĐ-CP", "referenceType 12 (thay thế)"),
    ]
    assert unused == []


@pytest.mark.parametrize("kind", [2, 8, 14])
def test_disputed_kinds_are_listed_and_never_stored(kind: int) -> None:
    assert relation_kind(kind) is None
    told, unused = relations([reference(kind, "1", "1/2020/NĐ-CP")])
    assert told == []
    assert "disputed" in unused[0]


@pytest.mark.parametrize("kind", [99, 0, None, "mười", True, 3.5])
def test_kinds_that_are_not_known_are_listed(kind: object) -> None:
    told, unused = relations([reference(kind, "1", "1/2020/NĐ-CP")])
    assert (told, len(unused)) == ([], 1)


def test_a_reference_said_twice_is_one_relation_and_two_targets_of_one_number_are_two() -> None:
    lines = [reference(10, "1", "4/2007/QH12"), reference(10, "1", "4/2007/QH12"), reference(10, "2", "4/2007/QH12")]
    assert [number for _, number, _ in relations(lines)[0]] == ["4/2007/QH12", "4/2007/QH12"]


def test_a_target_that_is_not_published_says_so() -> None:
    told, _ = relations([reference(3, "1", "1/2020/NĐ-CP", status="Confirm_Step2")])
    assert told[0][2] == "referenceType 3 (căn cứ); target not published (Confirm_Step2)"


def test_a_younger_target_leaves_open_who_acts_on_whom() -> None:
    told, unused = relations([reference(10, "1", "1/2024/NĐ-CP", issueDate="2024-01-02T00:00:00")])
    assert told == []
    assert "issued later" in unused[0]


def test_a_diagram_adds_what_the_references_leave_out_once() -> None:
    lines = {
        "documentNamesByType": {
            "10": [{"id": 1, "name": "Thông tư số 28/2025/TT-NHNN Bịa"}],
            "x": [{"id": 2, "name": "y"}],
        }
    }
    found = read_diagram(made_up.answer(lines).encode(), "diagram")
    assert [(one.reference_type, one.target.identity.number, one.target_id) for one in found] == [
        (10, "28/2025/TT-NHNN", "1"),
        (None, "", "2"),
    ]


def test_lists_and_vocabularies_are_read() -> None:
    listed = read_list(made_up.listing([("1", "66.7/2025/NQ-CP")], 200, 3).encode(), "list")
    assert (listed.total, listed.page, listed.items[0].number) == (200, 3, "66.7/2025/NQ-CP")
    choices = read_choices(
        made_up.answer([{"id": "1", "code": "NĐ", "name": "Nghị định"}, {"id": "2"}]).encode(), "choices"
    )
    assert [(choice.id, choice.name) for choice in choices] == [("1", "Nghị định")]


def body(html: str) -> list[tuple[str, str]]:
    """The paths and own texts of a body's provisions."""
    read = read_body(html, lambda data: read_content(data, "body.html"))
    assert "".join(root.whole for root in read.structure.roots) == read.content.text
    return [(node.path, node.text.strip()) for node in read.structure.walk()]


def test_marks_tell_the_provisions_of_a_body() -> None:
    html = (
        "<p>LUẬT</p><p id='c' class='prov-chapter'>Chương I</p><p id='c' class='prov-chapter'>BỊA</p>"
        "<p id='1' class='prov-article'>Điều 1. Phạm vi</p><p id='2' class='prov-clause'>1. Gồm:</p>"
        "<p id='3' class='prov-item'>a. Một;</p><p id='4' class=\"x prov-item\">b) Hai.</p><p class='prov-content'>Hết.</p>"
        "<p id='5' class='prov-article'>Điều 2 Hiệu lực</p><p class='prov-content'>Từ nay.</p>"
    )
    assert [path for path, _ in body(html)] == [
        "mo-dau",
        "chuong-1",
        "dieu-1",
        "dieu-1.khoan-1",
        "dieu-1.khoan-1.diem-a",
        "dieu-1.khoan-1.diem-b",
        "dieu-2",
    ]


def test_a_heading_that_is_quoted_and_not_marked_is_no_provision() -> None:
    html = (
        "<p id='1' class='prov-article'>Điều 1. Sửa đổi</p><p class='prov-content'>Sửa như sau:</p><p>Điều 2. Lời khác</p>"
        "<p id='2' class='prov-article'>Điều 2. Hiệu lực</p><p class='prov-content'>Từ nay.</p>"
    )
    assert [path for path, _ in body(html)] == ["dieu-1", "dieu-2"]


def test_a_body_without_marks_is_split_by_its_text() -> None:
    assert [
        path for path, _ in body("<p>LUẬT</p><p>Điều 1. Phạm vi</p><p>1. Một.</p><p>2. Hai.</p><p>Điều 2. Bịa</p>")
    ] == [
        "mo-dau",
        "dieu-1",
        "dieu-1.khoan-1",
        "dieu-1.khoan-2",
        "dieu-2",
    ]


@given(
    st.lists(st.sampled_from(["Điều 1. A", "Điều 2. B", "1. Một", "a) Hai", "Chương I", "chữ"]), max_size=12), st.data()
)
def test_a_body_gives_its_text_back_whatever_is_marked(lines: list[str], draw: st.DataObject) -> None:
    marks = ["", "prov-chapter", "prov-article", "prov-clause", "prov-item", "prov-content"]
    html = "".join(f"<p class='{draw.draw(st.sampled_from(marks))}'>{line}</p>" for line in ["chữ", *lines])
    body(html)


def test_a_tree_puts_children_into_their_parents_text_and_follows_the_stated_order() -> None:
    tree = [
        {"id": "b", "title": "Điều 2", "orderIndex": 3, "content": {"content": "Điều 2. Hai<br>Chữ."}},
        {
            "id": "a",
            "title": "Điều 1",
            "orderIndex": 1,
            "content": {"content": "Điều 1. Một<br>Mở đầu:<br>1. A;<br>2. B."},
            "children": [
                {"id": "d", "title": "Khoản 2", "orderIndex": 2, "content": {"content": "2. B."}},
                {"id": "c", "title": "Khoản 1", "orderIndex": 1, "content": {"content": "1. A;"}},
            ],
        },
        {"id": "a", "title": "Điều 1", "orderIndex": 1, "content": {"content": "hai lần"}},
    ]
    roots = read_tree(made_up.answer(tree).encode(), "tree")
    provisions = provisions_of(roots)
    assert [node.path for root in provisions for node in root.walk()] == [
        "dieu-1",
        "dieu-1.khoan-1",
        "dieu-1.khoan-2",
        "dieu-2",
    ]
    assert "".join(root.whole for root in provisions) == "Điều 1. Một\nMở đầu:\n1. A;\n2. B.\nĐiều 2. Hai\nChữ.\n"


def test_a_tree_that_nests_without_end_is_refused() -> None:
    node: dict[str, object] = {"id": "0", "title": "Điều 1"}
    for number in range(1, 40):
        node = {"id": str(number), "title": "Chương I", "children": [node]}
    with pytest.raises(UnusableInputError, match="deeper"):
        read_tree(made_up.answer([node]).encode(), "tree")


def test_kinds_of_relation_are_those_that_are_documented() -> None:
    assert {kind for number in range(1, 16) if (kind := relation_kind(number))} == {
        RelationKind.REPEALS,
        RelationKind.BASED_ON,
        RelationKind.CITES,
        RelationKind.SUSPENDS,
        RelationKind.CORRECTS,
        RelationKind.CONSOLIDATES,
        RelationKind.GUIDES,
        RelationKind.AMENDS,
        RelationKind.REPLACES,
        RelationKind.SUPPLEMENTS,
    }
