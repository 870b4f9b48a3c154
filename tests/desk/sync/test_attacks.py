"""What somebody with a stolen key, a stolen stick or a centre of their own may try, and what comes of it."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec
import pytest
import sqlalchemy as sa
import zstandard
from conftest import PASSWORD, Served, SetClock, full_draft, sync

from db.centre import rows, schema
from db.centre.trust import witness_rows
from db.desk import entry_rows
from desk import doors
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.exchange import courier as centre_courier
from desk.centre.exchange import enrolment, telling
from desk.centre.exchange.trust import witnessing
from desk.centre.levels import forwarding
from desk.centre.node.centre_node import RefusedBatchError
from desk.centre.node.projection import entry_row
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.log import chain
from desk.log.keys import NodeKeys
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome
from desk.sync.protocol import kin, letters, wire
from desk.sync.protocol.batch import BATCHES, Heartbeat, entries_of, pack_log
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.heads import Head
from desk.sync.protocol.proofs import held, past
from desk.sync.protocol.seal import seal
from desk.sync.trust import doubts


def begun_again(served: Served, node: str) -> tuple[str, NodeKeys]:
    """Another name, as whoever holds the keys of `node` and its log gets it, once the centre doubts."""
    keys = NodeKeys.make()
    enrolment.doubt(served.centre, node)
    return enrolment.again(served.centre, node, letters.new_keys(node, keys)).node, keys


# -- a centre that rewrites ----------------------------------------------------------------------------------------


def forged(served: Served, node: str, after: int, keys: NodeKeys) -> None:
    """The centre puts entries into its copy of a node's log after `after`, signs them with keys of its own and says
    that those are the node's."""
    with served.centre.database.write() as db:
        prev = rows.hashes(db, node, after, after)[0]
        made = []
        for seq in range(after + 1, after + 40):
            made.append(
                chain.make(
                    node=node, seq=seq, prev=prev, time="2026-11-24T09:00:00+08:00", author="suhe", kind="person.noted",
                    subject="f" * 32, rank=1, data={"forged": seq},
                )
            )  # fmt: skip
            prev = made[-1].hash
        db.execute(sa.delete(schema.entry).where(schema.entry.c.node == node, schema.entry.c.seq > after))
        db.execute(sa.delete(schema.batch).where(schema.batch.c.node == node, schema.batch.c.last > after))
        rows.add_entries(db, [entry_row(one, served.centre.now(), "") for one in made])
        rows.add_batch(db, node, after + 1, made[-1].entry.seq, pack_log(made, keys, Heartbeat()), served.centre.now())
        public = keys.public()
        rows.add_former_key(db, node, public.sign, public.seal, served.centre.now())
        rows.set_node(db, node, have=made[-1].entry.seq, head=made[-1].hash)


def head(desk: Desk) -> int:
    with desk.store.read() as db:
        found = entry_rows.head(db, desk.identity.node)
    return found[0] if found else 0


def holds(desk: Desk, word: bytes) -> bool:
    with desk.store.read() as db:
        return any(word in one.encoded for one in entry_rows.log_in_order(db))


def test_a_desk_takes_back_as_its_own_only_what_it_signed(desk: Desk, served: Served) -> None:
    sync(desk)
    node, keys = desk.identity.node, NodeKeys.make()
    forged(served, node, head(desk), keys)
    desk.register(full_draft(desk))  # the fork: each has another entry there
    told = sync(desk)
    assert desk.identity.node != node  # it goes on under another name, and nothing of its own is lost
    (row,) = desk.cases(CaseQuery(), 0, 9)
    assert desk.case(row.intake_no).case.point == desk.identity.node
    assert not holds(desk, b'"forged"')
    assert "没有本机的签名" in told.happened
    (doubt,) = desk.sync_status().doubts
    assert "没有收作本机的" in doubt.words
    with desk.store.read() as db:
        assert doubts.evidence(db, doubts.all_of(db)[0])  # what the centre told is kept beside
    sync(desk)  # nor by way of siblings, one of whom its former name is by now
    assert not holds(desk, b'"forged"')
    desk.close()
    again = opening.open_desk(desk.folder, "suhe", PASSWORD)
    assert again.sync_status().doubts
    again.close()


def test_a_sibling_s_log_is_not_rewritten_with_keys_that_appear(make_desk: Callable[..., Desk], served: Served) -> None:
    one, two = make_desk("one"), make_desk("two")
    number = two.register(full_draft(two)).intake_no
    sync(two)
    sync(one)
    before = one.case(number).case
    forged(served, two.identity.node, 1, NodeKeys.make())
    assert "没有收全" in sync(one).happened
    assert one.case(number).case == before
    assert not holds(one, b'"forged"')
    assert "不是那台终端签的名" in one.sync_status().doubts[0].words


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


def test_a_stolen_key_without_the_log_gets_no_other_name(desk: Desk, served: Served) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    node, keys = desk.identity.node, NodeKeys.make()
    asked = letters.new_keys(node, keys)
    bytes_of = own_bytes(desk)
    for log, words in (
        ((), "拿不出"),
        (held.proof(head(desk), lambda _seq: b"made up", keys.public().sign), "拿不出"),
        (held.proof(head(desk), bytes_of, desk.identity.keys.public().sign), "拿不出"),  # shown by somebody else
        (held.proof(head(desk), bytes_of, keys.public().sign), "没有分岔"),  # nothing ran apart
    ):
        with pytest.raises(RefusedBatchError) as told:
            enrolment.again(served.centre, node, msgspec.structs.replace(asked, log=log))
        assert words in told.value.problem.text
    told, batches = past.unpack(telling.own_log(served.centre, node, letters.LogAsk(node, 0, signed=True)))
    assert (told.have, batches) == (0, [])
    behind = held.proof(head(desk) - 1, bytes_of, keys.public().sign)  # an old backup: less than the centre has
    assert enrolment.again(served.centre, node, msgspec.structs.replace(asked, log=behind)).node != node


def own_bytes(desk: Desk) -> Callable[[int], bytes | None]:
    def bytes_of(seq: int) -> bytes | None:
        with desk.store.read() as db:
            return entry_rows.encoded(db, desk.identity.node, seq)

    return bytes_of


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


# -- a centre that shows two histories ---------------------------------------------------------------------------


def rewritten(served: Served, seq: int) -> None:
    """The centre writes entry `seq` of its own log anew, and all after it goes."""
    with served.centre.database.write() as db:
        old = chain.decoded(rows.encoded_after(db, served.centre.node, seq - 1, 1)[0])
        prev = rows.hashes(db, served.centre.node, seq - 1, seq - 1)
        made = chain.make(
            node=old.node, seq=seq, prev=prev[0] if prev else chain.GENESIS, time=old.time, author="", kind=old.kind,
            subject=old.subject, rank=old.rank, data={"another": "history"},
        )  # fmt: skip
        db.execute(sa.delete(schema.entry).where(schema.entry.c.node == old.node, schema.entry.c.seq >= seq))
        rows.add_entries(db, [entry_row(made, served.centre.now(), "")])
        rows.set_own_end(db, seq, made.hash)


def test_two_histories_show_where_signed_heads_meet(
    desk: Desk, served: Served, above: tuple[Served, Served], tell: SetClock
) -> None:
    league, _ = above
    desk.register(full_draft(desk))
    sync(desk)
    desk.register(full_draft(desk, 2))
    sync(desk)  # with this batch the desk signs what it has of the centre's log
    forwarding.forward(served.centre)
    banner = served.centre.node
    with league.centre.database.read() as db:
        said = witness_rows.head(db, banner, desk.identity.node)
    assert said
    assert not said["here"]
    assert {one["by"] for one in witnessing.published(served.centre)} == {
        banner,
        desk.identity.node,
        league.centre.node,
    }
    assert not any(one["here"] for one in witnessing.published(served.centre))
    rewritten(served, said["seq"])
    (shown,) = [one for one in witnessing.published(served.centre) if one["here"]]
    assert (shown["by"], shown["of"], shown["seq"]) == (desk.identity.node, banner, said["seq"])
    assert "有 1 处对不上" in httpx.get(f"{served.address}/heads").text
    found = httpx.get(f"{served.address}/heads.json").json()
    assert [one["hash"] != one["here"] for one in found["heads"] if one["here"]] == [True]


def test_a_desk_that_hears_of_another_history_says_so(make_desk: Callable[..., Desk], served: Served) -> None:
    one, two = make_desk("one"), make_desk("two")
    for number, who in enumerate((one, two, one, two), 1):
        who.register(full_draft(who, number))
        sync(who)
    sync(one)
    with one.store.read() as db:
        seq, digest = kin.marked(one.store.seen(db))
    epoch = 1
    lie = Head(served.centre.node, seq, "ab" * 32, two.identity.node, epoch, "2026-11-24T09:00:00+08:00")
    with served.centre.database.write() as db:  # what `two` was shown, as it signed that
        witness_rows.keep(db, msgspec.structs.asdict(lie.signed(two.identity.keys)) | {"here": ""})
    told = sync(one)
    assert "另一个样子" in told.happened
    assert any("另一个样子" in told.words for told in one.sync_status().doubts)
    with one.store.read() as db:
        assert entry_rows.hash_of(db, served.centre.node, seq) == digest  # ours stays, theirs is kept beside
        (doubt,) = doubts.all_of(db)
        assert b"ab" * 32 in doubts.evidence(db, doubt)
    assert "另一个样子" not in sync(one).happened  # it is said once
    forged_head = msgspec.structs.replace(lie, hash="cd" * 32).signed(NodeKeys.make())
    with served.centre.database.write() as db:
        witness_rows.keep(db, msgspec.structs.asdict(forged_head) | {"here": ""})
    sync(one)
    assert len(one.sync_status().doubts) == 1  # what nobody signed counts for nothing


def test_people_are_told_of_a_desk_that_took_another_name(desk: Desk, served: Served) -> None:
    taken, _ = begun_again(served, desk.identity.node)
    guard.add_clerk(served.centre, "admin", "管理", PASSWORD, "", roles=frozenset({Role.ADMIN}))
    with httpx.Client(base_url=served.address, follow_redirects=True) as page:
        assert page.post("/login", data={"account": "admin", "password": PASSWORD}).status_code == 200
        shown = page.get("/desks").text
    assert f"{taken}：" in shown
    assert f"由 {desk.identity.node} 换得" in shown


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
