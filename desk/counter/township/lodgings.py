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
from desk.folds.records import Bundle
from desk.folds.township.lodgings import Lodging
from desk.law import numbers
from desk.log import chain, point_events, receipt_code
from desk.log.post_events import LodgeMade
from desk.store import villages
from desk.store.entries import Fact

_NOT = "没有收。"
# What the code of an envelope is worth: a desk of the village signed it; its number was typed without it; nobody told
# here by which keys the village signs.
GENUINE, TYPED, UNKNOWN = "genuine", "typed", "unknown"
CODE_WORDS = {
    GENUINE: "码已核对，是村里的终端签的",
    TYPED: "只输了封装号，没有核对码",
    UNKNOWN: "还没有收到村里终端的公钥，没有核对码",
}


class Arriving(msgspec.Struct, frozen=True):
    """An envelope that somebody brings: its number, whose it is, its list where the village's desk sent it already;
    what its `code` is worth: GENUINE, TYPED, UNKNOWN."""

    number: str
    village: str
    bundle: Bundle | None = None
    code: str = TYPED

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
        not of a village here or whose code no desk of the village signed, and for one that was taken over before."""
        number = numbers.envelope(scanned)
        if not number:
            raise RefusedError("这不是信封上的码或封装号。", _NOT, "封装号以 Z 开头，后面 22 位数字，在移交清单上。")
        point = numbers.envelope_node(number)[:12]
        village = self._names().get(point)
        if village is None:
            raise RefusedError("这个信封不是本苏木乡镇的村封的。", _NOT, "请核对封装号。")
        with self._session.store.read() as db:
            _must_be_new(db, number)
            worth = _worth(scanned, villages.sign_keys(db, point))
            return Arriving(number, village, _bundles(db).get(number), worth)

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
            arriving.code,
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


def _worth(scanned: str, keys: tuple[bytes, ...]) -> str:
    """What a code is worth. Raises RefusedError for one that none of the village's keys made."""
    if not receipt_code.is_bundle(scanned):
        return TYPED
    if not keys:
        return UNKNOWN
    if any(receipt_code.genuine_bundle(scanned, key) for key in keys):
        return GENUINE
    raise RefusedError(
        "信封上的码不是这个村的终端签的，或没有扫全。", _NOT, "请对准整个码再扫一次；还是不对就先不收，打电话问村里。"
    )


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
