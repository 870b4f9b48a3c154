"""Names from outside that become paths: nothing that comes on a stick is written anywhere but in its folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import POINT_NAME, Served, full_draft
from test_strange_bytes import KEYS, NODE, carry, stick

from desk.app.open_desk import Desk
from desk.centre.exchange import courier as centre_courier
from desk.law import numbers
from desk.log import chain
from desk.sync import courier
from desk.sync.protocol import batch, letters, parts, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import LETTERS
from desk.sync.protocol.seal import seal

__all__ = ["stick"]  # a fixture
ABSOLUTE = Path(tempfile.gettempdir()) / "daiban-strange"
HOSTILE = (
    "../../../x",
    str(ABSOLUTE),
    "..\\..\\x",
    "152523202202-01/../../x",
    "152523202202-1",
    "152523202202-0١",
    "a\0b",
    "",
)


def enrolling(_who: Desk, name: str) -> bytes:
    """By anybody: it is signed with the key that it brings."""
    text = wire.to_text(KEYS.public().sign)
    request = wire.EnrolRequest("WRONG", text, wire.to_text(KEYS.public().seal), "pc", name)
    return LETTERS.pack(letters.Head(letters.ENROL, name, "0123456789abcdef"), msgspec.json.encode(request), KEYS)


def odd_kind(who: Desk, name: str) -> bytes:
    head = letters.Head(f"/{name}", who.identity.node, "0123456789abcdef")
    return LETTERS.pack(head, b"{}", who.identity.keys)


def odd_re(who: Desk, name: str) -> bytes:
    body = msgspec.json.encode(letters.LogAsk(who.identity.node, 0))
    return LETTERS.pack(letters.Head(letters.LOG, who.identity.node, f"/{name}"), body, who.identity.keys)


def odd_batch(_who: Desk, name: str) -> bytes:
    return batch.pack(batch.Header("log", name, 1, 0, 0, chain.GENESIS.hex(), cursor=0), [], KEYS)


def odd_part(_who: Desk, name: str) -> bytes:
    return parts.PARTS.pack(parts.Head("part", name, "ab" * 32), b"x", KEYS)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("bad", [enrolling, odd_kind, odd_re, odd_batch, odd_part], ids=lambda one: one.__name__)
def test_a_hostile_name_writes_nothing_and_the_exchange_goes_on(
    make_desk: Callable[..., Desk], served: Served, stick: Path, bad: Callable[[Desk, str], bytes], name: str
) -> None:
    desk, other = make_desk(), make_desk("other", "152523202203")
    number = desk.register(full_draft(desk)).intake_no
    carry(desk, stick)
    sealed = seal(bad(other, name), served.centre.keys.public().seal)
    way = stick / "DAIBAN" / ("PICS" if bad is odd_part else "UP")
    way.mkdir(exist_ok=True)
    (way / "AAA.DBS").write_bytes(sealed)
    before = found(stick)
    lines = centre_courier.exchange(served.centre, stick)
    new = found(stick) - before
    assert {one.parent for one in new} == {stick / "DAIBAN" / "DOWN"}, new
    assert all(numbers.is_node(one.name[:15]) for one in new)
    assert not list(ABSOLUTE.parent.glob(f"{ABSOLUTE.name}*"))
    assert [line.words.partition("：")[0] for line in lines if not line.good] == ["AAA.DBS"]
    carry(desk, stick)
    assert desk.case(number).row.case_no


def found(stick: Path) -> set[Path]:
    """All files on the stick, and what lies beside it."""
    return {one for one in stick.rglob("*") if one.is_file()} | set(stick.parent.iterdir()) - {stick}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_such_name_is_taken_from_a_centre(name: str) -> None:
    text = wire.to_text(KEYS.public().sign)
    good = wire.EnrolAnswer(NODE, "152523202202", "01", POINT_NAME, "152523000000-00", "中心", text, text, "t")
    assert letters.read(msgspec.json.encode(good), wire.EnrolAnswer) == good
    told = msgspec.json.encode(msgspec.to_builtins(good) | {"node": name})
    with pytest.raises(BatchError):
        letters.read(told, wire.EnrolAnswer)


@pytest.mark.parametrize("name", [*HOSTILE, NODE, f"{NODE}-", f"{NODE}-a", f"{NODE}-LOG-../X", f"{NODE}-LOG-1\n"])
def test_a_path_is_made_of_plain_words_alone(tmp_path: Path, name: str) -> None:
    good = courier.path_of(tmp_path, courier.DOWN, f"{NODE}-LOG-01AB")
    assert good == tmp_path / "DAIBAN" / "DOWN" / f"{NODE}-LOG-01AB.DBS"
    with pytest.raises(BatchError):
        courier.path_of(tmp_path, courier.DOWN, name)
