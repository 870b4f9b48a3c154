"""Envelopes, drives and what they spared."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from conftest import HERDER, Served, full_draft, sync
from counter_steps import OTHERS, same_after_rebuild, text_of

from desk.app.open_desk import Desk
from desk.errors import RefusedError
from desk.folds.case import State


class TestTrips:
    def test_an_envelope_is_sealed_handed_over_and_taken_over_with_a_difference(self, desk: Desk) -> None:
        numbers = tuple(
            desk.register(full_draft(desk, at, person)).intake_no for at, person in enumerate((HERDER, *OTHERS))
        )
        (going,) = desk.trips.going()
        assert {one.intake_no for one in going.cases} == set(numbers)
        bundle = desk.trips.seal(going.destination, numbers[:2], "A-17")
        assert [desk.case(number).case.state for number in numbers] == [State.IN_TRANSIT] * 2 + [State.COLLECTED]
        assert len(desk.trips.going()[0].cases) == 1
        with pytest.raises(RefusedError):
            desk.trips.seal(going.destination, numbers[:1], "")
        with pytest.raises(RefusedError, match="状态"):
            desk.trips.take_over(bundle.id, "乌兰", "窗口", ())
        desk.trips.hand_over(bundle.id, "巴特尔", "13900000009")
        desk.trips.take_over(bundle.id, "乌兰", "窗口", ("少一份复印件",))
        after = desk.trips.bundle(bundle.id)
        assert (after.state, after.taken.differences) == ("taken", ("少一份复印件",))
        said = text_of(desk.papers.manifest(after).pdf)
        for part in ("移交清单", bundle.sealed.number, "巴特尔", "乌兰", "少一份复印件", "A-17"):
            assert part in said
        trip = desk.trips.drive(dt.date(2026, 11, 24), 210, (bundle.id,))
        assert (trip.made.saved_trips, trip.made.saved_kilometres) == (2, 420)
        assert desk.trips.totals(2026).saved_kilometres == 420
        assert "420" in text_of(desk.papers.trip_ledger(desk.trips.trips(), 2026).pdf)
        same_after_rebuild(desk)

    def test_the_list_names_what_lies_on_the_stick_that_goes_along(
        self, served: Served, desk: Desk, tmp_path: Path
    ) -> None:
        sync(desk)
        desk.register(full_draft(desk))
        self.carried(desk, tmp_path / "old")
        (going,) = desk.trips.going()
        bundle = desk.trips.seal(going.destination, tuple(one.intake_no for one in going.cases), "")
        assert "U盘文件" not in text_of(desk.papers.manifest(bundle).pdf)
        self.carried(desk, tmp_path / "new")
        (path,) = (tmp_path / "new").rglob("UP/*.DBS")
        hashed = hashlib.sha256(path.read_bytes()).hexdigest()
        told = desk.papers.manifest(bundle)
        desk.trips.hand_over(bundle.id, "巴特尔", "")
        self.carried(desk, tmp_path / "later")
        handed = desk.trips.bundle(bundle.id)
        for pdf in (told.pdf, desk.papers.manifest(handed).pdf):
            said = "".join(text_of(pdf).split())
            assert path.name in said
            assert hashed[:16] in said
        assert [(one.name, one.sha256) for one in handed.handed.stick] == [(path.name, hashed)]
        same_after_rebuild(desk)

    def carried(self, desk: Desk, stick: Path) -> None:
        stick.mkdir()
        desk.courier(stick, lambda _far: None, lambda: False)

    def test_papers_follow_a_case_that_went_by_network(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        (going,) = desk.trips.going()
        bundle = desk.trips.seal(going.destination, (number,), "")
        case = desk.case(number).case
        assert (case.state, case.bundle, case.conflicts) == (State.ARRIVED, bundle.sealed.number, ())

    @pytest.mark.parametrize("kilometres", [0, 3001])
    def test_a_drive_needs_a_distance_and_an_envelope(self, desk: Desk, kilometres: int) -> None:
        with pytest.raises(RefusedError):
            desk.trips.drive(dt.date(2026, 11, 24), kilometres, ())
