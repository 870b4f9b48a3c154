"""Every law that the program cites exists, has that article, and is in force on the day that is spoken of.

Of items: the days of their version. Of papers, pages and comments: today. What was not read is named here, one by one.
"""

from __future__ import annotations

import datetime as dt
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

from desk import clock
from desk.law.catalogue import basis, load
from desk.law.statutes import register
from desk.law.statutes.citing import Citation, citations
from desk.law.statutes.register import FALSE, Standing

ROOT = Path(__file__).parent.parent
KNOWN = register.known()
TODAY = clock.now().date()
TEMPLATES = sorted((ROOT / "desk/centre/templates").rglob("*.html"))


def words(path: Path) -> Iterator[tuple[int, str]]:
    """Strings and comments of a program file, or a page as a whole, with the line that they begin in."""
    if path.suffix != ".py":
        yield 1, path.read_text("utf-8")
        return
    for token in tokenize.tokenize(io.BytesIO(path.read_bytes()).readline):
        if token.type in (tokenize.STRING, tokenize.COMMENT):
            yield token.start[0], token.string


def cited(path: Path) -> Iterator[tuple[int, Citation]]:
    law = ""
    for line, text in words(path):
        for one in citations(text, KNOWN, law):
            law = one.law
            yield line, one


def wrong(path: Path, day: dt.date) -> list[str]:
    found = []
    for line, one in cited(path):
        judged = KNOWN.judge(one.law, one.article, day)
        if judged.standing is not Standing.SOUND:
            found.append(f"{path.relative_to(ROOT)}:{line} {one.law}§{one.article}: {judged.words}")
    return found


FILES = [*sorted((ROOT / "desk").rglob("*.py")), *sorted((ROOT / "ui").rglob("*.py")), *TEMPLATES]


def test_every_citation_of_program_and_pages_holds_today() -> None:
    assert [line for path in FILES for line in wrong(path, TODAY)] == []
    assert sum(1 for path in FILES for _ in cited(path)) > 100  # it is not that nothing is looked at


def test_the_sample_cites_nothing_that_is_not_so() -> None:
    found = basis.findings(load.seed(), KNOWN, TODAY)
    assert [one.words() for one in found if one.judged.standing in (*FALSE, Standing.REPLACED)] == []
    unread = {one.cited.law for one in found}
    assert unread == {
        "民发〔2021〕57号",
        "国发〔2014〕8号",
        "内残联发〔2017〕58号",
        "内农牧机〔2025〕199号",
        "内政办发〔2015〕146号",
        "2024—2026 年农机购置与应用补贴实施方案",
        "地方规定（示例）",
        "地名管理条例",
    }
