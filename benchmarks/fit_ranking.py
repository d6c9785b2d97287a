"""Fits the free numbers of the ranking formula by cross-validation: ``python benchmarks/fit_ranking.py BENCH_DIR``.

Each setting of the grid is indexed anew and asked every question. Then, for each of five folds, the setting that is best
on the other four is judged on the fifth: the mean over the folds is what the formula promises for questions not seen. With
``--articles N`` only every N-th article that answers no question stays, which is quick and keeps the order of settings.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np

import indexer.inversion
import indexer.ranking
import indexer.words
from indexer.build import write_segment
from indexer.evaluate import Benchmark, metrics, named, read_benchmark
from indexer.ranking import FORMULA, Formula
from indexer.search import SearchIndex
from indexer.segment import Segment
from kb.model import Searchable

FOLDS = 5
GRID = {
    "saturation": (0.6, 0.9, 1.2),
    "heading": (3.0, 5.0, 8.0),
    "bigrams": (0.5, 0.7, 1.0),
    "words": (0.0, 0.3),
}


def main() -> None:
    """Print what each setting gives, and what cross-validation promises."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="BENCH_DIR")
    parser.add_argument("--articles", type=int, default=1)
    chosen = parser.parse_args()
    benchmark = read_benchmark(chosen.folder)
    names = sorted(set(benchmark.queries) & set(benchmark.relevance))
    gains = {}
    for formula in formulas():
        gains[formula] = np.array(judged(formula, benchmark, names, chosen.articles))
        print(f"{gains[formula].mean():.4f}  {formula}", flush=True)
    print(f"\ncross-validated nDCG@10: {cross_validated(list(gains.values()), len(names)):.4f}")


def formulas() -> Iterator[Formula]:
    """Every setting of the grid."""
    for saturation, heading, bigrams, words in product(*GRID.values()):
        zones = (FORMULA.zones[0], heading, FORMULA.zones[2])
        yield replace(FORMULA, saturation=saturation, zones=zones, bigrams=bigrams, words=words)


def judged(formula: Formula, benchmark: Benchmark, names: list[str], articles: int) -> list[float]:
    """nDCG@10 of every question under a formula alone."""
    use(formula)
    with tempfile.TemporaryDirectory() as scratch:
        write_segment(thinned(benchmark, articles), Path(scratch))
        index = SearchIndex(Segment(Path(scratch)), learned=False)
        ranked = {name: [named(one) for one, _ in index.rank(benchmark.queries[name], 10)] for name in names}
    return [metrics({name: ranked[name]}, benchmark.relevance)["nDCG@10"] for name in names]


def use(formula: Formula) -> None:
    """Have the modules that hold the formula use another."""
    indexer.ranking.FORMULA = indexer.words.FORMULA = formula
    for function in (indexer.ranking.occurrence_weights, indexer.ranking.impacts, indexer.ranking.frequency_table):
        function.__defaults__ = (formula,)


def thinned(benchmark: Benchmark, articles: int) -> Iterator[Searchable]:
    """Every article that answers a question, and every so many-th of the others."""
    answers = {document for documents in benchmark.relevance.values() for document in documents}
    for place, record in enumerate(benchmark.records()):
        if place % articles == 0 or named(record.id) in answers:
            yield record


def cross_validated(gains: list[np.ndarray], count: int) -> float:
    """The mean, over the folds, of what the best setting on the other folds gives."""
    folds = np.array(random.Random(6).choices(range(FOLDS), k=count))
    held_out = []
    for fold in range(FOLDS):
        best = max(gains, key=lambda each: each[folds != fold].mean())
        held_out.extend(best[folds == fold])
    return float(np.mean(held_out))


if __name__ == "__main__":
    main()
