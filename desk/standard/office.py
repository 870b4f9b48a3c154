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
    complaint: complaints.Complaint, entries: Iterable[Entry], case_nos: Mapping[str, str]
) -> Iterator[Keyed]:
    """The row of a complaint, a suggestion or a question."""
    made, key = complaint.made, bare(complaint.id)
    history = steps(entries)
    assigned = [(entry, data) for entry, data, _ in history if entry.kind == "complaint.assigned"]
    answered = [(entry, data) for entry, data, _ in history if entry.kind == "complaint.answered"]
    officer = next((data.officer for _, data in reversed(answered) if isinstance(data, Said)), "")
    shared: Cells = {
        "number": made.number,
        "name": made.name,
        "title": f"{complaints.SORTS.get(made.sort, made.sort)} {made.number}",
        "content": made.text,
        "answer": complaint.answer,
        "overdue_days": _overdue(complaint, history),
        "sort": complaints.SORTS.get(made.sort, made.sort),
        "case_no": case_nos.get(made.about, ""),
        "made_at": time(complaint.made_at),
        "answered_at": time(complaint.answered_at),
        "state": complaints.STATES[complaint.state],
    }
    if made.sort not in _COMPLAINTS:
        yield "enquiry", key, tables.ENQUIRY.filled(shared)
        return
    more = {
        "org_name": made.org,
        "agent_name": made.agent,
        "channel": _CHANNELS.get(made.channel, made.channel),
        "handling_org": complaint.org,
        "officer": officer,
        "assigned_at": time(assigned[-1][0].time) if assigned else "",
        "due": date(_due(history)),
    }
    yield "complaint", key, tables.COMPLAINT.filled({**shared, **more})


def _due(history: Iterable[tuple[Entry, object, object]]) -> dt.date | None:
    """The last day to answer that was given, first or later."""
    due: dt.date | None = None
    for entry, data, _ in history:
        if isinstance(data, ComplaintMade):
            due = data.due
        elif isinstance(data, Said) and data.until and entry.kind in ("complaint.assigned", "complaint.called_back"):
            due = data.until
    return due


def _overdue(complaint: complaints.Complaint, history: Sequence[tuple[Entry, object, object]]) -> int | str:
    """Days from the last day to the answer; "" before there is one."""
    due = _due([one for one in history if one[0].time <= complaint.answered_at])
    if not complaint.answered_at or due is None:
        return ""
    return max(0, (dt.date.fromisoformat(complaint.answered_at[:10]) - due).days)


def card_rows(card: cards.Card, case_nos: Mapping[str, str], items: Mapping[str, Item]) -> Iterator[Keyed]:
    """The row of a supervision card."""
    raised, key = card.raised, bare(card.id)
    item = items.get(raised.task_code)
    last = card.history[-1]
    row = tables.SUPERVISION.filled(
        {
            "case_no": case_nos.get(raised.about, ""),
            "content": "。".join(words for words in (raised.title, raised.facts) if words),
            "org_name": raised.org,
            "item_type": item.item_type if item else "",
            "sent_at": time(card.raised_at),
            "card_no": key,
            "rule_no": raised.rule,
            "warning_type": _WARNINGS.get(raised.colour, ""),
            "state_at": time(last.time),
            "result": "：".join(words for words in (last.name, last.text) if words) if len(card.history) > 1 else "",
            "responsible_org": raised.org,
            "about": raised.about,
            "state": cards.STATES[card.state],
        }
    )
    yield "supervision", key, row


def bundle_rows(bundle: Bundle, point_name: str) -> Iterator[Keyed]:
    """The row of an envelope that a point sealed."""
    sealed, handed, taken = bundle.sealed, bundle.handed, bundle.taken
    row = tables.POST.filled(
        {
            "waybill_no": sealed.number,
            "sender_org": point_name,
            "sent_on": date(bundle.handed_at or bundle.sealed_at),
            "sender": sealed.officer,
            "receiver_org": taken.org if taken else sealed.destination,
            "receiver": taken.receiver if taken else "",
            "received_on": date(bundle.taken_at),
            "carrier": handed.carrier if handed else "",
            "seal_no": sealed.seal_no,
            "case_count": len(sealed.cases),
        }
    )
    yield "post", bundle.id, row
