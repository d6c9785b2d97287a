"""Failures of the network, by kind."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)

from corpus.crawl.refusals import CertificateError, RefusedError, TooLargeError, TooSlowError, UnreachableError

_MAY_PASS = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ConnectionError,
)


def may_pass(error: BaseException) -> bool:
    """Whether the same request may well succeed a little later."""
    return isinstance(error, _MAY_PASS) and not is_certificate_error(error)


def is_certificate_error(error: BaseException) -> bool:
    """Whether a connection failed because the server did not prove who it is."""
    said = f"{type(error).__name__} {error}".lower()
    return "certificate" in said or "verificationerror" in said or "mismatch" in said


def refusal_of(address: str, error: BaseException | None) -> RefusedError:
    """The refusal that fits what came instead of an answer."""
    if isinstance(error, RefusedError):
        return error
    if isinstance(error, DownloadCancelledError):
        return TooLargeError(address, f"{address} is larger than the limit.")
    if isinstance(error, DownloadTimeoutError):
        return TooSlowError(address, f"{address} gave no whole answer in time: {error}")
    if error is not None and is_certificate_error(error):
        host = urlsplit(address).hostname
        return CertificateError(address, f"The certificate of {host} cannot be verified: {error}.")
    return UnreachableError(address, f"{address} cannot be reached: {str(error) or type(error).__name__}.")
