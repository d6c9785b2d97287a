"""Permanent addresses of documents: made once from what tells a document from its namesakes, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model import Identity
from kb.numbers import type_of_number
from kb.store.identity import is_local, lookup_key, serial_and_year
from kb.text import fold

_TITLE_LENGTH = 80
_COUNCIL_OR_COMMITTEE = re.compile(r"(?:hoi-dong|uy-ban)-nhan-dan-|(?:hdnd|ubnd)-")


def slugify(text: str) -> str:
    """Folded letters and digits joined by hyphens.

    >>> slugify("59/2022/NĐ-CP")
    '59-2022-nd-cp'
    """
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def slug_choices(identity: Identity, title: str = "") -> Iterator[str]:
    """The slugs a document may take, in the order they are tried: plain, with the date of issue, then counted.

    >>> next(slug_choices(Identity("Luật", "26/2023/QH15")))
    'luat-26-2023-qh15'
    """
    base = _base(identity, title)
    yield base
    if identity.issued and not base.endswith(str(identity.issued)):
        base = f"{base}-{identity.issued}"
        yield base
    count = 2
    while True:
        yield f"{base}-{count}"
        count += 1


def _base(identity: Identity, title: str) -> str:
    key = lookup_key(identity.number)
    kind = slugify(identity.type or type_of_number(identity.number)) or "van-ban"
    if not key:
        return "-".join(filter(None, [kind, _short(title, kind), str(identity.issued or "")]))
    parts = [kind, slugify(identity.number)]
    if serial_and_year(key)[1] is None and identity.issued:
        parts.append(str(identity.issued))
    if is_local(key):
        parts.append(_COUNCIL_OR_COMMITTEE.sub("", slugify(identity.issuer), count=1))
    return "-".join(filter(None, parts))


def _short(title: str, kind: str) -> str:
    """The first words of a title, without the kind in front of it."""
    slug = slugify(title).removeprefix(kind).strip("-")
    if len(slug) <= _TITLE_LENGTH:
        return slug
    return slug[:_TITLE_LENGTH].rsplit("-", 1)[0]
