"""What comes down through every level to whom it is for: notices and orders of a level above, said again by this centre
to those below it as the same facts, what this centre itself wants of a card of a centre below, and its answer to a
complaint about one."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from db.centre import rows
from desk.centre.node.centre_node import Centre, Own
from desk.errors import RefusedError
from desk.folds.office import cards, complaints
from desk.folds.whose import division
from desk.log import chain, events
from desk.log.centre_events import NoticePublished
from desk.log.office_events import Said

EVERYBODY = "*"


def on(centre: Centre, db: sa.Connection, heard: Iterable[chain.Entry]) -> None:
    """Say again what the level above said to those below us, once: with its time, author and rank, so that it stays
    one fact. The entries of cards among them are in the database already."""
    for entry in heard:
        audience = _audience(centre, db, entry)
        if not audience:
            continue
        known = [one for one in centre.about(db, [entry.subject])[entry.subject] if one.node == centre.node]
        if chain.fact(entry) not in map(chain.fact, known):
            again = Own(entry.author, entry.kind, entry.subject, entry.data, audience, entry.time, entry.rank)
            centre.append(db, [again], {})


def _audience(centre: Centre, db: sa.Connection, entry: chain.Entry) -> str:
    """Who below us hears of an entry of the level above; "" for nobody."""
    if entry.kind in cards.FROM_ABOVE:
        card = cards.fold(centre.about(db, [entry.subject])[entry.subject])
        return listener(db, card.home) if card and card.home != centre.node else ""
    if entry.kind == complaints.FROM_ABOVE:
        complaint = complaints.fold(centre.about(db, [entry.subject])[entry.subject])
        return listener(db, complaint.home) if complaint and complaint.home != centre.node else ""
    data = events.decode(entry.kind, entry.data)
    is_for_us = isinstance(data, NoticePublished) and data.is_for(division(centre.node))
    return EVERYBODY if is_for_us else ""


def listener(db: sa.Connection, node: str) -> str:
    """The point code of the centre below that speaks to us for `node`; "" for none."""
    found = rows.one_node(db, node)
    while found is not None and found["via"]:
        found = rows.one_node(db, found["via"])
    return str(found["point_code"]) if found is not None else ""


def demand(centre: Centre, author: str, kind: str, subject: str, said: Said, seen: int) -> None:
    """Urge, ask or order the correction of a card of a centre below us: it comes down to that one with its limit.

    Raises RefusedError when it is no such card, or someone else said something of it meanwhile.
    """
    with centre.database.write() as db:
        card = cards.fold(centre.about(db, [subject])[subject])
        if card is None:
            raise RefusedError("没有这张牌。", "没有改动。")
        centre.say_in(db, [Own(author, kind, subject, said, listener(db, card.home))], seen)


def answer(centre: Centre, author: str, subject: str, said: Said, seen: int) -> None:
    """Answer a complaint about a centre below us that it sent up; the answer comes down to it. Raises RefusedError."""
    with centre.database.write() as db:
        complaint = complaints.fold(centre.about(db, [subject])[subject])
        if complaint is None:
            raise RefusedError("没有这件投诉。", "没有改动。")
        centre.say_in(db, [Own(author, complaints.FROM_ABOVE, subject, said, listener(db, complaint.home))], seen)
