"""政务信息 that desks compose: taken in, each becomes an item of this centre and goes its road; what becomes of it is
told to the counter that wrote it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.centre import records
from desk.centre.node.centre_node import Centre, Own
from desk.folds.office import writings
from desk.folds.township import memos
from desk.law.bodies.body import bare
from desk.law.bodies.competence import at_counter
from desk.log import chain, events
from desk.log.local_events import Memo
from desk.log.office_events import Said, Written

_TOWNSHIP = 9  # digits of its code


def receive(centre: Centre, db: sa.Connection, new: Sequence[chain.Kept], point: str, name: str) -> None:
    """Begin an item for each that came from the counter `point`, called `name`, and send it to the editors; once,
    however often it comes."""
    found = [(one.entry, events.decode(one.entry.kind, one.entry.data)) for one in new if one.entry.kind == "memo.sent"]
    for entry, data in found:
        key = _item_of(entry.subject)
        if not isinstance(data, Memo) or not key or records.one_record(db, "info", key) is not None:
            continue
        centre.publications.refresh(centre.node, db)
        written = _written(centre, data, point, name)
        said = (("info.written", written), ("info.sent", Said(data.officer, written.org)))
        centre.say_in(db, [Own("", kind, key, one, "") for kind, one in said])


def _item_of(subject: str) -> str:
    family, _, key = subject.partition(":")
    return f"info:{key}" if family == "memo" and key.isalnum() else ""


def _written(centre: Centre, memo: Memo, point: str, name: str) -> Written:
    title, text = memo.title[: memos.MOST_TITLE], memo.text[: memos.MOST_TEXT]
    body = at_counter(centre.publications.bodies, point, centre.today())
    sort = memo.sort if memo.sort in memos.TOPICS else memos.TOPICS[0]
    org, place = body.name if body else name, bare(point)[:_TOWNSHIP]
    month, files = f"{centre.today():%Y-%m}", memos.fitting(memo.files)
    return Written(title, text, memo.officer, sort, month, org, place, point=point, files=files)


def say(centre: Centre, account: str, kind: str, item: writings.Writing, said: Said, seen: int) -> None:
    """A step of our own item; where a desk composed it, its counter hears of it. Raises RefusedError."""
    with centre.database.write() as db:
        centre.say_in(db, [Own(account, kind, item.id, said, "")], seen)
        if item.written.point:
            verdict = kind.partition(".")[2]
            answer = Said(said.officer, centre.name, said.text, verdict)
            subject = f"memo:{item.id.partition(':')[2]}"
            centre.add(db, [Own(account, "memo.answered", subject, answer, item.written.point)])
