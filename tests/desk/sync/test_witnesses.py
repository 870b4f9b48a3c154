"""Signed heads: those whose signer is not known yet wait for the key; what contradicts is told, and looked into by
people, at the desk and at the centre; what they found out is an entry of the log."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import httpx
import msgspec
import pytest
from conftest import PASSWORD, Served, full_draft, sync

from db.centre import rows
from db.centre.trust import witness_rows
from db.desk import entry_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.exchange.trust import witnessing
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.log import chain, events
from desk.log.centre_events import EntryRefused, HeadSettled
from desk.log.keys import NodeKeys
from desk.log.point_events import DoubtSettled
from desk.store import siblings
from desk.sync.protocol import kin
from desk.sync.protocol.heads import Head
from desk.sync.trust import doubts, witness

NOW, OTHER = "2026-11-24T09:00:00+08:00", "ab" * 32
WHY = "打电话问过旗中心：恢复过备份"
Pair = tuple[Desk, Desk]


@pytest.fixture
def pair(make_desk: Callable[..., Desk]) -> Pair:
    """Two desks of a point that know one another and what the centre said."""
    one, two = make_desk("one"), make_desk("two")
    for number, who in enumerate((one, two, one), 1):
        who.register(full_draft(who, number))
        sync(who)
    return one, two


def lie_of(served: Served, one: Desk, two: Desk) -> Head:
    """What `two` signs of the centre's log, where `one` has another entry."""
    with one.store.read() as db:
        seq, _ = kin.marked(one.store.seen(db))
    return Head(served.centre.node, seq, OTHER, two.identity.node, 1, NOW).signed(two.identity.keys)


def told_to_all(served: Served, head: Head) -> None:
    with served.centre.database.write() as db:
        witness_rows.keep(db, msgspec.structs.asdict(head) | {"here": ""})


# -- heads that wait for a key -----------------------------------------------------------------------------------


def test_a_head_waits_for_its_key_and_is_looked_at_when_that_comes(pair: Pair, served: Served) -> None:
    one, two = pair
    head = lie_of(served, one, two)
    with one.store.write() as db:
        known = siblings.known(db)
        siblings.set_known(db, ())
        witness.take(one.store, db, one.identity, (head, head), NOW)
        assert witness.unchecked(db) == (head,)
        assert doubts.all_of(db) == ()
        siblings.set_known(db, known)
        witness.take(one.store, db, one.identity, (), NOW)
        assert witness.unchecked(db) == ()
        assert [one.at for one in doubts.all_of(db)] == [f"{head.seq}.{OTHER}"]


def test_the_key_comes_with_the_same_sync(pair: Pair, served: Served) -> None:
    one, two = pair
    told_to_all(served, lie_of(served, one, two))
    two.register(full_draft(two, 4))
    sync(two)
    with one.store.write() as db:
        siblings.set_known(db, ())
    sync(one)
    status = one.sync_status()
    assert (len(status.doubts), status.unchecked) == (1, 0)


def test_what_waits_is_bounded_and_looks_like_a_head(pair: Pair, served: Served) -> None:
    one, two = pair
    strangers = [
        Head(served.centre.node, at, OTHER, f"{520000000000 + at}-01", 1, NOW).signed(two.identity.keys)
        for at in range(1, 100)
    ]
    strange = (
        msgspec.structs.replace(strangers[0], by="../x"),
        msgspec.structs.replace(strangers[0], hash="x"),
        msgspec.structs.replace(strangers[0], sign="x" * 5000),
    )
    with one.store.write() as db:
        for head in (*strangers, *strange):
            witness.take(one.store, db, one.identity, (head,), NOW)
        kept = witness.unchecked(db)
    assert kept == tuple(strangers[-len(kept) :])
    assert 12 <= len(kept) < 99


def test_a_head_that_nobody_signed_is_no_doubt_when_the_key_comes(pair: Pair, served: Served) -> None:
    one, two = pair
    forged = msgspec.structs.replace(lie_of(served, one, two), hash="cd" * 32)
    with one.store.write() as db:
        known = siblings.known(db)
        siblings.set_known(db, ())
        witness.take(one.store, db, one.identity, (forged,), NOW)
        siblings.set_known(db, known)
        witness.take(one.store, db, one.identity, (), NOW)
        assert (witness.unchecked(db), doubts.all_of(db)) == ((), ())


# -- at the desk -------------------------------------------------------------------------------------------------


def test_somebody_looks_into_a_doubt_and_says_what_it_was(pair: Pair, served: Served) -> None:
    one, two = pair
    told_to_all(served, lie_of(served, one, two))
    sync(one)
    (doubt,) = one.sync_status().doubts
    assert not doubt.settled
    with pytest.raises(RefusedError):
        one.settle_doubt(doubt.of, doubt.at, "  ")
    one.settle_doubt(doubt.of, doubt.at, WHY)
    with pytest.raises(RefusedError, match="已经核对过"):
        one.settle_doubt(doubt.of, doubt.at, "again")
    with one.store.read() as db:
        last = entry_rows.head(db, one.identity.node)
        (encoded,) = entry_rows.entries_after(db, one.identity.node, last[0] - 1, 1)
        assert doubts.evidence(db, doubts.all_of(db)[0])  # what was told stays
    entry = chain.decoded(encoded)
    said = events.decode(entry.kind, entry.data)
    assert said == DoubtSettled(doubt.of, doubt.at, doubt.words.replace(doubt.time, "").strip(), WHY, "苏和")
    assert sync(one).outcome == "done"
    sync(one)
    with served.centre.database.read() as db:
        own = map(chain.decoded, rows.encoded_after(db, served.centre.node, 0, 1000))
        assert not [one for one in own if isinstance(events.decode(one.kind, one.data), EntryRefused)]
    one.close()
    again = opening.open_desk(one.folder, "suhe", PASSWORD)
    (doubt,) = again.sync_status().doubts
    assert doubt.settled.endswith(f"已核对：{WHY}")
    again.close()


def test_what_was_looked_into_makes_room_for_what_was_not(desk: Desk) -> None:
    with desk.store.write() as db:
        for at in range(50):
            assert doubts.note(db, doubts.Doubt("x", str(at), "w", NOW), b"proof")
        assert not doubts.note(db, doubts.Doubt("x", "50", "w", NOW)), "whoever makes up more gains nothing"
        assert doubts.settle(db, "x", "7", NOW, "why")
        assert doubts.note(db, doubts.Doubt("x", "50", "w", NOW))
        found = {one.at for one in doubts.all_of(db)}
        assert found == {str(at) for at in range(51)} - {"7"}
        assert not doubts.evidence(db, doubts.Doubt("x", "7", "w", NOW))


# -- at the centre -----------------------------------------------------------------------------------------------


def settled_entries(served: Served) -> list[HeadSettled]:
    with served.centre.database.read() as db:
        own = map(chain.decoded, rows.encoded_after(db, served.centre.node, 0, 1000))
        said = [events.decode(one.kind, one.data) for one in own]
    return [one for one in said if isinstance(one, HeadSettled)]


def heard(served: Served, two: Desk, head: Head) -> None:
    """The centre hears this head with a batch of `two`."""
    with served.centre.database.write() as db:
        said = witnessing.Said(two.identity.node, (two.identity.keys.public().sign,), (head,))
        witnessing.keep(served.centre, db, said)


def test_the_centre_s_people_look_into_a_doubt(pair: Pair, served: Served) -> None:
    one, two = pair
    head = lie_of(served, one, two)
    heard(served, two, head)
    guard.add_clerk(served.centre, "boss", "额尔敦", PASSWORD, "办公室", frozenset({Role.ADMIN}))
    with httpx.Client(base_url=served.address, follow_redirects=True) as boss:
        boss.post("/login", data={"account": "boss", "password": PASSWORD})
        page = boss.get("/desks").text
        assert all(words in page for words in ("对不上的记录校验", two.identity.node, OTHER[:16]))
        csrf = html.unescape(re.search(r'name="csrf" value="([^"]*)"', page)[1])
        typed = {"csrf": csrf, "of": head.of, "by": head.by, "digest": head.hash}
        assert boss.post("/desks/heads", data=typed | {"why": " "}).status_code == 409
        assert boss.post("/desks/heads", data=typed | {"why": WHY, "digest": "cd" * 32}).status_code == 409
        assert "对不上的记录校验" not in boss.post("/desks/heads", data=typed | {"why": WHY}).text
        assert boss.post("/desks/heads", data=typed | {"why": WHY}).status_code == 409
    (said,) = settled_entries(served)
    assert (said.of, said.by, said.seq, said.hash, said.reasons) == (head.of, head.by, head.seq, OTHER, WHY)
    assert said.here not in ("", OTHER)
    public = httpx.get(f"{served.address}/heads").text
    assert "已核对" in public
    assert "处对不上：" not in public
    assert WHY not in public + httpx.get(f"{served.address}/heads.json").text


def test_the_same_head_again_is_settled_and_another_one_is_not(pair: Pair, served: Served) -> None:
    one, two = pair
    head = lie_of(served, one, two)
    heard(served, two, head)
    witnessing.settle(served.centre, "boss", head.of, head.by, head.hash, WHY)
    heard(served, two, head)
    assert witnessing.doubts(served.centre) == []
    true = witnessing.published(served.centre)[0]
    right = Head(head.of, true["seq"], true["hash"], head.by, 1, NOW).signed(two.identity.keys)
    heard(served, two, right)
    assert not [one for one in witnessing.published(served.centre) if one["here"]], "it says what we say by now"
    another = msgspec.structs.replace(right, hash="cd" * 32).signed(two.identity.keys)
    heard(served, two, another)
    assert [one["hash"] for one in witnessing.doubts(served.centre)] == ["cd" * 32]
    heard(served, two, right)
    assert witnessing.doubts(served.centre), "nobody looked into this one"


@pytest.mark.parametrize("kind", ["head.settled"])
def test_a_desk_settles_nothing_at_the_centre(kind: str) -> None:
    assert kind.partition(".")[0] in events.CENTRE_ONLY


def test_a_number_beyond_all_logs_is_signed_by_nobody() -> None:
    keys = NodeKeys.make()
    for seq, counts in ((0, False), (1, True), ((1 << 63) - 1, True), (1 << 63, False), (10**30, False)):
        head = Head("152523000000-00", seq, "00" * 32, "152523202200-01", 1, "2026-11-30T08:00:00+08:00")
        assert head.signed(keys).holds([keys.public().sign]) is counts
