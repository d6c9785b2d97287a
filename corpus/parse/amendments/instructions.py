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

from corpus.parse.amendments.acts import Act, Action, find_acts, lead_end, sentences
from corpus.parse.amendments.phrases import Replacement, find_replacements
from corpus.parse.amendments.statements import QUOTE, Speech, Statement, is_consolidated, read_speech, statement_of
from corpus.parse.amendments.targets import Home, Mention, Mentions, Target, chosen, completed, shared_place, targets_of
from corpus.parse.effects import Effects, find_effects
from corpus.parse.structure import Structure
from kb.citation import ProvisionPath, parse_path
from kb.model import DocumentReference, ObservedRelation, Provenance, ProvisionKind, RelationKind
from kb.text import unwrap

_LONGEST_WORDING = 200
_EDGES = " ,;.:/"


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
        found += [_dated(said.instruction, effects) for said in _read(speech, frame)]
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


def _read(speech: Speech, frame: _Frame) -> list[_Said]:
    """The instructions of a provision and those below, each with whether it opens what follows it."""
    own: list[_Said] = []
    for statement in speech.statements:
        opens = _OPENS.search(statement.folded) is not None or statement.is_heading
        said = [_Said(one, opens, statement.is_heading) for one in _instructions(statement, frame)]
        if said:
            frame = _frame_after(said[-1], frame)
        own += said
    below = [said for child in speech.below for said in _read(child, frame)]
    return [said for index, said in enumerate(own) if not _announces(said, [*own[index + 1 :], *below])] + below


_OPENS = re.compile(r":\s*\Z|\b(?:nhu sau|sau day)\s*\W*\Z")


@dataclass(frozen=True, slots=True)
class _Said:
    """An instruction as it stands in its paragraph, which may end with a colon (``opens``) or be the heading of an article."""

    instruction: Instruction
    opens: bool
    is_heading: bool


def _frame_after(said: _Said, frame: _Frame) -> _Frame:
    """What the next paragraphs may rest on."""
    instruction, home = said.instruction, frame.home
    documents = list(dict.fromkeys(target.document for target in instruction.targets))
    document = documents[0] if len(documents) == 1 and documents[0] else home.document
    places = [target.place for target in instruction.targets if target.place.steps]
    opened = said.opens and not instruction.new_text
    if opened:
        return _Frame(Home(document, shared_place(places) if places else ProvisionPath()), instruction)
    stays = document == home.document and all(_is_within(place, home.place) for place in places)
    return _Frame(Home(document, home.place if stays else ProvisionPath()), None)


def _is_within(place: ProvisionPath, home: ProvisionPath) -> bool:
    return f"{place.path}.".startswith(f"{home.path}.")


def _announces(said: _Said, later: list[_Said]) -> bool:
    """Whether an instruction only announces those that follow: "Sửa đổi một số khoản của Điều 7 như sau:"."""
    instruction = said.instruction
    if not instruction.targets:
        return True
    if instruction.new_text or not said.opens:
        return _SOME.search(instruction.wording) is not None and not said.opens and not _is_exact(instruction)
    others = [other for other in later if other.instruction.span != instruction.span]
    if said.is_heading or _SOME.search(instruction.wording):
        return bool(others)
    return any(_is_part(other.instruction, instruction) for other in others)


_SOME = re.compile(r"\bmột (?:số|phần)\b", re.IGNORECASE)


def _is_exact(instruction: Instruction) -> bool:
    return all(target.path for target in instruction.targets)


def _is_part(other: Instruction, instruction: Instruction) -> bool:
    """Whether all that another acts on lies within what an instruction names."""
    return all(
        target.document == mine.document and (not mine.path or f"{target.path}.".startswith(f"{mine.path}."))
        for target in other.targets
        for mine in [
            next(
                (one for one in instruction.targets if f"{target.path}.".startswith(f"{one.path}.")),
                instruction.targets[0],
            )
        ]
    )


def _instructions(statement: Statement, frame: _Frame) -> Iterator[Instruction]:
    """Those of one paragraph: of its verbs, and of the lists that stand behind one or under one above."""
    mentions = Mentions.of(statement)
    found: list[Instruction] = []
    announced = frame.act
    before: list[tuple[int, int]] = []
    for start, end in sentences(statement):
        acts = [act for act in find_acts(statement) if start <= act.start < end]
        said = [one for act in acts if (one := _instruction(mentions, act, frame)) is not None]
        said = [one for one in said if one.targets] or said[:1]
        if said and acts[0].passive:  # "A; B hết hiệu lực": what ends stands in the sentences before as well
            said = [*(one for span in before if (one := _listed(mentions, *span, frame, said[0]))), *said]
        before = [] if acts else [*before, (start, end)]
        if found and _SPARED.match(statement.folded, start, end):
            found[-1] = _except(found[-1], statement.text[start:end])
        elif not acts and announced is not None and (listed := _listed(mentions, start, end, frame, announced)):
            said = [listed]
        elif acts:
            announced = _announcing(said[-1], statement, start, end) if said else frame.act
        found += said
    yield from _rooted(found)


_SPARED = re.compile(r"\W*(?:rieng|tru)\b")


def _except(instruction: Instruction, words: str) -> Instruction:
    """An instruction with what the next sentence leaves out of it: "riêng quy định tại … tiếp tục thực hiện đến …"."""
    return replace(
        instruction, wording=f"{instruction.wording.strip(_EDGES)}; {unwrap(words)}"[:_LONGEST_WORDING].strip(_EDGES)
    )


def _announcing(instruction: Instruction, statement: Statement, start: int, end: int) -> Instruction | None:
    """The instruction that the next sentences of its paragraph go on with, if they may.

    The title of an act that amends several documents names them behind semicolons as well.
    """
    sentence = statement.folded[start:end]
    is_list = re.search(r"\bsau(?: day)?\b[^:]{0,40}:", sentence) is not None
    if _TITLE_OF_AMENDING.search(sentence) and not is_list:
        return None
    return replace(instruction, new_text=(), replacements=())


_TITLE_OF_AMENDING = re.compile(r"\w\s(?:sua doi|bo sung)[\w\s,]{0,40}\bcua\b")


def _rooted(found: list[Instruction]) -> list[Instruction]:
    """What the first act of a sentence leaves unsaid stands with the last: "Sửa đổi khoản 1, bổ sung khoản 1a Điều 5"."""
    base = next((target for one in reversed(found) for target in one.targets if target.place.is_rooted), None)
    return [replace(one, targets=tuple(_complete(target, base) for target in one.targets)) for one in found]


def _complete(target: Target, base: Target | None) -> Target:
    """A target in its whole place; one whose place stays unknown is a part of the document, never a wrong address."""
    document = target.document or (base.document if base else None)
    place = completed(target.place, base.place) if base else target.place
    if place.steps and not place.is_rooted:
        return replace(target, document=document, place=ProvisionPath(), part="một phần")
    return replace(target, document=document, place=place)


def _instruction(mentions: Mentions, act: Act, frame: _Frame) -> Instruction | None:
    statement = mentions.statement
    folded = statement.folded
    replacements, quoted_until = find_replacements(statement, act)
    last = act.last
    if not replacements and (instead := _INSTEAD.search(folded, act.first, last)):
        last = instead.start()
    loose = frame.home.document is not None or act.action in {Action.REPEAL, Action.REPLACE, Action.CORRECT}
    named, anchor = _named(mentions, act, last, frame, loose=loose)
    if not named and act.passive:
        named = _behind_colon(mentions, act)
    targets = [_partial(target, mentions, act, named) for target in targets_of(named, frame.home)]
    if not targets and not (statement.is_heading or _may_announce(folded, act)):
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


def _behind_colon(mentions: Mentions, act: Act) -> list[Mention]:
    """What "các quy định sau đây hết hiệu lực: …" names in its own sentence."""
    colon = mentions.statement.folded.find(":", act.end)
    end = next((stop for start, stop in sentences(mentions.statement) if start <= act.start < stop), 0)
    return chosen(mentions, colon + 1, end) if 0 <= colon < end else []


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
    stands_beside = around[0].start == where.end() and _BESIDE.match(folded, where.start()) is not None
    if not added and not around[0].forms and stands_beside:  # what is added could not be read
        return [replace(around[0], places=(_above(place),), document=document)], place
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


_BESIDE = re.compile(r"(?:vao\s)?(?:lien\s|ngay\s|tiep\s)?(?:sau|truoc)\s(?!cum\b|tu\b|noi dung\b)")


def _above(place: ProvisionPath) -> ProvisionPath:
    """The provision that holds a place, itself where it is the widest."""
    levels = [level for level, _ in place.steps]
    return place.up_to(levels[-2]) if len(levels) > 1 else place


def _partial(target: Target, mentions: Mentions, act: Act, named: list[Mention]) -> Target:
    """The target, marked as a part where the act takes something out of a document without naming its place."""
    if not target.is_whole or act.action in {Action.AMEND, Action.SUPPLEMENT, Action.CORRECT}:
        return target
    first = min(mention.start for mention in named)
    start = first if act.passive and first > act.end else act.first
    if _WHOLE.fullmatch(mentions.statement.folded, start, first):
        return target
    return replace(target, part="một phần")


_WHOLE = re.compile(
    r"[\s,:]*(?:(?:toan bo|luat|bo luat|phap lenh|nghi quyet|nghi dinh|quyet dinh|thong tu|lien tich|chi thi|hieu luc|thi hanh|cua|cac|van ban|quy pham phap luat|sau day|sau|nhung|noi dung cua|va|[-+•])[\s,:]*)*(?:(?:\d{1,2}|[a-z]{1,2})[.)]\s*)?"
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
        wording=_ANNOUNCED.sub("", announced.wording),
        span=(statement.start, statement.end),
        new_text=tuple(statement.quotations),
    )


# "Bãi bỏ toàn bộ một số văn bản": of each that the list names the act says "Bãi bỏ toàn bộ".
_ANNOUNCED = re.compile(r"(?<=\w)\s+(?:một số|các|những)\s(?:văn bản|nghị|thông tư|quyết định|luật).*\Z", re.IGNORECASE)


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
    return unwrap(statement.text[act.start : end].replace(QUOTE, "“…”"))[:_LONGEST_WORDING].strip(_EDGES)


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
