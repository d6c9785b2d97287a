"""What is fuzzed: each parser as a function of bytes that may raise the program's own errors and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable

from corpus.documents import read_document
from corpus.formats import read_content
from corpus.parse.procedures import read_detail, read_rendered
from corpus.parse.sites import gateway, gazette_domino, gazette_site, government_site
from corpus.parse.sites.gateway_body import read_body
from corpus.parse.sites.gateway_relations import read_diagram
from corpus.parse.sites.gateway_tree import provisions_of, read_tree
from kb.errors import Dean06Error
from kb.model import Evidence, Provenance
from tests.corpus.sources import made_up
from tests.fuzz import text_targets

Target = Callable[[bytes], object]
SEEN = Provenance("fuzz", "https://congbao.chinhphu.vn/van-ban/nghi-dinh-so-1-2022-nd-cp-1.htm", Evidence.OFFICIAL_LIST)
NUMBER = "59/2022/NĐ-CP"


def _tree(data: bytes) -> None:
    roots = read_tree(data, "tree")
    wholes = [provision.whole for provision in provisions_of(roots)]
    assert all(root.text in whole for root, whole in zip(roots, wholes, strict=True)), "the tree lost some of its text"


def _body(data: bytes) -> None:
    body = read_body(data.decode("utf-8", "replace"), lambda html: read_content(html, "body.html"))
    joined = "".join(root.whole for root in body.structure.roots)
    assert joined == body.content.text, "the provisions do not give the text back"


def _document(data: bytes) -> None:
    records = read_document(read_content(b"<html>" + data, "page.html"), SEEN)
    joined = "".join(root.whole for root in records.structure.roots)
    assert joined.strip(), "a document without text"


def _json(read: Callable[[object], object]) -> Target:
    def target(data: bytes) -> None:
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return
        read(value)

    return target


SITE_TARGETS: dict[str, Target] = {
    "gateway_list": lambda data: gateway.read_list(data, "list"),
    "gateway_detail": lambda data: gateway.read_detail(data, SEEN),
    "gateway_tree": _tree,
    "gateway_body": _body,
    "gateway_diagram": lambda data: read_diagram(data, "diagram"),
    "gateway_files": lambda data: gateway.read_files(data, "files"),
    "gateway_choices": lambda data: gateway.read_choices(data, "choices"),
    "gazette_feed": lambda data: gazette_site.read_feed_entries(data, "feed"),
    "gazette_list": lambda data: gazette_site.read_entries(data, "list"),
    "gazette_search": lambda data: gazette_site.read_search(data, SEEN),
    "gazette_page": lambda data: gazette_site.read_document(data, SEEN),
    "government_list": lambda data: government_site.read_list(data, "list"),
    "government_page": lambda data: government_site.read_document(data, SEEN),
    "domino_issues": lambda data: gazette_domino.read_issues(data, "issues"),
    "domino_issue": lambda data: gazette_domino.read_issue_documents(data, SEEN),
    "domino_rows": lambda data: gazette_domino.read_rows(data, SEEN),
    "domino_attributes": lambda data: gazette_domino.read_attributes(data, SEEN),
    "domino_file": lambda data: gazette_domino.issue_file(data, "file"),
    "document": _document,
    "procedure_detail": _json(lambda value: read_detail(value, SEEN)),
    "procedure_rendered": _json(lambda value: read_rendered(value, SEEN) if isinstance(value, dict) else None),
}

_SITE_SEEDS = {
    "gateway_list": made_up.listing([("7", NUMBER), ("8", "66.7/2025/NQ-CP")], 2),
    "gateway_detail": made_up.gateway_detail(
        "7", NUMBER, references=[(10, "5", "1/2020/NĐ-CP"), (8, "6", "2/2020/NĐ-CP")]
    ),
    "gateway_tree": made_up.answer(
        [
            {
                "id": "1",
                "title": "Điều 1",
                "content": {"content": "Điều 1. A<br>1. B"},
                "children": [{"id": "2", "title": "Khoản 1", "content": {"content": "1. B"}}],
            }
        ]
    ),
    "gateway_body": made_up.gateway_body(NUMBER),
    "gateway_diagram": made_up.answer(
        {"documentNamesByType": {"10": [{"id": "5", "name": f"Nghị định số {NUMBER} Bịa"}]}}
    ),
    "gateway_files": made_up.answer([{"fileName": "VanBanGoc_1.pdf", "size": 10}, {"fileName": "Template.pdf"}]),
    "gateway_choices": made_up.answer([{"id": "1", "code": "NĐ", "name": "Nghị định"}]),
    "gazette_feed": made_up.feed(
        [("https://congbao.chinhphu.vn/van-ban/nghi-dinh-so-1-2022-nd-cp-1.htm", "Mon, 25 May 2026")]
    ),
    "gazette_list": made_up.gazette_list(
        [("/van-ban/nghi-dinh-so-1-2022-nd-cp-1.htm", f"Nghị định số {NUMBER} Bịa")], 3
    ),
    "gazette_search": json.dumps(
        {"success": True, "total": 1, "data": [made_up.gazette_hit(NUMBER, 1)]}, ensure_ascii=False
    ),
    "gazette_page": made_up.gazette_page(NUMBER, "Nghị định", "https://congbaocdn.chinhphu.vn/1.pdf"),
    "government_list": made_up.government_list([("5", NUMBER, "01/07/2022")], (2, 3)),
    "government_page": made_up.government_page(NUMBER, "https://datafiles.chinhphu.vn/1.signed.pdf"),
    "domino_issues": "<a href='/x/0123456789abcdef0123456789abcdef?OpenDocument'><span doccate='2026%2FNo.%7B1%7D' value='Số 1'>1</span></a>",
    "domino_issue": "<tr><th class='level2-heading'>UBND Tỉnh</th></tr><tr><td>1/7/2026</td><td><a href='NoiDung?openForm&ParentUNID="
    "0123456789ABCDEF0123456789ABCDEF'><span class='doc-cate'>Quyết định</span> <span class='doc-notation'>số 1/2026/QĐ-UBND</span> bịa"
    "</a></td><td>4</td></tr>",
    "domino_rows": "<table><tr><td class='datacell'><a class='kyhieu' href='?ParentUNID=0123456789ABCDEF0123456789ABCDEF'>1/QĐ-UBND</a>"
    "<span class='excerpt'>bịa</span></td></tr></table>",
    "domino_attributes": "<table class='tbl-attributes'><tr><th>Số, ký hiệu:</th><td>1/QĐ-UBND</td></tr></table>",
    "domino_file": "<a onclick='window.open(\"str/A/$file/1.pdf\");'>tải</a>",
    "document": made_up.gateway_body(NUMBER),
    "procedure_detail": json.dumps(
        {"data": {"code": "1.000001", "name": "Bịa", "executionMethods": [{"fees": [{"value": 0}]}]}}
    ),
    "procedure_rendered": json.dumps({"ma_thu_tuc": "1.000001", "ten_thu_tuc": "Bịa"}),
}


TARGETS = SITE_TARGETS | text_targets.TARGETS
SEEDS = {name: seed.encode() for name, seed in _SITE_SEEDS.items()} | text_targets.SEEDS


def try_one(name: str, data: bytes) -> bool:
    """Whether the parser takes the bytes; what it raises beside the program's own errors is raised here."""
    try:
        TARGETS[name](data)
    except Dean06Error:
        return False
    return True
