"""Agencies over time: who is meant by a name in a text, and who took over from whom.

Names are read as the texts print them: in full, abbreviated, by the head of the agency ("Bộ trưởng Bộ Công an"), in lists and in
groups ("Các bộ, cơ quan ngang bộ" is each of them on the day of the document). A name that no record bears stays as printed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from kb._agency_names import Group, Named, Names, group_of, is_head_of, opens_group, pieces
from kb.collation import sort_key
from kb.errors import NotFoundError
from kb.model import Agency, AgencyLevel, Succession
from kb.text import canonical

MINISTERIAL = frozenset(
    {
        "van-phong-chinh-phu",
        "thanh-tra-chinh-phu",
        "ngan-hang-nha-nuoc-viet-nam",
        "uy-ban-dan-toc",
        "uy-ban-the-duc-the-thao",
    }
)
"""Cơ quan ngang bộ: those of Nghị quyết 176/2025/QH15, and of the structures before it those that the register knows."""


class _Source(Protocol):
    def agencies(self) -> tuple[Agency, ...]: ...

    def successions(self) -> tuple[Succession, ...]: ...


@dataclass(frozen=True, slots=True)
class Mention:
    """An item of a list of agencies: ``wording`` as printed, ``agencies`` the records that it means, none where unknown.

    ``group`` tells that it names a group, of which ``agencies`` are the members on the day; ``narrowed`` are the words that
    leave open which members are meant ("có liên quan"): then ``agencies`` is empty.
    """

    wording: str
    agencies: tuple[Agency, ...] = ()
    group: bool = False
    narrowed: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """How the work of one agency came to another: the successions in order, and ``agency`` where it came to (or from)."""

    agency: Agency
    steps: tuple[Succession, ...]

    @property
    def part(self) -> str:
        """What passed, where it was not all; empty where all did."""
        return "; ".join(step.part for step in self.steps if step.part)

    @property
    def since(self) -> date | None:
        """The day of the last step, None where a step has no known day."""
        days = [step.on for step in self.steps if step.on]
        return max(days) if len(days) == len(self.steps) else None


class TieKind(StrEnum):
    """How an agency that is asked for comes to a name in a text."""

    OWN = "own"
    GROUP = "group"
    PREDECESSOR = "predecessor"
    SUCCESSOR = "successor"
    PART = "part"

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _TIE_LABELS[self]


_TIE_LABELS = {
    TieKind.OWN: "được nêu tên",
    TieKind.GROUP: "thuộc nhóm được nêu",
    TieKind.PREDECESSOR: "kế thừa cơ quan được nêu tên",
    TieKind.SUCCESSOR: "cơ quan được nêu tên là cơ quan kế thừa",
    TieKind.PART: "kế thừa một phần nhiệm vụ của cơ quan được nêu tên",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """Why a text concerns an agency: ``mention`` is the item, ``agency`` the record it means, ``steps`` what lies between."""

    kind: TieKind
    mention: Mention
    agency: Agency
    steps: tuple[Succession, ...] = ()

    @property
    def part(self) -> str:
        """What passed, where it was not all."""
        return Passage(self.agency, self.steps).part

    @property
    def distance(self) -> tuple[bool, int]:
        """The less the nearer: a name says more than a group; the agency itself more than one that it came from."""
        return self.mention.group, list(TieKind).index(self.kind)


class Agencies:
    """The agencies of a store; reads it once."""

    def __init__(self, store: _Source) -> None:
        self._records: dict[str, Agency] = {}
        everyone = store.agencies()
        for agency in everyone:
            self._records.setdefault(agency.slug, agency)
        self._names = Names(everyone)
        self._after: defaultdict[str, list[Succession]] = defaultdict(list)
        self._before: defaultdict[str, list[Succession]] = defaultdict(list)
        self._followed: dict[tuple[str, bool, date], tuple[Passage, ...]] = {}
        for succession in store.successions():
            self._after[succession.predecessor].append(succession)
            self._before[succession.successor].append(succession)

    def agency(self, slug: str) -> Agency:
        """One agency; raises ``NotFoundError``."""
        if slug not in self._records:
            raise NotFoundError(f"No agency is held under {slug!r}.", "Ask by a name that documents print.")
        return self._records[slug]

    @cached_property
    def all(self) -> tuple[Agency, ...]:
        """All agencies in Vietnamese order."""
        return tuple(sorted(self._records.values(), key=lambda agency: sort_key(agency.name)))

    def find(self, asked: str) -> Agency:
        """The agency that a person asks for by slug, name, abbreviation or a part of the name.

        Raises ``NotFoundError`` where the words fit none, or several: it names them.
        """
        if asked in self._records:
            return self._records[asked]
        found = self._names.exactly(asked) or self._names.containing(asked)
        if len(found) > 1:
            found = self._holding(found) or found
        if len(found) != 1:
            fitting = "; ".join(self._records[slug].name for slug in found[:10])
            raise NotFoundError(
                f"{asked!r} fits {'several agencies' if found else 'no agency'}.",
                f"Say which: {fitting}." if found else "Give a name as documents print it: Bộ Công an.",
            )
        return self._records[found[0]]

    def resolve(self, wording: str, on: date | None = None) -> tuple[Mention, ...]:
        """The items of a list of agencies as a document of the day ``on`` prints it (today where it has none)."""
        text = canonical(wording)
        names = list(self._names.find(text))
        found: list[Mention] = []
        run: list[_GroupItem] = []
        for start, end in pieces(text, names):
            piece = text[start:end].strip(" ,;.")
            mention = self._named(text, start, end, names, on)
            group = None if mention else group_of(piece)
            if group is None or opens_group(piece):
                found.extend(self._groups(run, on, listed=mention is not None and ":" in mention.wording))
                run = []
            if group is None:
                found.append(mention or Mention(piece))
            else:
                run.append((piece, *group))
        found.extend(self._groups(run, on))
        return tuple(found)

    def successors(self, slug: str, on: date | None = None) -> tuple[Passage, ...]:
        """Who has taken over the work of an agency up to a day (today by default): in whole first, then in part."""
        return self._passages(slug, on or _today(), forward=True)

    def predecessors(self, slug: str, on: date | None = None) -> tuple[Passage, ...]:
        """Whose work an agency has taken over up to a day (today by default): in whole first, then in part."""
        return self._passages(slug, on or _today(), forward=False)

    def tie(
        self, asked: Agency, mentions: Iterable[Mention], on: date | None = None, today: date | None = None
    ) -> Tie | None:
        """Why what a document of the day ``on`` assigns to ``mentions`` concerns the agency asked for; None if it does not.

        What was assigned to a predecessor before it passed concerns the successor, as a part only where only a part passed;
        one who asks under an old name is shown, too, what the successor in whole was given since.
        """
        ties = (
            tie
            for mention in mentions
            for agency in mention.agencies
            for tie in self._ties(asked, mention, agency, on, today)
        )
        return min(ties, key=lambda tie: tie.distance, default=None)

    def _ties(
        self, asked: Agency, mention: Mention, agency: Agency, on: date | None, today: date | None
    ) -> Iterator[Tie]:
        if agency.slug == asked.slug:
            yield Tie(TieKind.GROUP if mention.group else TieKind.OWN, mention, agency)
            return
        for passage in self.predecessors(asked.slug, today):
            if passage.agency.slug == agency.slug:
                if not passage.part:
                    yield Tie(TieKind.PREDECESSOR, mention, agency, passage.steps)
                elif _was_before(on, passage.steps[0].on):
                    yield Tie(TieKind.PART, mention, agency, passage.steps)
        for passage in self.successors(asked.slug, today):
            if passage.agency.slug == agency.slug and not passage.part and not _was_before(on, passage.since):
                yield Tie(TieKind.SUCCESSOR, mention, agency, passage.steps)

    def _passages(self, slug: str, day: date, *, forward: bool) -> tuple[Passage, ...]:
        key = (slug, forward, day)
        if key not in self._followed:
            found = self._follow(slug, day, self._after if forward else self._before, forward=forward)
            ordered = sorted(found.values(), key=lambda passage: (bool(passage.part), len(passage.steps)))
            self._followed[key] = tuple(ordered)
        return self._followed[key]

    def _follow(
        self, slug: str, day: date, steps_of: dict[str, list[Succession]], *, forward: bool
    ) -> dict[str, Passage]:
        """All that can be reached over successions up to a day, each in whole where that is so, then by the shortest way."""
        found: dict[str, Passage] = {}
        waiting: deque[tuple[str, tuple[Succession, ...]]] = deque([(slug, ())])
        while waiting:
            here, steps = waiting.popleft()
            for step in sorted(steps_of.get(here, ()), key=lambda step: bool(step.part)):
                there = step.successor if forward else step.predecessor
                if (step.on and step.on > day) or there == slug or there not in self._records:
                    continue
                passage = Passage(self._records[there], (*steps, step) if forward else (step, *steps))
                if there not in found or (found[there].part and not passage.part):
                    found[there] = passage
                    waiting.append((there, passage.steps))
        return found

    def _named(self, text: str, start: int, end: int, names: Iterable[Named], on: date | None) -> Mention | None:
        for name in names:
            if not (start <= name.start and name.end <= end):
                continue
            agency = self._bearer(name.slugs, on)
            if agency and is_head_of(
                text[start : name.start], text[name.end : end], own_units=bool(_groups_of(agency) & _MINISTRIES)
            ):
                return Mention(text[start:end].strip(" ,;."), (agency,))
        piece = text[start:end].strip(" ,;.")
        plain = self._bearer(self._names.exactly(piece), on) if piece.isascii() else None
        return Mention(piece, (plain,)) if plain else None

    def _bearer(self, slugs: tuple[str, ...], on: date | None) -> Agency | None:
        """The one that bears a name on a day; a city of that name within a province bore it before the province did."""
        borne = [self._records[slug] for slug in slugs if not _too_early(self._records[slug], on)]
        holding = [agency for agency in borne if _holds(agency, on or _today())]
        fitting = holding if len(holding) == 1 else borne
        return fitting[0] if len(fitting) == 1 else None

    def _holding(self, slugs: Iterable[str]) -> tuple[str, ...]:
        return tuple(slug for slug in slugs if _holds(self._records[slug], _today()))

    def _groups(self, run: list[_GroupItem], on: date | None, *, listed: bool = False) -> Iterator[Mention]:
        """Groups that stand side by side are one mention: words that narrow the last narrow them all.

        ``listed`` tells that the names of those meant follow. "Cơ quan, tổ chức khác" are others besides: they narrow nothing.
        """
        if not run:
            return
        wording = ", ".join(piece for piece, _, _ in run)
        narrowing = [rest for _, group, rest in run if rest and not (group is Group.OTHER and rest.startswith("khác"))]
        narrowed = "nêu tên sau đó" if listed else (narrowing[-1] if narrowing else "")
        groups = {group for _, group, _ in run}
        if Group.MINISTERIAL in groups and Group.OTHER in groups and Group.MINISTRIES not in groups:
            groups.discard(Group.MINISTERIAL)  # "sở, ban, ngành" are those of a province
        members = () if narrowed else self._members(groups, on or _today())
        yield Mention(wording, members, group=True, narrowed=narrowed)

    def _members(self, groups: set[Group], day: date) -> tuple[Agency, ...]:
        """Those of the groups that held on a day; of a level that had ended, the record that stands for it."""
        everyone = [agency for agency in self.all if groups & _groups_of(agency)]
        return tuple([agency for agency in everyone if _holds(agency, day)] or everyone)


_GroupItem = tuple[str, Group, str]  # as printed, the group, what narrows it
_MINISTRIES = frozenset({Group.MINISTRIES, Group.MINISTERIAL})


def _groups_of(agency: Agency) -> set[Group]:
    if agency.level is AgencyLevel.PROVINCE:
        return {
            Group.ALL_LEVELS,
            Group.PROVINCES,
            Group.TOWNS if " thành phố " in agency.name else Group.RURAL_PROVINCES,
        }
    if agency.level is AgencyLevel.DISTRICT:
        return {Group.ALL_LEVELS, Group.DISTRICTS}
    if agency.level is AgencyLevel.COMMUNE:
        return {Group.ALL_LEVELS, Group.COMMUNES}
    if agency.slug in MINISTERIAL:
        return {Group.MINISTERIAL}
    return {Group.MINISTRIES} if agency.name.startswith("Bộ ") else set()


def _holds(agency: Agency, day: date) -> bool:
    return (agency.held_from or date.min) <= day <= (agency.held_to or date.max)


def _too_early(agency: Agency, on: date | None) -> bool:
    return bool(agency.level is AgencyLevel.PROVINCE and on and agency.held_from and on < agency.held_from)


def _was_before(on: date | None, day: date | None) -> bool:
    return on is None or day is None or on < day


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the reader's own day is meant
