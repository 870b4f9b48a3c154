"""The watch of supervision 电子监察: looks once a minute what the rules say, raises a card for each finding, and opens
an inquiry for each poor rating.

A card's subject is made of rule, matter and occasion: whoever finds it, however often, raises it once. A card whose
cause is gone stays: the office explains it.
"""

from __future__ import annotations

import contextlib
import contextvars
import datetime as dt
import hashlib
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from db.centre import records, rows
from db.centre.lists import disclosure_rows, watch_rows
from desk import clock
from desk.centre.node.centre_node import Centre, Own
from desk.centre.node.roles import GENERAL
from desk.centre.watch import disclosing, whose_step
from desk.errors import DeskError, RefusedError
from desk.folds import case as cases
from desk.folds.case import State
from desk.folds.office import findings
from desk.folds.office.overseeing import rulebook
from desk.folds.office.silence import SILENT_DAYS
from desk.law import deadline, numbers
from desk.log.office_events import CardRaised, ComplaintMade, RulebookWritten

EVERY = 60.0  # seconds
_LAST = 10.0  # seconds that what is being done may still take when all ends
_MOST = 500  # findings of one rule at a time: the rest is found a minute later
_LATELY = 31  # days back that refusals and supplements of ended cases are looked at
_CAME = 7  # days back that arrivals are looked at
_RATED = 92  # days after its end in which a case is rated
_HOLES_SHOWN = 20
_WORDS = {1: "非常不满意", 2: "不满意"}
_log = logging.getLogger("desk.centre")


def watch(centre: Centre, silent_days: int = SILENT_DAYS) -> int:
    """Find what the rules say and raise what is not raised yet; how many cards and inquiries were made. `silent_days`
    as this centre's settings have it."""
    disclosing.adopt(centre)
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        book = written(db)
        found = (one for one in _findings(centre, db, silent_days) if one[0] not in book.off)
        hits = [(rule, {**row, **_step(centre, db, rule, row)}) for rule, rows_ in found for row in rows_]
        poor = watch_rows.poor(db, _MOST, _ago(centre, _RATED))
    if not hits and not poor:
        return 0
    made = {own.subject: own for own in (_card(centre, rule, row, quiet=rule in book.quiet) for rule, row in hits)}
    asked = {findings.subject("complaint", f"rating|{row['about']}"): row for row in poor}
    with centre.database.write() as db:
        known = records.known_records(db, [*made, *asked])
        fresh = [own for subject, own in made.items() if subject not in known]
        fresh += [_inquiry(centre, db, subject, row) for subject, row in asked.items() if subject not in known]
        if fresh:
            centre.say_in(db, fresh)
    return len(fresh)


def _ago(centre: Centre, days: int) -> str:
    return (centre.today() - dt.timedelta(days)).isoformat()


def silent_since(centre: Centre, days: int) -> str:
    """A desk not heard since then is silent, where `days` are a centre's setting."""
    return clock.stamp(centre.tell() - dt.timedelta(days))


def _findings(centre: Centre, db: sa.Connection, silent_days: int) -> Iterable[tuple[str, list[rows.Row]]]:
    now = centre.today().isoformat()
    near = deadline.working_day_after(centre.today(), 1, centre.publications.holidays).isoformat()
    yield "deemed", [{**row, "silence": _silence(centre, row)} for row in watch_rows.deemed(db, _MOST, now)]
    yield "soon", watch_rows.soon(db, _MOST, now, near)
    yield "over", watch_rows.over(db, _MOST, now)
    yield "promise", watch_rows.promise(db, _MOST, now)
    yield "road", watch_rows.road(db, _MOST, _ago(centre, _CAME))
    yield "step", watch_rows.step(db, _MOST, now)
    yield "supplement", watch_rows.supplement(db, _MOST, _ago(centre, _LATELY))
    yield "unmended", watch_rows.unmended(db, _MOST, now)
    yield "no_reasons", watch_rows.no_reasons(db, _MOST, _ago(centre, _LATELY))
    yield "suspended", watch_rows.suspended(db, _MOST, now, _ago(centre, findings.SUSPENDED_DAYS))
    yield "stuck", watch_rows.stuck(db, _MOST, _ago(centre, findings.STUCK_DAYS - 1))
    yield "unbundled", watch_rows.unbundled(db, _MOST, _ago(centre, findings.UNBUNDLED_DAYS))
    yield "unserved", watch_rows.unserved(db, _MOST, now)
    yield "rating", watch_rows.unanswered(db, "rating", _MOST, now)
    yield "complaint", watch_rows.unanswered(db, "complaint", _MOST, now)
    yield "disclosure_unregistered", disclosure_rows.unregistered(db, _MOST, now)
    yield "disclosure_soon", disclosure_rows.soon(db, _MOST, now, near)
    yield "disclosure_over", disclosure_rows.over(db, _MOST, now)
    yield "disclosure_unheard", disclosure_rows.unheard(db, _MOST, now)
    yield "silent", watch_rows.silent(db, _MOST, silent_since(centre, silent_days))
    yield "gaps", [_gap(head, holes) for head, holes in watch_rows.gaps(db, _MOST, _ago(centre, 1))]


def _step(centre: Centre, db: sa.Connection, rule: str, row: rows.Row) -> dict[str, Any]:
    """Whose step it is, under the names that `_card` reads; nothing where it is no step of the organ."""
    org = str(row.get("org") or GENERAL)
    found = whose_step.judged(centre, db, rule, str(row["about"]), str(row.get("state", "")), org)
    return {"org": found.org, "own": found.own, "own_words": found.words} if found else {}


def _silence(centre: Centre, row: rows.Row) -> str:
    """What the law makes of the organ's silence, by the regime of the item."""
    regime = centre.publications.regime(centre.publications.item(row["task_code"]))
    deemed = regime is not None and regime.silence == "accepted"
    return findings.DEEMED.format(note=regime.silence_note) if regime and deemed else ""


def _gap(head: str, holes: list[int]) -> rows.Row:
    words = "、".join(f"{one:03d}" for one in holes[:_HOLES_SHOWN])
    more = f"等 {len(holes)} 个" if len(holes) > _HOLES_SHOWN else ""
    number = f"{head}0000"
    return {
        "about": numbers.node_of(number),
        "point": head[:12],
        "occasion": numbers.day_of(number),
        "holes": words + more,
    }


def written(db: sa.Connection) -> RulebookWritten:
    """The rulebook that stands; the usual one where the banner wrote none."""
    kept = records.one_record(db, "rulebook", rulebook.SUBJECT)
    if kept is None:
        return RulebookWritten("", tuple(sorted(rulebook.USUAL)))
    return msgspec.json.decode(kept["data"], type=rulebook.Rulebook).written


def _law(centre: Centre, rule: findings.Rule, row: rows.Row) -> str:
    """What the regime of the case's own item says, where the rule speaks of the law on licences and it is none."""
    own = row.get("own")
    if rule.code == "step" and own is not None:
        return f"{own.basis}：“{own.step}”{own.allowed}" if own.allowed else ""
    item = centre.publications.item(row.get("task_code", ""))
    regime = centre.publications.regime(item)
    of_licences = rule.basis.startswith("行政许可法") and regime is not None and regime.code != "licence"
    return f"{regime.name}：{regime.basis}" if regime and of_licences and regime.basis else ""


def _card(centre: Centre, code: str, row: rows.Row, author: str = "", colour: str = "", *, quiet: bool = False) -> Own:
    rule = findings.BY_CODE[code]
    seen: dict[str, Any] = {**row, "until": row.get("until") or "—"}
    if row.get("state") in set(State):
        seen["state_name"] = cases.STATE_NAMES[State(row["state"])]
    colour = colour or rule.colour
    what = row.get("item_name") or row.get("number") or row.get("point_name") or row["about"]
    data = CardRaised(
        code,
        colour,
        row["about"],
        GENERAL if findings.is_points(code, row.get("state", "")) else row.get("org") or GENERAL,
        str(row.get("point", ""))[:12],
        row.get("agent", ""),
        f"{rule.name}：{what}",
        findings.finding_words(rule, seen),
        deadline.working_day_after(centre.today(), findings.EXPLAIN_DAYS[colour], centre.publications.holidays),
        row.get("task_code", ""),
        row["occasion"],
        _law(centre, rule, row),
        quiet and colour == "yellow",
        row.get("own"),
    )
    key = findings.key(code, row["about"], row["occasion"])
    return Own(author, "card.raised", findings.subject("card", key), data, "")


def raise_by_hand(centre: Centre, author: str, row: rows.Row, colour: str, facts: str) -> str:
    """A supervisor's own card on a case (its row in the list); the card's subject. One that was sent twice on a day is
    raised once. Raises RefusedError."""
    if colour not in findings.EXPLAIN_DAYS or not facts.strip():
        raise RefusedError("请选颜色，并写明亮牌的事实和依据。", "没有亮牌。")
    same = hashlib.sha256(msgspec.json.encode([author, colour, facts.strip()])).hexdigest()[:8]
    occasion = f"{centre.today()} {same}"
    seen = {**row, "about": row["intake_no"], "occasion": occasion, "facts": facts.strip()}
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        seen |= _step(centre, db, findings.BY_HAND, seen)
    own = _card(centre, findings.BY_HAND, seen, author, colour)
    with centre.database.write() as db:
        if not records.known_records(db, [own.subject]):
            centre.say_in(db, [own])
    return own.subject


def _inquiry(centre: Centre, db: sa.Connection, subject: str, row: rows.Row) -> Own:
    """A poor rating is answered, mended and called back like a complaint (国办发〔2019〕51号)."""
    case = cases.fold(centre.about(db, [row["about"]])[row["about"]])
    rated, person = (case.rated, case.collected.applicant) if case else (None, None)
    day = centre.today()
    serial = rows.next_numbers(db, f"PJ{day:%Y%m%d}", 1)
    reasons = rated.reasons.strip() if rated else ""
    data = ComplaintMade(
        f"PJ{day:%Y%m%d}-{serial:04d}",
        secrets.token_hex(8).upper(),
        "rating",
        f"群众评价“{_WORDS[row['score']]}”。{reasons}",
        row["about"],
        row["org"],
        row["point"][:12],
        row["agent"],
        person.name if person else "",
        person.phone if person else "",
        deadline.working_day_after(day, findings.RATING_DAYS, centre.publications.holidays),
        "rating",
    )
    return Own("", "complaint.made", subject, data, "")


# -- once a minute, by one process -------------------------------------------------------------------------------


def take_turn(centre: Centre) -> bool:
    """Whether this minute's look is ours: the first process that asks has it."""
    minute = centre.now()[:16]
    with centre.database.write() as db:
        if rows.value(db, "watch.last") == minute:
            return False
        rows.set_value(db, "watch.last", minute)
    return True


def run(centre: Centre, stop: threading.Event, silent_days: int = SILENT_DAYS) -> None:
    """Look every minute until `stop` is set; trouble is told in the log and tried again."""
    while not stop.wait(EVERY):
        try:
            if take_turn(centre):
                watch(centre, silent_days)
        except (DeskError, sa.exc.SQLAlchemyError) as error:
            _log.warning("watching: %s", type(error).__name__)


@contextlib.contextmanager
def beside(centre: Centre, *works: Callable[[Centre, threading.Event], None]) -> Iterator[None]:
    """Do what comes again and again, by default to watch, each beside the others, for as long as the block lasts."""
    stop = threading.Event()
    threads = [
        threading.Thread(target=contextvars.copy_context().run, args=[work, centre, stop], daemon=True)
        for work in works or (run,)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        until = time.monotonic() + _LAST
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
