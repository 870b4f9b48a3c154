"""The watch 电子监察: looks at the cases by every rule and raises cards, each once however many processes look."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import threading
from collections import defaultdict
from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from db.centre import records, rows, watch_rows
from desk import clock, deadline, numbers
from desk.centre.seat import Centre, Own
from desk.oversight.events import CardRaised, ComplaintMade
from desk.oversight.rules import (
    EXPLAIN_DAYS,
    RULES,
    SENT_WITHIN,
    SERVED_WITHIN,
    SILENT,
    gaps,
)

_log = logging.getLogger("desk.centre")
_EVERY = 60.0  # seconds
_LAST = "watch.last"
_RATING_DAYS = 5  # working days in which a poor rating is looked into
_BACK = 30  # days that are looked back for what happened once


class Found(msgspec.Struct, frozen=True):
    """What a rule found: about which case or desk, and in which words. `occasion` tells two findings apart."""

    rule: str
    about: str
    facts: str
    org: str = ""
    place: str = ""
    agent: str = ""
    task_code: str = ""
    occasion: str = ""

    @property
    def subject(self) -> str:
        """The same finding has the same subject, whoever finds it."""
        mark = f"daiban card 1\0{self.rule}\0{self.about}\0{self.occasion}"
        return f"card:{hashlib.sha256(mark.encode()).hexdigest()[:32]}"


def watch(centre: Centre) -> int:
    """Raise what the rules find and was not raised before; how many cards."""
    with centre.database.read() as db:
        centre.shelf.refresh(centre, db)
        found = {one.subject: one for one in _all(centre, db)}
        fresh = [one for key, one in found.items() if key not in records.known_records(db, found)]
        poor = [row for row in watch_rows.poor(db, _since(centre)) if not _has_complaint(db, row["intake_no"])]
    if not fresh and not poor:
        return 0
    with centre.database.write() as db:  # again under the lock: another process may have been faster
        known = records.known_records(db, [one.subject for one in fresh])
        own = [_card(centre, one) for one in fresh if one.subject not in known]
        own += [_rating(centre, db, row) for row in poor if not _has_complaint(db, row["intake_no"])]
        if own:
            centre.say_in(db, own)
    return len(own)


def run(centre: Centre, ending: threading.Event) -> None:
    """Watch every minute until `ending`; of several processes one at a time does it."""
    while not ending.wait(_EVERY):
        try:
            if _my_turn(centre):
                watch(centre)
        except Exception:  # noqa: BLE001 - the watch goes on when the database comes back
            _log.warning("the watch could not look", exc_info=True)


def _my_turn(centre: Centre) -> bool:
    """Whether nobody else looked in the last minute; from now on we did."""
    now = centre.tell()
    with centre.database.write() as db:
        last = rows.value(db, _LAST)
        if last and (now - dt.datetime.fromisoformat(last)).total_seconds() < _EVERY * 0.9:
            return False
        rows.set_value(db, _LAST, clock.stamp(now))
        return True


def _today(centre: Centre) -> dt.date:
    return centre.tell().astimezone(clock.BEIJING).date()


def _since(centre: Centre) -> str:
    return (_today(centre) - dt.timedelta(_BACK)).isoformat()


def _all(centre: Centre, db: sa.Connection) -> Iterator[Found]:
    """What every rule finds."""
    today = _today(centre)
    now, next_day = today.isoformat(), deadline.working_day_after(today, 1, centre.shelf.holidays).isoformat()
    before = clock.stamp(centre.tell() - dt.timedelta(SENT_WITHIN))
    for row in watch_rows.deemed(db, now):
        yield _of(row, "deemed", f"应在 {row['notice_due']} 前受理或一次告知，到期没有告知，依法视为受理。")
    for row in watch_rows.due_on(db, next_day):
        yield _of(row, "due", f"{row['next_due']} 到期。", row["next_due"])
    for row in watch_rows.over(db, now):
        yield _of(row, "over", f"应在 {row['due']} 前作出决定，已超期。", row["due"])
    for row in watch_rows.step_over(db, now):
        yield _of(row, "step", f"“{row['step']}”应在 {row['step_due']} 前办完。", row["step_due"])
    for row in watch_rows.twice(db):
        yield _of(row, "twice", f"已告知补正 {row['supplements']} 次。", str(row["supplements"]))
    for row in watch_rows.no_reasons(db, _since(centre)):
        yield _of(row, "no_reasons", "不予受理或不予决定没有写明理由。")
    for row in watch_rows.suspended(db, now):
        yield _of(row, "suspended", f"特别程序应在 {row['suspended_until']} 前结束。", row["suspended_until"])
    for row in watch_rows.not_sent(db, before):
        yield _of(row, "not_sent", f"收件后 {SENT_WITHIN} 天没有送到中心。")
    for row in watch_rows.not_served(db, (today - dt.timedelta(SERVED_WITHIN)).isoformat()):
        yield _of(row, "not_served", f"{row['ended_day']} 作出决定，{SERVED_WITHIN} 天没有送达。")
    for row in watch_rows.poor(db, _since(centre)):
        yield _of(row, "poor", "群众给了差评，要核查、答复、回访。")
    yield from _desks(centre, db)


def _of(row: rows.Row, rule: str, facts: str, occasion: str = "") -> Found:
    return Found(rule, row["intake_no"], facts, row["org"], row["point"][:12], row["agent"], row["task_code"], occasion)


def _desks(centre: Centre, db: sa.Connection) -> Iterator[Found]:
    for row in watch_rows.silent(db, clock.stamp(centre.tell() - dt.timedelta(SILENT))):
        seen = row["last_seen"][:10] or "入网以来"
        yield Found("silent", row["name"], f"{row['point_name']}：{seen} 之后没有同步过。", "", row["point_code"],
                    occasion=row["last_seen"])  # fmt: skip
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in watch_rows.intake_numbers(db, _since(centre)):
        if numbers.is_intake_no(number):
            days[numbers.node_of(number), numbers.day_of(number)].append(numbers.serial(number))
    for (node, day), serials in days.items():
        if missing := gaps(serials):
            words = "、".join(f"{one:03d}" for one in missing[:10])
            yield Found("gap", node, f"{day} 的收件号缺 {words}。", "", node[:12], occasion=f"{day}:{words}")


def _card(centre: Centre, found: Found) -> Own:
    rule = RULES[found.rule]
    due = deadline.working_day_after(_today(centre), EXPLAIN_DAYS[rule.colour], centre.shelf.holidays)
    told = CardRaised(
        found.rule, rule.colour, found.about, found.org, found.place, found.agent, rule.name, found.facts, due,
        found.task_code,
    )  # fmt: skip
    return Own("", "card.raised", found.subject, told, "")


def _has_complaint(db: sa.Connection, intake_no: str) -> bool:
    return records.record_count(db, "complaint", kind="rating", about=intake_no) > 0


def _rating(centre: Centre, db: sa.Connection, row: rows.Row) -> Own:
    """A poor rating becomes a complaint that has to be looked into, answered and called back."""
    day = _today(centre).strftime("%Y%m%d")
    number = f"CP{day}-{rows.next_numbers(db, f'CP{day}', 1):04d}"
    due = deadline.working_day_after(_today(centre), _RATING_DAYS, centre.shelf.holidays)
    told = ComplaintMade(
        number, "", "rating", f"{row['item_name']}：群众评价 {row['score']} 分。", row["intake_no"], row["org"],
        row["point"][:12], row["agent"], due=due, channel="rating",
    )  # fmt: skip
    mark = hashlib.sha256(f"daiban rating 1\0{row['intake_no']}".encode()).hexdigest()[:32]
    return Own("", "complaint.made", f"complaint:{mark}", told, "")
