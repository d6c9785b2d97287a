"""The register that ships: facts on documents, agencies, figures, procedures and tasks, each with its source.

The tables lie beside this module as CSV; README.md there says what each column means and where it was seen.
"""

from kb.register.loader import load_register
from kb.register.records import (
    Conflict,
    agencies,
    conflicts,
    documents,
    indicators,
    procedures,
    relations,
    simplifications,
    successions,
    tasks,
)

__all__ = [
    "Conflict",
    "agencies",
    "conflicts",
    "documents",
    "indicators",
    "load_register",
    "procedures",
    "relations",
    "simplifications",
    "successions",
    "tasks",
]
