"""A made-up portal of procedures, in the form of the national one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.corpus.crawl.replay import Answer, Asked, as_json

LIST = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
DETAIL = "/api/v1/configuring/formality/get-formality-by-citizen"


def made_up(number: int, name: str = "") -> dict[str, Any]:
    """A made-up procedure."""
    return {
        "id": f"id-{number}",
        "code": f"9.{number:06}",
        "name": name or f"Thủ tục số {number} (dựng để kiểm thử)",
        "executionSteps": [{"name": "", "description": "Bước 1: Nộp hồ sơ."}],
        "executionMethods": [
            {"submissionMethod": "DIRECT", "processingTime": 5, "processingTimeUnit": "DAY", "fees": []}
        ],
        "executionCases": [],
        "legalBasisesDetails": [],
    }


class Portal:
    """Answers as the portal does; ``instead`` has other answers for a path, ``wait`` seconds come before each detail."""

    def __init__(self, procedures: Mapping[str, dict[str, Any]], *, page_size: int = 4, wait: float = 0.0) -> None:
        self.procedures = dict(procedures)
        self.instead: dict[str, Answer] = {}
        self._page_size = page_size
        self._wait = wait

    @classmethod
    def of(cls, count: int, **more: Any) -> Portal:
        """One with so many made-up procedures."""
        return cls({f"id-{number}": made_up(number) for number in range(count)}, **more)

    def __call__(self, asked: Asked) -> Answer | None:
        """The answer to a request."""
        if asked.path in self.instead:
            return self.instead[asked.path]
        body = json.loads(asked.body) if asked.body else {}
        if asked.path == LIST:
            return self._list(body)
        if asked.path == DETAIL:
            return as_json({"code": "OK", "data": self.procedures[body["id"]]}, status=201, wait=self._wait)
        return None

    def _list(self, body: Mapping[str, Any]) -> Answer:
        rows = [{"id": key, "code": one["code"], "name": one["name"]} for key, one in self.procedures.items()]
        if body["q"]:
            rows = [row for row in rows if body["q"] in row["code"]]
        keys = [row["id"] for row in rows]
        start = keys.index(body["lastId"]) + 1 if body["lastId"] else 0
        page = rows[start : start + self._page_size]
        data = {"items": page, "lastId": page[-1]["id"] if page else "", "total": len(rows)}
        return as_json({"code": "OK", "data": data}, status=201)
