"""The way back: from a backup, with what the damaged file still has; nothing is touched before all is checked."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pytest
from conftest import PASSWORD, SetClock, full_draft

from db import backup
from db.errors import StoreError
from db.files import MET
from db.opening import unlocked
from db.pages import Pages
from desk.app import opening
from desk.app.open_desk import Desk
from desk.counter.restoring import restore, sources
from desk.errors import DamagedDeskError, RefusedError
from desk.store import soundness
from desk.store.snapshots import CaseQuery

PAGE = 4096


@pytest.fixture
def worked(desk: Desk, tell: SetClock) -> tuple[Path, list[str], list[str]]:
    """A closed desk with cases before its backup and cases after it: folder, both lists of numbers."""
    before = [desk.register(full_draft(desk, at)).intake_no for at in range(4)]
    desk.backups.make()
    after = [desk.register(full_draft(desk, at, note="一" * 1500)).intake_no for at in range(4, 10)]
    desk.pictures.keep(b"\xff\xd8\xff" + bytes(range(256)) * 100, "证.jpg")
    desk.save_draft(full_draft(desk, 77))
    desk.close()
    return desk.folder, before, after


def numbers(desk: Desk) -> set[str]:
    return {one.intake_no for one in desk.cases(CaseQuery(), 0, 100)}


def backup_in(folder: Path) -> Path:
    return Path(sources.beside(folder)[0].path)


def reopened(folder: Path, tell: SetClock, numbers_wanted: set[str]) -> Desk:
    desk = opening.open_desk(folder, "suhe", PASSWORD, tell)
    assert numbers(desk) == numbers_wanted
    assert desk.store.verify(desk.identity.node) > 0
    return desk


def test_all_that_came_after_the_backup_is_taken_out_of_the_damaged_file(
    worked: tuple[Path, list[str], list[str]], tell: SetClock
) -> None:
    folder, before, after = worked
    data = (folder / "desk.db").read_bytes()
    (folder / "desk.db").write_bytes(bytes(PAGE) + data[PAGE:])  # nothing opens it any more
    with pytest.raises(DamagedDeskError):
        opening.open_desk(folder, "suhe", PASSWORD, tell)
    done = restore.restore(folder, backup_in(folder), "suhe", PASSWORD, tell)
    assert done.saved.entries >= len(after)
    assert done.saved.pictures == 1
    assert done.saved.drafts == 1
    assert not done.saved.lost
    assert "没有发现找不回" in done.words()
    assert (Path(done.aside) / "desk.db").read_bytes()[:PAGE] == bytes(PAGE)
    reopened(folder, tell, {*before, *after}).close()


def test_a_gap_is_counted_and_what_lies_behind_it_is_said_again(
    worked: tuple[Path, list[str], list[str]], tell: SetClock
) -> None:
    folder, before, after = worked
    desk = opening.open_desk(folder, "suhe", PASSWORD, tell)
    key, hurt = desk.store.rooms.key, after[2]
    desk.close()
    for at in pages_with(folder / "desk.db", key, hurt.encode()):
        spoil(folder / "desk.db", at, bytes(PAGE))
    done = restore.restore(folder, backup_in(folder), "suhe", PASSWORD, tell)
    kept = {*before, *after} - {number for number, _ in done.saved.cases}
    again = reopened(folder, tell, kept)
    assert again.store.rooms.key == key
    assert done.saved.lost
    assert f"{len(done.saved.lost)} 条记录没有找回" in done.words()
    again.close()


def test_a_copy_that_is_empty_or_says_something_else_is_not_taken(
    worked: tuple[Path, list[str], list[str]], tell: SetClock
) -> None:
    folder, before, after = worked
    place, whole = backup_in(folder), (folder / "desk.db").read_bytes()
    with contextlib.closing(unlocked(place / "desk.db", key_of(folder, tell))) as db, db:
        db.execute("INSERT INTO paper VALUES ('ab', 'x', 'receipt', 'x', 'x', x'00')")  # not what its hash says
    for words in ("这份备份也坏了，没有用它", "这份备份打不开"):
        with pytest.raises(RefusedError, match=words):
            restore.restore(folder, place, "suhe", PASSWORD, tell)
        assert (folder / "desk.db").read_bytes() == whole
        assert not list(folder.glob("set-aside-*"))
        (place / "desk.db").write_bytes(b"")
    reopened(folder, tell, {*before, *after}).close()


def key_of(folder: Path, tell: SetClock) -> bytes:
    desk = opening.open_desk(folder, "suhe", PASSWORD, tell)
    desk.close()
    return desk.store.rooms.key


KINDS = {2: "inner index", 5: "inner table", 10: "index", 13: "table"}


def test_damage_of_every_kind_of_page_is_found(
    worked: tuple[Path, list[str], list[str]], tell: SetClock, tmp_path: Path
) -> None:
    """Each page in turn, flipped, zeroed and cut off, without anybody having met it: what reads all of it says so."""
    folder, _, _ = worked
    key, path, spoiled = key_of(folder, tell), folder / "desk.db", tmp_path / "desk.db"
    with contextlib.closing(unlocked(path, key)) as db, db:  # so that an index has inner pages
        db.executemany("INSERT INTO local VALUES (?, x'00')", [(f"{at}{'x' * 90}",) for at in range(90)])
    good, found = path.read_bytes(), set[tuple[str, str]]()
    pages = Pages(path, key)
    kinds = {number: KINDS.get(page.data[100 * (number == 1)], "overflow") for number, page in pages.all()}
    pages.close()
    for number, kind in kinds.items():
        begin = (number - 1) * PAGE
        flipped = good[: begin + 777] + bytes([good[begin + 777] ^ 1]) + good[begin + 778 :]
        zeroed = good[:begin] + bytes(PAGE) + good[begin + PAGE :]
        for how, data in (("flipped", flipped), ("zeroed", zeroed), ("cut", good[:begin])):
            spoiled.write_bytes(data)
            with pytest.raises(StoreError), backup.opened(spoiled, key) as db:
                soundness.look_through(db)
            found.add((kind, how))
    assert len(found) == 3 * len({*KINDS.values(), "overflow"})


def pages_with(path: Path, key: bytes, words: bytes) -> list[int]:
    """Leaf pages of the log in which the words stand."""
    pages = Pages(path, key)
    found = [number for number, page in pages.all() if page.data[:1] == b"\r" and b"case.collected" in page.data]
    found = [number for number in found if words in pages.page(number).data]
    pages.close()
    return found


def spoil(path: Path, number: int, data: bytes, at: int = 0) -> None:
    with path.open("r+b") as file:
        file.seek((number - 1) * PAGE + at)
        file.write(data)


@pytest.mark.parametrize("how", ["flipped", "zeroed", "cut"])
def test_damage_in_any_page_is_found_and_nothing_that_could_be_read_is_lost(
    worked: tuple[Path, list[str], list[str]], tell: SetClock, tmp_path: Path, how: str
) -> None:
    """Each ninth page in turn, so that root, inner, leaf, index and overflow pages all have theirs."""
    folder, before, after = worked
    whole = folder / "desk.db"
    good, copy = whole.read_bytes(), backup_in(folder)
    count, unseen = len(good) // PAGE, 0
    for number in range(1, count + 1, 9):
        spoiled = bytearray(good)
        begin = (number - 1) * PAGE
        if how == "cut":
            del spoiled[begin:]
        else:
            spoiled[begin : begin + PAGE] = (
                bytes(PAGE)
                if how == "zeroed"
                else bytes(one ^ (at == 777) for at, one in enumerate(spoiled[begin : begin + PAGE]))
            )
        whole.write_bytes(spoiled)
        (folder / MET).touch()  # as whoever met it leaves it
        try:
            opening.open_desk(folder, "suhe", PASSWORD, tell).close()
            assert number > 1
            unseen += 1  # it is in the list of free pages: nothing was in it
            continue
        except DamagedDeskError:
            pass
        done = restore.restore(folder, copy, "suhe", PASSWORD, tell)
        lost = {name for name, _ in done.saved.cases}
        desk = opening.open_desk(folder, "suhe", PASSWORD, tell)
        here = numbers(desk)
        desk.close()
        assert {*before} <= here
        assert how == "cut" or {*before, *after} - here <= lost or done.saved.lost
        if how == "flipped":
            assert len(here) >= len(before) + len(after) - 2
        shutil.rmtree(done.aside)
    assert unseen <= 2
