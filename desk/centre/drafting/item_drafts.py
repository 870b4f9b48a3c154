"""Drafts of items at the centre: read out of files, mended by editors, sent to be judged or undone.

They lie beside the log until they are published. A later import of the same item puts the earlier draft aside; undoing
it brings that back. What headings were taken for by hand is kept for the next file.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence

import msgspec
import sqlalchemy as sa

from db.centre import item_drafts as table
from db.centre import rows
from db.centre.rows import Row
from desk.centre.node.centre_node import Centre
from desk.errors import RefusedError
from desk.law.bodies.competence import for_everybody
from desk.law.catalogue import basis
from desk.law.catalogue.item import Catalogue, Item
from desk.law.catalogue.known import gaps as gaps_of
from desk.law.item_tables import drafts, reading
from desk.law.item_tables.drafts import Draft, Known
from desk.law.item_tables.reading import Reading
from desk.law.statutes import register
from desk.words.sheets.grid import Book

_TAUGHT = "item.headings"
_draft = msgspec.json.Decoder(Draft)
_words = msgspec.json.Decoder(dict[str, str])


class Waiting(msgspec.Struct, frozen=True):
    """A draft that waits: its key, the import and file it came with, and why it cannot be published yet."""

    key: str
    run: str
    place: int
    file: str
    at: str
    draft: Draft
    faults: tuple[str, ...] = ()


def known(centre: Centre, db: sa.Connection) -> Known:
    """What a file is read beside: all that is published, and the drafts that wait."""
    centre.publications.refresh(centre.node, db)
    stands = centre.publications
    kept = (read(row).item for row in table.drafts(db))
    coded = {drafts.named(one): one.task_code for one in kept}
    prefix = f"NM{centre.code[:6]}"
    items = {code: one for code, one in stands.items.items() if code not in stands.withdrawn}
    return Known(items, stands.regimes, stands.bodies, centre.today(), prefix, coded, frozenset(stands.items))


def taught(db: sa.Connection) -> dict[str, str]:
    """What headings were taken for by hand."""
    return _words.decode(rows.value(db, _TAUGHT) or "{}")


def look(centre: Centre, book: Book, general: Mapping[str, str], meant: Mapping[str, str]) -> Reading:
    """What a file would become; nothing is kept. `meant` goes before what is remembered. Raises RefusedError."""
    with centre.database.read() as db:
        return reading.read(book, known(centre, db), general, {**taught(db), **meant})


def take(centre: Centre, account: str, found: Reading, meant: Mapping[str, str], *, whole: bool) -> tuple[int, int]:
    """Keep the drafts that say something new, and what headings mean; how many, and how many earlier ones gave way.
    `whole`: all or none. Raises RefusedError, nothing kept then."""
    lost = [one for one in found.drafts if one.is_lost]
    news = [one for one in found.drafts if not one.is_lost and (one.before == 0 or one.fields)]
    if lost and whole:
        raise RefusedError(f"有 {len(lost)} 行读不成事项。", "一条也没有收。", "请照提示改好文件再导入。")
    if not news:
        raise RefusedError("没有新的或有变化的事项。", "没有收。")
    run = secrets.token_hex(8)
    with centre.database.write() as db:
        rows.set_value(db, _TAUGHT, msgspec.json.encode({**taught(db), **meant}).decode())
        gone = table.set_aside(db, [one.item.task_code for one in news], run)
        told = {"id": run, "file": found.file, "account": account, "at": centre.now()}
        table.put_import(db, told)
        kept = [msgspec.structs.replace(one, hands=(account,)) for one in news]
        table.put_drafts(db, [_row(secrets.token_hex(8), run, at, one) for at, one in enumerate(kept)])
    return len(news), gone


def read(row: Row) -> Draft:
    """The draft that a row of the table holds."""
    return _draft.decode(row["data"])


def _row(key: str, run: str, place: int, draft: Draft) -> dict[str, object]:
    data = msgspec.json.encode(draft)
    return {"id": key, "run": run, "place": place, "task_code": draft.item.task_code, "aside": "", "data": data}


def waiting(centre: Centre, db: sa.Connection, key: str = "") -> list[Waiting]:
    """The drafts that wait, with what is wrong with each; one that is published as it stands is none any more."""
    stands = centre.publications
    made = []
    for row in table.drafts(db, key=key):
        draft = read(row)
        before = stands.items.get(draft.item.task_code)
        if before == draft.item and before.task_code not in stands.withdrawn:
            continue
        faults = tuple(faults_of(centre, draft, before))
        made.append(Waiting(row["id"], row["run"], row["place"], row["file"], row["at"], draft, faults))
    return made


def faults_of(centre: Centre, draft: Draft, before: Item | None) -> list[str]:
    """Why a draft cannot be sent to be judged, beside the version that stands, a line each."""
    found = drafts.lacks(draft.item, centre.publications.regimes, centre.publications.items)
    cited = Catalogue("", "", draft.item.effective_from, (), (draft.item,))
    found += [
        f"引用{one.cited.words()}，{one.judged.words}"
        for one in basis.findings(cited, register.known(), centre.today())
        if one.is_false
    ]
    if before is not None and before.version != draft.before and before.version >= draft.item.version:
        found.append(f"草稿之后又发布了第 {before.version} 版，请打开核对后保存")
    return found


def mark(draft: Draft) -> str:
    """What a form carries of the draft that it shows, to tell whether somebody else changed it meanwhile."""
    return hashlib.sha256(msgspec.json.encode(draft)).hexdigest()[:16]


def one(centre: Centre, key: str) -> Waiting | None:
    """A draft that waits."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        return next(iter(waiting(centre, db, key)), None)


def mend(centre: Centre, account: str, key: str, item: Item, seen: str) -> Waiting:
    """Keep a draft as `account` mended it. Raises RefusedError where it is no longer what was `seen` (its mark), or its
    code is that of another."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        every = waiting(centre, db)
        stands = next((one for one in every if one.key == key), None)
        if stands is None or mark(stands.draft) != seen:
            raise RefusedError("这份草稿刚刚被别人改过，或已经发布。", "没有保存。", "请看过现在的内容再改。")
        if any(one.key != key and one.draft.item.task_code == item.task_code for one in every):
            raise RefusedError(f"别的草稿已经用了编码 {item.task_code}。", "没有保存。", "请换一个编码。")
        before = centre.publications.items.get(item.task_code)
        item = drafts.beside(before, item, centre.today())
        made = drafts.made_of(before, item, stands.draft.sheet, stands.draft.row, ())
        made = msgspec.structs.replace(made, hands=tuple(dict.fromkeys((*stands.draft.hands, account))))
        table.put_drafts(db, [_row(key, stands.run, stands.place, made)])
        return msgspec.structs.replace(stands, draft=made, faults=tuple(faults_of(centre, made, before)))


def drop(centre: Centre, key: str) -> None:
    """Take a draft away."""
    with centre.database.write() as db:
        table.drop(db, [row["task_code"] for row in table.drafts(db, key=key)])


def undo(centre: Centre, run: str) -> tuple[int, int]:
    """Take back all that an import brought and that is not published; how many drafts that were, and how many earlier
    ones wait again."""
    with centre.database.write() as db:
        return table.drop_run(db, run)


def runs(every: Sequence[Waiting]) -> list[tuple[str, str, str, int]]:
    """The imports of these drafts: id, file, when, how many wait."""
    counts: dict[tuple[str, str, str], int] = {}
    for one in every:
        counts[one.run, one.file, one.at] = counts.get((one.run, one.file, one.at), 0) + 1
    return [(*told, count) for told, count in counts.items()]


def gaps(centre: Centre, item: Item) -> tuple[str, ...]:
    """What of `item` is not known, by name, the register of bodies asked first: its papers will say whom to ask in its
    place."""
    return gaps_of(for_everybody(item, centre.publications.bodies, centre.today()))
