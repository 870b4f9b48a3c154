"""How a browser's hand goes from page to page."""

from __future__ import annotations

from html.parser import HTMLParser

from playwright.sync_api import Locator

# How wide the page is once its charts have followed the window, for which they have 60 frames.
SETTLED = """wide => new Promise(done => {
  let left = 60;
  const look = () => {
    const needed = document.documentElement.scrollWidth;
    if (needed <= wide || left-- === 0) done(needed); else requestAnimationFrame(look);
  };
  look();
})"""

# What lies on a sheet of paper though it serves a screen alone.
ON_PAPER = """() => [...document.querySelectorAll('nav, header form, button, .skip, input[type=submit]')]
  .filter(one => one.checkVisibility())
  .map(one => one.tagName + ' ' + (one.className || one.textContent.trim().slice(0, 20)))"""
# Makes a field of whatever kind hold words that nobody means.
HOSTILE = """one => {
  one.removeAttribute('pattern');
  if (one.tagName === 'INPUT') one.type = 'text';
  one.value = '字\\u0001<b>😀' + '9'.repeat(40);
}"""


def follow(where: Locator) -> None:
    """Clicked, and the page that comes of it is there: a click alone does not wait for it."""
    with where.page.expect_navigation():
        where.click()


class _Fields(HTMLParser):
    """Collects what the fields of a page hold; what lies in a template is none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, str] = {}
        self._select = self._area = ""
        self._templates = 0
        self._option: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._templates += tag == "template"
        if self._templates or ("name" not in told and tag != "option"):
            return
        if tag == "input" and (told.get("type") not in ("checkbox", "radio", "file") or "checked" in told):
            self.held[told["name"]] = told.get("value", "")
        elif tag == "textarea":
            self._area, self.held[told["name"]] = told["name"], ""
        elif tag == "select":
            self._select = told["name"]
        elif tag == "option" and self._select and ("selected" in told or self._select not in self.held):
            self.held[self._select] = told.get("value", "")
            self._option = "" if "value" not in told else None

    def handle_endtag(self, tag: str) -> None:
        self._templates -= tag == "template"
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "option":
            self._option = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.held[self._area] += data
        elif self._option is not None and self._select:
            self._option += data
            self.held[self._select] = self._option


def form_of(page: str) -> dict[str, str]:
    """All that the forms of a page would send, with what is chosen in it, without any button."""
    found = _Fields()
    found.feed(page)
    return found.held
