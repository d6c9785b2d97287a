"""Tables as files to take away, and long lists for programs: written whole beside, then sent piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse

from kb.export import Format, Table, export_table
from kb.export.json_file import write_objects
from kb.export.xlsx_file import write_xlsx

_IN_MEMORY = 1 << 20
_PIECE = 1 << 16


def exported(name: str, format: Format, table: Table, *more: Table) -> Response:  # noqa: A002 - the field's word
    """The answer that carries a table as the file ``name`` with the day it speaks of; a workbook holds ``more`` sheets."""

    def write(file: BinaryIO) -> None:
        if format is Format.XLSX:
            write_xlsx(table, file, *more)
        else:
            export_table(table, file, format)

    named = quote(f"{name}-{table.as_of:%Y-%m-%d}.{format.value}")
    return _sent(write, format.media_type, {"content-disposition": f"attachment; filename*=UTF-8''{named}"})


def json_list(objects: Iterable[dict[str, object]]) -> Response:
    """The answer that carries objects as one JSON array."""
    return _sent(lambda file: write_objects(objects, file), Format.JSON.media_type, {})


def _sent(write: Callable[[BinaryIO], None], media_type: str, headers: Mapping[str, str]) -> Response:
    """What ``write`` writes: on disk where it is large, and whole before the first byte is sent, so that no answer is half."""
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when the last piece is sent
    write(cast("BinaryIO", file))
    size = {"content-length": str(file.tell())}
    return StreamingResponse(_pieces(file), media_type=media_type, headers={**headers, **size})


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
