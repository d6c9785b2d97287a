"""Understanding a query: any text as a plan (indexer.plan) that the engine runs and a person can read.

In the order the query flows: ``repair`` and ``telex`` clean it, ``tokens`` cuts it, ``parse`` builds the tree, reading runs of words
with ``words``, ``filters`` and ``references`` (``numbers``, ``provisions``); ``wording`` writes a plan back.
"""

from indexer.query.understand import LONGEST_QUERY, understand
from indexer.query.wording import explain, format_query

__all__ = ["LONGEST_QUERY", "explain", "format_query", "understand"]
