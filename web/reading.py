"""A text as a page prints it: headings that are headings, and an address for every khoản and điểm.

Nothing is reworded: where the source's text holds its own heading, that is printed as it stands; where the source keeps heading
and text apart, the heading is put together from the label and the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.addresses import provision_address
from kb.model import Provision, ProvisionKind

_TITLED = frozenset(
    {
        ProvisionKind.PART,
        ProvisionKind.CHAPTER,
        ProvisionKind.SECTION,
        ProvisionKind.SUBSECTION,
        ProvisionKind.ARTICLE,
        ProvisionKind.ANNEX,
    }
)
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """One provision of a text: its own words, and where they are found.

    ``level`` is that of its heading (2 to 6), 0 without one; ``depth`` how far it stands in, from 0; ``name`` what it is
    called ("điểm c khoản 1 Điều 5").
    """

    kind: ProvisionKind
    path: str
    url: str
    name: str
    heading: str
    text: str
    level: int
    depth: int


@dataclass(frozen=True, slots=True)
class Block:
    """What stands together: a heading with the khoản and điểm below it, or a heading alone."""

    head: Passage
    parts: tuple[Passage, ...]


def blocks_of(roots: Iterable[Provision], slug: str, level: int = 3) -> list[Block]:
    """The text of a document in blocks; ``level`` is that of its first headings."""
    return [block for root in roots for block in _blocks(root, slug, level)]


def printed(kind: ProvisionKind, label: str, heading: str) -> str:
    """A heading put together from its parts, whether or not the source left the label in the name.

    >>> printed(ProvisionKind.ARTICLE, "5", "Giải thích từ ngữ"), printed(ProvisionKind.ARTICLE, "5", "Điều 5. Giải thích")
    ('Điều 5. Giải thích từ ngữ', 'Điều 5. Giải thích')
    """
    named = f"{kind.label[:1].upper()}{kind.label[1:]} {label}".strip()
    bare = without_label(heading, f"{kind.label} {label}".strip())
    return f"{named}. {bare}" if bare else named


def without_label(heading: str, label: str) -> str:
    """A heading without the label in front of it, however often that stands there.

    >>> without_label("Điều 15. Điều 15. Xét xử", "Điều 15"), without_label("Điều 150. Xét xử", "Điều 15")
    ('Xét xử', 'Điều 150. Xét xử')
    """
    return heading[label_length(heading, label) :]


def label_length(heading: str, label: str) -> int:
    """How many characters at the start of a heading say its label, with what separates it from the name."""
    end = 0
    while label:
        start = _past_blanks(heading, end)
        stop = start + len(label)
        if heading[start:stop].lower() != label.lower() or heading[stop : stop + 1].isalnum():
            break
        end = _past_blanks(heading, stop + 1 if heading[stop : stop + 1] in {".", ":"} else stop)
    return end


def _blocks(node: Provision, slug: str, level: int) -> Iterator[Block]:
    head = _titled(node, slug, level)
    inner = [child for child in node.children if child.kind in _TITLED]
    parts = tuple(part for child in node.children if child not in inner for part in _parts(child, slug, head.name, 0))
    yield Block(head, parts)
    for child in inner:
        yield from _blocks(child, slug, min(level + 1, _DEEPEST))


def _titled(node: Provision, slug: str, level: int) -> Passage:
    name = f"{node.kind.label[:1].upper()}{node.kind.label[1:]} {node.label}".strip()
    heading, text = _apart(node) if node.kind in _TITLED else ("", node.text)
    url = provision_address(slug, node.path)
    return Passage(node.kind, node.path, url, name, heading, text.strip("\n"), level if heading else 0, 0)


def _parts(node: Provision, slug: str, above: str, depth: int) -> Iterator[Passage]:
    name = f"{node.kind.label} {node.label} {above}"
    yield Passage(
        node.kind, node.path, provision_address(slug, node.path), name, "", node.text.strip("\n"), 0, min(depth, 3)
    )
    for child in node.children:
        yield from _parts(child, slug, name, depth + 1)


def _apart(node: Provision) -> tuple[str, str]:
    """The heading, as printed in the text where it stands there, and the text after it."""
    label = f"{node.kind.label} {node.label}".strip()
    own = label_length(node.text, label)
    if not own:
        return printed(node.kind, node.label, node.heading), node.text
    end = own + _heading_length(node.text[own:], without_label(node.heading, label))
    return " ".join(node.text[:end].split()), node.text[end:]


def _heading_length(text: str, heading: str) -> int:
    """How much of the text is the heading, wrapped as it may be; 0 where the text does not go on with it."""
    end = 0
    for word in heading.split():
        start = _past_blanks(text, end)
        if not text.startswith(word, start):
            return 0
        end = start + len(word)
    return end


def _past_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place
