"""Make the tables that are made by program: ``python -m kb.register.make DATA_FOLDER``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kb.register.make import codification, landscape, procedures
from kb.register.tables import HOME, Row, write_table

MAKERS: Mapping[str, Callable[[Path], Iterable[Row]]] = {
    "landscape_documents": landscape.document_rows,
    "landscape_relations": landscape.relation_rows,
    "codified_documents": codification.document_rows,
    "codified_relations": codification.relation_rows,
    "procedures": procedures.procedure_rows,
}


def build(folder: Path, home: Path = HOME) -> dict[str, int]:
    """Write the tables made from the folder of collected facts, and give the rows of each."""
    return {name: write_table(name, make(folder), home) for name, make in MAKERS.items()}


def main() -> None:
    """Take the folder from the command line and say what was written."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m kb.register.make DATA_FOLDER")
    for name, rows in build(Path(sys.argv[1])).items():
        sys.stdout.write(f"{name}: {rows} rows\n")


if __name__ == "__main__":
    main()
