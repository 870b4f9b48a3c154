"""What is typed finds the same names as if every reading of every name were written out and looked through."""

from __future__ import annotations

import pytest

from desk.law.catalogue.load import seed
from desk.words import search_keys
from desk.words.name_index import By, NameIndex

NAMES = [(search_keys.fold(one.item_name), By.SOUNDS) for one in seed().items[:60]]
NAMES += [
    ("社会救助", By.LETTERS),
    ("苏尼特左旗民政局", By.WRITTEN),
    ("80岁", By.SOUNDS),
    ("（）", By.SOUNDS),
    ("", By.SOUNDS),
]
TYPED = (
    "d", "db", "dibao", "ibao", "n", "ng", "zhuxiao", "xiao", "zx", "shz", "sh", "shehui", "80s", "80", "民政", "登记",
    "a", "zuidishenghuo", "chongdu", "zhongdu", "没有这样的", "(", "mzj",
)  # fmt: skip


def written_out(name: str, by: By, term: str) -> tuple[bool, bool]:
    """Whether the name has the term, and begins so, with all its readings before one."""
    keys = [name]
    keys += search_keys.initials(name) if by else ()
    keys += search_keys.readings(name) if by is By.SOUNDS else ()
    return any(term in key for key in keys), any(key.startswith(term) for key in keys)


@pytest.mark.parametrize("term", TYPED)
def test_a_term_finds_what_all_readings_written_out_would(term: str) -> None:
    expected = {at: begins for at, one in enumerate(NAMES) for has, begins in [written_out(*one, term)] if has}
    assert NameIndex(NAMES).find(term) == expected


def test_there_may_be_no_name_at_all() -> None:
    assert NameIndex([]).find("a") == {}
