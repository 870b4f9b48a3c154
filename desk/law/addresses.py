"""Which division an address lies in, as far as its words say so. What they leave open is not guessed."""

from __future__ import annotations

import functools
import re

from desk.law import divisions, id_numbers

_HOME = "15"  # the region of which all divisions are known here
_BANNER = 6  # digits of its code
_LARGE = re.compile(r"[省盟市县旗]|(?<!社)区")
_OFFICE = re.compile(r"(?<=嘎查).+$|(?:(?<=村)民|居民|居)?委(?:员)?会$")
_SHORTEST = 3  # letters of a name that can be told from other words
_OTHERS = {code: name for code, name in id_numbers.PROVINCES.items() if code != _HOME}


@functools.lru_cache(maxsize=256)  # the same few are asked for while a page is typed
def division_of(address: str, near: str = "") -> str:
    """The code of the division that `address` names: a banner of the region, else a province. An address that names
    nothing larger than a sumu is read by the divisions of the banner of `near` (a code), where it was written down.
    "" where it names none, or several."""
    words = "".join(address.split())
    abroad = [code for code, name in _OTHERS.items() if words.startswith(name)]
    if abroad:
        return abroad[0]
    banners = [code for code, name in _banners() if name in words]
    if banners:
        return banners[0] if len(banners) == 1 else ""
    here = near[:_BANNER]
    if len(here) < _BANNER or _LARGE.search(words):
        return ""
    return here if any(name in words for name in _names_within(here)) else ""


@functools.cache
def _banners() -> tuple[tuple[str, str], ...]:
    """Code and name of every banner of the region."""
    return tuple((one.code, one.name) for one in divisions.load().of_level("banner"))


@functools.lru_cache(maxsize=4)  # of a counter's own banner, and of one where a roll comes from
def _names_within(banner: str) -> tuple[str, ...]:
    """What addresses call the townships and villages of the banner with this code. Picking them out of all 15,000
    takes 20 ms, and each line of a roll asks."""
    table = divisions.load()
    return tuple(_as_written(one.name) for level in ("township", "village") for one in table.of_level(level, banner))


def _as_written(name: str) -> str:
    """A village as addresses call it: without its committee."""
    shorter = _OFFICE.sub("", name)
    return shorter if len(shorter) >= _SHORTEST else name


def is_within(code: str, where: str) -> bool | None:
    """Whether the division `code` lies in `where`; None where `code` is only known too roughly to tell."""
    if code.startswith(where):
        return True
    return None if where.startswith(code) else False
