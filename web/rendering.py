"""How pages are made: the template environment and the few words that templates need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from indexer.results import Hit
from kb.addresses import agency_address, document_address, procedure_address, provision_address, task_address
from kb.model import HitKind, PartialDate
from web import wording
from web.acts import told_acts
from web.reading import label_length, printed
from web.relations import place_label
from web.wording import UNKNOWN

_ASCII = re.compile(r"[\x00-\x7f]+")


def day(value: date | datetime | PartialDate | None, unknown: str = UNKNOWN) -> str:
    """A date as Vietnamese pages print it; what is not known is said, never left blank.

    >>> day(date(2024, 7, 1)), day(None)
    ('01/07/2024', 'chưa xác định')
    """
    if value is None:
        return unknown
    return value.label if isinstance(value, PartialDate) else f"{value:%d/%m/%Y}"


def iso_day(value: str) -> str:
    """A date that comes as ISO text, whole or in part, as pages print it.

    >>> iso_day("2023-02"), iso_day("")
    ('02/2023', 'chưa xác định')
    """
    return day(PartialDate.parse(value) if value else None)


def link(path: str, parameters: Mapping[str, object]) -> str:
    """An address with those query parameters that say something; a list becomes a repeated parameter.

    Letters beyond ASCII stay as they are, which browsers send encoded: a page repeats its query in some sixty links.

    >>> link("/", {"q": "hộ tịch & 1+1", "year": ["2023"], "sort": ""})
    '/?q=hộ+tịch+%26+1%2B1&year=2023'
    """
    stated = {name: value for name, value in parameters.items() if value not in ("", None, [], ())}
    pairs = [(name, one) for name, value in stated.items() for one in (value if isinstance(value, list) else [value])]
    query = "&".join(f"{name}={_readable(str(value))}" for name, value in pairs)
    return f"{path}?{query}" if query else path


def sentence(text: str) -> str:
    """A text with a capital first letter; the others stay, names keep theirs.

    >>> sentence("được bãi bỏ bởi Chính phủ")
    'Được bãi bỏ bởi Chính phủ'
    """
    return text[:1].upper() + text[1:]


def site(address: str) -> str:
    """The host of a web address, which alone is made a link; empty for anything else.

    >>> site("https://congbao.chinhphu.vn/van-ban/1"), site("javascript:alert(1)"), site("demuc/a.html")
    ('congbao.chinhphu.vn', '', '')
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # what only looks like an address
        return ""
    return parts.hostname or "" if parts.scheme in {"http", "https"} else ""


def bare_title(hit: Hit) -> list[tuple[str, bool]]:
    """The title of a hit in fragments, without the label that its citation begins with."""
    label = " ".join(hit.citation.split()[:2]) if hit.kind is HitKind.ARTICLE else hit.citation
    skipped = label_length(hit.title, label)
    shown = []
    for text, bright in hit.title_fragments:
        if text[skipped:]:
            shown.append((text[skipped:], bright))
        skipped = max(0, skipped - len(text))
    return shown


def _readable(value: str) -> str:
    return _ASCII.sub(lambda run: quote_plus(run[0]), value)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=day,
        iso_day=iso_day,
        amount=wording.amount,
        sentence=sentence,
        site=site,
        reason=wording.reason,
        note=wording.note,
        bare_title=bare_title,
    )
    environment.globals.update(
        link=link,
        document_address=document_address,
        provision_address=provision_address,
        procedure_address=procedure_address,
        task_address=task_address,
        agency_address=agency_address,
        told_acts=told_acts,
        place_label=place_label,
        deadline=wording.deadline,
        fee_words=wording.fee_words,
        time_limit=wording.time_words,
        movement_looks=wording.MOVEMENT_LOOKS,
        tie_roles=wording.TIE_ROLES,
        role_headings=wording.ROLE_HEADINGS,
        printed=printed,
        fact_value=wording.fact_value,
        fact_labels=wording.FACTS,
        count_labels=wording.COUNTS,
        UNKNOWN=UNKNOWN,
    )
    return environment


templates = Jinja2Templates(env=_environment())
