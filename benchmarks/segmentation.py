"""Times the analysis and the word segmentation on a corpus, and proves every word to be pyvi's.

    python benchmarks/segmentation.py BENCH_DIR [STEP]

BENCH_DIR holds a corpus.jsonl.gz with title and text; pyvi itself is run on every STEP-th text (1: on all).
"""

from __future__ import annotations

import gzip
import json
import sys
import time
import warnings
from pathlib import Path

from indexer.pyvi_model import TOKEN
from indexer.segmentation import Segmenter, respelled, segment_many
from indexer.vietnamese import SyllableVocabulary, analyse
from kb.text import canonical


def main(folder: Path, step: int) -> None:
    """Print one JSON object: seconds of processor time, and counts."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [record["title"] + "\n" + record["text"] for record in map(json.loads, lines)]
    figures: dict[str, float] = {"texts": len(texts), "characters": sum(map(len, texts))}
    vocabulary = SyllableVocabulary()
    figures |= _timed("encode", lambda: sum(len(vocabulary.encode(text)) for text in texts), "syllables")
    figures |= _timed("analyse", lambda: sum(len(analyse(text)) for text in texts), "syllables")
    figures |= _timed("segment", lambda: sum(map(len, segment_many(texts))), "words")
    figures |= _timed("pyvi", lambda: _compared(texts[::step]), "compared")
    print(json.dumps(figures, indent=1))


def _timed(name, work, counted):  # noqa: ANN001, ANN202  # a script
    begun = time.process_time()
    return {counted: work(), f"{name}_s": round(time.process_time() - begun, 1)}


def _compared(texts: list[str]) -> int:
    """The number of tokens on which pyvi agrees: all, or this stops."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyvi.ViTokenizer import ViTokenizer
    segmenter, compared = Segmenter(), 0
    for text in map(respelled, map(canonical, texts)):
        tokens = TOKEN.findall(text)
        joined = segmenter.joined([0, *map(segmenter.number, tokens), 0])[1:-1]
        ours = "".join(("_" if inside else " ") + token for token, inside in zip(tokens, joined, strict=True))[1:]
        if ours != ViTokenizer.tokenize(text):
            raise SystemExit(f"pyvi disagrees on: {text}")
        compared += len(tokens)
    return compared


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)
