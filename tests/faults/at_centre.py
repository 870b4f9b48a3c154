"""What the centre writes, one deed each, and what must hold there after any fault."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from drafts import PASSWORD

from db.centre import rows
from db.centre.lists import case_rows
from db.errors import StoreError
from desk.centre.commands import run_centre
from desk.centre.node import centre_node
from desk.centre.run import backup as whole
from desk.errors import DeskError
from desk.folds.case import Case, State
from desk.log import events

if TYPE_CHECKING:
    from deeds import World

Say = Callable[[str], None]
CASES = 3  # that the desk took in


def by_command(folder: Path, *asked: str) -> bool:
    """A step of the centre, as somebody types it; whether it went well. What it prints is for nobody."""
    os.environ |= {"DAIBAN_PASSWORD": PASSWORD, "DAIBAN_PASSWORD_CONFIRM": PASSWORD}
    with (
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        return run_centre(["--data", str(folder), *asked]) == 0


def publish(world: World, say: Say) -> None:
    """As two editors do."""
    place = world.folder / "holidays.json"
    if by_command(world.centre, "publish", "--holidays", str(place), "--asks", "bian", "--confirms", "he"):
        say("published")


def taking_in(world: World, say: Say) -> None:
    """What a stick has is taken in, and answered on it."""
    if by_command(world.centre, "courier", str(world.stick)):
        say("taken")


def deciding(world: World, say: Say) -> None:
    """A clerk decides the case that was accepted. What the disk does to it is told on the page (`frame.HANDLERS`)."""
    try:
        centre = centre_node.Centre(world.centre)
        try:
            number, case, seen = _first(centre)
            if case.state is State.ACCEPTED:
                centre.act("wulan", "case.granted", number, events.Act("乌兰", "综合窗口"), seen)
            say("granted " + number)
        finally:
            centre.close()
    except (sa.exc.OperationalError, StoreError) as error:
        raise DeskError("told on the page") from error


def backup(world: World, say: Say) -> None:
    target = world.folder / "centre.daiban"
    target.unlink(missing_ok=True)
    if by_command(world.centre, "backup", str(target)):
        say(f"copied {target}")


def restore(world: World, say: Say) -> None:
    """Into an empty folder, once more where it was cut off; one that is there already is a centre."""
    again = world.folder / "again"
    if (again / centre_node.KEYS_FILE).exists() or by_command(again, "restore", str(world.folder / "centre.daiban")):
        say("put back")


def _first(centre: centre_node.Centre) -> tuple[str, Case, int]:
    """The case that came first, as it is, and what an act on it has to have seen."""
    with centre.database.read() as db:
        number = min(one["intake_no"] for one in case_rows.case_page(db, case_rows.Asked(), 0, 9))
    case, seen = centre.case(number)
    return number, case, seen


def holds(world: World, said: list[str]) -> None:
    epoch = _sound(world.centre, said)
    again = world.folder / "again"
    if (again / centre_node.KEYS_FILE).exists():
        assert _sound(again, said) == epoch + 1
    else:
        assert "put back" not in said


def _sound(folder: Path, said: list[str]) -> int:
    """Its epoch. Everything hangs together, and what was said of it is so."""
    centre = centre_node.Centre(folder)
    try:
        have = centre.verify()
        number, case, _ = _first(centre)
        for words in said:
            what, _, which = words.partition(" ")
            if what == "taken":
                assert sum(have.values()) - have[centre.node] > 2
                with centre.database.read() as db:
                    assert case_rows.case_count(db, case_rows.Asked()) == CASES
            elif what == "granted":
                assert (which, case.state) == (number, State.GRANTED)
            elif what == "copied":
                assert whole._unpack(Path(which), PASSWORD, None).node == centre.node
        with centre.database.read() as db:
            return int(rows.value(db, "epoch") or 1)
    finally:
        centre.close()
