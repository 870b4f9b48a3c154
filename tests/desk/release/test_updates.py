"""An update by stick: signed, checked, backed up before, started, and left again by itself where it does not start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import small_bundle
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.app import opening
from desk.errors import RefusedError
from desk.release import package_file, programs
from desk.store.account import Account

KEY = Ed25519PrivateKey.generate()
SECRET, PUBLIC = KEY.private_bytes_raw(), KEY.public_key().public_bytes_raw()
CRASHES = "\nraise RuntimeError('a fault of the new version')\n"
# It brings the database up to a schema that the version before does not know, and breaks down with it open.
AFTER_UPGRADE = """
_init = MainWindow.__init__
def _broken(self, desk, *words):
    import os
    os._exit(3)
MainWindow.__init__ = _broken
"""
STEP = """

@desk()
def z999_of_next_year(db: Database) -> None:
    db.conn.execute("CREATE TABLE of_next_year (a TEXT)")
"""


class Machine:
    """A PC with the package's own program 0.1.0, a desk and a stick."""

    def __init__(self, place: Path) -> None:
        self.place, self.data, self.programs = place, place / "desk", place / "programs"
        self.own = small_bundle.made(place / "own", "0.1.0", PUBLIC)
        opening.create_alone(self.data, POINT, POINT_NAME, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """The program of the menu."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        env |= {"DAIBAN_PROGRAMS": str(self.programs), "DAIBAN_PASSWORD": PASSWORD, "QT_QPA_PLATFORM": "offscreen"}
        command = [str(self.own / "bin" / "python3"), "-I", "-X", "utf8", "-m", "desk", *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=env | more)

    def window(self, **more: str) -> subprocess.CompletedProcess[str]:
        """The window: somebody comes in and closes it again."""
        return self.run("window", "--data", str(self.data), **more)

    def stick(self, version: str, fault: str = "", change: Callable[[Path], None] = lambda _made: None) -> Path:
        """A stick with an update on it."""
        made = small_bundle.made(self.place / version, version, PUBLIC, fault=fault)
        change(made)
        stick = self.place / f"stick-{version}"
        out = stick / "DAIBAN" / "PROG" / f"desk_{version}.DBU"
        package_file.pack(made, out, version, "2026-12-01", SECRET, "改了一处。")
        shutil.rmtree(made)
        return stick

    def update(self, stick: Path) -> subprocess.CompletedProcess[str]:
        """As somebody at the counter does it."""
        return self.run("update", str(stick), "--data", str(self.data))


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("machine"))


@pytest.fixture(autouse=True)
def as_installed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(machine.programs, ignore_errors=True)
    monkeypatch.setenv("DAIBAN_PROGRAMS", str(machine.programs))


def test_an_update_by_stick_is_backed_up_started_and_kept(machine: Machine) -> None:
    before = set((machine.data / "backups").glob("*"))
    done = machine.update(machine.stick("0.3.0"))  # a desk of any age: 0.2.0 was never here
    assert done.returncode == 0, done.stderr
    assert "已备份并装好 0.3.0" in done.stdout
    assert set((machine.data / "backups").glob("*")) - before  # an older one may have gone for it
    assert machine.run("--version").stdout.split() == ["代办台", "0.3.0"]
    shown = machine.window()
    assert "WINDOW 0.3.0 True" in shown.stdout, shown.stderr
    now = programs.state()
    assert (now.chosen, now.good) == ("0.3.0", True)
    again = machine.update(machine.place / "stick-0.3.0")
    assert again.returncode == 1
    assert "没有比 0.3.0 新" in again.stderr


def test_one_that_crashes_is_left_in_the_same_start(machine: Machine) -> None:
    assert machine.update(machine.stick("0.4.0", CRASHES)).returncode == 0
    shown = machine.window()
    assert "WINDOW 0.1.0" in shown.stdout, shown.stderr
    assert programs.state().left == ["0.4.0"]
    assert not (machine.programs / "0.4.0").exists()  # the room is for the one that mends it
    assert machine.run("--version").stdout.split()[-1] == "0.1.0"


def test_one_that_brings_the_data_up_and_breaks_down_gives_them_back(machine: Machine) -> None:
    def of_next_year(made: Path) -> None:
        steps = next(made.glob("lib/*/site-packages/db/migrations.py"))
        steps.write_text(steps.read_text("utf-8") + STEP, "utf-8")

    assert machine.window().returncode == 0  # brought up to the schema of today
    assert machine.update(machine.stick("0.5.0", AFTER_UPGRADE, of_next_year)).returncode == 0
    shown = machine.window()
    assert "WINDOW 0.1.0 True" in shown.stdout, shown.stderr
    assert (machine.data / "left-by-0.5.0" / "desk.db").exists()


def test_one_that_nobody_comes_into_is_left_after_three_starts(machine: Machine) -> None:
    assert machine.update(machine.stick("0.6.0")).returncode == 0
    for _ in range(3):
        assert machine.window(DAIBAN_CLOSES="1").returncode == 0
    assert "WINDOW 0.1.0" in machine.window().stdout


@pytest.mark.skipif(sys.platform != "linux", reason="displays are named on Linux")
def test_one_that_finds_no_screen_is_not_left_for_it(machine: Machine) -> None:
    """Somebody is logged in from afar: the program of before would not stand either."""
    assert machine.update(machine.stick("0.8.0")).returncode == 0
    for _ in range(4):
        unseen = machine.window(DISPLAY=":987", QT_QPA_PLATFORM="xcb")
        assert "WINDOW" not in unseen.stdout
        assert unseen.returncode == 69
        assert "连不上屏幕" in unseen.stderr
    assert (programs.state().chosen, programs.state().starts, programs.state().left) == ("0.8.0", 0, [])
    assert "WINDOW 0.8.0 True" in machine.window().stdout


def test_one_that_does_not_run_here_is_not_taken(machine: Machine) -> None:
    def lacking(made: Path) -> None:
        (made / "share" / "daiban" / "release.json").write_text("{}", "utf-8")
        next(made.glob("lib/*/site-packages/desk/__main__.py")).write_text("import not_there\n", "utf-8")

    told = machine.update(machine.stick("0.7.0", change=lacking))
    assert told.returncode == 1
    assert "运行不了" in told.stderr
    assert not [one for one in machine.programs.iterdir() if one.is_dir()]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An update file of one small file."""
    home = tmp_path_factory.mktemp("small")
    (home / "in" / "bin").mkdir(parents=True)
    (home / "in" / "bin" / "python3").write_bytes(b"x" * 5000)
    package_file.pack(home / "in", home / "a.DBU", "0.2.0", "2026-12-01", SECRET)
    return home / "a.DBU"


def test_what_another_signed_or_somebody_changed_is_refused(small: Path, tmp_path: Path) -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    with pytest.raises(RefusedError, match="签名不对"):
        package_file.read(small, [other])
    data = small.read_bytes()
    for at in range(0, len(data), 7):
        changed = tmp_path / "b.DBU"
        changed.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(RefusedError):
            package_file.unpack(changed, [PUBLIC], tmp_path / f"out-{at}")
    for size in range(0, len(data), 50):
        (tmp_path / "c.DBU").write_bytes(data[:size])
        with pytest.raises(RefusedError):
            package_file.unpack(tmp_path / "c.DBU", [PUBLIC], tmp_path / f"cut-{size}")


@pytest.mark.parametrize("path", ["../a", "/a", "a//b", "a/../../b", "a\\b", "a/.", "", "C:a", "a\0b"])
def test_no_name_leads_elsewhere(path: str, tmp_path: Path) -> None:
    release = package_file.Release("daiban-desk", "0.2.0", "x", "", (package_file.File(path, 0, "0" * 64),))
    with pytest.raises(RefusedError, match="文件名"):
        package_file._must_be_plain(release)


def test_whatever_the_program_is_made_of_may_stand_in_an_update() -> None:
    root = Path(package_file.__file__).parents[2]
    told = subprocess.run(
        ["git", "-C", root, "ls-files", "-z", "desk", "ui", "db", "resources"],
        capture_output=True,
        text=True,
        check=True,
    )
    names = [name for name in told.stdout.split("\0") if name]
    assert len(names) > 500
    files = tuple(package_file.File(name, 0, "0" * 64) for name in names)
    package_file._must_be_plain(package_file.Release("daiban-desk", "0.2.0", "x", "", files))


def test_only_what_is_newer_and_for_this_machine(small: Path) -> None:
    release = package_file.read(small, [PUBLIC])
    package_file.must_fit(release, "0.1.9", package_file.platform())
    for now in ("0.2.0", "0.2", "0.10.0"):
        with pytest.raises(RefusedError, match="不比现在"):
            package_file.must_fit(release, now, package_file.platform())
    with pytest.raises(RefusedError, match="win32-x86_64"):
        package_file.must_fit(release, "0.1.0", "win32-x86_64")


def test_a_state_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    programs.keep(programs.State("0.9.0", starts=2))
    assert programs.state().starts == 2
    (programs.folder() / "state.json").write_text("[", "utf-8")
    assert programs.state() == programs.State()
