"""Administrative divisions 行政区划: region, league, banner, sumu, gacha, with their 12-digit codes.

Names are stored as published, suffixes and rare characters and all; only searching folds them.
"""

from __future__ import annotations

import csv
import functools
import io

import msgspec

import resources
from desk.words import search_keys

_SUFFIXES = ("嘎查村民委员会", "嘎查委员会", "嘎查委会", "村民委员会", "社区居委会", "嘎查村", "村委会", "嘎查", "社区")


class Division(msgspec.Struct, frozen=True):
    """One division. `level`: region, league, banner, township, village."""

    code: str
    level: str
    name: str
    parent: str


class Divisions:
    """All of them, by code."""

    def __init__(self, data: bytes) -> None:
        text = io.StringIO(data.decode("utf-8-sig"))
        self._by_code = {
            row["code"]: Division(row["code"], row["level"], row["name"], row["parent_code"])
            for row in csv.DictReader(text)
        }

    def get(self, code: str) -> Division | None:
        """The division with this code."""
        return self._by_code.get(code)

    def below(self, code: str) -> list[Division]:
        """The divisions directly below it, by code."""
        return self._below.get(code, [])

    @functools.cached_property
    def _below(self) -> dict[str, list[Division]]:
        found: dict[str, list[Division]] = {}
        for one in self._by_code.values():
            found.setdefault(one.parent, []).append(one)
        return found

    def path(self, code: str) -> tuple[Division, ...]:
        """From the league down to the division with `code`; empty when it is unknown."""
        way: list[Division] = []
        at = self._by_code.get(code)
        while at is not None and at.level != "region":
            way.append(at)
            at = self._by_code.get(at.parent)
        return tuple(reversed(way))

    def full_name(self, code: str) -> str:
        """锡林郭勒盟苏尼特左旗洪格尔苏木乌日尼勒图嘎查."""
        return "".join(one.name for one in self.path(code))

    def search(self, text: str, level: str = "", limit: int = 20) -> list[Division]:
        """Divisions in whose name every term occurs, those that begin with it first. Suffixes need not be typed."""
        terms = [_bare(term) for term in search_keys.fold(text).split()]
        if not terms:
            return []
        divisions = [
            division
            for division in self._by_code.values()
            if (not level or division.level == level) and all(term in search_keys.fold(division.name) for term in terms)
        ]
        divisions.sort(key=lambda one: (not search_keys.fold(one.name).startswith(terms[0]), len(one.name), one.code))
        return divisions[:limit]


def _bare(term: str) -> str:
    for suffix in _SUFFIXES:
        if term.endswith(suffix) and len(term) > len(suffix):
            return term.removesuffix(suffix)
    return term


@functools.cache
def load() -> Divisions:
    """The table that comes with the program (statistical division codes of 2023-06-30)."""
    return Divisions(resources.read("divisions/inner_mongolia.csv"))
