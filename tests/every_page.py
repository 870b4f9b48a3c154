"""Every page of a centre that links lead to: with nothing, one of everything, many, and refused; on screens and paper.

`PYTHONPATH=.:tests python tests/every_page.py DIR [--only empty few many error]`: a centre of each fullness on loopback
and Chromium. From the front page and from the work list every link of the centre's own is followed, two addresses of
each kind. Each page is drawn at 1366 and 360 wide, in large type, in the dark and as it goes to a printer,
into DIR; axe reads it; each form of it is sent as it stands, then with words where a number, a day or a name belongs,
which must bring a page with words. With one of everything, what is typed into its forms must stand there again after
the way back, in another tab and after a session that ended. `error`: each address with a name that there is not, by
somebody who may not, without a session, by another method, and while the database is away. Told, and 1 at the end: an
answer of 500, a page wider than its window, a sheet with menus on it, a number that opens a list of another length, a
form that leads to no page or loses words, a refusal that is no page of ours, a page that took long."""

from __future__ import annotations

import argparse
import contextlib
import html
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from browsing import HOSTILE, ON_PAPER, SETTLED
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, TRUSTING, Served, SetClock, full_draft, serving, sync
from full_office import ALL, furnish
from playwright.sync_api import APIResponse, Browser, BrowserContext, Error, Page, sync_playwright
from typed_forms import survives

from db.centre.line import engine
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
from desk.centre.node.roles import Role
from desk.centre.run import guard, kept
from desk.store.account import Account

FULL = ("empty", "few", "many", "error")
WIDTHS = {"1366": (1366, 768), "360": (360, 740)}
EACH = 2  # addresses of one kind, where there are few
MANY = 310  # cases
LARGE = 28  # pixels of type, where 16 are usual
SLOW = 1.0  # seconds that an answer takes at most
_LEFT = re.compile(r"/(logout|events|v1|fonts|static|open/)|\.(pdf|xlsx|csv|json|zip|ofd|svg|ttf|png)(\?|$)")
_ENDS = re.compile("logout|/end|second|password")  # what would end the walk
_POSTED = "main form[method=post]"
_NAMES = re.compile(r"[0-9A-Z]{2,}[-0-9A-Z]*\d[-0-9A-Za-z]*|[0-9a-f]{32,}|\d+")
_TYPED = "input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]):not([type=submit]),textarea"


class Walk:
    """What was seen of one centre."""

    def __init__(
        self, browser: Browser, large_type: BrowserContext, served: Served, folder: Path, fullness: str
    ) -> None:
        """Where pages are refused they are only followed: what they look like else was seen before."""
        self.address, self.folder, self.faults = served.address, folder, Counter[str]()
        self._large_type = large_type
        self._only_follows, self._is_thorough = fullness == "error", fullness == "few"
        self.each = EACH if self._is_thorough else 1
        self._actions: dict[str, str] = {}
        self.seen: set[str] = set()
        self.took: list[tuple[float, str]] = []
        self._lengths: dict[str, tuple[int, str, set[int]]] = {}
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
        if status >= 500 and not url.endswith("/events"):  # which the browser asks again
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
            if self.kinds[kind] >= self.each:
                continue
            self.kinds[kind] += 1
            began = time.perf_counter()
            self.page.goto(path, wait_until="commit")  # the answer begins: what a browser does with it is another's
            took = time.perf_counter() - began
            self.page.wait_for_load_state()
            self._timed(path, took)
            numbers = [] if self._only_follows else self._look(path, kind)
            waiting += self._links()
            if self._only_follows:
                self._note_forms()
            self.walked.append(path)
            print(f"    {len(self.walked)} of {len(self.walked) + len(waiting)}: {path}", file=sys.stderr)
            for place, count in numbers:
                self._counted(path, place, count)

    def _timed(self, path: str, seconds: float) -> None:
        """What took long is asked for once more: the first paper that a process draws waits for the fonts."""
        if seconds > SLOW:
            began = time.perf_counter()
            self.page.request.get(path)
            seconds = min(seconds, time.perf_counter() - began)
        self.took.append((seconds, path))

    def _look(self, path: str, kind: str) -> list[tuple[str, int]]:
        name = self._drawn(path, f"{_named(kind)}-{self.kinds[kind]}")
        if self.kinds[kind] == 1 and self._is_thorough:
            self._read_aloud(kind, {"resultTypes": ["violations"]})
            self._large(path, name)
            self._dark(kind, name)
        found = self.page.eval_on_selector_all(
            "main a[href]", "all => all.map(one => [one.href, (one.querySelector('b') || one).textContent.trim()])"
        )
        return [(to, int(text)) for to, text in found if re.fullmatch(r"\d{1,6}", text)][:60]

    def _drawn(self, path: str, name: str) -> str:
        """In each width and on paper."""
        for width, (wide, high) in reversed(WIDTHS.items()):
            self.page.set_viewport_size({"width": wide, "height": high})
            needed = self.page.evaluate(SETTLED, wide)
            if needed > wide:
                self.told(f"{path}: {needed} wider than {wide}")
            self.page.screenshot(path=self.folder / f"{name}-{width}.png", full_page=True)
        self.page.emulate_media(media="print")
        for what in self.page.evaluate(ON_PAPER):
            self.told(f"{name}: on paper: {what}")
        self.page.pdf(path=self.folder / f"{name}.pdf", format="A4")
        self.page.emulate_media(media="screen")
        return name

    def _read_aloud(self, kind: str, asked: dict[str, object]) -> None:
        self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate("asked => axe.run(asked).then(told => told.violations)", asked)
        for one in found:
            if one["impact"] in ("serious", "critical"):
                self.told(f"{kind}: {one['id']}: {one['nodes'][0]['html'][:120]}")

    def _large(self, path: str, name: str) -> None:
        """For whoever sets larger type in the browser."""
        self._large_type.add_cookies(self.page.context.cookies())
        page = self._large_type.pages[0]
        page.goto(self.address + path)
        for width, (wide, high) in reversed(WIDTHS.items()):
            page.set_viewport_size({"width": wide, "height": high})
            needed = page.evaluate(SETTLED, wide)
            if needed > wide:
                self.told(f"{path}: in large type {needed} wider than {wide}")
            page.screenshot(path=self.folder / f"{name}-large-{width}.png", full_page=True)

    def _dark(self, kind: str, name: str) -> None:
        self.page.emulate_media(color_scheme="dark")
        self._read_aloud(f"{kind} in the dark", {"runOnly": ["color-contrast"]})
        self.page.screenshot(path=self.folder / f"{name}-dark.png", full_page=True)
        self.page.emulate_media(color_scheme="light")

    def _note_forms(self) -> None:
        for action in self.page.eval_on_selector_all(_POSTED, "all => all.map(one => one.getAttribute('action'))"):
            self._actions.setdefault(_kind(action), action)

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
        self.numbers += 1
        if place not in self._lengths:
            began = time.perf_counter()
            self._lengths[place] = _length(self.page.request.get(place))
            self.took.append((time.perf_counter() - began, place.removeprefix(self.address)))
        status, words, lengths = self._lengths[place]
        if status != 200:
            self.told(f"{path}: number {count} opens {status} {place}")
        elif lengths and count not in lengths:
            self.told(f"{path}: {count} opens {words} {place}")

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
            box.evaluate(HOSTILE)
        try:
            with self.page.expect_navigation(timeout=8_000):
                form.evaluate("one => HTMLFormElement.prototype.submit.call(one)")
        except Error:
            return  # a file came of it
        if not self.page.locator("h1").count():
            self.told(f"{path}: {action} leads to no page: {self.page.content()[:120]}")

    def refused(self, served: Served) -> None:
        """Each address that was walked, as nobody should ask for it."""
        paths = dict.fromkeys(self.walked)
        get = self.page.request.get
        for path in paths:
            parts = urlsplit(path)
            if (absent := _ABSENT.sub("NONE00", parts.path)) != parts.path:
                self._refusal("absent", get(absent), {200, 404, 409})
            self._refusal("method", self.page.request.fetch(path, method="DELETE"), {405})
            bare = self.page.request.fetch(path, method="HEAD")
            if bare.status >= 400 or bare.body():
                self.told(f"HEAD {path}: {bare.status}, {len(bare.body())} bytes")
        enter(self.page, "bianji")
        for path in paths:
            self._refusal("forbidden", get(path), {200, 403, 404})
        self.page.context.clear_cookies()
        for path in paths:
            self._refusal("ended", get(path), {200})
        enter(self.page, ALL)
        database = served.centre.database
        there, database.engine = database.engine, engine.make("sqlite:////nowhere/centre.db")
        try:
            for path in paths:
                self._refusal("away", get(path), {200, 503})  # 200: what everybody reads is kept
            self._refusal("away", get("/nowhere/at/all"), {404})
            for action in self._actions.values():
                if not _ENDS.search(action):
                    answer = self.page.request.post(action, form={"csrf": "x", "text": "说明的话"})
                    self._refusal("away", answer, {422, 503})
                    if kept.is_kept(action) and answer.status == 503 and "说明的话" not in answer.text():
                        self.told(f"away: {action} loses what was typed")
        finally:
            database.engine = there

    def _refusal(self, name: str, answer: APIResponse, right: set[int]) -> None:
        """It is a page of ours, with a heading, words and a way on; each is drawn once."""
        told = answer.text()
        if answer.status not in right:
            self.told(f"{name}: {answer.status} of {answer.url}")
        if answer.status == 200:
            return
        words = html.unescape(re.sub(r"<[^>]+>|\s+", " ", told.partition('id="main">')[2])).strip()
        if "<h1" not in told or 'role="alert"' not in told or "<a href" not in told.partition('id="main">')[2]:
            self.told(f"{name}: no page of ours at {answer.url}: {words[:80]}")
        kind = f"{name}-{answer.status}-{re.sub(r'[0-9A-Z]', '', words)[:24]}"
        self.kinds[kind] += 1
        if self.kinds[kind] == 1:
            self.walked.append(answer.url)
            self.page.set_content(told.replace("<head>", f'<head><base href="{self.address}/">'))
            self._drawn(answer.url, f"{name}-{answer.status}-{len(self.kinds)}")
            print(f"  {name}: {answer.status}: {words[:120]}")


_ABSENT = re.compile(r"(?<=/)[^/]*\d{2}[^/]*|(?<=/view/)[^/]+")  # a name in an address


def _named(kind: str) -> str:
    return re.sub(r"[^a-zA-Z0-9=]+", "-", kind).strip("-")[:80] or "home"


def _length(answer: APIResponse) -> tuple[int, str, set[int]]:
    """Status, what the page says about how long its list is, and what that may be; nothing where it has none."""
    text = answer.text()
    said = re.search(r"共 ?([\d,]+) ?[件张条个项份名次]", text)
    rows = len(re.findall(r'class="row"', text))
    if said:
        return answer.status, said[0], {int(said[1].replace(",", ""))}
    return answer.status, str(rows), {rows} if rows else set()


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
    guard.add_clerk(centre, "bianji", "斯琴", PASSWORD, "综合窗口", frozenset({Role.EDITOR}))
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


def enter(page: Page, account: str) -> None:
    """Logged in."""
    page.goto("/login")
    page.fill("#account", account)
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.locator("button.main").click()


def walk_of(browser: Browser, large_type: BrowserContext, fullness: str, served: Served, into: Path) -> Walk:
    """Everything seen of this centre."""
    walk = Walk(browser, large_type, served, into / fullness, fullness)
    walk.from_("/")
    enter(walk.page, ALL)
    walk.kinds.clear()
    walk.seen.clear()
    walk.from_("/cases", "/account")
    if fullness == "error":
        walk.refused(served)
    elif fullness != "many":  # no other forms
        for path in walk.walked if fullness == "few" else ():
            for one in survives(walk.page, served, ALL, path):
                walk.told(f"lost: {one}")
        walk.send()
    return walk


def _set_to(size: int, profile: Path) -> Path:
    """A profile of Chromium whose owner set type to that many pixels."""
    (profile / "Default").mkdir()
    told = f'{{"webkit": {{"webprefs": {{"default_font_size": {size}}}}}}}'
    (profile / "Default" / "Preferences").write_text(told)
    return profile


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("into", type=Path)
    asked.add_argument("--only", nargs="*", default=FULL, choices=FULL)
    given = asked.parse_args()
    wrong = 0
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        how: dict[str, Any] = {"executable_path": path, "args": ["--no-sandbox"]}
        browser = playwright.chromium.launch(**how)
        large_type = playwright.chromium.launch_persistent_context(_set_to(LARGE, Path(profile)), **how)
        for fullness in given.only:
            with tempfile.TemporaryDirectory() as folder, office(fullness, Path(folder)) as served:
                walk = walk_of(browser, large_type, fullness, served, given.into)
                print(f"{fullness}: {len(walk.walked)} pages, {len(walk.forms)} forms, {walk.numbers} numbers")
                for seconds, place in sorted(walk.took, reverse=True)[:12]:
                    print(f"  {seconds:.2f} s: {place}")
                    if seconds > SLOW:
                        walk.told(f"{seconds:.1f} s: {place}")
                for fault, times in walk.faults.items():
                    print(f"  {times} x {fault}")
                wrong += len(walk.faults)
        large_type.close()
        browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
