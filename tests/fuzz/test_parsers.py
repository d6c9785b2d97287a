"""Whatever a site sends, a parser gives records or raises one of the program's own errors: never another, never without end."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.formats import read_content
from corpus.parse.sites.gateway_body import read_body
from kb.errors import Dean06Error
from tests.conftest import ROOT
from tests.fuzz.targets import SEEDS, SITE_TARGETS, TARGETS, try_one

JSON = [name for name in SITE_TARGETS if SEEDS[name].startswith(b"{")]
PAGES = [name for name in SITE_TARGETS if name not in JSON]
PROCESSES = 2
SECONDS = 1  # a target, so that all of them take less than a minute
MENU = (
    "Trang chủ",
    "Đăng nhập",
    "Sơ đồ cổng",
    "Liên hệ",
    "Giới thiệu",
    "Tìm kiếm",
    "Tin tức",
    "Hỏi đáp",
    "RSS",
    "English",
)
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["data", "items", "id", "children", "name"]) | st.text(max_size=8), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def test_every_target_has_a_seed_that_it_takes() -> None:
    assert SEEDS.keys() == TARGETS.keys()
    assert [name for name in TARGETS if name != "document" and not try_one(name, SEEDS[name])] == []


@pytest.mark.parametrize(
    "name", [name for name in TARGETS if name != "pdf"]
)  # a process a file: see the PDF's own tests
@QUICK
@given(draw=st.data())
def test_a_mutated_page_raises_nothing_but_the_program_s_errors(name: str, draw: st.DataObject) -> None:
    try_one(name, _mutated(SEEDS[name], draw))


@pytest.mark.parametrize("name", JSON)
@QUICK
@given(draw=st.data())
def test_random_values_in_the_places_of_the_right_ones_raise_nothing_else(name: str, draw: st.DataObject) -> None:
    try_one(name, json.dumps(_replaced(json.loads(SEEDS[name]), draw), ensure_ascii=False).encode())


@pytest.mark.parametrize("name", JSON)
@QUICK
@given(value=values)
def test_random_json_raises_nothing_else(name: str, value: object) -> None:
    try_one(name, json.dumps({"success": True, "data": value}, ensure_ascii=False).encode())


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith(("gateway_body", "gazette_feed"))])
@QUICK
@given(words=st.lists(st.sampled_from(MENU), min_size=1, max_size=200), tag=st.sampled_from(["li", "div", "td", "a"]))
def test_a_page_of_menus_gives_no_record(name: str, words: list[str], tag: str) -> None:
    page = "<html><body>" + "".join(f"<{tag}><a href='/muc'>{word}</a></{tag}>" for word in words) + "</body></html>"
    with pytest.raises(Dean06Error):
        TARGETS[name](page.encode())


@QUICK
@given(words=st.lists(st.sampled_from(MENU), min_size=1, max_size=60))
def test_the_words_of_a_menu_become_no_provision(words: list[str]) -> None:
    menu = "".join(f"<p>{word}</p>" for word in words)
    try:
        body = read_body(menu, lambda html: read_content(html, "menu.html"))
    except Dean06Error:
        return
    assert body.structure.own_articles == 0


@pytest.mark.slow
def test_atheris_finds_nothing_in_a_second_a_parser(tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris is not installed: it is published for Linux and Python before 3.14 only")
    names = list(TARGETS)
    runs = [_fuzz(names[start::PROCESSES], tmp_path) for start in range(PROCESSES)]
    for run in runs:
        _, said = run.communicate(timeout=300)
        assert run.returncode == 0, said[-3000:]


def _fuzz(names: list[str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.fuzz.run", ",".join(names), str(SECONDS)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _mutated(data: bytes, draw: st.DataObject) -> bytes:
    """Some pieces cut out, doubled or overwritten."""
    for _ in range(draw.draw(st.integers(1, 4))):
        start = draw.draw(st.integers(0, len(data)))
        end = draw.draw(st.integers(start, min(len(data), start + 200)))
        piece = draw.draw(
            st.sampled_from([b"", data[start:end] * 2, b"<", b"\xff", b"&#0;", b"9999-99-99", b"\xf0\x9f\x98\x80"])
        )
        data = data[:start] + piece + data[end:]
    return data


def _replaced(value: object, draw: st.DataObject) -> object:
    """The value with some of its parts replaced by random ones."""
    if draw.draw(st.integers(0, 7)) == 0:
        return draw.draw(values)
    if isinstance(value, dict):
        return {key: _replaced(inner, draw) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, draw) for inner in value]
    return value
