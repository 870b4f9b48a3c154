"""A request for disclosure with a third party and a partial answer, to its end, in a browser: asked by the page without
script, registered the same day, mended, handed on, a third party asked, reviewed, answered in part with a file, sent
out, fetched with its code, counted in the year. And a citizen without script who finds a point, a guide and a case."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator

import httpx
import pytest
from browsing import follow
from conftest import HERDER, PASSWORD, Served, SetClock, full_draft, item_code, sync
from office import hidden, later, logged_in, reply, rows, step
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.store.snapshots import DraftMaterial

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"), pytest.mark.xdist_group("browser")]
PAPER = b"%PDF-1.4 list"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


def opened(browser: Browser, served: Served, account: str = "", *, script: bool = True) -> Page:
    context = browser.new_context(base_url=served.address, locale="zh-CN", java_script_enabled=script)
    context.set_default_timeout(20_000)
    page = context.new_page()
    if account:
        enter(page, account)
    return page


def enter(page: Page, account: str) -> None:
    page.context.clear_cookies()
    page.goto("/login")
    page.fill("#account", account)
    page.fill("#password", PASSWORD)
    follow(page.locator("button.main"))


def act(page: Page, step: str, **typed: str) -> None:
    """A step of the request, as its form is filled in; folded ones are opened first."""
    form = page.locator(f"form[action$='/{step}']")
    page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
    for name, value in typed.items():
        field = form.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            form.locator(f"[name={name}][value={value}]").check()
        elif field.first.evaluate("one => one.tagName") == "SELECT":
            field.first.select_option(value)
        else:
            field.first.fill(value)
    follow(form.locator("button").last)


def state(page: Page) -> str:
    return page.locator(".head .state").first.inner_text()


def words_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_request_with_a_third_party_and_a_partial_answer(browser: Browser, served: Served, tell: SetClock) -> None:
    guard.add_clerk(served.centre, "head", "其木格", PASSWORD, "政府办公室", frozenset({Role.SUPERVISOR}))
    guard.add_clerk(served.centre, "chief", "巴图", PASSWORD, "财政局", frozenset({Role.CHIEF}))
    herder = opened(browser, served, script=False)
    herder.goto("/disclosure")
    for field, value in (("#name", HERDER.name), ("#id", HERDER.id_number), ("#phone", HERDER.phone)):
        herder.fill(field, value)
    herder.fill("#text", "草原补奖资金发放名单")
    herder.select_option("#way", "online")
    follow(herder.locator("button.main"))
    number, code = herder.locator("strong.code").all_inner_texts()

    head = opened(browser, served, "head")
    head.goto(f"/disclosures/{number}")
    assert state(head) == "待登记"
    act(head, "register")
    assert state(head) == "待转办"
    act(head, "ask-mend", text="请写明是哪一年、哪个苏木", until="2026-12-04")
    assert state(head) == "等申请人补正"
    later(tell, 2)
    herder.goto("/follow")
    herder.fill("#number", number)
    herder.fill("#code", code)
    follow(herder.locator("button.main"))
    herder.fill("#mend", "2025年洪格尔苏木的草原补奖资金发放名单和金额")
    follow(herder.get_by_role("button", name="交补正"))
    assert herder.locator(".state").inner_text() == "待转办"
    enter(head, "head")
    head.goto(f"/disclosures/{number}")
    act(head, "assign", org="财政局")
    first = rows(served, "disclosure")[0]["due"]

    chief = opened(browser, served, "chief")
    chief.goto(f"/disclosures/{number}")
    act(chief, "reply", text="名单", verdict="open", where="公示栏")
    assert "先审查后公开" in chief.locator(".told").inner_text()
    assert chief.locator("#t-answer").input_value() == "名单"  # what was typed stays
    act(chief, "consult", verdict="third", party="洪格尔牧业专业合作社", text="是否同意公开社员户名、卡号和金额")
    assert state(chief) == "征求意见中"
    assert "停止计算" in chief.locator("dl").inner_text()
    letter = words_of(chief.request.get(f"/disclosures/{number}/papers/consult-0.pdf").body())
    assert "十五" in letter or "15个工作日" in letter
    assert HERDER.name not in letter  # whom it is from is not the third party's
    later(tell, 6)
    enter(chief, "chief")
    chief.goto(f"/disclosures/{number}")
    act(chief, "opinion", verdict="object", text="卡号和家庭情况是个人隐私")
    assert rows(served, "disclosure")[0]["due"] > first  # those days do not count
    act(chief, "review", verdict="part", text="金额可以公开；户名、卡号涉及个人隐私")
    act(
        chief, "reply", verdict="part", text="提供分嘎查金额，隐去户名和卡号", what="户名、银行卡号", why_not="third",
        reasons="个人隐私，第三方不同意公开",
    )  # fmt: skip
    assert "《政府信息公开条例》第三十七条" in chief.inner_text("main")  # what will be answered, before it is
    paper = {"name": "发放表.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    chief.set_input_files("#file-answer", files=[paper])
    act(chief, "answer")
    assert state(chief) == "待送出"
    herder.goto("/follow")
    herder.fill("#number", number)
    herder.fill("#code", code)
    follow(herder.locator("button.main"))
    assert "隐去户名" not in herder.content()  # not before it is sent out
    act(chief, "send", way="online")
    assert state(chief) == "已答复"

    herder.goto("/follow")
    herder.fill("#number", number)
    herder.fill("#code", code)
    follow(herder.locator("button.main"))
    assert "部分公开" in herder.content()
    paper = httpx.post(f"{served.address}/follow/file", data={"number": number, "code": code})
    answer = words_of(paper.content)
    for one in (
        "政府信息公开申请答复书", "《政府信息公开条例》第三十七条", "户名、银行卡号", "《政府信息公开条例》第十五条",
        "第三方不同意公开", "发放表.pdf", "行政复议", "财政局", "（印章）",
    ):  # fmt: skip
        assert one in answer, one
    file = re.search(r'name="sha256" value="([0-9a-f]{64})"', herder.content())
    assert file
    given = {"number": number, "code": code, "sha256": file[1]}
    assert httpx.post(f"{served.address}/follow/file", data=given).content == PAPER
    assert httpx.post(f"{served.address}/follow/file", data=given | {"code": "AAAAAAAA"}).status_code == 409

    enter(head, "head")  # a session does not last a week
    head.goto("/disclosures/year?year=2026")
    row = head.locator("tr", has_text="部分公开")
    assert row.locator("summary").inner_text() == "1"
    assert head.request.get("/disclosures/year.csv?year=2026").text().count("部分公开") == 1
    assert "部分公开" in words_of(head.request.get("/disclosures/year.pdf?year=2026").body())
    assert served.centre.verify()
    assert served.centre.rebuild() >= 0
    assert rows(served, "disclosure")[0]["state"] == "answered"


def test_one_that_came_by_a_point_goes_the_same_road(served: Served, desk: Desk, tell: SetClock) -> None:
    fields = {"what": "嘎查集体收支", "form": "纸质"}
    item = desk.item(item_code(desk, "政府信息公开申请"))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
    draft = full_draft(desk, 1, task_code=item.task_code, fields=fields, materials=ticks)
    number = desk.register(draft).intake_no
    sync(desk)
    assert watching.watch(served.centre) >= 0
    (row,) = rows(served, "disclosure")
    assert (row["about"], row["state"], row["channel"]) == (number, "asked", "desk")
    watching.watch(served.centre)
    assert len(rows(served, "disclosure")) == 1
    guard.add_clerk(served.centre, "head", "其木格", PASSWORD, "综合窗口", frozenset({Role.SUPERVISOR, Role.CHIEF}))
    place = f"/disclosures/{row['number']}"
    with logged_in(served, "head") as client:
        assert place.rsplit("/", maxsplit=1)[-1] in client.get(place).text
        assert "依申请公开" in client.get(f"/cases/{number}").text
        for kind in ("accept", "not-accept"):
            told = client.post(f"/cases/{number}/{kind}", data=hidden(client, f"/cases/{number}") | {"reasons": "x"})
            assert told.status_code == 409
            assert "依申请公开" in told.text
        for what, typed in (
            ("register", {}),
            ("assign", {"org": "综合窗口"}),
            ("consult", {"verdict": "organ", "party": "民政局", "text": "共同制作"}),
            ("opinion", {"verdict": "agree", "party": "民政局"}),
        ):
            assert step(client, place, what, **typed).status_code == 200, what
        assert reply(client, place, verdict="none", text="查了近三年的档案，没有").status_code == 200
        assert step(client, place, "send", way="desk").status_code == 200
    case, _ = served.centre.case(number)
    assert case.state.value == "returning"
    assert [one.kind for one in case.history if not one.refused][-5:] == [
        "case.accepted", "case.suspended", "case.resumed", "case.refused", "case.returning",
    ]  # fmt: skip
    sync(desk)
    assert desk.case(number).row.state_name == "结果回传"
    assert served.centre.verify()


def test_a_citizen_without_script_finds_a_point_a_guide_and_a_case(
    browser: Browser, served: Served, desk: Desk
) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    page = opened(browser, served, script=False)
    page.goto("/")
    page.get_by_role("link", name=re.compile("代办点")).first.click()
    page.locator("main input[name=text], main input[type=search]").first.fill("乌日尼勒图")
    page.locator("main form button").first.click()
    assert "乌日尼勒图嘎查" in page.locator("main").inner_text()
    page.goto("/")
    page.locator("main input").first.fill("低保")
    page.locator("main form button").first.click()
    page.get_by_role("link", name=re.compile("最低生活保障")).first.click()
    assert "材料" in page.locator("main").inner_text()
    page.goto("/query")
    page.locator("main input[name=number]").fill(number)
    last = page.locator("main input[name=last]")
    if last.count():
        last.fill(HERDER.id_number[-4:])
    page.locator("main form button.main").first.click()
    assert "中心已接收" in page.locator("main").inner_text()
