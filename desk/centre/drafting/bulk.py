"""One change to many items at the centre, all of it or nothing, undone in one step: how the office is reached is
published at once, anything else becomes drafts that are sent to be judged."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping

import msgspec
import sqlalchemy as sa

from db.centre import item_drafts as table
from desk.centre.drafting import approving, item_drafts
from desk.centre.drafting.approving import By
from desk.centre.node.centre_node import Centre
from desk.errors import RefusedError
from desk.folds.office import lives
from desk.law.catalogue.item import Item
from desk.law.item_forms import bulk
from desk.law.item_forms.bulk import FIELDS, Change, Wanted
from desk.law.item_tables import drafts

MOST = 500  # items of one change
_NOT = "没有改动。"


class Done(msgspec.Struct, frozen=True):
    """A change that was made: what was asked, and by item and field what stood before and after it. `undone`: when."""

    wanted: Wanted
    fields: dict[str, dict[str, tuple[str, str]]] = {}
    id: str = ""
    at: str = ""
    undone: str = ""

    @property
    def is_now(self) -> bool:
        """Whether it was published at once."""
        return is_now(self.wanted.field)


def is_now(field: str) -> bool:
    """Whether a change of this field needs nobody's approval."""
    return set(FIELDS[field][1]) <= set(lives.SERVICE)


def looked_at(centre: Centre, wanted: Wanted) -> list[Change]:
    """What would become of each item, and why one of them cannot be changed now; nothing is kept."""
    with centre.database.read() as db:
        return _changes(centre, db, wanted)


def _changes(centre: Centre, db: sa.Connection, wanted: Wanted) -> list[Change]:
    centre.publications.refresh(centre.node, db)
    stands = centre.publications
    items = {code: one for code, one in stands.items.items() if code not in stands.withdrawn}
    if not is_now(wanted.field):  # a draft that waits goes on from what it says
        items |= {one.draft.item.task_code: one.draft.item for one in item_drafts.waiting(centre, db)}
    found = bulk.changes(items.values(), wanted)
    return [one if one.why else msgspec.structs.replace(one, why=_why_not(centre, db, one, wanted)) for one in found]


def _why_not(centre: Centre, db: sa.Connection, change: Change, wanted: Wanted) -> str:
    if is_now(wanted.field):
        life = approving.life_of(db, change.item.task_code)
        if life is not None and life.state != "approved":
            return f"现在是“{lives.STATES[life.state]}”，办完再改。"
        at_once = lives.changed(change.item, change.after) <= set(lives.SERVICE)
        return "" if at_once else "写明没有的要起草、送审才能改。"
    stands = centre.publications
    before = drafts.faults(change.item, stands.regimes, stands.items)
    found = [one.text for one in drafts.faults(change.after, stands.regimes, stands.items) if one not in before]
    return "；".join(found)


def mark(change: Change) -> str:
    """What a page carries of a row that it shows, to tell whether that is still so."""
    told = msgspec.json.encode((change.item.task_code, change.item.version, change.fields))
    return f"{hashlib.blake2b(told, digest_size=6).hexdigest()}:{change.item.task_code}"


def make(centre: Centre, by: By, wanted: Wanted, marks: set[str]) -> str:
    """Change the items of these `marks`; the id of the change. Raises RefusedError, nothing changed then."""
    key = secrets.token_hex(8)
    if is_now(wanted.field):
        with centre.database.read() as db:
            chosen = _chosen(centre, db, wanted, marks)
        told = {one.item.task_code: {name: getattr(one.after, name) for name, _, _ in one.fields} for one in chosen}
        approving.correct(centre, by, told, lambda db: _put(centre, db, key, by.account, _done(wanted, chosen)))
        return key
    with centre.database.write() as db:
        chosen = _chosen(centre, db, wanted, marks)
        _draft(centre, db, key, by.account, wanted, chosen)
        _put(centre, db, key, by.account, _done(wanted, chosen))
    return key


def _chosen(centre: Centre, db: sa.Connection, wanted: Wanted, marks: set[str]) -> list[Change]:
    chosen = [one for one in _changes(centre, db, wanted) if mark(one) in marks]
    if not marks or len(chosen) != len(marks):
        raise RefusedError("没有勾选事项，或勾选的刚刚有了变化。", _NOT, "请看过现在的再改。")
    if len(chosen) > MOST:
        raise RefusedError(f"一次最多改 {MOST} 项。", _NOT, "请缩小范围，分几次改。")
    if bad := [one for one in chosen if one.why]:
        raise RefusedError(f"{bad[0].item.item_name}：{bad[0].why}", _NOT, "请去掉它的勾。")
    return chosen


def _done(wanted: Wanted, chosen: list[Change]) -> Done:
    return Done(wanted, {one.item.task_code: {key: (old, new) for key, old, new in one.fields} for one in chosen})


def _put(centre: Centre, db: sa.Connection, key: str, account: str, done: Done) -> None:
    row = {"id": key, "account": account, "at": centre.now(), "undone": "", "data": msgspec.json.encode(done)}
    table.put_bulk(db, row)


def _draft(centre: Centre, db: sa.Connection, key: str, account: str, wanted: Wanted, chosen: list[Change]) -> None:
    """Drafts of the items as they would be, in place of those that wait."""
    kept = {one.draft.item.task_code: one.draft for one in item_drafts.waiting(centre, db)}
    table.set_aside(db, [one.item.task_code for one in chosen], key)
    words = f"批量改{FIELDS[wanted.field][0]}：{wanted.new}"
    table.put_import(db, {"id": key, "file": words[:200], "account": account, "at": centre.now()})
    made = []
    for at, one in enumerate(chosen):
        before: Item | None = centre.publications.items.get(one.item.task_code)
        waits = kept.get(one.item.task_code)
        item = drafts.beside(before, one.after, centre.today())
        hands = tuple(dict.fromkeys((*(waits.hands if waits else ()), account)))
        draft = msgspec.structs.replace(drafts.made_of(before, item, "", 0, ()), hands=hands)
        made.append(item_drafts.as_row(secrets.token_hex(8), key, at, draft))
    table.put_drafts(db, made)


def done(centre: Centre) -> list[Done]:
    """The changes that were made last, the newest first."""
    with centre.database.read() as db:
        return [_read(row) for row in table.bulks(db)]


def _read(row: Mapping[str, object]) -> Done:
    made = msgspec.json.decode(bytes(row["data"]), type=Done)  # type: ignore[call-overload]
    told = {name: str(row[name]) for name in ("id", "at", "undone")}
    return msgspec.structs.replace(made, **told)


def undo(centre: Centre, by: By, key: str) -> tuple[int, int]:
    """Take a change back; how many items, and how many were left because they say something else by now. Raises
    RefusedError."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        found = next((_read(row) for row in table.bulks(db, key)), None)
    if found is None or found.undone:
        raise RefusedError("没有这次改动，或已经撤销。", _NOT)
    if not found.is_now:
        count, _ = item_drafts.undo(centre, key)
        with centre.database.write() as db:
            table.set_undone(db, key, centre.now())
        return count, len(found.fields) - count
    told = _back(centre, found)
    if not told:
        raise RefusedError("这些事项后来都又改过了。", _NOT, "请逐项核对。")
    approving.correct(centre, by, told, lambda db: table.set_undone(db, key, centre.now()))
    return len(told), len(found.fields) - len(told)


def _back(centre: Centre, found: Done) -> dict[str, dict[str, str]]:
    """What each item said before, where it still says what it was changed to."""
    told: dict[str, dict[str, str]] = {}
    for code, fields in found.fields.items():
        item = centre.publications.items.get(code)
        if item is None or code in centre.publications.withdrawn:
            continue
        own = {name: old for name, (old, new) in fields.items() if getattr(item, name) == new}
        if own:
            told[code] = own
    return told
