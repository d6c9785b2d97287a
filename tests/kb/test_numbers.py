"""Numbers of documents: every shape, every spelling, and numbers in running text."""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.numbers import (
    AGENCIES,
    DOCUMENT_TYPES,
    DocumentNumber,
    PartialNumber,
    find_numbers,
    number_key,
    parse_number,
    partial_key,
    type_of_number,
)

TYPES = [abbreviation for _, abbreviations in DOCUMENT_TYPES for abbreviation in abbreviations]
SERIALS = st.integers(1, 99999).map(lambda serial: f"{serial:02d}")
SUFFIXES = st.builds(
    lambda kind, agencies: "-".join([kind, *agencies]),
    st.sampled_from(TYPES),
    st.lists(st.sampled_from(sorted(AGENCIES)), min_size=1, max_size=4),
)
NUMBERS = st.builds(DocumentNumber, SERIALS, st.one_of(st.none(), st.integers(1945, 2099)), SUFFIXES)


@pytest.mark.parametrize(
    "number",
    [
        "59/2022/NĐ-CP",
        "26/2023/QH15",
        "102/2000/TT-BNN-KL",
        "01/2006/TTLT-BBCVT-BNG-BCA",
        "01/1999/NQLT-TP-VHTT-NNPTNT-DTMN-ND",
        "92/2000/QĐ-NHNN7",
        "08/2008/PL-UBTVQH12",
        "133/1999/TTLT/BTC-BTM-BCN",
        "72/2025/NQLT/UBTVQH15-CP-ĐCTUBTWMTTQVN",
        "61/2000/TT-BNNPTNT/KH",
        "13/CP",
        "326/TTg",
        "23/TTLN",
        "59/TC-TCT",
        "82-TC/TCT",
        "31-L/CTN",
        "119-CP",
        "21-LCT/HDNN8",
        "102-SL/L-004",
        "522b/NQ-UBTVQH13",
        "1187/NQ-UBTVQH14",
        "66.7/2025/NQ-CP",
        "57-NQ/TW",
        "452/TTg-KSTT",
        "7323/VPCP-KSTT",
        "06/QĐ-TTg",
        "60",
        "Không số",
    ],
)
def test_a_canonical_number_reads_as_itself(number: str) -> None:
    assert str(parse_number(number)) == number


@pytest.mark.parametrize(
    "spelling",
    [
        "59/2022/NĐ-CP",
        "59/2022/ND-CP",
        "59/2022/nđ-cp",
        "59/2022/nd-cp",
        "59/2022/Nđ-Cp",
        "59 /2022/NĐ-CP",
        "59/2022/ NĐ - CP",
        "59/2022/NĐ CP",
        "59/2022/NĐCP",
        "59/2022/NÐ-CP",
        "59/2022/NĐ\u2013CP",
        "59/2022/NĐ\u2011CP",
        "59/2022/NĐ-\u0421\u0420",
        "59\u00a0/2022/NĐ-CP",
        "'59/2022/NĐ-CP",
        "\u201859/2022/NĐ-CP\u2019",
        "059/2022/NĐ-CP",
        "59-2022-nd-cp",
        "59_2022_NĐ-CP",
        "nghi-dinh-59-2022-nd-cp",
        "nđ 59/2022",
        "NĐ59/2022",
        "nghị định 59/2022",
        "nghi dinh so 59/2022",
        "Nghị định số 59 năm 2022",
        "số 59/2022/NĐ-CP",
        "Số: 59/2022/NĐ-CP",
        "Nghị định số 59/2022/NĐ-CP",
    ],
)
def test_every_spelling_has_the_one_key(spelling: str) -> None:
    assert number_key(spelling) == "59/2022/nd-cp"
    assert str(parse_number(spelling)) == "59/2022/NĐ-CP"


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ("6/QĐ-TTg", "06/QĐ-TTg"),
        ("06/qd-ttg", "06/QĐ-TTg"),
        ("06-qd-ttg", "06/QĐ-TTg"),
        ("06/QD-TTG", "06/QĐ-TTg"),
        ("12/2020/tt-bgddt", "12/2020/TT-BGDĐT"),
        ("12/2018/TT-BLĐTBXh", "12/2018/TT-BLĐTBXH"),
        ("3/2019/tt-bkhdt", "03/2019/TT-BKHĐT"),
        ("1/2026/nq-hdnd", "01/2026/NQ-HĐND"),
        ("01763/QĐ-UBND", "1763/QĐ-UBND"),
        ("66.116/2025/QH15", "116/2025/QH15"),
        ("26/2023/QH 15", "26/2023/QH15"),
        ("33L/CTN", "33-L/CTN"),
        ("60 TC/TCT", "60-TC/TCT"),
        ("01/2016/NQ.HĐTP", "01/2016/NQ-HĐTP"),
        ("2637/QĐ-UBND (Tỉnh Vĩnh Long)", "2637/QĐ-UBND"),
        ("khong so", "Không số"),
        ("02/2020/", "02/2020"),
    ],
)
def test_a_spelling_gets_the_letters_of_the_law(spelling: str, canonical: str) -> None:
    assert str(parse_number(spelling)) == canonical


@pytest.mark.parametrize(
    "text", ["", "luật căn cước", "59/2022/NĐ-CP của Chính phủ", "NĐ-CP", "24/7/365", "1" * 300, "a/b"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_the_raw_text_is_kept_and_is_not_part_of_what_a_number_is() -> None:
    stripped = parse_number("66.116/2025/QH15")
    assert stripped is not None
    assert stripped.raw == "66.116/2025/QH15"
    assert stripped == parse_number("116/2025/QH15")


def test_different_numbers_have_different_keys() -> None:
    numbers = [
        "59/2022/NĐ-CP",
        "59/2022/NQ-CP",
        "5/92022/NĐ-CP",
        "59/2021/NĐ-CP",
        "59/NĐ-CP",
        "66.7/2025/NQ-CP",
        "667/2025/NQ-CP",
    ]
    assert len({number_key(number) for number in numbers}) == len(numbers)


@given(NUMBERS)
def test_parse_gives_back_what_format_wrote(number: DocumentNumber) -> None:
    again = parse_number(str(number))
    assert again == number
    assert again is not None
    assert again.key == number_key(str(number)) == number_key(str(number).lower())


@given(st.text())
def test_a_key_exists_for_any_text_and_is_stable(text: str) -> None:
    assert number_key(text) == number_key(text)
    assert not re.search(r"\s", number_key(text))


@given(st.text("0123456789/-.NĐQHCPđ ố", max_size=30))
def test_a_number_read_can_be_read_again(text: str) -> None:
    number = parse_number(text)
    if number is not None:
        assert parse_number(str(number)) == number
        assert number_key(text) == number.key


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("59/2022", PartialNumber("59", 2022)),
        ("059/2022", PartialNumber("59", 2022)),
        ("nđ 59", PartialNumber("59", None, "Nghị định")),
        ("quyết định 06", PartialNumber("6", None, "Quyết định")),
        ("tt 12/2020", PartialNumber("12", 2020, "Thông tư")),
        ("số 59", PartialNumber("59")),
        ("59/2022/n", PartialNumber("59", 2022, "", "n")),
        ("59/2022/nđ-", PartialNumber("59", 2022, "", "nd")),
        ("06/qđ", PartialNumber("6", None, "", "qd")),
        ("luật 26/2023", PartialNumber("26", 2023, "Luật")),
        ("59", None),
        ("căn cước", None),
        ("không số", None),
    ],
)
def test_what_has_been_typed_of_a_number(typed: str, expected: PartialNumber | None) -> None:
    assert partial_key(typed) == expected


@pytest.mark.parametrize(
    ("typed", "number", "matches"),
    [
        ("59/2022", "59/2022/NĐ-CP", True),
        ("59/2022", "59/2022/TT-BTC", True),
        ("59/2022", "159/2022/NĐ-CP", False),
        ("nghị định 59", "59/2022/NĐ-CP", True),
        ("nghị định 59", "59/2022/TT-BTC", False),
        ("luật 26/2023", "26/2023/QH15", True),
        ("06/qđ-t", "06/QĐ-TTg", True),
        ("06/qđ-t", "06/QĐ-BTP", False),
    ],
)
def test_a_partial_number_offers_the_numbers_that_go_on_as_typed(typed: str, number: str, matches: bool) -> None:  # noqa: FBT001 - a table
    partial = partial_key(typed)
    assert partial is not None
    assert partial.matches(number) is matches


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("59/2022/NĐ-CP", "Nghị định"),
        ("06/QĐ-TTg", "Quyết định"),
        ("08/2008/TTLT-BTP-BNV", "Thông tư liên tịch"),
        ("06/2003/PL-UBTVQH11", "Pháp lệnh"),
        ("102-SL/L-004", "Sắc lệnh"),
        ("12/VBHN-VPQH", "Văn bản hợp nhất"),
        ("24/CT-TTg", "Chỉ thị"),
        ("90/CĐ-TTg", "Công điện"),
        ("624/TB-VPCP", "Thông báo"),
        ("452/TTg-KSTT", "Công văn"),
        ("7323/VPCP-KSTT", "Công văn"),
        ("26/2023/QH15", ""),
        ("119-CP", ""),
        ("Không số", ""),
        ("no number", ""),
    ],
)
def test_the_kind_a_number_shows(number: str, kind: str) -> None:
    assert type_of_number(number) == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nghị định số 59/2022/NĐ-CP ngày 05/9/2022", ["59/2022/NĐ-CP"]),
        ("Quyết định 06/QĐ-TTg - Thủ tướng", ["06/QĐ-TTg"]),
        ("số 59/TC-TCT và số 82-TC/TCT", ["59/TC-TCT", "82-TC/TCT"]),
        ("59/2022/ NĐ - CP; 59/2022/NĐ–CP", ["59/2022/ NĐ - CP", "59/2022/NĐ–CP"]),
        ("Luật 57/2024/QH15, 90/2025/QH15.", ["57/2024/QH15", "90/2025/QH15"]),
        ("Nghị định 59/2022 và nđ 13/2023", ["59/2022", "13/2023"]),
        ("Nghị định số 13/CP, 119-CP, 57-NQ/TW", ["13/CP", "119-CP", "57-NQ/TW"]),
        ("Sắc lệnh số 102-SL/L-004 ngày", ["102-SL/L-004"]),
        ("66.7/2025/NQ-CP", ["66.7/2025/NQ-CP"]),
        ("ngày 20/11/2014, tháng 11/2014, 24/7, 1/2, 024/38256789", []),
        ("5/L, 100 mg/L, 12/A-B, 29-LD 123, 3-5 ngày, COVID-19", []),
        ("tỷ lệ 50/100, số 5/7 đường X", []),
    ],
)
def test_numbers_in_running_text(text: str, found: list[str]) -> None:
    matches = find_numbers(text)
    assert [match.text for match in matches] == found
    assert all(text[match.start : match.end] == match.text for match in matches)


@given(st.text("0123456789/-NĐQHCPTg. sốngày\u00a0\u2013", max_size=60))
def test_matches_are_exact_in_order_and_apart(text: str) -> None:
    matches = find_numbers(text)
    assert all(text[match.start : match.end] == match.text for match in matches)
    assert all(one.end <= other.start for one, other in itertools.pairwise(matches))


def test_every_shape_of_the_codification_round_trips(real_data: Path) -> None:
    with (real_data / "phapdien" / "number_shapes.csv").open(encoding="utf-8", newline="") as lines:
        examples = [one for _, _, cell in list(csv.reader(lines))[1:] for one in cell.split(" ; ") if one.strip()]
    assert len(examples) > 60
    for example in examples:
        number = parse_number(example)
        assert number is not None, example
        assert parse_number(str(number)) == number
        assert number_key(example) == number.key
        assert str(number) == example or example.islower() or example.endswith("/")


def test_the_numbers_of_the_codification_keep_apart(real_data: Path) -> None:
    with (real_data / "phapdien" / "phapdien_documents.csv").open(encoding="utf-8", newline="") as lines:
        printed = {row["number"] for row in csv.DictReader(lines) if row["number"].strip()}
    assert all(parse_number(number) for number in printed)
    assert len({number_key(number) for number in printed}) == len({str(parse_number(number)) for number in printed})


def test_numbers_found_in_real_articles_can_be_read(real_data: Path) -> None:
    with gzip.open(real_data / "bench" / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in itertools.islice(lines, 1500)]
    matches = [(text, match) for text in texts for match in find_numbers(text)]
    assert len(matches) > 300
    for text, match in matches:
        assert text[match.start : match.end] == match.text
        assert match.number.key == number_key(str(match.number))


@pytest.mark.parametrize("piece", ["1/", "1/2022/", "1/2022/NĐ-", "số 1 ", "1/2022/NĐ-CP", "NĐ-CP/", " ", "9", "1/A-"])
def test_long_senseless_text_is_read_in_steps_that_grow_with_its_length(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert len(find_numbers(text)) <= len(text)
    assert parse_number(text) is None
