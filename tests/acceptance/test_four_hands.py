"""A case through four people of two bodies: the general window takes in and gives out, a bureau accepts and handles,
reviews, decides. Every paper of the organ is printed from the case's page; no step takes anybody more than 12 clicks.

DAIBAN_PICTURES=DIR keeps a picture of each page and of each paper.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from banner import seeded
from browsing import follow
from conftest import PASSWORD, Served, full_draft, item_code, sync
from full_office import pdf
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from desk.app.open_desk import Desk
from desk.centre.node import publishing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.folds.office.roster import turns
from desk.law.bodies.body import Body, Kind
from desk.law.catalogue import load
from desk.law.catalogue.item import Step
from desk.store.snapshots import DraftMaterial

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
POPPLER = shutil.which("pdftotext")
pytestmark = [
    pytest.mark.skipif(not CHROMIUM or not POPPLER, reason="no Chromium or no poppler here"),
    pytest.mark.xdist_group("browser"),
]
MOST = 12  # clicks of a step
KEEP = os.environ.get("DAIBAN_PICTURES", "")
BUREAU = Body("152523000000-BM02", "苏尼特左旗林业和草原局", Kind.DEPARTMENT, "4", "152523", above="152523000000-ZF")
ITEM = "林木采伐许可证核发"
FRONT = "旗林业和草原局窗口首席代表"
STEPS = (("accept", "受理", FRONT), ("site", "现场踏查", FRONT), ("review", "审核", "旗林业和草原局资源股"),
         ("decide", "决定", "旗林业和草原局分管负责人"), ("deliver", "送达", "综合窗口"))  # fmt: skip
PEOPLE = {
    "chuang": ("陈窗", "综合窗口", Role.CLERK),
    "amur": ("阿木尔", BUREAU.name, Role.CLERK),
    "baiyin": ("白音", BUREAU.name, Role.CLERK),
    "chaoke": ("朝克", BUREAU.name, Role.CHIEF),
}


class Hand:
    """Somebody at a browser whose clicks are counted, a step at a time."""

    def __init__(self, browser: Browser, served: Served, account: str) -> None:
        self.account, self.name = account, PEOPLE[account][0]
        self._context = browser.new_context(base_url=served.address, viewport={"width": 1366, "height": 768})
        self._context.set_default_timeout(15_000)
        self.page: Page = self._context.new_page()
        self.counted: dict[str, int] = {}
        self._clicks = 0

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[Page]:
        """A step from the work list; raises AssertionError where it takes too many clicks."""
        self._clicks = 0
        yield self.page
        self.counted[name] = self._clicks
        assert self._clicks <= MOST, (self.name, name, self._clicks)
        look(self.page, f"{self.account}-{name}")

    def press(self, where: Locator) -> None:
        """A click that leads to another page."""
        self._clicks += 1
        follow(where)

    def tick(self, where: Locator) -> None:
        """A click that leads nowhere."""
        self._clicks += 1
        where.click()

    def choose(self, where: Locator, value: str) -> None:
        """Two clicks: the list opened, the line pressed."""
        self._clicks += 2
        where.select_option(value)

    def enter(self) -> None:
        self.page.goto("/login")
        self.page.fill("#account", self.account)
        self.page.fill("#password", PASSWORD)
        self.press(self.page.locator("button.main"))

    def opens(self, number: str) -> None:
        """The case out of the own tasks."""
        self.page.goto("/cases")
        self.press(self.page.get_by_role("link", name=re.compile("^我的任务")))
        self.press(self.page.locator(f"a.row[href*='{number}']"))

    def opens_any(self, number: str) -> None:
        """The case out of all that were decided."""
        self.page.goto("/cases?tab=result")
        self.press(self.page.locator(f"a.row[href*='{number}']"))

    def prints(self, key: str) -> str:
        """A paper made out and opened to be printed; its words as poppler reads them."""
        if (issue := self.page.locator(f"form[action*='/issue/{key}'] button")).count():
            self.press(issue)
        link = self.page.locator(f"#papers a[href$='/papers/{key}.pdf']")
        with self._context.expect_page() as opened:
            self.tick(link)
        opened.value.close()
        got = self._context.request.get(link.get_attribute("href") or "")
        assert got.headers["content-type"] == "application/pdf"
        return words_of(got.body(), key)


def words_of(paper: bytes, name: str) -> str:
    told = subprocess.run([POPPLER or "", "-", "-"], input=paper, capture_output=True, check=True).stdout.decode()
    if KEEP:
        (Path(KEEP) / f"paper-{name}.pdf").write_bytes(paper)
    return "".join(told.split())


def look(page: Page, name: str) -> None:
    """The page in each width, kept as a picture; no wider than the window."""
    for width in (1366, 360):
        page.set_viewport_size({"width": width, "height": 768})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (name, width, wide)
        if KEEP:
            page.screenshot(path=Path(KEEP) / f"{name}-{width}.png", full_page=True)
    if KEEP:
        page.pdf(path=Path(KEEP) / f"page-{name}.pdf", format="A4")
    page.set_viewport_size({"width": 1366, "height": 768})


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def hands(browser: Browser, served: Served) -> dict[str, Hand]:
    """Two bodies and their four people; the item says who does what."""
    seeded(served, BUREAU)
    seed = load.seed()
    item = next(one for one in seed.items if one.item_name == ITEM)
    steps = tuple(Step(code, name, post, "") for code, name, post in STEPS)
    new = msgspec.structs.replace(item, version=item.version + 1, steps=steps, special_procedures=("现场踏查",))
    publishing.catalogue(served.centre, "", msgspec.structs.replace(seed, version="9", items=(new,)))
    for account, (name, org, role) in PEOPLE.items():
        guard.add_clerk(served.centre, account, name, PASSWORD, org, frozenset({role}))
    return {account: Hand(browser, served, account) for account in PEOPLE}


def taken_in(desk: Desk) -> str:
    """A walk-in case, taken in with the desk program at the banner's own window."""
    sync(desk)
    item = desk.item(item_code(desk, ITEM))
    ticks = tuple(DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials)
    fields = {"where": "洪格尔嘎查北", "species": "杨树", "trees": "30", "until": "2027-03-31"}
    facts = {"task_code": item.task_code, "situation": "own", "fields": fields, "materials": ticks}
    number = desk.register(full_draft(desk, 1, **facts)).intake_no
    sync(desk)
    return number


def set_posts(chief: Hand) -> None:
    """The chief of the bureau says who holds which post."""
    with chief.step("分工") as page:
        chief.enter()
        chief.press(page.get_by_role("link", name="分工", exact=True))
        for duty, account in (("accept", "amur"), ("handle", "amur"), ("review", "baiyin"), ("decide", "chaoke")):
            chief.tick(page.locator(f"input[value='{duty}:{account}']"))
        chief.press(page.get_by_role("button", name="保存分工"))
        assert page.get_by_role("status").inner_text().startswith("已保存分工")


def test_a_case_through_four_people_of_two_bodies(
    served: Served, make_desk: Callable[..., Desk], hands: dict[str, Hand]
) -> None:
    window, front, reviewer, chief = (hands[one] for one in ("chuang", "amur", "baiyin", "chaoke"))
    desk = make_desk("hall", "152523000000")  # the banner's own window
    set_posts(chief)
    number = taken_in(desk)
    printed: dict[str, str] = {}
    window.enter()
    with window.step("看件") as page:  # it takes in; it does not accept
        page.goto(f"/cases/{number}")
        assert page.locator("form[action*='/accept'], form[action*='/decision']").count() == 0
        assert "轮到“受理”：阿木尔" in page.locator("#walk").inner_text()
    front.enter()
    with front.step("告知补正") as page:
        front.opens(number)
        front.tick(page.locator("form[action*='/supplement'] input[name='missing']").first)
        front.press(page.get_by_role("button", name="告知补正"))
        printed["supplement"] = front.prints("supplement")
    with window.step("收补正") as page:
        page.goto("/cases?tab=waiting")
        window.press(page.locator(f"a.row[href*='{number}']"))
        window.press(page.get_by_role("button", name="补正材料交到窗口"))
    with front.step("受理") as page:
        front.opens(number)
        front.press(page.locator("form[action*='/accept'] button"))
        printed["accepted"] = front.prints("accepted")
    with front.step("现场踏查") as page:
        front.opens(number)
        front.tick(page.locator("summary", has_text="特别程序"))
        page.fill("#r-suspend", "到林地踏查")
        page.fill("#u-suspend", "2026-12-04")
        front.press(page.get_by_role("button", name="进入特别程序"))
        printed["suspended"] = front.prints("suspended")
    with front.step("承办") as page:
        front.opens(number)
        front.press(page.get_by_role("button", name="特别程序结束"))
        front.tick(page.get_by_label("同意准予"))
        page.fill("#o-reasons", "踏查属实，四至清楚。")
        front.press(page.get_by_role("button", name="提出意见，送审核"))
        assert page.get_by_role("button", name="准予…").count() == 0
    reviewer.enter()
    with reviewer.step("审核") as page:
        reviewer.opens(number)
        assert "踏查属实" in page.locator("#walk").inner_text()
        reviewer.tick(page.get_by_label("同意准予"))
        reviewer.press(page.get_by_role("button", name="提出意见，送决定"))
    with chief.step("延期") as page:
        chief.opens(number)
        chief.tick(page.locator("summary", has_text="延期"))
        page.fill("#r-extend", "要征求村民意见")
        page.fill("#approved", "朝克")
        chief.press(page.get_by_role("button", name="延期", exact=True))
        printed["extended"] = chief.prints("extended")
    band = served.centre.publications.items[item_code(desk, ITEM)].bands[0]
    decide(chief, number, band.code)
    sync(desk)
    assert desk.case(number).row.state_name == "准予"
    with chief.step("收回") as page:
        chief.opens_any(number)
        chief.tick(page.locator("summary", has_text="收回决定"))
        page.fill("#r-take-back", "株数写错")
        chief.press(page.get_by_role("button", name="收回决定"))
        assert page.locator(".state").first.inner_text() == "审查中"
    sync(desk)  # the point knew, and hears of it
    assert desk.case(number).row.state_name == "审查中"
    decide(chief, number, band.code)
    with chief.step("出决定书") as page:
        chief.opens_any(number)
        printed["decided"] = chief.prints("decided")
        chief.tick(page.locator("summary", has_text="存盖章件").last)
        page.set_input_files("#s-decided", {"name": "盖章.pdf", "mimeType": "application/pdf", "buffer": pdf()})
        chief.press(page.locator("form[action*='/seal/decided'] button"))
        scan = page.get_by_role("link", name=re.compile("^决定书.*〔2026〕"))
        assert chief._context.request.get(scan.get_attribute("href")).body() == pdf()
        assert page.get_by_role("button", name="收回决定").count() == 0  # it is out
    with window.step("统一出件") as page:
        window.opens(number)
        window.press(page.get_by_role("button", name="结果回传代办点"))
        window.press(page.get_by_role("button", name="窗口送达"))
        printed["served"] = window.prints("served")
        window.press(page.get_by_role("button", name="办结", exact=True))
        assert page.locator(".state").first.inner_text() == "办结"
    told(printed, served, number, band.name)
    assert max(max(one.counted.values()) for one in hands.values()) <= MOST
    sync(desk)
    assert desk.case(number).row.state_name == "办结"
    assert not {"case.opined", "case.issued"} & {line.kind for line in desk.case(number).case.history}


def decide(chief: Hand, number: str, band: str) -> None:
    """What is decided, by whom, on what law and with which band stands there before it is confirmed."""
    with chief.step("决定") as page:
        chief.opens(number)
        chief.choose(page.locator("#band"), band)
        chief.press(page.get_by_role("button", name="准予…"))
        shown = page.locator("main").inner_text()
        for words in (ITEM, "苏尼特左旗林业和草原局", "朝克", "决定岗", "森林法§57", "踏查属实"):
            assert words in shown, words
        look(page, "confirm")
        chief.press(page.get_by_role("button", name="确认准予"))
        assert page.locator(".state").first.inner_text() == "准予"


def told(printed: dict[str, str], served: Served, number: str, band: str) -> None:
    """Each paper is an original: its organ in full, its own number, the place of the seal; what it decided stands in
    the centre's log with the bytes that were printed."""
    case = served.centre.case(number)[0]
    out = turns.papers_out(case)
    for key in ("supplement", "accepted", "suspended", "extended", "decided", "served"):
        words = printed[key]
        assert BUREAU.name in words, key
        assert "核对稿" not in words, key
        assert "副本" not in words, key
        if key != "served":
            assert "（印章）" in words, key
            assert out[key].document_no in words, key
        kept = served.centre.pictures.read(out[key].files[0].sha256)
        assert words_of(kept, f"kept-{key}") == words  # the very bytes are kept
    assert "决定：准予" in printed["decided"]
    assert band in case.decision.band
