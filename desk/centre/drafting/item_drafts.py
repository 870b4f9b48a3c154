"""Drafts of items at the centre: read out of files, mended by editors, sent to be judged or undone.

They lie beside the log until they are published. A later import of the same item puts the earlier draft aside; undoing
it brings that back. What headings were taken for by hand is kept for the next file.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from db.centre import item_drafts as table
from db.centre import rows
from db.centre.rows import Row
from desk.centre.node.centre_node import Centre
from desk.errors import RefusedError
from desk.law.bodies.competence import for_everybody
from desk.law.catalogue import basis, versions
from desk.law.catalogue.item import Catalogue, Item
from desk.law.catalogue.known import gaps as gaps_of
from desk.law.catalogue.known import lacking as lacking_of
from desk.law.catalogue.rules import Fault
from desk.law.item_forms.rows import LISTS
from desk.law.item_tables import drafts, reading
from desk.law.item_tables.drafts import Draft, Known
from desk.law.item_tables.reading import Reading
from desk.law.statutes import register
from desk.words.sheets.findings import Finding
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
    told: tuple[Fault, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        """Why it cannot be published, a line each."""
        return tuple(one.text for one in self.told)


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
        table.put_drafts(db, [as_row(secrets.token_hex(8), run, at, one) for at, one in enumerate(kept)])
    return len(news), gone


def bring(centre: Centre, account: str, file: str, items: Iterable[Item]) -> int:
    """Keep as drafts those of `items` that say something new, all or none; how many. Undone as any import. Raises
    RefusedError where one item comes in two new texts."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        fresh: dict[str, Draft] = {}
        for one in _news(centre, items):
            stands = centre.publications.items.get(one.task_code)
            if one.task_code in fresh:
                raise RefusedError(f"{one.item_name}：一次只能收一个版本。", "一条也没有收。", "请先收先实施的一版。")
            item = drafts.beside(stands, one, centre.today())
            fresh[one.task_code] = drafts.made_of(stands, item, "", 0, ())
        return _keep(centre, db, account, file, list(fresh.values()))


def _news(centre: Centre, items: Iterable[Item]) -> Iterator[Item]:
    """Those that would count today or later and are not offered as they are; their number and first day aside."""
    known, today = centre.publications, centre.today()
    told = list(items)
    for offered in versions.after(known.offered, told, today):
        code = offered.items[-1].task_code
        before = None if code in known.withdrawn else known.offered.get(code)
        stands = (before.on(today), *before.coming(today)) if before else ()
        for one in (offered.on(today), *offered.coming(today)):
            alike = (was for was in stands if not any(drafts.names_of(was, one)))
            if one in told and one not in stands and not any(was.effective_from == one.effective_from for was in alike):
                yield one


def _keep(centre: Centre, db: sa.Connection, account: str, file: str, fresh: Sequence[Draft]) -> int:
    if not fresh:
        return 0
    run = secrets.token_hex(8)
    table.set_aside(db, [one.item.task_code for one in fresh], run)
    table.put_import(db, {"id": run, "file": file, "account": account, "at": centre.now()})
    kept = [msgspec.structs.replace(one, hands=tuple(dict.fromkeys((*one.hands, account)))) for one in fresh]
    table.put_drafts(db, [as_row(secrets.token_hex(8), run, at, one) for at, one in enumerate(kept)])
    return len(fresh)


def change(centre: Centre, account: str, file: str, said: Mapping[str, Mapping[str, Any]]) -> int:
    """Keep drafts of these items with some fields changed, by code; how many, 0 where nothing is another. Each goes on
    from the draft of it that waits already, else from what stands. Raises RefusedError for one that there is not."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        known, today = centre.publications, centre.today()
        waits = {one.draft.item.task_code: one.draft for one in waiting(centre, db)}
        fresh = []
        for code, fields in said.items():
            stands, draft = known.items.get(code), waits.get(code)
            start = draft.item if draft else stands
            if start is None:
                raise RefusedError("目录里没有这个事项。", "没有改动。", "请刷新后再填。")
            item = drafts.beside(stands, msgspec.structs.replace(start, **fields), today)
            if item != start:
                made = drafts.made_of(stands, item, "", 0, ())
                fresh.append(msgspec.structs.replace(made, hands=draft.hands if draft else ()))
        return _keep(centre, db, account, file, fresh)


def begin(centre: Centre, account: str, file: str, codes: Sequence[str]) -> int:
    """Begin a draft of the next version of each of these items, as it stands now, where none waits yet; how many.
    Raises RefusedError for an item that there is not, or for none."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        known, today, waits = centre.publications, centre.today(), drafted(centre, db)
        if not codes or any(code not in known.items or code in known.withdrawn for code in codes):
            raise RefusedError("没有勾选事项，或它已经下架。", "没有起草。")
        fresh = []
        for stands in (known.items[code] for code in codes if code not in waits):
            begins = max(stands.effective_from, today)
            new = msgspec.structs.replace(stands, version=stands.version + 1, effective_from=begins)
            fresh.append(drafts.made_of(stands, new, "", 0, ()))
        return _keep(centre, db, account, file, fresh)


def drafted(centre: Centre, db: sa.Connection) -> dict[str, Item]:
    """The texts of the drafts that wait, by their items' codes."""
    return {one.draft.item.task_code: one.draft.item for one in waiting(centre, db)}


def read(row: Row) -> Draft:
    """The draft that a row of the table holds."""
    return _draft.decode(row["data"])


def as_row(key: str, run: str, place: int, draft: Draft) -> dict[str, object]:
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
        told = tuple(faults_of(centre, draft, before))
        made.append(Waiting(row["id"], row["run"], row["place"], row["file"], row["at"], draft, told))
    return made


def faults_of(centre: Centre, draft: Draft, before: Item | None) -> list[Fault]:
    """Why a draft cannot be sent to be judged, beside the version that stands, field by field."""
    found = drafts.faults(draft.item, centre.publications.regimes, centre.publications.items)
    cited = Catalogue("", "", draft.item.effective_from, (), (draft.item,))
    for one in basis.findings(cited, register.known(), centre.today()):
        if one.is_false:
            found += _cited_wrongly(draft.item, one)
    if before is None:
        return found
    if before.version != draft.before and before.version >= draft.item.version:
        found.append(Fault("", f"草稿之后又发布了第 {before.version} 版，请打开核对后保存"))
    is_gone = before.task_code in centre.publications.withdrawn
    if not is_gone and not any(drafts.names_of(before, draft.item)):
        found.append(Fault("", "与现行的一样，还没有改动"))
    return found


def _cited_wrongly(item: Item, one: basis.Finding) -> list[Fault]:
    """Beside the field, of a list beside each of its entries that cites it so."""
    field, words = one.cited.field, f"引用{one.cited.words()}，{one.judged.words}"
    entries = LISTS[field].of(item) if field in LISTS else []
    where = basis.places(entries, one.cited, register.known())
    return [Fault(field, words, at, column) for at, column in where] or [Fault(field, words)]


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
        made = drafts.made_of(before, item, stands.draft.sheet, stands.draft.row, left(stands.draft, item))
        made = msgspec.structs.replace(made, hands=tuple(dict.fromkeys((*stands.draft.hands, account))))
        table.put_drafts(db, [as_row(key, stands.run, stands.place, made)])
        return msgspec.structs.replace(stands, draft=made, told=tuple(faults_of(centre, made, before)))


def left(draft: Draft, item: Item) -> tuple[Finding, ...]:
    """What was said of fields when a table was read that still hold what it said."""
    return tuple(one for one in draft.findings if getattr(draft.item, one.target, 0) == getattr(item, one.target, 1))


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


def lacking(centre: Centre, item: Item) -> list[tuple[str, str]]:
    """As `gaps`: the field in which each stands, and its name."""
    return lacking_of(for_everybody(item, centre.publications.bodies, centre.today()))
