"""A real browser at the centre: a case from the work list to its end, phones, desktops, what a screen reader meets."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import HERDER, PASSWORD, Served, full_draft, sync
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from test_pictures import with_pictures

from desk.app import Desk
from desk.centre import guard
from desk.centre.roles import Role
from desk.views import Outcome

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here"),
    pytest.mark.xdist_group("browser"),
]
WIDTHS = {"desktop": (1366, 768), "phone": (360, 740)}
KEEP = os.environ.get("DAIBAN_PICTURES", "")  # a folder for pictures of each page
PUBLIC = (
    "/", "/items", "/items?text=db", "/check", "/query", "/published", "/ratings", "/complain", "/answers",
    "/disclosure", "/login",
)  # fmt: skip
STAFF = (
    "/cases", "/cases?tab=all", "/desks", "/account", "/looks", "/supervision", "/complaints", "/supervision/appraisal",
    "/supervision/analysis", "/supervision/analysis/steps", "/supervision/appraisal/cards", "/users", "/lots", "/writings", "/writings?tab=table",
    "/writings?tab=table&which=sent&of=x", "/catalogue",
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


def opened(browser: Browser, served: Served, width: str = "desktop", *, script: bool = True) -> BrowserContext:
    wide, high = WIDTHS[width]
    context = browser.new_context(
        base_url=served.address,
        viewport={"width": wide, "height": high},
        locale="zh-CN",
        java_script_enabled=script,
    )
    context.set_default_timeout(10_000)
    return context


def log_in(page: Page, account: str = "wulan") -> None:
    page.goto("/login")
    page.fill("#account", account)
    page.fill("#password", PASSWORD)
    page.click("button.main")
    page.wait_for_url(re.compile("/(cases|users|supervision|account|desks|catalogue|lots|writings)"))


def everyone(served: Served) -> None:
    """Somebody with every role but the first."""
    roles = frozenset(Role)
    guard.add_clerk(served.centre, "all", "其木格", PASSWORD, "综合窗口", roles)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_case_from_the_work_list_to_its_end(
    browser: Browser, served: Served, desk: Desk, case_no: str, script: bool
) -> None:
    context = opened(browser, served, script=script)
    page = context.new_page()
    log_in(page)
    page.click("a.row")
    assert page.locator(".state").first.inner_text() == "中心已接收"
    page.click("form[action$='/accept'] button")
    page.click("form[action$='/review'] button")
    page.set_input_files(
        "#result", files=[{"name": "决定书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 x"}]
    )
    page.click("form[action$='/grant'] button")
    assert page.get_by_role("link", name="决定书.pdf").count() == 1
    page.click("form[action$='/return-result'] button")
    page.click("form[action$='/serve'] button")
    page.click("form[action$='/conclude'] button")
    page.click("form[action$='/archive'] button")
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
    log_in(page)
    page.goto(f"/cases/{number}")
    page.locator("a.thumb").first.click()
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


def drawn(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (640, 400), colour).save(made, "JPEG")
    return made.getvalue()


def test_by_keyboard_alone(browser: Browser, served: Served, case_no: str) -> None:
    context = opened(browser, served)
    page = context.new_page()
    log_in(page)
    page.keyboard.press("/")
    page.keyboard.type(HERDER.name[:3])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("text="))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(case_no))
    context.close()


def test_the_list_tells_of_news(browser: Browser, served: Served, desk: Desk, case_no: str) -> None:
    context = opened(browser, served)
    page = context.new_page()
    log_in(page)
    page.wait_for_function("document.readyState === 'complete'")
    with page.expect_event("response", lambda one: one.url.endswith("/events")):
        page.reload()
    desk.register(full_draft(desk, 2))
    sync(desk)
    page.locator("#live").wait_for(state="visible")
    context.close()


@pytest.mark.parametrize("width", list(WIDTHS))
def test_each_page_fits_and_can_be_read_aloud(
    browser: Browser, served: Served, case_no: str, width: str, tmp_path: Path
) -> None:
    everyone(served)
    context = opened(browser, served, width)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: faults.append(str(one)))
    code = next(iter(served.centre.shelf.items))
    for path in (*PUBLIC, f"/items/{code}"):
        _looked_at(page, path, width, faults)
    log_in(page, "all")
    for path in (*STAFF, f"/cases/{case_no}"):
        _looked_at(page, path, width, faults)
    assert faults == []
    context.close()


def _looked_at(page: Page, path: str, width: str, faults: list[str]) -> None:
    answer = page.goto(path)
    assert answer is not None
    if answer.status != 200:
        faults.append(f"{path}: {answer.status}")
        return
    if KEEP:
        bare = "case" if path.startswith("/cases/") else re.sub(r"[^a-z]+", "-", path).strip("-")
        name = bare or "home"
        page.screenshot(path=Path(KEEP) / f"{name}-{width}.png", full_page=True)
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if wide[0] > wide[1]:
        faults.append(f"{path}: {wide[0]} wider than {wide[1]}")
    for found in Axe().run(page).response["violations"]:
        if found["impact"] in ("serious", "critical"):
            nodes = "; ".join(one["html"][:120] for one in found["nodes"][:3])
            faults.append(f"{path}: {found['id']}: {nodes}")
