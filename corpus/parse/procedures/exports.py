"""Procedures as older exports keep them: the portal's Word export taken apart, and records of the portal before 2025."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.parse.procedures.bases import each_once, legal_basis, numbers_of
from corpus.parse.procedures.detail import is_note
from corpus.parse.procedures.fees import fees_in
from corpus.parse.procedures.values import (
    NotAProcedureError,
    channel_of,
    code_of,
    count_of,
    lines_of,
    objects_in,
    one_line,
    seen_on_portal,
    split_names,
    text_of,
    time_in,
    unique,
)
from kb.model import Component, DossierCase, Form, Method, Procedure, ProcedureParts, Provenance

WORD_SOURCE = "dichvucong-word"
OLD_SOURCE = "dichvucong-old"
_EMPTY: Mapping[str, object] = {}
_QUANTITIES = re.compile(r"Bản chính:\s*(\d+)\D{1,10}Bản sao:\s*(\d+)")
_DOWNLOAD = re.compile(r"https?://\S+\?ma=\S+")


def read_word_export(record: Mapping[str, object], provenance: Provenance | None = None) -> Procedure:
    """The procedure of a Word export taken apart into ``metadata``, ``content`` and ``tables``.

    Raises ``NotAProcedureError`` where the record is something else.
    """
    said, content, tables = (_object(record, key) for key in ("metadata", "content", "tables"))
    code = code_of(said.get("mã_thủ_tục") or record.get("thu_tuc_id"), "The export")
    name = one_line(said.get("tên_thủ_tục"))
    if not name:
        raise NotAProcedureError(f"The export of {code}", "it has no name")
    parts = _word_parts(said, content, tables)
    return Procedure(
        code=code,
        name=name,
        issuer="",
        executing="; ".join(parts.executing),
        field="; ".join(split_names(said.get("lĩnh_vực"))),
        provenance=provenance or seen_on_portal(text_of(record.get("source_file")), WORD_SOURCE),
        legal_bases=numbers_of(parts.legal_bases),
        parts=parts,
    )


def read_old_page(record: Mapping[str, object], provenance: Provenance | None = None) -> Procedure:
    """A record of the portal before 2025, whose code the caller has put under "Mã thủ tục": such records carry none.

    Raises ``NotAProcedureError`` where the record is something else, or has no code.
    """
    if not text_of(record.get("Mã thủ tục")):
        raise NotAProcedureError("The old record", "it has no code, and no one procedure is known under its name")
    code = code_of(record.get("Mã thủ tục"), "The old record")
    name = one_line(record.get("title") or record.get("Tên thủ tục"))
    if not name:
        raise NotAProcedureError(f"The old record of {code}", "it has no name")
    parts = read_old_parts(record)
    return Procedure(
        code, name, "", "; ".join(parts.executing), "", provenance or seen_on_portal("", OLD_SOURCE), parts=parts
    )


def read_old_parts(record: Mapping[str, object]) -> ProcedureParts:
    """The parts of a record of the portal before 2025."""
    papers = tuple(
        _counted(
            lines_of(row.get("Tên giấy tờ")),
            text_of(row.get("Số lượng - bản chính") or row.get("Số lượng")),
            text_of(row.get("Mẫu đơn, tờ khai")),
        )
        for row in objects_in(record.get("Thành phần hồ sơ"))
    )
    return ProcedureParts(
        steps=lines_of(re.sub(r"</?\w+>", " ", text_of(record.get("Trình tự thực hiện")))),
        methods=tuple(
            _method(row, "Hình thức nộp", "Thời hạn giải quyết", "Phí, lệ phí", "Mô tả")
            for row in objects_in(record.get("Cách thức thực hiện"))
        ),
        dossier=(DossierCase("", papers),) if papers else (),
        executing=split_names(record.get("Cơ quan thực hiện")),
    )


def _word_parts(
    said: Mapping[str, object], content: Mapping[str, object], tables: Mapping[str, object]
) -> ProcedureParts:
    papers = tuple(
        _counted(lines_of(row.get("ten_giay_to")), f"{text_of(row.get('so_luong'))}\n{text_of(row.get('ghi_chu'))}", "")
        for row in objects_in(tables.get("thanh_phan_ho_so"))
    )
    return ProcedureParts(
        steps=lines_of(content.get("trình_tự_thực_hiện")),
        methods=tuple(
            _method(row, "hinh_thuc", "thoi_han_giai_quyet", "phi_le_phi", "mo_ta")
            for row in objects_in(tables.get("hinh_thuc_nop"))
        ),
        dossier=(DossierCase("", papers),) if papers else (),
        subjects=split_names(content.get("đối_tượng_thực_hiện")),
        executing=split_names(content.get("cơ_quan_thực_hiện")),
        authority=split_names(content.get("cơ_quan_có_thẩm_quyền")),
        authorized=split_names(content.get("cơ_quan_được_ủy_quyền")),
        coordinating=split_names(content.get("cơ_quan_phối_hợp")),
        receiving=lines_of(content.get("địa_chỉ_tiếp_nhận_hs")),
        results=split_names(content.get("kết_quả_thực_hiện")),
        conditions=lines_of(content.get("yêu_cầu_điều_kiện_thực_hiện")),
        legal_bases=each_once(
            legal_basis(row.get("trich_yeu"), row.get("so_ky_hieu")) for row in objects_in(tables.get("can_cu_phap_ly"))
        ),
        levels=unique(one_line(level).capitalize() for level in text_of(said.get("cấp_thực_hiện")).split(",")),
        kind=one_line(said.get("loại_thủ_tục")),
        decision=re.sub(r"^Quyết định (?:số )?", "", one_line(said.get("số_quyết_định"))),
    )


def _method(row: Mapping[str, object], channel: str, time: str, fees: str, wording: str) -> Method:
    return Method(
        channel_of(row.get(channel)), time_in(row.get(time)), fees_in(row.get(fees)), lines_of(row.get(wording))
    )


def _counted(name: str, quantities: str, form: str) -> Component:
    match = _QUANTITIES.search(quantities)
    originals, copies = (count_of(match[1]), count_of(match[2])) if match else (None, None)
    forms = (Form("", form),) if _DOWNLOAD.fullmatch(form) else ()
    return Component(name, originals, copies, forms, is_note(name, originals, copies))


def _object(record: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = record.get(key)
    return value if isinstance(value, dict) else _EMPTY
