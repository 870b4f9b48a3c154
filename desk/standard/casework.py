"""A case as rows of tables 5 to 9: application and its materials, acceptance, each step, special procedures,
completion, rating. A row's key is the intake number, with a number behind it where a case has several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from desk.folds import case as cases
from desk.folds.case import State
from desk.law.catalogue.item import Item
from desk.law.codes import SPECIAL_PROCEDURES
from desk.log import events
from desk.log.chain import Entry
from desk.standard import tables
from desk.standard.tables import Cells, date, time

Keyed = tuple[str, str, Cells]  # table, key of the row in it, the row
_GRANTED, _SENT_BACK, _OTHER = "通过", "退回", "其他"
_ACTIONS = {
    **dict.fromkeys(("case.accepted", "case.granted"), _GRANTED),
    **dict.fromkeys(("case.supplement_asked", "case.not_accepted", "case.refused", "case.returned"), _SENT_BACK),
}
_WAITING, _DONE = "1", "2"
_EXTENDED, _APART = "1", "2"  # annex A.7
_RESULTS = {
    State.NOT_ACCEPTED: "不予受理",
    State.WITHDRAWN: "申请人撤回",
    State.RETURNED: "退件",
    State.VOID: "作废",
}
_CHANNELS = {"screen": "大厅其他终端", "paper": "书面评价表"}
_BEST = 6  # a score of 5 is 1 of annex A.8: stars run the other way


class Moved(msgspec.Struct, frozen=True):
    """A step that counted: the line of history, and what its entry held."""

    line: cases.HistoryLine
    data: events.Data | None


class Told(msgspec.Struct, frozen=True):
    """A case with what its rows need: the steps that counted, its item where that is known."""

    case: cases.Case
    steps: tuple[Moved, ...]
    item: Item | None

    @property
    def heads(self) -> dict[str, str]:
        """What stands in every row of a case."""
        return {"intake_no": self.case.intake_no, "case_no": self.case.case_no}

    @property
    def case_type(self) -> str:
        """Annex A.6."""
        return self.item.case_type if self.item else ""

    @property
    def division(self) -> str:
        """The township that it came from, 9 digits."""
        return self.case.point[:9]

    def of(self, *kinds: str) -> list[Moved]:
        """The steps of these kinds."""
        return [one for one in self.steps if one.line.kind in kinds]

    def uscc(self, org: str) -> str:
        """The credit code of a department, where it is the item's own."""
        return self.item.org_uscc if self.item and org == self.item.org_name else ""


def case_rows(case: cases.Case, entries: Iterable[Entry], item: Item | None) -> Iterator[Keyed]:
    """The rows of a case that the organ has; none of one that has no number yet, or was taken for practice."""
    if not case.case_no or case.collected.practice:
        return
    told = Told(case, _steps(case, entries), item)
    yield "application", case.intake_no, _application(told)
    for one in case.materials:
        yield "application_material", f"{case.intake_no}/{one.code}", _material(told, one)
    if case.accepted is not None:
        yield "acceptance", case.intake_no, _acceptance(told, case.accepted)
    for number, row in enumerate(_handling(told), 1):
        yield "handling", f"{case.intake_no}/{number}", row
    for number, row in enumerate(_special(told), 1):
        yield "special_procedure", f"{case.intake_no}/{number}", row
    if case.decided_at or case.state in cases.ENDED:
        yield "completion", case.intake_no, _completion(told)
    if case.rated is not None:
        yield "rating", case.intake_no, _rating(told, case.rated)


def _steps(case: cases.Case, entries: Iterable[Entry]) -> tuple[Moved, ...]:
    """The history without what did not count, each line with its entry's data."""
    known = {(one.kind, one.node, one.time): one for one in entries}
    good = [line for line in case.history if not line.refused]
    found = [(line, known[line.kind, line.node, line.time]) for line in good]
    return tuple(Moved(line, events.decode(entry.kind, entry.data)) for line, entry in found)


def _application(told: Told) -> Cells:
    taken = told.case.collected
    person = taken.principal or taken.applicant
    # Who acts for the applicant: a relative at the counter, else the point's agent, whose number is not ours to tell.
    other = taken.applicant if taken.principal else events.Person(taken.agent_name, "", "", taken.applicant.phone)
    return tables.APPLICATION.filled(
        {
            **told.heads,
            "task_code": taken.item.task_code,
            "item_name": taken.item.item_name,
            "case_type": told.case_type,
            "applicant_name": person.name,
            "applicant_id_type": person.id_type,
            "applicant_id_number": person.id_number,
            "contact_name": other.name,
            "contact_id_type": other.id_type,
            "contact_id_number": other.id_number,
            "contact_phone": other.phone or person.phone,
            "address": person.address,
            "applied_at": time(told.case.taken_at),
            "division": told.division,
            "org_name": taken.item.org_name,
            "agent_name": taken.agent_name,
            "situation": taken.situation,
        }
    )


def _material(told: Told, one: events.TakenMaterial) -> Cells:
    return tables.APPLICATION_MATERIAL.filled(
        {
            **told.heads,
            "name": one.name,
            "collected": int(not one.missing),
            "collected_way": "" if one.missing else "纸质",
            "quantity": one.originals + one.copies,
            "collected_at": "" if one.missing else time(_brought(told, one.code)),
            "attachments": _files(one.files),
            "code": one.code,
            "missing": one.missing,
        }
    )


def _brought(told: Told, code: str) -> str:
    """When a material came: with the application, or later."""
    for step in reversed(told.of("case.supplemented", "case.material_added")):
        if isinstance(step.data, events.MaterialsAdded) and any(one.code == code for one in step.data.materials):
            return step.line.time
    return told.case.taken_at


def _files(refs: Iterable[events.FileRef]) -> list[dict[str, str | int]]:
    """Pictures and documents by digest: their bytes stay at the centre."""
    return [{"name": one.name, "sha256": one.sha256, "size": one.size, "kind": one.kind} for one in refs]


def _acceptance(told: Told, accepted: events.Accepted) -> Cells:
    return tables.ACCEPTANCE.filled(
        {
            **told.heads,
            "org_name": accepted.org,
            "org_uscc": told.uscc(accepted.org),
            "officer": accepted.officer,
            "accepted_at": time(told.case.accepted_at),
            "document_no": accepted.document_no,
            "promised_on": date(told.case.promised),
            "case_type": told.case_type,
            "division": told.division,
        }
    )


def _handling(told: Told) -> Iterator[Cells]:
    """Each move from the day the organ had it, from the one before to its own time; last, where it waits now."""
    moves = [one for one in told.steps if one.line.kind in cases.MOVES]
    started, number = "", 0
    for one in moves:
        if started or one.line.kind == "case.arrived":
            number += 1
            yield _step(told, number, one.line.name, started or one.line.time, one)
            started = one.line.time
    if told.case.state not in cases.ENDED:
        yield _step(told, number + 1, cases.STATE_NAMES[told.case.state], started, None)


def _step(told: Told, number: int, name: str, started: str, done: Moved | None) -> Cells:
    said = done.data if done else None
    org = str(getattr(said, "org", "") or (told.case.collected.item.org_name if done is None else ""))
    opinion = "；".join(getattr(said, "missing", ())) or str(getattr(said, "reasons", ""))
    return tables.HANDLING.filled(
        {
            **told.heads,
            "action": _ACTIONS.get(done.line.kind, _OTHER) if done else "",
            "step_name": name,
            "officer": done.line.author if done else "",
            "opinion": opinion,
            "started_at": time(started),
            "ended_at": time(done.line.time) if done else "",
            "org_name": org,
            "step_state": _DONE if done else _WAITING,
            "step_no": number,
            "document_no": done.line.document_no if done else "",
        }
    )


def _special(told: Told) -> Iterator[Cells]:
    resumed = told.of("case.resumed")
    for one in told.of("case.suspended", "case.extended"):
        if isinstance(one.data, events.Act):
            apart = one.line.kind == "case.suspended"
            end = next((done for done in resumed if apart and done.line.time >= one.line.time), None)
            yield _procedure(told, one, one.data, _APART if apart else _EXTENDED, end)


def _procedure(told: Told, one: Moved, said: events.Act, kind: str, end: Moved | None) -> Cells:
    return tables.SPECIAL_PROCEDURE.filled(
        {
            **told.heads,
            "kind_name": SPECIAL_PROCEDURES[kind],
            "kind": kind,
            "started_at": time(one.line.time),
            "reasons": "；".join(words for words in (said.reasons, said.basis) if words),
            "applicant": one.line.author,
            "ended_at": time(end.line.time) if end else "",
            "result": end.line.note if end else "",
            "opinion": f"{said.approved_by}批准" if said.approved_by else "",
            "until": date(said.until),
            "approved_by": said.approved_by,
        }
    )


def _completion(told: Told) -> Cells:
    case, item = told.case, told.item
    granted, refused = told.of("case.granted"), told.of("case.refused")
    last = (granted or refused or [one for one in told.steps if one.line.kind in cases.MOVES])[-1]
    result = "准予" if granted else "不予" if refused else _RESULTS.get(case.state, cases.STATE_NAMES[case.state])
    files = last.data.files if isinstance(last.data, events.Act) else ()
    return tables.COMPLETION.filled(
        {
            **told.heads,
            "officer": last.line.author,
            "ended_at": time(case.decided_at or case.ended_at),
            "result_name": item.result_name if item and granted else "",
            "result_no": last.line.document_no if granted else "",
            "result_note": str(getattr(last.data, "reasons", "")),
            "org_name": str(getattr(last.data, "org", "") or case.collected.item.org_name),
            "posted": int(bool(case.served and case.served.how == "邮寄")),
            "fee_charged": int(bool(item and item.fees)),
            "result": result,
            "attachments": _files(files),
        }
    )


def _rating(told: Told, rated: events.Rated) -> Cells:
    said = next(one for one in told.of("case.rated") if one.data == rated)
    person = told.case.collected.applicant
    return tables.RATING.filled(
        {
            **told.heads,
            "channel": _CHANNELS.get(rated.channel, rated.channel),
            "rater": person.name,
            "rated_at": time(said.line.time),
            "times": 1,
            "satisfaction": str(_BEST - rated.score),
            "text": rated.reasons,
        }
    )
