"""Any mixture of what can happen to four windows of a hall: all that have met show equal cases, no number is there
twice, nothing that a window said it has kept is lost.

`python tests/desk/sync/test_hall_machine.py [roads] [steps] [seed]` goes many roads and prints what they were made of.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

if __name__ == "__main__":
    HERE = Path(__file__).parents[3]
    sys.path[:0] = [str(HERE), str(HERE / "tests"), str(HERE / "tests" / "desk"), str(HERE / "tests" / "desk" / "sync")]

from conftest import PASSWORD, TRUSTING, SetClock, called, full_draft, serving, sync
from hall_steps import let_in, windows_of_one_hall
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from db.centre.lists import case_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import courier
from desk.centre.node import centre_node
from desk.errors import DeskError
from desk.folds import case as cases
from desk.store.snapshots import CaseQuery
from desk.sync.hall import meeting, plain_http
from desk.sync.hall.answering import Answers
from desk.sync.hall.listener import Listener
from desk.sync.hall.new_pc.guests import Guests
from desk.sync.outcome import Outcome
from desk.sync.protocol.near.parcel import Window
from desk.sync.relay.shelf import Shelf
from desk.sync.trust import roster_notes as rosters

WINDOWS = 4
DESKS, STICKS = st.integers(0, WINDOWS), st.integers(0, 1)  # the last one is a clone, once there is one
_SIGNS = "甲乙丙丁戊己庚辛壬癸"
COUNTED: Counter[str] = Counter()


class Place:
    """A machine of the hall: its folder, its clock, the desk that is open there, its ear."""

    def __init__(self, folder: Path, tell: Callable[[], dt.datetime]) -> None:
        self.folder, self._tell, self.off = folder, tell, dt.timedelta(0)
        self.desk, self.ear = self.open()

    def clock(self) -> dt.datetime:
        return self._tell() + self.off

    def open(self) -> tuple[Desk, Listener]:
        self.desk = desk = opening.open_desk(self.folder, "suhe", PASSWORD, self.clock)
        answers = Answers(desk.store, Window, lambda *_: None, lambda: Shelf(self.folder), Guests(desk.store))
        self.ear = Listener(answers, 0, "127.0.0.1")
        return self.desk, self.ear

    def close(self) -> None:
        self.ear.close()
        self.desk.close()

    def meet(self, other: Place) -> bool:
        """Whether it came about."""
        try:
            node = other.desk.identity.node
            meeting.meet(self.desk.store, f"127.0.0.1:{other.ear.port}", node, None, Window, lambda *_: None)
        except DeskError:
            return False
        return True

    def rows(self) -> dict[str, tuple[str, str]]:
        """By number the applicant and the state."""
        return {one.intake_no: (one.applicant_name, one.state) for one in self.desk.cases(CaseQuery(), 0, 1000)}

    def names(self) -> set[str]:
        return {name for name, _ in self.rows().values()}

    def is_apart(self) -> bool:
        with self.desk.store.read() as db:
            return bool(rosters.apart(db))


class Hall(RuleBasedStateMachine):
    """Four windows, perhaps a clone of one, one centre, two sticks."""

    made: tuple[Path, dt.datetime] | None = None  # what every road begins with, made once

    @initialize()
    def begin(self) -> None:
        if Hall.made is None:
            there = Path(tempfile.mkdtemp(prefix="daiban-hall-"))
            Hall.made = there, windows_of_one_hall(there, WINDOWS).at
        there, now = Hall.made
        self.folder, self.tell = Path(tempfile.mkdtemp(prefix="daiban-hall-")), SetClock()
        self.tell.at = now
        shutil.copytree(there, self.folder, dirs_exist_ok=True)
        self.centre = centre_node.Centre(self.folder / "centre", tell=self.tell)
        self._serving = serving(site.app(self.centre, TRUSTING))
        self.address = self._serving.__enter__()
        self.places = [Place(self.folder / f"window{at}", self.tell) for at in range(WINDOWS)]
        for place in self.places:
            place.desk.set_centre_address(self.address)
        self.sticks = [self.folder / "stick0", self.folder / "stick1"]
        for stick in self.sticks:
            stick.mkdir()
        self.count = 0
        self.saved: dict[int, Path] = {}
        self.is_forked = False

    def _at(self, which: int) -> Place:
        COUNTED["steps"] += 1
        return self.places[which % len(self.places)]

    # -- what happens --------------------------------------------------------------------------------------------

    @rule(which=DESKS)
    def register(self, which: int) -> None:
        name = "牧" + "".join(_SIGNS[int(digit)] for digit in f"{self.count:03d}")
        desk = self._at(which).desk
        desk.register(full_draft(desk, self.count, person=called(name)))
        self.count += 1
        COUNTED["cases"] += 1

    @rule(which=DESKS, pick=st.integers(0, 50))
    def give_up(self, which: int, pick: int) -> None:
        desk = self._at(which).desk
        can = [
            row.intake_no
            for row in desk.cases(CaseQuery(), 0, 1000)
            if "case.withdrawn" in cases.allowed(desk.case(row.intake_no).case.state, cases.Side.DESK)
        ]
        if can:
            desk.handling.act(can[pick % len(can)], "case.withdrawn", "不办了")

    @rule(which=DESKS, other=DESKS)
    def meet(self, which: int, other: int) -> None:
        one, two = self._at(which), self._at(other)
        if one is not two:
            COUNTED["meetings"] += one.meet(two)

    @rule(which=DESKS, other=DESKS, at=st.integers(0, 3), kills=st.booleans())
    def meet_cut(self, which: int, other: int, at: int, kills: bool) -> None:
        """The wire breaks in the middle of a meeting, before or after the other one took it in; or the PC goes out."""
        one, two = self._at(which), self._at(other)
        if one is two:
            return
        with cut_after(at):
            one.meet(two)
        COUNTED["cut"] += 1
        if kills:
            one.close()
            one.open()
            COUNTED["killed"] += 1

    @rule(which=DESKS)
    def sync(self, which: int) -> None:
        outcome = sync(self._at(which).desk).outcome
        assert outcome in (Outcome.DONE, Outcome.REFUSED, Outcome.NOT_CENTRE)
        COUNTED["syncs"] += 1

    @rule(which=DESKS, stick=STICKS)
    def take_stick(self, which: int, stick: int) -> None:
        self._at(which).desk.courier(self.sticks[stick], lambda _far: None, lambda: False)
        COUNTED["sticks"] += 1

    @rule(stick=STICKS)
    def stick_at_centre(self, stick: int) -> None:
        courier.exchange(self.centre, self.sticks[stick])

    @rule(which=DESKS, hours=st.sampled_from([0, 5, -9000, 20000]))
    def clock_jumps(self, which: int, hours: int) -> None:
        self._at(which).off = dt.timedelta(hours=hours)
        COUNTED["clocks"] += 1

    @rule(which=st.integers(0, WINDOWS - 1))
    def save(self, which: int) -> None:
        place, target = self._at(which), self.folder / f"saved{which}"
        shutil.rmtree(target, ignore_errors=True)
        place.close()
        shutil.copytree(place.folder, target)
        place.open()
        self.saved[which] = target

    @precondition(lambda self: self.saved)
    @rule(which=st.integers(0, WINDOWS - 1))
    def restore(self, which: int) -> None:
        """An old backup comes back: it may go on before it meets anybody."""
        if which not in self.saved:
            return
        place = self._at(which)
        place.close()
        shutil.rmtree(place.folder)
        shutil.copytree(self.saved[which], place.folder)
        place.open()
        self.is_forked = True
        COUNTED["backups"] += 1

    @precondition(lambda self: len(self.places) == WINDOWS)
    @rule(which=st.integers(0, WINDOWS - 1))
    def clone(self, which: int) -> None:
        """A disk was copied into another PC: two have one name."""
        place, target = self._at(which), self.folder / "clone"
        place.close()
        shutil.copytree(place.folder, target)
        place.open()
        self.places.append(Place(target, self.tell))
        self.is_forked = True
        COUNTED["clones"] += 1

    # -- at quiet ------------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "saved"):
            return
        try:
            self._quiet()
        finally:
            for place in self.places:
                place.close()
            self._serving.__exit__(None, None, None)
            self.centre.close()
            shutil.rmtree(self.folder, ignore_errors=True)
        COUNTED["roads"] += 1

    def _all_meet(self) -> None:
        for _ in range(2):
            for one in self.places:
                for other in self.places:
                    if one is not other:
                        one.meet(other)

    def _quiet(self) -> None:
        kept = set().union(*(place.names() for place in self.places))
        given_up = {name for place in self.places for name, state in place.rows().values() if state == "withdrawn"}
        with self.centre.database.read() as db:
            kept |= {row["applicant_name"] for row in case_rows.case_page(db, case_rows.Asked(), 0, 1000)}
        here = set().union(*(place.names() for place in self.places))
        self._all_meet()  # without the centre
        if not self.is_forked:
            assert not any(place.is_apart() for place in self.places)
            for place in self.places:
                assert place.rows() == self.places[0].rows()
                assert place.names() == here
        for _ in range(4):  # the line comes back at each of them
            let_in(self.centre)
            for place in self.places:
                result = sync(place.desk)
        self._all_meet()
        for place in self.places:
            result = sync(place.desk)
            assert result.outcome is Outcome.DONE, result
        with self.centre.database.read() as db:
            listed = {
                row["intake_no"]: row["applicant_name"] for row in case_rows.case_page(db, case_rows.Asked(), 0, 999)
            }
        assert set(listed.values()) == kept  # nothing is lost
        assert len(listed) == len(kept)  # nothing is there twice
        assert {name for name, state in self.places[0].rows().values() if state == "withdrawn"} >= given_up
        for place in self.places:
            assert {number: name for number, (name, _) in place.rows().items()} == listed
            assert place.rows() == self.places[0].rows()
            assert not place.is_apart()
            assert place.desk.sync_status().waiting == 0
            for other in self.places:
                node = other.desk.identity.node
                assert place.desk.store.verify(node) == other.desk.store.verify(node)
        for place in self.places:
            before = place.desk.store.tables()
            place.desk.store.rebuild()
            after = place.desk.store.tables()
            assert after == before, {name: {*rows} ^ {*after[name]} for name, rows in before.items()}


@contextlib.contextmanager
def cut_after(count: int) -> Iterator[None]:
    """The wire breaks once `count` answers came whole to whoever asks in this thread."""
    real, left, asker = plain_http.Wire.body, [count], threading.current_thread()

    def body(this: plain_http.Wire, length: int) -> bytes:
        whole = real(this, length)
        if threading.current_thread() is asker:
            left[0] -= 1
            if left[0] < 0:
                raise plain_http.BrokenOffError("断")
        return whole

    plain_http.Wire.body = body
    try:
        yield
    finally:
        plain_http.Wire.body = real


def roads(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],  # a failing road is read sooner than it is made shorter
    )


Hall.TestCase.settings = roads(int(os.environ.get("DAIBAN_EXAMPLES", "3")), 14)
TestHall = Hall.TestCase


def main() -> None:
    told = [int(one) for one in sys.argv[1:]]
    examples, steps, number = [*told, *(100, 40, 1)[len(told) :]]
    begin = time.monotonic()
    run_state_machine_as_test(seed(number)(Hall), settings=roads(examples, steps))
    minutes = (time.monotonic() - begin) / 60
    print(f"{minutes:.0f} minutes: {', '.join(f'{count:,} {what}' for what, count in COUNTED.items())}")  # noqa: T201


if __name__ == "__main__":
    main()
