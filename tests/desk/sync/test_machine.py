"""Any mixture of what can happen: at quiet all logs agree, every case is the same everywhere, nothing is missing."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, TRUSTING, SetClock, called, full_draft, serving, sync
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from db.centre import rows
from db.centre.lists import case_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import courier, enrolment
from desk.centre.exchange.trust import admitting
from desk.centre.node import centre_node
from desk.centre.run import guard
from desk.folds import case as cases
from desk.folds import case_clocks
from desk.log import events
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from desk.sync import link
from desk.sync.outcome import Outcome

DESKS, STICKS = st.integers(0, 1), st.integers(0, 1)
_GIVEN_UP = (cases.State.WITHDRAWN.value, cases.State.VOID.value)
_SIGNS = "甲乙丙丁戊己庚辛壬癸"


class Network(RuleBasedStateMachine):
    """Two desks of one point, one centre, two sticks."""

    @initialize(by_stick=st.booleans())
    def begin(self, by_stick: bool) -> None:
        """`by_stick`: there is no network any more at the end."""
        self.by_stick = by_stick
        self.folder = Path(tempfile.mkdtemp(prefix="daiban-machine-"))
        self.tell = SetClock()
        self.off = [dt.timedelta(0), dt.timedelta(0)]
        centre_node.create(self.folder / "centre", "152523", "中心")
        self._open_centre()
        guard.add_clerk(self.centre, "wulan", "乌兰", PASSWORD, "综合窗口")
        self.desks: list[Desk] = []
        self.places = [self.folder / "desk0", self.folder / "desk1"]
        for place in self.places:
            code = enrolment.enrol_code(self.centre, POINT, POINT_NAME)
            account = Account("suhe", "苏和")
            opening.create_desk(place, self.address, code, account, PASSWORD, cost=CHEAP, tell=self.tell)
            self.desks.append(opening.open_desk(place, "suhe", PASSWORD, self.tell))
        self.sticks = [self.folder / "stick0", self.folder / "stick1"]
        for stick in self.sticks:
            stick.mkdir()
        self.made = 0
        self.saved: dict[int, Path] = {}
        self.saved_centre: Path | None = None
        # Whether keys or names changed, and whether a backup came back: with both a desk may be a stranger.
        self.is_changed = self.is_back = False

    def _open_centre(self) -> None:
        self.centre = centre_node.Centre(self.folder / "centre", tell=self.tell)
        self._serving = serving(site.app(self.centre, TRUSTING))
        self.address = self._serving.__enter__()

    def _close_centre(self) -> None:
        self._serving.__exit__(None, None, None)
        self.centre.close()

    def _clock(self, which: int) -> Callable[[], dt.datetime]:
        return lambda: self.tell() + self.off[which]

    # -- what happens --------------------------------------------------------------------------------------------

    @rule(which=DESKS)
    def register(self, which: int) -> None:
        name = "牧" + "".join(_SIGNS[int(digit)] for digit in f"{self.made:03d}")
        desk = self.desks[which]
        desk.register(full_draft(desk, self.made, person=called(name)))
        self.made += 1

    @rule(which=DESKS, pick=st.integers(0, 50), kind=st.sampled_from(["case.withdrawn", "case.voided"]))
    def give_up(self, which: int, pick: int, kind: str) -> None:
        desk = self.desks[which]
        own = [row.intake_no for row in desk.cases(CaseQuery(), 0, 1000) if kind in self._moves(desk, row.intake_no)]
        if own:
            desk.handling.act(own[pick % len(own)], kind, "不办了")

    @rule(which=DESKS, pick=st.integers(0, 50))
    def bring(self, which: int, pick: int) -> None:
        """What the centre asked for comes to any desk of the point."""
        desk = self.desks[which]
        asked = [row.intake_no for row in desk.cases(CaseQuery(states=(cases.State.SUPPLEMENT_ASKED.value,)), 0, 1000)]
        if asked:
            desk.handling.add_materials(asked[pick % len(asked)], (events.TakenMaterial("M9", "户口簿", 1, 0),))

    def _moves(self, desk: Desk, number: str) -> frozenset[str]:
        return frozenset(cases.allowed(desk.case(number).case.state, cases.Side.DESK))

    @rule(which=DESKS)
    def sync(self, which: int) -> None:
        assert sync(self.desks[which]).outcome in (Outcome.DONE, Outcome.REFUSED, Outcome.NOT_CENTRE)

    @rule(which=DESKS)
    def other_keys(self, which: int) -> None:
        self.is_changed = True
        self.desks[which].change_keys()

    @rule(which=DESKS)
    def enrol_again(self, which: int) -> None:
        """As people do whose desk the centre does not know any more; or for no reason at all."""
        self.is_changed = True
        desk = self.desks[which]
        desk.enrol(self.address, enrolment.enrol_code(self.centre, POINT, POINT_NAME))

    @rule(which=DESKS, at=st.integers(0, 5), before=st.booleans())
    def sync_cut(self, which: int, at: int, before: bool) -> None:
        """The line breaks before the centre hears it, or after it did and before its answer came."""
        real, left = link.Link._exchange, [at]

        def cut(this: link.Link, *asked: object) -> object:
            left[0] -= 1
            if left[0] < 0 and before:
                raise link.OfflineError("断")
            answer = real(this, *asked)
            if left[0] < 0:
                raise link.OfflineError("断")
            return answer

        link.Link._exchange = cut
        try:
            sync(self.desks[which])
        finally:
            link.Link._exchange = real

    @rule(which=DESKS, stick=STICKS)
    def take_stick(self, which: int, stick: int) -> None:
        self.desks[which].courier(self.sticks[stick], lambda _far: None, lambda: False)

    @rule(stick=STICKS)
    def stick_at_centre(self, stick: int) -> None:
        courier.exchange(self.centre, self.sticks[stick])

    @rule(stick=STICKS)
    def stick_lost(self, stick: int) -> None:
        shutil.rmtree(self.sticks[stick] / "DAIBAN", ignore_errors=True)

    @rule(which=DESKS)
    def crash(self, which: int) -> None:
        self.desks[which].close()
        self.desks[which] = opening.open_desk(self.places[which], "suhe", PASSWORD, self._clock(which))

    @rule()
    def centre_crash(self) -> None:
        self._close_centre()
        self._open_centre()
        for desk in self.desks:
            desk.set_centre_address(self.address)

    @rule(which=DESKS)
    def save(self, which: int) -> None:
        target = self.folder / f"saved{which}"
        shutil.rmtree(target, ignore_errors=True)
        self.desks[which].close()
        shutil.copytree(self.places[which], target)
        self.saved[which] = target
        self.desks[which] = opening.open_desk(self.places[which], "suhe", PASSWORD, self._clock(which))

    @precondition(lambda self: self.saved)
    @rule(which=DESKS)
    def restore(self, which: int) -> None:
        if which not in self.saved:
            return
        self.is_back = True
        self.desks[which].close()
        shutil.rmtree(self.places[which])
        shutil.copytree(self.saved[which], self.places[which])
        self.desks[which] = opening.open_desk(self.places[which], "suhe", PASSWORD, self._clock(which))
        self.desks[which].set_centre_address(self.address)

    @rule()
    def save_centre(self) -> None:
        self._close_centre()
        self.saved_centre = self.folder / "saved-centre"
        shutil.rmtree(self.saved_centre, ignore_errors=True)
        shutil.copytree(self.folder / "centre", self.saved_centre)
        self._open_centre()
        for desk in self.desks:
            desk.set_centre_address(self.address)

    @precondition(lambda self: self.saved_centre is not None)
    @rule()
    def restore_centre(self) -> None:
        self.is_back = True
        self._close_centre()
        shutil.rmtree(self.folder / "centre")
        shutil.copytree(self.saved_centre, self.folder / "centre")
        self._open_centre()
        for desk in self.desks:
            desk.set_centre_address(self.address)

    @rule(which=DESKS, hours=st.sampled_from([0, 5, -9000, 20000]))
    def clock_jumps(self, which: int, hours: int) -> None:
        self.off[which] = dt.timedelta(hours=hours)
        self.desks[which].store.tell = self._clock(which)

    @rule(pick=st.integers(0, 50), asks=st.booleans())
    def clerk(self, pick: int, asks: bool) -> None:
        with self.centre.database.read() as db:
            found = case_rows.case_page(db, case_rows.Asked(states=[cases.State.ARRIVED.value]), 0, 50)
        if found:
            number = found[pick % len(found)]["intake_no"]
            case, seen = self.centre.case(number)
            kind, told = "case.accepted", events.Accepted("乌兰", "综合窗口")
            if asks and not case_clocks.supplements(case):
                kind, told = "case.supplement_asked", events.SupplementAsked("乌兰", "综合窗口", ("户口簿",))
            self.centre.act("wulan", kind, number, told, seen)

    # -- at quiet ------------------------------------------------------------------------------------------------

    def _names(self, desk: Desk) -> set[str]:
        return {row.applicant_name for row in desk.cases(CaseQuery(), 0, 1000)}

    def teardown(self) -> None:
        if not hasattr(self, "saved"):
            return
        try:
            self._quiet()
        finally:
            for desk in self.desks:
                desk.close()
            self._close_centre()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _quiet(self) -> None:
        surviving = set().union(*(self._names(desk) for desk in self.desks))
        with self.centre.database.read() as db:
            surviving |= {row["applicant_name"] for row in case_rows.case_page(db, case_rows.Asked(), 0, 1000)}
        for _ in range(3):
            self._let_in()
            for desk, stick in zip(self.desks, self.sticks, strict=True):
                self._exchange(desk, stick)
        counts = self.centre.verify()
        with self.centre.database.read() as db:
            listed = case_rows.case_page(db, case_rows.Asked(), 0, 1000)
        assert {row["applicant_name"] for row in listed} == surviving  # nothing missing
        assert len(listed) == len(surviving)  # nothing twice
        given = [row["case_no"] for row in listed if row["case_no"]]
        assert len(set(given)) == len(given)
        assert all(row["case_no"] or row["state"] in _GIVEN_UP for row in listed)  # none where that was before it came
        for desk, other in (self.desks, self.desks[::-1]):
            assert desk.sync_status().waiting == 0
            assert self._names(desk) == surviving  # one counter: what one took in, the other has
            assert desk.store.verify(other.identity.node) == other.store.verify(other.identity.node)
            assert counts[desk.identity.node] == desk.store.verify(desk.identity.node)
            for row in desk.cases(CaseQuery(), 0, 1000):
                here, there = desk.case(row.intake_no).case, self.centre.case(row.intake_no)
                assert there is not None
                assert (here.state, here.case_no, here.collected, here.added) == (
                    there[0].state,
                    there[0].case_no,
                    there[0].collected,
                    there[0].added,
                )
            if not self.by_stick:
                again = sync(desk)
                assert (again.sent, again.received) == (0, 0)

    def _is_there(self, desk: Desk) -> bool:
        name = desk.identity.node
        with self.centre.database.read() as db:
            known = rows.one_node(db, name)
        return known is not None and known["have"] == desk.store.verify(name) and not desk.sync_status().waiting

    def _exchange(self, desk: Desk, stick: Path) -> None:
        """All that waits goes and comes; whom the centre does not know by his keys any more is enrolled again."""
        if self.by_stick:
            for _ in range(4):
                desk.courier(stick, lambda _far: None, lambda: False)
                courier.exchange(self.centre, stick)
            desk.courier(stick, lambda _far: None, lambda: False)
            if self._is_there(desk) or not (self.is_changed and self.is_back):
                return
        result = sync(desk)
        if result.outcome is not Outcome.DONE and self.is_changed and self.is_back:
            desk.enrol(self.address, enrolment.enrol_code(self.centre, POINT, POINT_NAME))
            self._let_in()
            result = sync(desk)
        assert result.outcome is Outcome.DONE, result

    def _let_in(self) -> None:
        """Two people look at each desk that waits for the past of its point: a code alone does not open it."""
        with self.centre.database.read() as db:
            waiting = [row["name"] for row in admitting.all_waiting(db)]
        for name in waiting:
            assert [admitting.by_people(self.centre, account, name) for account in ("one", "two")] == [False, True]


Network.TestCase.settings = settings(
    max_examples=int(os.environ.get("DAIBAN_EXAMPLES", "12")),
    stateful_step_count=22,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.generate],  # a failing road of 22 steps is read sooner than it is made shorter
)
TestNetwork = Network.TestCase
