"""Measure how tasks are read from documents: precision and recall a document, and the share of right fields.

    python benchmarks/tasks_table.py DATA_FOLDER

``DATA_FOLDER`` holds ``fulltext/`` and ``register/tasks.json``. ``tasks_places.csv`` lists every task of each document by
its place, with lead agency and deadline, as a person reads the text; ``read`` are the documents the rules were made on,
``out`` those kept apart. ``tasks_gold_corrections.csv`` says where ``tasks.json``, itself read by a program, is wrong.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.blocks import Block, BlockKind, Content
from corpus.parse.head import parse_head
from corpus.parse.structure import parse_structure
from corpus.parse.tasks import find_tasks
from corpus.parse.tasks.deadlines import read_deadline
from kb.model import Evidence, Identity, ObservedDocument, Provenance, Task
from kb.text import fold

_HERE = Path(__file__).resolve().parent
_SAME = 40  # letters by which a task of the gold is found again
_GOLD_FILES = {"624/TB-VPCP": "624_TB-VPCP", "2629/QĐ-TTg": "2629_QĐ-TTg"}
_SKIPPED = "*"  # a correction whose value is too long to be a fact: not compared

Row = dict[str, str]


def main(data: Path) -> None:
    """Print the tables."""
    places = _rows("tasks_places.csv")
    tasks = {
        name: read_tasks(data / "fulltext" / f"{name}.txt") for name in dict.fromkeys(row["document"] for row in places)
    }
    print("| document | sample | tasks | found | right | precision | recall | lead | deadline |")
    print("|---|---|---|---|---|---|---|---|---|")
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, found in tasks.items():
        expected = [row for row in places if row["document"] == name]
        counts = _compare(expected, found)
        sums[expected[0]["sample"]] += counts
        print(_line(name, expected[0]["sample"], counts))
    for sample, counts in sums.items():
        print(_line("all", sample, counts))
    _print_fields(data, tasks)


def read_tasks(path: Path) -> tuple[Task, ...]:
    """The tasks of a text file whose first line may be its address."""
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    text = rest if first.startswith("http") else f"{first}\n{rest}"
    head = parse_head(text)
    provenance = Provenance("file", path.name, Evidence.DOCUMENT)
    document = ObservedDocument(
        Identity(head.type, head.number, head.issuer, head.issued), provenance, title=head.title
    )
    content = Content("text", (Block(BlockKind.PARAGRAPH, text, 0),))
    return find_tasks(content, parse_structure(text), document, provenance)


def _compare(expected: list[Row], found: tuple[Task, ...]) -> Counter[str]:
    by_place = {task.id.partition(".")[2]: task for task in found}
    right = [row for row in expected if row["place"] in by_place]
    return Counter(
        tasks=len(expected),
        found=len(found),
        right=len(right),
        lead=sum(_letters(by_place[row["place"]].lead) == _letters(row["lead"]) for row in right),
        deadline=sum(_when(by_place[row["place"]]) == row["deadline"] for row in right),
    )


def _line(name: str, sample: str, counts: Counter[str]) -> str:
    shares = [
        _share(counts["right"], counts["found"]),
        _share(counts["right"], counts["tasks"]),
        _share(counts["lead"], counts["right"]),
        _share(counts["deadline"], counts["right"]),
    ]
    figures = [str(counts[key]) for key in ("tasks", "found", "right")]
    return f"| {' | '.join([name, sample, *figures, *shares])} |"


def _print_fields(data: Path, tasks: dict[str, tuple[Task, ...]]) -> None:
    """The fields of the tasks in the gold, with its corrections."""
    right: Counter[str] = Counter()
    compared: Counter[str] = Counter()
    for gold, task in _pairs(data, tasks):
        for field, (mine, theirs) in _fields(gold, task).items():
            compared[field] += 1
            right[field] += mine == theirs
            if mine != theirs:
                print(f"differs: {gold['id']} {field}: {mine[:60]!r}, gold {theirs[:60]!r}", file=sys.stderr)
    print("\n| field of the gold | compared | right |\n|---|---|---|")
    for field, count in compared.items():
        print(f"| {field} | {count} | {_share(right[field], count)} |")


def _pairs(data: Path, tasks: dict[str, tuple[Task, ...]]) -> Iterator[tuple[dict[str, Any], Task]]:
    gold_tasks = json.loads((data / "register" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    corrected = {(row["id"], row["field"]): row["value"] for row in _rows("tasks_gold_corrections.csv") if row["id"]}
    taken: set[str] = set()
    for gold in gold_tasks:
        name = _GOLD_FILES.get(gold["source_document"].partition(" ")[0])
        number = gold["source_place"].split()[-1]
        same = [
            task
            for task in tasks.get(name or "", ())
            if task.id not in taken
            and task.number == number
            and _letters(task.summary)[:_SAME] == _letters(gold["task"])[:_SAME]
        ]
        if not same:
            if name:
                print(f"not found: {gold['id']} {gold['source_place']}", file=sys.stderr)
            continue
        taken.add(same[0].id)
        yield (
            gold | {"corrected": {field: value for (key, field), value in corrected.items() if key == gold["id"]}},
            same[0],
        )


def _fields(gold: dict[str, Any], task: Task) -> dict[str, tuple[str, str]]:
    """Field: (read, expected), in letters only; a field that the corrections leave out is not compared."""
    corrected = gold["corrected"]
    itself = gold["source_document"].partition(" ")[0]
    assigned = gold["assigned_in_document"].split(" (")[0]
    expected = {
        "task": gold["task"],
        "lead": gold["lead_agency"],
        "coordinating": gold["coordinating_agencies"],
        "state": re.sub(r"\(.*", "", gold["status_as_seen"]),
        "result": gold["result_as_seen"],
        "assigned_in": "" if assigned == itself else assigned,
    } | corrected
    product = gold["note"].partition("columns as read: ")[2].split(" | ")
    said = {
        "task": task.summary,
        "lead": task.lead,
        "coordinating": task.coordinating,
        "state": task.state_wording,
        "result": task.result,
        "assigned_in": task.assigned_in,
    }
    pairs = {
        field: (_letters(said[field]), _letters(value))
        for field, value in expected.items()
        if value != _SKIPPED and field in said
    }
    own, theirs = pairs["assigned_in"]
    pairs["assigned_in"] = (theirs, theirs) if theirs and theirs in own else (own, theirs)
    pairs["deadline"] = (str(task.deadline), str(read_deadline(gold["deadline"]).day))
    if len(product) > 2:  # lead, coordinating, product, deadline
        pairs["product"] = (_letters(task.product)[: len(_letters(product[2]))], _letters(product[2]))
    return pairs


def _when(task: Task) -> str:
    return task.deadline.isoformat() if task.deadline else task.deadline_kind.value


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _rows(name: str) -> list[Row]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
