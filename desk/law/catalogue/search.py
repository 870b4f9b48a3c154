"""Finding an item at the counter: by name, pinyin, initials or theme; what begins so comes first."""

from __future__ import annotations

from desk.law.catalogue.item import Catalogue, Item
from desk.words import search_keys


class Searcher:
    """A catalogue with its search keys worked out once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._keyed = [(_keys(item), item) for item in catalogue.items]

    def search(self, text: str) -> list[Item]:
        """Items in which every term of `text` occurs; names that begin with the first term come first."""
        terms = search_keys.fold(text).split()
        if not terms:
            return [item for _, item in self._keyed]
        found = [(keys, item) for keys, item in self._keyed if all(any(t in key for key in keys) for t in terms)]
        found.sort(key=lambda pair: not any(key.startswith(terms[0]) for key in pair[0]))
        return [item for _, item in found]


def _keys(item: Item) -> tuple[str, ...]:
    return (
        search_keys.fold(item.item_name),
        *search_keys.initials(item.item_name),
        *search_keys.readings(item.item_name),
        search_keys.fold(item.topic),
        *search_keys.initials(item.topic),
        search_keys.fold(item.org_name),
    )
