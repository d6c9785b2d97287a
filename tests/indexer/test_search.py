"""What a search gives: the named item first, exact counts, filters, orders, pages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.search import SearchIndex, open_index
from indexer.vietnamese import syllables_of
from kb.errors import DamagedIndexError, UnusableInputError
from kb.model import HitKind, PartialDate, Searchable, Status
from tests.indexer.made_up import article, random_articles, segment_of


def document(slug: str, title: str, number: str, named: str, year: int, **facts: object) -> Searchable:
    """A made-up document."""
    values: dict[str, object] = {
        "kind": HitKind.DOCUMENT,
        "id": slug,
        "citation": f"{named} số {number}",
        "title": title,
        "text": title,
        "url": f"/van-ban/{slug}",
        "document_title": title,
        "number": number,
        "type": named,
        "issued": PartialDate(year, 5, 6),
    }
    return Searchable(**(values | facts))  # type: ignore[arg-type]  # a test's own mixture


def of_document(parent: Searchable, number: int, title: str, text: str) -> Searchable:
    """A made-up article of a document."""
    return article(
        number,
        text,
        id=f"{parent.id}/dieu-{number}",
        title=title,
        document_title=parent.title,
        number=parent.number,
        type=parent.type,
        issued=parent.issued,
        status=parent.status,
        issuer=parent.issuer,
    )


LAW = document("luat-mau", "Luật Thẻ mẫu", "26/2033/QH15", "Luật", 2033, status=Status.IN_FORCE, issuer="Quốc hội")
OLD_LAW = document(
    "luat-mau-cu", "Luật Thẻ mẫu", "59/2014/QH13", "Luật", 2014, status=Status.EXPIRED, issuer="Quốc hội"
)
DECREE = document("nd-mau", "Quy định chi tiết Luật Thẻ mẫu", "70/2034/NĐ-CP", "Nghị định", 2034, issuer="Chính phủ")
HUE = document("nq-hue", "Nghị quyết của Huế", "01/2036/NQ-HĐND", "Nghị quyết", 2036, issuer="HĐND thành phố Huế")
DONG_NAI = document(
    "nq-dn", "Nghị quyết của Đồng Nai", "01/2036/NQ-HĐND", "Nghị quyết", 2036, issuer="HĐND tỉnh Đồng Nai"
)
PROCEDURE = document(
    "1.004222", "Cấp thẻ mẫu", "", "", 2030, kind=HitKind.PROCEDURE, citation="1.004222", issuer="Bộ Công an"
)
RECORDS = [
    of_document(LAW, 1, "Phạm vi", "Luật này quy định về thẻ mẫu."),
    of_document(LAW, 5, "Cấp thẻ mẫu", "1. Thẻ mẫu được cấp tại công an xã.\n2. Thời hạn cấp thẻ mẫu là bảy ngày."),
    of_document(OLD_LAW, 5, "Cấp thẻ mẫu", "1. Thẻ mẫu được cấp tại công an xã.\n2. Thời hạn cấp thẻ mẫu là bảy ngày."),
    of_document(DECREE, 2, "Hoà giải ở cơ sở", "Uỷ ban nhân dân số hoá hồ sơ theo Luật số 26/2033/QH15."),
    of_document(DECREE, 3, "Lệ phí", "Không thu lệ phí; bản sao và ban hành mẫu."),
    LAW,
    OLD_LAW,
    DECREE,
    HUE,
    DONG_NAI,
    PROCEDURE,
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return SearchIndex(segment_of(tmp_path_factory.mktemp("s"), RECORDS))


def ids(index: SearchIndex, query: str, **options: object) -> list[str]:
    return [hit.id for hit in index.search(query, **options).hits]  # type: ignore[arg-type]  # a test's own mixture


@pytest.mark.parametrize("query", ["26/2033/QH15", "luật số 26/2033/qh15", "26 /2033/QH15", "Luật 26/2033/QH15"])
def test_a_number_gives_its_document_first_then_its_articles(index: SearchIndex, query: str) -> None:
    found = ids(index, query)
    assert found[0] == "luat-mau"
    assert set(found[1:3]) == {"luat-mau/dieu-1", "luat-mau/dieu-5"}
    assert found[3:] == ["nd-mau/dieu-2"], "what cites the number comes last"


def test_a_number_of_two_documents_gives_the_choice(index: SearchIndex) -> None:
    result = index.search("01/2036/NQ-HĐND")
    assert {hit.id for hit in result.choices} == {"nq-hue", "nq-dn"} == {hit.id for hit in result.hits[:2]}


@pytest.mark.parametrize(
    "query", ["điều 5 luật thẻ mẫu", "dieu 5 luat the mau 2033", "khoản 2 điều 5 luật 26/2033/QH15"]
)
def test_a_provision_gives_its_article_first(index: SearchIndex, query: str) -> None:
    assert ids(index, query)[0] == "luat-mau/dieu-5"


def test_the_year_chooses_between_laws_of_one_name(index: SearchIndex) -> None:
    assert ids(index, "điều 5 luật thẻ mẫu 2014")[0] == "luat-mau-cu/dieu-5"


@pytest.mark.parametrize("query", ["luật thẻ mẫu", "thẻ mẫu", "luat the mau", "Luật Thẻ mẫu năm 2033"])
def test_a_title_gives_the_law_that_stands_first(index: SearchIndex, query: str) -> None:
    assert ids(index, query)[0] == "luat-mau"


def test_a_procedure_code_gives_the_procedure(index: SearchIndex) -> None:
    assert ids(index, "1.004222")[0] == "1.004222"


def test_repealed_law_ranks_below_the_same_words_in_force(index: SearchIndex) -> None:
    found = ids(index, "thời hạn cấp thẻ mẫu bảy ngày")
    assert found.index("luat-mau/dieu-5") < found.index("luat-mau-cu/dieu-5")


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa giải", "hoà giải"), ("ủy ban", "uỷ ban"), ("số hóa", "số hoá"), ("lệ phí", "lệ phí")],
)
def test_spellings_of_one_word_give_equal_results(index: SearchIndex, one: str, other: str) -> None:
    assert ids(index, one) == ids(index, other) != []


def test_accents_typed_count(index: SearchIndex) -> None:
    assert index.search('"bản hành"').total == 0
    assert ids(index, '"ban hành"') == ["nd-mau/dieu-3"]
    assert "nd-mau/dieu-2" in ids(index, "uy ban nhan dan so hoa")


def test_and_or_not_are_sets(index: SearchIndex) -> None:
    fee, week = set(ids(index, '"lệ phí"')), set(ids(index, '"bảy ngày"'))
    assert set(ids(index, '"lệ phí" OR "bảy ngày"')) == fee | week
    assert set(ids(index, '"lệ phí" AND "bảy ngày"')) == fee & week
    assert set(ids(index, '"bảy ngày" -"lệ phí"')) == week - fee


def test_a_phrase_may_be_spread(index: SearchIndex) -> None:
    assert index.search('"ủy dân"').total == 0
    assert ids(index, '"ủy dân"~2') == ["nd-mau/dieu-2"]


def test_a_begun_word_finds_its_completions(index: SearchIndex) -> None:
    assert "nd-mau/dieu-2" in ids(index, "nhân dâ*")


def test_filters_given_and_typed_are_the_same(index: SearchIndex) -> None:
    given = index.search("thẻ mẫu", filters={"type": ["Nghị định"]})
    typed = index.search('thẻ mẫu loại:"nghị định"')
    assert [hit.id for hit in given.hits] == [hit.id for hit in typed.hits]
    assert {hit.type for hit in given.hits} == {"Nghị định"}


def test_facets_count_every_match_under_the_other_filters(tmp_path: Path) -> None:
    records = random_articles(300)
    index = SearchIndex(segment_of(tmp_path / "s", records))
    result = index.search("căn cước", filters={"type": ["Luật"], "issuer": ["Chính phủ", "Quốc hội"]}, limit=1000)
    held = [r for r in records if {"căn", "cước"} <= {*syllables_of(f"{r.title} {r.text}")}]
    of_type = [r for r in held if r.type == "Luật"]
    of_issuer = [r for r in held if r.issuer in ("Chính phủ", "Quốc hội")]
    both = [r for r in of_type if r in of_issuer]
    assert (result.total, len(result.hits)) == (len(both), len(both))
    counts = {name: {v.value: v.count for v in values} for name, values in result.facets.items()}
    assert counts["type"] == Counter(r.type for r in of_issuer if r.type)
    assert counts["issuer"] == Counter(r.issuer for r in of_type if r.issuer)
    assert counts["status"] == Counter(r.status.value for r in both)
    assert counts["year"] == Counter(str(r.issued.year) for r in both if r.issued)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "number"])
def test_pages_put_together_are_the_whole(tmp_path: Path, sort: str) -> None:
    index = SearchIndex(segment_of(tmp_path / "s", random_articles(80)))
    whole = ids(index, "căn", sort=sort, limit=1000)
    pages = [ids(index, "căn", sort=sort, limit=7, offset=offset) for offset in range(0, len(whole) + 7, 7)]
    assert [one for page in pages for one in page] == whole
    assert len(whole) == index.search("căn").total


def test_hits_sorted_by_date_are_in_order(index: SearchIndex) -> None:
    newest = [hit.issued for hit in index.search("", sort="newest", limit=100).hits]
    assert newest == sorted(newest, reverse=True)


def test_the_same_search_gives_the_same_hits_and_scores(index: SearchIndex) -> None:
    first, again = index.search("cấp thẻ mẫu"), index.search("cấp thẻ mẫu")
    assert [(hit.id, hit.score) for hit in first.hits] == [(hit.id, hit.score) for hit in again.hits]


def test_nothing_found_says_so_without_hits(index: SearchIndex) -> None:
    result = index.search("xyzzy")
    assert (result.total, result.hits) == (0, ())


def test_json_has_the_documented_fields(index: SearchIndex) -> None:
    value = index.search("thẻ mẫu").as_json()
    assert list(value) == [
        "query",
        "understood",
        "total",
        "hits",
        "facets",
        "suggestions",
        "choices",
        "missing",
        "nothing",
        "took_ms",
    ]
    assert set(value["hits"][0]) >= {"kind", "id", "title", "citation", "url", "status", "snippet", "score"}
    assert set(value["facets"]) == {"kind", "type", "issuer", "year", "status", "field"}
    assert "<mark>" in value["hits"][1]["snippet"]


@pytest.mark.parametrize(
    "options",
    [
        {"filters": {"colour": ["red"]}},
        {"filters": {"year": ["two"]}},
        {"sort": "beauty"},
        {"limit": -1},
        {"offset": -1},
    ],
)
def test_what_cannot_be_asked_is_refused(index: SearchIndex, options: dict[str, object]) -> None:
    with pytest.raises(UnusableInputError):
        ids(index, "thẻ", **options)


@pytest.mark.parametrize(
    "query", ['"', "((", "AND", "-", "*", "năm:", 'loại:"', "\x00", "a" * 5000, "~5", "OR OR", "điều", "/"]
)
def test_malformed_queries_are_answered(index: SearchIndex, query: str) -> None:
    index.search(query)


def test_a_home_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndexError):
        open_index(tmp_path)


def test_an_opened_index_answers_after_a_newer_one_is_published(tmp_path: Path) -> None:
    build_index(RECORDS, tmp_path, revision="1")
    index = open_index(tmp_path)
    assert index.is_current()
    build_index(RECORDS[:3], tmp_path, revision="2")
    assert not index.is_current()
    assert ids(index, "lệ phí")[0] == "nd-mau/dieu-3"
    assert len(open_index(tmp_path)) == 3


def test_what_is_typed_is_completed(tmp_path: Path) -> None:
    build_index(RECORDS, tmp_path, revision="1")
    assert "Luật Thẻ mẫu" in {suggestion.text for suggestion in open_index(tmp_path).suggest("luat the")}


def test_a_mistyped_syllable_is_offered_put_right(index: SearchIndex) -> None:
    assert index.search("lệ phíi").suggestions == ("lệ phí",)


NAMED = [
    article(
        1, "", id="nd-1", kind=HitKind.DOCUMENT, title="Quy định về thẻ mẫu", number="01/2020/NĐ-CP", type="Nghị định"
    ),
    article(
        2,
        "",
        id="tt-2",
        kind=HitKind.DOCUMENT,
        title="Hướng dẫn Nghị định số 01/2020/NĐ-CP ngày 02 tháng 01 năm 2020 về thẻ mẫu",
        number="02/2020/TT-BCA",
        type="Thông tư",
    ),
    article(
        3, "", id="1.004222", kind=HitKind.PROCEDURE, title="Cấp lại “thẻ mẫu” cho người mất thẻ", number="", type=""
    ),
    article(4, "Cấp lại thẻ mẫu, cấp lại thẻ mẫu, thẻ mẫu cho người mất thẻ mẫu"),
]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("01/2020/NĐ-CP", "nd-1"),
        ("01 2020 nd cp", "nd-1"),
        ("huong dan nghi dinh so 01/2020/nd-cp ngay 02 thang 01 nam 2020 ve the mau", "tt-2"),
        ("Thông tư hướng dẫn Nghị định số 01/2020/NĐ-CP ngày 02 tháng 01 năm 2020", "tt-2"),
        ('Cấp lại "thẻ mẫu" cho người mất thẻ', "1.004222"),
        ("thủ tục cấp lại thẻ mẫu cho người", "1.004222"),
        ("thẻ mẫu cho người mất", "1.004222"),
        ("Caaps laij ther maaux", "1.004222"),
    ],
)
def test_a_title_or_half_of_it_names_its_document_or_procedure(tmp_path: Path, query: str, first: str) -> None:
    assert ids(SearchIndex(segment_of(tmp_path / "s", NAMED)), query)[0] == first


def test_several_titles_that_begin_as_typed_are_a_choice(tmp_path: Path) -> None:
    same = [
        article(n, "", id=f"qd-{n}", kind=HitKind.DOCUMENT, title=f"Phê duyệt kế hoạch thẻ mẫu năm {n}") for n in (1, 2)
    ]
    index = SearchIndex(segment_of(tmp_path / "s", [*same, *NAMED]))
    assert {hit.id for hit in index.search("phê duyệt kế hoạch thẻ mẫu").choices} == {"qd-1", "qd-2"}


def looser(index: SearchIndex, query: str, **options: object) -> dict[str, int]:
    found = index.search(query, **options).nothing  # type: ignore[arg-type]  # options are those of search()
    assert found is not None
    return {one.query: one.count for one in found.looser}


def test_an_empty_result_counts_each_part_by_itself(index: SearchIndex) -> None:
    found = index.search('thẻ AND "mẫu thẻ mẫu" AND xyzzy năm:1950').nothing
    assert found is not None
    assert {term.text: term.count > 0 for term in found.terms} == {
        "thẻ": True,
        '"mẫu thẻ mẫu"': False,
        "xyzzy": False,
        "năm:1950": False,
    }


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ('"mẫu thẻ mẫu thẻ"', "mẫu thẻ mẫu thẻ"),
        ("thẻ năm:1950", "thẻ"),
        ('"lệ phí" -phí', '"lệ phí"'),
        ("thẻ AND xyzzy", "thẻ xyzzy"),
        ('"thẻ mãu"', '"the mau"'),
    ],
)
def test_an_empty_result_offers_looser_queries_that_find_something(index: SearchIndex, query: str, other: str) -> None:
    found = looser(index, query)
    assert found[other] == index.search(other).total > 0


def test_an_empty_result_offers_to_give_up_the_chosen_filters(index: SearchIndex) -> None:
    found = index.search("thẻ", filters={"year": ["1950"]}).nothing
    assert found is not None
    assert [(one.query, one.filtered) for one in found.looser] == [("thẻ", False)]
    assert index.search("thẻ").nothing is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("99/2031/NĐ-CP", "Bộ dữ liệu không có văn bản nào là số ký hiệu 99/2031/NĐ-CP."),
        ("9.999999", "Bộ dữ liệu không có thủ tục nào mang mã 9.999999."),
        ("điều 99 luật mẫu", "lời văn đang có không có Điều 99."),
        ("khoản 7 điều 1 luật mẫu", "lời văn đang có không chia ra khoản 7 Điều 1."),
        ("điều 1 luật xa lạ", "không có văn bản nào là “Luật xa lạ”."),
        ("02/2020/QH14", "bộ dữ liệu không có lời văn."),
    ],
)
def test_what_is_named_and_not_held_is_said(tmp_path: Path, query: str, said: str) -> None:
    documents = [
        article(1, "", id="luat-mau", kind=HitKind.DOCUMENT, title="Luật Mẫu"),
        article(
            2, "", id="luat-kia", kind=HitKind.DOCUMENT, title="Luật Kia", document_title="Kia", number="02/2020/QH14"
        ),
    ]
    index = SearchIndex(segment_of(tmp_path / "s", [*documents, article(1, "Thẻ mẫu")]))
    missing = index.search(query).missing
    assert len(missing) == 1
    assert missing[0].endswith(said)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("le phii", "le phi"),
        ("lẹ phí", "lệ phí"),
        ('"lệ phíi"', '"lệ phí"'),
        ("lệ phí", None),
        ("le phi", None),
    ],
)
def test_what_may_be_meant_is_offered_and_never_searched_instead(tmp_path: Path, typed: str, meant: str | None) -> None:
    often = [article(n, "Lệ phí cấp thẻ mẫu") for n in range(1, 60)]
    result = SearchIndex(segment_of(tmp_path / "s", often)).search(typed)
    assert result.suggestions == ((meant,) if meant else ())
    assert result.query == typed
