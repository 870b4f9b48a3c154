"""How a browser's hand goes from page to page."""

from __future__ import annotations

from playwright.sync_api import Locator


def follow(where: Locator) -> None:
    """Clicked, and the page that comes of it is there: a click alone does not wait for it."""
    with where.page.expect_navigation():
        where.click()
