"""Old and new together: versions told before anything is asked, newer batches answered and kept, heartbeats heard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, Served, full_draft, sync

from db.centre import rows
from desk import __version__
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.counter.office import accounts
from desk.errors import RefusedError
from desk.store.account import Account
from desk.sync import enrol, link
from desk.sync.outcome import Outcome
from desk.sync.protocol import wire
from desk.sync.protocol.batch import Header, Heartbeat, pack
from desk.sync.steps import ready


@pytest.mark.parametrize(("speaks", "words"), [((3, 4), "升级代办台"), ((0, 0), "等中心升级")])
def test_without_a_common_version_nobody_enrols_and_the_code_stays_good(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, speaks: tuple[int, int], words: str
) -> None:
    code = enrolment.enrol_code(served.centre, POINT, POINT_NAME)
    place, who = tmp_path / "new", Account("suhe", "苏和")
    real = link.Link.hello
    with monkeypatch.context() as patch:
        patch.setattr(link.Link, "hello", lambda self: msgspec.structs.replace(real(self), speaks=speaks))
        with pytest.raises(RefusedError) as told:
            opening.create_desk(place, served.address, code, who, PASSWORD, cost=CHEAP)
    assert words in told.value.todo
    assert accounts.accounts(place) == ()
    opening.create_desk(place, served.address, code, who, PASSWORD, cost=CHEAP)


def test_a_centre_that_also_speaks_newer_versions_is_no_trouble() -> None:
    hello = wire.HelloAnswer("152523000000-00", "旗", "", "", "", speaks=(1, 7))
    enrol.check_versions(hello)


def test_a_batch_of_a_newer_program_waits_for_the_centre_and_goes_when_it_can(
    desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.register(full_draft(desk))
    with monkeypatch.context() as patch:
        newer: Callable[..., bytes] = lambda header, *rest: pack(msgspec.structs.replace(header, v=2), *rest)  # noqa: E731
        patch.setattr(ready, "pack", newer)
        result = sync(desk)
    assert result.outcome is Outcome.REFUSED
    assert "更新版本" in result.happened
    assert desk.sync_status().waiting > 0
    assert served.centre.verify()[desk.identity.node] == 0
    assert sync(desk).outcome is Outcome.DONE
    assert desk.sync_status().waiting == 0


def test_the_centre_hears_how_a_desk_is(desk: Desk, served: Served) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    with served.centre.database.read() as db:
        node = rows.one_node(db, desk.identity.node)
    assert node is not None
    heard = msgspec.json.decode(node["heartbeat"], type=Heartbeat)
    assert (heard.waiting, heard.oldest, heard.version) == (0, "", __version__)  # what is left after the batch
    assert heard.disk_mb > 0
    assert heard.clock.startswith("2026-11-24")


def test_members_that_a_reader_does_not_know_are_passed_over() -> None:
    said = msgspec.json.encode(msgspec.to_builtins(Header("log", "n", 1, 1, 1)) | {"mood": "good"})
    assert msgspec.json.decode(said, type=Header) == Header("log", "n", 1, 1, 1)
