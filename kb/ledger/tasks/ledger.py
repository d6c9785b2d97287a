"""The task ledger: each task once, with who owes it, how far it is and whether what assigns it still stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from kb.addresses import task_address
from kb.agencies import Agencies, Mention, Tie
from kb.collation import sort_key
from kb.errors import NotFoundError
from kb.ledger.tasks.governing import Foundation, Foundations, Role, Suggest, citations_in, subject_of
from kb.ledger.tasks.progress import Progress, progress_of
from kb.ledger.tasks.sameness import Pair, Sameness, pair_up
from kb.model import Bottleneck, Status, Task, TaskReport, TaskState, Wording
from kb.numbers import number_key
from kb.store import DocumentView, Store


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """A task as the ledger shows it.

    ``task`` is what is known of it in one record; ``told`` every record that is this task. ``exact`` is the document's own
    telling, None where its text is not held; ``sameness`` how sure it is that ours and the document's are one, None where
    there is only one. ``document`` is the one that it was read in, ``assigning`` the one that assigns it.
    """

    task: Task
    told: tuple[Task, ...]
    exact: Task | None
    sameness: Sameness | None
    document: DocumentView | None
    assigning: Foundation
    lead: tuple[Mention, ...]
    coordinating: tuple[Mention, ...]
    progress: Progress
    tie: Tie | None = field(default=None, compare=False)
    role: str = ""

    @property
    def id(self) -> str:
        """Its name in the ledger."""
        return self.task.id

    @property
    def ids(self) -> tuple[str, ...]:
        """Every name that it is held under."""
        return tuple(task.id for task in self.told)

    @property
    def url(self) -> str:
        """Its address."""
        return task_address(self.id)

    @property
    def standing(self) -> Status:
        """Whether the document that assigns it stands on the day."""
        return self.assigning.status

    @property
    def fallen(self) -> bool:
        """Whether the document or clause that assigns it is known to stand no more."""
        return self.assigning.fallen

    @property
    def source_name(self) -> str:
        """How the document that it was read in is named."""
        return self.document.citation if self.document else _named(self.task)


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """A task on one screen: the entry with all that it stands on, by role."""

    entry: TaskEntry
    foundations: tuple[Foundation, ...]

    def of(self, role: Role) -> tuple[Foundation, ...]:
        """The foundations of one role."""
        return tuple(each for each in self.foundations if each.role is role)


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What tasks are asked for; what is empty or None asks for nothing. Days are included on both ends."""

    owner: str = ""
    state: TaskState | None = None
    deadline_from: date | None = None
    deadline_to: date | None = None
    overdue: bool = False
    bottleneck: Bottleneck | None = None
    source: str = ""
    standing: Status | None = None
    fallen: bool = False


class TaskLedger:
    """All tasks of a store as of the day ``on`` (today by default); reads the store once."""

    def __init__(self, store: Store, on: date | None = None) -> None:
        self._store = store
        self.on = on or date.today()  # noqa: DTZ011 - the reader's own day is meant
        self.agencies = Agencies(store)
        self._foundations = Foundations(store, self.on)

    @cached_property
    def entries(self) -> tuple[TaskEntry, ...]:
        """Every task once, in the order of their names."""
        return tuple(sorted(self._entries(), key=lambda entry: sort_key(entry.id)))

    def entry(self, task_id: str) -> TaskEntry:
        """The task held under a name, ours or the document's; raises ``NotFoundError``."""
        if task_id not in self._by_id:
            raise NotFoundError(f"No task is held under {task_id!r}.", "See `dean06 tasks` for their names.")
        return self._by_id[task_id]

    def select(self, wanted: TaskFilter) -> list[TaskEntry]:
        """The tasks that are asked for; each tells why it concerns the owner asked for. Raises ``NotFoundError`` for an owner."""
        kept = [entry for entry in self.entries if _fits(entry, wanted)]
        if not wanted.owner:
            return kept
        asked = self.agencies.find(wanted.owner)
        return [tied for entry in kept if (tied := self._tied(entry, asked.slug)) is not None]

    def detail(self, task_id: str, suggest: Suggest | None = None) -> TaskDetail:
        """A task with all that it stands on; ``suggest`` finds what may govern its subject."""
        entry = self.entry(task_id)
        return TaskDetail(entry, tuple(self._all_foundations(entry, suggest)))

    @cached_property
    def _by_id(self) -> Mapping[str, TaskEntry]:
        return {name: entry for entry in self.entries for name in entry.ids}

    def _entries(self) -> Iterator[TaskEntry]:
        reports: defaultdict[str, list[TaskReport]] = defaultdict(list)
        for report in self._store.task_reports():
            reports[report.task_id].append(report)
        for told in self._told_once():
            names = told.names
            yield self._entry(told, [report for name in names for report in reports[name]])

    def _told_once(self) -> Iterator[_Told]:
        by_document: defaultdict[str, list[Task]] = defaultdict(list)
        for task in self._store.tasks():
            document = self._document(task)
            by_document[document.slug if document else _named(task)].append(task)
        for tasks in by_document.values():
            ours = [task for task in tasks if task.wording is Wording.RESTATED]
            own = [task for task in tasks if task.wording is Wording.VERBATIM]
            pairs = pair_up(ours, own)
            paired = {task.id for pair in pairs for task in (pair.restated, pair.verbatim)}
            yield from map(_Told.twice, pairs)
            yield from (_Told.once(task) for task in tasks if task.id not in paired)

    def _entry(self, told: _Told, reports: Iterable[TaskReport]) -> TaskEntry:
        task = told.task
        issued = task.source.identity.issued
        day = issued.exact if issued else None
        return TaskEntry(
            task=task,
            told=told.all,
            exact=told.exact,
            sameness=told.sameness,
            document=self._document(task),
            assigning=self._assigning(task),
            lead=self.agencies.resolve(task.lead, day) if task.lead else (),
            coordinating=self.agencies.resolve(task.coordinating, day) if task.coordinating else (),
            progress=progress_of(task, reports, self.on),
        )

    def _document(self, task: Task) -> DocumentView | None:
        found = self._foundations.resolve(task.source)
        return found[0] if len(found) == 1 else None

    def _assigning(self, task: Task) -> Foundation:
        """What assigns a task: the document that its list names, else the clause it was read in."""
        if task.assigned_in:
            named = next(citations_in(task.assigned_in), None)
            if named is None:
                return Foundation(Role.ASSIGNED_BY, task.assigned_in)
            return self._foundations.named(Role.ASSIGNED_BY, named[0], task.assigned_in)
        return self._foundations.named(Role.ASSIGNED_BY, task.source, _named(task), task.path)

    def _all_foundations(self, entry: TaskEntry, suggest: Suggest | None) -> Iterator[Foundation]:
        task = entry.task
        yield entry.assigning
        if task.assigned_in:
            yield self._foundations.named(Role.LISTED_IN, task.source, _named(task), task.path)
        yield from self._foundations.cited([telling.summary for telling in reversed(entry.told)])
        if entry.assigning.document:
            yield from self._foundations.bases(entry.assigning.document)
        links = [link for link in self._store.task_links() if link.task_id in entry.ids]
        confirmed = [self._foundations.confirmed(link) for link in links]
        yield from confirmed
        known = {(each.document.slug, each.path) for each in confirmed if each.document}
        own = {each.slug for each in (entry.document, entry.assigning.document) if each}
        for suggestion in suggest(subject_of((entry.exact or task).summary)) if suggest else ():
            found = self._foundations.suggested(suggestion)
            if found and suggestion.slug not in own and (suggestion.slug, suggestion.path) not in known:
                yield found

    def _tied(self, entry: TaskEntry, slug: str) -> TaskEntry | None:
        issued = entry.task.source.identity.issued
        asked, day = self.agencies.agency(slug), issued.exact if issued else None
        ties = [
            (tie, role)
            for role, mentions in (("lead", entry.lead), ("coordinating", entry.coordinating))
            if (tie := self.agencies.tie(asked, mentions, day, self.on)) is not None
        ]
        if not ties:
            return None
        nearest, role = min(ties, key=lambda found: found[0].distance)
        return replace(entry, tie=nearest, role=role)


@dataclass(frozen=True, slots=True)
class _Told:
    """One task with every record that tells it."""

    task: Task
    all: tuple[Task, ...]
    exact: Task | None
    sameness: Sameness | None

    @classmethod
    def once(cls, task: Task) -> _Told:
        return cls(task, (task,), task if task.wording is Wording.VERBATIM else None, None)

    @classmethod
    def twice(cls, pair: Pair) -> _Told:
        return cls(pair.joined, (pair.restated, pair.verbatim), pair.verbatim, pair.sameness)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(task.id for task in self.all)


def count_by_state(entries: Iterable[TaskEntry]) -> dict[TaskState, int]:
    """How many tasks are in each state, the unknown among them: the counts add up to the number of tasks."""
    counts = Counter(entry.progress.state for entry in entries)
    return {state: counts[state] for state in TaskState}


def _named(task: Task) -> str:
    source = task.source
    number = source.identity.number
    return source.wording or (f"{source.identity.type or 'Văn bản'} số {number}" if number else source.title)


def _fits(entry: TaskEntry, wanted: TaskFilter) -> bool:
    deadline, progress = entry.task.deadline, entry.progress
    return (
        (wanted.state is None or progress.state is wanted.state)
        and (wanted.deadline_from is None or (deadline is not None and deadline >= wanted.deadline_from))
        and (wanted.deadline_to is None or (deadline is not None and deadline <= wanted.deadline_to))
        and (not wanted.overdue or progress.overdue)
        and (wanted.bottleneck is None or wanted.bottleneck in progress.bottlenecks)
        and (not wanted.source or _is_from(entry, wanted.source))
        and (wanted.standing is None or entry.standing is wanted.standing)
        and (not wanted.fallen or entry.fallen)
    )


def _is_from(entry: TaskEntry, source: str) -> bool:
    """Whether a task was read in, or is assigned by, the document of this number (in any spelling) or address."""
    documents = [each for each in (entry.document, entry.assigning.document) if each]
    if source in {document.slug for document in documents}:
        return True
    wanted = number_key(source)
    named = (entry.task.source.identity.number, *(document.number for document in documents))
    if any(number_key(number) == wanted for number in named if number):
        return True
    return any(number_key(ref.identity.number) == wanted for ref, _ in citations_in(entry.task.assigned_in))
