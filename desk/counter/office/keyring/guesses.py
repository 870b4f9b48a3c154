"""Passwords that were wrong: written down beside the vault before each is tried, so that no restart forgets them.

After a few in a row one has to wait, ten minutes at most: a stranger's guesses never keep the owner out for ever, nor
does a clock that was wrong. Whoever comes in next is told.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from db.errors import WrongPasswordError
from db.files import write_whole
from desk import clock
from desk.errors import UNREADABLE, RefusedError

FILE = "guesses.json"
FREE = 5  # wrong ones in a row before one has to wait
_WAITS = (30, 60, 120, 300, 600)  # seconds after the fifth, the sixth ...
_KEPT = 200  # guesses that are remembered
_DAYS = 30
_MINUTE = 60
_turn = threading.Lock()


class Guess(msgspec.Struct, frozen=True):
    """One wrong password: for which account, when, and whether somebody was told of it."""

    account: str
    at: str
    told: bool = False


class _Book(msgspec.Struct, frozen=True):
    """`row`: wrong ones since the last right one, by account."""

    row: dict[str, int] = {}
    guesses: tuple[Guess, ...] = ()


@contextlib.contextmanager
def counted(folder: Path, account: str, tell: clock.Clock) -> Iterator[None]:
    """Around a look at a password for `account` of the desk in `folder`: it is counted unless it is right. Raises
    RefusedError where one has to wait; WrongPasswordError goes through."""
    with _turn:
        _may_try(_read(folder), account, tell())
        _add(folder, account, tell())
        try:
            yield
        except WrongPasswordError:
            raise
        except BaseException:
            _take_back(folder, account)
            raise
        _take_back(folder, account)


def lately(folder: Path, tell: clock.Clock) -> tuple[Guess, ...]:
    """Those of the last days, the latest first."""
    since = clock.stamp(tell() - dt.timedelta(days=_DAYS))
    return tuple(one for one in reversed(_read(folder).guesses) if one.at > since)


def untold(folder: Path) -> tuple[Guess, ...]:
    """Those that nobody was told of; they count as told from now on."""
    with _turn:
        book = _read(folder)
        found = tuple(one for one in book.guesses if not one.told)
        if found:
            told = tuple(msgspec.structs.replace(one, told=True) for one in book.guesses)
            _keep(folder, msgspec.structs.replace(book, guesses=told))
    return found


def in_words(found: tuple[Guess, ...], names: dict[str, str]) -> str:
    """Who, how often, and when the last time; "" for none."""
    if not found:
        return ""
    counts = Counter(one.account for one in found)
    whose = "、".join(f"{names.get(account, account)} {count} 次" for account, count in counts.items())
    last = clock.minute(max(one.at for one in found))
    return f"{whose}，最近一次 {last}"


def _may_try(book: _Book, account: str, now: dt.datetime) -> None:
    row = book.row.get(account, 0)
    if row < FREE:
        return
    last = max((one.at for one in book.guesses if one.account == account), default="")
    since = (now - dt.datetime.fromisoformat(last)).total_seconds() if last else -1
    left = _WAITS[min(row - FREE, len(_WAITS) - 1)] - since
    if since >= 0 and left > 0:  # a clock that went back makes nobody wait
        wait = f"{int(left) // 60 + 1} 分钟" if left >= _MINUTE else f"{int(left) + 1} 秒"
        raise RefusedError(
            f"这个账号的密码已连续输错 {row} 次，请过 {wait}再试。", "数据都在，没有改动。", "忘了密码请点“忘记密码”。"
        )


def _add(folder: Path, account: str, now: dt.datetime) -> None:
    book = _read(folder)
    row = book.row | {account: book.row.get(account, 0) + 1}
    _keep(folder, _Book(row, (*book.guesses, Guess(account, clock.stamp(now)))[-_KEPT:]))


def _take_back(folder: Path, account: str) -> None:
    """The password was right: its own line goes, the others stay to be told."""
    book = _read(folder)
    last = max((at for at, one in enumerate(book.guesses) if one.account == account), default=-1)
    guesses = tuple(one for at, one in enumerate(book.guesses) if at != last)
    _keep(folder, _Book({one: row for one, row in book.row.items() if one != account}, guesses))


def _read(folder: Path) -> _Book:
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=_Book)
    except (OSError, *UNREADABLE):
        return _Book()


def _keep(folder: Path, book: _Book) -> None:
    """A full disk keeps nobody out."""
    with contextlib.suppress(OSError):
        if book.guesses or book.row:
            write_whole(folder / FILE, msgspec.json.encode(book))
        else:
            (folder / FILE).unlink(missing_ok=True)
