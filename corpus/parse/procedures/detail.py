"""A procedure from the portal's JSON (``get-formality-by-citizen``).

Keys may be absent, lists may be empty, ``required`` is false everywhere, and notes stand among the papers of a dossier with
no number of copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from corpus.parse.procedures.bases import each_once, legal_basis, numbers_of
from corpus.parse.procedures.fees import fee_of
from corpus.parse.procedures.values import (
    NotAProcedureError,
    channel_of,
    code_of,
    count_of,
    lines_of,
    number_of,
    objects_in,
    one_line,
    portal_page,
    seen_on_portal,
    split_names,
    text_of,
    time_of,
    unique,
    vietnamese_day,
)
from kb.model import Component, DossierCase, Fee, Form, Method, Procedure, ProcedureParts, Provenance

_Json = Mapping[str, object]

_LEVELS = (
    ("isMinistry", "Cấp bộ"),
    ("isProvince", "Cấp tỉnh"),
    ("isWard", "Cấp xã"),
    ("isOtherAgency", "Cơ quan khác"),
)
_KINDS = {"ASSIGNED_REGULATION": "TTHC được giao luật quy định chi tiết"}
_FEE_KINDS = {"FEE": "phí"}
_NOTE = re.compile(r"[\s*\-+(]*(?:lưu ý|ghi chú|chú ý|chú thích)\b", re.IGNORECASE)


def read_detail(data: object, provenance: Provenance | None = None) -> Procedure:
    """The procedure of one answer, with or without its envelope ``{"code": "OK", "data": …}``.

    ``provenance`` by default names the portal's page of the procedure. Raises ``NotAProcedureError`` where the data is
    something else.
    """
    detail = _payload(data)
    code = code_of(detail.get("code") or detail.get("codeNotation"), "The JSON")
    name = one_line(detail.get("name"))
    if not name:
        raise NotAProcedureError(f"The JSON of {code}", "it has no name")
    parts = _parts(detail)
    return Procedure(
        code=code,
        name=name,
        issuer=one_line(detail.get("departmentPromulgateName")),
        executing="; ".join(parts.executing),
        field="; ".join(_names(detail.get("categoriesDetails"))),
        provenance=provenance or seen_on_portal(portal_page(text_of(detail.get("id")))),
        legal_bases=numbers_of(parts.legal_bases),
        parts=parts,
    )


def is_note(name: str, originals: int | None, copies: int | None) -> bool:
    """Whether a row among the papers is a note: it says so, and no copy of it is asked for."""
    return bool(_NOTE.match(name)) and not originals and not copies


def _payload(data: object) -> _Json:
    if isinstance(data, dict) and isinstance(data.get("data"), dict) and "name" not in data:
        data = data["data"]
    if not isinstance(data, dict):
        raise NotAProcedureError("The JSON", f"it is {type(data).__name__}, not an object")
    return data


def _parts(detail: _Json) -> ProcedureParts:
    proposal = detail.get("procedureProposal")
    published: _Json = proposal if isinstance(proposal, dict) else {}
    return ProcedureParts(
        steps=_steps(detail),
        methods=tuple(_method(one) for one in objects_in(detail.get("executionMethods"))),
        dossier=tuple(_cases(detail)),
        subjects=_names(detail.get("subjectTypesDetails")),
        executing=_agencies(detail, "Executing", "executingAgencies"),
        authority=_agencies(detail, "Authority", "delegatedAgencies"),
        authorized=_agencies(detail, "Authorized", "authorizedAgencies"),
        coordinating=_agencies(detail, "Coordinating", "coordinatingAgencies"),
        receiving=lines_of(detail.get("dossierReceivingAddresses")),
        results=_names(detail.get("resultsDetails")),
        conditions=lines_of(detail.get("requirementsAndConditions")),
        legal_bases=each_once(
            legal_basis(one.get("name"), one.get("code")) for one in objects_in(detail.get("legalBasisesDetails"))
        ),
        levels=tuple(level for key, level in _LEVELS if detail.get(key) is True),
        kind=_KINDS.get(text_of(detail.get("formalityType")), text_of(detail.get("formalityType"))),
        related="; ".join(_names(detail.get("procedureRelatedGroup"))),
        decision=one_line(published.get("proposalNumber")) or one_line(detail.get("decisionNo")),
        decided=vietnamese_day(published.get("decisionDate")),
        published=vietnamese_day(published.get("publicationDate")),
    )


def _steps(detail: _Json) -> str:
    steps = objects_in(detail.get("executionSteps"))
    texts = (lines_of(step.get(key)) for step in steps for key in ("name", "description"))
    return "\n".join(text for text in texts if text)


def _method(method: _Json) -> Method:
    wording = lines_of(method.get("description"))
    return Method(
        channel=channel_of(method.get("submissionMethod")),
        time=time_of(method.get("processingTime"), method.get("processingTimeUnit")),
        fees=tuple(_fee(one, wording) for one in objects_in(method.get("fees"))),
        wording=wording,
    )


def _fee(fee: _Json, beside: str) -> Fee:
    kind = text_of(fee.get("type"))
    return fee_of(
        number_of(fee.get("value")),
        one_line(fee.get("currencyName")),
        lines_of(fee.get("description")),
        _FEE_KINDS.get(kind, kind),
        beside,
    )


def _cases(detail: _Json) -> Iterator[DossierCase]:
    """The cases that list papers; a ``cases`` entry without papers is a variant of the procedure, not a dossier."""
    found = objects_in(detail.get("executionCases")) or objects_in(detail.get("cases"))
    loose = objects_in(detail.get("profileComponents"))
    if loose and not any(objects_in(case.get("profileComponents")) for case in found):
        found = [{"name": "", "profileComponents": loose}]
    for case in found:
        components = tuple(_component(one) for one in objects_in(case.get("profileComponents")))
        if components:
            yield DossierCase(one_line(case.get("name")), components)


def _component(component: _Json) -> Component:
    name = lines_of(component.get("name"))
    originals, copies = count_of(component.get("originalQty")), count_of(component.get("copyQty"))
    forms = tuple(
        Form(one_line(one.get("fileName")), text_of(one.get("id")) or text_of(one.get("filePath")))
        for one in objects_in(component.get("attachments"))
    )
    return Component(name, originals, copies, forms, is_note(name, originals, copies))


def _names(value: object) -> tuple[str, ...]:
    return unique(one_line(one.get("name")) for one in objects_in(value))


def _agencies(detail: _Json, role: str, joined: str) -> tuple[str, ...]:
    """The agencies of a role: its list, else the joined text."""
    listed = _names(detail.get(f"departments{role}")) + _names(detail.get(f"unitGroups{role}"))
    return unique(listed) or split_names(detail.get(joined))
