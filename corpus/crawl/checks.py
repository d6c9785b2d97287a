"""Is this what was asked for? The checks that hold for every source, pure functions of a page.

They look at the bytes before the status, and at the status before the name: error pages come with 200, and HTML is named
``.pdf``. Words are looked for in the title, or in pages too short to be a document, never in the middle of a law.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.crawl.fetch import Expects
from corpus.crawl.pages import Page
from corpus.crawl.refusals import (
    CaptchaError,
    ForbiddenError,
    LoginError,
    MaintenanceError,
    MovedError,
    NotThereError,
    RefusedError,
    RejectedError,
    SiteErrorPageError,
    TooManyRequestsError,
    TruncatedError,
    WrongKindError,
)

_SHORT = 2000  # characters of visible text: an error page has fewer, a list or a document more
_HEAD = 200_000  # bytes that are enough to see what a page is

_MARKUP = re.compile(r"<!--.*?-->|<(script|style|noscript)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)", re.IGNORECASE)
_HTML = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|title|meta|script|div|table|form|h1|p|a|br)\b", re.IGNORECASE
)
_XML = re.compile(rb"\s*(?:<\?xml|<(?:rss|feed|urlset|sitemapindex)\b)", re.IGNORECASE)
_PASSWORD_FIELD = re.compile(r"""<input\b[^<>]*type\s*=\s*["']?password""", re.IGNORECASE)

_REJECTED = re.compile(r"request rejected|requested url was rejected|yêu cầu bị từ chối", re.IGNORECASE)
_CAPTCHA_MARK = re.compile(
    r"g-recaptcha|h-captcha|cf-turnstile|cf-challenge|challenge-platform|/recaptcha/|captcha-delivery|name=[\"']?captcha",
    re.IGNORECASE,
)
_CAPTCHA = re.compile(
    r"captcha|just a moment|are you (?:a )?(?:human|robot)|not a robot|attention required|mã xác nhận|mã bảo vệ"
    r"|(?:không phải|bạn là) (?:người máy|robot|con người)",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"\b(?:đăng nhập|log ?-?in|sign ?-?in)\b", re.IGNORECASE)
_MAINTENANCE = re.compile(r"bảo trì|maintenance|nâng cấp hệ thống|hệ thống đang (?:được )?nâng cấp", re.IGNORECASE)
_SITE_ERROR = re.compile(
    r"something went wrong|server error|runtime error|service unavailable|bad gateway|resource cannot be found|an error occurred"
    r"|đã xảy ra lỗi|có lỗi xảy ra|đã có lỗi|lỗi hệ thống",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    r"\b404\b|not found|không tìm thấy trang|trang không tồn tại|văn bản không tồn tại", re.IGNORECASE
)


def check_page(page: Page) -> None:
    """Raise the refusal that fits, or nothing where the page may be read."""
    if page.snapshot.cut:
        raise TruncatedError(page.address, f"{page.address} ended after {page.snapshot.size:,} bytes, before its end.")
    _check_wording(page)
    _check_status(page)
    _check_kind(page)


def is_html(data: bytes) -> bool:
    """Whether the bytes are a page of HTML, whatever their name or header says.

    >>> is_html(b"<!DOCTYPE html><title>404</title>"), is_html(b"%PDF-1.7"), is_html(b'{"a": "<p>"}')
    (True, False, False)
    """
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return (start.startswith(b"<") and not _XML.match(start) and _HTML.search(start) is not None) or _is_xhtml(start)


def _is_xhtml(start: bytes) -> bool:
    return start.startswith(b"<?xml") and b"<html" in start.lower()


def _check_wording(page: Page) -> None:
    if not is_html(page.data):
        return
    markup = page.data[:_HEAD].decode("utf-8", "replace")
    title = (match.group(1) if (match := _TITLE.search(markup)) else "").strip()
    visible = " ".join(_MARKUP.sub(" ", markup).split())
    error = _wording_error(markup, title, visible)
    if error is not None:
        raise error(page.address, _said(page, title or visible[:120]))


def _wording_error(markup: str, title: str, visible: str) -> type[RefusedError] | None:
    """What a page of HTML says it is, where that is no content."""
    short = len(visible) < _SHORT
    said = f"{title}\n{visible}" if short else ""
    if _REJECTED.search(title) or _REJECTED.search(said):
        return RejectedError
    if short and (_CAPTCHA_MARK.search(markup) or _CAPTCHA.search(said)):
        return CaptchaError
    has_password = _PASSWORD_FIELD.search(markup) is not None
    if (_LOGIN.search(title) and (short or has_password)) or (has_password and short):
        return LoginError
    if _MAINTENANCE.search(said) and len(visible) < _SHORT // 2:
        return MaintenanceError
    if _SITE_ERROR.search(title if not short else said):
        return SiteErrorPageError
    return None


def _check_status(page: Page) -> None:
    status = page.snapshot.status
    if 200 <= status < 300:
        return
    by_status: dict[int, type[RefusedError]] = {
        401: ForbiddenError,
        403: ForbiddenError,
        404: NotThereError,
        407: ForbiddenError,
        410: NotThereError,
        429: TooManyRequestsError,
        503: MaintenanceError,
    }
    other = MovedError if status < 400 else SiteErrorPageError if status >= 500 else RefusedError
    raise by_status.get(status, other)(page.address, _said(page, f"status {status}"))


def _check_kind(page: Page) -> None:
    expected, data = page.snapshot.fetch.expects, page.data
    if not data.strip():
        raise WrongKindError(page.address, f"{page.address} gave an empty answer.")
    if expected is Expects.JSON:
        page.json()
        return
    if not _IS_OF_KIND[expected](data):
        if is_html(data) and _NOT_FOUND.search(data[:4096].decode("utf-8", "replace")):
            raise WrongKindError(
                page.address, f"{page.address} gave a page that says 'not found' where {expected} was due."
            )
        got = "a page of HTML" if is_html(data) else f"something else ({data[:16]!r})"
        raise WrongKindError(page.address, f"{page.address} gave {got} where {expected} was due.")


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]  # readers allow bytes before the header (ISO 32000-1, Annex H, note 13)


_IS_OF_KIND: dict[Expects, Callable[[bytes], bool]] = {
    Expects.HTML: is_html,
    Expects.XML: lambda data: _XML.match(data.lstrip(b"\xef\xbb\xbf")) is not None and not is_html(data),
    Expects.PDF: _is_pdf,
    Expects.ZIP: lambda data: data.startswith((b"PK\x03\x04", b"PK\x05\x06")),
    Expects.ANY: lambda data: not is_html(data),
}


def _said(page: Page, what: str) -> str:
    return f"{page.address} answered {page.snapshot.status}: {what!r}."
