"""Two hundred marks are planted: names, identity numbers, telephones, addresses, reasons and names of files. Neither a
dump of the centre's database nor a stick, a desk's disk or a backup of either has one of them in clear."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import postgres
from conftest import PASSWORD, Served, both_databases, called, full_draft, sync

from desk.app.open_desk import Desk
from desk.centre.node import centre_node
from desk.centre.run import backup
from desk.log import events
from desk.log.events import Person
from desk.store.snapshots import CaseQuery

PEOPLE = 34  # with six marks each
_SYLLABLES = "阿巴查达额嘎哈吉拉玛纳敖普其仁萨塔乌希扎朝鲁宝音图布斯日古楞德力格尔"
KEYS = {"centre.key", centre_node.BOX_FILE, centre_node.AUTHORITY}  # are kept apart from what may be lost


def _person(at: int) -> Person:
    """Somebody nobody else is called like."""
    name = "植" + "".join(_SYLLABLES[(at * step) % len(_SYLLABLES)] for step in (1, 7, 11)) + "记"
    known = called(name)
    phone, address = f"139{at * 7919 + 10_000_000:08d}", f"植记苏木草场路{at + 7301}号"
    return msgspec.structs.replace(known, phone=phone, address=address)


def _planted(desk: Desk) -> dict[str, list[str]]:
    """Cases of them, with a reason and a picture each; the marks by what they are."""
    marks: dict[str, list[str]] = {key: [] for key in ("name", "id", "phone", "address", "reason", "file")}
    for at in range(PEOPLE):
        person, reason, file = _person(at), f"植记事由之{at}：家中有病人", f"植记照片{at}号.jpg"
        ref = desk.pictures.keep(b"\xff\xd8\xff" + bytes([at]) * 700, file)
        draft = full_draft(desk, at, person, note=reason)
        first = msgspec.structs.replace(draft.materials[0], files=(ref,))
        desk.register(msgspec.structs.replace(draft, materials=(first, *draft.materials[1:])))
        planted = (person.name, person.id_number, person.phone, person.address, reason, file)
        for key, mark in zip(marks, planted, strict=True):
            marks[key].append(mark)
    return marks


def _decided(served: Served, number: str, marks: dict[str, list[str]]) -> None:
    """A clerk says no, with a reason."""
    marks["reason"].append("植记理由：收入超过标准")
    for kind, data in (
        ("case.accepted", events.Accepted("乌兰", "局")),
        ("case.refused", events.Act("乌兰", "局", marks["reason"][-1])),
    ):
        _, seen = served.centre.case(number)
        served.centre.act("wulan", kind, number, data, seen)


def _written(mark: str) -> Iterator[bytes]:
    """A mark as it may stand in a file."""
    plain = mark.encode()
    yield plain
    yield plain.hex().encode()
    yield mark.encode("utf-16-le")
    yield mark.encode("gb18030")
    yield mark.encode("ascii", "backslashreplace")  # as JSON has it


def _bytes(place: Path) -> bytes:
    files = [place] if place.is_file() else [one for one in place.rglob("*") if one.is_file() and one.name not in KEYS]
    return b"\n".join(f"{one.name}\n".encode() + one.read_bytes() for one in files)


def _dump(served: Served, url: str, folder: Path) -> bytes:
    if url:
        plain = [str(postgres.programs() / "pg_dump"), "--format=plain", url]
        return subprocess.run(plain, check=True, capture_output=True).stdout
    with sqlite3.connect(folder / "centre.db") as db:
        return "\n".join(db.iterdump()).encode()


@both_databases
def test_no_planted_mark_is_found(served: Served, desk: Desk, tmp_path: Path, centre_url: str) -> None:
    marks = _planted(desk)
    assert sum(map(len, marks.values())) >= 200
    assert len({mark for each in marks.values() for mark in each}) == sum(map(len, marks.values()))
    desk.save_draft(full_draft(desk, 99, _person(0)))
    sync(desk)
    _decided(served, desk.cases(CaseQuery())[0].intake_no, marks)
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.register(full_draft(desk, 100, _person(1)))
    desk.courier(stick, lambda _far: None, lambda: False)
    (target := tmp_path / "copies").mkdir()
    made = desk.backups.make(str(target))
    backup.backup(served.centre, centre_url, target / "centre.daiban", PASSWORD)
    desk.agents.add("bater", "巴特尔", "a fine password")
    places = {
        "dump": _dump(served, centre_url, tmp_path / "centre"),
        "centre's disk": _bytes(tmp_path / "centre"),
        "stick": _bytes(stick),
        "disk": _bytes(desk.folder),
        "backup": _bytes(Path(made.path)) + _bytes(target),
    }
    found = [
        (place, kind, mark)
        for place, data in places.items()
        for kind, each in marks.items()
        for mark in each
        if any(one in data for one in _written(mark))
    ]
    assert found == []
