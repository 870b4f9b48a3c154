"""What somebody with a stolen key, a stolen stick or a centre of their own may try, and what comes of it."""

from __future__ import annotations

import datetime as dt
import struct
from pathlib import Path

import httpx
import msgspec
import pytest
import zstandard
from conftest import Served, SetClock, sync

from desk import doors
from desk.app.open_desk import Desk
from desk.centre.exchange import courier as centre_courier
from desk.centre.exchange import enrolment
from desk.centre.node.centre_node import RefusedBatchError
from desk.log.keys import NodeKeys
from desk.sync.outcome import Outcome
from desk.sync.protocol import letters, wire
from desk.sync.protocol.batch import BATCHES, entries_of
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.seal import seal


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


# -- bytes trusted before they are authenticated -----------------------------------------------------------------


def test_a_header_that_is_no_text_is_refused_at_the_door(desk: Desk, served: Served) -> None:
    """Sealed to the centre's public key by anybody: an answer with a proof, no fault of ours."""
    head = b'{"kind":"log","node":"\xff","first":1,"last":1,"count":1}'
    whole = b"".join((BATCHES.marks, struct.pack(">I", len(head)), head, struct.pack(">I", 0)))
    signed = whole + NodeKeys.make().signature(BATCHES.sign_as + whole)
    answer = httpx.post(served.address + wire.BATCHES, content=seal(signed, served.centre.keys.public().seal))
    assert (answer.status_code, answer.json()["code"]) == (400, "broken")
    assert answer.headers[wire.PROOF_HEADER]


def test_a_name_that_leads_elsewhere_makes_no_path(served: Served, tmp_path: Path) -> None:
    """A letter signed with the key that it brings, in the name of a place outside of the stick."""
    keys = NodeKeys.make()
    text = wire.to_text(keys.public().sign)
    stick = tmp_path / "stick"
    (stick / "DAIBAN" / "UP").mkdir(parents=True)
    for at, node in enumerate(("../../../../out", "152523202202-01/../../x", "152523202202-0１")):
        body = msgspec.json.encode(wire.EnrolRequest("CODE", text, text, "pc", node))
        letter = letters.LETTERS.pack(letters.Head(letters.ENROL, node, "../../ab"), body, keys)
        (stick / "DAIBAN" / "UP" / f"{at}.DBS").write_bytes(seal(letter, served.centre.keys.public().seal))
    lines = centre_courier.exchange(served.centre, stick)
    assert [line.good for line in lines] == [False] * 3
    assert {one.name for one in tmp_path.iterdir()} == {"stick", "centre"}
    assert not list((stick / "DAIBAN").glob("DOWN/*"))


# -- no bound before decoding ------------------------------------------------------------------------------------


def test_a_stick_full_of_large_files_does_not_fill_the_memory(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody may seal to the centre: letters and batches are held until all are there, but only so many bytes."""
    monkeypatch.setattr(doors, "CARRIED", msgspec.structs.replace(doors.CARRIED, unpacked=5000))
    up = tmp_path / "DAIBAN" / "UP"
    up.mkdir(parents=True)
    for at in range(5):
        (up / f"{at}.DBS").write_bytes(seal(bytes(2000), served.centre.keys.public().seal))
    told = [line.words for line in centre_courier.exchange(served.centre, tmp_path)]
    assert sum("文件太大，没有读" in one for one in told) == 3


def test_a_body_of_a_batch_is_not_unpacked_beyond_its_bound() -> None:
    making = zstandard.ZstdCompressor().compressobj()
    unsaid = making.compress(bytes(1000)) + making.flush()
    for packed in (zstandard.compress(bytes(doors.BATCH.unpacked + 1)), unsaid):
        with pytest.raises(BatchError):
            entries_of(packed)
