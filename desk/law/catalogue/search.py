"""Finding an item at the counter: by name, pinyin, initials, theme, or the word that people have for it.

What begins so comes first. The law says 最低生活保障审核确认, the herder 低保: people's words are
data, kept by the words of the law that they stand for, so that they serve any banner's catalogue.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

import msgspec

import resources
from desk.law.catalogue.item import Catalogue, Item
from desk.words import search_keys
from desk.words.name_index import By, NameIndex

_LEAST = 2  # characters of a word that items are looked for by


class _Everyday(msgspec.Struct, frozen=True):
    """What people say for every item that has `about` in its name."""

    about: str
    words: tuple[str, ...]


class Searcher:
    """A catalogue with all that its items are called laid out once for finding."""

    def __init__(self, catalogue: Catalogue, words: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """`words`: what the banner adds to people's words, by the item's code."""
        own = words or {}
        self._items = catalogue.items
        owners: dict[tuple[str, By], list[int]] = {}
        for at, item in enumerate(self._items):
            for name in _found_by(item, own.get(item.task_code, ())):
                owners.setdefault(name, []).append(at)
        self._owners, self._index = list(owners.values()), NameIndex(list(owners))

    def search(self, text: str) -> list[Item]:
        """Items in which every term of `text` occurs; names that begin with the first term come first."""
        terms = search_keys.fold(text).split()
        if not terms:
            return list(self._items)
        first, *others = map(self._having, terms)
        found = [at for at in first if all(at in one for one in others)]
        return [self._items[at] for at in sorted(found, key=lambda at: (not first[at], at))]

    def _having(self, term: str) -> dict[int, bool]:
        """Items that are called so, and whether something that they are called begins so."""
        found: dict[int, bool] = {}
        for name, begins in self._index.find(term).items():
            for at in self._owners[name]:
                found[at] = begins or found.get(at, False)
        return found


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


def _found_by(item: Item, own: tuple[str, ...]) -> Iterator[tuple[str, By]]:
    for one in named(item, own):
        yield search_keys.fold(one), By.LETTERS if one == item.topic else By.SOUNDS
    yield search_keys.fold(item.org_name), By.WRITTEN
