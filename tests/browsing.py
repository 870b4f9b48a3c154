"""How a browser's hand goes from page to page."""

from __future__ import annotations

import html
import re

from playwright.sync_api import Locator


def follow(where: Locator) -> None:
    """Clicked, and the page that comes of it is there: a click alone does not wait for it."""
    with where.page.expect_navigation():
        where.click()


def form_of(page: str) -> dict[str, str]:
    """All that a form would send, with what is chosen in it."""
    chosen = {}
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]+)">(.*?)</select>', page, re.DOTALL):
        said = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        first = re.search(r'<option value="([^"]*)"', options)
        chosen[name] = (said[1] if said[1] is not None else said[2]) if said else first[1] if first else ""
    fields = {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(r'name="([^"]+)" [^>]*?value="([^"]*)"', page)
    }
    return {name: value for name, value in fields.items() if name != "whole"} | chosen
