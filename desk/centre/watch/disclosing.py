"""Steps of a request for disclosure 依申请公开 that touch more than itself: its days and number, files that go with an
answer, the requests it is parted into or joined with, the case of a point that it came with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from db.centre import records, rows
from db.centre.lists import disclosure_rows
from desk import clock
from desk.centre.node.centre_node import Centre, Own, must_have_seen
from desk.centre.node.document_numbers import given_number
from desk.centre.node.projection import note_files
from desk.centre.watch import asking
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds import organs
from desk.folds.case import MOVES, State
from desk.folds.office import disclosure, findings
from desk.folds.office.disclosing import days, road, yearly
from desk.folds.office.disclosing.grounds import GIVING
from desk.folds.office.disclosing.request import THIRD, Disclosure
from desk.log import events
from desk.log.files import FileRef
from desk.log.office_events import Disclosing, DisclosureAsked

_NOTHING = "没有改动。"
_MOST_PARTS = 10
_TO_COME = FileRef("0" * 64, "", 0, "")  # stands for the files of an answer that is only shown yet
_ADOPT = 200  # cases of points at a time: the rest is found a minute later


def take(
    centre: Centre, author: str, found: Disclosure, kind: str, data: Disclosing, seen: int, papers: Sequence[bytes] = ()
) -> None:
    """Take a step, with the last day to answer that it leads to, the document's number, the bytes of its files, and
    whatever it does to other requests and to the case it came with. Raises RefusedError; nothing is written then."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        table = centre.publications.holidays
        if kind in ("disclosure.registered", "disclosure.mended") and data.day is None:
            data = msgspec.structs.replace(data, day=days.received(found) or centre.today())
        data = msgspec.structs.replace(data, due=days.owed(found, kind, data, table))
        data = _numbered(centre, db, found, kind, data)
        own = [Own(author, kind, found.id, data, "")]
        own += _others(centre, db, author, found, kind, data)
        must_have_seen(centre.telling(found.id, centre.about(db, [found.id])[found.id]), seen)
        for one in own:  # one by one: a step is judged by what was said before it
            centre.say_in(db, [one])
        note_files(db, [data])
        for ref, paper in zip(data.files, papers, strict=True):
            rows.finish_file(db, ref.sha256, paper, centre.now())
        _with_case(centre, db, author, found, kind, data)


def must_allow_reply(centre: Centre, author: str, found: Disclosure, data: Disclosing, seen: int) -> None:
    """Raises RefusedError where the request could not be answered so; writes nothing. Files may still come: an answer
    that lacks nothing but them is let pass."""
    kind = "disclosure.replied"
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        data = msgspec.structs.replace(data, due=days.owed(found, kind, data, centre.publications.holidays))
        _others(centre, db, author, found, kind, data)
        known = centre.telling(found.id, centre.about(db, [found.id])[found.id])
        with_files = msgspec.structs.replace(data, files=data.files or (_TO_COME,))
        centre.judge().must_allow_step(db, author, found.id, kind, with_files, known)
        must_have_seen(known, seen)


def _numbered(centre: Centre, db: sa.Connection, found: Disclosure, kind: str, data: Disclosing) -> Disclosing:
    if data.number:
        return data
    organ = organs.called(found.org or centre.name, centre.code, centre.publications.bodies, centre.today())
    probe = given_number(db, organ, centre.tell(), kind, events.Act())
    return msgspec.structs.replace(data, number=str(getattr(probe, "document_no", "")))


# -- other requests ----------------------------------------------------------------------------------------------


def _others(
    centre: Centre, db: sa.Connection, author: str, found: Disclosure, kind: str, data: Disclosing
) -> list[Own]:
    match kind:
        case "disclosure.split":
            return _parted(centre, author, found, data)
        case "disclosure.joined":
            return [_took_in(db, author, found, data)]
        case "disclosure.replied" if data.verdict == "again":
            _must_be_answered(db, found, data.other)
    return []


def _parted(centre: Centre, author: str, found: Disclosure, data: Disclosing) -> list[Own]:
    """一事一审: each matter is a request of its own that came on the same day, registered with it."""
    if len(data.others) > _MOST_PARTS:
        raise RefusedError(f"一次最多分成 {_MOST_PARTS} 件。", _NOTHING)
    made: list[Own] = []
    came = days.came(found.asked, found.asked_at)
    counted = dt.date.fromisoformat(found.counted) if found.counted else came
    due = days.due(counted, centre.publications.holidays)
    for at, text in enumerate(data.others, 1):
        number = f"{found.asked.number}-{at}"
        subject = findings.subject("disclosure", f"{found.id}|{at}")
        asked = msgspec.structs.replace(found.asked, number=number, text=text, part_of=found.asked.number, came=came)
        words = f"由 {found.asked.number} 分出"
        registered = Disclosing(data.officer, data.org, words, day=counted, sort=found.sort, due=due)
        made += [Own(author, "disclosure.asked", subject, asked, "")]
        made += [Own(author, "disclosure.registered", subject, registered, "")]
        if found.org:
            handed = Disclosing(data.officer, found.org, "随原申请")
            made += [Own(author, "disclosure.assigned", subject, handed, "")]
    return made


def _took_in(db: sa.Connection, author: str, found: Disclosure, data: Disclosing) -> Own:
    """The other request that answers this one too: of the same applicant, earlier, and open. Raises RefusedError."""
    other = _one(db, data.other)
    if other is None or other.id == found.id:
        raise RefusedError("没有这个编号的申请。", _NOTHING)
    if other.asked.id_number != found.asked.id_number:
        raise RefusedError("只能并入同一申请人的申请。", _NOTHING)
    if (other.asked_at, other.id) > (found.asked_at, found.id):
        raise RefusedError("请并入先收到的那一件，答复期限按先收到的算。", _NOTHING)
    taken = Disclosing(data.officer, data.org, found.wanted, other=found.asked.number)
    return Own(author, "disclosure.took_in", other.id, taken, "")


def _must_be_answered(db: sa.Connection, found: Disclosure, number: str) -> None:
    """政府信息公开条例§36(六) is for what the same applicant was answered before. Raises RefusedError."""
    other = _one(db, number.strip().upper())
    fits = other is not None and other.state == "answered" and other.asked.id_number == found.asked.id_number
    if not fits:
        raise RefusedError("没有这个申请人的、已经答复的这一编号。", _NOTHING, "请核对重复的是哪一件。")


def _one(db: sa.Connection, number: str) -> Disclosure | None:
    row = records.one_record(db, "disclosure", number) if number else None
    return msgspec.json.decode(row["data"], type=Disclosure) if row else None


# -- the case of a point -----------------------------------------------------------------------------------------


def adopt(centre: Centre) -> int:
    """Open a request for each case of a point that came in for disclosure, so that there is one road, and carry over
    what became of a case that was to be mended; how many were touched."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        codes = [one.task_code for one in centre.publications.items.values() if one.regime == road.REGIME]
        waiting = disclosure_rows.arrived(db, codes, _ADOPT) if codes else []
        mending = disclosure_rows.with_cases(db, "mending", _ADOPT)
        mending += disclosure_rows.withdrawn(db, _STANDING, _ADOPT)
    count = 0
    for intake_no in waiting:
        count += _adopted(centre, intake_no)
    for subject, intake_no in mending:
        count += _mended(centre, subject, intake_no)
    return count


def _adopted(centre: Centre, intake_no: str) -> int:
    found, subject = centre.case(intake_no), road.subject_of(intake_no)
    if found is None:
        return 0
    case = found[0]
    person, typed = case.collected.applicant, case.collected.fields
    day = clock.day(case.arrived_at)
    with centre.database.write() as db:
        if records.known_records(db, [subject]):
            return 0
        number = f"SQ{centre.today():%Y%m%d}"
        table = centre.publications.holidays
        asked = DisclosureAsked(
            number=f"{number}-{rows.next_numbers(db, number, 1):04d}",
            code=asking.follow_code(),
            name=person.name,
            id_number=person.id_number or yearly.UNKNOWN,
            phone=person.phone or "—",
            text=typed.get("what", "") or case.collected.note or case.collected.item.item_name,
            form=typed.get("form", ""),
            due=days.due(day, table),
            channel="desk",
            officer=case.collected.agent_name,
            address=person.address,
            way="desk",
            came=day,
            about=intake_no,
        )
        centre.say_in(db, [Own("", "disclosure.asked", subject, asked, "")])
    return 1


# What became of a case that was to be mended: its step, the request's, and what is said where its step says nothing.
_SUPPLEMENTED = ("case.supplemented", "disclosure.mended", "补正材料由代办点交来")
_STANDING = ("asked", "registered", "assigned", "consulting")  # not answered, and not sent back to be mended
_WITHDRAWN = ("case.withdrawn", "disclosure.withdrawn", "办件已撤回")


def _mended(centre: Centre, subject: str, intake_no: str) -> int:
    """What the applicant mended came by the point, or the case was withdrawn; what ended otherwise mends nothing."""
    found = centre.case(intake_no)
    if found is None or found[0].state in (cases.ENDED | {State.SUPPLEMENT_ASKED}) - {State.WITHDRAWN}:
        return 0
    with centre.database.read() as db:
        kept = records.one_record(db, "disclosure", subject)
    if kept is None:
        return 0
    one = msgspec.json.decode(kept["data"], type=Disclosure)
    told, kind, words = _WITHDRAWN if found[0].state is State.WITHDRAWN else _SUPPLEMENTED
    line = next((step for step in reversed(found[0].history) if step.kind == told), None)
    words = line.note if line and line.note.strip() else words
    take(centre, "", one, kind, Disclosing("", text=words, day=centre.today()), int(kept["entries"]))
    return 1


def _with_case(centre: Centre, db: sa.Connection, author: str, found: Disclosure, kind: str, data: Disclosing) -> None:
    """The case moves as its request does, as far as its own state lets it."""
    if not found.asked.about:
        return
    entries = centre.about(db, [found.asked.about])[found.asked.about]
    for step, said in _moves(centre, found, kind, data):
        case = cases.fold(entries)
        if case is None or case.state not in MOVES[step].sources:
            continue
        made = centre.add(
            db, [Own(author, step, case.intake_no, said, case.collected.point_code)], {case.intake_no: entries}
        )
        entries = [*entries, made[0].entry]
    centre.project(db, {found.asked.about: entries})


def _moves(centre: Centre, found: Disclosure, kind: str, data: Disclosing) -> list[tuple[str, events.Data]]:
    org = found.org or centre.name
    accepted = ("case.accepted", events.Accepted(data.officer, org))
    act = events.Act(data.officer, org, data.text, document_no=data.number, until=data.until, approved_by=data.approved)
    match kind:
        case "disclosure.assigned":
            return [("case.accepted", events.Accepted(data.officer, data.org))]
        case "disclosure.mend_asked":
            return [("case.supplement_asked", events.SupplementAsked(
                data.officer, org, tuple(data.text.splitlines()), data.until, "政府信息公开条例§30", data.number
            ))]  # fmt: skip
        case "disclosure.mended":
            return [("case.arrived", events.Arrived("", centre.name, "window", note=data.text))]
        case "disclosure.consult_asked":
            procedure = "征求第三方意见" if data.verdict == THIRD else "征求其他机关意见"
            return [accepted, ("case.suspended", msgspec.structs.replace(act, procedure=procedure))]
        case "disclosure.consulted":
            return [("case.resumed", act)] if len(found.waited) < 2 else []
        case "disclosure.extended":
            return [("case.extended", act)]
        case "disclosure.replied":
            answer = msgspec.structs.replace(act, basis=f"政府信息公开条例{_article(data)}", files=data.files)
            step = "case.granted" if data.verdict in (*GIVING, "where") else "case.refused"
            return [accepted, ("case.reviewed", events.Act(data.officer, org)), (step, answer)]
        case "disclosure.sent":
            back = ("case.returning", events.Act(data.officer, org, data.text))
            if data.way == "desk":
                return [back]
            served = events.Served(data.officer, org, data.text, found.asked.name, how=disclosure.SENT[data.way])
            return [back, ("case.served", served)]
        case "disclosure.given_up" | "disclosure.withdrawn" | "disclosure.joined" | "disclosure.split":
            return [("case.withdrawn", act)]
        case _:
            return []


def _article(data: Disclosing) -> str:
    return disclosure.BY_CODE[data.verdict].article
