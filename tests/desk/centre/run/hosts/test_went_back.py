"""A database that goes back: noticed with the next write, told by number, and healed by a word and from the desks."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from conftest import PASSWORD, TRUSTING, Served, SetClock, both_databases, full_draft, move, serving, sync

from db.centre import copies, rows
from db.centre.hosts import ends
from db.centre.hosts.ends import End, WentBackError
from desk.app.open_desk import Desk
from desk.centre import commands, site
from desk.centre.node import centre_node, publishing
from desk.centre.node.hosts.host_keys import END_FILE
from desk.centre.run import guard
from desk.log.centre_events import NoticePublished
from desk.sync.outcome import Outcome


class Old:
    """The state of a database at a moment, to which it goes back."""

    def __init__(self, centre: centre_node.Centre, url: str, folder: Path) -> None:
        self._centre, self._url, self._copy = centre, url, folder / "old-state"
        if url:
            copies.dump_postgres(url, self._copy)
        else:
            copies.copy_sqlite(centre.folder / centre_node.DB_FILE, self._copy)

    def comes(self) -> None:
        """The database is as it was then, under whoever has it open."""
        self._centre.database.engine.dispose()
        if self._url:
            copies.drop_everything(self._url)
            copies.load_postgres(self._url, self._copy)
            return
        for end in ("-wal", "-shm"):
            (self._centre.folder / f"{centre_node.DB_FILE}{end}").unlink(missing_ok=True)
        shutil.copy(self._copy, self._centre.folder / centre_node.DB_FILE)


@both_databases
def test_noticed_with_the_next_write_told_and_healed(
    served: Served, desk: Desk, centre_url: str, tmp_path: Path, tell: SetClock, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    centre = served.centre
    guard.add_clerk(centre, "boss", "主任", PASSWORD, "办公室", roles=frozenset({guard.Role.ADMIN}))
    first = desk.register(full_draft(desk)).intake_no
    sync(desk)
    old = Old(centre, centre_url, tmp_path)
    second = desk.register(full_draft(desk, 2)).intake_no
    sync(desk)
    move(served, second, "case.accepted")
    move(served, first, "case.accepted")
    sync(desk)  # the desk heard of it
    before = centre.verify()
    with centre.database.read() as db:
        lost_to = rows.own_end(db)[0]
        acknowledged = set(rows.hashes(db, desk.identity.node, 1, 10**6))
    old.comes()
    with centre.database.read() as db:
        back_to = rows.own_end(db)[0]
    assert back_to < lost_to

    # Nothing more is written, by whomever: it is told, by number.
    desk.register(full_draft(desk, 3))
    told = sync(desk)
    assert told.outcome is Outcome.BUSY
    assert "数据库退回过" in told.happened
    with pytest.raises(WentBackError) as error:
        move(served, first, "case.accepted")
    assert (error.value.known.seq, error.value.found.seq) == (lost_to, back_to)
    application = site.app(centre, TRUSTING)
    with serving(application) as address, httpx.Client(base_url=address, follow_redirects=True) as clerk:
        ready = clerk.get("/readyz")
        assert (ready.status_code, ready.json()["database"], ready.json()["log"]) == (503, True, False)
        clerk.post("/login", data={"account": "boss", "password": PASSWORD})
        page = clerk.get("/running").text
        assert f"第 {back_to + 1} 到 {lost_to} 条不见了" in page
        assert "desk centre restored" in page
    with centre.database.read() as db:
        assert rows.own_end(db)[0] == back_to

    monkeypatch.setenv("DAIBAN_PASSWORD", PASSWORD)
    # Another process of this host knows it from the file; somebody's word begins a new epoch there.
    monkeypatch.setenv("DAIBAN_CENTRE_DB", centre_url or f"sqlite:///{centre.folder / centre_node.DB_FILE}")
    centre.database.ends._keep()
    again = centre_node.Centre(centre.folder, centre_url, tell)
    with pytest.raises(WentBackError):
        publishing.notice(again, "", NoticePublished("a", "b", "c"))
    again.close()
    assert commands.run_centre(["--data", str(centre.folder), "add-clerk", "new", "新人", "综合窗口"]) == 1
    assert f"第 {back_to + 1} 到 {lost_to} 条不见了" in capsys.readouterr().err
    assert commands.run_centre(["--data", str(centre.folder), "restored"]) == 0
    assert "第 2 纪元" in capsys.readouterr().out

    # What the desk holds comes back by itself: its own entries, and what the centre had told it.
    for _ in range(3):
        told = sync(desk)
    assert told.outcome is Outcome.DONE
    with centre.database.read() as db:
        centre.database.ends.check(db)  # nothing is missed any more
        assert acknowledged <= set(rows.hashes(db, desk.identity.node, 1, 10**6))
    assert centre.verify()[desk.identity.node] > before[desk.identity.node]
    for number in (first, second):
        case, _ = centre.case(number)
        assert case.state.value == "accepted"
    assert httpx.get(served.address + "/readyz").json()["ok"]


@both_databases
def test_a_log_that_became_another_one(served: Served, centre_url: str, tmp_path: Path, tell: SetClock) -> None:
    """The old primary went on by itself: as many entries and more, but others."""
    old = Old(served.centre, centre_url, tmp_path)
    for number in range(2):
        publishing.notice(served.centre, "", NoticePublished("一", str(number), "c"))
    known = served.centre.database.ends._known
    old.comes()
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(served.centre.folder, elsewhere, ignore=shutil.ignore_patterns("*.part"))
    (elsewhere / END_FILE).unlink(missing_ok=True)
    url = centre_url or f"sqlite:///{served.centre.folder / centre_node.DB_FILE}"
    with contextlib.closing(centre_node.Centre(elsewhere, url, tell)) as other:
        for number in range(5):
            publishing.notice(other, "", NoticePublished("二", str(number), "c"))
    with pytest.raises(WentBackError) as error:
        publishing.notice(served.centre, "", NoticePublished("三", "", "c"))
    assert error.value.known == known
    assert error.value.found.seq > known.seq


@both_databases
def test_what_another_host_writes_is_no_way_back(
    served: Served, centre_url: str, tmp_path: Path, tell: SetClock
) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(served.centre.folder, elsewhere, ignore=shutil.ignore_patterns("*.part"))
    url = centre_url or f"sqlite:///{served.centre.folder / centre_node.DB_FILE}"
    with contextlib.closing(centre_node.Centre(elsewhere, url, tell)) as other:
        for number in range(6):
            at = (served.centre, other)[number % 2]
            publishing.notice(at, "", NoticePublished("一", str(number), "c"))
    (first, second) = (ends._read(folder / END_FILE) for folder in (served.centre.folder, elsewhere))
    assert second is not None
    assert first is None or first.seq <= second.seq


def test_what_a_transaction_undid_is_not_known(served: Served) -> None:
    centre = served.centre
    publishing.notice(centre, "", NoticePublished("一", "", "c"))
    known = centre.database.ends._known

    def fails(db: sa.Connection) -> None:
        rows.set_own_end(db, 99, b"x" * 32)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        centre.database.together(fails)
    assert centre.database.ends._known == known
    publishing.notice(centre, "", NoticePublished("二", "", "c"))
    assert centre.database.ends._known.seq == known.seq + 1


class TestFile:
    """The file beside the keys."""

    def test_it_never_goes_back(self, tmp_path: Path) -> None:
        one, two = ends.Ends(tmp_path / "end"), ends.Ends(tmp_path / "end")
        one.note(End(1, 9, "a"))
        two.note(End(1, 5, "b"))
        one.close()
        two.close()
        assert ends._read(tmp_path / "end") == End(1, 9, "a")
        three = ends.Ends(tmp_path / "end")
        three.note(End(2, 3, "c"))
        three.close()
        assert ends._read(tmp_path / "end") == End(2, 3, "c")

    def test_many_writes_are_few_of_the_disk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        written: list[str] = []
        write = ends.write_whole
        monkeypatch.setattr(ends, "write_whole", lambda path, data: (written.append("x"), write(path, data)))
        made = ends.Ends(tmp_path / "end")
        for number in range(1, 2000):
            made.note(End(1, number, "h"))
        made.close()
        assert len(written) < 10
        assert ends._read(tmp_path / "end") == End(1, 1999, "h")

    @pytest.mark.parametrize("text", ["", "[]", '{"epoch": 1}', '{"epoch": "x", "seq": 1, "hash": ""}', "9" * 2000])
    def test_what_cannot_be_read_is_none(self, text: str, tmp_path: Path) -> None:
        (tmp_path / "end").write_text(text)
        assert ends.Ends(tmp_path / "end")._known is None

    def test_a_disk_that_is_full_stops_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "full")

        monkeypatch.setattr(ends, "write_whole", full)
        made = ends.Ends(tmp_path / "end")
        made.note(End(1, 2, "h"))
        made.close()
        assert made._known == End(1, 2, "h")
