"""A desk that begins without its centre; an old database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import PASSWORD, POINT, Served, SetClock, full_draft, sync
from counter_steps import text_of

from desk.app import opening, practice
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.centre.exchange.trust import codes
from desk.centre.node import centre_node
from desk.errors import RefusedError
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome
from desk.sync.protocol import wire


class TestStartingWithoutACentre:
    def test_a_desk_works_alone_and_keeps_its_log_when_it_is_enrolled(
        self, tmp_path: Path, served: Served, tell: SetClock
    ) -> None:
        from conftest import CHEAP, POINT_NAME

        folder = tmp_path / "alone"
        opening.create_alone(folder, POINT, POINT_NAME, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=tell)
        desk = opening.open_desk(folder, "suhe", PASSWORD, tell)
        number = desk.register(full_draft(desk)).intake_no
        assert sync(desk).outcome is Outcome.NOT_ENROLLED
        wrong = enrolment.enrol_code(served.centre, "152523202201", "别处")
        with pytest.raises(Exception, match="另一个代办点"):
            desk.enrol(served.address, wrong)
        desk.enrol(served.address, enrolment.enrol_code(served.centre, POINT, POINT_NAME))
        assert sync(desk).outcome is Outcome.DONE
        assert served.centre.case(number)[0].case_no
        assert desk.identity.node == number[:12] + "-" + number[12:14]
        desk.close()

    def test_a_code_of_another_point_is_told_before_anything_is_written(
        self, tmp_path: Path, served: Served, tell: SetClock
    ) -> None:
        from conftest import CHEAP

        code = enrolment.enrol_code(served.centre, "152523202201", "洪格尔便民代办点")
        before = sorted(tmp_path.rglob("*"))
        facts = (tmp_path / "new", served.address, code, Account("suhe", "苏和"), PASSWORD)
        with pytest.raises(RefusedError, match=r"洪格尔便民代办点.*152523202201") as told:
            opening.create_desk(*facts, point=POINT, cost=CHEAP, tell=tell)
        assert "没有用掉" in told.value.sentences()
        assert [one for one in sorted(tmp_path.rglob("*")) if "centre" not in one.parts] == [
            one for one in before if "centre" not in one.parts
        ]
        opening.create_desk(*facts, point="152523202201", cost=CHEAP, tell=tell)  # the code is as good as it was
        made = opening.open_desk(tmp_path / "new", "suhe", PASSWORD, tell)
        assert (made.identity.point_code, made.identity.point_name) == ("152523202201", "洪格尔便民代办点")
        made.close()

    def test_a_centre_that_does_not_look_at_the_point_is_not_taken_at_its_word(
        self, tmp_path: Path, served: Served, tell: SetClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An older centre does not know the question; the desk looks at the answer."""
        take_in, shown, came = enrolment.take_in, codes.shown, list[wire.EnrolRequest]()

        def without_point(centre: centre_node.Centre, asked: wire.EnrolRequest) -> wire.EnrolAnswer:
            came.append(asked)
            return take_in(centre, msgspec.structs.replace(asked, point=""))

        monkeypatch.setattr(enrolment, "take_in", without_point)
        monkeypatch.setattr(codes, "shown", lambda centre, _asked, *keys: shown(centre, came[-1], *keys))
        code = enrolment.enrol_code(served.centre, "152523202201", "洪格尔便民代办点")
        with pytest.raises(RefusedError, match="洪格尔便民代办点"):
            opening.create_desk(tmp_path / "new", served.address, code, Account("a", "甲"), PASSWORD, point=POINT)
        assert not (tmp_path / "new").exists()

    def test_practice_is_marked_and_never_synced(self, desk: Desk, tell: SetClock) -> None:
        trial = practice.open_practice(desk.folder, desk.office, desk.account, tell)
        rows = trial.cases(CaseQuery())
        assert len(rows) == 3
        assert "练习" in text_of(trial.papers.receipt(rows[0].intake_no).pdf)
        assert sync(trial).outcome is Outcome.NOT_ENROLLED
        assert trial.case(rows[0].intake_no).case.collected.practice
        trial.close()
        again = practice.open_practice(desk.folder, desk.office, desk.account, tell)
        assert again.count_cases(CaseQuery()) == 3
        again.close()
        assert desk.count_cases(CaseQuery()) == 0


def test_an_old_database_is_brought_up_and_filled_from_its_log(make_desk: Callable[..., Desk], tell: SetClock) -> None:
    desk = make_desk()
    number = desk.register(full_draft(desk)).intake_no
    before = desk.store.tables()
    with desk.store.write() as db:
        db.conn.execute("UPDATE case_row SET agent = '', applicant_sort = ''")
        db.conn.execute("INSERT INTO local (key, value) VALUES ('stale', x'31')")
    folder = desk.folder
    desk.close()
    again = opening.open_desk(folder, "suhe", PASSWORD, tell)
    assert again.store.tables() == before
    assert again.case(number).row.agent == "苏和"
    again.close()
