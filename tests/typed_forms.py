"""A person in a browser who types into every form of a page and is interrupted: the way back, another tab, a session
that ended. What was typed has to stand there again."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec
from browsing import follow
from conftest import PASSWORD, Served
from playwright.sync_api import Page

from db.centre import people
from db.centre.forms import form_rows
from desk.centre.run import kept

_APART = "打开没存的内容"  # how an item's draft gives back: it brings two people's words together itself
_LOOKS = 20  # times that a page is looked at until the words have come
_FORMS = """[...document.querySelectorAll('main form[method=post]')].filter(
  one => one.elements.csrf && !one.querySelector('[type=password]') && !one.closest('.kept')).slice(0, MOST)""".replace(
    "MOST",
    str(form_rows.MOST),  # no account has more kept at once
)
# Every control filled as a hand could; a form without any is none that is typed into.
_FILL = """() => {
  const chosen = new Set();
  FORMS.forEach((form, at) => [...form.elements].forEach((one, place) => {
    if (!one.name || ['hidden', 'file', 'submit', 'button'].includes(one.type) || one.tagName === 'BUTTON') return;
    if (one.type === 'checkbox') one.checked = true;
    else if (one.type === 'radio') one.checked = !chosen.has(at + one.name);
    else if (one.tagName === 'SELECT') one.selectedIndex = one.options.length - 1;
    else one.value = {date: '2026-12-24', month: '2026-12', number: '3'}[one.type]
      || `字 <${at}.${place}> &"` + (one.tagName === 'TEXTAREA' ? '\\n第二行' : '');
    chosen.add(at + one.name);
    one.dispatchEvent(new Event('input', {bubbles: true}));
  }));
}""".replace("FORMS", _FORMS)
_HELD = """own => FORMS.map(form => [form.getAttribute('action'), [...new FormData(form)].filter(
  ([name, value]) => typeof value === 'string' && value.trim() && !own.includes(name))])""".replace("FORMS", _FORMS)
_SENT = "at => FORMS[at].submit()".replace("FORMS", _FORMS)


class Held(msgspec.Struct):
    """What a form of a page holds: its place among them, its path, its fields."""

    at: int
    action: str
    fields: list[tuple[str, str]]


def survives(page: Page, served: Served, account: str, path: str) -> list[str]:
    """What was lost of the words typed into the forms of `path` by the way back, in another tab, and by a session that
    ended; `page` is one of this account's browser."""
    page.goto(path)
    path = urlsplit(page.url)._replace(scheme="", netloc="").geturl()  # it may lead on
    page.evaluate(_FILL)
    words = _words(page)
    if not words:
        return []
    page.goto("/answers")
    page.go_back()
    wrong = _not_there(page, words, f"{path}: back")
    other = page.context.new_page()
    other.goto(path)
    wrong += _not_there(other, words, f"{path}: another tab")
    other.close()
    wrong += _after_login(page, served, account, path)
    for one in kept.of(served.centre, account):
        kept.drop(served.centre, account, one.action, one.which)
    return wrong


def _not_there(page: Page, words: list[Held], what: str) -> list[str]:
    """What is lost: the words go along while a page is left, and may come a moment after the next one."""
    for _ in range(_LOOKS):
        if not (lost := _lost(page, words, what)):
            break
        page.reload()
    return lost


def _words(page: Page) -> list[Held]:
    found = page.evaluate(_HELD, sorted(kept.OWN | {"shown"}))
    held = (
        Held(at, urlsplit(action).path, sorted((name, value) for name, value in fields))
        for at, (action, fields) in enumerate(found)
    )
    return [one for one in held if one.fields and kept.is_kept(one.action)]


def _lost(page: Page, words: list[Held], what: str) -> list[str]:
    there = [] if _APART in page.content() else [(one.action, one.fields) for one in _words(page)]
    return [f"{what}: {one.action}" for one in words if there and (one.action, one.fields) not in there]


def _after_login(page: Page, served: Served, account: str, path: str) -> list[str]:
    """The first form is sent when nobody is logged in any more."""
    page.goto(path)
    page.evaluate(_FILL)
    sent = _words(page)[0]
    with served.centre.database.touch() as db:
        people.end_sessions(db, account, served.centre.now())
    with page.expect_navigation():
        page.evaluate(_SENT, sent.at)
    page.fill("#account", account)
    page.fill("#password", PASSWORD)
    follow(page.locator("button.main"))
    lost = _lost(page, [sent], f"{path}: a session that ended")
    return lost if urlsplit(page.url).path == urlsplit(path).path else [f"{path}: led to {page.url}"]
