"""Write docs/procedures_read.md: what is read of the portal's rendered procedures, and how far their legal bases resolve.

    python benchmarks/procedures_table.py DATA_FOLDER [OUTPUT]

DATA_FOLDER holds ``procedures/procedures.jsonl.gz``. The store that legal bases are resolved in is a fresh one with the
register that ships, and the official codification where the folder holds its package.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.ingest import import_path
from corpus.parse.procedures import read_rendered
from corpus.parse.procedures.fees import amounts_in
from corpus.parse.procedures.methods_cell import read_rows
from corpus.procedure_files import import_procedures
from kb.ledger.procedures.legal_bases import LegalBases, Movement
from kb.model import DossierCase, FeeState, LegalBasis, Procedure, ProcedureParts
from kb.register import load_register
from kb.store import Store, open_store

_PACKAGE = "phapdien/BoPhapDienDienTu.zip"
_PARTS = (
    ("steps", "trình tự thực hiện"),
    ("methods", "cách thức thực hiện"),
    ("dossier", "thành phần hồ sơ"),
    ("subjects", "đối tượng thực hiện"),
    ("executing", "cơ quan thực hiện"),
    ("authority", "cơ quan có thẩm quyền"),
    ("authorized", "cơ quan được ủy quyền"),
    ("coordinating", "cơ quan phối hợp"),
    ("receiving", "địa chỉ tiếp nhận"),
    ("results", "kết quả"),
    ("conditions", "yêu cầu, điều kiện"),
    ("legal_bases", "căn cứ pháp lý"),
    ("levels", "cấp thực hiện"),
    ("kind", "loại thủ tục"),
    ("decision", "quyết định công bố"),
)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Resolved:
    """How the legal bases resolve: by outcome, and those left over with the reason."""

    outcomes: Counter[str]
    rest: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Measured:
    """All that the page shows; ``seconds`` of reading and of importing, ``held`` documents known before.

    ``moved`` is (what has become of legal bases, how many, procedures that rest on one).
    """

    records: list[dict[str, str]]
    procedures: list[Procedure]
    seconds: float
    imported: float
    resolved: Resolved
    held: int
    moved: list[tuple[str, int, int]]


def main() -> None:
    """Measure and write the page."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    data = Path(sys.argv[1])
    output = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent.parent / "docs" / "procedures_read.md"
    source = data / "procedures" / "procedures.jsonl.gz"
    records = read_records(source)
    started = time.perf_counter()
    procedures = [read_rendered(record) for record in records]
    seconds = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/store.sqlite") as store:
        held, imported = import_all(data, source, store, Path(folder))
        resolved = resolve(procedures, store, held)
        moved = list(movements(procedures, store))
    lines = page(Measured(records, procedures, seconds, imported, resolved, len(held), moved))
    output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def read_records(path: Path) -> list[dict[str, str]]:
    """The records of a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def import_all(data: Path, source: Path, store: Store, home: Path) -> tuple[dict[str, str], float]:
    """Fill the store; the slugs of the documents known before the procedures came, by where from, and the import's seconds."""
    load_register(store)
    held = {view.slug: "the register that ships" for view in store.documents()}
    if (data / _PACKAGE).is_file():
        import_path(data / _PACKAGE, store, home=home)
        for view in store.documents():
            held.setdefault(view.slug, "the official codification")
    return held, import_procedures(source, store).seconds


def resolve(procedures: Iterable[Procedure], store: Store, held: dict[str, str]) -> Resolved:
    """Resolve every legal basis of every procedure."""
    found = Resolved(Counter(), [])
    remembered: dict[str, str] = {}
    for procedure, basis in bases_of(procedures):
        outcome = _outcome(basis, store, held, remembered)
        found.outcomes[outcome] += 1
        if outcome not in _GOOD:
            found.rest.append((procedure.code, basis.code or basis.name[-80:], outcome))
    return found


_LOCAL = "a number without a year, or of a local body or unit: it names no one document by itself"
_DAY = date(2026, 7, 20)  # when the pages were collected
_BY_CITATION = "one document, known because these procedures cite it"
_GOOD = {"one document of the register that ships", "one document of the official codification", _BY_CITATION}


def _outcome(basis: LegalBasis, store: Store, held: dict[str, str], remembered: dict[str, str]) -> str:
    if basis.reference is None or not basis.reference.identity.number:
        return "no number, and no law by name" if basis.reference is None else "a law by name alone"
    key = f"{basis.reference.identity.type}|{basis.reference.identity.number}"
    if key not in remembered:
        views = store.resolve(basis.reference)
        origin = held.get(views[0].slug) if len(views) == 1 else None
        one = f"one document of {origin}" if origin else _BY_CITATION
        remembered[key] = one if len(views) == 1 else "fits several documents" if views else _LOCAL
    return remembered[key]


def movements(procedures: Iterable[Procedure], store: Store) -> Iterator[tuple[str, int, int]]:
    """(what has become of legal bases, how many, how many procedures rest on one)."""
    followed = LegalBases(store, _DAY)
    found = [(followed.one(basis).movement, procedure.code) for procedure, basis in bases_of(procedures)]
    for movement in Movement:
        codes = [code for held, code in found if held is movement]
        yield movement.label, len(codes), len(set(codes))


def bases_of(procedures: Iterable[Procedure]) -> Iterator[tuple[Procedure, LegalBasis]]:
    """Every legal basis with its procedure."""
    for procedure in procedures:
        for basis in parts_of(procedure).legal_bases:
            yield procedure, basis


def parts_of(procedure: Procedure) -> ProcedureParts:
    """The parts, empty where there are none."""
    return procedure.parts or ProcedureParts()


def page(measured: Measured) -> list[str]:
    """The page as lines."""
    procedures, resolved, seconds = measured.procedures, measured.resolved, measured.seconds
    total = len(procedures)
    return [
        "# What is read of the portal's procedures",
        "",
        "Made by `python benchmarks/procedures_table.py DATA_FOLDER` from the rendered pages of the national portal.",
        "",
        f"{total:,} records read in {seconds:.1f} s ({1000 * seconds / total:.1f} ms each); imported in {measured.imported:.1f} s; none refused.",
        "",
        "## Parts",
        "",
        "A part is filled where the page says more than “Không có thông tin”.",
        "",
        *table(("part", "filled", "%"), parts_filled(procedures)),
        "",
        "## Methods, fees, time limits",
        "",
        *table(("what", "count"), methods_and_fees(measured.records, procedures)),
        "",
        "## Dossiers",
        "",
        *table(("what", "count"), dossiers(procedures)),
        "",
        "## Legal bases",
        "",
        share_resolved(resolved),
        "",
        *table(("outcome", "count"), resolved.outcomes.most_common()),
        "",
        "Left over:",
        "",
        *table(("procedure", "legal basis", "why"), resolved.rest[:_SHOWN]),
        "",
        f"What has become of them by {_DAY:%d/%m/%Y}, as far as the store knows:",
        "",
        *table(("movement", "legal bases", "procedures"), measured.moved),
        "",
        f"The store held {measured.held:,} documents before the procedures came.",
    ]


def share_resolved(resolved: Resolved) -> str:
    """How many of the legal bases that are numbers resolve, in words."""
    good = sum(resolved.outcomes[outcome] for outcome in _GOOD)
    numbered = good + resolved.outcomes[_LOCAL] + resolved.outcomes["fits several documents"]
    return f"{good:,} of the {numbered:,} that are numbers ({good / numbered:.1%}) resolve to one document."


def parts_filled(procedures: list[Procedure]) -> Iterator[tuple[str, int, str]]:
    """(part, how many have it, share)."""
    for name, label in _PARTS:
        filled = sum(bool(getattr(parts_of(procedure), name)) for procedure in procedures)
        yield label, filled, f"{filled / len(procedures):.1%}"


def methods_and_fees(records: list[dict[str, str]], procedures: list[Procedure]) -> Iterator[tuple[str, int]]:
    """What is counted of methods: channels, fees by state, false free ones, times by unit."""
    rows = [row for record in records for row in read_rows(record["cach_thuc_thuc_hien"])]
    methods = [method for procedure in procedures for method in parts_of(procedure).methods]
    yield "methods", len(methods)
    for channel, count in Counter(method.channel.label if method.channel else "?" for method in methods).most_common():
        yield f"— {channel}", count
    for state in FeeState:
        yield f"fee: {state.label}", sum(fee.state is state for method in methods for fee in method.fees)
    yield "fee: nothing said", sum(not method.fees for method in methods)
    zeros = [fee for printed, method in rows if printed == "Miễn phí" for fee in method.fees]
    told = [fee for fee in zeros if fee.state is FeeState.BY_NOTE]
    yield "“Miễn phí” printed as the fee of a method", len(zeros)
    yield "— free, and nothing beside it says otherwise", sum(fee.state is FeeState.FREE for fee in zeros)
    yield "— **false free**: amounts in the note or beside it", sum(bool(amounts_in(fee.note)) for fee in told)
    yield "— **false free**: the note names a rule, a case or a fee", sum(not amounts_in(fee.note) for fee in told)
    yield "— **false free**: “not yet regulated”", sum(fee.state is FeeState.UNKNOWN for fee in zeros)
    for unit, count in Counter(
        method.time.unit.label for method in methods if method.time.value is not None
    ).most_common():
        yield f"time: {unit}", count
    yield (
        "time: words, or figures that ran into the fee",
        sum(bool(m.time.note) and m.time.value is None for m in methods),
    )
    yield "time: nothing said", sum(m.time.value is None and not m.time.note for m in methods)


def dossiers(procedures: list[Procedure]) -> Iterator[tuple[str, int]]:
    """What is counted of dossiers."""
    cases: list[DossierCase] = [case for procedure in procedures for case in parts_of(procedure).dossier]
    papers = [paper for case in cases for paper in case.components]
    yield "cases", len(cases)
    yield "— with a name of their own", sum(bool(case.name) for case in cases)
    yield "papers", sum(not paper.is_note for paper in papers)
    yield "— with numbers of originals and copies", sum(paper.originals is not None for paper in papers)
    yield "— with forms", sum(bool(paper.forms) for paper in papers)
    yield "notes among the papers", sum(paper.is_note for paper in papers)
    files = re.compile(r"\.(?:docx?|pdf|xlsx?)$", re.IGNORECASE)
    yield "papers whose form's file could not be cut from the name", sum(bool(files.search(p.name)) for p in papers)


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> list[str]:
    """A table in Markdown; numbers with thousands marked."""
    cells = [[f"{cell:,}" if isinstance(cell, int) else str(cell).replace("|", "/") for cell in row] for row in rows]
    return [
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join(row) + " |" for row in cells),
    ]


if __name__ == "__main__":
    main()
