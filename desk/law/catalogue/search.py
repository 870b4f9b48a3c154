"""Finding an item at the counter: by name, pinyin, initials, theme, or the word that people have for it.

What begins so comes first. The law says 最低生活保障审核确认, the herder 低保: people's words are
data, kept by the words of the law that they stand for, so that they serve any banner's catalogue.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import msgspec

import resources
from desk.law.catalogue.item import Catalogue, Item
from desk.words import search_keys

_LEAST = 2  # characters of a word that items are looked for by


class _Everyday(msgspec.Struct, frozen=True):
    """What people say for every item that has `about` in its name."""

    about: str
    words: tuple[str, ...]


class Searcher:
    """A catalogue with its search keys worked out once."""

    def __init__(self, catalogue: Catalogue, words: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """`words`: what the banner adds to people's words, by the item's code."""
        own = words or {}
        self._keyed = [(_keys(item, own.get(item.task_code, ())), item) for item in catalogue.items]

    def search(self, text: str) -> list[Item]:
        """Items in which every term of `text` occurs; names that begin with the first term come first."""
        terms = search_keys.fold(text).split()
        if not terms:
            return [item for _, item in self._keyed]
        found = [(keys, item) for keys, item in self._keyed if all(any(t in key for key in keys) for t in terms)]
        found.sort(key=lambda pair: not any(key.startswith(terms[0]) for key in pair[0]))
        return [item for _, item in found]


def called(items: Iterable[Item], text: str, words: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Codes of the items whose name, or a word that people (`words`: the banner's own) have for it, holds `text`; of a
    single character none: too many names of people hold it."""
    if len(text) < _LEAST:
        return []
    return [
        one.task_code
        for one in items
        if any(text in name for name in (one.item_name, *everyday_words(one.item_name), *words.get(one.task_code, ())))
    ]


def named(item: Item, own: tuple[str, ...] = ()) -> tuple[str, ...]:
    """All that an item is called: its name, its theme, people's words, those of the banner's `own`."""
    return tuple(dict.fromkeys((item.item_name, item.topic, *everyday_words(item.item_name), *own)))


def everyday_words(item_name: str) -> tuple[str, ...]:
    """What people say for an item of this name."""
    return tuple(word for one in _everyday() if one.about in item_name for word in one.words)


@functools.cache
def _everyday() -> tuple[_Everyday, ...]:
    return msgspec.json.decode(resources.read("catalogue/everyday_words.json"), type=tuple[_Everyday, ...])


def _keys(item: Item, own: tuple[str, ...]) -> tuple[str, ...]:
    called = named(item, own)
    return (
        *(search_keys.fold(one) for one in called),
        *(key for one in called for key in search_keys.initials(one)),
        *(key for one in called if one != item.topic for key in search_keys.readings(one)),
        search_keys.fold(item.org_name),
    )
