"""Citations are found as items, papers, pages and comments write them."""

from __future__ import annotations

import pytest

from desk.law.statutes import register
from desk.law.statutes.citing import Citation, citations, last_named

KNOWN = register.known()


def found(text: str, before: str = "") -> list[str]:
    return [f"{one.law} {one.article}" for one in citations(text, KNOWN, before)]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("依据行政许可法§42作出", ["行政许可法 42"]),
        ("行政许可法§32(四)、§38，民法典第二百零一条", ["行政许可法 32", "行政许可法 38", "民法典 201"]),
        ("《中华人民共和国行政许可法》第三十二条第一款第四项", ["行政许可法 32"]),
        ("社会保险经办条例（2023）§18", ["社会保险经办条例 18"]),
        ("政府信息公开条例2019 §29", ["政府信息公开条例 29"]),
        ("社会救助法§43—§45", ["社会救助法 43", "社会救助法 44", "社会救助法 45"]),
        ("社会救助法§9–11", ["社会救助法 9", "社会救助法 10", "社会救助法 11"]),
        ("（行政复议法第二十条）；本法第二十三条", ["行政复议法 20", "行政复议法 23"]),
        ("甲乙条例第二十一条之一", ["甲乙条例 21-1"]),
        ("复议法§23", ["行政复议法 23"]),
        ("GB 11643-1999 §5, ISO 32000-1 §9.10.3", []),
        ("答复期限（§33）", [" 33"]),
        ("没有引用，第 3 条办件，条例很多", []),
    ],
)
def test_what_is_cited(text: str, cited: list[str]) -> None:
    assert found(text) == cited


def test_a_mark_alone_goes_on_with_the_law_named_last() -> None:
    assert found("延长（§42）", "行政许可法") == ["行政许可法 42"]
    assert found("条例§33", "政府信息公开条例") == ["政府信息公开条例 33"]
    assert last_named("行政许可法§42，民法典§201", KNOWN) == "民法典"
    assert last_named("没有", KNOWN, "行政许可法") == "行政许可法"
    assert citations("", KNOWN) == []
    assert Citation("行政许可法").article == ""
