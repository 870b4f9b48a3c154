"""Set-up's pure pieces: what is missing, what is ready, what is started."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

INSTALLER = Path(__file__).parent.parent.parent / "installer"


def loaded(name: str, folder: Path = INSTALLER) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"daiban_{name}", folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bootstrap = loaded("bootstrap")
fonts = loaded("fonts")


def test_packages_under_either_name_count_as_there() -> None:
    present = bootstrap.found_in("libegl1 installed\nlibcups2t64 installed\nlibgl1 not-installed\n")
    assert bootstrap.missing_packages(["libegl1", "libcups2", "libgl1"], present) == ["libgl1"]


@pytest.mark.parametrize(("platform", "tail"), [("win32", "Scripts/python.exe"), ("linux", "bin/python")])
def test_the_interpreter_of_the_environment(platform: str, tail: str) -> None:
    assert bootstrap.python(Path("x"), platform).as_posix() == f"x/{tail}"


def test_an_environment_without_its_stamp_is_not_ready(tmp_path: Path) -> None:
    wanted = bootstrap.fingerprint()
    assert not bootstrap.is_ready(tmp_path, wanted)
    interpreter = bootstrap.python(tmp_path)
    interpreter.parent.mkdir(parents=True)
    interpreter.touch()
    assert not bootstrap.is_ready(tmp_path, wanted)
    (tmp_path / bootstrap.STAMP).write_text(wanted, "utf-8")
    assert bootstrap.is_ready(tmp_path, wanted)
    assert not bootstrap.is_ready(tmp_path, "another")


def test_an_environment_is_that_of_the_interpreter_that_made_it(tmp_path: Path) -> None:
    assert not bootstrap.is_of(tmp_path / "env", sys.executable)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "env"], check=True)
    assert bootstrap.is_of(tmp_path / "env", sys.executable)
    assert not bootstrap.is_of(tmp_path / "env", str(tmp_path / "python3.12"))
    bootstrap.python(tmp_path / "env").unlink()
    assert not bootstrap.is_of(tmp_path / "env", sys.executable)


@pytest.mark.parametrize(
    ("rest", "display", "started"),
    [([], True, "window --demo"), ([], False, "tour"), (["--keep", "x"], True, "tour --keep x")],
)
def test_what_run_starts(rest: list[str], display: bool, started: str) -> None:
    assert " ".join(bootstrap.run_command(rest, display=display)[2:]) == f"desk {started}"


def test_what_test_starts_and_that_ones_own_options_come_last() -> None:
    assert " ".join(bootstrap.test_command(["-n", "0"])[1:]).startswith("-m pytest --numprocesses=")
    assert bootstrap.test_command(["-n", "0"])[-2:] == ["-n", "0"]


def test_what_is_compiled_is_kept_whatever_the_machine_says() -> None:
    assert bootstrap.for_programs({"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C"}) == {"LANG": "C", "PYTHONUTF8": "1"}


def test_what_is_compiled_lies_in_the_cache_where_the_program_s_folder_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path / "read-only")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = bootstrap.for_programs({})["PYTHONPYCACHEPREFIX"]
    assert Path(place).is_relative_to(bootstrap.cache())
    assert bootstrap.for_programs({"PYTHONPYCACHEPREFIX": "/mine"})["PYTHONPYCACHEPREFIX"] == "/mine"


def test_a_step_that_fails_says_what_to_do() -> None:
    with pytest.raises(bootstrap.SetupError, match=r"试一试没有成功。请重来。[\s\S]*boom"):
        bootstrap.run([sys.executable, "-c", "raise SystemExit('boom')"], "试一试", "请重来。")
    with pytest.raises(bootstrap.SetupError, match="没有成功"):
        bootstrap.run(["/no/such/program"], "试一试", "请重来。")


def test_the_lock_names_exact_versions_with_checksums_and_no_address() -> None:
    lock = (INSTALLER / "lock.txt").read_text("utf-8")
    pins = [line for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#"))]
    assert len(pins) > 40
    assert lock.count("--hash=sha256:") >= len(pins)
    assert "://" not in lock
    (qt,) = [line for line in pins if line.startswith("pyside6-essentials")]
    assert qt.startswith("pyside6-essentials==6.11.")


def test_a_centre_is_installed_from_its_part_of_the_same_lock() -> None:
    part = loaded("centre_lock", Path(__file__).parent).part()
    assert (INSTALLER / "centre" / "lock.txt").read_text("utf-8") == part
    names = {line.partition("==")[0].partition("[")[0] for line in part.splitlines() if "==" in line}
    assert {"fastapi", "psycopg", "argon2-cffi", "hatchling"} < names
    assert not {"pyside6-essentials", "pytest", "playwright"} & names


@pytest.mark.skipif(sys.platform == "win32", reason="apt is Debian's")
def test_apt_starts_nothing_while_it_installs_for_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = tmp_path / "policy-rc.d"
    monkeypatch.setattr(bootstrap, "POLICY", policy)
    monkeypatch.setattr(bootstrap, "apt_prefix", list)
    with bootstrap.no_services():
        assert subprocess.run([policy], check=False).returncode == 101
    assert not policy.exists()
    policy.write_text("#!/bin/sh\nexit 0\n", "ascii")  # the system's own stays
    with bootstrap.no_services():
        assert "exit 0" in policy.read_text("ascii")
    assert policy.exists()


@pytest.mark.skipif(not bootstrap.is_debian(), reason="their packages are Debian's")
def test_what_a_trial_cluster_is_made_of_is_asked_for_once_and_its_lack_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    pieces = tmp_path / "pieces.py"
    asked = tmp_path / "asked"
    pieces.write_text(
        f"import sys; open({str(asked)!r}, 'a').write(' '.join(sys.argv[1:]) + ';'); sys.exit(1)", "utf-8"
    )
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "PIECES", pieces)
    monkeypatch.setattr(bootstrap, "NO_CLUSTER", tmp_path / "cache" / "none")
    monkeypatch.setattr(bootstrap, "python", lambda _: Path(sys.executable))
    monkeypatch.setattr(bootstrap, "apt_prefix", lambda: ["true"])
    bootstrap.cluster()
    bootstrap.cluster()
    assert asked.read_text("utf-8") == "--installed;;"
    assert capfd.readouterr().out.count("会说明并跳过") == 1


def test_fonts_that_were_changed_are_fetched_again(tmp_path: Path) -> None:
    assert set(fonts.missing(tmp_path)) == set(fonts.FONTS)
    name = next(iter(fonts.FONTS))
    (tmp_path / name).write_bytes(b"font")
    line = {"sha256": fonts._sum(b"font"), "size": 4, "mtime": 0}
    (tmp_path / fonts.MANIFEST).write_text(f'{{"{name}": {line}}}'.replace("'", '"'), "utf-8")
    assert name not in fonts.missing(tmp_path)
    (tmp_path / name).write_bytes(b"fnot")
    assert name in fonts.missing(tmp_path)


def test_every_package_is_pinned_by_checksum() -> None:
    assert all(len(sha256) == 64 for _, sha256 in fonts.PACKAGES.values())
    assert {package for package, *_ in fonts.FONTS.values()} == set(fonts.PACKAGES)


def test_where_there_is_no_room_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / "new" / "env")
    monkeypatch.setattr(bootstrap, "ROOM", {False: 1 << 40, True: 1 << 40})
    with pytest.raises(bootstrap.SetupError, match="什么都还没有改动"):
        bootstrap.ahead([], for_tests=False)
    assert list(tmp_path.iterdir()) == []


def test_an_environment_has_a_place_where_the_checkout_has_none(tmp_path: Path) -> None:
    assert bootstrap.place_of_environment(tmp_path) == tmp_path / ".venv"
    assert bootstrap.place_of_environment(tmp_path / "nowhere").parent == bootstrap.cache()
