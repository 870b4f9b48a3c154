"""What people say for an item: what they looked up in vain, and the words that an editor gives an item for it.

A search says nothing of who asked, and a word is shown when it was looked up several times: a name, typed once, is not.
"""

from __future__ import annotations

import contextlib
import datetime as dt

import sqlalchemy as sa

from db.centre import unfound_rows
from desk.centre.node import publishing
from desk.centre.node.centre_node import Centre
from desk.errors import RefusedError
from desk.words import asked_words, search_keys
from desk.words.asked_words import LONGEST

OFTEN = 3  # times, before an editor sees it
MOST = 30  # words of an item
_KEPT, _DAYS = 5000, 30  # words that are counted at all, days that a rare one is kept
_NOT = "没有改动。"


def note(centre: Centre, text: str) -> None:
    """Count that nothing was found for `text`; beside the log, and nobody fails by it."""
    word = search_keys.fold(text)
    if not asked_words.is_word(word):
        return
    day = centre.today()
    with contextlib.suppress(sa.exc.DBAPIError), centre.database.touch() as db:
        unfound_rows.drop_rare(db, OFTEN, (day - dt.timedelta(days=_DAYS)).isoformat())
        unfound_rows.count(db, word, day.isoformat(), _KEPT)


def add(centre: Centre, author: str, task_code: str, text: str) -> str:
    """Publish one word more for an item; the word as it is kept. Raises RefusedError."""
    word = search_keys.fold(text)
    if not asked_words.is_word(word):
        raise RefusedError(f"说法要有字，不超过 {LONGEST} 个字，不能是电话或证件号码。", _NOT)

    def more(stands: tuple[str, ...]) -> tuple[str, ...]:
        if word in stands:
            raise RefusedError(f"这个事项已经有“{word}”。", _NOT)
        if len(stands) >= MOST:
            raise RefusedError(f"一个事项最多 {MOST} 个说法。", _NOT, "请先去掉不用的。")
        return (*stands, word)

    publishing.words(centre, author, task_code, more)
    return word


def take_away(centre: Centre, author: str, task_code: str, word: str) -> None:
    """Publish the words of an item without one. Raises RefusedError where it has not got it."""

    def fewer(stands: tuple[str, ...]) -> tuple[str, ...]:
        if word not in stands:
            raise RefusedError("这个说法已经去掉了。", _NOT)
        return tuple(one for one in stands if one != word)

    publishing.words(centre, author, task_code, fewer)
