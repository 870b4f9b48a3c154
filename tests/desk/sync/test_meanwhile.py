"""What is written at the counter at each step at which a sync gives this desk another name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from conftest import POINT, Served, SetClock, sync
from test_healing import alike, copied, draft, names, opened

from desk.app.open_desk import Desk
from desk.store.snapshots import CaseQuery, Place
from desk.sync import client
from desk.sync.outcome import Outcome


def before(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, act: Callable[[], object]) -> None:
    """Do `act` once when a sync comes to `name`, at a time when it is between two of its transactions."""
    real, left = getattr(owner, name), [1]

    def meanwhile(*asked: object, **more: object) -> object:
        if left.pop() if left else 0:
            act()
        return real(*asked, **more)

    monkeypatch.setattr(owner, name, meanwhile)


@pytest.fixture
def back(desk: Desk, served: Served, tell: SetClock) -> Iterator[Desk]:
    """A desk out of an old backup: its next sync gives it another name."""
    desk.register(draft(desk, 1))
    sync(desk)
    old = copied(desk, "old")
    desk.register(draft(desk, 2))
    sync(desk)
    desk.close()
    found = opened(old, tell)
    yield found
    found.close()


@pytest.mark.parametrize("step", ["words", "letter", "move"])
def test_a_case_taken_in_while_the_desk_gets_another_name(
    back: Desk, served: Served, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    got: list[str] = []
    owner, name = {
        "words": (client.witness, "new_words"),  # it has its new name, and the sync goes on
        "letter": (client.letters, "read"),
        "move": (client.healing, "move"),  # all was fetched under the old name
    }[step]

    def register() -> None:
        got.append(back.register(draft(back, 7, "乌云")).intake_no)

    before(monkeypatch, owner, name, register)
    assert sync(back).outcome is Outcome.DONE
    monkeypatch.undo()
    assert back.identity == back.store.identity()
    assert back.identity.node == f"{POINT}-02"
    row = next(row for row in back.cases(CaseQuery()) if row.applicant_name == "乌云")
    if step == "words":
        assert not row.at_centre
        assert back.case(row.intake_no).place is Place.HERE  # nobody said yet that it is there
        assert back.sync_status().waiting > 0
    assert sync(back).outcome is Outcome.DONE
    assert names(back) == ["乌云", "牧民1", "牧民2"]
    assert served.centre.case(row.intake_no) is not None
    alike(served, back)


def test_an_address_and_a_telephone_changed_meanwhile_stay_and_so_does_the_name(
    back: Desk, served: Served, tell: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    back.register(draft(back, 3, "乌云"))
    before(monkeypatch, client.healing, "move", lambda: back.set_centre_address(served.address + "/"))
    before(monkeypatch, client.witness, "new_words", lambda: back.office_book.set_phone("0479-1234567"))
    assert sync(back).outcome is Outcome.DONE
    monkeypatch.undo()
    for who in (back.identity, back.store.identity()):
        assert (who.node, who.address, who.phone) == (f"{POINT}-02", served.address + "/", "0479-1234567")
    back.register(draft(back, 8, "高娃"))
    sync(back)
    assert back.identity.node == f"{POINT}-02"
    alike(served, back)
