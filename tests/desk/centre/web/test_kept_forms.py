"""What staff typed is never lost: every form of every page comes back filled after a session that ended, a token of
another tab, a refusal, and while it is typed; without script. And it is gone when it is done."""

from __future__ import annotations

import datetime as dt
import html
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest
from banner import seeded
from conftest import PASSWORD, Served, SetClock, both_databases
from full_office import ALL, furnish
from office import hidden_in, logged_in
from playwright.sync_api import sync_playwright
from typed_forms import survives
from who_may import TABLE

from db.centre import people
from db.centre.forms import form_rows
from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard, kept
from desk.centre.web import filling, frame

# Every page of the staff that needs no name in its address, and those of lists that show other forms.
PAGES = (
    *(row.split()[1] for row, who in TABLE.items() if row.startswith("GET") and who != "public" and "{" not in row),
    "/catalogue/bulk?field=enquiry_phone&old=0479-0000000&new=0479-7654321&kind=07", "/bodies/new",
    "/catalogue/conditions/NM152523-05-001", "/catalogue/texts/NM152523-05-001", "/writings?tab=info",
)  # fmt: skip
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NO_PAGES = ("/events", "/staff", ".xlsx", ".pdf", ".csv", ".json", ".zip", "/account")
_FORMS = re.compile(r'{%-? (for|endfor)\b|<form[^>]*method="post" action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
_BOX = re.compile(r'<(input(?![^>]*hidden)|textarea|select)[^>]*name="')
TYPED = ("text", "search", "tel", "number", "date", "month", "")


class Box(msgspec.Struct):
    """A control that a person fills, and what it holds."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = msgspec.field(default_factory=list)
    on: bool = False


class Posted(msgspec.Struct):
    """A form of a page."""

    action: str
    boxes: list[Box]
    hidden: list[tuple[str, str]]


class Reader(HTMLParser):
    """The posted forms of a page, as a browser has them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Posted] = []
        self._form: Posted | None = None
        self._box: Box | None = None
        self._template = 0
        self.feed(page.partition('<main id="main">')[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name, value, kind = told.get("name") or "", told.get("value") or "", told.get("type") or ""
        self._template += tag == "template"
        if tag == "form":
            self._form = Posted(urlsplit(told["action"]).path, [], []) if told.get("method") == "post" else None
            self.forms += [self._form] if self._form else []
        if self._form is None or self._template or "form" in told:
            return
        if not name and tag != "option":
            return  # ticks all others, and is never sent
        if tag == "input" and kind == "hidden":
            self._form.hidden.append((name, value))
        elif tag in ("input", "select", "textarea") and kind not in ("file", "submit"):
            made = Box(name, kind if tag == "input" else tag, value, on="checked" in told)
            self._form.boxes.append(made)
            self._box = made if tag != "input" else None
        elif tag == "option" and self._box is not None:
            self._box.options.append(value)
            if "selected" in told:
                self._box.value = value

    def handle_endtag(self, tag: str) -> None:
        self._template -= tag == "template"
        if tag == "form":
            self._form = None
        if tag in ("select", "textarea"):
            self._box = None

    def handle_data(self, data: str) -> None:
        if self._box is not None and self._box.kind == "textarea":
            self._box.value += data


def typed(form: Posted, mark: str) -> list[tuple[str, str]]:
    """Everything that a hand can do in a form, and what the page sends along."""
    sent = [(name, value) for name, value in form.hidden if name != "csrf"]
    chosen: set[str] = set()
    for at, box in enumerate(form.boxes):
        if box.kind in TYPED or box.kind == "textarea":
            words = {"number": str(at + 1), "date": "2026-12-24", "month": "2026-12"}.get(
                box.kind, f"字 <{mark}{at}> &\"'"
            )
            sent.append((box.name, words + ("\n第二行" if box.kind == "textarea" else "")))
        elif box.kind == "select":
            sent.append((box.name, ["", *box.options][-1]))
        elif box.kind == "checkbox" or (box.kind == "radio" and box.name not in chosen):
            chosen.add(box.name)
            sent.append((box.name, box.value or "on"))
    return sent


def held(form: Posted) -> list[tuple[str, str]]:
    """What a browser would send of a form."""
    found = [(name, value) for name, value in form.hidden if name != "csrf"]
    for box in form.boxes:
        if box.kind in ("checkbox", "radio"):
            found += [(box.name, box.value or "on")] if box.on else []
        elif box.kind == "textarea":
            found.append((box.name, box.value.removeprefix("\n")))
        else:
            found.append((box.name, box.value))
    return found


def shown(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in found if value.strip() and name not in kept.OWN)


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, ALL, "其木格", PASSWORD, "综合窗口", frozenset(Role))
    with logged_in(served, ALL) as one:
        yield one


def again(served: Served, account: str = ALL) -> str:
    """A session that begins now; those before are over."""
    with served.centre.database.touch() as db:
        people.end_sessions(db, account, served.centre.now())
    return guard.log_in(served.centre, account, PASSWORD)


def test_every_form_of_every_page_comes_back_filled(served: Served, desk: Desk, tell: SetClock) -> None:
    places = furnish(served, desk, tell)
    with logged_in(served, ALL) as client:
        dead = guard.visitor(served.centre, client.cookies[guard.COOKIE]).csrf
        client.cookies.set(guard.COOKIE, again(served))
        count = must_come_back(
            served, client, dead, [*(one for one in PAGES if not one.endswith(NO_PAGES)), *places.values()]
        )
    assert count > 60


def test_forms_of_an_office_with_bodies_come_back_filled(served: Served, client: httpx.Client) -> None:
    """What stands there only once there are bodies: changed from a day on, who holds which post, who does what."""
    seeded(served)
    dead = guard.visitor(served.centre, client.cookies[guard.COOKIE]).csrf
    client.cookies.set(guard.COOKIE, again(served))
    assert must_come_back(served, client, dead, ["/bodies/152523000000-ZF", "/bodies/items", "/posts"]) >= 5


def must_come_back(served: Served, client: httpx.Client, dead: str, paths: list[str]) -> int:
    """Each form of these pages is typed into and sent with a `dead` token: refused, and filled again. How many."""
    wrong: list[str] = []
    count = 0
    for path in dict.fromkeys(paths):
        forms = [one for one in Reader(client.get(path).text).forms if one.boxes and kept.is_kept(one.action)][:30]
        sent: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for form in forms:
            count += 1
            words = typed(form, f"{count}")
            sent[form.action, kept.which(form.action, words)] = words
            data: dict[str, list[str]] = {"csrf": [dead]}
            for name, value in words:
                data.setdefault(name, []).append(value)
            # the token of a session that ended, as another tab has it
            answer = client.post(form.action, data=data, headers={"referer": served.address + path})
            if answer.status_code != 403 or f'href="{html.escape(path)}">回到刚才' not in answer.text:
                wrong.append(f"{path} {form.action}: {answer.status_code}, not told")
        page = client.get(path).text if sent else ""
        found = Reader(page).forms
        for (action, mark), words in sent.items():
            mine = [shown(held(one)) for one in found if one.action == action]
            if filling_apart(action):
                wrong += [] if "打开没存的内容" in page else [f"{path} {action}: no way to what was typed"]
            elif shown(words) not in mine:
                wrong.append(f"{path} {action}: {set(shown(words)) ^ set((mine or [[]])[0])}")
            kept.drop(served.centre, ALL, action, mark)
    assert wrong == []
    return count


def test_forms_that_stand_several_times_on_a_page_are_told_apart() -> None:
    """By their action, or by what they send along that tells."""
    alike: list[str] = []
    for one in sorted((Path(frame.__file__).parents[1] / "templates").glob("*.html")):
        loops = 0
        for found in _FORMS.finditer(one.read_text()):
            loops += {"for": 1, "endfor": -1}.get(found[1], 0)
            if found[2] and loops and "{{" not in found[2] and _BOX.search(found[3]):
                hidden = re.findall('type="hidden" name="([^"]*)"', found[3])
                alike += [] if set(hidden) & set(kept.tells(found[2])) else [f"{one.name}: {found[2]}"]
    assert alike == []


def test_a_form_is_gone_when_it_is_done_and_comes_back_when_it_is_refused(served: Served, client: httpx.Client) -> None:
    place = "/complaints/new"
    typed_ = {"channel": "phone", "sort": "complaint", "text": "短", "name": "巴图", "org": "没有的部门"}
    page = client.get(place)
    refused = client.post(place, data=hidden_in(page.text) | typed_, headers={"referer": served.address + place})
    assert refused.status_code >= 400
    page = client.get("/users")
    person = {"account": "bat", "name": "巴特尔", "org": "民政局", "password": "12345678", "roles": ["clerk", "chief"]}
    told = client.post("/users", data=hidden_in(page.text) | person, headers={"referer": served.address + "/users"})
    assert (told.status_code, "填的内容都在" in told.text) == (409, True)
    form = next(one for one in Reader(client.get("/users").text).forms if one.action == "/users")
    back = dict(held(form))
    assert (back["account"], back["name"], back["password"]) == ("bat", "巴特尔", "")
    assert [value for name, value in held(form) if name == "roles"] == ["chief", "clerk"] or back["roles"]
    assert client.post("/users", data=hidden_in(page.text) | person | {"password": "one two three"}).status_code == 200
    assert "已填回" not in client.get("/users").text
    with served.centre.database.read() as db:
        assert [one for one in form_rows.of_account(db, ALL, "") if one["action"] == "/users"] == []


def test_login_leads_back_to_the_form_and_another_sees_nothing(served: Served, client: httpx.Client) -> None:
    place, words = "/writings?tab=info", "三天办了四十件，行程三百公里。"
    csrf = hidden_in(client.get(place).text)["csrf"]
    again(served)
    sent = {"csrf": csrf, "title": "流动代办车", "text": words, "topic": ""}
    answer = client.post("/writings/info", data=sent, headers={"referer": served.address + place})
    assert (answer.url.path, "登录后回到那一页" in answer.text) == ("/login", True)
    with httpx.Client(base_url=served.address, follow_redirects=True) as other:
        other.post("/login", data={"account": "wulan", "password": PASSWORD, "kept": "1"})
        assert words not in other.get("/kept").text
    back = client.post("/login", data={"account": ALL, "password": PASSWORD, "kept": "1"})
    assert str(back.url).endswith(place)
    assert words in html.unescape(back.text)
    assert "已填回" in back.text


@both_databases
def test_it_is_sealed_and_kept_for_a_day(served: Served, client: httpx.Client, tell: SetClock) -> None:
    centre = served.centre
    csrf = guard.visitor(centre, client.cookies[guard.COOKIE]).csrf
    words = [("title", "只有本人看得到的话"), ("password", "secret words")]
    assert kept.keep(centre, csrf, "/writings/info", "/writings", words, sent=True)
    assert not kept.keep(centre, "no token of ours", "/writings/info", "/writings", words, sent=True)
    assert not kept.keep(centre, csrf, "/account/second", "/account", words, sent=True)
    with centre.database.read() as db:
        raw = bytes(db.exec_driver_sql("SELECT data FROM kept_form").scalar())
    assert "只有本人".encode() not in raw
    (one,) = kept.of(centre, ALL)
    assert one.fields == (("title", "只有本人看得到的话"),)
    tell.at += dt.timedelta(hours=23)
    assert len(kept.of(centre, ALL)) == 1
    tell.at += dt.timedelta(hours=2)
    assert kept.of(centre, ALL) == ()
    assert (kept.tidy(centre), kept.tidy(centre)) == (1, 0)
    token = guard.visitor(centre, again(served)).csrf
    for at in range(form_rows.MOST + 3):
        kept.keep(centre, token, f"/writings/{at}", "/writings", [("text", "字")], sent=False)
    assert len(kept.of(centre, ALL)) == form_rows.MOST


def test_what_is_typed_is_kept_while_it_is_typed(served: Served, client: httpx.Client) -> None:
    csrf = hidden_in(client.get("/writings?tab=info").text)
    told = csrf | {"kept.action": "/writings/info", "kept.page": "/writings?tab=info", "text": "写到一半"}
    assert client.post("/kept", data=told).status_code == 204
    assert "上次没有提交" in client.get("/writings?tab=info").text
    assert "写到一半" in client.get("/kept").text
    assert client.post("/kept", data=told | {"kept.none": "1"}).status_code == 204
    assert "写到一半" not in client.get("/kept").text
    for page in ("//elsewhere.example/", "http://elsewhere.example/", ""):
        client.post("/kept", data=told | {"kept.page": page})
        assert "elsewhere" not in client.get("/kept").text
    gone = csrf | {"action": "/writings/info", "which": "", "back": "//elsewhere.example/"}
    assert client.post("/kept/drop", data=gone).url.path == "/kept"


def test_a_file_that_is_too_large_takes_no_words_along(served: Served, client: httpx.Client) -> None:
    csrf = hidden_in(client.get("/unlocks").text)["csrf"]
    parts = [("csrf", csrf), ("reason", "苏木来电，核对过工号")]
    body = "".join(
        f'--mark\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts
    )
    body += '--mark\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\n' + "x" * (1 << 20)
    wire = HTTPConnection(served.address.removeprefix("http://"), timeout=20)
    wire.putrequest("POST", "/unlocks/file")
    told = {"Cookie": f"{guard.COOKIE}={client.cookies[guard.COOKIE]}", "Referer": served.address + "/unlocks"}
    told |= {"Content-Type": "multipart/form-data; boundary=mark", "Content-Length": str(40 << 20)}
    for name, value in told.items():
        wire.putheader(name, value)
    wire.endheaders(body.encode())
    answer = wire.getresponse()
    assert (answer.status, "填的内容都在" in answer.read().decode()) == (413, True)
    wire.close()
    assert "苏木来电，核对过工号" in client.get("/kept").text


def test_what_others_wrote_meanwhile_is_told_beside_it() -> None:
    page = (
        '<main id="main"><form method="post" action="/bodies/x"><input type="hidden" name="mark" value="new">'
        '<label for="a">地址</label><input id="a" name="address" value="东街 2 号">'
        '<details><textarea name="hours">\n</textarea>'
        '</details></form><form method="post" action="/other"><input name="address"></form></main>'
    )
    fields = (("mark", "old"), ("address", "西街 <1> 号"), ("hours", "九点"), ("gone", "没有这一格了"))
    found = filling.filled(page, [kept.Form("/bodies/x", "/bodies/x", "", True, fields)])
    (done,) = found.done
    assert (done.over, done.left) == ((("地址", "东街 2 号"),), ("没有这一格了",))
    assert '<input id="a" name="address" value="西街 &lt;1&gt; 号">' in found.page
    assert '<details open><textarea name="hours">\n九点</textarea>' in found.page
    assert found.page.endswith('<form method="post" action="/other"><input name="address"></form></main>')
    same = (("mark", "new"), *fields[1:])
    assert filling.filled(page, [kept.Form("/bodies/x", "/bodies/x", "", True, same)]).done[0].over == ()


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
@pytest.mark.xdist_group("browser")
def test_a_browser_gives_back_what_was_typed_and_left(served: Served, client: httpx.Client) -> None:
    """`tests/every_page.py` does so on every page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=served.address)
        context.add_cookies([{"name": guard.COOKIE, "value": client.cookies[guard.COOKIE], "url": served.address}])
        page = context.new_page()
        for path in ("/complaints/new", "/writings?tab=info"):
            assert survives(page, served, ALL, path) == []
        page.goto("/complaints/new")
        page.fill("#text", "打到一半就离开了这一页")
        page.goto("/kept")  # what is typed goes along with leaving
        for _ in range(20):
            if "打到一半" in page.inner_text("main"):
                break
            page.reload()
        assert "打到一半就离开了这一页" in page.inner_text("main")
        page.goto("/complaints/new")
        assert page.input_value("#text") == "打到一半就离开了这一页"
        with page.expect_request("**/kept"):
            page.fill("#text", "打到一半就离开了这一页，又多打了一个字")
        with page.expect_request("**/kept"):
            page.fill("#text", "打到一半就离开了这一页")
        for _ in range(20):
            page.reload()
            if page.input_value("#text") == "打到一半就离开了这一页":
                break
        assert page.input_value("#text") == "打到一半就离开了这一页"  # as it came back is not as it was empty
        page.get_by_role("button", name="不要了").click()
        page.wait_for_url("**/complaints/new")
        assert page.input_value("#text") == ""
        browser.close()


def filling_apart(action: str) -> bool:
    """An item's draft, which brings two people's words together itself."""
    return action.startswith("/catalogue/drafts/") and action.count("/") == 3
