"""Bộ pháp điển điện tử: the official package of the codification, downloaded whole and imported."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.codification.importing import import_codification
from corpus.crawl.spider import Expects, Fetch, PackageSpider, SourceHeader, Wanted
from corpus.reporting import ImportReport
from kb.errors import Dean06Error
from kb.model import Evidence
from kb.progress import Progress
from kb.store import Store

SITE = "https://phapdien.moj.gov.vn"
PACKAGE = "BoPhapDienDienTu.zip"


class PhapdienSpider(PackageSpider):
    """One file, which is asked for again only if it changed, and goes on where a download was stopped."""

    header = SourceHeader(
        name="phapdien",
        title="Bộ pháp điển điện tử",
        address=f"{SITE}/TraCuuPhapDien",
        owner="Bộ Tư pháp",
        gives="the text in force of codified law by subject, article by article, with what each article comes from and who amended it",
        robots="not seen; it is read before the first request",
        terms="made for download as an offline package; a compilation: the gazette's text prevails",
        confidence="A: 281 of its pages were read; the address of the package is from two authors",
        changed=None,
        origins=(SITE,),
        evidence=Evidence.CODIFICATION,
    )

    def first(self, wanted: Wanted, store: Store) -> Iterable[Fetch]:
        """The package."""
        del store
        if not wanted.is_everything:
            raise Dean06Error(
                "phapdien gives all of its text in one package: it cannot be asked for a number, a date or a part.",
                "Run `dean06 crawl phapdien` without --number, --since and --limit.",
            )
        address = f"{SITE}/TraCuuPhapDien/Files/{PACKAGE}"
        yield Fetch(address, "package", item=PACKAGE, expects=Expects.ZIP, large=True)

    def import_package(
        self, path: Path, store: Store, *, home: Path, progress: Progress, again: bool = False
    ) -> ImportReport:
        """Import it as `dean06 import` does."""
        return import_codification(path, store, home=home, progress=progress, again=again)
