"""Reading texts: the editions of a document, its contents, one provision with all that is below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from kb.errors import NotFoundError
from kb.model import EditionKind, Provision, ProvisionKind
from kb.store.codec import read_provenance
from kb.store.reading import document_id, one_document
from kb.store.tables import clause, edition, import_run, provenance, provision
from kb.store.texts import Span, Unit, tree
from kb.store.views import ArticleView, ContentsEntry, EditionView

# The text with its amendments is asked for first; the one as issued stands beside it.
_FIRST_SHOWN = (EditionKind.CODIFIED, EditionKind.CONSOLIDATED, EditionKind.ORIGINAL, EditionKind.UNSTATED)

Clauses = Mapping[int, list[tuple[str, int, int]]]
"""What lies within units, by the id of the unit: (path below it, start, stop) of each."""


def editions_of(connection: Connection, number: int) -> list[tuple[int, EditionView]]:
    """(id, edition) of a document by its id, the one shown by default first; those without any text left are gone."""
    articles = func.count().filter(provision.c.kind == ProvisionKind.ARTICLE.value).label("articles")
    counted = (
        select(provision.c.edition_id, articles)
        .where(provision.c.until_import.is_(None))
        .where(provision.c.edition_id.in_(select(edition.c.id).where(edition.c.document_id == number)))
        .group_by(provision.c.edition_id)
        .subquery()
    )
    rows = connection.execute(
        select(
            edition.c.id,
            edition.c.name.label("edition"),
            edition.c.kind,
            edition.c.source.label("edition_source"),
            edition.c.complete,
            counted.c.articles,
            import_run.c.started,
            *(column.label(f"seen_{column.name}") for column in provenance.c),
        )
        .join(counted, counted.c.edition_id == edition.c.id)
        .join(import_run, import_run.c.id == edition.c.since_import)
        .join(provenance, provenance.c.id == edition.c.provenance_id)
    ).mappings()
    found = [(row["id"], _edition(row)) for row in rows]
    return sorted(found, key=lambda pair: (_FIRST_SHOWN.index(pair[1].kind), pair[0]))


def contents_of(connection: Connection, slug: str, name: str) -> tuple[ContentsEntry, ...]:
    """The headings and units of an edition as a tree; empty where no text is held. Raises ``NotFoundError``."""
    found = editions_of(connection, document_id(connection, slug))
    if not found and not name:
        return ()
    number, _ = _named(found, slug, name) if name else found[0]
    columns = provision.c
    rows = connection.execute(
        select(columns.kind, columns.label, columns.path, columns.heading, columns.parent_path)
        .where(columns.edition_id == number, columns.until_import.is_(None))
        .order_by(columns.ordering)
    ).mappings()
    below: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in rows:
        below[row["parent_path"]].append(row)
    return _entries(below, "")


def text_of(connection: Connection, slug: str, name: str) -> tuple[Provision, ...]:
    """The whole of an edition as its roots in order, in two queries; empty where no text is held. Raises ``NotFoundError``."""
    found = editions_of(connection, document_id(connection, slug))
    if not found and not name:
        return ()
    number, _ = _named(found, slug, name) if name else found[0]
    held = (provision.c.edition_id == number, provision.c.until_import.is_(None))
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    within = select(clause).join(provision, provision.c.id == clause.c.provision_id).where(*held)
    for row in connection.execute(within.order_by(clause.c.provision_id, clause.c.position)).mappings():
        spans[row["provision_id"]].append(_span(row))
    below: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(select(provision).where(*held).order_by(provision.c.ordering)).mappings():
        below[row["parent_path"]].append(row)
    return _roots(below, spans, "")


def _roots(
    below: Mapping[str, list[RowMapping]], spans: Mapping[int, list[Span]], parent: str
) -> tuple[Provision, ...]:
    roots = []
    for row in below.get(parent, ()):
        unit = tree(Unit(**_head(row), spans=tuple(spans.get(row["id"], ()))))
        children = _roots(below, spans, row["path"])
        roots.append(replace(unit, children=children) if children else unit)
    return tuple(roots)


def article_of(connection: Connection, slug: str, path: str, name: str) -> ArticleView:
    """A provision with all that is below it; for a khoản or điểm its unit, with the place.

    ``path`` may name the edition (``dieu-5@original``). Raises ``NotFoundError``.
    """
    shown = one_document(connection, slug)
    path, _, suffix = path.partition("@")
    found = editions_of(connection, document_id(connection, slug))
    if name or suffix:
        found = [_named(found, slug, name or suffix)]
    holding = [(number, view, row) for number, view in found if (row := _unit_row(connection, number, path))]
    if not holding:
        raise NotFoundError(f"{shown.citation} holds no provision {path!r}.", "See its table of contents.")
    number, view, row = holding[0]
    provision_tree = tree_of(connection, row, number)
    place = path if path != row["path"] else ""
    if place and all(part.path != place for part in provision_tree.walk()):
        raise NotFoundError(f"{shown.citation} holds no provision {path!r}.", "See the article it would stand in.")
    previous, following = _neighbours(connection, number, row)
    return ArticleView(
        document=shown,
        edition=view,
        provision=provision_tree,
        provenance=read_provenance(row, "seen_"),
        place=place,
        containers=_containers(connection, number, row["parent_path"]),
        previous=previous,
        next=following,
        editions=tuple(other.name for _, other, _ in holding),
        effective=row["effective"],
        source_code=row["source_code"],
        subject=row["subject"],
        note=row["note"],
    )


def tree_of(connection: Connection, row: RowMapping, edition_id: int) -> Provision:
    """The tree of a stored unit; of a heading with all that stands under it."""
    whole = tree(Unit(**_head(row), spans=_spans(connection, row["id"])))
    columns = provision.c
    below = connection.execute(
        select(provision)
        .where(columns.edition_id == edition_id, columns.until_import.is_(None), columns.parent_path == row["path"])
        .order_by(columns.ordering)
    ).mappings()
    children = tuple(tree_of(connection, child, edition_id) for child in below.all())
    if not children:
        return whole
    return Provision(whole.kind, whole.label, whole.path, whole.heading, whole.text, children)


def _edition(row: RowMapping) -> EditionView:
    return EditionView(
        name=row["edition"],
        kind=EditionKind(row["kind"]),
        source=row["edition_source"],
        provenance=read_provenance(row, "seen_"),
        complete=row["complete"],
        articles=row["articles"],
        since=row["started"].date(),
    )


def _named(found: list[tuple[int, EditionView]], slug: str, name: str) -> tuple[int, EditionView]:
    for number, view in found:
        if view.name == name:
            return number, view
    names = ", ".join(view.name for _, view in found) or "none"
    raise NotFoundError(f"{slug} has no edition {name!r}.", f"Editions held: {names}.")


def _entries(below: Mapping[str, list[RowMapping]], parent: str) -> tuple[ContentsEntry, ...]:
    return tuple(
        ContentsEntry(
            ProvisionKind(row["kind"]),
            row["label"],
            row["path"],
            row["heading"],
            _entries(below, row["path"]) if row["path"] in below else (),
        )
        for row in below.get(parent, ())
    )


def _unit_row(connection: Connection, edition_id: int, path: str) -> RowMapping | None:
    """The stored unit of a path: itself, or the nearest one above it."""
    steps = path.split(".")
    for count in range(len(steps), 0, -1):
        row = (
            connection.execute(
                select(provision, *(column.label(f"seen_{column.name}") for column in provenance.c))
                .join(provenance, provenance.c.id == provision.c.provenance_id)
                .where(
                    provision.c.edition_id == edition_id,
                    provision.c.path == ".".join(steps[:count]),
                    provision.c.until_import.is_(None),
                )
            )
            .mappings()
            .first()
        )
        if row is not None:
            return row
    return None


def _head(row: RowMapping) -> dict[str, Any]:
    names = ("label", "path", "parent_path", "heading", "text")
    return {"kind": ProvisionKind(row["kind"]), **{name: row[name] for name in names}}


def _spans(connection: Connection, provision_id: int) -> tuple[Span, ...]:
    rows = connection.execute(
        select(clause).where(clause.c.provision_id == provision_id).order_by(clause.c.position)
    ).mappings()
    return tuple(map(_span, rows))


def _span(row: RowMapping) -> Span:
    names = ("depth", "label", "path", "heading", "start", "stop")
    return Span(kind=ProvisionKind(row["kind"]), **{name: row[name] for name in names})


def _containers(connection: Connection, edition_id: int, path: str) -> tuple[ContentsEntry, ...]:
    """The headings above, outermost first."""
    above: list[ContentsEntry] = []
    columns = provision.c
    while path:
        row = connection.execute(
            select(columns.kind, columns.label, columns.path, columns.heading, columns.parent_path).where(
                columns.edition_id == edition_id, columns.path == path, columns.until_import.is_(None)
            )
        ).one()
        above.append(ContentsEntry(ProvisionKind(row.kind), row.label, row.path, row.heading))
        path = row.parent_path
    return tuple(reversed(above))


def _neighbours(connection: Connection, edition_id: int, row: RowMapping) -> tuple[str, str]:
    """The paths of the units of the same kind before and after; empty at the ends."""
    columns = provision.c
    same = (
        select(columns.path)
        .where(columns.edition_id == edition_id, columns.until_import.is_(None), columns.kind == row["kind"])
        .limit(1)
    )
    before = same.where(columns.ordering < row["ordering"]).order_by(columns.ordering.desc())
    after = same.where(columns.ordering > row["ordering"]).order_by(columns.ordering)
    return connection.execute(before).scalar() or "", connection.execute(after).scalar() or ""


def clauses_within(connection: Connection, edition_id: int) -> Clauses:
    """The khoản, điểm and items of an edition by the id of the unit they lie in, in order."""
    columns = clause.c
    rows = connection.execute(
        select(columns.provision_id, columns.path, columns.start, columns.stop)
        .join(provision, provision.c.id == columns.provision_id)
        .where(provision.c.edition_id == edition_id, provision.c.until_import.is_(None))
        .order_by(columns.provision_id, columns.position)
    )
    within: defaultdict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for number, path, start, stop in rows:
        within[number].append((path, start, stop))
    return within


def walk_units(connection: Connection, edition_id: int) -> Iterator[RowMapping]:
    """The stored units and headings of an edition, in order."""
    columns = provision.c
    yield from connection.execute(
        select(provision)
        .where(columns.edition_id == edition_id, columns.until_import.is_(None))
        .order_by(columns.ordering)
    ).mappings()
