"""What screens ask of the tables: people, cases, today. Snapshots out, masked where a screen needs no full number."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlite_utils import Database

from db.desk import case_rows, entry_rows, local_rows, paper_rows, person_rows, picture_rows, record_rows, sync_rows
from desk.folds import case as cases
from desk.folds.case_clocks import STANDING
from desk.folds.records import Notice
from desk.law import deadline, id_numbers, numbers
from desk.law.deadline import Warn
from desk.law.holidays import HolidayTable
from desk.log import events, receipt_code
from desk.log.import_events import PastCase
from desk.store.entries import entries_about, fold_case
from desk.store.snapshots import (
    CaseQuery,
    CaseRow,
    DraftRow,
    PaperView,
    PastLine,
    PersonRow,
    Place,
    RefusedMove,
    turned,
)
from desk.store.snapshots import Draft as DraftView
from desk.words import search_keys


def people(db: Database, text: str, limit: int, today: dt.date) -> tuple[PersonRow, ...]:
    """People found by name, pinyin, initials, tail of the number or telephone; all, newest first, for no text."""
    asked = search_keys.question(text)
    if text.strip() and not asked:
        return ()
    found = person_rows.searched(db, asked, limit) if asked else person_rows.latest(db, limit)
    return tuple(person_row(row, today) for row in found)


def person_row(row: dict[str, Any], today: dt.date, *, alike: bool = False) -> PersonRow:
    """A person as a list shows them."""
    facts = id_numbers.facts(row["id_type"], row["id_number"], today)
    birth = getattr(facts, "birth", None)
    return PersonRow(
        id=row["id"],
        name=row["name"],
        id_masked=id_numbers.masked(row["id_number"]),
        phone_masked=id_numbers.masked_phone(row["phone"]),
        address=row["address"],
        birth=birth.isoformat() if birth else "",
        sex=getattr(facts, "sex", ""),
        cases=row.get("cases", 0),
        alike=alike,
    )


def past_line(body: bytes, db: Database) -> PastLine:
    """A line of a ledger of former years as a list shows it."""
    past = msgspec.json.decode(body, type=PastCase)
    masked = id_numbers.masked(past.id_number)
    row = person_rows.person_with_number(db, id_numbers.RESIDENT, past.id_number) if past.id_number else None
    person_id = (row["merged_into"] or row["id"]) if row else ""
    return PastLine(past.name, past.item, past.day, past.result, past.number, past.note, masked, person_id)


def person(db: Database, person_id: str) -> events.Person:
    """All that is known of a person. LookupError for a stranger."""
    row = person_rows.person(db, person_id)
    if row is None:
        raise LookupError(person_id)
    return msgspec.json.decode(row["body"], type=events.Person)


def whereabouts(db: Database, seen: Seen, intake_no: str) -> tuple[Place, str]:
    """Where what this desk wrote of a case is, and since when: green only once the centre said so."""
    last = entry_rows.last_own(db, seen.node, intake_no)
    if last <= seen.acked:
        return Place.AT_CENTRE, sync_rows.ack_time(db, last, "centre") if last else ""
    left = sync_rows.ack_time(db, last, "stick")
    return (Place.ON_THE_WAY, left) if left else (Place.HERE, "")


def pictures(db: Database, case: cases.Case | None) -> dict[str, str]:
    """As `CaseView.pictures`."""
    return picture_rows.files_there(db, [ref.sha256 for one in case.materials for ref in one.files]) if case else {}


def notices(db: Database, today: dt.date, point: str) -> tuple[Notice, ...]:
    """Notices for this point of the centre, and of those above it, that are still to be shown, the latest first."""
    month = (today - dt.timedelta(days=31)).isoformat()
    found = [msgspec.json.decode(one, type=Notice) for one in record_rows.records(db, "notice", limit=50)]
    found = [one for one in found if not one.to or point.startswith(one.to)]
    return tuple(one for one in found if (one.until >= today.isoformat() if one.until else one.day >= month))


def _asked(db: Database, query: CaseQuery, seen: Seen) -> case_rows.Asked | None:
    """`query` as the rows are asked; None when its text has nothing that could be found."""
    keys, number = search_keys.question(query.text), ""
    if query.text.strip() and not keys:
        return None
    whole = scanned("".join(query.text.split()))
    if numbers.is_intake_no(whole):
        is_here = case_rows.case_numbered(db, whole) or case_rows.village_case(db, whole)
        # The index also knows what a case was called before, and another one may be called now.
        by_key = is_here and not case_rows.any_renumbered(db)
        keys, number = ("", whole) if by_key else (search_keys.question(whole), "")
    due = _due_between(query.warning, seen) if query.warning else ("", "")
    windows = (query.window,) if query.window else ()
    return case_rows.Asked(
        keys=keys,
        intake_no=number,
        is_open=bool(query.states) and not cases.ENDED & {*query.states},
        states=query.states,
        task_code=query.task_code,
        since=query.since,
        until=query.until,
        agent=query.agent or (seen.agent if query.whose == MINE else ""),
        person_id=query.person_id,
        due=due,
        due_but=STANDING if query.warning else (),
        whose="" if query.whose in (WINDOW, MINE) or windows else query.whose,
        windows=seen.own if query.whose == WINDOW else windows,
    )


def scanned(text: str) -> str:
    """The intake number in what a scanner reads off a receipt; anything else as it is."""
    parts = receipt_code.as_scanned(text).split(".")
    return parts[1] if len(parts) == 3 and parts[0].upper() == "DBR1" else text


def _due_between(warning: str, seen: Seen) -> tuple[str, str]:
    """The due dates that carry `warning` today: from, and up to but without."""
    today = seen.today.isoformat()
    after = (deadline.working_day_after(seen.today, 1, seen.holidays) + dt.timedelta(1)).isoformat()
    return {"red": ("0", today), "yellow": (today, after)}.get(warning, ("0", after))


def case_page(
    db: Database, query: CaseQuery, offset: int, limit: int, seen: Seen, after: str = ""
) -> tuple[CaseRow, ...]:
    """`limit` rows of the answer to `query` from `offset`, or behind the case with the intake number `after`."""
    asked = _asked(db, query, seen)
    if asked is None:
        return ()
    found = case_rows.case_page(db, asked, offset, limit, query.sort, descending=query.descending, after=after)
    return tuple(case_row(row, seen) for row in found)


def case_count(db: Database, query: CaseQuery, seen: Seen, most: int = 0) -> int:
    """How many rows `query` has; with `most` counted that far and one further, no more."""
    asked = _asked(db, query, seen)
    return 0 if asked is None else case_rows.case_count(db, asked, most)


WINDOW, MINE = "window", "mine"  # whose cases: those at this machine's window; those that this agent took in


class Seen(msgspec.Struct, frozen=True):
    """What a row's marks depend on besides the row: our node, how far the centre has us, the day, the table, the names
    that this machine had before, a township's villages by code, who asks, by name of a sibling how far the centre has
    its log."""

    node: str
    acked: int
    today: dt.date
    holidays: HolidayTable
    former: frozenset[str] = frozenset()
    villages: dict[str, str] = {}
    agent: str = ""
    siblings: dict[str, int] = {}

    @property
    def own(self) -> tuple[str, ...]:
        """Every name of this machine, the present one first."""
        return (self.node, *sorted(self.former))

    def is_at_centre(self, row: dict[str, Any]) -> bool:
        """Whether the centre is known to have a case: it said so of our log, or of the log of the window that wrote it
        down. What a village handed on, and what stands under a former name, came from there."""
        if row["node"] == self.node:
            return bool(row["seq"] <= self.acked)
        if row["node"][:12] != self.node[:12] or row["node"] in self.former or row["state"] != cases.State.COLLECTED:
            return True
        return bool(row["seq"] <= self.siblings.get(row["node"], 0))

    def village_of(self, node: str) -> str:
        """What the village is called that `node` is a desk of; "" for a desk of this point."""
        return self.villages.get(node[:12], "") if node[:12] != self.node[:12] else ""

    def desk_of(self, node: str) -> str:
        """The number of the desk at this point that `node` names; "" for this machine itself, and for a village's."""
        other = node == self.node or node in self.former or self.village_of(node)
        return "" if other else numbers.desk_of(node)


def case_row(row: dict[str, Any], seen: Seen) -> CaseRow:
    """One row as the list shows it."""
    warn = Warn.NONE
    if row["due_on"] and row["open"] and row["state"] not in STANDING:
        warn = deadline.warning(dt.date.fromisoformat(row["due_on"]), seen.today, seen.holidays)
    return CaseRow(
        intake_no=row["intake_no"],
        case_no=row["case_no"],
        state=row["state"],
        state_name=cases.STATE_NAMES[cases.State(row["state"])],
        applicant_name=row["applicant_name"],
        item_name=row["item_name"],
        collected_at=row["collected_at"],
        due_on=row["due_on"],
        due_provisional=bool(row["due_provisional"]),
        warning=warn,
        at_centre=seen.is_at_centre(row),
        agent=row["agent"],
        rated=row["rating"] > 0,
        desk=seen.desk_of(row["node"]),
        village=seen.village_of(row["node"]),
        window=numbers.desk_of(row.get("window", "")),
        elsewhere=bool(seen.desk_of(row.get("window", row["node"]))),
    )


def one_case(db: Database, intake_no: str, seen: Seen) -> CaseRow:
    """The row of one case, by intake number or case number. LookupError when there is none."""
    row = case_rows.case_numbered(db, intake_no) or case_rows.village_case(db, intake_no)
    if row is None:
        raise LookupError(intake_no)
    return case_row(row, seen)


def drafts(db: Database) -> tuple[DraftRow, ...]:
    """Drafts, newest first."""
    return tuple(_draft(row) for row in local_rows.drafts(db))


def _draft(row: dict[str, Any]) -> DraftRow:
    draft = turned(msgspec.json.decode(row["body"], type=DraftView))
    return DraftRow(draft, row["saved"], draft.applicant.name.strip() or "（未填姓名）")


def refused_moves(db: Database) -> tuple[RefusedMove, ...]:
    """What was written down but took no effect, in the latest cases that have any."""
    folded = [case for number in case_rows.refused_numbers(db, 50) if (case := fold_case(db, number))]
    return tuple(
        RefusedMove(case.intake_no, case.collected.applicant.name, line.name, line.refused)
        for case in folded
        for line in case.conflicts
    )


def papers(db: Database, subject: str) -> tuple[PaperView, ...]:
    """The kept documents of a case, oldest first, each with its signed scans."""
    kept = paper_rows.papers_about(db, subject)
    marks = (events.decode(one.kind, one.data) for one in entries_about(db, subject) if one.kind == "paper.signed")
    signed = [one for one in marks if isinstance(one, events.PaperSigned)]
    return tuple(
        PaperView(
            row["sha256"],
            row["paper"],
            row["title"],
            row["made_at"],
            tuple(ref for one in signed if one.sha256 == row["sha256"] for ref in one.files),
        )
        for row in kept
    )
