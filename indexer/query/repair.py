"""A query made fit to be parsed: cut to a bearable length, freed of control characters, brackets and operators in pairs."""

from __future__ import annotations

import re

from indexer.plan import Step
from indexer.query.tokens import Kind, Token

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # and halves of surrogate pairs
DEEPEST_BRACKETS = 16  # nobody nests deeper; the tree is walked by recursion


def cleaned(query: str, limit: int) -> tuple[str, list[Step]]:
    """The query without control characters, cut between two words to at most ``limit`` characters; and the repairs."""
    repairs = []
    if len(query) > limit:
        query = _cut(query, limit)
        repairs.append(Step("repair", "…", f"Câu hỏi dài quá {limit} ký tự: chỉ đọc phần đầu."))
    if _CONTROL.search(query):
        query = _CONTROL.sub(" ", query)
        repairs.append(Step("repair", "", "Bỏ ký tự điều khiển."))
    return query, repairs


def balanced(tokens: tuple[Token, ...]) -> tuple[list[Token], list[Step]]:
    """The tokens with every bracket in a pair and every operator between, or before, what it works on."""
    balance = _Balance()
    for token in tokens:
        balance.take(token)
    balance.finish()
    return balance.kept, balance.repairs


def _cut(query: str, limit: int) -> str:
    cut = query[:limit]
    whole, blank, _ = cut.rpartition(" ")
    return whole if blank and not query[limit].isspace() else cut


_JOINING = (Kind.AND, Kind.OR)
_OPERATORS = (Kind.AND, Kind.OR, Kind.NOT)


class _Balance:
    """Keeps what is sound so far; each step looks only at the end of it."""

    def __init__(self) -> None:
        self.kept: list[Token] = []
        self.repairs: list[Step] = []
        self._opened: list[int] = []  # where each open bracket stands in ``kept``
        self._ignored = 0

    def take(self, token: Token) -> None:
        if token.kind is Kind.OPEN:
            self._open(token)
        elif token.kind is Kind.CLOSE:
            self._close()
        elif token.kind in _JOINING and (not self.kept or self.kept[-1].kind in (*_OPERATORS, Kind.OPEN)):
            self._say(token.text, f"Bỏ “{token.text}” thừa.")
        elif token.kind is Kind.NOT and self.kept and self.kept[-1].kind is Kind.NOT:
            self._say(token.text, f"Bỏ “{token.text}” lặp lại.")
        else:
            self.kept.append(token)

    def finish(self) -> None:
        self._drop_dangling()
        if self._opened:
            self._say(")", f"Thêm {len(self._opened)} dấu đóng ngoặc ở cuối.")
        while self._opened:
            self._close()
        self._drop_dangling()

    def _open(self, token: Token) -> None:
        if len(self._opened) == DEEPEST_BRACKETS:
            self._ignored += 1
            self._say("(", f"Bỏ dấu ngoặc lồng sâu quá {DEEPEST_BRACKETS} tầng.")
            return
        self._opened.append(len(self.kept))
        self.kept.append(token)

    def _close(self) -> None:
        if self._ignored:
            self._ignored -= 1
        elif not self._opened:
            if not self._follows_a_list_mark():
                self._say(")", "Bỏ dấu đóng ngoặc không có dấu mở.")
        else:
            self._close_group(self._opened.pop())

    def _follows_a_list_mark(self) -> bool:
        """Whether the bracket belongs to a label as the law prints it: "điểm a)"."""
        return bool(self.kept) and self.kept[-1].kind is Kind.WORD and len(self.kept[-1].text) <= 2

    def _close_group(self, opened: int) -> None:
        self._drop_dangling()
        inside = self.kept[opened + 1 :]
        if not inside:
            self._say("()", "Bỏ cặp ngoặc trống.")
        if self._needs_brackets(opened, inside):
            self.kept.append(Token(Kind.CLOSE, ")"))
        else:
            del self.kept[opened]

    def _needs_brackets(self, opened: int, inside: list[Token]) -> bool:
        """Brackets around words of prose ("bảo hiểm y tế (BHYT)") change nothing and are read over."""
        excluded = opened > 0 and self.kept[opened - 1].kind is Kind.NOT
        return bool(inside) and (excluded or any(token.kind in _JOINING for token in inside))

    def _drop_dangling(self) -> None:
        while self.kept and self.kept[-1].kind in _OPERATORS:
            text = self.kept.pop().text
            self._say(text, f"Bỏ “{text}” vì không có gì đi sau.")

    def _say(self, text: str, meaning: str) -> None:
        step = Step("repair", text, meaning)
        if step not in self.repairs[-1:]:
            self.repairs.append(step)
