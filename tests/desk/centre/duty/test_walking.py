"""At a body with posts a case goes from post to post, whoever calls; at one without everything is as it was."""

from __future__ import annotations

import datetime as dt

import httpx
import msgspec
import pytest
from banner import seeded
from conftest import PASSWORD, Served, SetClock, both_databases, full_draft, sync
from office import browsers, hidden_in

from desk.app.open_desk import Desk
from desk.centre.duty import accepting, tasks
from desk.centre.node import publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.folds.case import State
from desk.folds.office.roster import duties, turns
from desk.folds.office.roster.duties import Duty
from desk.law.bodies.body import Body, Kind
from desk.law.catalogue import load
from desk.law.catalogue.item import Limit, Step, Unit
from desk.log.duty.duty_events import Assigned, Away, Back, Holder, Opined, PaperOut, RosterSet, Section, SectionsSet
from desk.log.events import Accepted, Act, Data
from desk.log.files import FileRef

BUREAU = Body("152523000000-BM01", "苏尼特左旗民政局", Kind.DEPARTMENT, "4", "152523", above="152523000000-ZF")
ITEM = "最低生活保障审核确认"
STEPS = (
    Step("accept", "受理", "窗口", "", Limit(1, Unit.WORKDAY)),
    Step("survey", "调查", "社救股", "", Limit(3, Unit.WORKDAY)),
    Step("review", "审核", "社救股长", "", Limit(2, Unit.WORKDAY)),
    Step("decide", "决定", "局长", ""),
)
PEOPLE = {"aa": "阿木尔", "ha": "哈斯", "ha2": "红梅", "re": "热娜", "de": "德力格尔"}
HOLD = {"aa": ("accept",), "ha": ("handle",), "ha2": ("handle",), "re": ("review",), "de": ("decide",)}


@pytest.fixture
def number(served: Served, desk: Desk) -> str:
    """A case of a bureau whose chief set its posts."""
    seeded(served, BUREAU)
    seed = load.seed()
    item = next(one for one in seed.items if one.item_name == ITEM)
    new = msgspec.structs.replace(
        item, version=item.version + 1, steps=STEPS, org_name=BUREAU.name, exercised_by=None, exercise_level="4"
    )
    publishing.catalogue(served.centre, "", msgspec.structs.replace(seed, version="9", items=(new,)))
    for account, name in PEOPLE.items():
        role = Role.CHIEF if account == "de" else Role.CLERK
        guard.add_clerk(served.centre, account, name, PASSWORD, BUREAU.name, frozenset({role}))
    guard.add_clerk(served.centre, "out", "外人", PASSWORD, "林草局", frozenset({Role.CHIEF}))
    sync(desk)
    made = desk.register(full_draft(desk)).intake_no
    sync(desk)
    assert served.centre.lies(served.centre.case(made)[0]).body == BUREAU.code
    return made


def set_posts(served: Served, author: str = "de", hold: dict[str, tuple[str, ...]] = HOLD) -> None:
    holders = tuple(Holder(one, PEOPLE[one], told) for one, told in hold.items())
    served.centre.say(author, "roster.set", duties.subject(BUREAU.code), RosterSet("德", BUREAU.name, holders))


def sections(served: Served) -> None:
    """All but the head are of one section."""
    listed = (Section("k1", "社会救助股"), Section("k2", "局办"))
    holders = tuple(Holder(one, PEOPLE[one], told, "k2" if one == "de" else "k1") for one, told in HOLD.items())
    for kind, told in (
        ("roster.sections", SectionsSet("德", BUREAU.name, listed)),
        ("roster.set", RosterSet("德", BUREAU.name, holders)),
    ):
        served.centre.say("de", kind, duties.subject(BUREAU.code), told)


def act(served: Served, account: str, number: str, kind: str, data: Data) -> None:
    served.centre.act(account, kind, number, data, served.centre.case(number)[1])


def opine(duty: str, verdict: str = "grant", **more: str) -> Opined:
    return Opined("x", BUREAU.name, duty, verdict, **{"opinion": "属实", **more})


def refused(served: Served, account: str, number: str, kind: str, data: Data) -> str:
    before = served.centre.case(number)[1]
    with pytest.raises(RefusedError) as told:
        act(served, account, number, kind, data)
    assert served.centre.case(number)[1] == before
    return told.value.sentences()


ACCEPT = ("case.accepted", Accepted("x", BUREAU.name))
GRANT = ("case.granted", Act("x", BUREAU.name, "符合"))


def to_decision(served: Served, number: str) -> None:
    act(served, "aa", number, *ACCEPT)
    act(served, "ha", number, "case.opined", opine("handle"))
    act(served, "re", number, "case.opined", opine("review"))


def test_a_body_without_posts_is_as_it_was(served: Served, number: str) -> None:
    act(served, "ha", number, *ACCEPT)
    assert "没有设岗位" in refused(served, "ha", number, "case.opined", opine("handle"))
    assert "综合窗口只收件、出件，不作决定" in refused(served, "wulan", number, *GRANT)
    act(served, "ha", number, *GRANT)
    assert served.centre.case(number)[0].state is State.GRANTED


def test_each_step_is_of_its_post_whoever_calls(served: Served, number: str) -> None:
    set_posts(served)
    for who in ("ha", "re", "de", "wulan"):  # wulan is of the general window
        assert "归受理岗" in refused(served, who, number, *ACCEPT)
    act(served, "aa", number, *ACCEPT)
    assert "现在是“承办”岗办" in refused(served, "de", number, *GRANT)
    assert "不归您" in refused(served, "re", number, "case.opined", opine("handle"))
    assert "归决定岗" in refused(served, "aa", number, "case.returned", Act("x", "y", "退"))
    act(served, "ha", number, "case.opined", opine("handle"))
    assert "现在是“审核”岗办" in refused(served, "wulan", number, *GRANT)
    act(served, "re", number, "case.opined", opine("review", "back", back_to="handle"))
    act(served, "ha2", number, "case.opined", opine("handle", "refuse"))
    assert "请写明理由" in refused(served, "re", number, "case.opined", opine("review", "refuse", opinion=" "))
    act(served, "re", number, "case.opined", opine("review"))
    for who in ("aa", "ha", "re", "wulan"):
        assert "轮到“决定”岗" in refused(served, who, number, *GRANT)
    act(served, "de", number, *GRANT)
    assert "归综合窗口、受理、承办岗" in refused(served, "re", number, "case.returning", Act("x", "y"))
    act(served, "wulan", number, "case.returning", Act("x", "y"))  # 统一窗口出件


def test_one_person_at_two_posts_takes_only_one_step_of_a_case(served: Served, number: str) -> None:
    set_posts(served, hold={**HOLD, "re": ("review", "handle")})
    act(served, "aa", number, *ACCEPT)
    act(served, "re", number, "case.opined", opine("handle"))
    assert "“承办”是您办的，“审核”不能再由您办" in refused(served, "re", number, "case.opined", opine("review"))


def test_what_was_given_to_somebody_is_theirs(served: Served, number: str) -> None:
    set_posts(served)
    act(served, "aa", number, *ACCEPT)
    give = Assigned("x", BUREAU.name, "handle", "ha2", "红梅")
    assert "转办归" in refused(served, "re", number, "case.assigned", give)
    assert "今天不在" in refused(
        served, "de", number, "case.assigned", msgspec.structs.replace(give, account="re", name="热娜")
    )
    act(served, "de", number, "case.assigned", give)
    assert "这一件交给了红梅办" in refused(served, "ha", number, "case.opined", opine("handle"))
    back = Assigned("x", BUREAU.name, "handle", "ha", "哈斯", "出差")
    assert "转办归" in refused(served, "ha", number, "case.assigned", back)
    act(served, "ha2", number, "case.assigned", back)
    act(served, "ha", number, "case.opined", opine("handle"))


def test_a_deputy_stands_in_for_the_days_of_an_absence(served: Served, number: str, tell: SetClock) -> None:
    set_posts(served, hold={**HOLD, "ha2": ("handle",)})
    today = served.centre.today()
    gone = Away("x", "de", "德力格尔", "ha2", "红梅", today, today + dt.timedelta(2))
    with pytest.raises(RefusedError, match="不归您设"):
        served.centre.say("aa", "roster.away", duties.subject(BUREAU.code), gone)
    served.centre.say("de", "roster.away", duties.subject(BUREAU.code), gone)
    to_decision(served, number)
    assert "登记了" in refused(served, "de", number, *GRANT)
    with served.centre.database.read() as db:
        known = tasks.rosters(db)
    assert list(tasks.mine(served.centre, known, "ha2", is_window=False).posts) == [(BUREAU.code, ("decide", "handle"))]
    tell.at += dt.timedelta(3)
    assert "轮到“决定”岗" in refused(served, "ha2", number, *GRANT)
    tell.at -= dt.timedelta(3)
    act(served, "ha2", number, *GRANT)
    served.centre.say("de", "roster.back", duties.subject(BUREAU.code), Back("x", "de", today))
    act(served, "de", number, "case.taken_back", Act("x", "y", "写错"))


def test_a_decision_is_taken_back_until_its_paper_is_out(served: Served, number: str, desk: Desk) -> None:
    set_posts(served)
    to_decision(served, number)
    act(served, "de", number, *GRANT)
    sync(desk)
    assert "请写明理由" in refused(served, "de", number, "case.taken_back", Act("x", "y"))
    assert "归决定岗" in refused(served, "re", number, "case.taken_back", Act("x", "y", "写错"))
    act(served, "de", number, "case.taken_back", Act("x", "y", "写错"))
    sync(desk)
    case = desk.case(number).case
    assert (case.state, case.decision, case.decided_at) == (State.IN_REVIEW, None, "")
    act(served, "de", number, "case.refused", Act("x", BUREAU.name, "收入超过标准"))
    ref = FileRef("a" * 64, "决定书.pdf", 3, "application/pdf")
    out = PaperOut("x", BUREAU.name, "decided", "决定书（办结通知书）", "", (ref,))
    assert "还没有出具" in refused(served, "de", number, "case.sealed", out)
    act(served, "de", number, "case.issued", out)
    assert "已经出具过" in refused(served, "de", number, "case.issued", out)
    assert "已经出具，不能再收回" in refused(served, "de", number, "case.taken_back", Act("x", "y", "写错"))
    row = served.centre.case(number)[0]
    assert set(turns.papers_out(row)) == {"decided"}
    assert served.centre.rebuild() == 1
    with served.centre.database.read() as db:
        from db.centre.lists import case_rows

        kept = case_rows.one_case(db, number)
    assert (kept["decision"], kept["turn"], kept["state"]) == ("refused", Duty.WINDOW.value, "refused")


@pytest.mark.parametrize(("author", "why"), [("aa", "这一步不归您的岗位"), ("out", "这个机关的岗位不归您设")])
def test_posts_are_set_by_the_own_chief(served: Served, number: str, author: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        set_posts(served, author)


def test_nobody_who_is_gone_holds_a_post(served: Served, number: str) -> None:
    guard.disable_clerk(served.centre, "re")
    with pytest.raises(RefusedError, match="账号 re 已停用"):
        set_posts(served)


def test_many_that_were_accepted_at_once_are_taken_back(served: Served, number: str, desk: Desk) -> None:
    more = [desk.register(full_draft(desk, at)).intake_no for at in (2, 3)]
    sync(desk)
    every = [number, *more]
    with browsers(served) as go:
        client: httpx.Client = go("aa")
        page = client.get("/cases?tab=todo").text
        told = client.post("/cases/accept", data={**hidden_in(page), "number": every, "back": "tab=todo"})
        assert "已受理 3 件" in told.text
        assert "撤销这 3 件的受理" in told.text
        act(served, "ha", more[0], "case.reviewed", Act("x", "y"))  # somebody went on with this one
        undone = client.post("/cases/accept/undo", data=hidden_in(told.text))
        assert undone.status_code == 409
        assert "已撤销受理 2 件；下面 1 件没有改动" in undone.text
        again = client.post("/cases/accept/undo", data=hidden_in(told.text))
        assert "没有可以撤销的批量受理" in again.text
    states = [served.centre.case(one)[0].state for one in every]
    assert states == [State.ARRIVED, State.IN_REVIEW, State.ARRIVED]
    assert accepting.waiting(served.centre, "aa") == 0
    sync(desk)
    assert desk.case(number).row.state_name == "中心已接收"


@both_databases
def test_my_tasks_and_my_sections_open_what_they_count(served: Served, number: str) -> None:
    sections(served)
    with browsers(served) as go:
        for who, mine, section in (("aa", 1, 1), ("ha", 0, 1), ("de", 0, 0)):
            page = go(who).get("/cases").text
            assert f"我的任务 <b>{mine}</b>" in page, who
            assert f"我科室的 <b>{section}</b>" in page, who
            listed = go(who).get("/cases?tab=all&whose=mine").text
            assert (number in listed) == bool(mine), who


def test_the_page_offers_a_step_to_whose_turn_it_is_alone(served: Served, number: str) -> None:
    set_posts(served)
    with browsers(served) as go:
        assert f"/cases/{number}/accept" in go("aa").get(f"/cases/{number}").text
        for who in ("ha", "de", "wulan"):
            client = go(who)
            page = client.get(f"/cases/{number}").text
            assert f"/cases/{number}/accept" not in page, who
            assert "轮到“受理”：阿木尔" in page, who
            data = hidden_in(page)
            for what in ("accept", "decision/grant", "grant", "opine", "issue/accepted", "seal/accepted"):
                told = client.post(f"/cases/{number}/{what}", data={**data, "duty": "handle", "verdict": "grant"})
                assert told.status_code in (404, 409), (who, what)
