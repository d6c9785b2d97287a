"""Why an answer is refused: each kind its own error, which names the address and says what to do.

A refusal stops the crawl of its source, because silence would look like success; only what is simply not there
(``NotThereError``) is left out and listed. What was refused is kept as a snapshot; nothing of it reaches the store.
"""

from __future__ import annotations

from typing import ClassVar

from kb.errors import Dean06Error


class RefusedError(Dean06Error):
    """Base of all refusals; ``address`` is what was asked for, ``kind`` the word for it in reports."""

    kind: ClassVar[str] = "refused"
    stops: ClassVar[bool] = True  # whether the source is asked nothing more

    def __init__(self, address: str, problem: str, remedy: str = "") -> None:
        super().__init__(problem, remedy or self.way_out)
        self.address = address

    way_out: ClassVar[str] = (
        "What was fetched before is kept; look at the source in a browser, then run the crawl again."
    )


class RejectedError(RefusedError):
    """A firewall's page ("Request Rejected"), with whatever status."""

    kind = "request rejected"
    way_out = (
        "The site's firewall refuses the request. Wait an hour; if it stays so, ask the owner. Do not work around it."
    )


class CaptchaError(RefusedError):
    """A page that wants proof of a human."""

    kind = "captcha"
    way_out = "The site wants a human. It is not worked around: wait, crawl more slowly, or ask the owner for access."


class LoginError(RefusedError):
    """A page that asks to log in."""

    kind = "login page"
    way_out = "What lies behind a login is not fetched. Ask the owner for access to public data."


class ForbiddenError(RefusedError):
    """Status 401, 403 or 407."""

    kind = "forbidden"
    way_out = "The site does not want this request. Nothing is tried again; ask the owner."


class TooManyRequestsError(RefusedError):
    """Status 429, again after the wait that the site asked for."""

    kind = "too many requests"
    way_out = "The site asks for a longer pause. Run the crawl again later: it goes on where it was."


class SiteErrorPageError(RefusedError):
    """An error page of the site's own ("Sorry, something went wrong"), with status 200 or 5xx."""

    kind = "site error"
    way_out = "The site is in trouble. Run the crawl again later: it goes on where it was."


class MaintenanceError(SiteErrorPageError):
    """A page that says the site is under maintenance, or 503 that does not end."""

    kind = "maintenance"


class WrongKindError(RefusedError):
    """An answer of another kind than asked for: HTML named .pdf, a page where JSON was due."""

    kind = "wrong kind"


class EmptyListError(RefusedError):
    """A list without rows where there must be some, or a form that is not known."""

    kind = "empty list"
    way_out = "The site may have been rebuilt: the source's module must learn its new form. Nothing was changed."


class UnknownFormError(RefusedError):
    """A page without the parts that pages of this source have."""

    kind = "unknown form"
    way_out = EmptyListError.way_out


class WrongDocumentError(RefusedError):
    """A document whose own number is not the one asked for."""

    kind = "wrong document"
    way_out = "The source gives another document under this address. Nothing of it was stored."


class TruncatedError(RefusedError):
    """Fewer bytes than the answer itself announced."""

    kind = "truncated"
    way_out = "Run the crawl again: it goes on where it was."


class MovedError(RefusedError):
    """A redirect to an address that this source may not be asked under."""

    kind = "moved"
    way_out = "The source has moved. Its module must learn the new address before it is asked there."


class ForbiddenAddressError(RefusedError):
    """An address outside the source's own scheme, hosts and ports, or one that leads into a private network."""

    kind = "forbidden address"
    way_out = "Only the public addresses that the source's header names are asked."


class EndlessRedirectError(RefusedError):
    """Redirects without end."""

    kind = "endless redirect"


class TooLargeError(RefusedError):
    """More bytes than the limit."""

    kind = "too large"
    way_out = "If the source really gives files of this size, raise DEAN06_CRAWL_LARGEST (bytes)."


class TooSlowError(RefusedError):
    """No whole answer within the time limit, tried again."""

    kind = "too slow"
    way_out = "Run the crawl again later, or raise DEAN06_CRAWL_TIMEOUT (seconds)."


class UnreachableError(RefusedError):
    """No connection, tried again."""

    kind = "unreachable"
    way_out = "Check the network; some sites answer only within Việt Nam. Run the crawl again: it goes on where it was."


class CertificateError(RefusedError):
    """The site's certificate does not prove who it is."""

    kind = "certificate"
    way_out = (
        "Certificates are always verified. Where a site is known to leave out its intermediate certificate, get that "
        "certificate from its issuer and name its file in DEAN06_CRAWL_EXTRA_CERTIFICATE."
    )


class RobotsError(RefusedError):
    """robots.txt does not allow the address, or could not be read (RFC 9309, 2.3.1: then nothing may be asked)."""

    kind = "robots.txt"
    way_out = "The owner's wish is obeyed. Ask the owner if the data is needed."


class NotThereError(RefusedError):
    """Status 404 or 410: this one thing is not there; the crawl goes on."""

    kind = "not there"
    stops = False
    way_out = "It is listed in the report; nothing was changed."
