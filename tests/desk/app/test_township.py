"""A counter stands at any level: a village's point, a township's convenience centre, a banner's own windows."""

from __future__ import annotations

import pytest
from conftest import CHEAP, PASSWORD, Served, SetClock, full_draft, sync
from counter_steps import text_of

from desk.app import opening
from desk.centre.exchange import enrolment
from desk.errors import RefusedError
from desk.law import divisions
from desk.law.bodies.seed import counter
from desk.store.account import Account

SUHE = Account("suhe", "苏和")


@pytest.mark.parametrize(
    ("typed", "code", "name", "head"),
    [
        ("乌日尼勒图", "152523202202", "乌日尼勒图嘎查便民代办点", "苏尼特左旗洪格尔苏木"),
        ("苏尼特左旗 洪格尔苏木", "152523202000", "洪格尔苏木便民服务中心", "苏尼特左旗"),
        ("152523202", "152523202000", "洪格尔苏木便民服务中心", "苏尼特左旗"),
        ("苏尼特左旗", "152523000000", "政务服务中心综合窗口", "苏尼特左旗"),
    ],
)
def test_a_place_is_found_and_names_its_counter(
    typed: str, code: str, name: str, head: str, served: Served, tell: SetClock, tmp_path: object
) -> None:
    place = divisions.load().counters(typed)[0]
    assert counter(place) == (code, name)
    once = enrolment.enrol_code(served.centre, code.rstrip("0") if place.level != "village" else code, name)
    folder = tmp_path / "desk"
    opening.create_desk(folder, served.address, once, SUHE, PASSWORD, point=code, cost=CHEAP, tell=tell)
    desk = opening.open_desk(folder, "suhe", PASSWORD, tell)
    number = desk.register(full_draft(desk)).intake_no
    assert number.startswith(code)
    sync(desk)
    assert desk.case(number).case.case_no
    said = text_of(desk.papers.receipt(number).pdf)
    assert head in said
    assert name in said
    assert f"{head}{head}" not in said
    desk.close()


def test_other_digits_are_no_place_of_a_counter(served: Served) -> None:
    for code in ("1525", "15252320", "１５２５２３２０２", "15252320220x"):
        with pytest.raises(RefusedError):
            enrolment.enrol_code(served.centre, code, "x")
