"""What the static site's search knows: the items with all that they are called, and how each character sounds.

A script that a page loads and not a file that it fetches: opened from a disk or a stick, a page may fetch nothing.
Sounds are told a character and joined in the page, for the readings of 3,000 names whole would be 20 MB.
"""

from __future__ import annotations

from typing import Any

import msgspec

from desk.law.catalogue import search
from desk.law.catalogue.item import Item
from desk.publication import guide_facts
from desk.publication.listing import Listing, file_name, topic_of
from desk.words import search_keys


def script(listing: Listing) -> str:
    """The file `search-data.js`: one assignment, readable by any browser of the last fifteen years. The items stand
    in the order of the catalogue, which a search at the counter keeps."""
    order = {code: at for at, code in enumerate(listing.exercised)}
    every = sorted(listing.items, key=lambda one: order.get(one.task_code, len(order)))
    lines = [_line(listing, one) for one in every]
    known = {char for line in lines for name in line["called"] for char in name}
    sounds = {char: list(search_keys.sounds(char)) for char in sorted(known) if _speaks(char)}
    told = msgspec.json.encode({"items": lines, "sounds": sounds, "variants": search_keys.VARIANTS}).decode()
    return f"var DAIBAN = {_safe(told)};\n"


def _line(listing: Listing, item: Item) -> dict[str, Any]:
    """An item; what it is called is folded, `theme` is the place of its theme among that, found by initials alone."""
    called = search.named(item, listing.words.get(item.task_code, ()))
    mongolian = listing.text(item).name
    return {
        "file": file_name(item.task_code),
        "name": item.item_name,
        "called": [search_keys.fold(one) for one in (*called, *((mongolian,) if mongolian else ()))],
        "theme": called.index(item.topic),
        "code": item.task_code,
        "org": item.org_name,
        "handled": search_keys.fold(item.org_name),
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
