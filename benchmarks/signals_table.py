"""Write docs/signals.md: the rules, how many procedures meet each, and how often a hit is right.

    python benchmarks/signals_table.py DATA_FOLDER [OUTPUT]
    python benchmarks/signals_table.py DATA_FOLDER --sample FILE

DATA_FOLDER holds ``procedures/procedures.jsonl.gz``. ``--sample`` writes fifty hits a rule, drawn with a fixed seed, to be read
one by one; the verdicts go to ``signals_gold.csv`` as facts: rule, procedure, part, the first figures of the sha256 of the
words that showed it, right or wrong, and why it is wrong.
"""

from __future__ import annotations

import csv
import hashlib
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.procedure_files import import_procedures
from kb.ledger.procedures.catalogue import ProcedureEntry, Procedures
from kb.ledger.procedures.signal_rules import RULES, Rule
from kb.ledger.procedures.signals import Hit, Signals
from kb.register import load_register
from kb.store import Store, open_store

GOLD = Path(__file__).parent / "signals_gold.csv"
DAY = date(2026, 7, 20)  # when the pages were collected
SEED = 6
SAMPLE = 50

Found = Mapping[str, list[tuple[str, Hit]]]
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a hit was right, of those read; ``unread`` hits of the sample have no verdict."""

    right: int
    read: int
    unread: int

    @property
    def label(self) -> str:
        """For the table."""
        share = f"{self.right / self.read:.0%}" if self.read else "—"
        return f"{share} ({self.right} of {self.read})" + (f", {self.unread} not read" if self.unread else "")


def main() -> None:
    """Measure and write the page, or the sample."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    found, total = hits_of(Path(sys.argv[1]))
    if len(sys.argv) > 3 and sys.argv[2] == "--sample":
        Path(sys.argv[3]).write_text("\n".join(lines_of_sample(found)) + "\n", encoding="utf-8")
        return
    output = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent.parent / "docs" / "signals.md"
    text = "\n".join(page(found, total)) + "\n"
    output.write_text(text, encoding="utf-8")
    print(text)


def hits_of(data: Path) -> tuple[Found, int]:
    """All hits by rule, and the number of procedures whose parts are known."""
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/store.sqlite") as store:
        load_register(store)
        import_procedures(data / "procedures" / "procedures.jsonl.gz", store)
        entries = [entry for entry in Procedures(store).all() if entry.parts is not None]
        return _collected(store, entries), len(entries)


def sample(found: Found, rule: Rule) -> list[tuple[str, Hit]]:
    """Up to fifty hits of a rule, the same ones every time."""
    return sorted(found.get(rule.id, ()), key=lambda one: _drawn(key_of(*one)))[:SAMPLE]


def key_of(code: str, hit: Hit) -> Key:
    """What tells a hit from all others, without its words."""
    return hit.id, code, hit.part, hashlib.sha256(hit.words.encode()).hexdigest()[:10]


def gold() -> dict[Key, bool]:
    """The verdicts."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        return {
            (row["rule"], row["code"], row["part"], row["words"]): row["verdict"] == "right"
            for row in csv.DictReader(file)
        }


def precision_of(found: Found, rule: Rule, verdicts: Mapping[Key, bool]) -> Precision:
    """The precision of a rule on its sample."""
    read = [verdicts[key_of(*one)] for one in sample(found, rule) if key_of(*one) in verdicts]
    return Precision(sum(read), len(read), len(sample(found, rule)) - len(read))


def lines_of_sample(found: Found) -> Iterator[str]:
    """The sample to be read, a tab between the columns."""
    for rule in RULES:
        for code, hit in sample(found, rule):
            yield "\t".join((*key_of(code, hit), hit.words))


def page(found: Found, total: int) -> Iterator[str]:
    """The page as lines."""
    verdicts = gold()
    yield "# Signals that a procedure is not simplified"
    yield ""
    yield "Made by `python benchmarks/signals_table.py DATA_FOLDER`; the rules are `kb/ledger/procedures/signal_rules.py`."
    yield ""
    yield f"Counts are over the {total:,} procedures whose parts are known, on {DAY:%d/%m/%Y}, with the register that ships. Precision is of"
    yield f"up to {SAMPLE} hits a rule, drawn with a fixed seed and read one by one; the verdicts are `benchmarks/signals_gold.csv`."
    yield ""
    yield "| rule | says | rests on | since | clause read | looks into | hits | procedures | precision |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for rule in RULES:
        hits = found.get(rule.id, [])
        where = ", ".join(look.label for look in rule.looks) or "cả thủ tục"
        codes = len({code for code, _ in hits})
        read = "yes" if rule.law.verified else "no"
        yield (
            f"| `{rule.id}` | {rule.label} | {rule.law.citation} | {rule.law.since:%d/%m/%Y} | {read} | {where} | {len(hits):,} | {codes:,}"
            f" | {precision_of(found, rule, verdicts).label} |"
        )
    met = {code for hits in found.values() for code, _ in hits}
    yield ""
    yield f"{len(met):,} procedures meet at least one rule; {total - len(met):,} meet none, which does not say that they are simplified."


def _drawn(key: Key) -> str:
    """The place of a hit in the draw: by its own figures, so that a changed rule draws few others anew."""
    return hashlib.sha256("|".join((str(SEED), *key)).encode()).hexdigest()


def _collected(store: Store, entries: Iterable[ProcedureEntry]) -> Found:
    signals = Signals(store, DAY)
    found: defaultdict[str, list[tuple[str, Hit]]] = defaultdict(list)
    for entry in entries:
        seen = set()
        for hit in signals.of(entry):
            if key_of(entry.code, hit) not in seen:
                seen.add(key_of(entry.code, hit))
                found[hit.id].append((entry.code, hit))
    return found


if __name__ == "__main__":
    main()
