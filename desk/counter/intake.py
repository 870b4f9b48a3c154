"""Taking a case in 登记收件: check, number, append, all in one durable transaction.

When `register` returns, the case survives a power cut; the receipt is made only after.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec
from sqlite_utils import Database

from db.desk import case_rows, local_rows
from desk import clock
from desk.counter import checks
from desk.counter.asking import book, doubles, sense
from desk.counter.office import office_settings
from desk.counter.session import Session
from desk.errors import AskedError, Problem, RefusedError
from desk.law import deadline, numbers
from desk.law.catalogue.item import Item, Need
from desk.law.conditions import Verdict
from desk.log import events
from desk.store.entries import Fact
from desk.store.snapshots import Draft, Registered, turned
from desk.words import as_written

FOLLOW_DAYS = 5  # working days within which a material is expected at the point where no day was said


def closed(session: Session, item: Item | None) -> tuple[Problem, ...]:
    """That the township keeps this item from this counter, where it does."""
    why = session.closed_here(item) if item is not None else ""
    return (Problem("task_code", why),) if why else ()


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
    """Take the case in. Raises RefusedError, with its problems or because this draft became a case before, and
    AskedError where something must be asked first; nothing is written then."""
    draft, today = turned(draft), session.day()
    problems = (*closed(session, item), *checks.check(draft, item, session.not_before_issue(today)))
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
        _nothing_to_ask(session, db, draft, item)
        number = take(db, session, draft, item)
        local_rows.end_draft(db, draft.id, number)
    return Registered(number, item.item_name)


def _nothing_to_ask(session: Session, db: Database, draft: Draft, item: Item) -> None:
    """Raise AskedError: the book would be overwritten, the same was taken in within a week, or a condition of the item
    is not met, and nobody answered. What else of the conditions is not known goes along, to be asked by the way."""
    told = sense.told(session, db, draft, item)
    unmet = sense.unanswered(draft, told)
    open_still = [one for one in told if one.verdict is Verdict.NOT_KNOWN] if unmet else []
    twice = () if draft.again.strip() else doubles.doubles(session, db, draft)
    asked = (*book.clashes(db, draft), *unmet, *open_still, *twice)
    if asked:
        raise AskedError("登记前要问清楚几件事。", "还没有登记，填好的内容都在。", "请回答后再登记。", asked)


def take(db: Database, session: Session, draft: Draft, item: Item, roll: str = "") -> str:
    """Append the entries of a checked draft; its intake number. `roll` is the roll that it is taken with."""
    today = session.day()
    ids, facts = book.recorded(db, draft)
    again = draft.again.strip() if doubles.doubles(session, db, draft) else ""
    unmet = sense.overruled(draft, sense.told(session, db, draft, item), sense.BY_ROLL if roll else "")
    number = _next_number(db, session.store.identity_in(db).node, session.today())
    collected = application(session, draft, item, today, ids)
    goes = office_settings.next_drive(office_settings.settings_in(db).drive_days, today)
    whole = msgspec.structs.replace(collected, roll=roll, again=again, overruled=unmet, hand_over=goes)
    facts.append(Fact("case.collected", number, whole))
    session.append(db, *facts)
    return number


def numbers_left(db: Database, session: Session) -> int:
    """How many intake numbers this desk has left today."""
    last = _last(db, session.store.identity_in(db).node, session.today())
    return numbers.DAILY - (numbers.serial(last) if last else 0)


def _last(db: Database, node: str, today: dt.date) -> str:
    return case_rows.last_intake_no(db, numbers.prefix(node, today), node)


def _next_number(db: Database, node: str, today: dt.date) -> str:
    last = _last(db, node, today)
    serial = numbers.serial(last) if last else 0
    while True:
        serial += 1
        number = numbers.intake_no(numbers.prefix(node, today), serial)
        if not case_rows.has_intake_no(db, number):
            return number


def application(session: Session, draft: Draft, item: Item, day: dt.date, ids: Mapping[str, str]) -> events.Collected:
    """The whole application of a draft that was handed in on `day`; `ids` are the records of applicant and proxy."""
    promise = deadline.service_clock(session.here(item, draft.applicant.division), day, session.holidays)
    came = draft.proxy
    return events.Collected(
        item=_ref(session, item, draft.applicant.division, day),
        applicant_id=ids.get("applicant", ""),
        applicant=checks.tidy_person(draft.applicant),
        proxy=came and events.Proxy(checks.tidy_person(came.person), came.relation.strip(), ids.get("proxy", "")),
        materials=_taken(session, draft, item, day),
        agent_name=session.account.name,
        point_code=session.identity.point_code,
        situation=draft.situation,
        fields=checks.tidy_fields(item, draft.fields),
        note=draft.note.strip(),
        promised=promise.on if promise else None,
        promised_provisional=promise.provisional if promise else False,
        holidays=session.holidays.version,
        sample=item.sample,
        practice=session.identity.practice,
    )


def _ref(session: Session, item: Item, domicile: str, day: dt.date) -> events.ItemRef:
    body, version = session.competence(item, domicile, day).body, session.catalogue.version
    org, code = (body.name_on(day), body.code) if body else (item.org_name, "")
    return events.ItemRef(item.task_code, item.item_name, item.version, version, org, item.regime, code)


def _taken(session: Session, draft: Draft, item: Item, today: dt.date) -> tuple[events.TakenMaterial, ...]:
    ticked = {one.code: one for one in draft.materials}
    follow = deadline.working_day_after(today, FOLLOW_DAYS, session.holidays)
    taken = []
    for material in checks.wanted(item, draft):
        tick = ticked.get(material.code)
        if tick is not None and tick.here:
            taken.append(
                events.TakenMaterial(
                    material.code,
                    material.name,
                    tick.originals,
                    tick.copies,
                    returned=tick.given_back,
                    files=tick.files,
                )
            )
        elif material.need is not Need.OPTIONAL or (tick and tick.missing.strip()):
            reason, said = (tick.missing.strip(), as_written.day_ahead(tick.until, today).value) if tick else ("", "")
            until = dt.date.fromisoformat(said) if said else follow
            taken.append(events.TakenMaterial(material.code, material.name, missing=reason or "未交", until=until))
    return tuple(taken)
