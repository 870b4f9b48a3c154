"""What people ask or complain of, taken in by the same rules whether they typed it themselves, telephoned or came to
the window: something told, a case that there is, a number of the day, a code to follow it by, the day of the answer."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from db.centre import records, rows
from db.centre.lists import case_rows
from desk.centre.node.centre_node import Centre, Own
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds import rating
from desk.folds.office import complaints
from desk.folds.refusal import Refusal
from desk.law import deadline
from desk.law.codes import SCORES
from desk.log.events import Rated
from desk.log.office_events import ComplaintMade, DisclosureAsked, Said

SORTS = {key: words for key, words in complaints.SORTS.items() if key != "rating"}  # a rating comes with its case
Made = TypeVar("Made", ComplaintMade, DisclosureAsked)
_BEGUN = {"complaint": "made", "disclosure": "asked"}  # where a record holds what it began with
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_MARK = 16  # bytes of a form's mark
_CODE = 8  # letters of a code to follow by
RATING_MOST = 500  # characters beside a rating
_LEAST = 6  # characters that tell something
_SHORT = 3  # characters of a question: 低保？


class Statement(msgspec.Struct, frozen=True):
    """A complaint as it was typed. `about`: an intake number, "" for none."""

    sort: str
    text: str
    about: str = ""
    name: str = ""
    phone: str = ""
    channel: str = "web"
    once: str = ""  # mark of the form it was typed into, as `form_mark` gives


def complain(
    centre: Centre, statement: Statement, author: str = "", officer: str = "", then: Sequence[tuple[str, Said]] = ()
) -> ComplaintMade:
    """Put a complaint into the log, with the steps `then` (kind and what is said) that follow in the same breath; as it
    was kept. `author` and `officer`: account and name of whoever wrote it down for somebody. Raises RefusedError."""
    least = _SHORT if statement.sort in ("question", "help") else _LEAST
    must_tell(statement.sort in SORTS, statement.text, "请选类别，并把事情写清楚", least)
    made = ComplaintMade(
        number="",
        code=follow_code(),
        sort=statement.sort,
        text=statement.text.strip(),
        **_case(centre, statement.about.strip()),
        name=statement.name.strip()[:60],
        phone=statement.phone.strip()[:30],
        due=deadline.working_day_after(centre.today(), complaints.ANSWER[statement.sort], centre.publications.holidays),
        channel=statement.channel,
        officer=officer,
    )
    return keep(centre, "TS", "complaint.made", made, author, then, statement.once)


def rate(centre: Centre, intake_no: str, score: int, text: str = "") -> None:
    """A case rated later, by whoever has its receipt (GB/T 39734-2020): once, wherever it was rated first. Raises
    RefusedError."""
    if score not in SCORES:
        raise RefusedError("请选一个评价。", "没有提交。")
    with centre.database.write() as db:
        entries = centre.about(db, [intake_no])[intake_no]
        case = cases.fold(entries)
        refusal = rating.refusal(case, centre.node) if case else Refusal("没有这件办件。")
        if case is None or refusal is not None:
            raise RefusedError(refusal.happened if refusal else "", "没有提交。", refusal.todo if refusal else "")
        rated = Rated(score, "web", text.strip()[:RATING_MOST])
        made = centre.add(
            db, [Own("", "case.rated", intake_no, rated, case.collected.point_code)], {intake_no: entries}
        )
        centre.project(db, {intake_no: [*entries, made[0].entry]})


def days_words() -> str:
    """How soon each sort is answered: 投诉 15 天数、…"""
    return "、".join(f"{words} {deadline.workdays(complaints.ANSWER[sort])}" for sort, words in SORTS.items())


def must_tell(rest: object, text: str, words: str, least: int = _LEAST) -> None:
    """Raises RefusedError in `words` unless `text` says anything and the `rest` is there."""
    if not rest or len(text.strip()) < least:
        raise RefusedError(f"{words}（至少 {least} 个字）。", "没有提交。")


def form_mark() -> str:
    """A mark for a form, so that it counts once, however often it is sent or its answer loaded again."""
    return secrets.token_hex(_MARK)


def follow_code() -> str:
    """A code to follow a complaint or request by: eight letters and digits that cannot be mistaken for each other."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE))


def keep(
    centre: Centre,
    prefix: str,
    kind: str,
    made: Made,
    author: str = "",
    then: Sequence[tuple[str, Said]] = (),
    once: str = "",
) -> Made:
    """Put it into the log under the next number of the day, as TS20261124-0001, and `then` the steps: as it was kept,
    now or when a form with the mark `once` came before."""
    day = centre.today().strftime("%Y%m%d")
    family = kind.partition(".")[0]
    subject: str = f"{family}:{_digest(once)}"
    with centre.database.write() as db:
        before = records.one_record(db, family, subject)
        if before is not None:
            return msgspec.convert(msgspec.json.decode(before["data"])[_BEGUN[family]], type(made))
        number = f"{prefix}{day}-{rows.next_numbers(db, f'{prefix}{day}', 1):04d}"
        kept = msgspec.structs.replace(made, number=number)
        first = Own(author, kind, subject, kept, "")
        centre.say_in(db, [first, *(Own(author, step, subject, said, "") for step, said in then)])
    return kept


def _digest(once: str) -> str:
    """What names the record: a subject is seen by more people than the form was."""
    mark = once if re.fullmatch(f"[0-9a-f]{{{2 * _MARK}}}", once) else form_mark()
    return hashlib.sha256(mark.encode()).hexdigest()[: 2 * _MARK]


def _case(centre: Centre, number: str) -> dict[str, str]:
    """Whom a complaint about the case with this number is about. Raises RefusedError for a number of no case."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        row = case_rows.one_case(db, number.replace(" ", "")) if number else None
    if number and row is None:
        raise RefusedError("没有这个收件号的办件。", "没有提交。", "请核对号码，或把号码留空。")
    if row is None:
        return {}
    return {"about": row["intake_no"], "org": row["org"], "place": row["point"][:12], "agent": row["agent"]}
