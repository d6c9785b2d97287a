"""Sound tokens as a tree: AND binds tighter than OR, words side by side are ranked together, "-" takes one word."""

from __future__ import annotations

from indexer.plan import And, Everything, Node, Not, Or, Step
from indexer.query.filters import read_filter
from indexer.query.references import Reference, find_references
from indexer.query.tokens import Kind, Token
from indexer.query.words import WordReader


def parse(tokens: list[Token], reader: WordReader) -> tuple[Node, list[Step]]:
    """The tree of balanced tokens (indexer.query.repair.balanced), and what was understood on the way."""
    root = _Parser(tokens, reader).alternatives()
    operators = {token.kind: token.text for token in tokens if token.kind in _OPERATORS_SAID}
    steps = [Step("operator", text, _OPERATORS_SAID[kind].format(text)) for kind, text in operators.items()]
    if isinstance(root, And) and isinstance(root.parts[0], Everything):
        steps.append(Step("note", "", "Chỉ có phần loại trừ: lấy mọi kết quả khác."))
    return root if root is not None else Everything(), [*reader.steps, *steps]


_OPERATORS_SAID = {
    Kind.AND: "“{}”: kết quả phải có cả hai vế.",
    Kind.OR: "“{}”: kết quả chỉ cần có một trong hai vế.",
}


class _Parser:
    """Recursive descent; a part that means nothing (a filter without sense) is None and leaves no trace in the tree."""

    def __init__(self, tokens: list[Token], reader: WordReader) -> None:
        self._tokens = tokens
        self._place = 0
        self._reader = reader
        self._required = any(token.kind in (Kind.AND, Kind.OR) for token in tokens)

    def alternatives(self) -> Node | None:
        parts = [self._conjunction()]
        while self._accept(Kind.OR):
            parts.append(self._conjunction())
        return _joined(Or, [part for part in parts if part is not None])

    def _conjunction(self) -> Node | None:
        parts = [self._group()]
        while self._accept(Kind.AND):
            parts.append(self._group())
        return _and([part for part in parts if part is not None])

    def _group(self) -> Node | None:
        """What stands side by side without an operator between."""
        group = _Group(self._reader, required=self._required)
        while self._place < len(self._tokens) and self._kind() not in (Kind.AND, Kind.OR, Kind.CLOSE):
            self._part(group)
        return group.node()

    def _part(self, group: _Group) -> None:
        kind = self._kind()
        if kind is Kind.WORD:
            group.take_run(self._run())
        elif kind is Kind.NOT:
            group.take_excluded(self._excluded())
        else:
            group.take(self._operand())

    def _operand(self) -> Node | None:
        token = self._next()
        if token.kind is Kind.OPEN:
            inner = self.alternatives()
            self._next()
            return inner
        if token.kind is Kind.FILTER:
            reading = read_filter(token.field, token.text)
            self._reader.steps.extend(reading.steps)
            return reading.filter
        return self._phrase(token)

    def _phrase(self, token: Token) -> Node | None:
        if token.begun:
            return self._reader.prefix(token.text)
        phrase = self._reader.phrase(token.text, token.slop)
        if phrase is not None:
            apart = f" xen giữa nhiều nhất {token.slop} âm tiết khác" if token.slop else " liền nhau"
            self._reader.say("phrase", phrase.text, f"Các âm tiết của “{phrase.text}” phải đi đúng thứ tự,{apart}.")
        return phrase

    def _excluded(self) -> Node | None:
        """What "-" or KHÔNG takes away: one word after the sign, the words up to the next mark after the word."""
        sign = self._next()
        first = self._place
        if self._kind() is Kind.WORD:
            run = [self._next()] if sign.text == "-" else self._run()
            excluded = _only(self._reader, run)
        else:
            required, self._required = self._required, True  # what holds only some of the words is not excluded
            excluded = self._operand()
            self._required = required
        if excluded is not None:
            text = " ".join(token.text for token in self._tokens[first : self._place])
            self._reader.say("exclusion", text, f"Loại kết quả có “{text}”.")
        return excluded

    def _run(self) -> list[Token]:
        """Words side by side, up to one that is only begun."""
        run = [self._next()]
        while self._place < len(self._tokens) and self._kind() is Kind.WORD and not run[-1].begun:
            run.append(self._next())
        return run

    def _kind(self) -> Kind:
        return self._tokens[self._place].kind

    def _next(self) -> Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def _accept(self, kind: Kind) -> bool:
        accepted = self._place < len(self._tokens) and self._kind() is kind
        self._place += accepted
        return accepted


def _only(reader: WordReader, run: list[Token]) -> Node | None:
    """An excluded run: what it names, if it does nothing else, or else its words side by side."""
    text = " ".join(token.text for token in run)
    if run[-1].begun:
        return reader.prefix(text)
    found = find_references(text, reader)
    if found.nodes and not found.rest:
        return _joined(Or, list(found.nodes))
    return reader.phrase(text)


class _Group:
    """What stands side by side: words are ranked together, what they name adds to the score, all else must hold."""

    def __init__(self, reader: WordReader, *, required: bool) -> None:
        self._reader = reader
        self._required = required
        self._words: list[str] = []
        self._named: list[Reference] = []
        self._must: list[Node] = []

    def take_run(self, run: list[Token]) -> None:
        words = [token.text for token in run]
        if run[-1].begun:
            self._take_begun(words)
        if words:
            found = find_references(" ".join(words), self._reader)
            self._named += found.nodes
            self._words.append(found.rest)

    def take(self, node: Node | None) -> None:
        if node is not None:
            self._must.append(node)

    def take_excluded(self, node: Node | None) -> None:
        if node is not None:
            self._must.append(Not(node))

    def node(self) -> Node | None:
        words = self._reader.words(" ".join(self._words), required=self._required)
        named: list[Node] = [*([words] if words else []), *self._named]
        ranked = _joined(Or, named)
        return _and([*([ranked] if ranked else []), *self._must])

    def _take_begun(self, words: list[str]) -> None:
        """The word with the star, and one syllable before it; a number or code that is begun is a choice of its own."""
        begun = words.pop()
        named = find_references(begun, self._reader) if any(map(str.isdigit, begun)) else None
        if named is not None and named.nodes and not named.rest:
            self._named += named.nodes
            return
        before = [words.pop()] if words and words[-1][-1].isalnum() else []
        self.take(self._reader.prefix(" ".join([*before, begun])))


def _and(parts: list[Node]) -> Node | None:
    """All of the parts; those that only exclude take from everything, where there is nothing else to take from."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else [part])
    telling: list[Node] = [part for part in flat if not isinstance(part, Everything)]
    if telling and all(isinstance(part, Not) for part in telling):
        telling.insert(0, Everything())
    return _joined(And, telling)


def _joined(join: type[And | Or], parts: list[Node]) -> Node | None:
    """The parts under one node, those of the same kind taken in; one part stands for itself."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, join) else [part])
    unique = list(dict.fromkeys(flat))
    if len(unique) < 2:
        return unique[0] if unique else None
    return join(tuple(unique))
