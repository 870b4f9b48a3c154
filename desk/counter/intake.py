"""Taking a case in 登记收件: check, number, append, all in one durable transaction.

When `register` returns, the case survives a power cut; the receipt is made only after.
"""

from __future__ import annotations

import datetime as dt
import secrets

import msgspec
from sqlite_utils import Database

from db.desk import case_rows, local_rows, person_rows
from desk import clock
from desk.counter import checks
from desk.counter.session import Session
from desk.errors import RefusedError
from desk.law import deadline, numbers
from desk.law.catalogue import rules
from desk.law.catalogue.item import Item, Need
from desk.log import events
from desk.store.entries import Fact
from desk.store.snapshots import Draft, Registered

_FOLLOW_DAYS = 5  # working days within which a material that may follow is expected at the point


def keep(session: Session, draft: Draft) -> None:
    """Keep a draft in place of its older self; nothing of one that became a case, however late it comes."""
    saved = clock.stamp(session.store.tell())
    with session.store.write() as db:
        if not local_rows.case_of_draft(db, draft.id):
            local_rows.put_draft(db, {"id": draft.id, "saved": saved, "body": msgspec.json.encode(draft)})


def register_or_keep(session: Session, draft: Draft, item: Item | None) -> Registered:
    """As `register`; what is refused is kept as a draft."""
    try:
        return register(session, draft, item)
    except RefusedError:
        keep(session, draft)
        raise


def register(session: Session, draft: Draft, item: Item | None) -> Registered:
    """Take the case in. Raises RefusedError, with its problems or because this draft became a case before; nothing is
    written then."""
    today = session.today()
    problems = checks.check(draft, item, session.not_before_issue(today))
    blocking = tuple(one for one in problems if one.blocking)
    if item is None or blocking:
        raise RefusedError(
            f"还有 {max(len(blocking), 1)} 处要改，没有登记。",
            "填好的内容都在，已存为草稿。",
            "请改好标出的地方再登记。",
            blocking,
        )
    with session.store.write() as db:
        if before := local_rows.case_of_draft(db, draft.id):
            raise RefusedError(
                f"这一页已经登记过，收件号尾号 {before[20:]}，没有再登记一次。",
                "上次登记的办件在，没有改动。",
                "请在“办件”里查看；要另办一件，请先清空这一页。",
            )
        number = take(db, session, draft, item)
        local_rows.end_draft(db, draft.id, number)
    return Registered(number, item.item_name)


def take(db: Database, session: Session, draft: Draft, item: Item, roll: str = "") -> str:
    """Append the entries of a checked draft; its intake number. `roll` is the roll that it is taken with."""
    today = session.today()
    applicant = checks.tidy_person(draft.applicant)
    person_id, facts = _person(db, draft, applicant)
    number = _next_number(db, session.store.identity_in(db).node, today)
    collected = _collected(session, draft, item, today, person_id, applicant)
    facts.append(Fact("case.collected", number, msgspec.structs.replace(collected, roll=roll)))
    session.append(db, *facts)
    return number


def numbers_left(db: Database, session: Session) -> int:
    """How many intake numbers this desk has left today."""
    last = case_rows.last_intake_no(db, numbers.prefix(session.store.identity_in(db).node, session.today()))
    return numbers.DAILY - (numbers.serial(last) if last else 0)


def _next_number(db: Database, node: str, today: dt.date) -> str:
    start = numbers.prefix(node, today)
    last = case_rows.last_intake_no(db, start)
    return numbers.intake_no(start, numbers.serial(last) + 1 if last else 1)


def _person(db: Database, draft: Draft, applicant: events.Person) -> tuple[str, list[Fact]]:
    """The person's id, and the entry to append when something new was learnt."""
    known = person_rows.person(db, draft.applicant_id) if draft.applicant_id else None
    known = None if known is not None and known["merged_into"] == person_rows.GONE else known
    known = known or person_rows.person_with_number(db, applicant.id_type, applicant.id_number)
    if known is None:
        person_id = secrets.token_hex(16)
        return person_id, [Fact("person.recorded", person_id, events.PersonRecorded(applicant))]
    if known["merged_into"]:
        return known["merged_into"], []  # the record that stands for this one keeps its own number
    before = msgspec.json.decode(known["body"], type=events.Person)
    after = msgspec.structs.replace(
        before,  # what the counter does not ask of stays: other names, the household
        name=applicant.name,
        id_type=applicant.id_type,
        id_number=applicant.id_number,
        phone=applicant.phone,
        address=applicant.address,
        name_mn=applicant.name_mn or before.name_mn,
    )
    if before == after:
        return known["id"], []
    return known["id"], [Fact("person.recorded", known["id"], events.PersonRecorded(after))]


def _collected(
    session: Session, draft: Draft, item: Item, today: dt.date, person_id: str, applicant: events.Person
) -> events.Collected:
    promise = deadline.service_clock(item, today, session.holidays)
    return events.Collected(
        item=events.ItemRef(
            item.task_code, item.item_name, item.version, session.catalogue.version, item.org_name, item.regime
        ),
        applicant_id=person_id,
        applicant=applicant,
        principal=checks.tidy_person(draft.principal) if draft.principal else None,
        materials=_taken(session, draft, item, today),
        agent_name=session.account.name,
        point_code=session.identity.point_code,
        situation=draft.situation,
        fields={key: value.strip() for key, value in draft.fields.items() if value.strip()},
        note=draft.note.strip(),
        promised=promise.on if promise else None,
        promised_provisional=promise.provisional if promise else False,
        holidays=session.holidays.version,
        sample=item.sample,
        practice=session.identity.practice,
    )


def _taken(session: Session, draft: Draft, item: Item, today: dt.date) -> tuple[events.TakenMaterial, ...]:
    ticked = {one.code: one for one in draft.materials}
    follow = deadline.working_day_after(today, _FOLLOW_DAYS, session.holidays)
    taken = []
    for material in rules.checklist(item, draft.situation):
        tick = ticked.get(material.code)
        if tick is not None and tick.here:
            taken.append(
                events.TakenMaterial(
                    material.code,
                    material.name,
                    tick.originals,
                    tick.copies,
                    returned=material.returned,
                    files=tick.files,
                )
            )
        elif material.need is not Need.OPTIONAL or (tick and tick.missing.strip()):
            reason = tick.missing.strip() if tick else ""
            taken.append(events.TakenMaterial(material.code, material.name, missing=reason or "未交", until=follow))
    return tuple(taken)
