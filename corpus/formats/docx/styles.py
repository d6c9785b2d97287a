"""What the styles of a Word file say of its paragraphs: headings, lists, capitals, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.formats.docx.package import W

VAL = f"{W}val"
_DEEPEST = 50  # styles based on styles; Word writes fewer than ten
_HEADING = re.compile(r"(?:heading|tiêu đề|đầu đề) ?(\d)", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by id."""

    by_id: dict[str, etree._Element] = field(default_factory=dict)
    default: str = ""
    _chains: dict[str, tuple[etree._Element, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        """The styles of a styles part."""
        found = list(root.iter(f"{W}style")) if root is not None else []
        default = next(
            (one for one in found if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") == "1"), None
        )
        by_id = {one.get(f"{W}styleId", ""): one for one in found}
        return cls(by_id, "" if default is None else default.get(f"{W}styleId", ""))

    def chain(self, style_id: str) -> tuple[etree._Element, ...]:
        """A style and those it is based on, the nearest first."""
        if style_id not in self._chains:
            self._chains[style_id] = tuple(self._walk(style_id))
        return self._chains[style_id]

    def of_paragraph(self, properties: etree._Element | None) -> tuple[etree._Element, ...]:
        """The style of a paragraph with those it is based on."""
        return self.chain(value(properties, "pStyle") or self.default)

    def heading_level(self, properties: etree._Element | None) -> int:
        """The level of a heading from 1 on; 0 for other paragraphs."""
        chain = self.of_paragraph(properties)
        for holder in (properties, *(style.find(f"{W}pPr") for style in chain)):
            level = value(holder, "outlineLvl")
            if level.isdecimal():
                return int(level) + 1 if int(level) < 9 else 0
        names = (_HEADING.fullmatch(value(style, "name")) for style in chain)
        return next((int(name[1]) for name in names if name), 0)

    def is_on(self, toggle: str, run: etree._Element | None, paragraph: etree._Element | None) -> bool:
        """Whether a property such as ``caps`` or ``vanish`` is on for a run of a paragraph (their ``rPr`` and ``pPr``)."""
        styled = (*self.chain(value(run, "rStyle")), *self.of_paragraph(paragraph))
        for holder in (run, *(style.find(f"{W}rPr") for style in styled)):
            found = holder.find(f"{W}{toggle}") if holder is not None else None
            if found is not None:
                return found.get(VAL, "1").lower() not in _OFF
        return False

    def _walk(self, style_id: str) -> Iterator[etree._Element]:
        for _ in range(_DEEPEST):
            style = self.by_id.get(style_id)
            if style is None:
                return
            yield style
            style_id = value(style, "basedOn")


def value(holder: etree._Element | None, name: str) -> str:
    """The value of a child property, empty where it is not given."""
    found = holder.find(f"{W}{name}") if holder is not None else None
    return found.get(VAL, "") if found is not None else ""
