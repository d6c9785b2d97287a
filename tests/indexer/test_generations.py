"""The index's life: whole generations, one live, every damage found, every failure harmless. All files are made up."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import generations as life
from indexer.generations import MANIFEST, Generation, Generations, IndexNotBuiltError
from kb.errors import DamagedIndexError

FILES = {"terms": b"\x00\x01\x02" * 50, "parts/postings": b"postings " * 40, "empty": b""}


def build(home: Path, revision: str = "1", files: dict[str, bytes] = FILES) -> Generation:
    generations = Generations(home)
    with generations.building(revision, {"units": len(files)}) as folder:
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
    return generations.current()


def folders(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "generations").iterdir())


def test_a_published_generation_says_what_it_holds(tmp_path: Path) -> None:
    built = build(tmp_path, "revision 7")
    assert (built.name, built.revision, built.facts) == ("000001", "revision 7", {"units": 3})
    assert set(built.files) == set(FILES)
    assert built.size == sum(map(len, FILES.values()))
    assert Generations(tmp_path).verify(built) == []


def test_each_build_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    first = build(tmp_path, "1")
    second = build(tmp_path, "2")
    assert (first.name, second.name) == ("000001", "000002")
    assert folders(tmp_path) == ["000002"]
    assert Generations(tmp_path).is_of("2")
    assert not Generations(tmp_path).is_of("1")


def test_two_builds_of_the_same_are_told_apart(tmp_path: Path) -> None:
    assert build(tmp_path).digest != build(tmp_path).digest


def test_files_of_a_replaced_generation_can_still_be_read_by_who_has_them_open(tmp_path: Path) -> None:
    first = build(tmp_path)
    with (first.path / "terms").open("rb") as open_file:
        build(tmp_path)
        assert not first.path.exists()
        assert open_file.read() == FILES["terms"]


def test_without_an_index_the_way_out_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndexError, match="dean06 index"):
        Generations(tmp_path / "nothing").current()


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def problems(home: Path) -> list[str]:
    """What ``dean06 verify`` finds."""
    generations = Generations(home)
    try:
        return [problem.file for problem in generations.verify(generations.current())]
    except DamagedIndexError as error:
        return [error.problem]


@pytest.mark.parametrize("name", ["terms", "parts/postings"])
def test_any_flipped_bit_of_a_file_is_found(tmp_path: Path, name: str) -> None:
    path = build(tmp_path).path / name
    for bit in range(0, len(FILES[name]) * 8, 13):
        flip(path, bit)
        assert problems(tmp_path) == [name]
        flip(path, bit)
    assert problems(tmp_path) == []


def test_any_flipped_bit_of_the_manifest_or_the_pointer_is_found(tmp_path: Path) -> None:
    for path, stride in ((build(tmp_path).path / MANIFEST, 11), (tmp_path / "CURRENT", 1)):
        for bit in range(0, path.stat().st_size * 8, stride):
            flip(path, bit)
            assert len(problems(tmp_path)) == 1
            flip(path, bit)
    assert problems(tmp_path) == []


DAMAGES: dict[str, Callable[[Path], object]] = {
    "terms": lambda folder: (folder / "terms").unlink(),
    "parts/postings": lambda folder: os.truncate(folder / "parts" / "postings", 5),
    "empty": lambda folder: (folder / "empty").write_bytes(b"grown"),
    "stray": lambda folder: (folder / "stray").write_bytes(b""),
    "parts/stray": lambda folder: (folder / "parts" / "stray").symlink_to(folder / "terms"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_missing_truncated_grown_and_extra_files_are_found(tmp_path: Path, name: str) -> None:
    DAMAGES[name](build(tmp_path).path)
    assert problems(tmp_path) == [name]


def test_a_missing_manifest_or_generation_is_found(tmp_path: Path) -> None:
    built = build(tmp_path)
    (built.path / MANIFEST).unlink()
    assert [problem.file for problem in Generations(tmp_path).verify(built)] == [MANIFEST]
    assert "cannot be read" in problems(tmp_path)[0]
    shutil.rmtree(built.path)
    assert "cannot be read" in problems(tmp_path)[0]


def test_an_index_of_another_format_is_to_be_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(life, "FORMAT", life.FORMAT + 1)
    build(tmp_path)
    monkeypatch.undo()
    with pytest.raises(DamagedIndexError, match="rebuild"):
        Generations(tmp_path).current()


def test_a_damaged_index_is_healed_by_the_next_build(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "CURRENT").write_bytes(b"\xff\x00")
    assert problems(tmp_path)
    build(tmp_path)
    assert problems(tmp_path) == []


def build_half(home: Path) -> None:
    with Generations(home).building("2", {}) as folder:
        (folder / "half").write_bytes(b"half")
        raise KeyboardInterrupt


def test_a_failed_build_leaves_the_live_index_and_nothing_else(tmp_path: Path) -> None:
    build(tmp_path, "1")
    with pytest.raises(KeyboardInterrupt):
        build_half(tmp_path)
    assert folders(tmp_path) == ["000001"]
    assert problems(tmp_path) == []


# Files and manifest are written, then flushed with their three folders, then CURRENT is written, flushed and replaced; last
# of all its folder is flushed: then the new index is the live one, only not yet safe from a power failure.
STEPS = (len(FILES) + 1) + (len(FILES) + 1) + 3 + 2 + 1


@pytest.mark.parametrize("step", range(STEPS))
def test_a_full_disk_at_any_step_leaves_one_whole_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    build(tmp_path, "old")
    steps = iter(range(STEPS))

    def failing(operation: Callable[..., object]) -> Callable[..., object]:
        def attempt(*arguments: object) -> object:
            if next(steps) == step:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return operation(*arguments)

        return attempt

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_bytes", failing(Path.write_bytes))
        disk.setattr(Path, "replace", failing(Path.replace))
        disk.setattr(os, "fsync", failing(os.fsync))
        with pytest.raises(IndexNotBuiltError, match="No space left"):
            build(tmp_path, "new")
    live = Generations(tmp_path).current()
    assert live.revision == ("new" if step == STEPS - 1 else "old")
    assert folders(tmp_path) == [live.name]
    assert problems(tmp_path) == []


def test_what_a_dead_builder_left_is_cleaned_away(tmp_path: Path) -> None:
    build(tmp_path)
    orphan = tmp_path / "generations" / "000009"
    orphan.mkdir()
    (orphan / "half").write_bytes(b"half")
    assert problems(tmp_path) == []
    assert build(tmp_path).name == "000002"
    assert folders(tmp_path) == ["000002"]


def test_a_second_builder_is_told_of_the_first(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from indexer.generations import Generations\n"
        "with Generations(Path(sys.argv[1])).building('first', {}):\n"
        "    print('building', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "building\n"
        with pytest.raises(IndexNotBuiltError, match="Another process"):
            build(tmp_path, "second")
        first.communicate("")
    assert Generations(tmp_path).is_of("first")


def test_a_reader_that_is_overtaken_gets_the_newer_generation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, "old")
    real_read = life._read
    overtaken = iter([True])

    def slow_read(folder: Path, digest: str) -> Generation:
        if next(overtaken, False):
            build(tmp_path, "new")
        return real_read(folder, digest)

    monkeypatch.setattr(life, "_read", slow_read)
    assert Generations(tmp_path).current().revision == "new"


def test_verify_tells_how_far_it_is(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    Generations(tmp_path).verify(build(tmp_path), progress=lambda *step: steps.append(step))
    assert steps == [("verify", 1, 3), ("verify", 2, 3), ("verify", 3, 3)]
