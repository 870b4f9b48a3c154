"""Small things that are folds of their entries: visits, bundles, trips, rolls; and who a person is.

Pure, like the fold of a case: the same entries in any order give the same record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from desk.folds.case import is_centre
from desk.folds.hall import windows
from desk.folds.hall.windows import PassedDraft, Takeover
from desk.folds.township.adjustments import LocalAdjustment, local
from desk.folds.township.counting import counted
from desk.folds.township.envelopes import BUNDLE_STATES as BUNDLE_STATES  # noqa: PLC0414 - asked for here by all
from desk.folds.township.envelopes import Bundle as Bundle  # noqa: PLC0414 - as above
from desk.folds.township.envelopes import bundle as bundle  # noqa: PLC0414 - as above
from desk.folds.township.lodgings import Lodging, lodge
from desk.folds.township.memos import MemoRecord, memo
from desk.law.bodies.body import Body
from desk.law.catalogue import versions
from desk.law.catalogue.item import Item, Regime
from desk.law.catalogue.versions import Offered
from desk.law.holidays import HolidayTable
from desk.log import centre_events, events, import_events, point_events
from desk.log.chain import Entry
from desk.words.guide_texts import GuideTexts


class Visit(msgspec.Struct, frozen=True):
    """预约: a herder who must go in person, when and where to. `state`: booked, kept, called_off."""

    id: str
    state: str
    day: str
    booked: point_events.VisitBooked
    reasons: str = ""


class Trip(msgspec.Struct, frozen=True):
    """送件: one drive."""

    id: str
    state: str
    day: str
    made: point_events.TripMade


class Roll(msgspec.Struct, frozen=True):
    """批量名册 as it was taken in. `state`: taken, undone."""

    id: str
    state: str
    day: str
    taken: point_events.RollTaken
    undone: import_events.RollUndone | None = None


class Import(msgspec.Struct, frozen=True):
    """导入: a file that was taken in. `state`: made, undone."""

    id: str
    state: str
    day: str
    made: import_events.ImportMade
    undone: import_events.ImportUndone | None = None


class PublishedItem(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An item as the centre published it last. `state`: open, withdrawn. `others`: versions of it that count before
    or after the days of `item`. `alone`: it was withdrawn once, and the sample never stands under it again."""

    id: str
    state: str
    day: str
    item: Item
    catalogue: str
    seq: int = 0  # of the entry: what is newer is told by order, never by a clock
    others: tuple[Item, ...] = ()
    alone: bool = False

    @property
    def offered(self) -> Offered:
        """Its versions, for choosing by day; those of the sample aside."""
        return Offered((*self.others, self.item), self.state == "withdrawn", alone=self.alone)


class PublishedSample(msgspec.Struct, frozen=True):
    """Whether the sample catalogue stands here. `state`: stands, left."""

    id: str
    state: str
    day: str


class PublishedRegime(msgspec.Struct, frozen=True):
    """A set of legal clocks as the centre published it last."""

    id: str
    state: str
    day: str
    regime: Regime


class PublishedTexts(msgspec.Struct, frozen=True):
    """What the guide of an item says in Mongolian, as the centre published it last."""

    id: str
    state: str
    day: str
    texts: GuideTexts


class PublishedWords(msgspec.Struct, frozen=True):
    """What people say for an item, as the centre published it last."""

    id: str
    state: str
    day: str
    words: tuple[str, ...]


class PublishedHolidays(msgspec.Struct, frozen=True):
    """The holiday table as the centre published it last."""

    id: str
    state: str
    day: str
    table: HolidayTable


class PublishedBody(msgspec.Struct, frozen=True):
    """A body 机构 as the centre published it last."""

    id: str
    state: str
    day: str
    body: Body


class OfferedRelease(msgspec.Struct, frozen=True):
    """新版本 of the program that the centre offers, to these `nodes`, none for all. `others`: what stands for machines
    of other kinds."""

    id: str
    state: str
    day: str
    version: str
    platform: str
    size: int
    sha256: str
    notes: str = ""
    nodes: tuple[str, ...] = ()
    others: tuple[OfferedRelease, ...] | msgspec.UnsetType = msgspec.UNSET  # absent: rows of before stay as they are


class Notice(msgspec.Struct, frozen=True):
    """通知 of the centre. `day` it was published; shown until `until`, "" for a month."""

    id: str
    state: str
    day: str
    title: str
    text: str
    officer: str
    until: str = ""
    to: tuple[str, ...] = ()


Record = (
    Visit
    | Bundle
    | Lodging
    | Trip
    | Roll
    | Import
    | PublishedItem
    | PublishedSample
    | PublishedRegime
    | PublishedTexts
    | PublishedWords
    | PublishedHolidays
    | PublishedBody
    | Notice
    | LocalAdjustment
    | MemoRecord
    | OfferedRelease
    | Takeover
    | PassedDraft
)
VISIT_STATES = {"booked": "已预约", "kept": "已到场", "called_off": "已取消"}


def visit(entries: Iterable[Entry]) -> Visit | None:
    """The visit that `entries` tell of."""
    made: Visit | None = None
    for entry, data in counted(entries):
        if made is None and isinstance(data, point_events.VisitBooked):
            made = Visit(entry.subject, "booked", data.day.isoformat(), data)
        elif made is not None and made.state == "booked" and isinstance(data, point_events.VisitEnded):
            state = "kept" if data.kept else "called_off"
            made = msgspec.structs.replace(made, state=state, reasons=data.reasons)
    return made


def trip(entries: Iterable[Entry]) -> Trip | None:
    """The trip that `entries` tell of."""
    for entry, data in counted(entries):
        if isinstance(data, point_events.TripMade):
            return Trip(entry.subject, "made", data.day.isoformat(), data)
    return None


def roll(entries: Iterable[Entry]) -> Roll | None:
    """The roll that `entries` tell of."""
    made: Roll | None = None
    for entry, data in counted(entries):
        if made is None and isinstance(data, point_events.RollTaken):
            made = Roll(entry.subject, "taken", entry.time[:10], data)
        elif made is not None and isinstance(data, import_events.RollUndone):
            made = msgspec.structs.replace(made, state="undone", undone=made.undone or data)
    return made


def sheet(entries: Iterable[Entry]) -> Import | None:
    """The import that `entries` tell of."""
    made: Import | None = None
    for entry, data in counted(entries):
        if made is None and isinstance(data, import_events.ImportMade):
            made = Import(entry.subject, "made", entry.time[:10], data)
        elif made is not None and isinstance(data, import_events.ImportUndone):
            made = msgspec.structs.replace(made, state="undone", undone=made.undone or data)
    return made


def _of_centre(entries: Iterable[Entry]) -> list[tuple[Entry, events.Data | None]]:
    return [(entry, data) for entry, data in counted(entries) if is_centre(entry.node)]


def item(entries: Iterable[Entry]) -> PublishedItem | None:
    """The item as published last, and its versions for other days."""
    made: PublishedItem | None = None
    offered = Offered()
    for entry, data in _of_centre(entries):
        if isinstance(data, centre_events.ItemPublished):
            day, state = entry.time[:10], "withdrawn" if data.withdrawn else "open"
            offered = offered.published(data.whole, versions.told_on(entry.time), withdrawn=data.withdrawn)
            others = offered.items[:-1]
            whole, named = data.whole, data.catalogue
            made = PublishedItem(entry.subject, state, day, whole, named, entry.seq, others, offered.alone)
    return made


def sample(entries: Iterable[Entry]) -> PublishedSample | None:
    """Whether the sample catalogue stands, as the centre said last."""
    for entry, data in reversed(_of_centre(entries)):
        if isinstance(data, centre_events.SampleTold):
            return PublishedSample(entry.subject, "stands" if data.stands else "left", entry.time[:10])
    return None


def regime(entries: Iterable[Entry]) -> PublishedRegime | None:
    """The legal clocks as published last."""
    for entry, data in reversed(_of_centre(entries)):
        if isinstance(data, centre_events.RegimePublished):
            return PublishedRegime(entry.subject, "open", entry.time[:10], data.regime)
    return None


def texts(entries: Iterable[Entry]) -> PublishedTexts | None:
    """The Mongolian of a guide as the centre published it last; what desks handed in is not public."""
    for entry, data in reversed(_of_centre(entries)):
        if isinstance(data, GuideTexts):
            return PublishedTexts(entry.subject, "open", entry.time[:10], data)
    return None


def words(entries: Iterable[Entry]) -> PublishedWords | None:
    """People's words for an item as published last."""
    for entry, data in reversed(_of_centre(entries)):
        if isinstance(data, centre_events.WordsPublished):
            return PublishedWords(entry.subject, "open", entry.time[:10], data.words)
    return None


def holidays(entries: Iterable[Entry]) -> PublishedHolidays | None:
    """The table as published last."""
    for entry, data in reversed(_of_centre(entries)):
        if isinstance(data, centre_events.HolidaysPublished):
            return PublishedHolidays(entry.subject, "open", entry.time[:10], data.table)
    return None


def body(entries: Iterable[Entry]) -> PublishedBody | None:
    """The body as published last."""
    for entry, data in reversed(_of_centre(entries)):
        if isinstance(data, centre_events.BodyPublished):
            return PublishedBody(entry.subject, "open", entry.time[:10], data.body)
    return None


def notice(entries: Iterable[Entry]) -> Notice | None:
    """The notice that `entries` tell of."""
    for entry, data in _of_centre(entries):
        if isinstance(data, centre_events.NoticePublished):
            until = data.until.isoformat() if data.until else ""
            return Notice(entry.subject, "shown", entry.time[:10], data.title, data.text, data.officer, until, data.to)
    return None


def release(entries: Iterable[Entry]) -> OfferedRelease | None:
    """The version that was offered last, and with it the last one of each other kind of machine."""
    latest: dict[str, OfferedRelease] = {}
    for entry, data in reversed(_of_centre(entries)):
        if isinstance(data, centre_events.ReleaseOffered) and data.platform not in latest:
            told = (data.version, data.platform, data.size, data.sha256, data.notes, data.nodes)
            latest[data.platform] = OfferedRelease(entry.subject, "open", entry.time[:10], *told)
    found = tuple(latest.values())
    return msgspec.structs.replace(found[0], others=found[1:] or msgspec.UNSET) if found else None


FOLDS: Mapping[str, Callable[[Iterable[Entry]], Record | None]] = {
    "visit": visit,
    "bundle": bundle,
    "lodge": lodge,
    "trip": trip,
    "roll": roll,
    "sheet": sheet,
    "item": item,
    "sample": sample,
    "regime": regime,
    "texts": texts,
    "words": words,
    "holidays": holidays,
    "body": body,
    "notice": notice,
    "release": release,
    "local": local,
    "memo": memo,
    "takeover": windows.takeover,
    "draft": windows.draft,
}


def person(entries: Iterable[Entry]) -> events.Person | None:
    """What is known of a person: the latest record, but for what an import said that was undone."""
    said = [data for _, data in counted(entries)]
    gone = _undone(said)
    found = [one.person for one in said if isinstance(one, events.PersonRecorded) and one.source not in gone]
    return found[-1] if found else None


def past(entries: Iterable[Entry]) -> import_events.PastCase | None:
    """The former case that `entries` tell of; None where its import was undone."""
    said = [data for _, data in counted(entries)]
    gone = _undone(said)
    return next((one for one in said if isinstance(one, import_events.PastCase) and one.source not in gone), None)


def _undone(said: Iterable[events.Data | None]) -> frozenset[str]:
    return frozenset(one.source for one in said if isinstance(one, import_events.SourceUndone))


def merged_into(entries: Iterable[Entry]) -> str:
    """Whose record stands for this one now; "" when it stands for itself."""
    told, into = list(entries), ""
    if not any(one.kind == "person.merged" for one in told):
        return into
    for entry, data in counted(told):
        if isinstance(data, events.PersonMerged) and data.into != entry.subject:
            into = data.into
        elif isinstance(data, events.PersonUnmerged):
            into = ""
    return into
