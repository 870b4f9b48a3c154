"""A new version on its way through the centre: ten points first, then all; in parts, or by the courier's stick."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from conftest import Served
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.app import updating
from desk.app.open_desk import Desk
from desk.centre.exchange.release import offering
from desk.centre.node.centre_node import Own
from desk.centre.node.roles import ALL
from desk.errors import CancelledError, RefusedError
from desk.log.centre_events import ReleaseOffered
from desk.release import installing, package_file
from desk.sync.outcome import Outcome
from desk.sync.release import fetching

KEY = Ed25519PrivateKey.generate()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    inside = tmp_path / "in" / "bin"
    inside.mkdir(parents=True)
    (inside / "python3").write_bytes(hashlib.shake_256(b"program").digest(1_300_000))
    made = tmp_path / "a.DBU"
    package_file.pack(tmp_path / "in", made, "9.0.0", "2026-12-01", KEY.private_bytes_raw(), "新的。")
    return made


@pytest.fixture(autouse=True)
def out_of_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This program takes updates, as one out of a package does."""
    monkeypatch.setenv("DAIBAN_PROGRAMS", str(tmp_path / "programs"))
    monkeypatch.setattr(package_file, "trusted", lambda: (KEY.public_key().public_bytes_raw(),))


def synced(desk: Desk) -> None:
    assert desk.sync(lambda _far: None, lambda: False).outcome is Outcome.DONE


def test_a_version_is_offered_to_ten_points_and_fetched_in_parts(desk: Desk, served: Served, file: Path) -> None:
    centre = served.centre
    synced(desk)
    offering.bring(centre, file)
    assert updating.offered(desk) is None
    with pytest.raises(RefusedError, match="十个点试过"):
        offering.offer(centre, "guan", "9.0.0", package_file.platform(), to_all=True)
    assert offering.offer(centre, "guan", "9.0.0", package_file.platform(), to_all=False) == 1
    synced(desk)
    one = updating.offered(desk)
    assert one is not None
    assert (one.version, one.notes, one.nodes) == ("9.0.0", "新的。", (desk.identity.node,))
    tries: list[int] = []

    def cut() -> bool:
        tries.append(1)
        return len(tries) > 2

    with pytest.raises(CancelledError):
        updating.fetch(desk, one, lambda _far: None, cut)
    far: list[int] = []
    got = updating.fetch(desk, one, lambda told: far.append(told.done), lambda: False)
    assert got.read_bytes() == file.read_bytes()
    assert far[0] > 0  # it went on where it was cut off
    assert updating.found_at(got).release.version == "9.0.0"


def test_others_than_the_ten_wait_for_all(desk: Desk, served: Served, file: Path) -> None:
    centre = served.centre
    offering.bring(centre, file)
    offering.offer(centre, "guan", "9.0.0", package_file.platform(), to_all=False)
    synced(desk)
    with desk.store.read() as db:
        assert fetching.offered(db, "152523202299-01") is None
    offering.offer(centre, "guan", "9.0.0", package_file.platform(), to_all=True)
    synced(desk)
    with desk.store.read() as db:
        assert fetching.offered(db, "152523202299-01") is not None
    (wave,) = offering.waves(centre)
    assert (wave.offer.nodes, wave.done, wave.of) == ((), 0, 1)


def test_each_kind_of_machine_has_its_own_offer(desk: Desk, served: Served, file: Path, tmp_path: Path) -> None:
    """Whichever was offered last, a desk hears of the one for its own machine, and only those that run it are tried."""
    centre, here, elsewhere = served.centre, package_file.platform(), "win32-arm64"
    other = tmp_path / "b.DBU"
    package_file.pack(tmp_path / "in", other, "9.0.0", "2026-12-01", KEY.private_bytes_raw(), of=elsewhere)
    for one in (file, other):
        offering.bring(centre, one)
    synced(desk)  # and says what it runs on
    with pytest.raises(RefusedError, match="没有这种电脑"):
        offering.offer(centre, "guan", "9.0.0", elsewhere, to_all=False)
    assert offering.offer(centre, "guan", "9.0.0", here, to_all=False) == 1
    with centre.database.write() as db:  # as if one of the other kind had been tried elsewhere before
        said = ReleaseOffered("9.0.0", elsewhere, 1, "0" * 64, "", ())
        centre.add(db, [Own("guan", "release.offered", offering.SUBJECT, said, ALL)])
    synced(desk)
    one = updating.offered(desk)
    assert one is not None
    assert one.platform == here
    assert {wave.offer.platform: wave.of for wave in offering.waves(centre)} == {here: 1, elsewhere: 0}


def test_the_courier_carries_what_is_offered(desk: Desk, served: Served, file: Path, tmp_path: Path) -> None:
    centre, stick = served.centre, tmp_path / "stick"
    stick.mkdir()
    offering.bring(centre, file)
    assert offering.onto_stick(centre, stick) == []
    offering.offer(centre, "guan", "9.0.0", package_file.platform(), to_all=False)
    assert len(offering.onto_stick(centre, stick)) == 1
    assert offering.onto_stick(centre, stick) == []  # it lies there
    found = installing.on_stick(stick)
    assert found is not None
    assert found.release.version == "9.0.0"
    assert updating.found_at(stick) == found


def test_ten_points_of_none_are_not_all(served: Served, file: Path) -> None:
    offering.bring(served.centre, file)
    with pytest.raises(RefusedError, match="终端入网"):
        offering.offer(served.centre, "guan", "9.0.0", package_file.platform(), to_all=False)
    assert offering.waves(served.centre) == []


def test_what_is_no_update_file_is_not_taken(served: Served, tmp_path: Path) -> None:
    other = tmp_path / "b.DBU"
    other.write_bytes(b"DBU1" + bytes(100))
    with pytest.raises(RefusedError):
        offering.bring(served.centre, other)
    assert offering.listed(served.centre) == []
