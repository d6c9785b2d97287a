"""Made-up pages and packages in the shape of the codification; no real law stands in them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

INDEX_PAGE = "BoPhapDien.html"


def article(  # a page's markup for one article, as the official pages have it
    code: str = "Điều 9.9.LQ.1",
    heading: str = "Phạm vi",
    note: str = "(Điều 1 Luật số 01/2020/QH14 Luật Thử ngày 02/01/2020 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/07/2020)",
    body: str = "<p>1. Một.</p><p>2. Hai.</p>",
    anchor: str = "0900900000000000100000100000000000000000",
    item: str = "1",
    related: str = "",
) -> str:
    link = f"<a href='http://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID={item}#Dieu_1' target='_blank'>{note}</a>"
    reference = f"<p class='pChiDan'>(Điều này có nội dung liên quan đến {related})</p>" if related else ""
    return (
        f"<p class='pDieu'><a name='{anchor}'></a>{code}. {heading}</p>"
        f"<p class='pGhiChu'>{link}</p><p class='pNoiDung'>{body}</p>{reference}"
    )


def page(*articles: str, number: str = "9.9", title: str = "Đề mục thử") -> str:
    return (
        "\ufeff<link href='../lib/css/style.css' rel='stylesheet' type='text/css' />\r\n"
        f"<h3 style='text-align: center'>\r\n    Đề mục {number}\r\n    <br />\r\n    {title}\r\n</h3>\r\n"
        "<p style='display: none'>(Xem Danh mục)</p><div class='_content'>"
        "<p class='pChuong'><a name='09009000000000001000'></a>Chương I</p><p class='pChuong'>QUY ĐỊNH CHUNG</p>"
        + "".join(articles)
        + "</div>"
    )


def write_zip(path: Path, entries: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def write_folder(path: Path, entries: Mapping[str, str | bytes]) -> Path:
    for name, content in entries.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
