"""What a desk hands to its centre for a decision, and the centre's word: how a township adjusts an item that was
devolved to it, government information 政务信息; and what it tells of searches
that found nothing: words and how often, nobody's name."""

from __future__ import annotations

import msgspec

from desk import doors
from desk.law.catalogue.adjusting import Adjustment
from desk.log.files import FileRef
from desk.log.office_events import Said


class Adjusted(msgspec.Struct, frozen=True):
    """local.proposed 申报本地调整: by a township's desk, for review; nothing of it is in force. local.published: by the
    centre, which reviewed it, for all desks; one that says nothing takes the adjustment back. `body`: the code of the
    government whose it is; `version`: of the item that it was made beside. A refusal is `entry.refused`."""

    task_code: str
    body: str
    said: Adjustment
    officer: str
    version: int = 0


class LocalAsked(msgspec.Struct, frozen=True):
    """local.asked 申报本地调整: as `Adjusted` that is proposed, typed by a township's own people on the centre's pages;
    by the centre, for the desks of that township. A kind of its own: programs of before take what a centre says as
    `Adjusted` for what is in force."""

    task_code: str
    body: str
    said: Adjustment
    officer: str
    version: int = 0


def subject(task_code: str, body: str) -> str:
    """What the entries about one body's adjustment of one item are about."""
    return f"local:{task_code}:{body}"


class Memo(msgspec.Struct, frozen=True):
    """memo.sent 报送政务信息: composed at a desk, with the `files` that go with it. What the centre does with it comes
    back as memo.answered, whose `verdict` is adopted, returned, circulated or forwarded."""

    title: str
    text: str
    sort: str
    officer: str
    files: tuple[FileRef, ...] = ()


class MissedWord(msgspec.Struct, frozen=True):
    """A word and how often it was looked up in vain since it was last told."""

    word: str
    times: int


class Missed(msgspec.Struct, frozen=True):
    """search.missed 没有找到的说法: at one counter, by nobody in particular; the entry bears no author. At most one a
    day and desk, with at most `MISSED_MOST` words."""

    words: tuple[MissedWord, ...]


MISSED_MOST = doors.MISSED.things  # words of one entry
MISSED_LEAST = 2  # times, before a word is told


def search_subject(point: str) -> str:
    """What the entries about one counter's searches are about."""
    return f"search:{point}"


LOCAL_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "local.proposed": ("申报本地调整", Adjusted),
    "local.asked": ("在中心申报本地调整", LocalAsked),
    "local.published": ("核准本地调整", Adjusted),
    "memo.sent": ("报送政务信息", Memo),
    "memo.answered": ("政务信息办理", Said),
    "search.missed": ("没有找到的说法", Missed),
}
