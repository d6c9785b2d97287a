"""Numbers as lists print them: 3, III, c, ba."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
    (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LARGEST_ROMAN = 4000
_MOST_LETTERS = 780  # Word repeats the letter: 27 is "aa", 53 "aaa"


def counter(number: int, style: str) -> str:
    """A number in one of the styles of WordprocessingML (ST_NumberFormat, ECMA-376 part 1, 17.18.59); others as decimal.

    >>> counter(4, "upperRoman"), counter(28, "lowerLetter"), counter(15, "vietnameseCounting"), counter(7, "none")
    ('IV', 'bb', 'mười lăm', '')
    """
    write = _STYLES.get(style)
    return str(number) if write is None or number < 0 else write(number)


def roman(number: int) -> str:
    """A Roman numeral in capitals; the number itself where Romans have none."""
    if not 0 < number < _LARGEST_ROMAN:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _letter(number: int) -> str:
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _words(number: int) -> str:
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    first = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    last = {0: "", 5: "lăm"}.get(ones, "mốt" if ones == 1 and tens > 1 else _DIGITS[ones])
    return f"{first} {last}".strip()


_STYLES: dict[str, Callable[[int], str]] = {
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "decimalZero": lambda number: f"{number:02d}",
    "vietnameseCounting": _words,
    "none": lambda _: "",
    "bullet": lambda _: "",
}
