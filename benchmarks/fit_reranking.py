"""Fits the trees that order the best hits anew: ``python benchmarks/fit_reranking.py BENCH_DIR`` (needs ``.[bench]``).

Each question comes in three versions: as typed, without accents, and with one syllable mistyped. Five-fold cross-validation
by question: the trees are fitted on all versions of the questions of four folds and judged on each version of the fifth. Then
they are fitted on all questions and written to ``indexer/reranking.json``, with what they were fitted on. ``--index`` keeps
the benchmark's index in a folder, or takes it from there; ``--trial`` only cross-validates; ``--worst N`` lists the
questions as typed that come out worst, and why.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from indexer.build import build_index
from indexer.evaluate import Benchmark, metrics, named, read_benchmark
from indexer.evaluator import Evaluator
from indexer.features import FEATURES, FeatureMaker
from indexer.generations import Generations
from indexer.plan import Words
from indexer.query import understand
from indexer.reranking import CANDIDATES, LEAVES, MODEL, Trees, best_units
from indexer.search import SearchIndex
from indexer.segment import Segment
from kb.text import fold

FOLDS = 5
ROUNDS = 200
SETTINGS = {
    "objective": "lambdarank",
    "learning_rate": 0.05,
    "num_leaves": LEAVES,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "lambdarank_truncation_level": 15,
    "max_bin": 63,
    "seed": 6,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
SAMPLED_BEHIND = 100
"""Of the candidates behind the first so many, one in four that answers nothing is learned from."""


@dataclass(frozen=True)
class Asked:
    """One version of a question with its candidates: ``figures`` (candidates, features), their ids, and which answer it."""

    question: str
    figures: np.ndarray
    ids: list[str]
    answers: np.ndarray

    def sampled(self) -> Asked:
        """The candidates that are learned from."""
        place = np.arange(len(self.ids))
        kept = np.flatnonzero((place < SAMPLED_BEHIND) | (place % 4 == 0) | self.answers)
        return Asked(self.question, self.figures[kept], [self.ids[at] for at in kept], self.answers[kept])


def main() -> None:
    """Print the log of the cross-validation; fit on all and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="BENCH_DIR")
    parser.add_argument("--index", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--trial", action="store_true")
    parser.add_argument("--worst", type=int, default=0)
    chosen = parser.parse_args()
    benchmark = read_benchmark(chosen.folder)
    with tempfile.TemporaryDirectory() as scratch:
        segment = opened(benchmark, chosen.index or Path(scratch))
        versions = {name: asked_as(version, benchmark, segment) for name, version in VERSIONS.items()}
    print(f"{len(versions['as typed'])} questions, {CANDIDATES} candidates, {chosen.rounds} trees of {LEAVES} leaves\n")
    print(f"| {FOLDS}-fold cross-validation | nDCG@10 | R@10 | R@100 |\n|---|---|---|---|")
    for name, asked in versions.items():
        print(line(f"formula, {name}", judged(asked, [-np.arange(len(one.ids)) for one in asked], benchmark)))
    values = cross_validated(versions, chosen.rounds)
    for name, asked in versions.items():
        print(line(f"**trees, {name}**", judged(asked, values[name], benchmark)), flush=True)
    if chosen.worst:
        print_worst(versions["as typed"], values["as typed"], benchmark, chosen.worst)
    if not chosen.trial:
        everything = [one for asked in versions.values() for one in asked]
        write(fitted(everything, chosen.rounds), everything, benchmark)


def opened(benchmark: Benchmark, home: Path) -> Segment:
    """The benchmark's segment, built in this folder unless it is there."""
    if not any(home.iterdir()):
        build_index(benchmark.records(), home, revision="benchmark")
    return Segment(Generations(home).current().path)


def mistyped(question: str) -> str:
    """The same with one letter of one word left out, doubled by another, replaced, or swapped with the next."""
    draw = random.Random(question)
    words = question.split()
    long = [at for at, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    if not long:
        return question
    at = draw.choice(long)
    word, letter = words[at], draw.choice("abcdeghiklmnopqrstuvxy")
    place = draw.randrange(len(word) - 1)
    words[at] = draw.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        ]
    )
    return " ".join(words)


VERSIONS: Mapping[str, Callable[[str], str]] = {
    "as typed": str,
    "without accents": fold,
    "one syllable mistyped": mistyped,
}


def asked_as(version: Callable[[str], str], benchmark: Benchmark, segment: Segment) -> list[Asked]:
    """All judged questions in a version, with their candidates' figures.

    What is more than plain words has no figures and keeps its order: the trees do not order it.
    """
    evaluator, maker = Evaluator(segment), FeatureMaker(segment)
    index = SearchIndex(segment, learned=False)
    ids = [str(segment.card(unit)["id"]) for unit in range(segment.units)]
    asked = []
    for question in sorted(benchmark.queries.keys() & benchmark.relevance.keys()):
        text = version(benchmark.queries[question])
        root = understand(text).root
        if not isinstance(root, Words):
            found = [one for one, _ in index.rank(text, CANDIDATES)]
            asked.append(Asked(question, np.empty((len(found), 0)), found, np.zeros(len(found), bool)))
            continue
        match = evaluator.run(root)
        best = best_units(match.scores > 0, match.scores, CANDIDATES)
        figures = maker.figures(best, match.scores[best], match.asked[0].forms).T.copy()
        held = [ids[unit] for unit in best]
        answers = np.array([named(one) in benchmark.relevance[question] for one in held], bool)
        asked.append(Asked(question, figures, held, answers))
    return asked


def cross_validated(versions: Mapping[str, Sequence[Asked]], rounds: int) -> dict[str, list[np.ndarray]]:
    """For each version, the values of each question's candidates by trees that have not seen the question."""
    values: dict[str, list[Any]] = {name: [None] * len(asked) for name, asked in versions.items()}
    for number in range(FOLDS):
        seen = [one for asked in versions.values() for one in asked if fold_of(one.question) != number]
        trees = exported(fitted(seen, rounds))
        for name, asked in versions.items():
            for at, one in enumerate(asked):
                if fold_of(one.question) == number:
                    values[name][at] = trees.sums(one.figures.T) if one.figures.size else -np.arange(len(one.ids))
    return values


def fold_of(question: str) -> int:
    """The fold of a question, the same in all versions."""
    return random.Random(question).randrange(FOLDS)


def fitted(asked: Sequence[Asked], rounds: int) -> lightgbm.Booster:
    """Trees fitted on questions that have an answer among their candidates."""
    learned = [one.sampled() for one in asked if one.answers.any()]
    data = lightgbm.Dataset(
        np.concatenate([one.figures for one in learned]),
        np.concatenate([one.answers for one in learned]).astype(int),
        group=[len(one.ids) for one in learned],
    )
    return lightgbm.train(SETTINGS, data, rounds)


def judged(asked: Sequence[Asked], values: Sequence[np.ndarray], benchmark: Benchmark) -> dict[str, float]:
    """The measures of an order by values."""
    ranked = {
        one.question: [named(one.ids[at]) for at in np.argsort(-value, kind="stable")[:100]]
        for one, value in zip(asked, values, strict=True)
    }
    return metrics(ranked, benchmark.relevance)


def line(name: str, measures: Mapping[str, float]) -> str:
    """A line of the table."""
    return f"| {name} | {measures['nDCG@10']:.4f} | {measures['R@10']:.4f} | {measures['R@100']:.4f} |"


def print_worst(asked: Sequence[Asked], values: Sequence[np.ndarray], benchmark: Benchmark, count: int) -> None:
    """The questions with the lowest nDCG@10, then those whose answer stands lowest: id, place of the answer, why."""
    rows = []
    for one, value in zip(asked, values, strict=True):
        if not one.figures.size:
            continue
        order = np.argsort(-value, kind="stable")
        gain = metrics({one.question: [named(one.ids[at]) for at in order[:100]]}, benchmark.relevance)["nDCG@10"]
        places = np.flatnonzero(one.answers[order])
        place = int(places[0]) + 1 if len(places) else CANDIDATES + 1
        rows.append((gain, -place, one.question, reason(one, order)))
    print("\n| question | place of the answer | why |\n|---|---|---|")
    for _, place, question, why in sorted(rows)[:count]:
        print(f"| {question} | {-place if -place <= CANDIDATES else '–'} | {why} |")


def reason(one: Asked, order: np.ndarray) -> str:
    """Why the first hit stands before the best answer."""
    answers = order[one.answers[order]]
    if not len(answers):
        return f"the answer is not among the {CANDIDATES}: it says it in other words"
    first, answer = order[0], answers[0]
    figures = dict(zip(FEATURES, one.figures[[first, answer]].T, strict=True))
    if one.ids[first].partition("/")[0] == one.ids[answer].partition("/")[0]:
        return "another article of the same law stands first"
    for name, what in REASONS.items():
        if figures[name][1] < 0.75 * figures[name][0]:
            return f"{what}: {figures[name][1]:.0%}, the first hit {figures[name][0]:.0%}"
    return "another law says much the same"


REASONS = {
    "coverage": "the answer holds less of the question",
    "heading_coverage": "its heading holds less of the question",
    "line_coverage": "no line of it holds as much of the question",
    "pairs_coverage": "it holds fewer of the question's pairs",
}


def exported(booster: lightgbm.Booster) -> Trees:
    """The trees as the product scores them."""
    return Trees.of(trees_of(booster))


def trees_of(booster: lightgbm.Booster) -> list[dict[str, list[float]]]:
    """The trees as JSON values (see indexer.reranking.Trees)."""
    return [_tree(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _tree(root: Mapping[str, Any]) -> dict[str, list[float]]:
    tree: dict[str, list[float]] = {"features": [], "thresholds": [], "masks": [], "values": []}
    _visit(root, tree)
    return tree


def _visit(node: Mapping[str, Any], tree: dict[str, list[float]]) -> None:
    """Take a node and what is below it, leaves from left to right."""
    if "leaf_value" in node:
        tree["values"].append(float(np.float32(node["leaf_value"])))
        return
    first = len(tree["values"])
    _visit(node["left_child"], tree)
    left = sum(1 << leaf for leaf in range(first, len(tree["values"])))
    tree["features"].append(node["split_feature"])
    tree["thresholds"].append(_not_above(node["threshold"]))
    tree["masks"].append(255 & ~left)
    _visit(node["right_child"], tree)


def _not_above(threshold: float) -> float:
    """The largest number of 32 bits that is not above the threshold, so that every comparison ends the same."""
    near = np.float32(threshold)
    return float(near if float(near) <= threshold else np.nextafter(near, np.float32(-np.inf)))


def write(booster: lightgbm.Booster, asked: Sequence[Asked], benchmark: Benchmark) -> None:
    """Write the model with a record of what it was fitted on, and check that it scores as the library does."""
    some = np.concatenate([one.figures for one in asked[::100] if one.figures.size])
    np.testing.assert_allclose(exported(booster).sums(some.T), booster.predict(some), atol=1e-4)
    model = {
        "figures": list(FEATURES),
        "fitted": {
            "candidates": CANDIDATES,
            "questions": len(asked),
            "versions": list(VERSIONS),
            "rounds": booster.num_trees(),
            "settings": {name: value for name, value in SETTINGS.items() if name != "verbose"},
            "library": f"lightgbm {lightgbm.__version__}",
            "sha256": {path.name: _digest(path) for path in sorted(benchmark.folder.iterdir()) if path.is_file()},
        },
        "trees": trees_of(booster),
    }
    target = Path(__file__).parents[1] / "indexer" / MODEL
    target.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"\n{target.name}: {target.stat().st_size / 1000:.0f} kB")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
