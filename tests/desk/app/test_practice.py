"""A practice desk is of made-up people: whatever road to a centre is tried, nothing of it arrives.

It cannot enrol, so the roads are tried with a practice desk that was made to look enrolled: the real desk's own keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import POINT, POINT_NAME, Served, SetClock, sync

from desk.app import practice
from desk.app.open_desk import Desk
from desk.centre.exchange import courier as centre_courier
from desk.centre.exchange import enrolment
from desk.errors import RefusedError
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome


@pytest.fixture
def trial(desk: Desk, tell: SetClock) -> Iterator[Desk]:
    made = practice.open_practice(desk.folder, desk.office, desk.account, tell)
    yield made
    made.close()


@pytest.fixture
def posing(desk: Desk, trial: Desk) -> Desk:
    """The practice desk with all that a desk needs to sync."""
    real = desk.identity
    same = ("enrolled", "address", "centre_node", "centre_name", "centre_keys", "keys")
    changes = {name: getattr(real, name) for name in same}
    trial.session.change(trial.identity, msgspec.structs.replace(trial.identity, **changes))
    assert trial.identity.practice
    assert trial.identity.enrolled
    return trial


def arrived(served: Served) -> int:
    return sum(served.centre.verify().values()) - served.centre.verify()[served.centre.node]


def test_it_does_not_sync_though_it_looks_enrolled(posing: Desk, served: Served) -> None:
    result = sync(posing)
    assert (result.outcome, result.sent) == (Outcome.NOT_ENROLLED, 0)
    assert "练习" in result.happened
    assert posing.sync_status().history == ()  # it was not even tried
    assert arrived(served) == 0


def test_it_writes_nothing_on_a_stick(posing: Desk, served: Served, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="练习"):
        posing.courier(tmp_path, lambda _far: None, lambda: False)
    assert list(tmp_path.rglob("*.DBS")) == []
    centre_courier.exchange(served.centre, tmp_path)
    assert arrived(served) == 0


def test_it_enrols_neither_by_network_nor_by_stick_and_changes_no_keys(
    trial: Desk, served: Served, tmp_path: Path
) -> None:
    code = enrolment.enrol_code(served.centre, POINT, POINT_NAME)
    centre_courier.card(served.centre, tmp_path, served.address)
    for refused in (
        lambda: trial.enrol(served.address, code),
        lambda: trial.enrol_by_stick(tmp_path, code),
        trial.change_keys,
    ):
        with pytest.raises(RefusedError):
            refused()
    assert not trial.identity.enrolled
    assert trial.count_cases(CaseQuery()) == 3


def test_keys_of_one_that_looks_enrolled_are_not_changed(posing: Desk) -> None:
    with pytest.raises(RefusedError):
        posing.change_keys()
