"""What somebody with a stolen key, a stolen stick or a centre of their own may try, and what comes of it."""

from __future__ import annotations

import datetime as dt

import pytest
from conftest import Served, SetClock, sync

from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.centre.node.centre_node import RefusedBatchError
from desk.log.keys import NodeKeys
from desk.sync.outcome import Outcome
from desk.sync.protocol import letters


def begun_again(served: Served, node: str) -> tuple[str, NodeKeys]:
    """Another name, as whoever holds the keys of `node` gets it."""
    keys = NodeKeys.make()
    return enrolment.again(served.centre, node, letters.new_keys(node, keys)).node, keys


# -- a stolen key ------------------------------------------------------------------------------------------------


def test_what_a_stolen_key_begot_goes_with_it(desk: Desk, served: Served) -> None:
    taken, _ = begun_again(served, desk.identity.node)
    further, _ = begun_again(served, taken)
    assert enrolment.revoke(served.centre, desk.identity.node, "wulan", "电脑被盗") == (
        desk.identity.node,
        taken,
        further,
    )
    assert all(enrolment.is_revoked(served.centre, one) for one in (taken, further))
    with pytest.raises(RefusedBatchError):
        begun_again(served, further)
    assert sync(desk).outcome is Outcome.REFUSED


def test_whoever_came_before_the_stolen_key_stays(desk: Desk, served: Served) -> None:
    taken, _ = begun_again(served, desk.identity.node)
    assert enrolment.revoke(served.centre, taken) == (taken,)
    assert not enrolment.is_revoked(served.centre, desk.identity.node)


def test_a_stolen_key_does_not_use_up_the_numbers_of_a_point(desk: Desk, served: Served, tell: SetClock) -> None:
    names = [desk.identity.node]
    for _ in range(enrolment.AGAIN_MOST):
        names.append(begun_again(served, names[-1])[0])
    for one in names:  # whichever of the line asks
        with pytest.raises(RefusedBatchError) as told:
            begun_again(served, one)
        assert "与中心联系" in told.value.problem.text
    tell.at += dt.timedelta(days=366)
    assert begun_again(served, names[0])[0] not in names
