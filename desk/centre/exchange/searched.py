"""What desks tell of words by which items were looked up in vain: counted by word and counter, for the editors.

A desk is believed no more than a stranger on the public page: it speaks for its own counter alone, of so many words at
most, and what may not be told of a counter's searches is not kept whoever tells it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from db.centre import rows, unfound_rows
from desk import doors
from desk.centre.node.centre_node import Centre, Own
from desk.doors import Refusal
from desk.errors import RefusedError
from desk.log import centre_events, chain, events, local_events
from desk.log.local_events import Missed, MissedWord
from desk.words import asked_words

_KIND = "search.missed"
_WORDS, _DAYS, _TIMES = 200, 180, 100  # words of a counter, days that a rare one is kept, times that one entry tells
_RARE = 10  # times, below which a word is forgotten in the end


def count(centre: Centre, db: sa.Connection, new: Sequence[chain.Kept], sender: rows.Row) -> None:
    """Count what is new, once though it may come in another log too; refuse what the sender may not say."""
    said = [one.entry for one in new if one.entry.kind == _KIND]
    if not said:
        return
    point, today = str(sender["point_code"]), centre.today()
    unfound_rows.drop_rare_at(db, point, _RARE, (today - dt.timedelta(days=_DAYS)).isoformat())
    before = centre.about(db, [local_events.search_subject(point)], (said[0].node, said[0].seq))
    told = {chain.fact(one) for entries in before.values() for one in entries}
    for entry in said:
        words = _words(entry, point)
        if isinstance(words, Refusal):
            _refuse(centre, db, entry, point, words)
        elif chain.fact(entry) not in told:
            told.add(chain.fact(entry))
            for one in words:
                unfound_rows.count_at(db, one.word, point, one.times, today.isoformat(), _WORDS)


def _words(entry: chain.Entry, point: str) -> tuple[MissedWord, ...] | Refusal:
    if entry.subject != local_events.search_subject(point):
        return Refusal("不是这个代办点的搜索")
    return read(bytes(entry.data))


def read(data: bytes) -> tuple[MissedWord, ...] | Refusal:
    """The words that count of what an entry says, each once and as it is compared, or why none does."""
    return doors.taken(_read, data, doors.MISSED)


def _read(data: bytes) -> tuple[MissedWord, ...]:
    said = events.decode(_KIND, msgspec.Raw(data))
    if not isinstance(said, Missed):
        return ()  # it was refused as unreadable
    if len(said.words) > doors.MISSED.things:
        raise RefusedError(f"说法太多，一次最多 {doors.MISSED.things} {doors.MISSED.of}。")
    found: dict[str, int] = {}
    for one in said.words:
        word = asked_words.of_counter(one.word, among_people=False)
        if word and one.times >= local_events.MISSED_LEAST:
            found[word] = min(one.times, _TIMES)
    return tuple(MissedWord(word, times) for word, times in found.items())


def _refuse(centre: Centre, db: sa.Connection, entry: chain.Entry, point: str, why: Refusal) -> None:
    told = centre_events.EntryRefused(entry.node, entry.seq, why.words)
    centre.append(db, [Own("", "entry.refused", entry.subject, told, point)], {entry.subject: entry.rank})
