"""A real browser at the centre: a case from the work list to its end, phones, desktops, what a screen reader meets."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
import zxingcpp
from axe_playwright_python.base import AXE_SCRIPT
from browsing import SETTLED, follow
from conftest import HERDER, PASSWORD, Served, SetClock, full_draft, serving, sync
from full_office import ALL, furnish, new_catalogue, new_holidays, pdf
from office import Log, drawn, later, log_in, maker, number
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from test_pictures import with_pictures

from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.log import receipt_code
from desk.log.events import Accepted, Act
from desk.sync.outcome import Outcome

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
__all__ = ["log_in", "maker", "number"]  # fixtures
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.xdist_group("browser"),
]
WIDTHS = {"desktop": (1366, 768), "phone": (360, 740)}
# Colours are the same in each width, and finding them out takes longer than all the rest.
ASKED = {
    "desktop": {"resultTypes": ["violations"]},
    # What the width changes: the rest was said of the same page just before.
    "phone": {"resultTypes": ["violations"], "runOnly": ["scrollable-region-focusable", "target-size", "meta-viewport",
              "aria-hidden-focus", "button-name", "link-name", "label"]},
}  # fmt: skip
KEEP = os.environ.get("DAIBAN_PICTURES", "")  # a folder for pictures of each page
PUBLIC = (
    "/", "/items", "/items?text=db", "/powers", "/check", "/query", "/rate", "/published", "/ratings", "/complain",
    "/answers", "/disclosure", "/follow", "/heads", "/points", "/points?text=dlm", "/open", "/login",
)  # fmt: skip
STAFF = (
    "/cases", "/cases?tab=all", "/desks", "/desks/programs", "/account", "/kept", "/looks",
    "/supervision", "/complaints",
    "/supervision/appraisal",
    "/supervision/analysis", "/supervision/analysis/steps", "/supervision/appraisal/cards", "/supervision/rules",
    "/supervision/acknowledge", "/faults",
    "/users", "/running", "/lots", "/writings", "/writings?tab=table", "/writings?tab=table&which=sent&of=x",
    "/catalogue",
    "/catalogue/law", "/catalogue/words", "/catalogue/results", "/catalogue/local", "/catalogue/site",
    "/catalogue/drafts",
    "/catalogue/bulk?field=enquiry_phone&old=0479-0000000&new=0479-7654321&kind=07",
    "/catalogue/conditions/NM152523-05-001", "/complaints/new", "/disclosures", "/disclosures/new", "/disclosures/year",
    "/unlocks", "/posts", "/cases?tab=all&whose=mine", "/bodies", "/bodies/new", "/bodies/items",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def case_no(desk: Desk) -> str:
    made = desk.register(full_draft(desk)).intake_no
    sync(desk)
    return made


def opened(browser: Browser, served: Served, *, script: bool = True) -> BrowserContext:
    wide, high = WIDTHS["desktop"]
    context = browser.new_context(
        base_url=served.address,
        viewport={"width": wide, "height": high},
        locale="zh-CN",
        java_script_enabled=script,
    )
    context.set_default_timeout(10_000)
    return context


def enter(page: Page, account: str = "wulan") -> None:
    page.goto("/login")
    page.fill("#account", account)
    page.fill("#password", PASSWORD)
    follow(page.locator("button.main"))
    page.wait_for_url(re.compile("/(cases|users|supervision|account|desks|catalogue|lots|writings)"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_case_from_the_work_list_to_its_end(
    browser: Browser, served: Served, desk: Desk, case_no: str, script: bool
) -> None:
    context = opened(browser, served, script=script)
    page = context.new_page()
    enter(page)
    follow(page.locator("a.row"))
    assert page.locator(".state").first.inner_text() == "中心已接收"
    follow(page.locator("form[action*='/accept'] button"))
    follow(page.locator("form[action*='/review'] button"))
    follow(page.locator("form[action*='/decision/grant'] button"))  # what, by whom, on what law: then it is confirmed
    page.set_input_files(
        "#result", files=[{"name": "决定书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 x"}]
    )
    follow(page.get_by_role("button", name="确认准予"))
    assert page.get_by_role("link", name="决定书.pdf").count() == 1
    follow(page.locator("form[action*='/return-result'] button"))
    follow(page.locator("form[action*='/serve'] button"))
    follow(page.locator("form[action*='/conclude'] button"))
    follow(page.locator("form[action*='/archive'] button"))
    assert page.locator(".state").first.inner_text() == "已归档"
    sync(desk)
    assert desk.case(case_no).row.state_name == "已归档"
    context.close()


def test_a_material_is_looked_at_in_place(browser: Browser, served: Served, desk: Desk) -> None:
    number, refs = with_pictures(desk, 1, drawn("red"), drawn("blue"))
    sync(desk)
    assert sync(desk).outcome is Outcome.DONE
    context = opened(browser, served)
    page = context.new_page()
    enter(page)
    page.goto(f"/cases/{number}")
    follow(page.locator("a.thumb").first)
    page.wait_for_url(re.compile(refs[0].sha256))
    picture = page.locator("#picture")
    assert picture.evaluate("one => one.naturalWidth") == 640
    before = picture.bounding_box()
    page.get_by_role("button", name="放大").click()
    assert picture.bounding_box()["width"] > before["width"]
    page.get_by_role("button", name="转正").click()
    assert picture.evaluate("one => one.style.rotate") == "90deg"
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(refs[1].sha256))
    assert page.get_by_role("link", name="下一张").count() == 0
    context.close()


def test_by_keyboard_alone(browser: Browser, served: Served, case_no: str) -> None:
    context = opened(browser, served)
    page = context.new_page()
    enter(page)
    page.keyboard.press("/")
    page.keyboard.type(HERDER.name[:3])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("find="))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(case_no))
    context.close()


def test_the_list_tells_of_news(browser: Browser, served: Served, desk: Desk, case_no: str) -> None:
    context = opened(browser, served)
    page = context.new_page()
    enter(page)
    page.wait_for_function("document.readyState === 'complete'")
    with page.expect_event("response", lambda one: one.url.endswith("/events")):
        page.reload()
    desk.register(full_draft(desk, 2))
    sync(desk)
    page.locator("#live").wait_for(state="visible")
    context.close()


def test_a_card_from_its_rule_to_its_end(
    browser: Browser, served: Served, number: str, tell: SetClock, log_in: Log
) -> None:
    later(tell, 9)
    watching.watch(served.centre)
    office, watch = opened(browser, served), opened(browser, served, script=False)
    clerk, supervisor = office.new_page(), watch.new_page()
    enter(clerk, "clerk")
    clerk.goto("/supervision")
    follow(clerk.get_by_role("link", name=re.compile("逾期没有受理")).first)
    acts = clerk.locator("form.act").evaluate_all("all => all.map(one => one.action.split('/').pop())")
    assert acts == ["explain"]  # what was found is explained; the answer is the supervisor's
    clerk.fill("#t-explain", "系统切换，漏看了这一件。")
    follow(clerk.get_by_role("button", name="说明情况"))
    place = clerk.url
    enter(supervisor, "watch")
    supervisor.goto(place)
    supervisor.get_by_label("要求整改").check()
    supervisor.fill("#t-answer", "请当天受理，并检查其他办件。")
    follow(supervisor.get_by_role("button", name="答复"))
    clerk.reload()
    clerk.fill("#t-correct", "已受理，其他办件查过没有。")
    follow(clerk.get_by_role("button", name="整改完成"))
    supervisor.goto(place)
    supervisor.get_by_label("整改到位，销牌").check()
    supervisor.fill("#t-close", "查看属实。")
    follow(supervisor.get_by_role("button", name="复核"))
    assert supervisor.get_by_text("这张牌已经了结").count() == 1
    for one in ("系统切换", "请当天受理", "其他办件查过", "查看属实"):
        assert supervisor.locator(".history").get_by_text(one).count() == 1, one
    office.close()
    watch.close()


@pytest.mark.parametrize("way", ["web", "phone"])
def test_a_complaint_to_its_published_answer(browser: Browser, served: Served, log_in: Log, way: str) -> None:
    """Every page of it without script."""
    crowd, watch, bureau = (opened(browser, served, script=False) for _ in range(3))
    herder, supervisor, chief = (one.new_page() for one in (crowd, watch, bureau))
    enter(supervisor, "watch")
    enter(chief, "chief")
    org = chief.locator(".who a").inner_text().split("\u3000")[0]
    if way == "web":
        herder.goto("/complain")
        herder.fill("#text", "窗口中午没有人，跑了两趟。")
        herder.fill("#phone", "13800000000")
        follow(herder.get_by_role("button", name="提交"))
        herder.locator(".code").nth(1).wait_for()
        told, code = herder.locator(".code").all_inner_texts()
        supervisor.goto(f"/complaints/{told}")
        supervisor.fill("#org", org)
        follow(supervisor.locator("form[action$='/assign'] button"))
    else:
        supervisor.goto("/complaints")
        follow(supervisor.get_by_role("link", name="登记来电来访"))
        supervisor.get_by_label("电话（12345）").check()
        supervisor.fill("#text", "窗口中午没有人，跑了两趟。")
        supervisor.fill("#phone", "13800000000")
        supervisor.fill("#org", org)
        follow(supervisor.get_by_role("button", name="登记"))
        supervisor.locator(".code").nth(1).wait_for()
        told, code = supervisor.locator(".code").all_inner_texts()
    chief.goto("/complaints")
    follow(chief.get_by_role("link", name=told))
    assert "138****" in chief.locator("dl").inner_text()
    chief.fill("#t-answer", "已安排中午轮班。")
    follow(chief.locator("form[action$='/answer'] button"))
    supervisor.goto(f"/complaints/{told}")
    supervisor.get_by_label("认可答复", exact=True).check()
    follow(supervisor.locator("form[action$='/call-back'] button"))
    follow(supervisor.locator("form[action$='/close'] button"))
    supervisor.locator("summary", has_text="公开答复").click()
    supervisor.fill("#t-publish", "有群众反映窗口中午没有人：已安排中午轮班。")
    follow(supervisor.locator("form[action$='/publish'] button"))
    herder.goto("/follow")
    herder.fill("#number", told)
    herder.fill("#code", code)
    follow(herder.get_by_role("button", name="看进度"))
    assert herder.locator(".state").inner_text() == "已办结"
    assert code not in herder.url
    herder.goto("/answers")
    assert herder.get_by_text("已安排中午轮班").count() == 1
    for one in (crowd, watch, bureau):
        one.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_case_is_rated_by_the_code_of_its_receipt(
    browser: Browser, served: Served, desk: Desk, case_no: str, script: bool
) -> None:
    for kind, data in (("case.accepted", Accepted("乌兰", "局")), ("case.granted", Act("乌兰", "局", "符合"))):
        served.centre.act("wulan", kind, case_no, data, served.centre.case(case_no)[1])
    context = opened(browser, served, script=script)
    page, faults = context.new_page(), list[str]()
    page.goto("/query")
    page.fill("#number", receipt_code.make(desk.identity.keys, case_no).swapcase())  # CapsLock was on
    follow(page.locator("button.main"))
    follow(page.get_by_role("button", name="评价这次办事"))
    marks = page.get_by_role("radio")
    assert (marks.count(), page.locator("input:checked").count()) == (5, 0)
    page.click("button.main")
    assert served.centre.case(case_no)[0].rated is None  # nothing is chosen for anybody
    if script:
        _looked_at(page, "rate-marks", faults)
    page.get_by_label("不满意", exact=True).check()
    page.fill("#words", "太慢了")
    follow(page.locator("button.main"))
    assert "谢谢您的评价" in page.inner_text("main")
    if script:
        _looked_at(page, "rated", faults)
    assert faults == []
    assert served.centre.case(case_no)[0].rated.score == 2
    assert HERDER.name not in page.content()
    context.close()


def test_a_pdf_is_looked_at_in_place(browser: Browser, served: Served, desk: Desk) -> None:
    number, refs = with_pictures(desk, 1, pdf())
    sync(desk)
    sync(desk)
    context = opened(browser, served)
    page = context.new_page()
    enter(page, "wulan")
    faults: list[str] = []
    page.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    with page.expect_response(re.compile("/files/")) as inside:
        page.goto(f"/cases/{number}/view/{refs[0].sha256}")
    assert inside.value.headers["content-type"] == "application/pdf"
    assert page.frames[1].url == inside.value.url  # and not the page of an error
    kept = context.request.get(inside.value.url)
    assert kept.body() == pdf()
    assert kept.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'self'"
    assert kept.headers["x-frame-options"] == "SAMEORIGIN"
    assert page.locator("iframe").get_attribute("title")
    assert page.get_by_role("link", name="单独打开").count() == 1
    assert faults == []
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_telephone_reads_the_code_that_an_administrator_must_scan(
    browser: Browser, served: Served, tell: SetClock, width: str
) -> None:
    guard.add_clerk(served.centre, "gly", "格日勒", PASSWORD, "政务服务局", frozenset({Role.ADMIN}))
    with serving(site.app(served.centre), waits=False) as address:  # as by default: no page before the second factor
        context = opened(browser, Served(served.centre, address))
        page = context.new_page()
        enter(page, "gly")
        wide, high = WIDTHS[width]
        page.set_viewport_size({"width": wide, "height": high})
        page.goto("/account")
        page.fill("#confirm", PASSWORD)
        follow(page.locator("form[action='/account/second'] button"))
        page.locator(".qr svg").wait_for()
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot(full_page=True))))
        telephone = pyotp.parse_uri(found.text)
        assert (telephone.name, telephone.issuer) == ("gly", served.centre.name)
        assert page.locator(".secret").inner_text().replace(" ", "") == telephone.secret
        assert page.evaluate(SETTLED, wide) <= wide
        page.fill("#code", telephone.at(tell.at))
        follow(page.get_by_role("button", name="启用"))
        assert "动态码已启用" in page.inner_text("main")
        context.close()


def test_each_page_fits_and_can_be_read_aloud(browser: Browser, served: Served, desk: Desk, tell: SetClock) -> None:
    places = furnish(served, desk, tell)
    context = opened(browser, served)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda one: faults.append(f"{page.url}: {one.text}") if one.type == "error" else None)
    page.on("pageerror", lambda one: faults.append(f"{page.url}: {one}"))
    code = next(iter(served.centre.publications.items))
    for path in (*PUBLIC, f"/items/{code}"):
        page.goto(path)
        _looked_at(page, re.sub(r"[^a-z]+", "-", path).strip("-") or "home", faults)
    page.goto("/complain")
    page.fill("#text", "窗口中午没有人，跑了两趟。")
    follow(page.locator("button.main"))
    _looked_at(page, "sent", faults)
    follow(page.locator("form[action='/follow'] button"))
    _looked_at(page, "followed", faults)
    enter(page, ALL)
    for path in STAFF:
        page.goto(path)
        _looked_at(page, re.sub(r"[^a-z]+", "-", path).strip("-"), faults)
    for name, path in places.items():
        page.goto(path)
        _looked_at(page, name, faults)
    for field, data in (("file", new_catalogue()), ("days", new_holidays())):
        page.goto("/catalogue")
        page.set_input_files(f"#{field}", files=[{"name": "x.json", "mimeType": "application/json", "buffer": data}])
        follow(page.locator("form", has=page.locator(f"#{field}")).locator("button"))
        _looked_at(page, f"catalogue-{field}", faults)
    assert faults == []
    context.close()


def _looked_at(page: Page, name: str, faults: list[str]) -> None:
    """The page that is open, in each width: kept as a picture, no wider than the window, readable aloud."""
    if page.locator("h1").count() == 0:
        faults.append(f"{name}: no heading: {page.inner_text('main')[:80]}")
    if page.locator("th", has_text=re.compile("^\\s*$")).count():
        faults.append(f"{name}: a column without a name")
    page.evaluate(AXE_SCRIPT)
    for width, (wide, high) in reversed(WIDTHS.items()):  # the desktop's last: so it stays for the next page
        page.set_viewport_size({"width": wide, "height": high})
        needed = page.evaluate(SETTLED, wide)
        if KEEP:
            page.screenshot(path=Path(KEEP) / f"{name}-{width}.png", full_page=True)
        if needed > wide:
            faults.append(f"{name} {width}: {needed} wider than {wide}")
        for found in page.evaluate("asked => axe.run(asked).then(told => told.violations)", ASKED[width]):
            if found["impact"] in ("serious", "critical"):
                nodes = "; ".join(one["html"][:120] for one in found["nodes"][:3])
                faults.append(f"{name} {width}: {found['id']}: {nodes}")
