"""文书编号: every document of an organ gets one of the organ's own, by kind, from 1 each year."""

from __future__ import annotations

import datetime as dt

import msgspec
import sqlalchemy as sa

from db.centre import rows
from desk import clock
from desk.folds.organs import Organ
from desk.log import events

# The word in the number of each.
_WORDS = {
    "case.accepted": "受",
    "case.not_accepted": "不受",
    "case.supplement_asked": "补",
    "case.extended": "延",
    "case.suspended": "特",
    "case.granted": "准",
    "case.refused": "驳",
    "disclosure.replied": "信公开",
    "disclosure.mend_asked": "信补",
    "disclosure.extended": "信延",
}


def given_number(db: sa.Connection, organ: Organ, now: dt.datetime, kind: str, data: events.Data) -> events.Data:
    """`data` with the organ's next number of its kind, as 苏左民受〔2026〕1号, unless the clerk gave one. Each organ
    counts for itself; one without a word of its own 机关代字 is written out."""
    word = _WORDS.get(kind, "")
    if not word or getattr(data, "document_no", None):
        return data
    year = now.astimezone(clock.BEIJING).year
    counted = f"{organ.body.code if organ.body else organ.name} {word}{year}"
    return msgspec.structs.replace(
        data, document_no=f"{_short(organ)}{word}〔{year}〕{rows.next_numbers(db, counted, 1)}号"
    )


def _short(organ: Organ) -> str:
    return (organ.body.document_word if organ.body else "") or organ.name
