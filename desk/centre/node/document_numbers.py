"""文书编号: every document of the organ gets one, by kind, from 1 each year."""

from __future__ import annotations

import datetime as dt

import msgspec
import sqlalchemy as sa

from db.centre import rows
from desk import clock
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
}


def given_number(db: sa.Connection, centre: str, now: dt.datetime, kind: str, data: events.Data) -> events.Data:
    """`data` with the next number of its kind, as 苏尼特左旗政服受〔2026〕1号, unless the clerk gave one."""
    word = _WORDS.get(kind, "")
    if not word or getattr(data, "document_no", None):
        return data
    year = now.astimezone(clock.BEIJING).year
    short = centre.replace("政务服务中心", "政服").replace("服务中心", "服")
    return msgspec.structs.replace(
        data, document_no=f"{short}{word}〔{year}〕{rows.next_numbers(db, f'{word}{year}', 1)}号"
    )
