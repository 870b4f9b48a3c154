"""The register answers whether a law may be cited on a day, and what happened to it."""

from __future__ import annotations

import datetime as dt

import pytest

from desk.law.statutes import register
from desk.law.statutes.register import Law, Register, Span, Standing

D = dt.date
KNOWN = register.known()


@pytest.mark.parametrize(
    ("law", "article", "day", "standing"),
    [
        ("行政许可法", "42", D(2026, 11, 24), Standing.SOUND),
        ("中华人民共和国行政许可法", "83", D(2026, 11, 24), Standing.SOUND),
        ("行政许可法", "84", D(2026, 11, 24), Standing.NO_ARTICLE),
        ("行政许可法", "0", D(2026, 11, 24), Standing.NO_ARTICLE),
        ("行政许可法", "42-1", D(2026, 11, 24), Standing.NO_ARTICLE),
        ("行政许可法", "42", D(2010, 1, 1), Standing.UNREAD),  # amended since
        ("行政许可法", "42", D(2004, 6, 30), Standing.OUT_OF_FORCE),
        ("社会救助暂行办法", "11", D(2026, 6, 30), Standing.SOUND),
        ("社会救助暂行办法", "11", D(2026, 7, 1), Standing.REPLACED),
        ("社会救助法", "18", D(2026, 6, 30), Standing.OUT_OF_FORCE),
        ("社会救助法", "78", D(2026, 7, 1), Standing.SOUND),
        ("社会救助法", "79", D(2026, 7, 1), Standing.NO_ARTICLE),
        ("婚姻登记条例", "22", D(2025, 5, 9), Standing.SOUND),
        ("婚姻登记条例", "8", D(2025, 5, 10), Standing.SOUND),
        ("婚姻登记条例", "7", D(2025, 5, 10), Standing.UNREAD),
        ("婚姻登记条例", "29", D(2025, 5, 10), Standing.NO_ARTICLE),
        ("婚姻法", "", D(2020, 12, 31), Standing.UNREAD),
        ("婚姻法", "", D(2021, 1, 1), Standing.OUT_OF_FORCE),
        ("环境保护法", "", D(2026, 8, 15), Standing.OUT_OF_FORCE),
        ("民发〔2021〕57号", "", D(2026, 7, 1), Standing.UNREAD),
        ("国务院令第649号", "11", D(2026, 6, 30), Standing.SOUND),
        ("某某法", "1", D(2026, 7, 1), Standing.UNKNOWN),
        ("", "30", D(2026, 7, 1), Standing.UNKNOWN),
    ],
)
def test_how_a_citation_stands(law: str, article: str, day: dt.date, standing: Standing) -> None:
    judged = KNOWN.judge(law, article, day)
    assert (judged.standing, bool(judged.words)) == (standing, standing is not Standing.SOUND)


def test_articles_put_between() -> None:
    law = Law("甲法", "中华人民共和国甲法", spans=(Span(D(2020, 1, 1), 30, D(2019, 1, 1), between=("21-1",)),))
    mine = Register([law])
    assert [mine.judge("甲法", one, D(2021, 1, 1)).standing for one in ("21", "21-1", "21-2")] == [
        Standing.SOUND,
        Standing.SOUND,
        Standing.NO_ARTICLE,
    ]


def test_what_is_said_for_a_person() -> None:
    assert KNOWN.judge("社会救助法", "18", D(2026, 6, 30)).words == (
        "《社会救助法》在 2026-06-30 没有施行，2026-07-01 起施行"
    )
    assert "由《社会救助法》接替" in KNOWN.judge("社会救助暂行办法", "11", D(2026, 7, 1)).words
    assert "改用《民法典》" in KNOWN.judge("婚姻法", "", D(2026, 7, 1)).words


def test_what_happened_to_a_law() -> None:
    (move,) = KNOWN.moves("社会救助暂行办法", D(2026, 1, 1), D(2026, 11, 24))
    assert (move.on, "社会救助法" in move.words) == (D(2026, 7, 1), True)
    assert KNOWN.moves("社会救助暂行办法", D(2026, 7, 1), D(2026, 11, 24)) == []  # not after the version began
    assert KNOWN.moves("社会救助暂行办法", D(2026, 1, 1), D(2026, 6, 30)) == []
    assert [one.on for one in KNOWN.moves("婚姻登记条例", D(2024, 1, 1), D(2026, 1, 1))] == [D(2025, 5, 10)]
    assert [one.on for one in KNOWN.moves("网络安全法", D(2024, 1, 1), D(2026, 1, 1))] == [D(2025, 10, 28)]
    assert KNOWN.moves("某某法", D(2024, 1, 1), D(2026, 1, 1)) == []


def test_the_register_holds_facts_and_no_text() -> None:
    assert len([one for one in KNOWN.laws if one.spans]) >= 149
    assert len({one.name for one in KNOWN.laws}) == len(KNOWN.laws)
    assert all(len(one.note) < 60 and "第一条" not in one.note for one in KNOWN.laws)
    for law in KNOWN.laws:
        for before, after in zip(law.spans, law.spans[1:], strict=False):
            assert before.ends is not None
            assert before.ends < after.begins
        assert not law.replaced_by or KNOWN.find(law.replaced_by), law.name
