"""Pictures reach the centre after their entries, resume where the link broke, travel once, are whole or not there."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable

import httpx
import msgspec
import pytest
import sqlalchemy as sa
from conftest import PASSWORD, Served, both_databases, full_draft, sync
from proxy import Proxy

from db.centre import part_rows, rows
from db.desk import picture_rows
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment, picture_intake
from desk.centre.node.centre_node import Centre
from desk.log import events
from desk.log.files import FileRef
from desk.log.keys import NodeKeys
from desk.store.entries import Fact
from desk.sync.outcome import Outcome
from desk.sync.protocol import parts
from desk.sync.protocol.batch import BatchError
from desk.sync.protocol.seal import SealError, seal


def jpeg(seed: int, size: int) -> bytes:
    return b"\xff\xd8\xff\xe0" + random.Random(seed).randbytes(size)  # noqa: S311 - a picture's noise


def with_pictures(desk: Desk, number: int, *found: bytes) -> tuple[str, tuple[FileRef, ...]]:
    refs = tuple(desk.pictures.keep(one, f"{at}.jpg") for at, one in enumerate(found))
    draft = full_draft(desk, number)
    first, *rest = draft.materials
    return desk.register(
        msgspec.structs.replace(draft, materials=(msgspec.structs.replace(first, files=refs), *rest))
    ).intake_no, refs


def at_centre(served: Served, ref: FileRef) -> bytes | None:
    found = served.centre.pictures.row(ref.sha256)
    return bytes(found["bytes"]) if found else None


def test_pictures_follow_their_entries_and_count_once(desk: Desk, served: Served) -> None:
    data = [jpeg(1, 200_000), jpeg(2, 3_000), jpeg(3, 1_500_000)]
    _, refs = with_pictures(desk, 1, *data)
    status = desk.sync_status()
    assert (status.pictures, status.pictures_bytes) == (3, sum(map(len, data)))
    result = sync(desk)
    assert result.outcome is Outcome.DONE, result
    assert "图片 3 张已到中心" in result.happened
    assert [at_centre(served, ref) for ref in refs] == data
    assert desk.sync_status().pictures == 0
    assert sync(desk).happened == "已与中心核对，没有新的内容。"


def test_the_same_picture_from_two_desks_travels_once(
    make_desk: Callable[..., Desk], served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = make_desk("one"), make_desk("two", "152523202203")
    data = jpeg(5, 50_000)
    with_pictures(one, 1, data)
    _, (ref,) = with_pictures(two, 1, data)
    taken: list[int] = []
    real = picture_intake._kept

    def kept(centre: Centre, head: parts.Head, came: picture_intake._Came, sizes: set[int]) -> int:
        taken.append(len(came.new))
        return real(centre, head, came, sizes)

    monkeypatch.setattr(picture_intake, "_kept", kept)
    assert sync(one).outcome is sync(two).outcome is Outcome.DONE
    assert sum(taken) == len(data)
    assert two.sync_status().pictures == 0
    assert at_centre(served, ref) == data


def test_a_broken_link_goes_on_at_the_byte_where_it_broke(desk: Desk, served: Served) -> None:
    data = jpeg(7, 900_000)
    _, (ref,) = with_pictures(desk, 1, data)
    proxy = Proxy(served.address)
    desk.set_centre_address(proxy.address)
    proxy.begin(400_000)
    assert sync(desk).outcome is Outcome.OFFLINE
    with served.centre.database.read() as db:
        have = part_rows.file_state(db, [ref.sha256], desk.identity.node)[ref.sha256]
    assert 0 < have < len(data)
    proxy.begin()
    assert sync(desk).outcome is Outcome.DONE
    assert proxy.passed < len(data) - have + 60_000  # not from the start again
    proxy.close()
    assert at_centre(served, ref) == data


def test_old_logs_and_repeated_syncs_after_a_restart(make_desk: Callable[..., Desk], served: Served) -> None:
    desk = make_desk()
    _, (ref,) = with_pictures(desk, 1, jpeg(9, 9_000))
    with desk.store.write() as db:  # as a log from before the table was there
        db.conn.execute("DELETE FROM file_due")
    desk.close()
    desk = make_desk()
    assert sync(desk).outcome is Outcome.DONE
    assert at_centre(served, ref)
    with desk.store.read() as db:
        assert picture_rows.due_files(db) == []


def sealed(served: Served, keys: NodeKeys, head: parts.Head, body: bytes) -> bytes:
    return seal(parts.PARTS.pack(head, body, keys), served.centre.keys.public().seal)


def test_what_the_centre_does_not_take(desk: Desk, served: Served) -> None:
    data = jpeg(11, 5_000)
    _, (ref,) = with_pictures(desk, 1, data)
    node, keys = desk.identity.node, desk.identity.keys
    part = parts.Head("part", node, ref.sha256)
    with pytest.raises(BatchError, match="没有记录提到"):  # its entry has not come yet
        picture_intake.take(served.centre, sealed(served, keys, part, data[:100]))
    sync(desk)
    other = jpeg(12, 4_000)
    _, (wrong,) = with_pictures(desk, 2, other)
    with served.centre.database.write() as db:
        rows.add_files(db, [{"sha256": wrong.sha256, "size": 4_004, "name": "x", "kind": "image/jpeg"}])
    head = parts.Head("part", node, wrong.sha256)
    take = picture_intake.take
    assert take(served.centre, sealed(served, keys, msgspec.structs.replace(head, at=9), b"x")).have == 0
    assert take(served.centre, sealed(served, keys, head, b"z" * 4_004)).have == 0  # another content: begins anew
    with pytest.raises(BatchError):
        take(served.centre, sealed(served, NodeKeys.make(), head, other))
    with pytest.raises(BatchError):
        take(served.centre, sealed(served, keys, parts.Head("state", node), b"[]"))
    with pytest.raises(BatchError):
        picture_intake.state(served.centre, sealed(served, keys, parts.Head("state", node), b"{"))
    whole = sealed(served, keys, head, other)
    for at in range(0, len(whole), 211):
        with pytest.raises((SealError, BatchError)):
            take(served.centre, whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert take(served.centre, whole).have == -1
    assert take(served.centre, whole).have == -1
    assert hashlib.sha256(at_centre(served, wrong) or b"").hexdigest() == wrong.sha256
    enrolment.revoke(served.centre, node)
    with pytest.raises(Exception, match="revoked"):
        take(served.centre, whole)


def test_a_clerk_sees_what_came_and_what_is_still_to_come(desk: Desk, served: Served) -> None:
    data = jpeg(13, 2_000)
    number, (ref,) = with_pictures(desk, 1, data)
    with httpx.Client(base_url=served.address, trust_env=False, follow_redirects=True) as clerk:
        clerk.post("/login", data={"account": "wulan", "password": PASSWORD})
        sync(desk)
        page = clerk.get(f"/cases/{number}").text
        assert f"/cases/{number}/files/{ref.sha256}" in page
        shown = clerk.get(f"/cases/{number}/files/{ref.sha256}")
        assert shown.content == data
        assert shown.headers["content-type"] == "image/jpeg"
        assert clerk.get(f"/cases/{number}/files/{'0' * 64}").status_code == 404
        with served.centre.database.write() as db:
            rows.finish_file(db, served.centre.pictures.lay(data), "")
        assert "在路上" in clerk.get(f"/cases/{number}").text
    with httpx.Client(base_url=served.address, trust_env=False) as stranger:
        assert stranger.get(f"/cases/{number}/files/{ref.sha256}").status_code == 303


def named(desk: Desk, data: bytes, size: int) -> str:
    """An entry that names a picture with this size, whatever its own is; its hash."""
    ref = FileRef(hashlib.sha256(data).hexdigest(), "x.jpg", size)
    told = events.MaterialsAdded("苏和", (events.TakenMaterial("c", "n", 1, 1, files=(ref,)),))
    with desk.store.write() as db:
        desk.store.append(db, desk.identity.node, "suhe", [Fact("case.material_added", "z" * 20, told)])
    return ref.sha256


@both_databases
@pytest.mark.parametrize("size", [1 << 40, 300, 70_000, 9_000])
def test_a_wrong_size_named_first_keeps_no_picture_back(
    make_desk: Callable[..., Desk], served: Served, size: int
) -> None:
    evil, good = make_desk("evil", "152523202203"), make_desk("good")
    data = [jpeg(15, 5_000), jpeg(16, 80_000)]
    named(evil, data[0], size)
    sync(evil)
    _, refs = with_pictures(good, 1, *data)
    assert sync(good).outcome is Outcome.DONE
    assert [at_centre(served, ref) for ref in refs] == data
    assert good.sync_status().pictures == 0


def test_what_one_desk_sends_does_not_spoil_what_another_does(make_desk: Callable[..., Desk], served: Served) -> None:
    evil, good = make_desk("evil", "152523202203"), make_desk("good")
    data = jpeg(17, 50_000)
    sha256 = named(evil, data, len(data))
    sync(evil)
    head = parts.Head("part", evil.identity.node, sha256)
    bad = sealed(served, evil.identity.keys, head, b"x" * 30_000)
    assert picture_intake.take(served.centre, bad).have == 30_000
    _, (ref,) = with_pictures(good, 1, data)
    assert sync(good).outcome is Outcome.DONE
    assert at_centre(served, ref) == data


def test_a_picture_that_is_refused_keeps_no_other_back(desk: Desk, served: Served) -> None:
    small, large = jpeg(18, 2_000), jpeg(19, 40_000)
    with_pictures(desk, 1, small, large)
    sha256 = hashlib.sha256(small).hexdigest()
    with served.centre.database.write() as db:  # as from a desk that named it larger than any picture may be
        rows.add_files(db, [{"sha256": sha256, "size": 9 << 20, "name": "x", "kind": "image/jpeg"}])
    status = desk.sync_status().pictures
    with served.centre.database.write() as db:
        db.execute(
            sa.text(
                "CREATE TRIGGER only BEFORE INSERT ON file_size WHEN new.size < 3000 BEGIN SELECT RAISE(IGNORE); END"
            )
        )
    result = sync(desk)
    assert result.outcome is Outcome.DONE, result
    assert "1 张图片中心没有接收" in result.happened
    assert desk.sync_status().pictures == status - 1 == 1
    assert "没有接收" not in _after_mending(desk, served)
    assert desk.sync_status().pictures == 0


def _after_mending(desk: Desk, served: Served) -> str:
    with served.centre.database.write() as db:
        db.execute(sa.text("DROP TRIGGER only"))
        db.execute(sa.text("INSERT INTO file_size SELECT sha256, 2004 FROM file_size"))
    return sync(desk).happened
