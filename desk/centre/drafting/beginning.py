"""A draft begun by hand: a new item, the next version of one that is published, or back to an earlier version."""

from __future__ import annotations

import secrets

import msgspec
import sqlalchemy as sa

from db.centre import item_drafts as table
from desk.centre.drafting import item_drafts
from desk.centre.node.centre_node import Centre
from desk.errors import RefusedError
from desk.law.item_tables import drafts, written
from desk.law.item_tables.drafts import Draft
from desk.law.item_tables.written import Told

_NOT = "没有起草。"
_OF_ITS_OWN = ("version", "effective_from", "effective_to", "approved_by", "filed_no", "filed_on")  # of each version


def new(centre: Centre, account: str, name: str, org: str) -> str:
    """A draft of a new item of this name and organ; its key. Raises RefusedError where there is one already."""
    if not name.strip():
        raise RefusedError("没有写事项名称。", _NOT)
    with centre.database.write() as db:
        known = item_drafts.known(centre, db)
        told = {"item_name": Told(name), **({"org_name": Told(org)} if org.strip() else {})}
        made = drafts.Maker(known, {}).draft(told, "", 0)
        if made.before:
            raise RefusedError(f"目录里已有“{made.item.item_name}”。", _NOT, "请打开它，从现行的版本起草。")
        if any(one.draft.item.task_code == made.item.task_code for one in item_drafts.waiting(centre, db)):
            raise RefusedError(f"“{made.item.item_name}”的草稿已经有了。", _NOT, "请接着改那一份。")
        return _keep(centre, db, account, "新建", made)


def of_version(centre: Centre, account: str, code: str, version: int) -> str:
    """A draft that begins with what a published version says, as the next one; its key. A draft of the item that waits
    already gives way to it, and is back once this one is undone. Raises RefusedError."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        stands = centre.publications.items.get(code)
        from_ = next((one for one in centre.publications.published(code) if one.version == version), None)
        if stands is None or from_ is None:
            raise RefusedError("没有这个事项，或没有这一版。", _NOT)
        own = {name: getattr(stands, name) for name in _OF_ITS_OWN}
        own |= {"version": stands.version + 1, "effective_from": max(centre.today(), stands.effective_from)}
        item = msgspec.structs.replace(from_, **own)
        words = f"照第 {version} 版起草" if from_.version == stands.version else f"退回第 {version} 版"
        return _keep(centre, db, account, words, drafts.made_of(stands, item, "", 0, ()))


def instead(centre: Centre, account: str, code: str) -> str:
    """The key of a draft for what somebody still wrote of the item `code` when its draft was published or given up:
    one that waits besides, else a new one, so that nothing typed is lost."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        waits = next((one.key for one in item_drafts.waiting(centre, db) if one.draft.item.task_code == code), "")
        stands = centre.publications.items.get(code)
    if waits:
        return waits
    if stands is not None:
        return of_version(centre, account, code, stands.version)
    with centre.database.write() as db:
        item = msgspec.structs.replace(written.blank(centre.today()), task_code=code[:60])
        return _keep(centre, db, account, "接着写", Draft(item))


def _keep(centre: Centre, db: sa.Connection, account: str, words: str, made: Draft) -> str:
    run, key, item = secrets.token_hex(8), secrets.token_hex(8), made.item
    table.set_aside(db, [item.task_code], run)
    table.put_import(
        db, {"id": run, "file": f"{words}：{item.item_name}"[:200], "account": account, "at": centre.now()}
    )
    kept = msgspec.structs.replace(made, hands=(account,))
    table.put_drafts(db, [item_drafts.as_row(key, run, 0, kept)])
    return key
