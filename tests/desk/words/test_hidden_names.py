"""Names on a board: hidden, and neighbours apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from desk.words.hidden_names import apart

NAMES = some.lists(some.text("阿拉坦其格木尔巴雅", min_size=1, max_size=7), unique=True, max_size=30)


def test_two_that_looked_alike_are_told_apart() -> None:
    assert apart(["阿拉坦其其格", "阿木尔其格"]) == ("阿****格", "阿***格")
    assert apart(["阿拉坦其格", "阿木尔其格"]) == ("阿拉**格", "阿木**格")
    assert apart(["巴图", "巴雅"]) == ("*图", "*雅")
    assert apart(["", "苏", "巴图"]) == ("*", "苏*", "巴*")


def test_the_same_name_stays_the_same() -> None:
    assert apart(["巴特尔", "巴特尔"]) == ("巴*尔", "巴*尔")


@given(NAMES)
def test_something_is_always_hidden_and_long_names_are_apart(names: list[str]) -> None:
    shown = apart(names)
    assert all("*" in one for one in shown)
    assert all(one != name for one, name in zip(shown, names, strict=True))
    long = [one for one, name in zip(shown, names, strict=True) if len(name) > 3]
    same = {one for one in long if long.count(one) > 1}
    # What differs in the hidden place alone cannot be told apart.
    assert all(sum(one == hidden for one in long) < 10 for hidden in same)
