"""Banner, league and region in any mixture: what a level above writes of a case is in force nowhere, and every case is
the same wherever it is shown."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, TRUSTING, SetClock, full_draft, serving, sync
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from db.centre.lists import case_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.levels import forwarding
from desk.centre.node import centre_node
from desk.centre.node.centre_node import Centre, Own
from desk.centre.run import guard
from desk.errors import DeskError, RefusedError
from desk.folds import case as cases
from desk.folds import case_clocks
from desk.log import centre_events, events
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome

CODES = ("152523", "152500", "150000")
UPPER = st.sampled_from([1, 2])
DESKS = st.integers(0, 2)
POINTS = (POINT, POINT, "152523202203")  # the first two are one counter
SAID: dict[str, events.Data] = {
    "case.arrived": events.Arrived("X1", "上级"),
    "case.accepted": events.Accepted("巴雅尔", "盟"),
    "case.refused": events.Act("巴雅尔", "盟", "不予"),
    "case.granted": events.Act("巴雅尔", "盟"),
    "case.withdrawn": events.Act("巴雅尔", "盟", "撤回"),
    "case.voided": events.Act("巴雅尔", "盟", "作废"),
    "case.returned": events.Act("巴雅尔", "盟", "退"),
    "case.rated": events.Rated(1, "web"),
    "case.material_added": events.MaterialsAdded("巴雅尔", (events.TakenMaterial("M9", "户口簿", 1, 0),)),
}


class Levels(RuleBasedStateMachine):
    """Three desks, two of them of one point; their banner; the league and the region above it."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="daiban-levels-"))
        self.tell = SetClock()
        self.open = contextlib.ExitStack()
        self.centres: list[Centre] = []
        self.addresses: list[str] = []
        for code in CODES:
            folder = self.folder / code
            centre_node.create(folder, code, f"{code} 中心")
            centre = Centre(folder, tell=self.tell)
            self.centres.append(centre)
            self.open.callback(centre.close)
            self.addresses.append(self.open.enter_context(serving(site.app(centre, TRUSTING))))
            guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
        for lower in (0, 1):
            code = enrolment.enrol_code(self.centres[lower + 1], f"{CODES[lower]}000000", CODES[lower])
            forwarding.join(self.centres[lower], self.addresses[lower + 1], code)
        self.desks: list[Desk] = []
        for number, point in enumerate(POINTS):
            place = self.folder / f"desk{number}"
            code = enrolment.enrol_code(self.centres[0], point, POINT_NAME)
            opening.create_desk(
                place, self.addresses[0], code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=self.tell
            )
            self.desks.append(opening.open_desk(place, "suhe", PASSWORD, self.tell))
            self.open.callback(self.desks[-1].close)
        self.made = 0
        self.meddled: set[tuple[int, str]] = set()

    @rule(which=DESKS)
    def register(self, which: int) -> None:
        self.desks[which].register(full_draft(self.desks[which], self.made))
        self.made += 1

    @rule(which=DESKS)
    def sync(self, which: int) -> None:
        assert sync(self.desks[which]).outcome is Outcome.DONE

    @rule(which=DESKS, pick=st.integers(0, 50))
    def void(self, which: int, pick: int) -> None:
        desk = self.desks[which]
        open_ones = [row.intake_no for row in desk.cases(CaseQuery(), 0, 100) if self._may_void(desk, row.intake_no)]
        if open_ones:
            desk.handling.act(open_ones[pick % len(open_ones)], "case.voided", "录错了")

    def _may_void(self, desk: Desk, number: str) -> bool:
        return "case.voided" in desk.case(number).may

    @rule(lower=st.integers(0, 1))
    def forward(self, lower: int) -> None:
        forwarding.forward(self.centres[lower])

    @rule(pick=st.integers(0, 50), asks=st.booleans())
    def clerk(self, pick: int, asks: bool) -> None:
        banner = self.centres[0]
        for number in self._pick(banner, pick):
            case, seen = banner.case(number)
            kind, told = "case.accepted", events.Accepted("乌兰", "综合窗口")
            if asks and not case_clocks.supplements(case):
                kind, told = "case.supplement_asked", events.SupplementAsked("乌兰", "综合窗口", ("户口簿",))
            with contextlib.suppress(RefusedError):
                banner.act("wulan", kind, number, told, seen)

    @rule(upper=UPPER, pick=st.integers(0, 50), kind=st.sampled_from(sorted(SAID)))
    def meddle(self, upper: int, pick: int, kind: str) -> None:
        """A clerk above tries to move it, and is refused; a program that asks nobody writes it all the same."""
        centre = self.centres[upper]
        for number in self._pick(centre, pick):
            _, seen = centre.case(number)
            with pytest.raises(DeskError):
                centre.act("wulan", kind, number, SAID[kind], seen)
            self._write(centre, number, kind, SAID[kind])
            self.meddled.add((upper, number))

    @rule(upper=UPPER, pick=st.integers(0, 50), seq=st.integers(1, 8))
    def refuse_an_entry(self, upper: int, pick: int, seq: int) -> None:
        centre = self.centres[upper]
        for number in self._pick(centre, pick):
            case, _ = centre.case(number)
            self._write(centre, number, "entry.refused", centre_events.EntryRefused(case.point, seq, "不对"))

    def _pick(self, centre: Centre, pick: int) -> list[str]:
        with centre.database.read() as db:
            found = [row["intake_no"] for row in case_rows.case_page(db, case_rows.Asked(), 0, 100)]
        return [found[pick % len(found)]] if found else []

    def _write(self, centre: Centre, number: str, kind: str, data: events.Data) -> None:
        with centre.database.write() as db:
            centre.add(db, [Own("wulan", kind, number, data, number[:12])])
            centre.project(db, centre.about(db, [number]))

    def teardown(self) -> None:
        if not hasattr(self, "meddled"):
            return
        try:
            self._quiet()
        finally:
            self.open.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _quiet(self) -> None:
        for _ in range(3):
            for desk in self.desks:
                assert sync(desk).outcome is Outcome.DONE
        forwarding.forward(self.centres[0])
        forwarding.forward(self.centres[1])
        banner = self.centres[0]
        with banner.database.read() as db:
            numbers = [row["intake_no"] for row in case_rows.case_page(db, case_rows.Asked(), 0, 1000)]
        assert len(numbers) == self.made
        for number in numbers:
            told = self._shown(banner.case(number)[0])
            for centre in self.centres[1:]:
                assert self._shown(centre.case(number)[0]) == told
            for desk, point in zip(self.desks, POINTS, strict=True):
                if number.startswith(point):
                    assert self._shown(desk.case(number).case) == told
                else:  # nobody outside sees it
                    with pytest.raises(RefusedError):
                        desk.case(number)
        for upper, number in self.meddled:
            for centre in self.centres[upper:]:
                written = (one for one in centre.case(number)[0].history if one.node == self.centres[upper].node)
                lines = [one for one in written if one.kind != "entry.refused"]  # which another rule writes beside
                assert lines
                assert all(one.refused for one in lines)
        for centre in self.centres:
            centre.verify()
            before = self._list(centre)
            centre.rebuild()
            assert self._list(centre) == before

    def _list(self, centre: Centre) -> list[dict[str, object]]:
        with centre.database.read() as db:
            return [dict(row) for row in case_rows.case_page(db, case_rows.Asked(), 0, 1000)]

    def _shown(self, case: cases.Case) -> tuple[object, ...]:
        return case.state, case.case_no, case.collected, case.materials, case.rated, case.decision, case.ended_at


Levels.TestCase.settings = settings(
    max_examples=int(os.environ.get("DAIBAN_EXAMPLES", "8")),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.generate],
)
TestLevels = Levels.TestCase
