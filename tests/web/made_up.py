"""A small knowledge base for the pages: made up, but for the numbers of 06/QĐ-TTg and the figures of the report of 2024."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from indexer.build import build_index
from kb.catalogue import catalogue
from kb.model import (
    DocumentReference,
    Edition,
    EditionKind,
    Evidence,
    Identity,
    Indicator,
    ObservedDocument,
    ObservedRelation,
    PartialDate,
    Provenance,
    Provision,
    ProvisionKind,
    RelationKind,
    SourcedProvision,
)
from kb.settings import Settings
from kb.store import Batch, open_store
from tests.web.made_up_ledgers import fill_ledgers

SCRIPT = "<script>alert('mẫu')</script>"
LAW = Identity("Luật", "901/2020/QH14", "Quốc hội", PartialDate(2020, 6, 17))
OLD_LAW = Identity("Luật", "900/2010/QH12", "Quốc hội", PartialDate(2010, 6, 17))
AMENDING = Identity("Luật", "902/2023/QH15", "Quốc hội", PartialDate(2023, 1, 9))
SCRIPTED = Identity("Nghị định", "903/2021/NĐ-CP", "Chính phủ", PartialDate(2021, 2, 3))
DECISIONS = tuple(
    Identity("Quyết định", "06/QĐ-TTg", "Thủ tướng Chính phủ", issued)
    for issued in (PartialDate(2022, 1, 6), PartialDate(2025, 1, 2))
)
LAW_SLUG = "luat-901-2020-qh14"
DECREES = 60
"""So many decrees guide the made-up law: more than one page of relations holds."""

_LIST = Provenance("mau", "https://mau.example/danh-muc", Evidence.OFFICIAL_LIST, retrieved=date(2026, 5, 4))
_CODE = Provenance("mau", "demuc/mau.html", Evidence.CODIFICATION, place="Điều 1.1.LQ.2", sha256="0" * 64)
_NEWS = Provenance("mau", "javascript:alert(1)", Evidence.NEWS, note="bài báo mẫu")
_FIGURES = {
    "tasks_total": ("Nhiệm vụ được giao", 656),
    "done": ("Nhiệm vụ đã hoàn thành", 245),
    "regular": ("Nhiệm vụ thực hiện thường xuyên", 122),
    "ongoing": ("Nhiệm vụ đang triển khai", 238),
    "procedures_to_simplify": ("Thủ tục đang thực thi phương án đơn giản hóa", 317),
    "documents_of_procedures": ("Văn bản quy định các thủ tục cần đơn giản hóa", 65),
    "directives": ("Chỉ thị của Thủ tướng có giao nhiệm vụ", 8),
    "dispatches": ("Công điện của Thủ tướng có giao nhiệm vụ", 7),
    "resolutions": ("Nghị quyết của Chính phủ có giao nhiệm vụ", 28),
}


def make_home(home: Path) -> Settings:
    """A home with the made-up store and its index; five hits on a page, so that there are pages."""
    settings = Settings(home=home, page_size=5)
    with open_store(settings.database_url) as store:
        with store.importing(source="mau", name="mau.zip", sha256="ab" * 32) as batch:
            _fill(batch)
        build_index(catalogue(store), settings.index_home, revision=str(store.revision))
    return settings


def _fill(batch: Batch) -> None:
    law = batch.document(
        ObservedDocument(LAW, _LIST, title="Luật Dữ liệu mẫu", effective=date(2021, 1, 1), fields=("Dữ liệu mẫu",))
    )
    assert law == LAW_SLUG
    batch.document(ObservedDocument(LAW, _NEWS, title="Luật về dữ liệu, tên khác", signer="Nguyễn Văn Mẫu"))
    batch.edition(law, _codified())
    batch.edition(law, _original())
    batch.document(ObservedDocument(OLD_LAW, _LIST, title="Luật Dữ liệu mẫu cũ"))
    batch.document(ObservedDocument(AMENDING, _LIST, title="Sửa đổi Luật Dữ liệu mẫu", status_wording="Còn hiệu lực"))
    batch.document(ObservedDocument(SCRIPTED, _LIST, title=SCRIPT))
    for identity in DECISIONS:
        batch.document(ObservedDocument(identity, _LIST, title=f"Phê duyệt Đề án mẫu năm {identity.issued}"))
    _relate(batch)
    _list(batch)


def _codified() -> Edition:
    """Headings apart from the text, as the codification gives them; one with its number left in."""
    named = {"1": "Phạm vi điều chỉnh", "2": "Điều 2. Điều 2. Giải thích từ ngữ", "10": ""}
    provisions = [
        SourcedProvision(_article(number, named.get(number, f"Nội dung số {number}")), _CODE, date(2021, 1, 1), "1.1")
        for number in map(str, range(1, 13))
    ]
    return Edition(EditionKind.CODIFIED, _CODE, tuple(provisions), complete=False)


def _article(number: str, heading: str) -> Provision:
    path = f"dieu-{number}"
    points = tuple(
        Provision(ProvisionKind.POINT, label, f"{path}.khoan-1.diem-{slug}", "", f"{label}) Dữ liệu gốc mẫu {label};\n")
        for label, slug in (("a", "a"), ("đ", "dd"))
    )
    clauses = (
        Provision(ProvisionKind.CLAUSE, "1", f"{path}.khoan-1", "", "1. Dữ liệu mẫu gồm:\n", points),
        Provision(ProvisionKind.CLAUSE, "2", f"{path}.khoan-2", "", f"2. Khoản mẫu của điều {number} & hết.\n"),
    )
    return Provision(ProvisionKind.ARTICLE, number, path, heading, "", clauses)


def _original() -> Edition:
    """Headings within the text, as the structure parser leaves them."""
    article = Provision(
        ProvisionKind.ARTICLE,
        "1",
        "dieu-1",
        "Phạm vi điều chỉnh và đối tượng",
        "Điều 1. Phạm vi điều chỉnh\nvà đối tượng\nLuật này mẫu nguyên bản.\n",
    )
    chapter = Provision(
        ProvisionKind.CHAPTER, "I", "chuong-1", "QUY ĐỊNH CHUNG", "Chương I\nQUY ĐỊNH CHUNG\n", (article,)
    )
    preamble = Provision(ProvisionKind.PREAMBLE, "", "mo-dau", "", "Quốc hội ban hành Luật mẫu.\n")
    parts = tuple(SourcedProvision(part, _LIST) for part in (preamble, chapter))
    return Edition(EditionKind.ORIGINAL, _LIST, parts, complete=True)


def _relate(batch: Batch) -> None:
    def named(identity: Identity) -> DocumentReference:
        return DocumentReference(identity)

    for place in ("dieu-2.khoan-1", "dieu-3", "dieu-10"):
        batch.relation(
            ObservedRelation(
                RelationKind.AMENDS,
                named(AMENDING),
                named(LAW),
                _CODE,
                subject_path="dieu-1",
                object_path=place,
                effective=date(2023, 7, 1),
            )
        )
    batch.relation(
        ObservedRelation(RelationKind.REPLACES, named(LAW), named(OLD_LAW), _LIST, effective=date(2021, 1, 1))
    )
    batch.relation(
        ObservedRelation(
            RelationKind.RELATED, named(LAW), named(LAW), _CODE, subject_path="dieu-3", object_path="dieu-4"
        )
    )
    for serial in range(1, DECREES + 1):
        decree = Identity("Nghị định", f"{serial}/2021/NĐ-CP", "Chính phủ", PartialDate(2021, 5, 6))
        batch.relation(ObservedRelation(RelationKind.GUIDES, named(decree), named(LAW), _LIST))


def _list(batch: Batch) -> None:
    for key, (name, figure) in _FIGURES.items():
        batch.indicator(Indicator(key, "Nhiệm vụ", name, Decimal(figure), None, "nhiệm vụ", date(2024, 10, 9), _NEWS))
    fill_ledgers(batch, LAW, OLD_LAW, DECISIONS[0])
    batch.unused("trang mẫu", "a page that holds its title only")
    batch.unused("thứ mẫu", "a reason no page has words for")
