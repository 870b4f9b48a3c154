"""Every page of a centre that links lead to: with nothing, one of everything, and many; on screens and on paper.

`PYTHONPATH=.:tests python tests/every_page.py DIR [--only empty few many]`: a centre of each fullness on loopback and
Chromium. From the front page and from the work list every link of the centre's own is followed, two addresses of each
kind. Each page is drawn at 1366 and 360 wide and as it goes to a printer, into DIR; each form of it is sent as it
stands, then with words where a number, a day or a name belongs, which must bring a page with words. Told, and 1 at the
end: an answer of 500, a page wider than its window, a sheet with menus on it, a number that opens a list of another
length, a form that leads to no page.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from browsing import SETTLED
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, TRUSTING, Served, SetClock, full_draft, serving, sync
from full_office import ALL, furnish
from playwright.sync_api import Browser, Error, Page, sync_playwright

from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.store.account import Account

FULL = ("empty", "few", "many")
WIDTHS = {"1366": (1366, 768), "360": (360, 740)}
EACH = 2  # addresses of one kind
MANY = 310  # cases
_LEFT = re.compile(r"/(logout|events|v1|fonts|static|open/)|\.(pdf|xlsx|csv|json|zip|ofd|svg|ttf|png)(\?|$)")
_ENDS = re.compile("logout|/end|second|password")  # what would end the walk
_POSTED = "main form[method=post]"
_NAMES = re.compile(r"[0-9A-Z]{2,}[-0-9A-Z]*\d[-0-9A-Za-z]*|[0-9a-f]{32,}|\d+")
_TYPED = "input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]):not([type=submit]),textarea"
# What lies on a sheet of paper though it serves a screen alone.
ON_PAPER = """() => [...document.querySelectorAll('nav, header form, button, .skip, input[type=submit]')]
  .filter(one => one.checkVisibility())
  .map(one => one.tagName + ' ' + (one.className || one.textContent.trim().slice(0, 20)))"""
_HOSTILE = """one => {
  one.removeAttribute('pattern');
  if (one.tagName === 'INPUT') one.type = 'text';
  one.value = '字\\u0001<b>😀' + '9'.repeat(40);
}"""


class Walk:
    """What was seen of one centre."""

    def __init__(self, browser: Browser, served: Served, folder: Path) -> None:
        self.address, self.folder, self.faults = served.address, folder, Counter[str]()
        self.seen: set[str] = set()
        self.kinds: Counter[str] = Counter()
        self.forms: set[str] = set()
        self.walked: list[str] = []
        self.numbers = 0
        context = browser.new_context(base_url=served.address, locale="zh-CN", viewport={"width": 1366, "height": 768})
        context.set_default_timeout(15_000)
        self.page: Page = context.new_page()
        self.page.on("response", self._answered)
        self.page.on("pageerror", lambda one: self.told(f"{self.page.url}: {one}"))
        folder.mkdir(parents=True, exist_ok=True)

    def told(self, fault: str) -> None:
        self.faults[fault.replace(self.address, "")] += 1

    def _answered(self, answer: object) -> None:
        status, url = getattr(answer, "status", 0), getattr(answer, "url", "")
        if status >= 500:
            self.told(f"{status} of {url}")

    def from_(self, *starts: str) -> None:
        """All that can be reached from these addresses."""
        waiting = list(starts)
        while waiting:
            path = waiting.pop(0)
            if path in self.seen:
                continue
            self.seen.add(path)
            kind = _kind(path)
            if self.kinds[kind] >= EACH:
                continue
            self.kinds[kind] += 1
            self.page.goto(path)
            numbers = self._look(path, kind)
            waiting += self._links()
            self.walked.append(path)
            for place, count in numbers:
                self._counted(path, place, count)

    def _look(self, path: str, kind: str) -> list[tuple[str, int]]:
        name = re.sub(r"[^a-zA-Z0-9=]+", "-", kind).strip("-")[:80] or "home"
        name = f"{name}-{self.kinds[kind]}"
        for width, (wide, high) in reversed(WIDTHS.items()):
            self.page.set_viewport_size({"width": wide, "height": high})
            needed = self.page.evaluate(SETTLED, wide)
            if needed > wide:
                self.told(f"{path}: {needed} wider than {wide}")
            self.page.screenshot(path=self.folder / f"{name}-{width}.png", full_page=True)
        self.page.emulate_media(media="print")
        for what in self.page.evaluate(ON_PAPER):
            self.told(f"{kind}: on paper: {what}")
        self.page.pdf(path=self.folder / f"{name}.pdf", format="A4")
        self.page.emulate_media(media="screen")
        found = self.page.eval_on_selector_all(
            "main a[href]", "all => all.map(one => [one.href, one.textContent.trim()])"
        )
        return [(to, int(text)) for to, text in found if re.fullmatch(r"\d{1,6}", text)][:60]

    def _links(self) -> list[str]:
        found = self.page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
        made = [urljoin(self.page.url, one).partition("#")[0] for one in found]
        return [
            one.removeprefix(self.address)
            for one in made
            if one.startswith(self.address) and not _LEFT.search(one.removeprefix(self.address))
        ]

    def _counted(self, path: str, place: str, count: int) -> None:
        """A number is the length of the list that it opens."""
        answer = self.page.request.get(place)
        text = answer.text()
        said = re.search(r"共 ?([\d,]+) ?[件张条个项份名次]", text)
        rows = len(re.findall(r'class="row"', text))
        self.numbers += 1
        if answer.status != 200:
            self.told(f"{path}: number {count} opens {answer.status} {place}")
        elif (said or rows) and count not in ({int(said[1].replace(",", ""))} if said else {rows}):
            self.told(f"{path}: {count} opens {said[0] if said else rows} {place}")

    def send(self) -> None:
        """Each posted form of each page that was walked: as it stands, then with words everywhere."""
        for path in self.walked:
            self.page.goto(path)
            actions = self.page.eval_on_selector_all(_POSTED, "all => all.map(one => one.getAttribute('action') || '')")
            for action in dict.fromkeys(actions):
                if _kind(action) not in self.forms and not _ENDS.search(action):
                    self.forms.add(_kind(action))
                    self._sent(path, action, hostile=False)
                    self._sent(path, action, hostile=True)

    def _sent(self, path: str, action: str, *, hostile: bool) -> None:
        self.page.goto(path)
        form = self.page.locator(f'form[method=post][action="{action}"]').first
        if not form.count():
            return  # it led on, and is no longer offered
        form.evaluate("one => { one.noValidate = true; }")
        for box in form.locator(_TYPED).all() if hostile else ():
            box.evaluate(_HOSTILE)
        try:
            with self.page.expect_navigation(timeout=8_000):
                form.evaluate("one => HTMLFormElement.prototype.submit.call(one)")
        except Error:
            return  # a file came of it
        if not self.page.locator("h1").count():
            self.told(f"{path}: {action} leads to no page: {self.page.content()[:120]}")


def _kind(path: str) -> str:
    """What pages of one kind share: the path without names, and the tab."""
    parts = urlsplit(path)
    tab = re.search(r"(?:tab|view|only|which)=\w+", parts.query)
    return _NAMES.sub("N", parts.path) + (f"={tab[0]}" if tab else "=asked" if parts.query else "")


@contextlib.contextmanager
def office(fullness: str, folder: Path) -> Iterator[Served]:
    """A centre of its own, as full as asked."""
    tell = SetClock()
    centre_node.create(folder / "centre", "152523", "苏尼特左旗政务服务中心")
    centre = centre_node.Centre(folder / "centre", tell=tell)
    guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
    with serving(site.app(centre, TRUSTING)) as at:
        served = Served(centre, at)
        if fullness == "empty":
            guard.add_clerk(centre, ALL, "其木格", PASSWORD, "综合窗口", frozenset(Role))
        else:
            desk = _desk(served, folder / "desk", tell)
            if fullness == "many":
                for one in range(MANY):
                    desk.register(full_draft(desk, 100 + one))
                sync(desk)
            furnish(served, desk, tell)
            desk.close()
        yield served
    centre.close()


def _desk(served: Served, folder: Path, tell: SetClock) -> Desk:
    code = enrolment.enrol_code(served.centre, POINT, POINT_NAME)
    opening.create_desk(folder, served.address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=tell)
    return opening.open_desk(folder, "suhe", PASSWORD, tell)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("into", type=Path)
    asked.add_argument("--only", nargs="*", default=FULL, choices=FULL)
    given = asked.parse_args()
    wrong = 0
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for fullness in given.only:
            with tempfile.TemporaryDirectory() as folder, office(fullness, Path(folder)) as served:
                walk = Walk(browser, served, given.into / fullness)
                walk.from_("/")
                walk.page.goto("/login")
                walk.page.fill("#account", ALL)
                walk.page.fill("#password", PASSWORD)
                with walk.page.expect_navigation():
                    walk.page.locator("button.main").click()
                walk.kinds.clear()
                walk.seen.clear()
                walk.from_("/cases", "/account")
                walk.send()
                print(f"{fullness}: {sum(walk.kinds.values())} pages, {len(walk.forms)} forms, {walk.numbers} numbers")
                for fault, times in walk.faults.items():
                    print(f"  {times} x {fault}")
                wrong += len(walk.faults)
        browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
