"""What the static site's search knows: the items with all that they are called, and how each character sounds.

A script that a page loads and not a file that it fetches: opened from a disk or a stick, a page may fetch nothing.
Sounds are told a character and joined in the page, for the readings of 3,000 names whole would be 20 MB.
"""

from __future__ import annotations

from typing import Any

import msgspec

from desk.law.catalogue import search
from desk.publication import guide_facts
from desk.publication.listing import Listing, file_name, topic_of
from desk.words import search_keys


def script(listing: Listing) -> str:
    """The file `search-data.js`: one assignment, readable by any browser of the last fifteen years."""
    lines = [_line(listing, at) for at in range(len(listing.items))]
    known = {char for line in lines for name in (*line["called"], line["org"]) for char in search_keys.fold(name)}
    sounds = {char: list(search_keys.sounds(char)) for char in sorted(known) if _speaks(char)}
    told = msgspec.json.encode({"items": lines, "sounds": sounds}).decode()
    return f"var DAIBAN = {_safe(told)};\n"


def _line(listing: Listing, at: int) -> dict[str, Any]:
    item = listing.items[at]
    called = search.named(item, listing.words.get(item.task_code, ()))
    return {
        "file": file_name(item.task_code),
        "name": item.item_name,
        "called": [*called, *([text] if (text := listing.text(item).name) else [])],
        "code": item.task_code,
        "org": item.org_name,
        "topic": topic_of(item),
        "mode": item.proxy_mode.value,
        "by": guide_facts.summary(item),
        "sample": item.sample,
    }


def _speaks(char: str) -> bool:
    """Whether a character is typed by its sound: letters and digits are their own."""
    return char.isalnum() and not char.isascii()


def _safe(told: str) -> str:
    """JSON as a script may hold it: no end of a script, none of the two line ends that older browsers do not take."""
    return told.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
