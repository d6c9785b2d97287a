"""A plan as text: as a tree for people to read, and as a query that is understood the same way again."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.plan import (
    And,
    Everything,
    Filter,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Plan,
    Prefix,
    ProcedureCode,
    ProvisionOf,
    Words,
)
from indexer.query.references import document_said, number_said, path_said


def explain(plan: Plan) -> str:
    """The plan for people: what was understood, then the tree, each level indented by two blanks.

    >>> from indexer.query import understand
    >>> print(explain(understand('"căn cước" năm:2023')))
    Các âm tiết của “căn cước” phải đi đúng thứ tự, liền nhau.
    Chỉ lấy văn bản ban hành năm 2023.
    tất cả:
      cụm từ: căn cước
      lọc: năm:2023
    """
    return "\n".join([*(step.meaning for step in plan.steps), *_tree(plan.root, 0)])


def format_query(node: Node) -> str:
    """A tree that ``understand`` made, in the query language: understood again, it is the same tree."""
    if isinstance(node, Words) and node.required:
        return f"{node.text} AND {node.text}"  # what is required only beside an operator
    return _formatted(node, side_by_side=_has_ranked_words(node))


def _tree(node: Node, depth: int) -> Iterator[str]:
    yield "  " * depth + _line(node)
    children = node.parts if isinstance(node, And | Or) else (node.part,) if isinstance(node, Not) else ()
    for child in children:
        yield from _tree(child, depth + 1)


def _line(node: Node) -> str:
    match node:
        case And() | Or() | Not() | Everything():
            return _JOINTS[type(node)]
        case Number() | ProvisionOf() | ProcedureCode():
            return _reference(node)
        case Filter():
            return f"lọc: {node.text}"
        case _:
            return _wording(node)


_JOINTS = {And: "tất cả:", Or: "một trong:", Not: "trừ:", Everything: "mọi văn bản"}


def _wording(node: Words | Phrase | Prefix) -> str:
    match node:
        case Words():
            return f"{'từ bắt buộc' if node.required else 'từ'}: {node.text}{_alternatives(node)}"
        case Phrase():
            return f"cụm từ: {node.text}" + (f" (cách tối đa {node.slop} âm tiết)" if node.slop else "")
        case Prefix():
            return f"bắt đầu bằng: {node.text}…"


def _alternatives(node: Words) -> str:
    said = [f"{node.syllables[other.at]} = {' '.join(other.syllables)}" for other in node.alternatives]
    return f" ({'; '.join(said)})" if said else ""


def _reference(node: Number | ProvisionOf | ProcedureCode) -> str:
    match node:
        case Number():
            return f"văn bản: {number_said(node)}"
        case ProcedureCode():
            return f"mã thủ tục: {node.code}" + ("…" if node.partial else "")
        case ProvisionOf():
            return f"điều khoản: {path_said(node.path)} của {document_said(node)}"


def _has_ranked_words(node: Node) -> bool:
    """Whether the tree comes from a query without AND and OR, where words side by side are ranked together."""
    match node:
        case Words():
            return not node.required
        case And() | Or():
            return any(map(_has_ranked_words, node.parts))
        case _:
            return False


def _formatted(node: Node, *, side_by_side: bool) -> str:
    match node:
        case And() | Or():
            parts = [part for part in node.parts if not isinstance(part, Everything)]
            if (
                side_by_side
            ):  # words before a number or code may read as leading up to it, after a provision as its title
                parts.sort(key=lambda part: not isinstance(part, Number | ProcedureCode))
            join = " " if side_by_side else " AND " if isinstance(node, And) else " OR "
            return join.join(_part(part, node, side_by_side=side_by_side) for part in parts)
        case Not():
            return _excluded(node.part, side_by_side=side_by_side)
        case Everything():
            return ""
        case _:
            return _leaf(node)


def _leaf(node: Words | Phrase | Prefix | Number | ProvisionOf | ProcedureCode | Filter) -> str:
    match node:
        case Phrase():
            return f'"{node.text}"' + (f"~{node.slop}" if node.slop else "")
        case Prefix():
            return f'"{node.text}*"'
        case ProcedureCode():
            return node.code + "*" * node.partial
        case _:
            return node.text


def _part(part: Node, whole: Node, *, side_by_side: bool) -> str:
    text = _formatted(part, side_by_side=side_by_side)
    bracketed = not side_by_side and isinstance(part, And | Or) and type(part) is not type(whole)
    return f"({text})" if bracketed else text


def _excluded(part: Node, *, side_by_side: bool) -> str:
    text = _formatted(part, side_by_side=side_by_side)
    return f"-{text}" if isinstance(part, Phrase | Prefix | Filter) else f"-({text})"
