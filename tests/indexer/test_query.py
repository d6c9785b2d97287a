from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.plan import (
    Alternative,
    And,
    Everything,
    Filter,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Plan,
    Prefix,
    ProcedureCode,
    ProvisionOf,
    Words,
)
from indexer.query import LONGEST_QUERY, understand
from indexer.query.repair import DEEPEST_BRACKETS
from indexer.query.wording import explain, format_query


def root(query: str) -> Node:
    return understand(query).root


def kinds(query: str) -> list[str]:
    return [step.kind for step in understand(query).steps]


def outline(node: Node) -> str:  # noqa: PLR0911  one line a kind of node
    """The shape of a tree in one line."""
    match node:
        case And() | Or():
            return f"{type(node).__name__}({', '.join(map(outline, node.parts))})"
        case Not():
            return f"Not({outline(node.part)})"
        case Words() | Phrase() | Prefix():
            return f"{type(node).__name__}:{' '.join(node.syllables)}"
        case Number():
            return f"Number:{node.key or node.partial}"
        case ProvisionOf():
            return f"ProvisionOf:{node.path}"
        case ProcedureCode():
            return f"Code:{node.code}{'…' * node.partial}"
        case Filter():
            return f"Filter:{node.name}"
        case Everything():
            return "Everything"


class TestNumbers:
    @pytest.mark.parametrize(
        "query",
        [
            "59/2022/NĐ-CP",
            "59/2022/nđ-cp",
            "59/2022/nd-cp",
            "59/2022/ND-CP",
            "59 /2022/NĐ-CP",
            "59/2022/NĐ - CP",
            "59/2022/NĐ -CP",
            "59/2022/NÐ–CP",
            "059/2022/NĐ-CP",
            "59-2022-nd-cp",
            "59/2022/nd cp",
            "'59/2022/NĐ-CP",
            "nđ 59/2022",
            "NĐ 59/2022",
            "nd 59/2022",
            "nghị định 59/2022",
            "nghị định số 59/2022",
            "nghi dinh 59/2022",
            "nghị định 59 năm 2022",
            "nghi dinh so 59 nam 2022",
            "Nghị định số 59/2022/NĐ-CP",
            "số 59/2022/nđ-cp",
            "theo nghị định 59/2022/NĐ-CP?",
        ],
    )
    def test_every_spelling_of_a_number_is_that_number_and_nothing_else(self, query: str) -> None:
        found = root(query)
        assert isinstance(found, Number)
        assert found.key == "59/2022/nd-cp"
        assert kinds(query) == ["number"]

    @pytest.mark.parametrize(
        ("query", "serial", "year", "type_"),
        [
            ("59/2022", "59", 2022, ""),
            ("quyết định 06", "6", None, "Quyết định"),
            ("tt 55/2021", "55", 2021, "Thông tư"),
            ("luật 26/2023", "26", 2023, "Luật"),
            ("thong tu 55 nam 2021", "55", 2021, "Thông tư"),
        ],
    )
    def test_a_shortened_number_keeps_what_was_typed_of_it(
        self, query: str, serial: str, year: int | None, type_: str
    ) -> None:
        found = root(query)
        assert isinstance(found, Number)
        assert found.key == ""
        assert found.partial is not None
        assert (found.partial.serial, found.partial.year, found.partial.type) == (serial, year, type_)

    @pytest.mark.parametrize(
        "query", ["06/QĐ-TTg năm 2022", "06/QĐ-TTg ngày 06/01/2022", "qđ 06/QĐ-TTg ngày 6 tháng 1 năm 2022"]
    )
    def test_the_day_of_issue_after_a_number_without_year_tells_its_year(self, query: str) -> None:
        found = root(query)
        assert isinstance(found, Number)
        assert (found.key, found.issued) == ("6/qd-ttg", 2022)

    def test_in_running_words_a_number_adds_to_the_score_and_shuts_nothing_out(self) -> None:
        assert outline(root("thẻ căn cước theo nghị định 70/2024/NĐ-CP")) == (
            "Or(Words:thẻ căn cước theo, Number:70/2024/nd-cp)"
        )

    def test_numbers_side_by_side_are_a_choice(self) -> None:
        assert outline(root("59/2022/NĐ-CP và 70/2024/NĐ-CP")) == "Or(Number:59/2022/nd-cp, Number:70/2024/nd-cp)"

    @pytest.mark.parametrize(
        "query", ["luật 2023", "ngày 15/10/2022", "24/7", "bản đồ tỷ lệ 1/2000 khu đất", "kế hoạch 5 năm", "100 triệu"]
    )
    def test_figures_that_are_no_number_of_a_document_stay_words(self, query: str) -> None:
        assert isinstance(root(query), Words)

    def test_agencies_that_nobody_listed_belong_to_the_number(self) -> None:
        assert (
            outline(root("thẻ theo 222/2003/ttlt-ubtdtt-bca")) == "Or(Words:thẻ theo, Number:222/2003/ttlt-ubtdtt-bca)"
        )

    def test_a_quoted_number_is_looked_for_as_it_stands(self) -> None:
        assert outline(root('"59/2022/NĐ-CP"')) == "Phrase:59 2022 nđ cp"


class TestProvisions:
    @pytest.mark.parametrize(
        ("query", "path", "title", "type_", "year"),
        [
            ("điều 5 luật căn cước", "dieu-5", "căn cước", "Luật", None),
            ("dieu 5 luat can cuoc", "dieu-5", "can cuoc", "Luật", None),
            ("khoản 2 điều 10 luật căn cước 2023", "dieu-10.khoan-2", "căn cước", "Luật", 2023),
            ("khoản 2, Điều 10 của Luật Căn cước năm 2023", "dieu-10.khoan-2", "căn cước", "Luật", 2023),
            ("điều 10 khoản 2 luật căn cước", "dieu-10.khoan-2", "căn cước", "Luật", None),
            ("luật căn cước điều 10 khoản 2", "dieu-10.khoan-2", "căn cước", "Luật", None),
            ("luật căn cước 2023, điều 10", "dieu-10", "căn cước", "Luật", 2023),
            ("điểm đ khoản 1 Điều 51a bộ luật hình sự", "dieu-51a.khoan-1.diem-dd", "hình sự", "Bộ luật", None),
            ("điểm a) khoản 1 điều 3 luật cư trú", "dieu-3.khoan-1.diem-a", "cư trú", "Luật", None),
            ("đ5 luật cư trú", "dieu-5", "cư trú", "Luật", None),
            ("điều 5 luật phòng, chống ma túy quy định gì", "dieu-5", "phòng chống ma túy", "Luật", None),
            ("dieu 5 luat phong, chong ma tuy 2021", "dieu-5", "phong chong ma tuy", "Luật", 2021),
            ("điều 3 BLHS 2015", "dieu-3", "hình sự", "Bộ luật", 2015),
            ("điều 14 hiến pháp 2013", "dieu-14", "hiến pháp", "Hiến pháp", 2013),
        ],
    )
    def test_a_provision_of_a_named_law(self, query: str, path: str, title: str, type_: str, year: int | None) -> None:
        found = root(query)
        assert isinstance(found, ProvisionOf)
        assert (found.path, " ".join(found.title), found.type, found.year) == (path, title, type_, year)
        assert len(found.accented) == len(found.title)
        assert kinds(query)[0] == "provision"

    @pytest.mark.parametrize(
        "query",
        [
            "điều 5 nghị định 59/2022",
            "đ5 nđ 59/2022",
            "dieu 5 nghi dinh 59/2022/nd-cp",
            "Điều 5 của Nghị định số 59/2022/NĐ-CP",
            "nđ 59/2022 điều 5",
            "59/2022/NĐ-CP điều 5",
            "điều 5 nghị định 59 năm 2022",
        ],
    )
    def test_a_provision_of_a_numbered_document(self, query: str) -> None:
        found = root(query)
        assert isinstance(found, ProvisionOf)
        assert (found.path, found.number_key, found.title) == ("dieu-5", "59/2022/nd-cp", ())

    @pytest.mark.parametrize("query", ["điều 5", "khoản 2 điều 10", "điều 5 luật này", "khoản 2 luật căn cước"])
    def test_without_article_or_document_there_is_no_provision(self, query: str) -> None:
        assert isinstance(root(query), Words)

    def test_in_running_words_a_provision_adds_to_the_score(self) -> None:
        query = "hồ sơ cấp thẻ quy định tại điều 5 luật căn cước, trẻ em dưới 14 tuổi"
        assert outline(root(query)) == "Or(Words:hồ sơ cấp thẻ quy định tại trẻ em dưới 14 tuổi, ProvisionOf:dieu-5)"


class TestProcedures:
    @pytest.mark.parametrize("query", ["1.004222", "thủ tục 1.004222", "mã 1.004222", "1.004222.000.00.00.H12"])
    def test_a_code_is_the_procedure(self, query: str) -> None:
        assert root(query) == ProcedureCode("1.004222", "1.004222")

    @pytest.mark.parametrize("query", ["1.0042", "thủ tục 1.0042", "1.0042*"])
    def test_a_code_may_be_only_begun(self, query: str) -> None:
        assert root(query) == ProcedureCode("1.0042", "1.0042", partial=True)

    def test_a_decimal_in_a_sentence_is_no_code(self) -> None:
        assert isinstance(root("mức phạt 1.500 đồng"), Words)


class TestWords:
    @pytest.mark.parametrize(
        ("query", "accented"),
        [
            ("căn cước công dân", (True, True, True, True)),
            ("can cuoc cong dan", (False, False, False, False)),
            ("an toàn thực phẩm", (True, True, True, True)),
            ("căn cuoc cong dan", (True, False, True, True)),  # Vietnamese writes "cong" and "dan", but no "cuoc"
            ("an toan 2023", (False, False, True)),
        ],
    )
    def test_accents_are_judged_syllable_by_syllable(self, query: str, accented: tuple[bool, ...]) -> None:
        found = root(query)
        assert isinstance(found, Words)
        assert found.accented == accented
        assert ("accents" in kinds(query)) == (not all(accented))

    @pytest.mark.parametrize(
        ("one", "other"), [("hoà giải", "hòa giải"), ("UỶ BAN", "ủy ban"), ("kĩ thuật", "kỹ thuật"), ("Ðất", "đất")]
    )
    def test_spellings_of_one_word_are_one(self, one: str, other: str) -> None:
        assert outline(root(one)) == outline(root(other))

    def test_an_abbreviation_is_itself_or_what_it_stands_for(self) -> None:
        found = root("TTHC về CCCD")
        assert isinstance(found, Words)
        assert found.alternatives == (
            Alternative(0, ("thủ", "tục", "hành", "chính")),
            Alternative(2, ("căn", "cước", "công", "dân")),
        )
        assert kinds("TTHC về CCCD") == ["abbreviation", "abbreviation"]

    @pytest.mark.parametrize(
        "query",
        [
            "Có phải lập hồ sơ lâm sản khi mở xưởng gỗ không?",
            "HS, SV có trách nhiệm gì; và quyền gì?",
            "Điều 5: phạm vi điều chỉnh",
            "bảo hiểm xã hội (bắt buộc)",
            "Hà Nội - Hải Phòng",
            "QUYỀN VÀ NGHĨA VỤ CỦA CÔNG DÂN",
            "lúc 18:30 hàng ngày",
        ],
    )
    def test_prose_needs_no_repair_and_is_plain_words(self, query: str) -> None:
        assert isinstance(root(query), Words)
        assert kinds(query) == []


class TestLanguage:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", "Everything"),
            ('"căn cước công dân"', "Phrase:căn cước công dân"),
            ("“căn cước” «cư trú»", "And(Phrase:căn cước, Phrase:cư trú)"),
            ('"căn cước" thẻ "cư trú" mới', "And(Words:thẻ mới, Phrase:căn cước, Phrase:cư trú)"),
            ("định dan*", "Prefix:định dan"),
            ("thẻ căn cước định dan* mức hai", "And(Words:thẻ căn cước mức hai, Prefix:định dan)"),
            ('"thẻ căn cước công d*"', "Prefix:thẻ căn cước công d"),
            ("thẻ -tạm trú", "And(Words:thẻ trú, Not(Phrase:tạm))"),
            ('thẻ -"tạm trú"', "And(Words:thẻ, Not(Phrase:tạm trú))"),
            ("thẻ KHÔNG tạm trú", "And(Words:thẻ, Not(Phrase:tạm trú))"),
            ("thẻ NOT (tạm trú)", "And(Words:thẻ, Not(Words:tạm trú))"),
            ("-abc", "And(Everything, Not(Phrase:abc))"),
            ("-59/2022/NĐ-CP thẻ", "And(Words:thẻ, Not(Number:59/2022/nd-cp))"),
            ("cư trú AND hộ khẩu", "And(Words:cư trú, Words:hộ khẩu)"),
            ("cư trú VÀ hộ khẩu", "And(Words:cư trú, Words:hộ khẩu)"),
            ("cư trú & hộ khẩu", "And(Words:cư trú, Words:hộ khẩu)"),
            ("cư trú HOẶC hộ khẩu", "Or(Words:cư trú, Words:hộ khẩu)"),
            ("cư trú | hộ khẩu || thẻ", "Or(Words:cư trú, Words:hộ khẩu, Words:thẻ)"),
            ("a OR b AND c", "Or(Words:a, And(Words:b, Words:c))"),
            ("(a OR b) AND c", "And(Or(Words:a, Words:b), Words:c)"),
            ("(a OR b) c", "And(Words:c, Or(Words:a, Words:b))"),
            ("a OR -b", "Or(Words:a, And(Everything, Not(Phrase:b)))"),
            ("a AND -b", "And(Words:a, Not(Phrase:b))"),
            ("cư trú và hộ khẩu", "Words:cư trú và hộ khẩu"),
            ("((cư trú))", "Words:cư trú"),
        ],
    )
    def test_the_tree_of_a_query(self, query: str, expected: str) -> None:
        assert outline(root(query)) == expected

    def test_beside_and_or_or_a_hit_holds_every_word(self) -> None:
        found = root("cư trú OR hộ khẩu")
        assert isinstance(found, Or)
        assert all(isinstance(part, Words) and part.required for part in found.parts)

    @pytest.mark.parametrize(("query", "slop"), [('"a b"~5', 5), ('"a b" ~ 5', 0), ('"a b"~ 5', 5), ('"a b"~0', 0)])
    def test_a_number_after_a_phrase_is_how_far_its_syllables_may_stand_apart(self, query: str, slop: int) -> None:
        found = root(query)
        phrase = found if isinstance(found, Phrase) else next(p for p in found.parts if isinstance(p, Phrase))  # type: ignore[union-attr]
        assert phrase.slop == slop

    @pytest.mark.parametrize(
        ("query", "kind"),
        [
            ("a AND b", "operator"),
            ("-ba", "exclusion"),
            ('"ba"', "phrase"),
            ("dan*", "prefix"),
            ("màu:đỏ", "field"),
            ("năm:2022", "filter"),
        ],
    )
    def test_what_was_understood_is_said(self, query: str, kind: str) -> None:
        assert kind in kinds(query)


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "name", "values"),
        [
            ('loại:"nghị định"', "type", ("Nghị định",)),
            ("loai:nd", "type", ("Nghị định",)),
            ("type:luật|nđ", "type", ("Luật", "Nghị định")),
            ('loại:"nghị định","thông tư"', "type", ("Nghị định", "Thông tư")),
            ('cơ-quan:"bộ công an"', "issuer", ("bộ công an",)),
            ("co-quan:bo-cong-an", "issuer", ("bo cong an",)),
            ("co_quan:bca", "issuer", ("Bộ Công an",)),
            ('cơ quan: "bộ công an"', "issuer", ("bộ công an",)),
            ('issuer:"bộ công an"', "issuer", ("bộ công an",)),
            ("hiệu-lực:còn", "status", ("in_force", "partly_expired")),
            ('hiệu-lực:"còn hiệu lực"', "status", ("in_force",)),
            ("hieu-luc:het", "status", ("expired",)),
            ("status:in_force", "status", ("in_force",)),
            ('tình-trạng:"chưa xác định"', "status", ("unknown",)),
            ('lĩnh-vực:"cư trú"', "field", ("cư trú",)),
            ('linh vuc:"cu tru"', "field", ("cu tru",)),
            ("kiểu:điều|văn-bản", "kind", ("article", "document")),
            ("kieu:thu-tuc,nhiem-vu", "kind", ("procedure", "task")),
            ("kind:article", "kind", ("article",)),
        ],
    )
    def test_names_and_values_with_and_without_accents(self, query: str, name: str, values: tuple[str, ...]) -> None:
        found = root(query)
        assert isinstance(found, Filter)
        assert (found.name, found.values) == (name, values)
        assert kinds(query) == ["filter"]

    @pytest.mark.parametrize(
        ("query", "first", "last"),
        [
            ("năm:2022..2024", 2022, 2024),
            ("nam:2022-2024", 2022, 2024),
            ("year:2023", 2023, 2023),
            ("năm: 2023", 2023, 2023),
            ("năm:2022..", 2022, None),
            ("năm:..2024", None, 2024),
            ("năm:2024..2022", 2022, 2024),
        ],
    )
    def test_years(self, query: str, first: int | None, last: int | None) -> None:
        found = root(query)
        assert isinstance(found, Filter)
        assert (found.first, found.last, found.values) == (first, last, ())

    def test_single_years_are_values(self) -> None:
        found = root("năm:2020|2022")
        assert isinstance(found, Filter)
        assert found.values == ("2020", "2022")

    def test_filters_narrow_and_may_be_turned_round(self) -> None:
        assert outline(root("thẻ loại:luật -năm:2014")) == "And(Words:thẻ, Filter:type, Not(Filter:year))"

    def test_an_unknown_name_is_plain_words(self) -> None:
        assert outline(root("màu:đỏ")) == "Words:màu đỏ"

    def test_a_value_that_there_is_not_is_said_with_those_that_there_are(self) -> None:
        plan = understand("thẻ kiểu:bài-báo")
        assert outline(plan.root) == "Words:thẻ"
        assert "thủ tục hành chính" in plan.steps[-1].meaning


class TestRepairs:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ('"căn cước', "Phrase:căn cước"),
            ('thẻ "căn cước năm:2023', "And(Words:thẻ, Phrase:căn cước, Filter:year)"),
            ("căn cước”", "Words:căn cước"),
            ('căn cước"', "Words:căn cước"),
            ('"" thẻ', "Words:thẻ"),
            ("(căn cước", "Words:căn cước"),
            ("căn cước)", "Words:căn cước"),
            ("thẻ ()", "Words:thẻ"),
            ("căn cước AND", "Words:căn cước"),
            ("OR căn cước", "Words:căn cước"),
            ("căn cước NOT", "Words:căn cước"),
            ("a AND OR b", "And(Words:a, Words:b)"),
            ("(AND)", "Everything"),
            ("- -thẻ", "And(Everything, Not(Phrase:thẻ))"),
            ("thẻ loại:", "Words:thẻ"),
            ('thẻ loại:""', "Words:thẻ"),
            ("năm: loại:luật", "Filter:type"),
            ("năm:xưa thẻ", "Words:thẻ"),
            ("năm:2024..2022", "Filter:year"),
            ("* thẻ", "Words:thẻ"),
            ("~5 thẻ", "Words:5 thẻ"),
            ('"a b"~', "Phrase:a b"),
            ('"a b"~999', "Phrase:a b"),
            ("thẻ\x00\x1b căn\x07cước", "Words:thẻ căn cước"),
        ],
    )
    def test_malformed_queries_are_answered_and_the_repair_is_shown(self, query: str, expected: str) -> None:
        assert outline(root(query)) == expected
        assert "repair" in kinds(query) or query.startswith("- ")

    def test_a_query_too_long_is_cut_between_words(self) -> None:
        plan = understand("căn cước " * 1000)
        assert isinstance(plan.root, Words)
        assert len(plan.root.text) <= LONGEST_QUERY
        assert set(plan.root.syllables) == {"căn", "cước"}
        assert plan.steps[0].kind == "repair"

    def test_brackets_nested_too_deep_are_read_over(self) -> None:
        deep = "-(" * 400 + "thẻ OR vé" + ")" * 400
        plan = understand(deep)
        assert "repair" in [step.kind for step in plan.steps]
        assert _depth(plan.root) <= 4 * DEEPEST_BRACKETS


_MARKS = 'AND OR NOT VÀ HOẶC KHÔNG ( ) " “ ” « » -tạm - & | * ~ ~5 dan* : , . ? /'
_WORDS = "căn cước thẻ can cuoc TTHC 59/2022/NĐ-CP nđ 59/2022 điều 5 luật 1.004222 khoản"
_FILTERS = 'loại: năm:2022..2024 năm:2024..2022 màu:đỏ hiệu-lực:còn loại:"nghị'
_PIECES = st.sampled_from(f"{_MARKS} {_WORDS} {_FILTERS}".split())
_QUERIES = st.one_of(
    st.text(max_size=200), st.lists(_PIECES, max_size=30).map(" ".join), st.lists(_PIECES, max_size=30).map("".join)
)


class TestAnyText:
    @given(_QUERIES)
    def test_gives_a_plan_that_can_be_read(self, query: str) -> None:
        plan = understand(query)
        assert plan.query == query
        assert explain(plan)
        _check(plan.root)

    @given(_QUERIES)
    def test_is_understood_the_same_way_twice(self, query: str) -> None:
        assert understand(query) == understand(query)

    @pytest.mark.parametrize(
        "piece", ['"', "(", ")", "-", "a:", "*", "~", "năm:", "1/", "điều 5 ", "a OR ", "“", "|", "-(a "]
    )
    def test_repeated_without_end_is_answered(self, piece: str) -> None:
        assert isinstance(understand(piece * 5000, limit_length=10_000), Plan)


_LEAVES = st.sampled_from(
    [
        "căn cước",
        "thẻ",
        '"cư trú"',
        '"hộ khẩu"~3',
        '"định dan*"',
        "59/2022/NĐ-CP",
        "1.004222",
        "năm:2022..",
        "loại:luật",
        "TTHC",
    ]
)
_GROUPS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' AND '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        inner.map(lambda part: f"-({part})"),
    ),
    max_leaves=8,
)
_WELL_FORMED = st.one_of(_GROUPS.map(lambda group: f"{group} OR thẻ"), st.lists(_LEAVES, max_size=4).map(" ".join))


class TestRoundTrip:
    @given(_WELL_FORMED)
    def test_a_tree_written_as_a_query_is_understood_as_the_same_tree(self, query: str) -> None:
        tree = root(query)
        assert root(format_query(tree)) == tree

    @given(_WELL_FORMED)
    def test_a_well_formed_query_needs_no_repair(self, query: str) -> None:
        assert "repair" not in kinds(query)


def test_an_explanation_shows_the_tree_by_indentation() -> None:
    assert explain(understand('thẻ "căn cước"~2 -tạm')).splitlines()[-5:] == [
        "tất cả:",
        "  từ: thẻ",
        "  cụm từ: căn cước (cách tối đa 2 âm tiết)",
        "  trừ:",
        "    cụm từ: tạm",
    ]


def _check(node: Node) -> None:
    """What the engine relies on in every tree."""
    match node:
        case And() | Or():
            assert len(node.parts) > 1
            assert not any(isinstance(part, type(node)) for part in node.parts)
            assert isinstance(node, And) or not any(isinstance(part, Not) for part in node.parts)
            assert isinstance(node, Or) or not all(isinstance(part, Not) for part in node.parts)
            for part in node.parts:
                _check(part)
        case Not():
            _check(node.part)
        case Words() | Phrase() | Prefix():
            assert node.syllables
            assert len(node.syllables) == len(node.accented)
        case ProvisionOf():
            assert node.title or node.number_key or node.partial
        case _:
            pass


def _depth(node: Node) -> int:
    parts = node.parts if isinstance(node, And | Or) else (node.part,) if isinstance(node, Not) else ()
    return 1 + max(map(_depth, parts), default=0)


def test_a_year_of_issue_follows_a_number_of_the_national_assembly_too() -> None:
    root = understand("19/2023/QH15 năm 2023").root
    assert isinstance(root, Number)
    assert (root.key, root.issued) == ("19/2023/qh15", 2023)
