"""A case as rows of tables 5 to 9: application and its materials, acceptance, each step, special procedures,
completion, rating. A row's key is the intake number, with a number behind it where a case has several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from desk.folds import case as cases
from desk.folds.case import State
from desk.law.bodies.body import code_parts
from desk.law.catalogue.item import Item
from desk.law.codes import SPECIAL_PROCEDURES
from desk.log import events
from desk.log.chain import Entry
from desk.log.files import FileRef
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
_CHANNELS = {"screen": "大厅其他终端", "paper": "书面评价表", "web": "PC端"}
_BEST = 6  # a score of 5 is 1 of annex A.8: stars run the other way


class Moved(msgspec.Struct, frozen=True):
    """A step that counted: the line of history, and what its entry held."""

    line: cases.HistoryLine
    data: events.Data | None


class CaseFacts(msgspec.Struct, frozen=True):
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
        """The credit code of a department, where it is the competent body's or the item's own."""
        ref = self.case.collected.item
        if ref.body and org == ref.org_name and code_parts(ref.body) is None:
            return ref.body
        return self.item.org_uscc if self.item and org == self.item.org_name else ""


def case_rows(case: cases.Case, entries: Iterable[Entry], item: Item | None) -> Iterator[Keyed]:
    """The rows of a case that the organ has; none of one that has no number yet, or was taken for practice."""
    if not case.case_no or case.collected.practice:
        return
    facts = CaseFacts(case, _steps(case, entries), item)
    yield "application", case.intake_no, _application(facts)
    for one in case.materials:
        yield "application_material", f"{case.intake_no}/{one.code}", _material(facts, one)
    if case.accepted is not None:
        yield "acceptance", case.intake_no, _acceptance(facts, case.accepted)
    for number, row in enumerate(_handling(facts), 1):
        yield "handling", f"{case.intake_no}/{number}", row
    for number, row in enumerate(_special(facts), 1):
        yield "special_procedure", f"{case.intake_no}/{number}", row
    if case.decided_at or case.state in cases.ENDED:
        yield "completion", case.intake_no, _completion(facts)
    if case.rated is not None:
        yield "rating", case.intake_no, _rating(facts, case.rated)


def _steps(case: cases.Case, entries: Iterable[Entry]) -> tuple[Moved, ...]:
    """The history without what did not count, each line with its entry's data."""
    known = {(one.kind, one.node, one.time): one for one in entries}
    good = [line for line in case.history if not line.refused]
    found = [(line, known[line.kind, line.node, line.time]) for line in good]
    return tuple(Moved(line, events.decode(entry.kind, entry.data)) for line, entry in found)


def _application(facts: CaseFacts) -> Cells:
    taken = facts.case.collected
    person = taken.applicant
    # Who acts for the applicant: a relative at the counter, else the point's agent, whose number is not ours to tell.
    other = taken.proxy.person if taken.proxy else events.Person(taken.agent_name, "", "", person.phone)
    return tables.APPLICATION.filled(
        {
            **facts.heads,
            "task_code": taken.item.task_code,
            "item_name": taken.item.item_name,
            "case_type": facts.case_type,
            "applicant_name": person.name,
            "applicant_id_type": person.id_type,
            "applicant_id_number": person.id_number,
            "contact_name": other.name,
            "contact_id_type": other.id_type,
            "contact_id_number": other.id_number,
            "contact_phone": other.phone or person.phone,
            "address": person.address,
            "legal_representative": person.representative,
            "applied_at": time(facts.case.taken_at),
            "division": facts.division,
            "org_name": taken.item.org_name,
            "agent_name": taken.agent_name,
            "situation": taken.situation,
        }
    )


def _material(facts: CaseFacts, material: events.TakenMaterial) -> Cells:
    return tables.APPLICATION_MATERIAL.filled(
        {
            **facts.heads,
            "name": material.name,
            "collected": int(not material.missing),
            "collected_way": "" if material.missing else "纸质",
            "quantity": material.originals + material.copies,
            "collected_at": "" if material.missing else time(_brought(facts, material.code)),
            "attachments": _files(material.files),
            "code": material.code,
            "missing": material.missing,
        }
    )


def _brought(facts: CaseFacts, code: str) -> str:
    """When a material came: with the application, or later."""
    for step in reversed(facts.of("case.supplemented", "case.material_added")):
        if isinstance(step.data, events.MaterialsAdded) and any(one.code == code for one in step.data.materials):
            return step.line.time
    return facts.case.taken_at


def _files(refs: Iterable[FileRef]) -> list[dict[str, str | int]]:
    """Pictures and documents by digest: their bytes stay at the centre."""
    return [{"name": one.name, "sha256": one.sha256, "size": one.size, "kind": one.kind} for one in refs]


def _acceptance(facts: CaseFacts, accepted: events.Accepted) -> Cells:
    return tables.ACCEPTANCE.filled(
        {
            **facts.heads,
            "org_name": accepted.org,
            "org_uscc": facts.uscc(accepted.org),
            "officer": accepted.officer,
            "accepted_at": time(facts.case.accepted_at),
            "document_no": accepted.document_no,
            "promised_on": date(facts.case.promised),
            "case_type": facts.case_type,
            "division": facts.division,
        }
    )


def _handling(facts: CaseFacts) -> Iterator[Cells]:
    """Each move from the day the organ had it, from the one before to its own time; last, where it waits now."""
    moves = [move for move in facts.steps if move.line.kind in cases.MOVES]
    started, number = "", 0
    for move in moves:
        if started or move.line.kind == "case.arrived":
            number += 1
            yield _step(facts, number, move.line.name, started or move.line.time, move)
            started = move.line.time
    if facts.case.state not in cases.ENDED:
        yield _step(facts, number + 1, cases.STATE_NAMES[facts.case.state], started, None)


def _step(facts: CaseFacts, number: int, name: str, started: str, done: Moved | None) -> Cells:
    said = done.data if done else None
    org = str(getattr(said, "org", "") or (facts.case.collected.item.org_name if done is None else ""))
    opinion = "；".join(getattr(said, "missing", ())) or str(getattr(said, "reasons", ""))
    return tables.HANDLING.filled(
        {
            **facts.heads,
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


def _special(facts: CaseFacts) -> Iterator[Cells]:
    resumed = facts.of("case.resumed")
    for move in facts.of("case.suspended", "case.extended"):
        if isinstance(move.data, events.Act):
            apart = move.line.kind == "case.suspended"
            end = next((done for done in resumed if apart and done.line.time >= move.line.time), None)
            yield _procedure(facts, move, move.data, _APART if apart else _EXTENDED, end)


def _procedure(facts: CaseFacts, move: Moved, said: events.Act, kind: str, end: Moved | None) -> Cells:
    return tables.SPECIAL_PROCEDURE.filled(
        {
            **facts.heads,
            "kind_name": SPECIAL_PROCEDURES[kind],
            "kind": kind,
            "started_at": time(move.line.time),
            "reasons": "；".join(words for words in (said.reasons, said.procedure, said.basis) if words),
            "applicant": move.line.author,
            "ended_at": time(end.line.time) if end else "",
            "result": end.line.note if end else "",
            "opinion": f"{said.approved_by}批准" if said.approved_by else "",
            "until": date(said.until),
            "approved_by": said.approved_by,
        }
    )


def _completion(facts: CaseFacts) -> Cells:
    case, item = facts.case, facts.item
    decided = facts.of("case.granted", "case.refused")[-1:] if case.decided_at else []  # none that was taken back
    granted = [one for one in decided if one.line.kind == "case.granted"]
    refused = [one for one in decided if one not in granted]
    last = (granted or refused or [one for one in facts.steps if one.line.kind in cases.MOVES])[-1]
    result = "准予" if granted else "不予" if refused else _RESULTS.get(case.state, cases.STATE_NAMES[case.state])
    files = last.data.files if isinstance(last.data, events.Act) else ()
    return tables.COMPLETION.filled(
        {
            **facts.heads,
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


def _rating(facts: CaseFacts, rated: events.Rated) -> Cells:
    said = next(one for one in facts.of("case.rated") if one.data == rated)
    person = facts.case.collected.applicant
    return tables.RATING.filled(
        {
            **facts.heads,
            "channel": _CHANNELS.get(rated.channel, rated.channel),
            "rater": person.name,
            "rated_at": time(said.line.time),
            "times": 1,
            "satisfaction": str(_BEST - rated.score),
            "text": rated.reasons,
        }
    )
