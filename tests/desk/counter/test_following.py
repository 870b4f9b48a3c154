"""Papers that are to follow: the day is written down with the case, told, asked for on it, and put right."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import Served, SetClock, full_draft, sync
from counter_steps import text_of
from office import logged_in

from desk.app.open_desk import Desk
from desk.counter import checks
from desk.counter.handling import brought
from desk.errors import RefusedError
from desk.store.snapshots import CaseQuery, DraftMaterial
from desk.words import as_written

D = dt.date
TODAY = D(2026, 11, 24)


def lacking(desk: Desk, until: str, number: int = 1) -> str:
    draft = full_draft(desk, number)
    first, *others = draft.materials
    absent = DraftMaterial(first.code, missing="回家取", until=until)
    return desk.register(full_draft(desk, number, materials=(absent, *others))).intake_no


def told(desk: Desk) -> dict[str, str]:
    return {one.case.intake_no: one.words for one in desk.today().needs if one.why == "follow"}


def test_on_its_day_today_names_the_case_until_it_is_brought(desk: Desk, served: Served, tell: SetClock) -> None:
    number = lacking(desk, "11月27日")
    missing = next(one for one in desk.case(number).case.materials if one.missing)
    assert missing.until == D(2026, 11, 27)
    assert "2026-11-27" in text_of(desk.papers.receipt(number).pdf)
    sync(desk)
    assert served.centre.case(number)[0].materials == desk.case(number).case.materials
    tell.at += dt.timedelta(2)
    assert told(desk) == {}
    tell.at += dt.timedelta(1)
    assert told(desk) == {number: f"“{missing.name}”说好 2026-11-27 补来，就是今天"}
    tell.at += dt.timedelta(2)
    assert told(desk)[number].endswith("还没有补来")
    kept = desk.store.tables()
    desk.store.rebuild()
    assert desk.store.tables() == kept
    desk.handling.add_materials(number, (brought(missing, 1, 0),))
    assert told(desk) == {}


def test_without_a_day_it_is_expected_within_five_working_days(desk: Desk) -> None:
    number = lacking(desk, "")
    assert next(one.until for one in desk.case(number).case.materials if one.missing) == D(2026, 12, 1)


def test_the_day_is_put_right_at_the_desk_and_at_the_centre(desk: Desk, served: Served, tell: SetClock) -> None:
    number = lacking(desk, "2026-11-27")
    code = next(one.code for one in desk.case(number).case.materials if one.missing)
    field = f"materials.{code}.until"
    offered = {one.field: one for one in desk.corrections.offered(desk.case(number))}
    assert (offered[field].value, offered[field].name.endswith("补来日期")) == ("2026-11-27", True)
    for wrong in ("2026-11-20", "下周"):
        with pytest.raises(RefusedError):
            desk.corrections.correct(number, {field: wrong}, "说错了")
    desk.corrections.correct(number, {field: "12-2"}, "说错了")
    assert next(one.until for one in desk.case(number).case.materials if one.missing) == D(2026, 12, 2)
    tell.at += dt.timedelta(3)
    assert told(desk) == {}
    sync(desk)
    with logged_in(served, "wulan") as client:
        page = client.get(f"/cases/{number}").text
    assert f'value="{field}"' in page
    assert "补来日期<span" in page
    assert "（现在：2026-12-02）" in page
    case = served.centre.case(number)[0]
    assert case.materials == desk.case(number).case.materials
    assert desk.cases(CaseQuery())[0].intake_no == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12-5", "2026-12-05"),
        ("12月5日", "2026-12-05"),
        ("1.3", "2027-01-03"),
        ("2026年12月1日", "2026-12-01"),
        ("", ""),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: str) -> None:
    assert as_written.day_ahead(text, TODAY).value == day
    assert checks.follow_fault(text, TODAY) == ""


@pytest.mark.parametrize(("text", "told"), [("2026-11-23", "今天以前"), ("改天", "不是日期"), ("2月30日", "这一天")])
def test_a_day_on_which_nothing_can_follow_is_told(text: str, told: str) -> None:
    assert told in checks.follow_fault(text, TODAY)


def test_a_day_that_is_over_keeps_the_case_from_being_taken_in(desk: Desk) -> None:
    with pytest.raises(RefusedError) as caught:
        lacking(desk, "2026-11-01")
    assert [one.field.partition(".")[0] for one in caught.value.problems] == ["materials"]
