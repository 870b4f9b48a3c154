"""乡镇转收: envelopes of the villages that lie here on their way: taken over against their list, passed on by a drive.

Taking an envelope over starts no clock: an application counts as received when the organ that is competent has it, and
an omission to tell what is lacking counts from that day (行政许可法第三十二条第一款第四项).
"""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import record_rows, village_rows
from desk.counter.session import Session, required
from desk.counter.township.villages import Villages
from desk.errors import RefusedError
from desk.folds import records
from desk.folds.records import Bundle, Lodging
from desk.law import numbers
from desk.log import chain, point_events
from desk.log.post_events import LodgeMade
from desk.store.entries import Fact

_NOT = "没有收。"


class Arriving(msgspec.Struct, frozen=True):
    """An envelope that somebody brings: its number, whose it is, its list where the village's desk sent it already."""

    number: str
    village: str
    bundle: Bundle | None = None

    @property
    def cases(self) -> tuple[point_events.BundledCase, ...]:
        """What its list names."""
        return self.bundle.sealed.cases if self.bundle else ()


class Lying(msgspec.Struct, frozen=True):
    """A village's envelope as this township knows it: `is_taken` once the centre signed for it."""

    lodging: Lodging
    village: str
    bundle: Bundle | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the other end has it."""
        return self.bundle is not None and self.bundle.taken is not None


class Lodgings:
    """The township's shelf for envelopes."""

    def __init__(self, session: Session, villages: Villages) -> None:
        self._session, self._villages = session, villages

    def look(self, scanned: str) -> Arriving:
        """The envelope whose code was scanned, or whose number was typed. Raises RefusedError for none, for one that is
        not of a village here, and for one that was taken over before."""
        number = numbers.envelope(scanned)
        if not number:
            raise RefusedError("这不是信封上的码或封装号。", _NOT, "封装号以 Z 开头，后面 22 位数字，在移交清单上。")
        village = self._names().get(numbers.envelope_node(number)[:12])
        if village is None:
            raise RefusedError("这个信封不是本苏木乡镇的村封的。", _NOT, "请核对封装号。")
        with self._session.store.read() as db:
            _must_be_new(db, number)
            return Arriving(number, village, _bundles(db).get(number))

    def take(self, arriving: Arriving, receiver: str, counted: int, differences: tuple[str, ...]) -> Lodging:
        """Sign for an envelope: who, how many cases, what did not agree with its list. Raises RefusedError."""
        listed = len(arriving.cases)
        noted = [one.strip() for one in differences if one.strip()]
        if listed and counted != listed and not noted:
            noted = [f"清单 {listed} 件，实收 {counted} 件"]
        if not 0 < counted <= 9999:
            raise RefusedError("请填实收几件（1 到 9999）。", _NOT)
        made = LodgeMade(
            arriving.number,
            required(receiver, "接收人姓名"),
            self._session.identity.point_name,
            counted,
            listed,
            tuple(noted),
            self._session.account.name,
        )
        with self._session.store.write() as db:
            _must_be_new(db, arriving.number)
            self._session.append(db, Fact("lodge.made", arriving.number, made))
            kept = record_rows.record(db, arriving.number)
        return msgspec.json.decode(kept or b"", type=Lodging)

    def listed(self) -> tuple[Lying, ...]:
        """All that were taken over, latest first."""
        names = self._names()
        with self._session.store.read() as db:
            kept = [msgspec.json.decode(one, type=Lodging) for one in record_rows.records(db, "lodge")]
            known = _bundles(db) if kept else {}
        return tuple(Lying(one, names.get(numbers.envelope_node(one.id)[:12], ""), known.get(one.id)) for one in kept)

    def _names(self) -> dict[str, str]:
        return {one.point: one.name for one in self._villages.all()}


def _must_be_new(db: Database, number: str) -> None:
    kept = record_rows.record(db, number)
    if kept is not None and msgspec.json.decode(kept, type=Lodging).state != "refused":
        raise RefusedError("这个信封已经收过了。", _NOT)


def _bundles(db: Database) -> dict[str, Bundle]:
    """Envelopes of the villages as the centre told of them, by number."""
    found: dict[str, Bundle] = {}
    for subject in village_rows.subjects(db, "bundle.sealed"):
        made = records.bundle(chain.decoded(one) for one in village_rows.about(db, subject))
        if made is not None:
            found[made.sealed.number] = made
    return found
