"""What an act does to others: each instruction with its targets, and the same as relations.

An amending act says once whom it amends and lets what stands below rest on that: "Điều 1. Sửa đổi, bổ sung một số điều của
Nghị định số …", "3. Sửa đổi, bổ sung một số khoản của Điều 7 như sau:", "a) Sửa đổi khoản 3 như sau:". So the tree is walked
from above with what was said so far. A sentence is an instruction only where its verb orders and names its target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from corpus.parse.amendments_acts import Act, Action, find_acts, lead_end, sentences
from corpus.parse.amendments_phrases import Replacement, find_replacements
from corpus.parse.amendments_statements import QUOTE, Speech, Statement, is_consolidated, read_speech, statement_of
from corpus.parse.effects import Effects, find_effects
from corpus.parse.structure import Structure
from corpus.parse.targets import Home, Mention, Mentions, Target, chosen, completed, targets_of
from kb.citation import ProvisionPath, parse_path
from kb.model import DocumentReference, ObservedRelation, Provenance, ProvisionKind, RelationKind
from kb.text import unwrap

_LONGEST_WORDING = 200


@dataclass(frozen=True, slots=True)
class Instruction:
    """One order of an amending act.

    ``path`` is its place in the act; ``targets`` what it acts on; ``anchor`` the place that new text goes before or behind.
    ``new_text`` are the spans of the quotations with the new wording, ``replacements`` the phrases that change; all
    offsets count in the text of the structure. ``effective`` is its day, None where it is not known; ``wording`` the
    act's own phrase for what it does, ``span`` where the statement stands.
    """

    path: str
    action: Action
    targets: tuple[Target, ...]
    wording: str
    span: tuple[int, int]
    anchor: ProvisionPath | None = None
    new_text: tuple[tuple[int, int], ...] = ()
    replacements: tuple[Replacement, ...] = ()
    effective: date | None = None


def find_amendments(
    structure: Structure, document: DocumentReference, provenance: Provenance
) -> list[ObservedRelation]:
    """Every act on another document or a provision of it, with the places on both sides and the day of effect.

    Never raises; a target whose document the text does not name gives no relation.
    """
    relations = [
        ObservedRelation(
            kind=kind_of(instruction, target),
            subject=document,
            object=target.document,
            provenance=replace(provenance, place=_place(instruction.path)),
            subject_path=instruction.path,
            object_path=target.path,
            effective=instruction.effective,
            wording=instruction.wording,
        )
        for instruction in find_instructions(structure, document)
        for target in instruction.targets
        if target.document is not None
    ]
    return list(dict.fromkeys(relations))


def find_instructions(structure: Structure, document: DocumentReference) -> list[Instruction]:
    """Every instruction of an act, in the order of its text; never raises. A consolidation orders nothing."""
    if is_consolidated(structure) or document.identity.type == "Văn bản hợp nhất":
        return []
    effects = find_effects(structure, document.identity.issued)
    frame = _Frame(Home(_amended_in_title(structure, document)))
    found: list[Instruction] = []
    for speech in read_speech(structure):
        instructions, _ = _read(speech, frame)
        found += [_dated(instruction, effects) for instruction in instructions]
    return found


def kind_of(instruction: Instruction, target: Target) -> RelationKind:
    """The kind of relation to one target: what takes a phrase or an unnamed part out amends, it does not repeal."""
    if instruction.action in {Action.REPEAL, Action.REPLACE, Action.SUSPEND} and (
        instruction.replacements or target.part
    ):
        return RelationKind.AMENDS
    return _KINDS[instruction.action]


_KINDS = {
    Action.AMEND: RelationKind.AMENDS,
    Action.SUPPLEMENT: RelationKind.SUPPLEMENTS,
    Action.REPLACE: RelationKind.REPLACES,
    Action.REPEAL: RelationKind.REPEALS,
    Action.SUSPEND: RelationKind.SUSPENDS,
    Action.CORRECT: RelationKind.CORRECTS,
}


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands above: ``home`` and, for lists without verbs, the ``act`` that announced them with its phrases."""

    home: Home
    act: Instruction | None = None


def _read(speech: Speech, frame: _Frame) -> tuple[list[Instruction], _Frame]:
    """The instructions of a provision and those below, and the frame that what follows within it rests on."""
    own: list[Instruction] = []
    for statement in speech.statements:
        said = list(_instructions(statement, frame))
        opens = _OPENS.search(statement.folded) is not None or statement.is_heading
        if said:
            frame = _frame_after(said[-1], frame, opens=opens)
        own += said
    below = [instruction for child in speech.below for instruction in _read(child, frame)[0]]
    return [*_not_announcements(own, below), *below], frame


_OPENS = re.compile(r":\s*\Z|\b(?:nhu sau|sau day)\s*\W*\Z")


def _frame_after(said: Instruction, frame: _Frame, *, opens: bool) -> _Frame:
    """What the next paragraphs may rest on."""
    documents = list(dict.fromkeys(target.document for target in said.targets))
    document = documents[0] if len(documents) == 1 and documents[0] else frame.home.document
    places = [target.place for target in said.targets if target.place.is_rooted and not target.form]
    place = places[0] if len(places) == 1 and opens else ProvisionPath()
    return _Frame(Home(document, place), said if opens and not said.new_text else None)


def _not_announcements(own: list[Instruction], below: list[Instruction]) -> list[Instruction]:
    """The instructions without those that only announce what follows them: "Sửa đổi một số điều của … như sau:"."""
    kept = []
    for index, instruction in enumerate(own):
        follows = below or any(later.span != instruction.span for later in own[index + 1 :])
        announces = not instruction.new_text and (_is_announcement(instruction) or not instruction.targets)
        if instruction.targets and not (follows and announces):
            kept.append(instruction)
    return kept


def _is_announcement(instruction: Instruction) -> bool:
    return bool(_ANNOUNCES.search(instruction.wording)) or instruction.wording.endswith(":")


_ANNOUNCES = re.compile(r"một số|một phần|(?:như sau|sau đây|sau)\W*$", re.IGNORECASE)


def _instructions(statement: Statement, frame: _Frame) -> Iterator[Instruction]:
    mentions = Mentions.of(statement)
    acts = find_acts(statement)
    found = [_instruction(mentions, act, frame) for act in acts]
    if not acts and frame.act is not None:
        found = [_listed(mentions, start, end, frame, frame.act) for start, end in sentences(statement)]
    yield from _rooted([instruction for instruction in found if instruction is not None])


def _rooted(found: list[Instruction]) -> list[Instruction]:
    """What the first act of a sentence leaves unsaid stands with the last: "Sửa đổi khoản 1, bổ sung khoản 1a Điều 5"."""
    base = next((target for one in reversed(found) for target in one.targets if target.place.is_rooted), None)
    if base is None:
        return found
    return [
        replace(
            one,
            targets=tuple(
                replace(t, place=completed(t.place, base.place), document=t.document or base.document)
                for t in one.targets
            ),
        )
        for one in found
    ]


def _instruction(mentions: Mentions, act: Act, frame: _Frame) -> Instruction | None:
    statement = mentions.statement
    folded = statement.folded
    replacements, quoted_until = find_replacements(statement, act)
    last = act.last
    if not replacements and (instead := _INSTEAD.search(folded, act.first, last)):
        last = instead.start()
    loose = not act.passive and (
        frame.home.document is not None or act.action in {Action.REPEAL, Action.REPLACE, Action.CORRECT}
    )
    named, anchor = _named(mentions, act, last, frame, loose=loose)
    targets = [_partial(target, mentions, act, named) for target in targets_of(named, frame.home)]
    if not targets and not _may_announce(folded, act):
        return None
    if any(target.document is None and not target.place.steps for target in targets):
        return None
    return Instruction(
        statement.path,
        act.action,
        tuple(targets),
        _wording(statement, act, named),
        (statement.start, statement.end),
        anchor,
        _new_text(statement, act, quoted_until, named),
        replacements,
    )


_INSTEAD = re.compile(r"\bbang\b(?!\s(?:van ban|tien|cap|chung chi))")
_ANCHOR = re.compile(
    r"\b(?:vao(?:\s(?:lien\s|ngay\s|tiep\s)?(?:sau|truoc|cuoi|dau|giua))?|(?:ngay\s|tiep\s|lien\s)?(?:sau|truoc))\s(?!day\b|day:|:)"
)


def _named(
    mentions: Mentions, act: Act, last: int, frame: _Frame, *, loose: bool
) -> tuple[list[Mention], ProvisionPath | None]:
    """The mentions that are targets, and for what is added the place that it goes to."""
    folded = mentions.statement.folded
    where = _ANCHOR.search(folded, act.first, last) if act.action is Action.SUPPLEMENT else None
    if where is None:
        return chosen(mentions, act.first, last, loose=loose), None
    added = chosen(mentions, act.first, where.start())
    around = chosen(mentions, where.end(), last, loose=True)
    place = next((place for mention in around for place in mention.places), None)
    if place is None:
        return added or around, None
    document = next((mention.document for mention in around if mention.document), None)
    place = completed(place, frame.home.place)
    if not added or not any(mention.places for mention in added):
        return added or around, place
    return [
        replace(
            mention,
            document=mention.document or document,
            places=tuple(completed(own, place) for own in mention.places),
        )
        for mention in added
    ], place


def _partial(target: Target, mentions: Mentions, act: Act, named: list[Mention]) -> Target:
    """The target, marked as a part where the act takes something out of a document without naming its place."""
    if not target.is_whole or act.action in {Action.AMEND, Action.SUPPLEMENT, Action.CORRECT}:
        return target
    first = min(mention.start for mention in named)
    if _WHOLE.fullmatch(mentions.statement.folded, act.first, first):
        return target
    return replace(target, part="một phần")


_WHOLE = re.compile(
    r"[\s,:]*(?:(?:toan bo|hieu luc|thi hanh|cua|cac|van ban|quy pham phap luat|sau day|sau|nhung|noi dung cua|va|[-+•])[\s,:]*)*(?:(?:\d{1,2}|[a-z]{1,2})[.)]\s*)?"
)


def _may_announce(folded: str, act: Act) -> bool:
    """Whether an act without a target of its own leaves it to what follows: "các văn bản sau đây hết hiệu lực:"."""
    return _OPENS.search(folded) is not None or (act.passive and "sau day" in folded)


def _listed(mentions: Mentions, start: int, end: int, frame: _Frame, announced: Instruction) -> Instruction | None:
    """A line of a list that names targets only; the act stands above it."""
    first = lead_end(mentions.statement.folded, start, end)
    named = chosen(mentions, first, end)
    if not named:
        return None
    act = Act(announced.action, first, first, first, end)
    targets = [_partial(target, mentions, act, named) for target in targets_of(named, frame.home)]
    if any(target.document is None and not target.place.steps for target in targets):
        return None
    statement = mentions.statement
    return replace(
        announced,
        path=statement.path,
        targets=tuple(targets),
        span=(statement.start, statement.end),
        new_text=tuple(statement.quotations),
    )


def _new_text(statement: Statement, act: Act, quoted_until: int, named: list[Mention]) -> tuple[tuple[int, int], ...]:
    """The quotations behind the targets that are no phrases."""
    place = max([act.end, quoted_until, *(mention.end for mention in named)])
    before = statement.text.count(QUOTE, 0, place)
    return statement.quotations[before : before + statement.text.count(QUOTE, place)]


def _wording(statement: Statement, act: Act, named: list[Mention]) -> str:
    """The act's own phrase: of an active verb up to its first target, of a passive one to the end of the sentence."""
    if act.passive:
        end = next((stop for start, stop in sentences(statement) if start <= act.start < stop), len(statement.text))
    else:
        end = min([mention.start for mention in named], default=act.last)
    return unwrap(statement.text[act.start : end].replace(QUOTE, "“…”"))[:_LONGEST_WORDING].strip(" ,;.")


def _dated(instruction: Instruction, effects: Effects) -> Instruction:
    own = next(
        (
            one.day
            for one in effects.ending
            if one.span == instruction.span and one.path == instruction.path and one.day
        ),
        None,
    )
    return replace(instruction, effective=own or effects.day_of(instruction.path))


def _amended_in_title(structure: Structure, document: DocumentReference) -> DocumentReference | None:
    """The one document that the act amends by its title or the last words before its first article."""
    preamble = next((root.text for root in structure.roots if root.kind is ProvisionKind.PREAMBLE), "")
    for words in (document.title, *_titles_in(preamble)):
        statement = statement_of(words)
        mentions = Mentions.of(statement)
        for act in find_acts(statement)[:1]:
            documents = [target.document for target in targets_of(chosen(mentions, act.first, act.last), Home())]
            if len(documents) == 1 and documents[0] is not None:
                return documents[0]
    return None


_TITLE = re.compile(
    r"ban\s+hành\s+(?:Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư(?: liên tịch)?|Quyết định)\s+((?:sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|thay\s+thế|đính\s+chính)\b.{0,1200})\Z",
    re.DOTALL,
)


def _titles_in(preamble: str) -> Iterator[str]:
    """The words of an act about itself at the end of its head: "… ban hành Thông tư sửa đổi, bổ sung một số điều của …"."""
    tail = preamble.rstrip()[-1500:]
    if match := _TITLE.search(tail):
        yield match[1]


def _place(path: str) -> str:
    place = parse_path(path)
    return place.label if place else path
