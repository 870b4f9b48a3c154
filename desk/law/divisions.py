"""Administrative divisions 行政区划: region, league, banner, sumu, gacha, with codes of 2, 4, 6, 9 and 12 digits.

A code begins with the code of what it lies in. Names are stored as published, suffixes and rare characters and all;
only searching folds them.
"""

from __future__ import annotations

import csv
import functools
import io

import msgspec

import resources
from desk.law.places import Places, short_code


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
        """The division with this code; above a village also where zeros make it twelve digits."""
        return self._by_code.get(short_code(code))

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
        at = self.get(code)
        while at is not None and at.level != "region":
            way.append(at)
            at = self._by_code.get(at.parent)
        return tuple(reversed(way))

    def full_name(self, code: str) -> str:
        """锡林郭勒盟苏尼特左旗洪格尔苏木乌日尼勒图嘎查."""
        return "".join(one.name for one in self.path(code))

    def of_level(self, level: str, below: str = "") -> list[Division]:
        """All of a level; only those whose code begins with `below`."""
        return [one for one in self._by_code.values() if one.level == level and one.code.startswith(below)]

    def search(self, text: str, level: str = "", limit: int = 20) -> list[Division]:
        """Divisions by characters, pinyin, initials or code, the best first. Each term fits the division itself or
        what it lies in; with a `level`, those below a division that fits come last. Other spellings are offered too.
        """
        return [self._by_code[code] for code in self._places.find(text, level, limit)]

    @functools.cached_property
    def _places(self) -> Places:
        """Made when somebody searches for the first time: a tenth of a second."""
        return Places((one.code, one.level, one.name) for one in self._by_code.values())


@functools.cache
def load() -> Divisions:
    """The table that comes with the program (statistical division codes of 2023-06-30)."""
    return Divisions(resources.read("divisions/inner_mongolia.csv"))
