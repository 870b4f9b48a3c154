"""What packages are made of, without a build root: their files, their scripts, and what stays when they go."""

from __future__ import annotations

import configparser
import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from desk.centre.run import settings
from desk.release import package_file

_KINDS = "{http://www.freedesktop.org/standards/shared-mime-info}"
INSTALLER = Path(__file__).parent.parent.parent / "installer"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="dpkg is Debian's")


@pytest.fixture(scope="module")
def debian() -> ModuleType:
    sys.path.insert(0, str(INSTALLER))
    try:
        return importlib.import_module("package.debian")
    finally:
        sys.path.remove(str(INSTALLER))


@pytest.fixture(scope="module")
def packed(debian: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both packages around an empty bundle, unpacked, control files in DEBIAN."""
    home = tmp_path_factory.mktemp("packed")
    told = home / "bundle" / "share" / "daiban"
    told.mkdir(parents=True)
    (told / "NOTICES.txt").write_text("others' licences", "utf-8")
    before = os.environ.get("DAIBAN_BUILD")
    os.environ["DAIBAN_BUILD"] = str(home / "build")
    try:
        out = {}
        for what, package in debian.PACKAGES.items():
            made = debian.build(package, home / "bundle", home / "out")
            subprocess.run(["dpkg-deb", "-R", made, home / what], check=True)
            out[what] = home / what
    finally:
        os.environ.pop("DAIBAN_BUILD")
        if before is not None:
            os.environ["DAIBAN_BUILD"] = before
    return out


def test_scripts_are_shell_and_none_speaks_of_the_folder_of_an_installation_by_hand(packed: dict[str, Path]) -> None:
    for tree in packed.values():
        for one in (path for path in tree.rglob("*") if path.is_file() and "doc" not in path.parts):
            text = one.read_bytes()
            assert b"/opt/daiban" not in text, one
            if text.startswith(b"#!/bin/sh"):
                assert one.stat().st_mode & 0o111, one
                subprocess.run(["sh", "-n", one], check=True)


def test_a_centre_s_package_holds_service_timer_and_settings_with_backups_on(packed: dict[str, Path]) -> None:
    tree = packed["centre"]
    units = tree / "lib" / "systemd" / "system"
    for name in ("daiban-centre.service", "daiban-centre-backup.service"):
        unit = configparser.ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read(units / name, "utf-8")
        command = unit["Service"]["ExecStart"].split()
        assert (tree / command[0].lstrip("/")).is_file(), command
        assert unit["Service"]["User"] == "daiban"
        assert unit["Service"]["ProtectSystem"] == "strict"
    assert "OnCalendar=hourly" in (units / "daiban-centre-backup.timer").read_text("utf-8")
    read = settings.read(tree / "etc" / "daiban" / "centre.toml")
    assert read.backup_folder == "/var/lib/daiban-centre/backups"
    assert read.backup_password_file == "/etc/daiban/backup.password"
    assert (tree / "DEBIAN" / "conffiles").read_text("ascii").split() == ["/etc/daiban/centre.toml"]


def test_secrets_data_and_backups_belong_to_no_package(packed: dict[str, Path]) -> None:
    tree = packed["centre"]
    assert sorted(one.name for one in (tree / "etc" / "daiban").iterdir()) == ["centre.toml"]
    assert not (tree / "var").exists()
    for name in ("prerm", "postrm"):
        script = (tree / "DEBIAN" / name).read_text("utf-8")
        assert not [word for word in ("rm ", "deluser", "unlink") if word in script], name


def test_the_system_knows_batches_and_updates_by_their_endings(packed: dict[str, Path]) -> None:
    tree = packed["deb"]
    kinds = ElementTree.parse(tree / "usr/share/mime/packages/daiban-desk.xml").getroot()  # noqa: S314 - our own
    globs = {one.get("pattern") for one in kinds.iter(f"{_KINDS}glob")}
    assert {"*.dbs", "*.DBS", f"*{package_file.ENDING}", f"*{package_file.ENDING.lower()}"} == globs
    menu = (tree / "usr/share/applications/daiban-desk.desktop").read_text("utf-8")
    for one in kinds.iter(f"{_KINDS}mime-type"):
        assert f"{one.get('type')};" in menu
    (magic,) = kinds.iter(f"{_KINDS}match")
    assert magic.get("value") == package_file.MAGIC.decode()


def test_a_counter_s_package_makes_its_demonstration_without_what_it_leaves_out(debian: ModuleType) -> None:
    left_out = [*debian.bundle._ONLY_A_CENTRE, *debian.bundle._UNUSED]
    code = (
        "import sys; sys.modules.update(dict.fromkeys(sys.argv[1:]));"
        "import desk.demonstration.making, desk.centre.commands, desk.centre.serving, ui.app, ui.tour"
    )
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code, *left_out], capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("system", "called", "machine"), [("linux", "x86_64", "LINUX"), ("win32", "AMD64", "WINDOWS")])
def test_an_update_says_of_its_machine_what_a_desk_there_says(
    debian: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    system: str,
    called: str,
    machine: str,
) -> None:
    release = debian.bundle.release
    monkeypatch.setenv("DAIBAN_RELEASE_KEY", str(tmp_path / "release.key"))
    release.make_key()
    (tmp_path / "bundle").mkdir()
    release.write(tmp_path / "bundle")
    made = release.pack(tmp_path / "bundle", getattr(release, machine), tmp_path / "out", "更快。")
    key = bytes.fromhex((tmp_path / "bundle" / "share" / "daiban" / "release.pub").read_text("ascii"))
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("platform.machine", lambda: called)
    told = package_file.read(made, {key})
    package_file.must_fit(told, "0.0.1", package_file.platform())
    assert (told.version, told.notes) == (release.version(), "更快。")
