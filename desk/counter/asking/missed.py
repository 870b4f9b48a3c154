"""Words that items were looked up by in vain here: counted on this machine, told to the centre as counts alone.

What is counted lies beside the log until a sync: a word, how often, the last day. Then words that were looked up more
than once go into an entry that bears no author, at most once a day, and are counted from nothing again. A word that
somebody in the book of people is called by is forgotten instead.
"""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlite_utils import Database

from db.desk import local_rows, person_rows
from desk.counter.session import Session
from desk.log import local_events
from desk.log.local_events import Missed, MissedWord
from desk.store.entries import Fact
from desk.words import asked_words, search_keys

_COUNTED, _TOLD = "missed-words", "missed-told"
_LEAST_NAME = 2  # characters
_KEPT, _DAYS, _MOST_TIMES = 300, 60, 1000  # words, days that a rare one is kept, times of a word


class Counted(msgspec.Struct, frozen=True):
    """How often a word was looked up in vain, and on which day last (ISO)."""

    times: int
    last_day: str


class MissedWords:
    """Those of this machine."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def counted(self) -> dict[str, Counted]:
        """What waits to be told, by the word."""
        with self._session.store.read() as db:
            return _counted(db)

    def note(self, text: str, *, among_people: bool = False) -> None:
        """Count that no item was found by `text`; `among_people`: where people are looked for, too."""
        word = asked_words.of_counter(text, among_people=among_people)
        if not word:
            return
        today = self._session.today()
        with self._session.store.write() as db:
            known = _counted(db)
            before = known.pop(word, None)
            known[word] = Counted(min(before.times + 1 if before else 1, _MOST_TIMES), today.isoformat())
            _keep(db, _fresh(known, today))


def tell(session: Session) -> None:
    """Write the entry of today, if there is one to write; for whoever is about to send the log."""
    with session.store.read() as db:
        if not _due(session, db):
            return
    with session.store.write() as db:
        if not _due(session, db):
            return
        known = _counted(db)
        often = [word for word, one in known.items() if one.times >= local_events.MISSED_LEAST]
        often = sorted(often, key=lambda word: -known[word].times)[: local_events.MISSED_MOST]
        names = _names(db)
        said = tuple(MissedWord(word, known[word].times) for word in often if not _is_called(names, word))
        _keep(db, {word: one for word, one in known.items() if word not in often})
        local_rows.set_local(db, _TOLD, session.today().isoformat().encode())
        if said:
            who = session.store.identity_in(db)
            fact = Fact("search.missed", local_events.search_subject(who.point_code), Missed(said))
            session.store.append(db, who.node, "", [fact])


def _due(session: Session, db: Database) -> bool:
    told = (local_rows.local(db, _TOLD) or b"").decode()
    is_often = any(one.times >= local_events.MISSED_LEAST for one in _counted(db).values())
    return is_often and told != session.today().isoformat()


def _names(db: Database) -> list[str]:
    """What the people of the book are called; a single character is in too many words to hide them."""
    folded = (search_keys.fold(name).replace(" ", "") for name in person_rows.names(db))
    return [name for name in folded if len(name) >= _LEAST_NAME]


def _is_called(names: list[str], word: str) -> bool:
    """Whether somebody is called so, wholly or in part."""
    plain = word.replace(" ", "")
    return any(plain in name or name in plain for name in names)


def _counted(db: Database) -> dict[str, Counted]:
    kept = local_rows.local(db, _COUNTED)
    return msgspec.json.decode(kept, type=dict[str, Counted]) if kept else {}


def _keep(db: Database, known: dict[str, Counted]) -> None:
    local_rows.set_local(db, _COUNTED, msgspec.json.encode(known))


def _fresh(known: dict[str, Counted], today: dt.date) -> dict[str, Counted]:
    """Without rare words of long ago; of too many those that were looked up last stay."""
    since = (today - dt.timedelta(days=_DAYS)).isoformat()
    stay = [
        (word, one) for word, one in known.items() if one.times >= local_events.MISSED_LEAST or one.last_day >= since
    ]
    return dict(stay[-_KEPT:])
