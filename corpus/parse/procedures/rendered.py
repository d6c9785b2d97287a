"""A procedure from a rendered page of the portal, its cells flattened to text under the labels of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.parse.procedures.bases import numbers_of
from corpus.parse.procedures.bases_cell import agencies_behind, read_bases
from corpus.parse.procedures.dossier_cell import read_dossier
from corpus.parse.procedures.methods_cell import read_methods
from corpus.parse.procedures.values import (
    CAPITALS,
    NotAProcedureError,
    code_of,
    lines_of,
    one_line,
    seen_on_portal,
    split_names,
    text_of,
    unique,
)
from kb.model import Procedure, ProcedureParts, Provenance

_CODE_MARK = re.compile(rf"Mã:\s?[A-Za-z\d][\w.\-]{{0,60}}?(?=[{CAPITALS}][^\W\d_{CAPITALS}]|[\s+*•(]|-\s|\Z)")
_BETWEEN_AGENCIES = re.compile(
    r"[;\n]|,\s+(?![^()]*\))(?=(?:Bộ(?!,)|Tổng cục|Cục|Chi [Cc]ục|Chi nhánh|Vụ|Sở|Phòng (?!chống|cháy)|Ban (?:Quản|quản|QLDA)|Công an|Công đoàn"
    r"|Uỷ ban|Ủy ban|UBND|Hội đồng|Chủ tịch|Thủ tướng|Chính phủ|Văn phòng|Ngân hàng|Bảo hiểm|Cơ quan|Cơ sở|Tổ chức|Đơn vị|Trung tâm"
    r"|Thuế|Hải quan|Kho bạc|Cảng vụ|Biên phòng|Bộ đội|Tòa án|Viện|Thanh tra|Khu Quản|Lưu trữ|Thi hành|Các|Giám đốc|Người)\b)"
)
_BUTTONS = re.compile(r"Từ khóa(?=.{0,4000}Mô tả)|Chọn cơ quan thực hiệnTỉnh/ Thành phố", re.DOTALL)


def read_rendered(record: Mapping[str, object], provenance: Provenance | None = None) -> Procedure:
    """The procedure of one page; ``provenance`` by default names the page.

    Raises ``NotAProcedureError`` where the record is something else.
    """
    code = code_of(record.get("ma_thu_tuc"), "The record")
    name = one_line(record.get("ten_thu_tuc"))
    if not name:
        raise NotAProcedureError(f"The record of {code}", "it has no name")
    parts = _parts(record)
    return Procedure(
        code=code,
        name=name,
        issuer=one_line(record.get("co_quan_ban_hanh")),
        executing="; ".join(parts.executing),
        field="; ".join(split_names(record.get("linh_vuc"))),
        provenance=provenance or seen_on_portal(text_of(record.get("detail_url"))),
        legal_bases=numbers_of(parts.legal_bases),
        parts=parts,
    )


def read_results(cell: str) -> tuple[str, ...]:
    """The results of a cell, without their codes and the buttons of the page that follow them.

    >>> read_results("Giấy khai sinhMã: KQ.G15.000031Từ khóaKhông có thông tinMô tảKhông có thông tin")
    ('Giấy khai sinh',)
    """
    buttons = _BUTTONS.search(cell)
    text = cell[: buttons.start()] if buttons else cell
    return unique(lines_of(part) for part in _CODE_MARK.split(text))


def agencies_in(cell: object) -> tuple[str, ...]:
    """The agencies of a cell that prints them in a row: a comma ends one only where the next word begins another.

    >>> agencies_in("Cục cảnh sát quản lý hành chính về trật tự, xã hội, Công an cấp tỉnh")
    ('Cục cảnh sát quản lý hành chính về trật tự, xã hội', 'Công an cấp tỉnh')
    """
    return unique(one_line(part) for part in _BETWEEN_AGENCIES.split(text_of(cell)))


def _parts(record: Mapping[str, object]) -> ProcedureParts:
    return ProcedureParts(
        steps=lines_of(record.get("trinh_tu_thuc_hien")),
        methods=read_methods(text_of(record.get("cach_thuc_thuc_hien"))),
        dossier=read_dossier(text_of(record.get("thanh_phan_ho_so"))),
        subjects=_listed(record.get("doi_tuong_thuc_hien")),
        executing=agencies_in(record.get("co_quan_thuc_hien")) or _torn_agencies(record),
        authority=agencies_in(record.get("co_quan_co_tham_quyen")),
        authorized=agencies_in(record.get("co_quan_duoc_uy_quyen")),
        coordinating=agencies_in(record.get("co_quan_phoi_hop")),
        receiving=lines_of(record.get("dia_chi_tiep_nhan")),
        results=read_results(text_of(record.get("ket_qua_xu_ly"))),
        conditions=lines_of(record.get("yeu_cau_dieu_kien")),
        legal_bases=read_bases(text_of(record.get("can_cu_phap_ly"))),
        levels=unique(one_line(level) for level in text_of(record.get("cap_thuc_hien")).split(",")),
        kind=one_line(record.get("loai_thu_tuc")),
        related=lines_of(record.get("thu_tuc_lien_quan")),
        decision=one_line(record.get("so_quyet_dinh")),
    )


def _torn_agencies(record: Mapping[str, object]) -> tuple[str, ...]:
    return agencies_in(agencies_behind(text_of(record.get("can_cu_phap_ly")))[1])


def _listed(value: object) -> tuple[str, ...]:
    """Names in a row; commas inside brackets belong to a name ("Tổ chức (không bao gồm doanh nghiệp, HTX)")."""
    return unique(one_line(part) for part in re.split(r",\s(?![^()]*\))|;|\n", text_of(value)))
