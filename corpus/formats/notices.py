"""Pages that a site shows instead of a document: refusals, log-in forms, errors, captchas, maintenance."""

from __future__ import annotations

import re

from kb.errors import UnusableInputError
from kb.text import fold

_LONGEST_NOTICE = 5_000  # characters; a page that refuses or asks to log in is short
_NEVER_LAW = re.compile(
    r"request rejected|access (?:is )?denied|\b40[0134]\b.{0,40}(?:forbidden|not found|unauthorized|bad request)"
    r"|(?:forbidden|not found).{0,20}\b40[34]\b|\b50[0234]\b.{0,30}(?:error|unavailable|bad gateway|time-?out)"
    r"|service (?:temporarily )?unavailable|bad gateway|gateway time-?out|internal server error|server error in"
    r"|something went wrong|resource (?:cannot be found|you are looking for)|too many requests"
    r"|enable javascript|javascript (?:is|must be|to be) (?:disabled|enabled)|captcha|just a moment|checking your browser"
    r"|verify (?:that )?you are (?:a )?human|attention required|under maintenance|sign in to continue"
    r"|trang (?:này )?không tồn tại|không tìm thấy trang|văn bản không tồn tại",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"vui lòng đăng nhập|bạn cần đăng nhập|tên đăng nhập|quên mật khẩu|mã xác (?:nhận|thực)|nhập mã bảo (?:mật|vệ)"
    r"|(?:hệ thống|trang web|website|cổng)[^.\n]{0,60}(?:đang|tạm dừng)[^.\n]{0,30}(?:bảo trì|nâng cấp|gián đoạn)"
    r"|đã (?:có lỗi|xảy ra lỗi)|có lỗi xảy ra|truy cập (?:bị|đã bị) từ chối|không có quyền truy cập",
    re.IGNORECASE,
)


class NoticePageError(UnusableInputError):
    """A page is not the document asked for, but what a site shows in its stead; ``notice`` is the phrase that says so."""

    def __init__(self, name: str, notice: str) -> None:
        super().__init__(
            f"{name} is a page that a site shows instead of a document ('{notice}').",
            "Get the document again, later or from another source; nothing was changed.",
        )
        self.notice = notice


def refuse_notice(text: str, name: str) -> None:
    """Raise ``NoticePageError`` where ``text``, what a page shows, is short and says that it is no document.

    A page with a letterhead may offer a log-in beside the law; only what no law ever says refuses it.
    """
    if len(text) >= _LONGEST_NOTICE:
        return
    found = _NEVER_LAW.search(text)
    if found is None and not is_letterhead(text):
        found = _NOTICE.search(text)
    if found is not None:
        raise NoticePageError(name, " ".join(found[0].split()))


def is_letterhead(text: str) -> bool:
    """Whether the national motto stands in a text, as at the head of every document.

    >>> is_letterhead("Độc lập – Tự do – Hạnh phúc"), is_letterhead("Cổng thông tin điện tử")
    (True, False)
    """
    return _MOTTO.search(fold(text)) is not None


_MOTTO = re.compile(r"doc lap\W{1,5}tu do\W{1,5}hanh phuc")
