"""What the office keeps besides cases as rows of tables 10, 11 and 15: enquiries and complaints, supervision, the
envelopes between village and centre. `case_nos` gives the number of a case by its intake number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from desk.folds.office import cards, complaints
from desk.folds.office.office_record import steps
from desk.folds.records import Bundle
from desk.law.catalogue.item import Item
from desk.log.chain import Entry
from desk.log.office_events import ComplaintMade, Said
from desk.standard import tables
from desk.standard.casework import Keyed
from desk.standard.tables import Cells, date, time

_COMPLAINTS = ("complaint", "rating")  # sorts that are complaints; the others are enquiries
_CHANNELS = {"web": "网页", "phone": "电话", "rating": "差评"}
_WARNINGS = {"yellow": "1", "red": "2"}  # ours: the standard's own values are not published


def bare(subject: str) -> str:
    """The id of a record without its family."""
    return subject.partition(":")[2]


def complaint_rows(
    found: complaints.Complaint, entries: Iterable[Entry], case_nos: Mapping[str, str]
) -> Iterator[Keyed]:
    """The row of a complaint, a suggestion or a question."""
    made, key = found.made, bare(found.id)
    told = steps(entries)
    assigned = [(entry, data) for entry, data, _ in told if entry.kind == "complaint.assigned"]
    answered = [(entry, data) for entry, data, _ in told if entry.kind == "complaint.answered"]
    officer = next((data.officer for _, data in reversed(answered) if isinstance(data, Said)), "")
    shared: Cells = {
        "number": made.number,
        "name": made.name,
        "title": f"{complaints.SORTS.get(made.sort, made.sort)} {made.number}",
        "content": made.text,
        "answer": found.answer,
        "overdue_days": _overdue(found, told),
        "sort": complaints.SORTS.get(made.sort, made.sort),
        "case_no": case_nos.get(made.about, ""),
        "made_at": time(found.made_at),
        "answered_at": time(found.answered_at),
        "state": complaints.STATES[found.state],
    }
    if made.sort not in _COMPLAINTS:
        yield "enquiry", key, tables.ENQUIRY.filled(shared)
        return
    more = {
        "org_name": made.org,
        "agent_name": made.agent,
        "channel": _CHANNELS.get(made.channel, made.channel),
        "handling_org": found.org,
        "officer": officer,
        "assigned_at": time(assigned[-1][0].time) if assigned else "",
        "due": date(_due(told)),
    }
    yield "complaint", key, tables.COMPLAINT.filled({**shared, **more})


def _due(told: Iterable[tuple[Entry, object, object]]) -> dt.date | None:
    """The last day to answer that was given, first or later."""
    due: dt.date | None = None
    for entry, data, _ in told:
        if isinstance(data, ComplaintMade):
            due = data.due
        elif isinstance(data, Said) and data.until and entry.kind in ("complaint.assigned", "complaint.called_back"):
            due = data.until
    return due


def _overdue(found: complaints.Complaint, told: Sequence[tuple[Entry, object, object]]) -> int | str:
    """Days from the last day to the answer; "" before there is one."""
    due = _due([one for one in told if one[0].time <= found.answered_at])
    if not found.answered_at or due is None:
        return ""
    return max(0, (dt.date.fromisoformat(found.answered_at[:10]) - due).days)


def card_rows(card: cards.Card, case_nos: Mapping[str, str], items: Mapping[str, Item]) -> Iterator[Keyed]:
    """The row of a supervision card."""
    told, key = card.raised, bare(card.id)
    item = items.get(told.task_code)
    last = card.history[-1]
    row = tables.SUPERVISION.filled(
        {
            "case_no": case_nos.get(told.about, ""),
            "content": "。".join(words for words in (told.title, told.facts) if words),
            "org_name": told.org,
            "item_type": item.item_type if item else "",
            "sent_at": time(card.raised_at),
            "card_no": key,
            "rule_no": told.rule,
            "warning_type": _WARNINGS.get(told.colour, ""),
            "state_at": time(last.time),
            "result": "：".join(words for words in (last.name, last.text) if words) if len(card.history) > 1 else "",
            "responsible_org": told.org,
            "about": told.about,
            "state": cards.STATES[card.state],
        }
    )
    yield "supervision", key, row


def bundle_rows(found: Bundle, point_name: str) -> Iterator[Keyed]:
    """The row of an envelope that a point sealed."""
    sealed, handed, taken = found.sealed, found.handed, found.taken
    row = tables.POST.filled(
        {
            "waybill_no": sealed.number,
            "sender_org": point_name,
            "sent_on": date(found.handed_at or found.sealed_at),
            "sender": sealed.officer,
            "receiver_org": taken.org if taken else sealed.destination,
            "receiver": taken.receiver if taken else "",
            "received_on": date(found.taken_at),
            "carrier": handed.carrier if handed else "",
            "seal_no": sealed.seal_no,
            "case_count": len(sealed.cases),
        }
    )
    yield "post", found.id, row
