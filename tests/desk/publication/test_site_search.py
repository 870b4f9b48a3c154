"""The page of the static site, opened from a disk: what it finds is what the counter finds, in the same order."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

import resources
from desk.app.open_desk import Desk
from desk.papers.published_list import listing_of
from desk.publication import list_pages, search_data

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TYPED = (
    "db", "低保", "DiBao", "ibao", "cy", "草原", "caoyuan", "cbt", "fangchanzheng", "80岁", "髙龄", "民政", "民政 低保",
    "mzj", "社会", "shehui", "zm", "补贴 残疾", "a", "n", "ng", "不动产　登记", "没有这样的",
)  # fmt: skip


@pytest.fixture
def site(desk: Desk, tmp_path: Path) -> Iterator[Page]:
    listing = listing_of(desk.session)
    (tmp_path / "index.html").write_text(list_pages.index(listing), "utf-8")
    (tmp_path / "search-data.js").write_text(search_data.script(listing), "utf-8")
    (tmp_path / "site.js").write_bytes(resources.read("site/site.js"))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        yield page
        browser.close()


def found(page: Page, text: str) -> list[str]:
    page.fill("#text", text)
    page.wait_for_function("text => decodeURIComponent(location.hash).includes('text=' + text)", arg=text)
    while page.is_visible("#more"):
        page.click("#more")
    return page.eval_on_selector_all("#found .name", "all => all.map(one => one.firstChild.data)")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_it_finds_what_the_counter_finds_in_the_same_order(desk: Desk, site: Page) -> None:
    listed = {one.task_code for one in listing_of(desk.session).items}
    for text in TYPED:
        counter = [row.item.item_name for row in desk.items(text) if row.item.task_code in listed]
        assert found(site, text) == counter, text
    assert found(site, "db")[0] == "最低生活保障审核确认"
    code = desk.items("低保")[0].item.task_code
    assert found(site, code) == [desk.items("低保")[0].item.item_name]
