"""What the program writes, one deed each: what stands before it, the deed itself, and what must hold after any fault.

`say` tells what was acknowledged to a person, in the moment in which it was.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import at_centre
import msgspec
from drafts import CHEAP, PASSWORD, POINT, POINT_NAME, called, full_draft

from db import opening as rooms
from db import vault
from desk import clock
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.counter.importing.preview import Choices
from desk.counter.office import standing
from desk.counter.restoring import restore, sources
from desk.errors import DamagedDeskError, DeskError, RefusedError
from desk.law import holidays
from desk.log import events
from desk.store import soundness
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from desk.sync.link import CentreRefusedError
from desk.sync.outcome import Outcome

Say = Callable[[str], None]
AGENT = Account("suhe", "苏和")
ROSTER = "姓名,身份证号\n" + "".join(f"{name},{called(name).id_number}\n" for name in ("张三", "李四"))
CODES = 3


class World:
    """The folders of one try: a desk, its centre, a stick; and the clock and address that it has."""

    def __init__(self, folder: Path, address: str = "", tell: clock.Clock = clock.now) -> None:
        self.desk, self.centre, self.stick = folder / "desk", folder / "centre", folder / "stick"
        self.folder, self.address, self.tell = folder, address, tell

    @contextlib.contextmanager
    def opened(self) -> Iterator[Desk]:
        """The desk, closed again at the end."""
        desk = opening.open_desk(self.desk, "suhe", PASSWORD, self.tell, CHEAP)
        try:
            yield desk
        finally:
            desk.close()


def prepare(world: World) -> None:
    """A centre that answered one case, a desk with two more, a picture, a backup, codes for other desks."""
    centre_node.create(world.centre, "152523", "苏尼特左旗政务服务中心")
    centre = centre_node.Centre(world.centre)
    guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
    for editor in ("bian", "he"):
        guard.add_clerk(centre, editor, editor, PASSWORD, "编办", frozenset({Role.EDITOR}))
    codes = [enrolment.enrol_code(centre, POINT, POINT_NAME) for _ in range(CODES)]
    (world.folder / "codes").write_text("\n".join(codes), "utf-8")
    world.stick.mkdir()
    table = msgspec.structs.replace(holidays.seed(), version="2026+旗")
    (world.folder / "holidays.json").write_bytes(msgspec.json.encode(table))
    (world.folder / "roster.csv").write_text(ROSTER, "utf-8")
    from conftest import serving

    from desk.centre import site

    with serving(site.app(centre)) as address:
        code = enrolment.enrol_code(centre, POINT, POINT_NAME)
        opening.create_desk(world.desk, address, code, AGENT, PASSWORD, cost=CHEAP)
        with world.opened() as desk:
            first = desk.register(full_draft(desk, 1)).intake_no
            assert _sync(desk) is Outcome.DONE
            _, seen = centre.case(first)
            centre.act("wulan", "case.accepted", first, events.Accepted("乌兰", "综合窗口"), seen)
            desk.register(full_draft(desk, 2))
            desk.pictures.keep(b"\xff\xd8\xff" + bytes(range(256)) * 20, "证.jpg")
            desk.backups.make()
            desk.register(full_draft(desk, 3))
            desk.set_centre_address(world.address)
    centre.close()


def _sync(desk: Desk) -> Outcome:
    return desk.sync(lambda _far: None, lambda: False).outcome


# -- the deeds -----------------------------------------------------------------------------------------------------


def register(world: World, say: Say) -> None:
    with world.opened() as desk:
        say("case " + desk.register(full_draft(desk, 9)).intake_no)


def draft(world: World, say: Say) -> None:
    with world.opened() as desk:
        kept = full_draft(desk, 9)
        desk.save_draft(kept)
        say("draft " + kept.id)


def paper(world: World, say: Say) -> None:
    with world.opened() as desk:
        number = desk.cases(CaseQuery())[0].intake_no
        desk.papers.receipt(number)
        say("paper " + number)


def picture(world: World, say: Say) -> None:
    with world.opened() as desk:
        say("picture " + desk.pictures.keep(b"\xff\xd8\xff" + b"new" * 9000, "新.jpg").sha256)


def sync(world: World, say: Say) -> None:
    with world.opened() as desk:
        if _sync(desk) is Outcome.DONE:
            say("synced")


def courier(world: World, say: Say) -> None:
    with world.opened() as desk:
        desk.courier(world.stick, lambda _far: None, lambda: False)
        say("carried")


def migration(world: World, say: Say) -> None:
    with world.opened():
        say("opened")


def older(world: World) -> None:
    """The database as the program before its last step wrote it."""
    with world.opened() as desk, desk.store.write() as db:
        db.conn.execute("DROP TABLE sibling_batch")
        db.conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'what_siblings_wrote'")


def backup(world: World, say: Say) -> None:
    with world.opened() as desk:
        say("backup " + desk.backups.make(str(world.stick)).path)


def restoring(world: World, say: Say) -> None:
    standing.look(world.desk)
    chosen = next(one for one in sources.beside(world.desk) if not one.whole)
    restore.restore(world.desk, Path(chosen.path), "suhe", PASSWORD, world.tell)
    say("restored")


def damaged(world: World) -> None:
    """The first page is gone: nothing opens it."""
    with (world.desk / rooms.FILE).open("r+b") as file:
        file.write(bytes(4096))


def rekey(world: World, say: Say) -> None:
    with world.opened() as desk:
        desk.change_keys()
        if _sync(desk) is Outcome.DONE:
            say("synced")


def enrol(world: World, say: Say) -> None:
    """A new desk, by its centre's code; a code that was used up in a fault gives way to the next."""
    for code in (world.folder / "codes").read_text("utf-8").split():
        try:
            opening.create_desk(world.folder / "new", world.address, code, AGENT, PASSWORD, cost=CHEAP)
        except (RefusedError, CentreRefusedError) as error:
            if "已经有一个代办台" in error.happened:
                break
            continue
        break
    say("enrolled")


def hand_over(world: World, say: Say) -> None:
    """Another agent comes."""
    with world.opened() as desk:
        if "bater" not in [one.account for one in desk.agents.listed()]:
            desk.agents.add("bater", "巴特尔", "a fine password")
        say("agent bater")


def leave(world: World, say: Say) -> None:
    """An agent leaves: the data get another key."""
    with world.opened() as desk:
        if any(one.account == "bater" for one in desk.agents.listed()):
            desk.agents.close("bater", "调离")
        say("left bater")


def staying(world: World) -> None:
    """Another agent is there, and keeps a copy of the vault."""
    hand_over(world, lambda _words: None)
    opening.open_desk(world.desk, "bater", "a fine password", world.tell, CHEAP, "a finer password").close()
    shutil.copyfile(world.desk / vault.FILE, world.folder / "kept.json")


def importing(world: World, say: Say) -> None:
    place = world.folder / "roster.csv"
    with world.opened() as desk:
        book = desk.imports.open(place, lambda _one: None, lambda: False)
        found = desk.imports.look_at_roster(book, Choices())
        desk.imports.take_roster(found, frozenset(), lambda _one: None, lambda: False)
        say("imported")


DEEDS: dict[str, Callable[[World, Say], None]] = {
    "register": register, "draft": draft, "paper": paper, "picture": picture, "sync": sync, "courier": courier,
    "migration": migration, "backup": backup, "restore": restoring, "rekey": rekey, "enrol": enrol,
    "hand-over": hand_over, "leave": leave, "import": importing, "publish": at_centre.publish,
    "take in": at_centre.taking_in, "decide": at_centre.deciding, "centre backup": at_centre.backup,
    "centre restore": at_centre.restore,
}  # fmt: skip
BEFORE: dict[str, Callable[[World], None]] = {
    "migration": older, "restore": damaged, "leave": staying,
    "take in": lambda world: courier(world, lambda _words: None),
    "centre restore": lambda world: at_centre.backup(world, lambda _words: None),
}  # fmt: skip
OF_CENTRE = frozenset({"publish", "take in", "decide", "centre backup", "centre restore"})
SERVED = frozenset({"sync", "rekey", "enrol"})


# -- what must hold ------------------------------------------------------------------------------------------------


def holds(world: World, name: str, said: list[str]) -> None:
    """The program starts, everything hangs together, what was acknowledged is there. Raises what is wrong."""
    assert standing.look(world.desk).state is standing.State.DESK
    if name in OF_CENTRE:
        at_centre.holds(world, said)
        return
    if name == "enrol":
        _new_holds(world, said)
    if name == "leave" and said:
        _opens_nothing(world)
    try:
        with world.opened() as desk:
            _desk_holds(desk, said)
    except DamagedDeskError:
        assert name == "restore", "damaged"
        assert "restored" not in said


def _desk_holds(desk: Desk, said: list[str]) -> None:
    with desk.store.rooms.snapshot() as db:
        soundness.look_through(db)
    before = desk.store.tables()
    desk.store.rebuild()
    assert [row[1:] for row in desk.store.tables()["case_row"]] == [row[1:] for row in before["case_row"]]
    assert len(desk.cases(CaseQuery())) == len({one.intake_no for one in desk.cases(CaseQuery())}) >= 3
    assert len(desk.people.search("张三")) == len(desk.people.search("李四"))  # a roll is whole or not there
    for words in said:
        what, _, which = words.partition(" ")
        match what:
            case "case":
                assert desk.case(which)
            case "draft":
                assert which in {one.draft.id for one in desk.drafts()}
            case "paper":
                assert desk.case(which).papers
            case "picture":
                assert desk.pictures.read(which)
            case "backup":
                assert (Path(which) / "backup.json").exists()
            case "agent":
                assert which in {one.account for one in desk.agents.listed()}
            case "left":
                assert which not in {one.account for one in desk.agents.listed()}
            case "imported":
                assert desk.people.search("张三")


def _opens_nothing(world: World) -> None:
    """The vault that an agent who left kept, in the place of both; those that were there come back."""
    kept = {name: (world.desk / name).read_bytes() for name in (vault.FILE, vault.COPY)}
    for name in kept:
        shutil.copyfile(world.folder / "kept.json", world.desk / name)
    try:
        opening.open_desk(world.desk, "bater", "a finer password", world.tell, CHEAP).close()
    except DeskError:
        return
    else:
        raise AssertionError("let in again")
    finally:
        for name, data in kept.items():
            (world.desk / name).write_bytes(data)


def _new_holds(world: World, said: list[str]) -> None:
    new = world.folder / "new"
    state = standing.look(new).state
    assert state is standing.State.DESK if said else state is not standing.State.LOCKED
    if state is standing.State.DESK:
        opening.open_desk(new, "suhe", PASSWORD, world.tell, CHEAP).close()


def copy(base: Path, target: Path) -> None:
    """The same folders again for one try."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(base, target)
