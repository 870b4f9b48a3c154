"""What items cite is judged by the days of their version; whose law moved is told with what to read again."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.law.catalogue import basis, load
from desk.law.catalogue.basis import Cited
from desk.law.catalogue.item import Fee, Item, LegalBasis, Limit, Regime, Unit
from desk.law.statutes import register

SEED = load.seed()
KNOWN = register.known()
D = dt.date
TODAY = D(2026, 11, 24)
OLD = LegalBasis("社会救助暂行办法", "§9、§11")
PLAIN = msgspec.structs.replace(
    SEED.items[0], version=1, effective_from=D(2026, 1, 1), effective_to=None, regime="x", legal_basis=(OLD,),
    proxy_note="可委托嘎查（社会救助暂行办法§11）。", remedy="", holds=(), sample_note="示例", statutory_limit=None,
)  # fmt: skip


def item(**facts: object) -> Item:
    return msgspec.structs.replace(PLAIN, **facts)


def findings(one: Item, day: dt.date = TODAY) -> list[str]:
    only = msgspec.structs.replace(SEED, items=(one,), regimes=())
    return [finding.words() for finding in basis.findings(only, KNOWN, day)]


def test_every_field_is_looked_at() -> None:
    fees = (Fee("工本费", "5 元", "草原法§39"),)
    assert basis.cited(item(fees=fees), KNOWN) == (
        Cited("legal_basis", "社会救助暂行办法", "9"),
        Cited("legal_basis", "社会救助暂行办法", "11"),
        Cited("fees", "草原法", "39"),
        Cited("proxy_note", "社会救助暂行办法", "11"),
    )


def test_a_basis_without_an_article_counts() -> None:
    assert basis.cited(item(legal_basis=(LegalBasis("民法典"),), proxy_note=""), KNOWN) == (
        Cited("legal_basis", "民法典"),
    )


def test_a_version_is_judged_by_its_own_days() -> None:
    assert findings(item(effective_to=D(2026, 6, 30))) == []
    assert len(findings(item())) == 3
    assert findings(item(), D(2026, 6, 30)) == []
    waits = item(effective_from=D(2026, 7, 1), legal_basis=(LegalBasis("社会救助法", "§18"),), proxy_note="")
    assert findings(waits, D(2026, 6, 1)) == []  # the law comes into force with it
    early = msgspec.structs.replace(waits, effective_from=D(2026, 6, 1))
    (told,) = findings(early, D(2026, 6, 1))
    assert "2026-07-01 起施行" in told


def test_what_must_not_be_published() -> None:
    only = msgspec.structs.replace(SEED, items=(item(legal_basis=(LegalBasis("草原法", "§175"),)),), regimes=())
    false = [one for one in basis.findings(only, KNOWN, TODAY) if one.is_false]
    assert [one.cited.words() for one in false] == ["草原法§175"]
    assert "没有第 175 条，共 75 条" in false[0].words()


def test_the_items_whose_law_moved_and_what_is_to_be_read_again() -> None:
    (moved,) = basis.moved([item()], (), KNOWN, TODAY)
    assert (moved.code, moved.since) == (PLAIN.task_code, D(2026, 1, 1))
    assert [(one.on, "社会救助法" in one.words) for one in moved.moves] == [(D(2026, 7, 1), True)]
    assert [one.words() for one in moved.again] == ["社会救助暂行办法§9", "社会救助暂行办法§11", "社会救助暂行办法§11"]
    assert basis.moved([item()], (), KNOWN, D(2026, 6, 30)) == []
    assert basis.moved([item(effective_to=D(2026, 6, 30))], (), KNOWN, TODAY) == []
    assert basis.moved([item(effective_from=D(2026, 7, 1))], (), KNOWN, TODAY) == []  # it was read anew since


def test_legal_clocks_whose_law_cannot_be_cited_any_more() -> None:
    old = Regime("old", "社会救助", "社会救助暂行办法§11", Limit(30, Unit.WORKDAY))
    (moved,) = basis.moved((), (old, *SEED.regimes), KNOWN, TODAY)
    assert (moved.name, moved.code, [one.on for one in moved.moves]) == ("社会救助", "old", [D(2026, 7, 1)])
    gone = msgspec.structs.replace(old, basis="草原法§175")
    (moved,) = basis.moved((), (gone,), KNOWN, TODAY)
    assert [one.words() for one in moved.again] == ["草原法§175"]


def test_nothing_of_the_sample_waits_to_be_read_again() -> None:
    assert basis.moved(SEED.items, SEED.regimes, KNOWN, TODAY) == []


def test_a_basis_of_the_sample_that_nobody_could_read_is_marked() -> None:
    unread, read = LegalBasis("民发〔2021〕57号"), LegalBasis("社会救助暂行办法", "§9")
    assert basis.unread(item(), unread, KNOWN) == "（示例：原文没有核对）"
    assert basis.unread(item(), LegalBasis("婚姻登记条例", "§7"), KNOWN) != ""
    assert basis.unread(item(), read, KNOWN) == ""
    assert basis.unread(item(sample=False), unread, KNOWN) == ""  # a banner answers for its own list


def test_every_citation_of_the_sample_was_read_or_is_marked() -> None:
    for one in (*SEED.items, *SEED.regimes):
        day = basis.spoken_of(one, TODAY) if isinstance(one, Item) else TODAY
        for cited in basis.cited(one, KNOWN):
            if KNOWN.judge(cited.law, cited.article, day).standing is register.Standing.SOUND:
                assert (cited.law, cited.article) in register.readings(), cited.words()
