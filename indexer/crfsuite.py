"""Reads the weights out of a CRFsuite model file.

The layout is that of CRFsuite's ``crf1d_model.c`` and ``cqdb.c`` (version 100): a header, then chunks of features,
labels and attributes, all little-endian. The text dump that CRFsuite offers rounds weights to six decimals; this gives
them exactly, and runs nothing that a model file could bring along.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.errors import UnusableInputError

_HEADER = struct.Struct("<4sI4s9I")
_CHUNK = struct.Struct("<4s2I")
_DATABASE = struct.Struct("<4s5I")
_RECORD = struct.Struct("<2I")
_FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
_STATE, _TRANSITION = 0, 1


@dataclass(frozen=True, slots=True)
class CrfModel:
    """A linear-chain model: ``states[attribute]`` has one weight a label, ``transitions[i, j]`` is from label i to j."""

    labels: tuple[str, ...]
    states: dict[str, NDArray[np.float64]]
    transitions: NDArray[np.float64]


def read_model(data: bytes) -> CrfModel:
    """The model held in the bytes of a model file. Raises ``UnusableInputError`` for anything else."""
    try:
        return _read(data)
    except (struct.error, ValueError, IndexError) as error:
        raise UnusableInputError(f"This is not a CRFsuite model: {error}.", "Install pyvi anew.") from error


def _read(data: bytes) -> CrfModel:
    magic, size, kind, *_counts, features_at, labels_at, attributes_at, _, _ = _HEADER.unpack_from(data)
    if magic != b"lCRF" or kind != b"FOMC" or size != len(data):
        raise ValueError("the header is not that of a first-order model")
    labels, attributes = _strings(data, labels_at), _strings(data, attributes_at)
    features = _features(data, features_at)
    states = np.zeros((len(attributes), len(labels)))
    transitions = np.zeros((len(labels), len(labels)))
    for part, table in ((_STATE, states), (_TRANSITION, transitions)):
        chosen = features[features["kind"] == part]
        table[chosen["source"], chosen["target"]] = chosen["weight"]
    return CrfModel(labels, dict(zip(attributes, states, strict=True)), transitions)


def _features(data: bytes, offset: int) -> NDArray[np.void]:
    magic, _, count = _CHUNK.unpack_from(data, offset)
    if magic != b"FEAT":
        raise ValueError("the features are not where the header says")
    return np.frombuffer(data, _FEATURE, count, offset + _CHUNK.size)


def _strings(data: bytes, offset: int) -> tuple[str, ...]:
    """The strings of a CQDB chunk by their number; each is stored with its closing zero byte."""
    magic, _, _, _, count, table = _DATABASE.unpack_from(data, offset)
    if magic != b"CQDB":
        raise ValueError("the strings are not where the header says")
    places = struct.unpack_from(f"<{count}I", data, offset + table)
    return tuple(_string(data, offset + place) for place in places)


def _string(data: bytes, offset: int) -> str:
    _, length = _RECORD.unpack_from(data, offset)
    start = offset + _RECORD.size
    return data[start : start + length - 1].decode()
