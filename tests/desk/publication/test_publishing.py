"""The list as a static site: whole or not there, signed, and every file as it was published."""

from __future__ import annotations

import multiprocessing
import subprocess
from pathlib import Path

import msgspec
import pytest
from conftest import PASSWORD

from desk.app.open_desk import Desk
from desk.app.publishing import run_publish
from desk.errors import CancelledError, RefusedError
from desk.law.catalogue import load
from desk.papers.published_list import listing_of, signer_of
from desk.publication import manifest, side_by_side, writing
from desk.publication.listing import Listing, file_name
from desk.sync.outcome import Report, SyncProgress


@pytest.fixture
def short(desk: Desk) -> Listing:
    whole = listing_of(desk.session)
    return msgspec.structs.replace(whole, items=whole.items[::5])


def published(desk: Desk, folder: Path, listing: Listing) -> Path:
    writing.publish(listing, folder, signer_of(desk.session), lambda _: None, lambda: False)
    return folder


def test_the_command_writes_a_whole_site_that_loads_nothing_from_elsewhere(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, account, listing, folder = desk.folder, desk.account.account, listing_of(desk.session), tmp_path / "site"
    items, powers = listing.items, listing.powers
    desk.close()
    monkeypatch.setenv("DAIBAN_PASSWORD", PASSWORD)
    assert run_publish(["--data", str(data), "--account", account, str(folder)]) == 0
    assert manifest.check(folder).items == len(items)
    assert len(list((folder / "items").glob("*.html"))) == len(list((folder / "guides").glob("*.pdf"))) == len(items)
    assert (folder / "book.pdf").read_bytes().startswith(b"%PDF")
    assert len(load.load((folder / "catalogue.json").read_bytes()).items) == len(items)
    assert len(list((folder / "powers").glob("*.html"))) == len(powers) > 10
    licence = next(one for one in powers if one.task_code in {item.task_code for item in items})
    told = (folder / f"powers/{file_name(licence.task_code)}.html").read_text("utf-8")
    assert f"../items/{file_name(licence.task_code)}.html" in told  # what people apply for has its guide
    for page in folder.rglob("*.html"):
        assert not any(sign in page.read_text("utf-8") for sign in ('src="http', 'href="http', 'href="/', 'src="/'))


def test_anyone_checks_it_and_a_changed_file_is_found(desk: Desk, short: Listing, tmp_path: Path) -> None:
    folder = published(desk, tmp_path / "site", short)
    for command in (manifest.VERIFY, manifest.SUMS):
        assert subprocess.run(command.split(), cwd=folder, capture_output=True, check=False).returncode == 0
    assert run_publish([str(folder), "--check", "--key", desk.identity.keys.public().sign.hex()]) == 0
    (folder / "index.html").write_text("other")
    assert run_publish([str(folder), "--check"]) == 2
    with pytest.raises(RefusedError, match="index"):
        manifest.check(folder)


def test_given_up_half_way_it_leaves_what_stood(desk: Desk, short: Listing, tmp_path: Path) -> None:
    folder = published(desk, tmp_path / "site", short)
    before = (folder / manifest.LIST).read_bytes()
    told: list[SyncProgress] = []
    with pytest.raises(CancelledError):
        writing.publish(short, folder, signer_of(desk.session), told.append, lambda: len(told) > len(short.items))
    assert (folder / manifest.LIST).read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if "site" in one.name] == ["site"]


@pytest.fixture
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short list goes the way of a long one."""
    monkeypatch.setattr(writing, "_MANY", 2)
    monkeypatch.setattr(side_by_side, "cores", lambda: 2)


def test_two_processes_write_what_one_writes_also_where_one_dies(
    desk: Desk, short: Listing, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    def written(name: str, report: Report) -> bytes:
        writing.publish(short, tmp_path / name, signer_of(desk.session), report, lambda: False)
        return (tmp_path / name / manifest.LIST).read_bytes()

    def begun(name: str) -> bool:
        """Whether the other process drew something; this one leaves it time to."""
        drawn = any(tmp_path.glob(f".{name}.*/book.pdf"))
        for one in () if drawn else multiprocessing.active_children():
            one.join(0.2)
        return drawn

    def patient(_: SyncProgress) -> None:
        told.append(begun("together"))

    def deadly(_: SyncProgress) -> None:
        for one in multiprocessing.active_children() if begun("deserted") else ():
            one.kill()

    told: list[bool] = []
    alone = written("alone", lambda _: None)
    request.getfixturevalue("two_processes")
    assert written("together", patient) == alone
    assert any(told)
    assert written("deserted", deadly) == alone
    assert not multiprocessing.active_children()


def test_given_up_by_two_processes_it_leaves_nothing(
    desk: Desk, short: Listing, tmp_path: Path, two_processes: None
) -> None:
    told: list[SyncProgress] = []
    with pytest.raises(CancelledError):
        writing.publish(
            short, tmp_path / "site", signer_of(desk.session), told.append, lambda: len(told) > len(short.items)
        )
    assert not multiprocessing.active_children()
    assert not [one.name for one in tmp_path.iterdir() if "site" in one.name]


def test_a_folder_with_other_files_is_left_alone(desk: Desk, short: Listing, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    with pytest.raises(RefusedError, match="别的文件"):
        published(desk, other, short)
    assert [one.name for one in other.iterdir()] == ["letter.txt"]
