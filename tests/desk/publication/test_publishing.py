"""The list as a static site: whole or not there, signed, and every file as it was published."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import PASSWORD

from desk.app.open_desk import Desk
from desk.app.publishing import run_publish
from desk.errors import CancelledError, RefusedError
from desk.law.catalogue import load
from desk.papers.published_list import listing_of, signer_of
from desk.publication import manifest, writing
from desk.publication.listing import file_name


def published(desk: Desk, folder: Path) -> Path:
    writing.publish(listing_of(desk.session), folder, signer_of(desk.session), lambda _: None, lambda: False)
    return folder


def test_a_site_is_whole_and_loads_nothing_from_elsewhere(desk: Desk, tmp_path: Path) -> None:
    folder = published(desk, tmp_path / "site")
    items = listing_of(desk.session).items
    assert len(list((folder / "items").glob("*.html"))) == len(list((folder / "guides").glob("*.pdf"))) == len(items)
    assert (folder / "book.pdf").read_bytes().startswith(b"%PDF")
    assert len(load.load((folder / "catalogue.json").read_bytes()).items) == len(items)
    powers = listing_of(desk.session).powers
    assert len(list((folder / "powers").glob("*.html"))) == len(powers) > 10
    licence = next(one for one in powers if one.task_code in {item.task_code for item in items})
    told = (folder / f"powers/{file_name(licence.task_code)}.html").read_text("utf-8")
    assert f"../items/{file_name(licence.task_code)}.html" in told  # what people apply for has its guide
    for page in folder.rglob("*.html"):
        assert not any(sign in page.read_text("utf-8") for sign in ('src="http', 'href="http', 'href="/', 'src="/'))


def test_anyone_checks_it_and_a_changed_file_is_found(desk: Desk, tmp_path: Path) -> None:
    folder = published(desk, tmp_path / "site")
    for command in (manifest.VERIFY, manifest.SUMS):
        assert subprocess.run(command.split(), cwd=folder, capture_output=True, check=False).returncode == 0
    assert run_publish([str(folder), "--check", "--key", desk.identity.keys.public().sign.hex()]) == 0
    (folder / "index.html").write_text("other")
    assert run_publish([str(folder), "--check"]) == 2
    with pytest.raises(RefusedError, match="index"):
        manifest.check(folder)


def test_given_up_half_way_it_leaves_what_stood(desk: Desk, tmp_path: Path) -> None:
    folder = published(desk, tmp_path / "site")
    before = (folder / manifest.LIST).read_bytes()
    steps: list[int] = []
    with pytest.raises(CancelledError):
        writing.publish(
            listing_of(desk.session),
            folder,
            signer_of(desk.session),
            lambda _: steps.append(1),
            lambda: len(steps) > 50,
        )
    assert (folder / manifest.LIST).read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if "site" in one.name] == ["site"]


def test_a_folder_with_other_files_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    with pytest.raises(RefusedError, match="别的文件"):
        published(desk, other)
    assert [one.name for one in other.iterdir()] == ["letter.txt"]


def test_the_command_writes_it(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = desk.folder
    account = desk.account.account
    desk.close()
    monkeypatch.setenv("DAIBAN_PASSWORD", PASSWORD)
    assert run_publish(["--data", str(folder), "--account", account, str(tmp_path / "site")]) == 0
    assert manifest.check(tmp_path / "site").items > 0
