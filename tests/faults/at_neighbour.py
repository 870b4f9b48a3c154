"""The hall's deed: what another window brought is taken in. It was given before, so that the taking alone is tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conftest import CHEAP, PASSWORD, called, full_draft, serving

from desk.app import opening
from desk.centre import site
from desk.centre.exchange.trust import admitting
from desk.centre.node import centre_node
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from desk.sync.hall import giving, neighbours, taking
from desk.sync.protocol.near import parcel as words
from desk.sync.protocol.near.parcel import Window

_NAMES = ("王五", "赵六", "孙七")
Say = Callable[[str], None]


def met(world: Any) -> None:
    """A second window of the point, known to the first one, and its parcel for it with three cases and a picture."""
    centre = centre_node.Centre(world.centre)
    with serving(site.app(centre)) as address:
        code = (world.folder / "codes").read_text("utf-8").split()[0]
        place = world.folder / "window2"
        opening.create_desk(place, address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)
        for account in ("one", "two"):
            with centre.database.read() as db:
                waiting = [row["name"] for row in admitting.all_waiting(db)]
            for name in waiting:
                admitting.by_people(centre, account, name)
        two = opening.open_desk(place, "suhe", PASSWORD, world.tell, CHEAP)
        with world.opened() as desk:
            desk.set_centre_address(address)
            for one in (two, desk, two):
                assert one.sync(lambda _far: None, lambda: False).outcome.value == "done"
            for name in _NAMES:
                two.register(full_draft(two, person=called(name)))
            with desk.store.read() as db:
                theirs = giving.state(desk.store, db, desk.identity, Window())
            with two.store.read() as db:
                listed = neighbours.find(db, two.identity, desk.identity.node)
                assert listed is not None
                told = words.pack(*giving.parcel(two.store, db, two.identity, listed, theirs, Window()))
            desk.set_centre_address(world.address)
        (world.folder / "parcel").write_bytes(told)
        (world.folder / "node").write_text(two.identity.node)
        two.close()
    centre.close()


def meeting(world: Any, say: Say) -> None:
    """The parcel is taken in."""
    parcel, parts = words.unpack((world.folder / "parcel").read_bytes())
    with world.opened() as desk:
        took = taking.take(desk.store, (world.folder / "node").read_text(), parcel, parts)
        assert not took.bad, took.bad
        say("met " + (world.folder / "node").read_text())


def holds(desk: Any, node: str) -> None:
    """All of it is there, and the log whole."""
    assert {row.applicant_name for row in desk.cases(CaseQuery())} >= {*_NAMES}
    assert desk.store.verify(node)
