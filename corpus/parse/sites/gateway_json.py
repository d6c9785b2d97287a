"""The answers of the vbpl gateway as JSON: one envelope, with guards against what is none."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kb.errors import UnusableInputError

LARGEST_ANSWER = 64 * 1024 * 1024  # bytes; the largest body seen has a few hundred thousand
Record = dict[str, object]

_TRY_AGAIN = "Fetch it again; if the answer stays the same, the source has changed. Nothing was stored."


def read_json(data: bytes, name: str) -> object:
    """The JSON value of an answer; ``name`` is its address. Raises ``UnusableInputError`` for anything else."""
    if len(data) > LARGEST_ANSWER:
        raise UnusableInputError(f"{name} has {len(data):,} bytes: it is no answer of this source.", _TRY_AGAIN)
    if not data.strip():
        raise UnusableInputError(f"{name} is empty.", _TRY_AGAIN)
    if data.lstrip()[:1] == b"<":
        raise UnusableInputError(f"{name} is a page where JSON should be.", _TRY_AGAIN)
    try:
        value: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnusableInputError(f"{name} is not JSON, or was cut off: {error}.", _TRY_AGAIN) from error
    return _paired(value) if b"\\ud" in data.lower() else value


def read_answer(data: bytes, name: str) -> object:
    """The ``data`` of a successful envelope; raises ``UnusableInputError`` where the source says that it failed."""
    envelope = read_json(data, name)
    if not isinstance(envelope, dict) or "data" not in envelope:
        raise UnusableInputError(f"{name} is JSON of another shape: it has no field 'data'.", _TRY_AGAIN)
    code = envelope.get("statusCode")
    if envelope.get("success") is False or (isinstance(code, int) and not 200 <= code < 300):
        said = str(envelope.get("message") or envelope.get("messageCode") or "no reason given")[:200]
        raise UnusableInputError(f"{name} tells of a failure: {said} (status {code}).", _TRY_AGAIN)
    return envelope["data"]


def as_record(value: object) -> Record:
    """A JSON object; empty where the source has null or something else."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> Iterator[Record]:
    """The objects of a JSON list; nothing where the source has null or something else."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


def _paired(value: object) -> object:
    """The value without halves of characters (an escaped D83D alone), which JSON can hold and no text may."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {str(_paired(key)): _paired(inner) for key, inner in value.items()}
    return [_paired(inner) for inner in value] if isinstance(value, list) else value
