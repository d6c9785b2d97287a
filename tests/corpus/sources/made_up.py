"""Made-up answers of the sites, in the shapes that the sources' notes describe. No site sent them, no law says this."""

from __future__ import annotations

import json
from collections.abc import Iterable

SENTENCE = "Câu này được bịa ra để thử chương trình và không phải là lời của một văn bản nào. "


def gazette_hit(number: str, own_id: int, kind: str = "Nghị định") -> dict[str, object]:
    """A hit of the gazette's search."""
    return {"id_van_ban": own_id, "so_ky_hieu": number, "loai_van_ban": kind, "ten_co_quan": ["CHÍNH PHỦ"]}


def gazette_page(number: str, kind: str, file: str) -> str:
    """The page of a document on the gazette's site."""
    rows = {"Loại văn bản": kind, "Số, ký hiệu": number, "Cơ quan ban hành": "CHÍNH PHỦ", "Ngày ban hành": "12/06/2022"}
    told = "".join(
        f'<div class="row"><span class="name">{name}</span><div class="value"><span class="child-value">{value}</span>'
        "</div></div>"
        for name, value in rows.items()
    )
    link = f'<div class="list--open"><a href="{file}" data-file="a/b.pdf">tệp</a></div>'
    return f"<!DOCTYPE html><html><!-- made up --><body>{told}{link}<p>{SENTENCE * 40}</p></body></html>"


def gazette_list(entries: Iterable[tuple[str, str]], last: int) -> str:
    """A page of a list: addresses with titles, and a pager."""
    rows = "".join(f'<li><a href="{address}">{title}</a></li>' for address, title in entries)
    pager = f'<a href="/van-ban-dang-cong-bao/chinh-phu-c1/trang-{last}.htm">cuối</a>'
    return f"<!DOCTYPE html><html><!-- made up --><body><ul>{rows}</ul>{pager}<p>{SENTENCE * 40}</p></body></html>"


def feed(items: Iterable[tuple[str, str]]) -> str:
    """The gazette's feed: addresses with days of publication."""
    told = "".join(
        f"<item><title></title><description><![CDATA[<b>Bịa</b>]]></description><link>{address}</link>"
        f"<pubDate>{day} 03:00:00 GMT</pubDate></item>"
        for address, day in items
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><!-- made up --><rss><channel>{told}</channel></rss>'


def gateway_body(number: str) -> str:
    """The body of a decree as the gateway has it, its provisions marked."""
    articles = "".join(
        f'<p class="prov-article" id="a{order}"><strong>Điều {order}. Nội dung thử {order}</strong></p>'
        f'<p class="prov-clause" id="c{order}">1. {SENTENCE * 2}</p><p class="prov-clause" id="d{order}">2. {SENTENCE}</p>'
        for order in (1, 2, 3)
    )
    return (
        f"<html><body><!-- made up --><p>CHÍNH PHỦ</p><p>Số: {number}</p><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>"
        "<p>Độc lập - Tự do - Hạnh phúc</p><p>Hà Nội, ngày 05 tháng 9 năm 2022</p><p>NGHỊ ĐỊNH</p><p>Bịa ra để thử</p>"
        f"{articles}<p>TM. CHÍNH PHỦ</p><p>THỦ TƯỚNG</p><p>Nguyễn Văn Thử</p></body></html>"
    )


def gateway_detail(
    own_id: str, number: str, *, references: Iterable[tuple[int, str, str]] = (), body: bool = True
) -> str:
    """A detail of the gateway; references are (kind, id, number)."""
    targets = [
        {"referenceType": kind, "targetDocument": {"id": target, "docNum": own, "title": f"Nghị định số {own} Bịa"}}
        for kind, target, own in references
    ]
    data = {
        "id": own_id,
        "docNum": number,
        "docType": {"id": "x", "name": "Nghị định", "code": "NĐ"},
        "title": f"Nghị định số {number} Bịa ra để thử",
        "issueDate": "2022-09-05T00:00:00",
        "effFrom": "2022-10-20T00:00:00",
        "effTo": None,
        "effStatus": None,
        "status": "Publish",
        "agencyName": "Chính phủ",
        "organization": None,
        "documentContent": {"content": gateway_body(number)} if body else None,
        "references": targets,
    }
    return answer(data)


def answer(data: object) -> str:
    """An envelope of the gateway."""
    return json.dumps({"made_up": True, "success": True, "statusCode": 200, "data": data}, ensure_ascii=False)


def listing(rows: Iterable[tuple[str, str]], total: int, page: int = 1) -> str:
    """A list of the gateway: ids with numbers."""
    items = [{"id": own_id, "docNum": number, "docType": {"name": "Nghị định"}} for own_id, number in rows]
    return answer({"total": total, "current": page, "items": items})


def government_list(rows: Iterable[tuple[str, str, str]], pages: Iterable[int] = ()) -> str:
    """The Government's list: (docid, number, day), with a form and a pager under a control id of its own."""
    told = "".join(
        f"<tr><td><a href='/?pageid=27160&docid={own_id}&classid=1'><span class=\"code\">{number}</span></a></td>"
        f'<td><span class="issued-date">{day}</span></td><td><span class="substract">Bịa</span></td></tr>'
        for own_id, number, day in rows
    )
    turns = "".join(
        f"<a href=\"javascript:__doPostBack('ctrl_7_9$grvDocument','Page${number}')\">{number}</a>" for number in pages
    )
    return (
        '<!DOCTYPE html><html><!-- made up --><body><form><input type="hidden" name="__VIEWSTATE" value="state"/>'
        '<input type="hidden" name="__EVENTVALIDATION" value="valid"/><input name="ctrl_7_9$txtSearchKeyword" value=""/>'
        '<select name="ctrl_7_9$drdRecordPerPage"><option value="10">10</option><option selected value="50">50</option>'
        f'</select><table id="ctrl_7_9_grvDocument">{told}</table>{turns}</form><p>{SENTENCE * 40}</p></body></html>'
    )


def government_page(number: str, file: str = "") -> str:
    """The page of a document on the Government's site."""
    rows = {
        "Số ký hiệu": number,
        "Ngày ban hành": "12-06-2022",
        "Loại văn bản": "Nghị định",
        "Cơ quan ban hành": "Chính phủ",
    }
    told = "".join(f'<tr><td class="col1">{name}</td><td> {value}</td></tr>' for name, value in rows.items())
    link = f'<tr><td class="col1">Tài liệu đính kèm</td><td><a href="{file}">tệp</a></td></tr>' if file else ""
    return f'<!DOCTYPE html><html><!-- made up --><body><div class="Content"><table>{told}{link}</table></div><p>{SENTENCE * 40}</p></body></html>'
