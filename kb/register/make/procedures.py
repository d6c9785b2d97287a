"""The administrative procedures of the official lists, from the collected ``procedures/official_lists.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from kb.register.make.issuers import issuer_of
from kb.register.make.procedure_pages import procedure_pages
from kb.register.tables import Row

_PORTAL = "https://dichvucong.gov.vn"
_OTHER_NAME = "trang của thủ tục hiện tên khác với danh mục, có thể do trang hiển thị sai"


def procedure_rows(folder: Path) -> Iterator[Row]:
    """A row a code, with the numbers of its legal bases where its page was collected."""
    pages = procedure_pages(folder)
    for row in _listed(folder):
        page = pages.get(row["code"])
        if page:
            row["address"], row["legal_bases"] = page.address, "; ".join(page.legal_bases)
            shown = _without_code(page.name, row["code"])
            if _differs(shown, row["name"]):
                row["other_names"], row["note"] = shown, _OTHER_NAME
        yield row


def _listed(folder: Path) -> Iterator[Row]:
    """A row a code, under the first name that the lists give it; others go beside it."""
    rows: dict[str, Row] = {}
    with (folder / "procedures" / "official_lists.csv").open(encoding="utf-8-sig", newline="") as file:
        for printed in csv.DictReader(file):
            row = _row(printed)
            first = rows.setdefault(row["code"], row)
            if _differs(row["name"], first["name"]):
                first["other_names"] = " | ".join(part for part in (first["other_names"], row["name"]) if part)
    yield from rows.values()


def _row(printed: dict[str, str]) -> Row:
    code = printed["ma_so"].strip()
    issuer_wording = _one_line(printed["co_quan_ban_hanh"])
    issuer = issuer_of(issuer_wording)
    return {
        "code": code,
        "name": _without_code(_one_line(printed["ten"]), code),
        "other_names": "",
        "issuer": issuer,
        "issuer_wording": issuer_wording if issuer_wording != issuer else "",
        "executing": "; ".join(_lines(printed["co_quan_thuc_hien"])),
        "field": "; ".join(_lines(printed["linh_vuc"])),
        "legal_bases": "",
        "address": _PORTAL,
        "place": printed["list"],
        "evidence": "official_list",
        "confidence": "verified",
        "note": "",
    }


def _differs(one: str, other: str) -> bool:
    return one.casefold().strip(" .") != other.casefold().strip(" .")


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _lines(cell: str) -> list[str]:
    """The lines of a cell that holds several values, each once: the lists repeat them and leave lines empty."""
    return list(dict.fromkeys(line for line in map(_one_line, cell.splitlines()) if line))


def _without_code(name: str, code: str) -> str:
    """Some names end with the code of their own procedure."""
    return re.sub(rf"\s*\({re.escape(code)}\)$", "", name)
