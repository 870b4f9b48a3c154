"""Requests for disclosure as 政府信息公开条例 orders them: days, demands of each step, the yearly report."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.folds.office import disclosure
from desk.folds.office.disclosing import days, rules, yearly
from desk.folds.office.disclosing.grounds import ANSWERS
from desk.folds.office.disclosing.request import Disclosure
from desk.folds.office.office_record import Asked
from desk.folds.refusal import Refusal
from desk.law import deadline, holidays
from desk.log import chain
from desk.log.files import FileRef
from desk.log.office_events import Disclosing, DisclosureAsked, Withheld

D, TABLE, CENTRE = dt.date, holidays.seed(), "152523000000-00"
FILE = FileRef("a" * 64, "表.pdf", 9, "application/pdf")
FIRST = D(2026, 6, 1)
PERSON = "152523195603020027"


class Road:
    """A request and the entries about it, a step at a time, each held against the rules on its day."""

    def __init__(self, on: dt.date = FIRST, **more: object) -> None:
        asked = DisclosureAsked("SQ1", "c", "巴图", PERSON, "139", "草场补贴名单", due=days.due(on, TABLE))
        self.today, self.entries = on, []
        self._append("disclosure.asked", msgspec.structs.replace(asked, **more))

    def _append(self, kind: str, data: msgspec.Struct) -> None:
        at, number = f"{self.today}T09:00:00+08:00", len(self.entries) + 1
        raw = msgspec.Raw(msgspec.json.encode(data))
        self.entries.append(chain.Entry(CENTRE, number, "", at, "watch", kind, "disclosure:1", number, raw))

    @property
    def one(self) -> Disclosure:
        found = disclosure.fold(self.entries)
        assert found is not None
        return found

    def refused(self, step: str, text: str = "写明", **said: object) -> str:
        """The words of the refusal; "" where the step is allowed."""
        kind = f"disclosure.{step}"
        data = Disclosing("乌兰", "办公室", text, **said)  # type: ignore[arg-type]
        if "due" not in said:
            data = msgspec.structs.replace(data, due=days.owed(self.one, kind, data, TABLE))
        found = rules.refusal(self.one, Asked("watch", kind, data, self.today, TABLE, CENTRE))
        if found is None:
            self._append(kind, data)
        return "" if found is None else found.happened

    def took(self, step: str, text: str = "写明", **said: object) -> Road:
        assert self.refused(step, text, **said) == ""
        return self

    def later(self, on: dt.date) -> Road:
        self.today = on
        return self


def registered(**more: object) -> Road:
    road = Road(**more)
    return road.took("registered", day=road.today)


def assigned() -> Road:
    made = registered()
    made._append("disclosure.assigned", Disclosing("乌兰", "财政局"))
    return made


def reviewed(verdict: str) -> Road:
    return assigned().took("reviewed", verdict=verdict)


class TestDays:
    def test_it_is_registered_before_anything_else(self) -> None:
        assert "待登记" in Road().refused("replied", verdict="none")
        assert "待登记" in Road().refused("reviewed", verdict="open")
        assert registered().one.due == days.due(D(2026, 6, 1), TABLE).isoformat() == "2026-06-30"

    @pytest.mark.parametrize(
        ("channel", "day", "good"),
        [
            ("web", D(2026, 6, 1), True), ("web", D(2026, 6, 3), False), ("window", D(2026, 6, 2), False),
            ("letter", D(2026, 6, 3), True), ("letter", D(2026, 5, 30), False), ("fax", D(2026, 6, 4), False),
        ],
    )  # fmt: skip
    def test_the_day_of_receipt_is_the_channels(self, channel: str, day: dt.date, good: bool) -> None:
        road = Road(channel=channel).later(D(2026, 6, 3))
        assert (road.refused("registered", day=day) == "") is good

    def test_a_day_that_was_worked_out_otherwise_is_refused(self) -> None:
        assert "算出" in Road().refused("registered", day=D(2026, 6, 1), due=D(2027, 1, 1))

    def test_mending_is_asked_once_within_seven_working_days_and_time_begins_anew(self) -> None:
        road = registered().later(D(2026, 6, 10))
        assert days.mend_by(road.one, TABLE) == D(2026, 6, 10)
        assert "最后一天" in road.refused("mend_asked", until=D(2026, 6, 10))
        road.took("mend_asked", until=D(2026, 6, 24))
        assert (road.one.state, road.one.due, disclosure.line(road.one).due) == ("mending", "", "2026-06-24")
        assert "还没有过" in road.refused("given_up")
        road.later(D(2026, 6, 12)).took("mended", "哪一年的名单", day=D(2026, 6, 12))
        assert road.one.due == days.due(D(2026, 6, 12), TABLE).isoformat()
        assert road.one.wanted == "哪一年的名单"
        assert (road.one.registered, road.one.counted) == ("2026-06-01", "2026-06-12")
        assert "一次告知" in road.refused("mend_asked", until=D(2026, 7, 1))
        assert "已经过了" in registered().later(D(2026, 6, 11)).refused("mend_asked", until=D(2026, 7, 1))

    def test_who_does_not_mend_has_given_up(self) -> None:
        road = registered().took("mend_asked", until=D(2026, 6, 15)).later(D(2026, 6, 16)).took("given_up")
        assert (road.one.state, road.one.due) == ("given_up", "")

    def test_the_time_of_a_third_party_does_not_count(self) -> None:
        road = assigned().later(D(2026, 6, 3))
        last = days.opinion_by(D(2026, 6, 3), TABLE)
        assert last == deadline.working_day_after(D(2026, 6, 3), 15, TABLE)
        said = {"party": "某合作社", "verdict": "third", "day": D(2026, 6, 3)}
        assert str(last) in road.refused("consult_asked", until=D(2026, 6, 10), **said)
        road.took("consult_asked", until=last, **said)
        assert (road.one.state, road.one.due, road.one.stood) == ("consulting", "", "2026-06-30")
        assert "征求意见中" in road.refused("extended", approved="主任")
        assert "还没有过" in road.refused("consulted", party="某合作社", verdict="silent", day=D(2026, 6, 3))
        road.later(D(2026, 6, 10)).took("consulted", party="某合作社", verdict="object", day=D(2026, 6, 10))
        lost = sum(TABLE.assumed_workday(D(2026, 6, one)) for one in range(4, 11))
        assert road.one.due == deadline.working_day_after(D(2026, 6, 30), lost, TABLE).isoformat()
        assert (road.one.state, road.one.objects) == ("assigned", True)

    def test_of_two_that_are_asked_the_last_one_lets_time_run(self) -> None:
        road = assigned()
        for name, sort in (("甲社", "third"), ("林草局", "organ")):
            until = days.opinion_by(road.today, TABLE)
            road.took("consult_asked", party=name, verdict=sort, day=road.today, until=until)
        road.later(D(2026, 6, 2)).took("consulted", party="甲社", verdict="agree", day=road.today)
        assert (road.one.state, road.one.due) == ("consulting", "")
        road.later(D(2026, 6, 30)).took("consulted", party="林草局", verdict="silent", day=road.today)
        assert road.one.due > "2026-07-25"

    def test_it_is_extended_once_with_approval_and_no_longer(self) -> None:
        road = assigned()
        last = days.later(road.one, road.today, TABLE)
        assert "负责人" in road.refused("extended", until=last)
        assert "最多延长" in road.refused("extended", approved="主任", until=last + dt.timedelta(1))
        assert "已经过了" in assigned().later(D(2026, 7, 1)).refused("extended", approved="主任", until=last)
        road.took("extended", approved="主任", until=last)
        assert road.one.due == last.isoformat()
        assert "一次" in road.refused("extended", approved="主任", until=last)


class TestAnswers:
    def test_what_may_be_told_is_reviewed_before(self) -> None:
        given = {"files": (FILE,), "verdict": "open"}
        assert "先审查后公开" in assigned().refused("replied", **given)
        assert "先审查后公开" in reviewed("no").refused("replied", **given)
        reviewed("open").took("replied", **given)

    def test_an_opinion_that_came_later_makes_the_review_anew(self) -> None:
        road = reviewed("open")
        until = days.opinion_by(road.today, TABLE)
        road.took("consult_asked", party="甲", verdict="third", day=road.today, until=until)
        road.took("consulted", party="甲", verdict="agree", day=road.today)
        assert road.one.review is None

    @pytest.mark.parametrize(
        ("verdict", "lacking", "enough"),
        [
            ("open", {}, {"where": "档案馆"}),
            ("part", {"files": (FILE,)}, {"files": (FILE,), "withheld": (Withheld("姓名", "internal", "内部"),)}),
            ("part", {"files": (FILE,), "withheld": (Withheld("姓名", "internal", ""),)}, {}),
            ("part", {"withheld": (Withheld("姓名", "internal", "内部"),)}, {}),
            ("where", {}, {"where": "政府网站"}),
            ("no", {}, {"ground": "process"}),
            ("no", {"ground": "banned"}, {"ground": "banned", "text": "《统计法》§25"}),
            ("no", {"ground": "third"}, {}),
            ("special", {}, {"text": "依照《不动产登记暂行条例》"}),
            ("again", {}, {"other": "SQ0"}),
            ("print", {}, {"where": "图书馆"}),
        ],
    )
    def test_each_way_demands_its_own(self, verdict: str, lacking: dict, enough: dict) -> None:
        def road() -> Road:
            return reviewed(verdict) if verdict in ("open", "part", "no") else assigned()

        assert road().refused("replied", verdict=verdict, **lacking)
        if enough:
            road().took("replied", verdict=verdict, **enough)

    def test_every_way_gives_reasons(self) -> None:
        for verdict in ANSWERS:
            assert "请写明" in reviewed("open").refused("replied", " ", verdict=verdict)
        assert "答复方式" in reviewed("open").refused("replied", verdict="maybe")

    def objected(self, opinion: str = "object") -> Road:
        road = assigned()
        until = days.opinion_by(road.today, TABLE)
        road.took("consult_asked", party="甲", verdict="third", day=road.today, until=until)
        road.later(D(2026, 6, 24)).took("consulted", party="甲", verdict=opinion, day=road.today)
        return road

    def test_against_a_third_party_only_for_the_public(self) -> None:
        road = self.objected().took("reviewed", verdict="open")
        assert "第三方不同意" in road.refused("replied", verdict="open", files=(FILE,))
        road.took("replied", verdict="open", files=(FILE,), public="关系全旗饮水安全")

    def test_for_a_third_party_only_after_it_was_asked(self) -> None:
        part = {"verdict": "part", "files": (FILE,), "withheld": (Withheld("卡号", "third", "个人隐私"),)}
        assert "征求第三方意见" in reviewed("part").refused("replied", **part)
        self.objected().took("reviewed", verdict="part").took("replied", **part)
        assert "征求第三方意见" in self.objected("agree").took("reviewed", verdict="part").refused("replied", **part)

    def test_the_answer_counts_once_it_is_sent_out(self) -> None:
        road = assigned().took("replied", verdict="none")
        assert (road.one.state, road.one.due) == ("replied", "2026-06-30")
        assert "单号" in road.refused("sent", "", way="post", day=road.today)
        assert "邮箱" in road.refused("sent", "", way="email", day=road.today)
        assert "之间" in road.refused("sent", way="collect", day=D(2026, 5, 1))
        road.took("sent", "巴图本人", way="collect", day=road.today)
        assert (road.one.state, road.one.due) == ("answered", "")
        assert "已答复" in road.refused("replied", verdict="none")

    def test_split_joined_withdrawn_contested(self) -> None:
        assert "两件以上" in assigned().refused("split", others=("一",))
        assert assigned().took("split", others=("一", "二")).one.state == "split"
        assert assigned().took("joined", other="SQ0").one.others == ("SQ0",)
        assert Road().took("withdrawn").one.state == "withdrawn"
        ended = assigned().took("replied", verdict="none").took("sent", way="online", day=D(2026, 6, 1))
        assert "复议还是诉讼" in ended.refused("contested", ground="review", verdict="x")
        ended.took("contested", ground="review", verdict="pending").took("contested", ground="review", verdict="upheld")
        assert ended.one.contested == {"review": "upheld"}


def test_an_application_says_who_asks_and_how_to_reach_them() -> None:
    asked = DisclosureAsked("1", "c", "巴图", PERSON, "139", "名单")

    def begins(data: DisclosureAsked) -> Refusal | None:
        return rules.begins(None, Asked("", "disclosure.asked", data, D(2026, 6, 1), TABLE))

    assert begins(asked) is None
    for lacking in ({"name": ""}, {"text": " "}, {"phone": ""}, {"way": "post"}, {"way": "email", "email": "x"}):
        assert begins(msgspec.structs.replace(asked, **lacking)) is not None


class TestYear:
    def test_it_adds_up_and_names_what_it_counts(self) -> None:
        answered = assigned().took("replied", verdict="none").took("sent", way="online", day=D(2026, 6, 1)).one
        refused = reviewed("no").took("replied", verdict="no", ground="process")
        refused.took("sent", way="online", day=D(2026, 6, 1))
        before = msgspec.structs.replace(answered, counted="2025-12-30", sort="company")
        parted = assigned().took("split", others=("一", "二")).one
        found = yearly.counted([answered, refused.one, before, assigned().one, parted], 2026)
        assert found.adds_up
        told = {row: found.total(row) for row, _ in yearly.ROWS if found.total(row)}
        assert told == {"new": 3, "left": 1, "none": 2, "no.process": 1, "done": 3, "over": 1}
        assert found.counts["none"]["company"] == 1
        assert found.numbers["no.process"] == ("SQ1",)
        assert yearly.counted([answered], 2027).total("new") == 0

    def test_who_asks_is_told_by_the_number(self) -> None:
        sorts = [yearly.sort_of(one) for one in (PERSON, "91110000600037341L", "51150000MJ1234567A", "12152523X", "")]
        assert sorts == ["person", "company", "charity", "other", "person"]
