"""From a draft to a version in force: texts sent to be judged, opinions, decisions, approval with publication, service
facts put right at once, items withdrawn. `desk.folds.office.lives` says what may be done; here several items at a time
do it together or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from db.centre import item_drafts as table
from db.centre import records
from desk.centre.drafting import item_drafts
from desk.centre.drafting.item_drafts import Waiting
from desk.centre.node import publishing
from desk.centre.node.centre_node import Centre, Own
from desk.errors import RefusedError
from desk.folds.office import lives
from desk.folds.office.lives import Life
from desk.law.bodies.rules import phone_fault
from desk.law.catalogue.changes import FIELD_NAMES
from desk.law.catalogue.item import Catalogue, Item
from desk.law.item_tables import drafts
from desk.log.life_events import EndAsked, LifeCorrected, LifeDecided, LifeDrafted, LifeFiled, OpinionHeard
from desk.log.office_events import Said

_NAMED = 3  # items that a refusal names
_NOT = "没有改动。"
_PHONES = ("enquiry_phone", "supervision_phone")


class By(msgspec.Struct, frozen=True):
    """Who does it: the account, and the name for people."""

    account: str
    name: str


class Why(msgspec.Struct, frozen=True):
    """Why an item is adjusted or withdrawn: the reason, the document behind it, the 调整说明."""

    reason: str = ""
    document: str = ""
    note: str = ""


def life_of(db: sa.Connection, code: str) -> Life | None:
    """The life of the item `code` as this centre's log tells it; None for an item of before there was any."""
    row = records.one_record(db, "life", lives.subject(code))
    return msgspec.json.decode(row["data"], type=Life) if row else None


def send(centre: Centre, by: By, keys: Collection[str], why: Why, adopted: LifeFiled | None = None) -> int:
    """Send these drafts to be judged, as they stand; how many. `adopted`: they were decided, approved and filed
    elsewhere, so another has only to look that up. Raises RefusedError, nothing sent then."""
    with centre.database.write() as db:
        for one in _sound(centre, db, keys):
            told = LifeDrafted(one.draft.item, by.name, one.draft.before, one.draft.hands, *_parts(why), adopted)
            _say(centre, db, by, "life.drafted", one.draft.item, told)
    return len(keys)


def _parts(why: Why) -> tuple[str, str, str]:
    return why.reason.strip(), why.document.strip(), why.note.strip()


def _sound(centre: Centre, db: sa.Connection, keys: Collection[str]) -> list[Waiting]:
    centre.publications.refresh(centre.node, db)
    chosen = [one for one in item_drafts.waiting(centre, db) if one.key in keys]
    if not chosen or len(chosen) != len(set(keys)):
        raise RefusedError("没有选草稿，或选的草稿刚刚没有了。", "没有送审。")
    if faulty := [one for one in chosen if one.faults]:
        words = "；".join(f"{one.draft.item.item_name}：{one.faults[0]}" for one in faulty[:_NAMED])
        raise RefusedError(f"有 {len(faulty)} 条还要改：{words}。", "没有送审，草稿都在。", "请改好或去掉勾再送审。")
    return chosen


def _say(centre: Centre, db: sa.Connection, by: By, kind: str, item: Item, data: msgspec.Struct) -> None:
    """One step of one item; what is refused names the item."""
    try:
        centre.say_in(db, [Own(by.account, kind, lives.subject(item.task_code), data, "")])
    except RefusedError as error:
        raise RefusedError(f"{item.item_name}：{error.happened}", _NOT, error.todo) from error


def step(centre: Centre, by: By, codes: Collection[str], kind: str, data: OpinionHeard | LifeDecided | Said) -> int:
    """One step of several items that does not publish anything; how many. Raises RefusedError."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        for code in _some(codes):
            _say(centre, db, by, kind, _named(centre, db, code), data)
    return len(codes)


def _some(codes: Collection[str]) -> Collection[str]:
    if not codes:
        raise RefusedError("没有勾选事项。", _NOT)
    return codes


def _named(centre: Centre, db: sa.Connection, code: str) -> Item:
    life = life_of(db, code)
    item = life.last.item if life is not None else centre.publications.items.get(code)
    if item is None:
        raise RefusedError("目录里没有这个事项，也没有送审。", _NOT)
    return item


def approve(centre: Centre, by: By, codes: Collection[str], filed: LifeFiled, version: str = "") -> int:
    """Approve and file these texts and publish each from its first day on, under the name of a version of the
    catalogue; how many entries travel. Raises RefusedError, nothing approved then."""
    return _filed(centre, by, codes, ("life.approved", filed), version)


def adopt(centre: Centre, by: By, codes: Collection[str], filed: LifeFiled, version: str = "") -> int:
    """As `approve`, of texts that were decided, approved and filed elsewhere: `by`, another than who sent them, read
    of it what is `filed`."""
    return _filed(centre, by, codes, ("life.adopted", filed), version)


def _filed(centre: Centre, by: By, codes: Collection[str], step: tuple[str, LifeFiled], version: str) -> int:
    made: list[Item] = []
    kind, filed = step
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        for code in _some(codes):
            life = _must_be_ready(centre, db, code, "decided" if kind == "life.approved" else "adopting")
            numbered = _numbered(centre, life.last.item, filed)
            told = msgspec.structs.replace(filed, version=numbered[0].version, begins=numbered[0].effective_from)
            _say(centre, db, by, kind, life.last.item, told)
            made += numbered
        count = publishing.catalogue_in(centre, db, by.account, _catalogue(centre, made, version))
        table.drop(db, _done(db, made))
    return count


def _must_be_ready(centre: Centre, db: sa.Connection, code: str, state: str) -> Life:
    life, stands = life_of(db, code), centre.publications.items.get(code)
    if life is None or life.state != state:
        words = "还没有集体决定，不能核定备案。" if state == "decided" else "不是送来核对的已核定事项。"
        raise RefusedError(words, _NOT)
    if stands is not None and code not in centre.publications.withdrawn and stands.version != life.last.told.before:
        words = f"{stands.item_name}：送审之后又发布了第 {stands.version} 版。"
        raise RefusedError(words, _NOT, "请退回修改，照现行的重新送审。")
    return life


def _numbered(centre: Centre, item: Item, filed: LifeFiled) -> tuple[Item, ...]:
    """The text as it is published: with its approval, an adjustment not before today; numbers of versions that wait
    for their day stay above it."""
    by, no, on = filed.approved_by, filed.filed_no, filed.filed_on
    item = msgspec.structs.replace(item, approved_by=by, filed_no=no, filed_on=on)
    known = centre.publications.offered.get(item.task_code)
    if known is None:
        return (item,)
    today = centre.today()
    before = known.on(today).exercised_by
    numbered = known.next(msgspec.structs.replace(item, effective_from=max(item.effective_from, today)), today)
    return tuple(_tied(one, item) if one.exercised_by == before else one for one in numbered)


def _tied(waiting: Item, item: Item) -> Item:
    """A version that waits for its day is exercised by whoever `item` names, unless it says otherwise itself."""
    return msgspec.structs.replace(waiting, exercised_by=item.exercised_by)


def _catalogue(centre: Centre, items: Iterable[Item], version: str = "") -> Catalogue:
    named = version.strip() or centre.publications.named or centre.today().isoformat()
    return Catalogue(named, centre.name, centre.today(), (), tuple(items))


def _done(db: sa.Connection, items: Sequence[Item]) -> list[str]:
    """The codes of those whose draft is what was judged; what was written since goes on waiting."""
    waits = {row["task_code"]: item_drafts.read(row).item for row in table.drafts(db)}
    told = {one.task_code: life.last.told.item for one in items if (life := life_of(db, one.task_code))}
    return [code for code, item in told.items() if waits.get(code) == item]


def correct(
    centre: Centre,
    by: By,
    said: Mapping[str, Mapping[str, Any]],
    note: Callable[[sa.Connection], None] = lambda _db: None,
) -> int:
    """Put service facts right, fields by the item's code, and publish them from today; how many items. `note` is kept
    with it or not at all. Raises RefusedError for any other field, nothing changed then."""
    made: list[Item] = []
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        known = centre.publications
        for code, fields in said.items():
            if code not in known.items or code in known.withdrawn:
                raise RefusedError("目录里没有这个事项，或它已经下架。", _NOT)
            stands = known.items[code]
            item = msgspec.structs.replace(stands, **fields, effective_from=max(stands.effective_from, centre.today()))
            _must_be_no_worse(centre, stands, item)
            numbered = known.offered[code].next(item, centre.today())
            _say(centre, db, by, "life.corrected", stands, LifeCorrected(stands, numbered[0], by.name))
            made += numbered
        publishing.catalogue_in(centre, db, by.account, _catalogue(centre, made))
        table.drop(db, _same(db, made))
        note(db)
    return len(said)


def _must_be_no_worse(centre: Centre, stands: Item, item: Item) -> None:
    """What is published at once breaks no rule that the version before kept, and has telephones that can be dialled."""
    regimes, known = centre.publications.regimes, centre.publications.items
    before = drafts.faults(stands, regimes, known)
    found = [one.text for one in drafts.faults(item, regimes, known) if one not in before]
    changed = (key for key in _PHONES if getattr(item, key) != getattr(stands, key))
    found += [f"{FIELD_NAMES[key]}{wrong}" for key in changed if (wrong := phone_fault(getattr(item, key)))]
    if found:
        raise RefusedError(f"{item.item_name}：{'；'.join(found)}。", _NOT)


def _same(db: sa.Connection, items: Sequence[Item]) -> list[str]:
    """The codes of those whose draft says nothing more than what is published now."""
    waits = {row["task_code"]: item_drafts.read(row).item for row in table.drafts(db)}
    return [one.task_code for one in items if (draft := waits.get(one.task_code)) and not lives.changed(draft, one)]


def ask_to_end(centre: Centre, by: By, code: str, why: Why) -> None:
    """Ask for an item to be withdrawn; another has to file that. Raises RefusedError."""
    ask_to_end_all(centre, by, [code], why)


def ask_to_end_all(centre: Centre, by: By, codes: Iterable[str], why: Why) -> None:
    """As `ask_to_end`, for all of these items or none."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        for code in codes:
            stands = centre.publications.items.get(code)
            if stands is None or code in centre.publications.withdrawn:
                raise RefusedError("目录里没有这个事项，或它已经下架。", _NOT)
            _say(centre, db, by, "life.ending", stands, EndAsked(*_parts(why), by.name, stands))


def end(centre: Centre, by: By, code: str, filed: LifeFiled) -> None:
    """Withdraw an item for which that was asked: it takes no more cases. Raises RefusedError."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        item = _named(centre, db, code)
        _say(centre, db, by, "life.ended", item, filed)
        stands = centre.publications.items.get(code)
        gone = [stands] if stands is not None and code not in centre.publications.withdrawn else []
        publishing.catalogue_in(centre, db, by.account, _catalogue(centre, ()), gone)
