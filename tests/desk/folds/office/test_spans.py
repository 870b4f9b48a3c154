"""Where the days went, what was missing, and what may be shown to everybody."""

from __future__ import annotations

import msgspec
import pytest

from desk.folds.case import Case, HistoryLine, State
from desk.folds.office import findings, published, spans
from desk.law.catalogue import load
from desk.law.catalogue.item import Material
from desk.log import events

CENTRE = "152523000000-00"


def made(number: str, *moves: tuple[str, str], **facts: object) -> Case:
    """A case collected on 1 June at ten: kind and time of its moves."""
    taken = events.Collected(events.ItemRef("x", "低保", 1, "c"), "p", events.Person("阿"), (), "苏和", "152523202202")
    lines = (("collected", "2026-06-01T10:00:00+08:00"), *moves)
    history = tuple(HistoryLine(f"case.{kind}", kind, time, "a", CENTRE) for kind, time in lines)
    arrived = next((time for kind, time in moves if kind == "arrived"), "")
    plain = {"arrived_at": arrived, "history": history}
    return Case(number, State.ARRIVED, taken, lines[0][1], "152523202202-01", **(plain | facts))  # type: ignore[arg-type]


def on(day: int, hour: int = 10) -> str:
    return f"2026-06-{day:02d}T{hour:02d}:00:00+08:00"


ROAD = (
    ("arrived", on(2)), ("supplement_asked", on(3)), ("supplemented", on(5)), ("arrived", on(6)),
    ("accepted", on(6, 22)), ("reviewed", on(8, 22)), ("suspended", on(9, 22)), ("resumed", on(12, 22)),
    ("granted", on(13, 22)), ("served", on(17, 22)),
)  # fmt: skip


def test_days_are_put_where_they_were_spent() -> None:
    assert spans.of(made("1", *ROAD)) == {
        "代办点收件到中心接收": 1.0,
        "中心接收到受理决定": 1.5,
        "等申请人补正": 3.0,
        "受理后等审查": 2.0,
        "审查": 2.0,
        "特别程序": 3.0,
        "决定后到送达": 4.0,
    }


def test_what_it_has_not_left_is_not_counted_and_what_was_refused_neither() -> None:
    assert spans.of(made("1")) == {}
    assert spans.of(made("1", ("arrived", on(2)))) == {"代办点收件到中心接收": 1.0}
    case = made("1", *ROAD[:2])
    late = HistoryLine("case.accepted", "x", on(9), "a", CENTRE, refused="没有")
    early = HistoryLine("case.arrived", "x", on(1), "a", CENTRE, refused="没有")
    with_refused = msgspec.structs.replace(case, history=(early, *case.history, late))
    assert spans.of(with_refused) == spans.of(case) == {"代办点收件到中心接收": 1.0, "中心接收到受理决定": 1.0}


def test_a_clock_that_was_wrong_takes_no_day_away() -> None:
    assert spans.of(made("1", ("arrived", "2026-05-01T10:00:00+08:00"))) == {"代办点收件到中心接收": 0.0}
    corrected = made("1", ("arrived", on(5)), arrived=events.Arrived("N", "x", collected_at=on(3)))
    assert spans.of(corrected) == {"代办点收件到中心接收": 2.0}
    for time in ("gestern", "2026-06-09T10:00:00"):
        assert spans.of(made("1", ("arrived", time)))["代办点收件到中心接收"] == 0.0


def test_many_cases_together() -> None:
    found = spans.together(
        [made("1", ("arrived", on(2))), made("2", ("arrived", on(4)), ("accepted", on(5))), made("3")]
    )
    assert found == (
        spans.Stretch("代办点收件到中心接收", 2, 2.0, 3.0, "2"),
        spans.Stretch("中心接收到受理决定", 1, 1.0, 1.0, "2"),
    )
    assert spans.together([]) == ()


def test_what_supplements_asked_for() -> None:
    item = msgspec.structs.replace(
        load.seed().items[0], materials=tuple(Material(one, one) for one in ("户口簿", "户口簿复印件", "照片"))
    )
    asked = {"1": ["缺户口簿复印件两份", "照片", "照片要彩色"], "2": [" 诊断书 ", "户口簿"], "3": ["诊断书", " "]}
    found = spans.missing(asked, item)
    assert [(one.name, one.numbers, one.known, one.cases) for one in found] == [
        ("诊断书", ("2", "3"), False, 2),
        ("户口簿", ("2",), True, 1),
        ("户口簿复印件", ("1",), True, 1),
        ("照片", ("1",), True, 1),
    ]
    said = ["诊断书", "委托书", "结婚证", "离婚证", "土地证", "房产证", "残疾证", "退役证", "学生证"]
    assert [one.name for one in spans.missing({"1": said}, None)] == said
    bare = spans.missing({}, item)
    assert [(one.name, one.cases) for one in bare] == [("户口簿", 0), ("户口簿复印件", 0), ("照片", 0)]
    assert [one.name for one in spans.missing({"1": ["户口簿"]}, None)] == ["户口簿"]


ROW = {
    "case_no": "N1", "task_code": "t", "item_name": "阿拉坦的低保", "applicant_name": " 阿拉坦 ",
    "org": "民政局 13900000001", "ended_day": "2026-06-09", "id_index": "x", "phone_index": "", "agent": "苏和",
    "holder": None, "point": "p",
}  # fmt: skip


def test_a_result_without_what_is_personal() -> None:
    result, taken = published.passed(ROW, "准予", "b1")
    assert result == published.Result(
        "N1", "t", "阿××的低保", "阿××", "民政局 〔号码已隐去〕", "准予", "2026-06-09", "b1"
    )
    assert taken == ("名字（留姓）", "证件号码", "代办员姓名", "所在嘎查村", "文字里的姓名和号码")
    plain = ROW | {
        "item_name": "低保",
        "org": "民政局",
        "applicant_name": "阿",
        "id_index": "",
        "agent": "",
        "point": "",
    }
    result, taken = published.passed(plain, "不予", "")
    assert (result.applicant_name, result.item_name, taken) == ("阿××", "低保", ())
    result, _ = published.passed(plain | {"item_name": "阿的低保"}, "不予", "")
    assert result.item_name == "阿的低保"  # one character is no name to look for
    assert published.surname("") == ""


def test_what_was_taken_out_is_counted() -> None:
    assert published.counted([("a", "b"), ("b",), ()]) == [("b", 2), ("a", 1)]


@pytest.mark.parametrize(
    ("text", "masked", "found"),
    [
        ("号152523195603020027。", "号〔号码已隐去〕。", True),
        ("15252319560302002X", "〔号码已隐去〕", True),
        ("152523560302002", "〔号码已隐去〕", True),
        ("6228480402564890018", "〔号码已隐去〕", True),
        ("13900000001", "〔号码已隐去〕", True),
        ("0479-2521234 转", "〔号码已隐去〕 转", True),
        ("010 12345678", "〔号码已隐去〕", True),
        ("12900000001", "12900000001", False),
        ("2026-06-09 共 12345 元", "2026-06-09 共 12345 元", False),
        ("12345678901234567890123", "12345678901234567890123", False),
        ("", "", False),
    ],
)
def test_numbers_of_people_are_taken_out_of_a_text(text: str, masked: str, found: bool) -> None:
    assert published.masked(text) == masked
    assert bool(published.personal(text)) is found


def test_a_number_in_pieces_is_found_and_a_telephone_may_stay() -> None:
    assert published.personal("139 0000 0001") == ["13900000001"]
    assert (
        published.without_identity("身份证 152523195603020027 电话 13900000001")
        == "身份证 〔号码已隐去〕 电话 13900000001"
    )


def test_what_makes_a_card_the_same_card() -> None:
    assert findings.key("late", "N1", "x") == "late|N1|x"
    subject = findings.subject("card", "late|N1|x")
    assert subject.startswith("card:")
    assert len(subject) == 37
    assert subject != findings.subject("card", "late|N1|y")
