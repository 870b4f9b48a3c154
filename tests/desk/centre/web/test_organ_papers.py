"""The centre prints the organ's papers itself, originals that the organ numbers; the village's copy says the same."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator

import httpx
import msgspec
import ofdkit
import pytest
from banner import BUREAU, HERE, redraft, seeded, stands
from conftest import HERDER, PASSWORD, Served, SetClock, full_draft, item_code, sync
from counter_steps import same_after_rebuild, text_of
from office import Log, browsers, decide, hidden_in, licence, reply

from desk.app.open_desk import Desk
from desk.centre.node import bodies
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.log.office_events import DisclosureAsked
from desk.store.snapshots import DraftMaterial

NEIGHBOUR = "152523198003020019"
ORGAN = "苏尼特左旗洪格尔苏木人民政府"


@pytest.fixture
def log_in(served: Served) -> Iterator[Log]:
    seeded(served, BUREAU)
    guard.add_clerk(served.centre, "chief", "巴图", PASSWORD, "洪格尔苏木人民政府", frozenset({Role.CHIEF}))
    with browsers(served) as go:
        yield go


@pytest.fixture
def number(desk: Desk, log_in: Log) -> str:
    """A homestead, which every town answers for its own people."""
    sync(desk)
    made = desk.register(licence(desk)).intake_no
    sync(desk)
    return made


def filed(desk: Desk, name: str) -> str:
    """A case of the item with this name."""
    item = desk.item(item_code(desk, name))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
    return desk.register(full_draft(desk, 3, task_code=item.task_code, fields={}, materials=ticks)).intake_no


def taken(client: httpx.Client, number: str, what: str, **typed: str) -> httpx.Response:
    return client.post(f"/cases/{number}/{what}", data=hidden_in(client.get(f"/cases/{number}").text) | typed)


def act(client: httpx.Client, number: str, what: str, **typed: str) -> None:
    decides = what in ("grant", "refuse")
    told = decide(client, number, what, **typed) if decides else taken(client, number, what, **typed)
    assert told.status_code == 200, told.text


def printed(client: httpx.Client, path: str) -> str:
    got = client.get(path)
    assert got.status_code == 200, path
    assert got.headers["content-type"] == "application/pdf"
    return "".join(text_of(got.content).split())


def numbered(served: Served, number: str, kind: str) -> str:
    return next(one.document_no for one in served.centre.case(number)[0].history if one.kind == kind)


def test_each_act_is_printed_as_an_original_of_the_organ(
    served: Served, desk: Desk, number: str, log_in: Log, tell: SetClock
) -> None:
    chief = log_in("chief")
    assert f"/cases/{number}/papers/" not in chief.get(f"/cases/{number}").text
    act(chief, number, "accept")
    act(chief, number, "extend", reasons="要现场勘验", approved="巴特尔")
    act(chief, number, "refuse", reasons="不是本嘎查的人", copied_to="旗信访局\n旗司法局。")
    page = chief.get(f"/cases/{number}").text
    for key, told in (
        ("accepted", ("决定予以受理", "《行政许可法》第三十二条第五项", "（印章）")),
        ("extended", ("延长10个工作日", "巴特尔", "《行政许可法》第四十二条", "到2027-01-")),
        (
            "decided",
            (
                "决定：不予",
                "《土地管理法》第六十二条",
                "向苏尼特左旗人民政府申请行政复议",
                "抄送：旗信访局，旗司法局。",
            ),
        ),
    ):
        assert f"/cases/{number}/papers/{key}.pdf" in page
        kept = chief.get(f"/cases/{number}/papers/{key}.ofd")
        assert (kept.headers["content-type"], kept.headers["cache-control"]) == ("application/ofd", "no-store")
        assert ORGAN in ofdkit.open(io.BytesIO(kept.content)).text()
        assert f'href="/cases/{number}/papers/{key}.ofd"' in page
        words = printed(chief, f"/cases/{number}/papers/{key}.pdf")
        for word in (ORGAN, *told):
            assert word in words, (key, word)
        assert "副本" not in words
        assert ("抄送" in words) == (key == "decided")  # only what the clerk named
        assert "便民代办点" not in words
    assert chief.get(f"/cases/{number}/papers/suspended.pdf").status_code == 404
    assert chief.get(f"/cases/{number}/papers/nothing.pdf").status_code == 404
    sync(desk)
    copy = "".join(text_of(desk.papers.case_paper(number, "decided").pdf).split())
    for word in (
        ORGAN,
        "副本",
        "决定：不予",
        "抄送：旗信访局，旗司法局。",
        "向苏尼特左旗人民政府申请行政复议",
        "没有加盖印章",
    ):
        assert word in copy
    assert "领取地点" not in copy
    same_after_rebuild(desk)


def test_a_decision_is_copied_to_whom_its_form_names(served: Served, number: str, log_in: Log) -> None:
    """By the pages as a clerk walks them: nothing that was typed is lost at the second step."""
    chief = log_in("chief")
    act(chief, number, "accept")
    page = chief.get(f"/cases/{number}").text
    form = page[page.index(f'action="/cases/{number}/decision/refuse') :]
    assert 'name="copied_to"' in form[: form.index("</form>")]
    typed = {"reasons": "不是本嘎查的人", "copied_to": "旗信访局\n旗司法局。"}
    second = chief.post(f"/cases/{number}/decision/refuse", data=hidden_in(page) | typed)
    assert "旗信访局" in second.text
    confirmed = dict(re.findall('type="hidden" name="([a-z_]+)" value="([^"]*)"', second.text))
    assert chief.post(f"/cases/{number}/refuse", data=confirmed).status_code == 200
    decision = served.centre.case(number)[0].decision
    assert (decision.reasons, decision.copied_to) == ("不是本嘎查的人", "旗信访局，旗司法局")


def test_what_is_another_organs_names_it_and_stays_with_the_case(
    served: Served, desk: Desk, number: str, log_in: Log
) -> None:
    chief = log_in("chief")
    assert BUREAU.name in chief.get(f"/cases/{number}").text  # offered beside the field
    act(chief, number, "not-accept", reasons="不归苏木管", competent=BUREAU.name)
    case = served.centre.case(number)[0]
    assert case.turned_away is not None
    assert case.turned_away.basis == "行政许可法§32(二)"
    assert "苏尼特左旗人民法院" in case.turned_away.remedy
    original = printed(chief, f"/cases/{number}/papers/not-accepted.pdf")
    sync(desk)
    copy = "".join(text_of(desk.papers.case_paper(number, "not-accepted").pdf).split())
    for words in (original, copy):
        assert f"请向{BUREAU.name}申请" in words
        assert "《行政许可法》第三十二条第二项" in words


def test_a_special_procedure_says_which_and_how_long(served: Served, number: str, log_in: Log, tell: SetClock) -> None:
    chief = log_in("chief")
    act(chief, number, "accept")
    act(chief, number, "suspend", reasons="评审宅基地", procedure="专家评审", until="2026-12-18")
    words = printed(chief, f"/cases/{number}/papers/suspended.pdf")
    assert "特别程序专家评审" in words
    assert "到2026-12-18止" in words
    assert "《行政许可法》第四十五条" in words


def test_each_organ_counts_its_own_documents_under_its_own_word(
    served: Served, desk: Desk, number: str, log_in: Log
) -> None:
    chief = log_in("chief")
    act(chief, number, "accept")
    assert numbered(served, number, "case.accepted") == f"{ORGAN}受〔2026〕1号"
    redraft(served, msgspec.structs.replace(stands(served, HERE), document_word="洪政"))
    bodies.publish(served.centre, "bian")
    neighbour = msgspec.structs.replace(HERDER, name="那顺", id_number=NEIGHBOUR)
    second = desk.register(msgspec.structs.replace(licence(desk, 2), applicant=neighbour)).intake_no
    other = filed(desk, "动物防疫条件合格证核发")
    sync(desk)
    act(chief, second, "accept")
    assert numbered(served, second, "case.accepted") == "洪政受〔2026〕2号"
    guard.add_clerk(served.centre, "nongmu", "其木格", PASSWORD, "苏尼特左旗农牧和科技局", frozenset({Role.CLERK}))
    act(log_in("nongmu"), other, "accept")
    assert numbered(served, other, "case.accepted") == "苏尼特左旗农牧和科技局受〔2026〕1号"


def test_an_answer_about_disclosure_is_an_original_with_its_own_remedy(served: Served, log_in: Log) -> None:
    guard.add_clerk(served.centre, "watch", "监察", PASSWORD, "监察室", frozenset({Role.SUPERVISOR}))
    watch, path = log_in("watch"), "/disclosures/00aa"
    due = dt.date(2026, 12, 22)
    asked = DisclosureAsked("SQ1", "ABCD2345", "巴图", HERDER.id_number, "13800000000", "草场补贴名单", due=due)
    served.centre.say("", "disclosure.asked", "disclosure:00aa", asked)
    for step, typed in (
        ("register", {}),
        ("assign", {"org": BUREAU.name, "text": "请答复"}),
        ("extend", {"text": "要征求意见", "approved": "主任"}),
        ("review", {"verdict": "no", "text": "是讨论记录"}),
    ):
        told = watch.post(f"{path}/{step}", data=hidden_in(watch.get(path).text) | typed)
        assert told.status_code == 200, told.text
    assert reply(watch, path, verdict="no", text="属于讨论记录", ground="process").status_code == 200
    page = watch.get(path).text
    assert f"{path}/papers/answer.pdf" in page
    assert f"{path}/papers/answer.ofd" in page
    assert ofdkit.open(io.BytesIO(watch.get(f"{path}/papers/answer.ofd").content)).info.title
    answer = printed(watch, f"{path}/papers/answer.pdf")
    for word in (
        BUREAU.name, "答复：不予公开", "属于讨论记录", "《政府信息公开条例》第十六条（过程性信息）",
        "《政府信息公开条例》第三十六条第三项",
        "应当先自知道答复之日起60日内向苏尼特左旗人民政府申请行政复议", "（印章）",
    ):  # fmt: skip
        assert word in answer
    later = printed(watch, f"{path}/papers/later.pdf")
    assert "《政府信息公开条例》第三十三条" in later
    assert "延长至202" in later
