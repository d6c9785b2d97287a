"""From units in a row to trees: what stands under what, and under which address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.parse.items import split_items, split_programme
from kb.citation import label_slug
from kb.model import Provision, ProvisionKind

_RANK = {
    ProvisionKind.PART: 0,
    ProvisionKind.CHAPTER: 1,
    ProvisionKind.SECTION: 2,
    ProvisionKind.SUBSECTION: 3,
    ProvisionKind.ARTICLE: 4,
}


def nest(units: Sequence[Provision], path: str) -> list[Provision]:
    """Put each unit under the last one of higher rank: điều under mục, mục under chương, chương under phần."""
    roots: list[Provision] = []
    index = 0
    while index < len(units):
        unit = units[index]
        stop = index + 1
        while stop < len(units) and _RANK[units[stop].kind] > _RANK[unit.kind]:
            stop += 1
        roots.append(_placed(unit, units[index + 1 : stop], path))
        index = stop
    return roots


def _placed(unit: Provision, below: Sequence[Provision], path: str) -> Provision:
    stem = f"{path}." if path else ""
    own = f"{stem}{unit.kind.slug}-{label_slug(unit.label)}"
    if unit.kind is ProvisionKind.ARTICLE:
        lead, children = split_programme(unit.text, own)
        return replace(unit, path=own, text=lead, children=children)
    if not below:
        lead, children = split_items(unit.text, own)
        return replace(unit, path=own, text=lead, children=children)
    return replace(unit, path=own, children=tuple(_nest_in_container(below, path, own)))


def _nest_in_container(units: Sequence[Provision], path: str, container: str) -> list[Provision]:
    """Chương and mục stand under their container's address; điều do not, whatever container they stand in."""
    return [node if node.kind is ProvisionKind.ARTICLE else _moved(node, path, container) for node in nest(units, path)]


def _moved(node: Provision, path: str, container: str) -> Provision:
    tail = node.path.removeprefix(f"{path}." if path else "")
    children = tuple(
        child if child.kind is ProvisionKind.ARTICLE else _moved(child, path, container) for child in node.children
    )
    return replace(node, path=f"{container}.{tail}", children=children)


def with_unique_paths(roots: Sequence[Provision]) -> tuple[Provision, ...]:
    """The same trees, a path that came before marked "~2", together with the paths below it."""
    seen: Counter[str] = Counter()
    return tuple(_unique(root, "", "", seen) for root in roots)


def _unique(node: Provision, old_stem: str, new_stem: str, seen: Counter[str]) -> Provision:
    path = node.path
    if old_stem and path.startswith(f"{old_stem}."):
        path = new_stem + path[len(old_stem) :]
    seen[path] += 1
    if seen[path] > 1:
        path = f"{path}~{seen[path]}"
    children = tuple(_unique(child, node.path, path, seen) for child in node.children)
    return replace(node, path=path, children=children) if path != node.path or children != node.children else node
