"""What another host of the same centre published, this one knows with its next transaction, however its own log grew in
between; and what it wrote itself it does not read again."""

from __future__ import annotations

from contextlib import closing

import msgspec
import pytest
from conftest import Served, both_databases

from db.centre import rows
from desk.centre.node import publishing
from desk.centre.node.centre_node import Centre, Own
from desk.law import holidays
from desk.log import centre_events


def seen(centre: Centre) -> str:
    """Which table of holidays this host goes by."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    return centre.publications.holidays.version


def publish(centre: Centre, version: str) -> None:
    publishing.holidays(centre, "who", msgspec.structs.replace(holidays.seed(), version=version))


def say_to_one(centre: Centre) -> None:
    """Something that concerns one point alone."""
    with centre.database.write() as db:
        told = centre_events.ResultsShown(shown=True)
        centre.add(db, [Own("who", "results.shown", "results:152523202202", told, "152523202202")])


@both_databases
def test_what_another_host_publishes_between_is_not_passed_over(served: Served, centre_url: str) -> None:
    one = served.centre
    with closing(Centre(one.folder, centre_url, one.tell)) as other:
        assert seen(one) == seen(other)
        say_to_one(one)
        publish(other, "other's")
        say_to_one(one)
        assert seen(one) == seen(other) == "other's"
        publish(one, "one's")
        say_to_one(other)
        assert seen(other) == seen(one) == "one's"


def test_its_own_growth_is_not_read_again(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = served.centre
    seen(centre)
    asked: list[int] = []
    real = rows.published_after
    monkeypatch.setattr(rows, "published_after", lambda *told: asked.append(1) or real(*told))
    for _ in range(3):
        say_to_one(centre)
    seen(centre)
    assert not asked
    publish(centre, "new")
    assert seen(centre) == "new"
    assert asked
