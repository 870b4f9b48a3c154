"""The pages of a handbook, out of resources/handbook: in the order of their numbers, found by what is in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import resources
from desk.words import search_keys

PICTURES = "pictures"
_NAME = re.compile(r"[0-9]{2}-([a-z-]+)\.md")
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)]+)\)")


class HelpPage(NamedTuple):
    """`key` as links name it, mostly the window's page that it tells of; `text` Markdown."""

    key: str
    title: str
    text: str

    def pictures(self) -> list[str]:
        """Files in the folder of pictures."""
        return [to for mark, _words, to in _LINK.findall(self.text) if mark]

    def links(self) -> list[str]:
        """Keys of other pages."""
        return [to.removesuffix(".md") for mark, _words, to in _LINK.findall(self.text) if not mark]

    def has(self, text: str) -> bool:
        """Whether each word of `text` stands in it, however it is written: characters, pinyin or initials of the
        title."""
        folded = search_keys.fold(self.text)
        sounds = [*search_keys.readings(self.title), *search_keys.initials(self.title)]
        return all(
            one in folded or any(sound.startswith(one) for sound in sounds) for one in search_keys.fold(text).split()
        )


def folder() -> Path:
    """Where handbooks lie."""
    return Path(resources.__file__).parent / "handbook"


def pages(book: str = "counter") -> tuple[HelpPage, ...]:
    """All pages of a handbook: `counter` or `centre`."""
    found = []
    for path in sorted((folder() / book).glob("*.md")):
        name = _NAME.fullmatch(path.name)
        if name:
            text = path.read_text("utf-8")
            found.append(HelpPage(name[1], text.partition("\n")[0].removeprefix("# "), text))
    return tuple(found)
