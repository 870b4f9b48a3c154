"""Each of the villages that come with the program can be chosen, by everything that people may type of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from desk.law import divisions, places
from desk.words import search_keys

FIRST = 20  # answers, as many as the first start shows


def sounds(name: str) -> str:
    return search_keys.sort_key(name)


def letters(name: str) -> str:
    return "".join(search_keys.sounds(char)[0][0] for char in search_keys.fold(name) if char.isalnum())


Form = Callable[[str, str, str, str], str]
EVERY: dict[str, Form] = {
    "as the field says": lambda banner, town, name, code: f"{town} {name}",
    "code": lambda banner, town, name, code: code,
    "name and banner": lambda banner, town, name, code: f"{name} {banner}",
    "pinyin": lambda banner, town, name, code: f"{sounds(banner)} {sounds(name)}",
    "initials and banner": lambda banner, town, name, code: f"{letters(name)} {banner}",
}
SOME: dict[str, Form] = {
    "path without spaces": lambda banner, town, name, code: banner + town + name,
    "pinyin of the township": lambda banner, town, name, code: sounds(town + name),
    "initials all over": lambda banner, town, name, code: f"{letters(town)} {letters(name)}",
}


def test_codes_begin_with_the_code_of_what_they_lie_in() -> None:
    table = divisions.load()
    assert all(one.code.startswith(one.parent) for one in table._by_code.values())
    assert Counter(one.level for one in table._by_code.values())["village"] == 14_592


def lost(form: Form, step: int) -> list[tuple[str, str]]:
    """What was asked for a village that is not among the first answers, and which."""
    table = divisions.load()
    villages = [one for one in table._by_code.values() if one.level == "village"]
    found = []
    for village in sorted(villages, key=lambda one: one.name)[::step]:  # the same asked twice in a row costs nothing
        _league, banner, town, _village = table.path(village.code)
        asked = form(banner.name, places.bare(town.name, "township"), places.bare(village.name), village.code)
        if village not in table.search(asked, "village", FIRST):
            found.append((asked, table.full_name(village.code)))
    return found


@pytest.mark.parametrize("form", EVERY)
def test_every_village_can_be_found(form: str) -> None:
    assert lost(EVERY[form], 1) == []


@pytest.mark.parametrize("form", SOME)
def test_and_in_other_ways(form: str) -> None:
    assert lost(SOME[form], 25) == []


def test_every_village_can_be_chosen_at_the_first_start_by_its_other_spelling() -> None:
    table, other = divisions.load(), str.maketrans("音彦力拉呼胡", "彦音拉力胡呼")
    lost, asked = [], 0
    for village in (one for one in table._by_code.values() if one.level == "village"):
        name, town = places.bare(village.name), places.bare(table.path(village.code)[2].name, "township")
        if (spelt := name.translate(other)) != name:
            asked += 1
            lost += [] if village in table.counters(f"{town} {spelt}", FIRST) else [(spelt, village.code)]
    assert asked > 500
    assert lost == []
