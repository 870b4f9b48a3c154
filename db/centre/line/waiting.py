"""What waits for the turn and is done in one transaction: each in a savepoint of its own, or, what can be, in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

# Does what several wanted, with few statements for all: for each what came of it, the error that it raises, or None
# where it has to be done by itself. Raises whatever it likes: nothing of it is done then, and each is done by itself.
Many = Callable[[sa.Connection, Sequence[Any]], Sequence[Any]]


class ApartError(Exception):
    """What many wanted together went wrong, and nothing is done: whose fault it is shows when each is done by
    itself."""


class Asked:
    """What somebody wants to write, and what came of it. `many` and `what`: how it is done along with others."""

    def __init__(self, work: Callable[[sa.Connection], Any], many: Many | None = None, what: Any = None) -> None:
        self.work, self.many, self.what, self.is_done = work, many, what, False
        self.made: Any = None
        self.error: BaseException | None = None

    def beside(self, db: sa.Connection) -> None:
        """Do it in a transaction that others share: what it raises undoes it alone. Raises DBAPIError."""
        self.error = None
        try:
            with db.begin_nested():
                self.made = self.work(db)
        except sa.exc.DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 - it is told to whoever asked
            self.error = error


def do_all(db: sa.Connection, asked: Sequence[Asked]) -> None:
    """Do all of it. Raises DBAPIError where there is something among them that the database does not take, ApartError
    where what goes along with others does not."""
    if len(asked) == 1:
        asked[0].made = asked[0].work(db)
        return
    sets: dict[Many, list[Asked]] = {}
    for one in asked:
        if one.many is not None:
            sets.setdefault(one.many, []).append(one)
    done: set[int] = set()
    for many, some in sets.items():
        if len(some) > 1:
            done |= _set(db, many, some)
    for one in asked:
        if id(one) not in done:
            one.beside(db)


def _set(db: sa.Connection, many: Many, some: Sequence[Asked]) -> set[int]:
    """Which of them were done. The transaction is theirs so far: no savepoint, which would be two trips more."""
    done: set[int] = set()
    try:
        came = many(db, [one.what for one in some])
    except sa.exc.DBAPIError:
        raise
    except Exception as error:
        raise ApartError from error
    for one, made in zip(some, came, strict=True):
        if made is not None:
            one.made, one.error = (None, made) if isinstance(made, Exception) else (made, None)
            done.add(id(one))
    return done
