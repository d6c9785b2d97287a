"""The query as tokens: words, quoted phrases, field filters, operators and brackets; what cannot be read is repaired.

One pass, and nothing is looked at twice: the longest query costs what its length does. Total: any text gives tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from indexer.plan import Step
from indexer.query.filters import field_named

LARGEST_SLOP = 100  # syllables between the words of a phrase; more is as good as anywhere in the article


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    FILTER = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query: ``text`` is the word, the inside of the quotes, or the value of the filter named ``field``.

    ``begun`` says that a star follows, ``slop`` the number after "~". A word that is a document number is one token.
    """

    kind: Kind
    text: str
    field: str = ""
    slop: int = 0
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens in order, and the repairs made on the way."""

    tokens: tuple[Token, ...]
    repairs: tuple[Step, ...]


def tokenise(query: str, numbers: Iterable[tuple[int, int]] = ()) -> Tokens:
    """The tokens of a canonical query; ``numbers`` are the spans (start, end) of the document numbers in it.

    A number is kept whole whatever blanks and dashes it was typed with.
    """
    lexer = _Lexer(query, dict(numbers))
    lexer.run()
    return Tokens(tuple(_operators(lexer.tokens)), tuple(lexer.repairs))


_TOKEN = re.compile(
    r"""
    (?P<blank> \s+ )
  | (?P<quote> ["“”„«»] )
  | (?P<open>  \( )
  | (?P<close> \) )
  | (?P<and>   &+ )
  | (?P<or>    \|+ )
  | (?P<star>  [*~]+ )
  | (?P<field> [^\W\d_] [\w-]*+ ) :                       # a name right before a colon
  | (?P<minus> -+ ) (?= [^\s-] )
  | (?P<word>  [^\s"“”„«»()&|*~]                         # "18:30" and "KH&CN" are one
               (?: [^\s"“”„«»()&|*~:]++ | :(?=\d) | &(?=\w) )*+ )
    """,
    re.VERBOSE,
)
_CLOSING = {'"': '"”', "“": '”"', "„": '”“"', "«": "»"}
_SLOP = re.compile(r"~\s*(\d{0,9})")
_REST_OF_NUMBER = re.compile(r"(?:[/-][^\W_]+)+")  # abbreviations of agencies that nobody listed
_STAR_AFTER_WORD = re.compile(r"\*+(?=[\s()\"“”„«»]|$)")
# A phrase that is never closed ends before a bracket, an operator or a filter.
_OPEN_PHRASE = re.compile(r"(?: (?!\s-?[^\W\d_][\w-]*+:\S | \s(?:AND|OR|NOT|VÀ|HOẶC|KHÔNG)\s) [^()&|] )*+", re.VERBOSE)
# After a blank, what is itself the name of a filter is no value: "năm: loại:luật".
_VALUE = re.compile(
    r"""(?: \s++ (?! [^\W\d_][\w-]*+: ) )? ( (?: ["“„][^"“”„]*+["”“] | [^\s()"“”„|,]++ | [|,](?=\S) )*+ )""", re.VERBOSE
)
_BEFORE_EXCLUSION = " \t\r\n(|&"
_NAME_LENGTH = 4  # "cơ quan ban hành": the most words a field's name has


class _Lexer:
    def __init__(self, query: str, numbers: Mapping[int, int]) -> None:
        self.query = query
        self.numbers = numbers
        self.tokens: list[Token] = []
        self.repairs: list[Step] = []
        self._place = 0

    def run(self) -> None:
        while self._place < len(self.query):
            if self._place in self.numbers:
                self._take_number()
                continue
            match = _TOKEN.match(self.query, self._place)
            if match is None or match.lastgroup is None:  # nothing else is left over, but a lexer must move
                self._place += 1
                continue
            self._place = match.end()
            self._take(match.lastgroup, match[match.lastgroup], match.start())

    def _take(self, group: str, text: str, start: int) -> None:
        match group:
            case "open" | "close" | "and" | "or":
                self._add(Kind[group.upper()], text)
            case "star":
                self.repair(text, f"Bỏ dấu “{text}” vì không đi sau từ hay cụm từ nào.")
            case "minus" if start == 0 or self.query[start - 1] in _BEFORE_EXCLUSION:
                self._add(Kind.NOT, "-")
            case "word":
                self._take_word(text)
            case "quote":
                self._take_quote(text)
            case "field":
                self._take_field(text)

    def _take_number(self) -> None:
        start, end = self._place, max(self.numbers[self._place], self._place + 1)
        unknown = _REST_OF_NUMBER.match(self.query, end)
        self._place = unknown.end() if unknown else end
        self._take_word(self.query[start : self._place])

    def _take_word(self, word: str) -> None:
        star = _STAR_AFTER_WORD.match(self.query, self._place) if word[-1].isalnum() else None
        if star is not None:
            self._place = star.end()
        self._add(Kind.WORD, word, begun=star is not None)

    def _take_quote(self, quote: str) -> None:
        if quote not in _CLOSING:
            self.repair(quote, "Bỏ dấu đóng ngoặc kép vì không có dấu mở.")
            return
        end = min((at for mark in _CLOSING[quote] if (at := self.query.find(mark, self._place)) >= 0), default=-1)
        if end < 0:
            self._take_open_phrase(quote)
            return
        inside, self._place = self.query[self._place : end], end + 1
        self._add_phrase(inside, self._slop_after())

    def _take_open_phrase(self, quote: str) -> None:
        match = _OPEN_PHRASE.match(self.query, self._place)
        inside = match[0].strip() if match else ""
        self._place = match.end() if match else self._place
        if not any(map(str.isalnum, inside)):
            self.repair(quote, "Bỏ dấu ngoặc kép không có cặp.")
            return
        self.repair(f'"{inside}', f'Thêm dấu đóng ngoặc kép: "{inside}".')
        self._add_phrase(inside, 0)

    def _add_phrase(self, inside: str, slop: int) -> None:
        stripped = inside.strip()
        if not any(map(str.isalnum, stripped)):
            self.repair(f'"{inside}"', "Bỏ cụm từ trống.")
            return
        begun = stripped.endswith("*") and stripped.rstrip("*")[-1:].isalnum()
        self._add(Kind.PHRASE, stripped.rstrip("*") if begun else stripped, slop=slop, begun=begun)

    def _slop_after(self) -> int:
        match = _SLOP.match(self.query, self._place)
        if match is None:
            return 0
        self._place = match.end()
        if not match[1]:
            self.repair("~", "Bỏ dấu ~ vì không có số âm tiết đi sau.")
            return 0
        if int(match[1]) > LARGEST_SLOP:
            self.repair(match[0], f"Khoảng cách lớn nhất là {LARGEST_SLOP} âm tiết.")
        return min(int(match[1]), LARGEST_SLOP)

    def _take_field(self, name: str) -> None:
        words, field = self._name_ending_in(name)
        if not field:
            self._take_unknown_field(name)
            return
        del self.tokens[len(self.tokens) - words :]
        match = _VALUE.match(self.query, self._place)
        value = match[1].strip("|,") if match else ""
        self._place = match.end() if match and value else self._place
        if not any(map(str.isalnum, value)):
            self.repair(f"{name}:", "Bỏ bộ lọc không có giá trị.")
            return
        self._add(Kind.FILTER, value, field=field)

    def _name_ending_in(self, name: str) -> tuple[int, str]:
        """(how many words before ``name`` belong to it, the field it names): "cơ quan:" is a name of two words."""
        before = [token.text for token in self.tokens[-_NAME_LENGTH + 1 :] if token.kind is Kind.WORD]
        for words in range(len(before), -1, -1):
            field = field_named(" ".join([*before[len(before) - words :], name]))
            if field:
                return words, field
        return 0, ""

    def _take_unknown_field(self, name: str) -> None:
        """Words of prose may end in a colon too; a colon between two words looks like a filter that there is not."""
        self._add(Kind.WORD, name)
        follows = self.query[self._place : self._place + 1]
        if follows.isalpha() or follows in ('"', "“"):
            self.repairs.append(Step("field", f"{name}:", f"Không có bộ lọc “{name}”: tìm như từ thường."))

    def _add(self, kind: Kind, text: str, *, field: str = "", slop: int = 0, begun: bool = False) -> None:
        if kind is not Kind.WORD or text[0].isalnum() or any(map(str.isalnum, text)):
            self.tokens.append(Token(kind, text, field, slop, begun))

    def repair(self, text: str, meaning: str) -> None:
        self.repairs.append(Step("repair", text, meaning))


_ENGLISH = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_VIETNAMESE = {"VÀ": Kind.AND, "HOẶC": Kind.OR, "KHÔNG": Kind.NOT}


def _operators(tokens: list[Token]) -> list[Token]:
    """Upper-case words that join or exclude become operators.

    A Vietnamese one only beside something that is not in capitals: "QUYỀN VÀ NGHĨA VỤ" is a heading.
    """
    found = []
    for place, token in enumerate(tokens):
        kind = _ENGLISH.get(token.text) if token.kind is Kind.WORD else None
        if token.kind is Kind.WORD and token.text in _VIETNAMESE and _in_running_text(tokens, place):
            kind = _VIETNAMESE[token.text]
        found.append(Token(kind, token.text) if kind else token)
    return found


def _in_running_text(tokens: list[Token], place: int) -> bool:
    beside = tokens[max(0, place - 1) : place] + tokens[place + 1 : place + 2]
    return any(token.kind is not Kind.WORD or not token.text.isupper() for token in beside)
