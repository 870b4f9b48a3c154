"""Pictures by stick: after their entries, in parts, on with what came by network, told of in the answer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Served
from test_courier import carry, hand_in
from test_pictures import at_centre, jpeg, with_pictures

from db.centre import part_rows
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment, picture_intake
from desk.errors import SurroundingsError
from desk.sync import courier
from desk.sync.protocol import parts
from desk.sync.protocol.seal import seal


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def pics(stick: Path) -> list[Path]:
    return sorted((stick / "DAIBAN" / "PICS").glob("*.DBS"))


def test_pictures_reach_a_centre_that_the_desk_never_had_a_line_to(desk: Desk, served: Served, stick: Path) -> None:
    data = [jpeg(1, 200_000), jpeg(2, 3_000), jpeg(3, 2_500_000)]
    _, refs = with_pictures(desk, 1, *data)
    assert carry(desk, stick).pictures == 3
    assert len(pics(stick)) == 5
    assert desk.sync_status().pictures == 3  # on the way is not there
    lines = hand_in(served, stick)
    assert all(line.good for line in lines), lines
    assert "图片 3 张完整收到" in "".join(line.words for line in lines)
    assert [at_centre(served, ref) for ref in refs] == data
    back = carry(desk, stick)
    assert (back.pictures_there, back.pictures) == (3, 0)
    assert desk.sync_status().pictures == 0
    assert pics(stick) == []


def test_names_fit_fat32_and_nobody_on_the_way_sees_a_picture(desk: Desk, stick: Path) -> None:
    data = jpeg(1, 9_000)
    with_pictures(desk, 1, data)
    carry(desk, stick)
    (path,) = pics(stick)
    assert path.name.isascii()
    assert not set(path.name) & set('\\/:*?"<>|+,;=[]')
    assert data[100:200] not in path.read_bytes()


def test_what_began_by_network_goes_on_by_stick(desk: Desk, served: Served, stick: Path) -> None:
    data = jpeg(1, 2_200_000)
    _, (ref,) = with_pictures(desk, 1, data)
    carry(desk, stick)
    for path in pics(stick):
        path.rename(path.with_suffix(".LATE"))
    hand_in(served, stick)  # the entries alone
    begun = parts.PARTS.pack(parts.Head("part", desk.identity.node, ref.sha256, 0), data[:70_000], desk.identity.keys)
    assert picture_intake.take(served.centre, seal(begun, served.centre.keys.public().seal)).have == 70_000
    for path in stick.rglob("*.LATE"):
        path.rename(path.with_suffix(".DBS"))
    hand_in(served, stick)
    assert at_centre(served, ref) == data


def test_parts_in_any_order_of_names_twice_and_one_missing(desk: Desk, served: Served, stick: Path) -> None:
    data = jpeg(1, 3_300_000)
    _, (ref,) = with_pictures(desk, 1, data)
    carry(desk, stick)
    found = pics(stick)
    for at, path in enumerate(reversed(found)):
        path.rename(path.with_name(f"{at}.DBS"))
    lost = pics(stick)[1].read_bytes()
    pics(stick)[1].unlink()
    hand_in(served, stick)
    assert at_centre(served, ref) is None
    (stick / "DAIBAN" / "PICS" / "X.DBS").write_bytes(lost)
    hand_in(served, stick)
    hand_in(served, stick)
    assert at_centre(served, ref) == data


def test_a_full_stick_keeps_the_entries_and_says_how_many_pictures_are_left(
    desk: Desk, served: Served, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pictures(desk, 1, jpeg(1, 1_000), jpeg(2, 2_000), jpeg(3, 3_000))
    real = courier.put

    def put(path: Path, data: bytes) -> None:
        if path.parent.name == "PICS" and len(pics(stick)) == 1:
            raise SurroundingsError("U盘写不进去（盘满了）。")
        real(path, data)

    monkeypatch.setattr(courier, "put", put)
    found = carry(desk, stick)
    assert (found.entries > 0, found.pictures) == (True, 1)
    assert "还有 2 张图片没写上" in "".join(found.notes)
    hand_in(served, stick)
    monkeypatch.undo()
    back = carry(desk, stick)
    assert (back.pictures_there, back.pictures) == (1, 2)


def test_what_a_clerk_waits_for_is_put_out_first(
    desk: Desk, served: Served, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, refs = with_pictures(desk, 1, jpeg(1, 1_000), jpeg(2, 2_000), jpeg(3, 3_000))
    carry(desk, stick)
    shutil.rmtree(stick / "DAIBAN" / "PICS")
    hand_in(served, stick)
    with served.centre.database.write() as db:
        part_rows.want(db, [refs[2].sha256], served.centre.now())
    hand_in(served, stick)
    put, real = list[str](), courier.put
    monkeypatch.setattr(courier, "put", lambda path, data: (put.append(path.name), real(path, data)))
    carry(desk, stick)
    first = next(name for name in put if name.endswith("-00000000.DBS"))
    assert refs[2].sha256[:16].upper() in first


def test_spoiled_parts_strangers_and_the_revoked(
    desk: Desk, make_desk: Callable[..., Desk], served: Served, stick: Path
) -> None:
    gone = make_desk("gone", "152523202203")
    _, (lost,) = with_pictures(gone, 1, jpeg(5, 4_000))
    _, (ref,) = with_pictures(desk, 1, jpeg(1, 1_000))
    carry(gone, stick)
    carry(desk, stick)
    enrolment.revoke(served.centre, gone.identity.node)
    (path,) = [one for one in pics(stick) if one.name.startswith(desk.identity.node)]
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert [line for line in hand_in(served, stick) if path.name in line.words and not line.good]
        assert at_centre(served, ref) is None
    (path.parent / "DEEP.DBS").mkdir()
    (path.parent / "LINK.DBS").symlink_to("/etc/passwd")
    path.write_bytes(whole)
    hand_in(served, stick)
    assert at_centre(served, ref) == jpeg(1, 1_000)
    assert at_centre(served, lost) is None


def test_an_answer_from_before_the_centre_lost_it_says_nothing(desk: Desk, served: Served, stick: Path) -> None:
    with_pictures(desk, 1, jpeg(1, 1_000))
    carry(desk, stick)
    hand_in(served, stick)
    with desk.store.write() as db:
        desk.store.set_epoch(db, 2)
    assert carry(desk, stick).pictures_there == 0
    assert desk.sync_status().pictures == 1
