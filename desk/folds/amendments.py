"""What comes to an application after it was taken in: what is brought later, and what a correction 更正 puts right.

Pure: the application as it stands and a correction go in. A correction names what it found; where that is no longer
what stands, another one came before it, and it is shown as not in force.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator, Sequence

import msgspec

from desk.folds import whose
from desk.log import events, history_words
from desk.log.chain import Entry
from desk.log.events import Change, Collected, Corrected, MaterialsAdded, Person, Proxy, TakenMaterial
from desk.log.hall.hall_events import Mended

ITEM = "item"
YES, NO = "是", "否"
UNTIL = "until"  # of a material that is not here: the day on which it is to follow
_OF_PERSON = frozenset({"name", "phone", "address", "representative"})
_CONTACT = frozenset({"phone", "address"})
_COUNTS = frozenset({"originals", "copies"})


class Brought(msgspec.Struct, frozen=True):
    """What was brought at one time after the papers had been taken in; `key` names the fact on every node."""

    key: str
    time: str
    officer: str
    materials: tuple[TakenMaterial, ...]
    reasons: str
    node: str = ""  # that wrote it down


def brought(entry: Entry, data: MaterialsAdded) -> Brought:
    """What `entry` tells of, which holds `data`."""
    key = hashlib.sha256(entry.time.encode() + bytes(entry.data)).hexdigest()[:12]
    return Brought(key, entry.time, data.officer, data.materials, data.reasons, entry.node)


def counted_already(before: Collection[Brought], node: str, data: MaterialsAdded) -> str:
    """Why papers that `node` says were brought are not counted, in Chinese: another window of the point had written
    every one of them down when it did not know of that; "" when they are counted."""
    theirs = {(one.code, one.name): came.node for came in before if came.node != node for one in came.materials}
    known = [theirs.get((one.code, one.name), "") for one in data.materials]
    if not known or not all(known):
        return ""
    return f"{history_words.window(known[0])}已经记下这些材料，没有再计一次"


class Stage(msgspec.Struct, frozen=True):
    """How far a case is: still at the village, decided by the centre, ended as what ("" while it is open)."""

    at_village: bool
    decided: bool
    ended: str


class Application(msgspec.Struct, frozen=True):
    """The application, and what was brought after it."""

    collected: Collected
    added: tuple[TakenMaterial, ...]

    @property
    def materials(self) -> tuple[TakenMaterial, ...]:
        """What is here now: as taken in, with what was brought since in the place of what was missing."""
        if not self.added:
            return self.collected.materials
        later = {one.code: one for one in self.added}
        first = tuple(later.pop(one.code, one) for one in self.collected.materials)
        return (*first, *later.values())


def not_theirs(told: Corrected, node: str, point: str, centres: Collection[str]) -> str:
    """Why a correction is not `node`'s to make, in Chinese; "" when it is. It is made by the point that took the case
    in or by the centre that the case came to, and by no other; what was given back at the counter only the point
    saw."""
    if node in centres:
        returned = any(one.field.startswith("materials.") and one.field.endswith(".returned") for one in told.changes)
        return "当场退还的更正须由收件的代办点作出" if returned else ""
    return "" if whose.is_of_point(node, point) else "“更正”须由收件的代办点或收到这件办件的中心作出"


def refusal(told: Corrected, now: Application, stage: Stage) -> str:
    """Why a correction is not in force, in Chinese; "" when it is."""
    if late := too_late(told, stage):
        return late
    for one in told.changes:
        if why := _misfit(told, one, now):
            return f"“{one.name}”{why}，更正未生效"
    return "" if told.changes else "没有写更正了什么，更正未生效"


def too_late(told: Corrected, stage: Stage) -> str:
    """As `refusal`, by how far the case is: what was decided was decided by what stood there, and afterwards only a
    telephone and an address are put right."""
    if stage.ended:
        return f"办件已了结（{stage.ended}），更正未生效"
    for one in told.changes:
        if stage.decided and one.field.rpartition(".")[2] not in _CONTACT:
            return f"中心已作出决定，“{one.name}”的更正未生效"
        if one.field == ITEM and not stage.at_village:
            return "中心已接收，事项的更正未生效"
    return ""


def _misfit(told: Corrected, change: Change, now: Application) -> str:
    standing = value(now, change.field)
    if standing is None or not _fits(told, change):
        return "在这件办件里不能这样改"
    return "" if standing == change.before else f"当时已是“{standing or '空'}”"


def _fits(told: Corrected, change: Change) -> bool:
    last = change.field.rpartition(".")[2]
    if change.field == ITEM:
        return told.instead is not None and told.instead.item.item_name == change.after
    if last == UNTIL:
        return not change.after or _is_day(change.after)
    if change.field.startswith("materials."):
        number = change.after.isascii() and change.after.isdigit() and len(change.after) <= 2
        return number if last in _COUNTS else change.after in (YES, NO)
    return bool(change.after.strip()) or last != "name"


def _is_day(words: str) -> bool:
    try:
        return dt.date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def value(now: Application, field: str) -> str | None:
    """What stands in `field`; None where a case has no such thing, or none that could be corrected."""
    room, _, rest = field.partition(".")
    match room:
        case "item" if not rest:
            return now.collected.item.item_name
        case "applicant" | "proxy":
            person = _person(now.collected, room)
            return str(getattr(person, rest)) if person and rest in _OF_PERSON else None
        case "fields":
            return now.collected.fields.get(rest, "")
        case "materials":
            return _counted(now, rest)
    return None


def _person(collected: Collected, room: str) -> Person | None:
    if room == "applicant":
        return collected.applicant
    return collected.proxy.person if collected.proxy else None


def _counted(now: Application, rest: str) -> str | None:
    code, _, what = rest.rpartition(".")
    if what == UNTIL:
        lacking = next((one for one in now.materials if one.code == code and one.missing), None)
        return None if lacking is None else lacking.until.isoformat() if lacking.until else ""
    held = next((one for one in now.materials if one.code == code and not one.missing), None)
    if held is None:
        return None
    if what == "returned":
        return YES if held.returned else NO
    return str(getattr(held, what)) if what in _COUNTS else None


def under(collected: Collected, version: int) -> Collected:
    """As taken in under that version of its item; 0 is the one that was told."""
    item = msgspec.structs.replace(collected.item, version=version or collected.item.version)
    return msgspec.structs.replace(collected, item=item)


def applied(told: Corrected, now: Application) -> Application:
    """The application after a correction that is in force."""
    for one in told.changes:
        now = _after(told, one, now)
    return now


def _after(told: Corrected, change: Change, now: Application) -> Application:
    room, _, rest = change.field.partition(".")
    collected = now.collected
    match room:
        case "item" if told.instead is not None:
            return Application(_of_item(collected, told.instead), ())
        case "applicant":
            collected = msgspec.structs.replace(collected, applicant=_put(collected.applicant, rest, change.after))
        case "proxy" if collected.proxy is not None:
            person = _put(collected.proxy.person, rest, change.after)
            came = Proxy(person, collected.proxy.relation, collected.proxy.person_id)
            collected = msgspec.structs.replace(collected, proxy=came)
        case "fields":
            values = {**collected.fields, rest: change.after}
            left = {code: words for code, words in values.items() if words}
            collected = msgspec.structs.replace(collected, fields=left)
        case "materials":
            first = _counted_anew(collected.materials, rest, change.after)
            collected = msgspec.structs.replace(collected, materials=first)
            return Application(collected, _counted_anew(now.added, rest, change.after))
    return Application(collected, now.added)


def _of_item(collected: Collected, instead: Collected) -> Collected:
    return msgspec.structs.replace(
        collected,
        item=instead.item,
        materials=instead.materials,
        situation=instead.situation,
        fields=instead.fields,
        promised=instead.promised,
        promised_provisional=instead.promised_provisional,
        holidays=instead.holidays,
        sample=instead.sample,
    )


def _put(person: Person, key: str, words: str) -> Person:
    match key:
        case "name":
            return msgspec.structs.replace(person, name=words)
        case "phone":
            return msgspec.structs.replace(person, phone=words)
        case "representative":
            return msgspec.structs.replace(person, representative=words)
        case _:
            return msgspec.structs.replace(person, address=words)


def _counted_anew(materials: tuple[TakenMaterial, ...], rest: str, words: str) -> tuple[TakenMaterial, ...]:
    code, _, what = rest.rpartition(".")
    return tuple(
        _with(one, what, words) if one.code == code and bool(one.missing) is (what == UNTIL) else one
        for one in materials
    )


def _with(material: TakenMaterial, what: str, words: str) -> TakenMaterial:
    match what:
        case "originals":
            return msgspec.structs.replace(material, originals=int(words))
        case "until":
            return msgspec.structs.replace(material, until=dt.date.fromisoformat(words) if words else None)
        case "copies":
            return msgspec.structs.replace(material, copies=int(words))
        case _:
            return msgspec.structs.replace(material, returned=words == YES)


# -- which of two counts -----------------------------------------------------------------------------------------------

# What two windows of one point may have written without knowing of each other, and people can choose between.
CHOSEN = frozenset(
    {"case.served", "case.corrected", "case.voided", "case.withdrawn", "case.material_added", "case.supplemented",
     "case.bundled"}
)  # fmt: skip


def key(entry: Entry) -> str:
    """What names an entry on every node, also where it was carried over into another log: 16 hexadecimal digits."""
    told = "\0".join((entry.kind, entry.subject, entry.author, entry.time)).encode("utf-8", "replace")
    return hashlib.sha256(told + b"\0" + bytes(entry.data)).hexdigest()[:16]


def mended(ordered: Sequence[Entry], refused: Collection[tuple[str, int]], point: str) -> dict[tuple[str, int], str]:
    """By node and seq why entries about a case of `point`, in their order, do not count since people of the point held
    two that cannot both be true against each other. A word about the same two counts no more once another was said,
    unless it takes that one back."""
    words = list(_words(ordered, refused, point))
    if not words:
        return {}
    struck: dict[tuple[str, int], str] = {}
    out: dict[tuple[str, int], str] = {}
    said: dict[frozenset[str], tuple[str, tuple[str, int]]] = {}
    chosen = (one for one in ordered if one.kind in CHOSEN and whose.is_of_point(one.node, point))
    known = {key(one): one for one in chosen}
    for entry, told in words:
        two = frozenset((told.counts, told.instead_of))
        before = said.get(two)
        if len(two) < 2 or not two <= known.keys():
            out[entry.node, entry.seq] = "核对的记录不在这件办件里"
        elif before is not None and before[0] != told.revises:
            out[entry.node, entry.seq] = "这两条已经核对过，以先核对的为准"
        else:
            if before is not None:
                struck.pop(before[1], None)
            gone, stays = known[told.instead_of], known[told.counts]
            said[two] = key(entry), (gone.node, gone.seq)
            decided = f"已核对，以{history_words.window(stays.node)}的“{events.name(stays.kind)}”为准"
            struck[gone.node, gone.seq] = "：".join(one for one in (decided, told.reasons) if one)
    return struck | out


def _words(
    ordered: Sequence[Entry], refused: Collection[tuple[str, int]], point: str
) -> Iterator[tuple[Entry, Mended]]:
    for entry in ordered:
        if entry.kind == "case.mended" and (entry.node, entry.seq) not in refused:
            told = events.decode(entry.kind, entry.data)
            if isinstance(told, Mended) and whose.is_of_point(entry.node, point):
                yield entry, told
