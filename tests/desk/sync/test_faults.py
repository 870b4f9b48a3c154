"""A bad link: cut after any byte of a real session, dripping, spoiled. Nothing lost, nothing twice, no bug told."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest
from conftest import Served, full_draft, sync
from proxy import Proxy

from desk.app.open_desk import Desk
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome

STEP = 1 if os.environ.get("DAIBAN_EVERY_BYTE") else 41  # every byte takes minutes: asked for by hand
TROUBLE = {Outcome.OFFLINE, Outcome.NOT_CENTRE, Outcome.DONE, Outcome.REFUSED, Outcome.BUSY}


@pytest.fixture
def proxy(desk: Desk, served: Served) -> Iterator[Proxy]:
    made = Proxy(served.address)
    desk.set_centre_address(made.address)
    yield made
    made.close()


def assert_equal(desk: Desk, served: Served) -> None:
    """At quiet: the same log on both sides, the same cases, nothing acknowledged that is missing."""
    assert served.centre.verify()[desk.identity.node] == desk.store.verify(desk.identity.node)
    rows = desk.cases(CaseQuery(), 0, 10_000)
    assert all(row.at_centre and row.case_no for row in rows)
    assert len({row.case_no for row in rows}) == len(rows) == desk.count_cases(CaseQuery())


def test_cut_after_any_byte_of_a_session(desk: Desk, served: Served, proxy: Proxy) -> None:
    desk.register(full_draft(desk, 0))
    proxy.begin()
    assert sync(desk).outcome is Outcome.DONE
    whole = proxy.passed
    assert whole > 1000
    for at, cut in enumerate(range(0, whole + STEP, STEP), 1):
        desk.register(full_draft(desk, at))
        proxy.begin(cut)
        result = sync(desk)
        assert result.outcome in TROUBLE, (cut, result)
        if result.outcome is not Outcome.DONE:
            assert "没有丢失" in result.kept
            have = served.centre.verify()[desk.identity.node]
            assert have >= desk.store.verify(desk.identity.node) - desk.sync_status().waiting
        proxy.begin()
        assert sync(desk).outcome is Outcome.DONE, cut
        assert desk.sync_status().waiting == 0
    assert_equal(desk, served)


def test_a_line_that_drips_still_carries(desk: Desk, served: Served, proxy: Proxy) -> None:
    for at in range(3):
        desk.register(full_draft(desk, at))
    proxy.piece, proxy.pause = 97, 0.002
    assert sync(desk).outcome is Outcome.DONE
    assert_equal(desk, served)


@pytest.mark.parametrize("seed", range(8))
def test_answers_spoiled_on_the_way_are_not_believed(desk: Desk, served: Served, proxy: Proxy, seed: int) -> None:
    pick = random.Random(seed)  # noqa: S311 - a die, not a secret

    def spoil(data: bytes) -> bytes:
        at = pick.randrange(len(data))
        match seed % 4:
            case 0:
                return data[:at] + bytes([data[at] ^ (1 << pick.randrange(8))]) + data[at + 1 :]
            case 1:
                return data[:at]
            case 2:
                return data + data
            case _:
                return data[:at] + b"\0" * 8 + data[at:]

    desk.register(full_draft(desk))
    proxy.spoil = spoil
    assert sync(desk).outcome in TROUBLE
    proxy.spoil = bytes
    assert sync(desk).outcome is Outcome.DONE
    assert_equal(desk, served)
