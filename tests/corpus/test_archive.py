"""Archives that are damaged or made to harm; all are made up here."""

from __future__ import annotations

import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import archive
from corpus.archive import check_archive, read_archive
from kb.errors import UnusableInputError
from tests.corpus.codified import write_zip


def test_a_sound_archive_gives_its_files_in_order(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"demuc/": "", "demuc/b.html": "bb", "a.html": "a"})

    assert [(entry.name, entry.size) for entry in check_archive(path)] == [("demuc/b.html", 2), ("a.html", 1)]
    with read_archive(path) as reader:
        assert reader.read("demuc/b.html") == b"bb"


def test_the_real_package_is_sound(real_data: Path) -> None:
    entries = check_archive(real_data / "phapdien" / "BoPhapDienDienTu.zip")

    assert len(entries) == 282
    assert sum(entry.size for entry in entries) == 139_395_510


def _bomb(path: Path) -> None:
    write_zip(path, {"zeros.html": bytes(8 << 20)})


def _too_large(path: Path) -> None:
    write_zip(path, {"large.html": bytes(range(256)) * 300})


def _too_many(path: Path) -> None:
    write_zip(path, {f"{number}.html": "" for number in range(11)})


def _slip(path: Path) -> None:
    write_zip(path, {"../../outside.html": "x"})


def _absolute(path: Path) -> None:
    write_zip(path, {"/etc/outside.html": "x"})


def _drive(path: Path) -> None:
    write_zip(path, {"C:\\outside.html": "x"})


def _link(path: Path) -> None:
    info = zipfile.ZipInfo("link.html")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(info, "/etc/passwd")


def _twice(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with zipfile.ZipFile(path, "w") as made:
            made.writestr("a.html", "1")
            made.writestr("A.html", "2")


def _encrypted(path: Path) -> None:
    write_zip(path, {"secret.html": "x"})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at : at + 2] = struct.pack("<H", struct.unpack("<H", data[at : at + 2])[0] | 1)
    path.write_bytes(data)


def _other_method(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr("a.html", "x")


def _cut_off(path: Path) -> None:
    write_zip(path, {"a.html": "x" * 5000})
    path.write_bytes(path.read_bytes()[:-40])


def _flipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr("a.html", "x" * 5000)
    data = bytearray(path.read_bytes())
    data[100] ^= 0x01
    path.write_bytes(data)


def _not_deflated(path: Path) -> None:
    write_zip(path, {"a.html": bytes(range(256)) * 40})
    data = bytearray(path.read_bytes())
    data[60:90] = b"\xff" * 30
    path.write_bytes(data)


def _overlapping(path: Path) -> None:
    """Two names in the directory that point at the same bytes."""
    write_zip(path, {"a.html": "x" * 100, "b.html": "x" * 100})
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    path.write_bytes(data)


def _mangled_name(path: Path) -> None:
    """The name beside the bytes says that it is UTF-8, and is not."""
    write_zip(path, {"a.html": "x" * 100})
    data = bytearray(path.read_bytes())
    data[6:8] = struct.pack("<H", struct.unpack("<H", data[6:8])[0] | 0x800)
    data[30] = 0xB3
    path.write_bytes(data)


def _no_zip(path: Path) -> None:
    path.write_text("Request Rejected")


BAD_ARCHIVES: list[tuple[Callable[[Path], None], str]] = [
    (_bomb, r"'zeros\.html' unpacks to 1,\d+ times"),
    (_too_large, r"'large\.html' unpacks to"),
    (_too_many, r"holds 11 entries"),
    (_slip, r"outside\.html' would be written outside"),
    (_absolute, r"outside\.html' would be written outside"),
    (_drive, r"outside\.html' would be written outside"),
    (_link, r"'link\.html' is a link"),
    (_twice, r"'A\.html' twice"),
    (_encrypted, r"'secret\.html' is encrypted"),
    (_other_method, r"'a\.html' is packed by a method"),
    (_cut_off, r"is damaged, cut off or not a zip"),
    (_flipped, r"'a\.html' is damaged"),
    (_not_deflated, r"'a\.html' is damaged"),
    (_overlapping, r"'a\.html'|'b\.html'"),
    (_mangled_name, r"'a\.html' is damaged"),
    (_no_zip, r"not a zip"),
]


@pytest.mark.parametrize(("make", "problem"), BAD_ARCHIVES)
def test_a_bad_archive_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], problem: str
) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 10)
    if make is _too_large:
        monkeypatch.setattr(archive, "LARGEST_ENTRY", 50_000)
    path = tmp_path / "bad.zip"
    make(path)

    with pytest.raises(UnusableInputError, match=problem) as caught:
        check_archive(path)
    assert "bad.zip" in caught.value.problem
    assert caught.value.remedy


def test_the_total_of_an_archive_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 10)
    path = write_zip(tmp_path / "bad.zip", {"a.html": "123456", "b.html": "123456"})

    with pytest.raises(UnusableInputError, match="unpacks to 12 bytes"):
        check_archive(path)
