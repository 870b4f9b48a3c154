"""Files on file systems that cannot flush: CIFS, FUSE, some sticks."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from db import files
from db.files import take_place, write_whole
from desk.sync.courier import put


def refuse_to_flush(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refused(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refused)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_a_folder_that_cannot_flush_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    refuse_to_flush(monkeypatch, number)
    for write in (write_whole, put):
        write(tmp_path / write.__name__, b"new")
        assert (tmp_path / write.__name__).read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_disk_that_does_not_take_the_bytes_still_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kept").write_bytes(b"old")
    refuse_to_flush(monkeypatch, errno.EIO)
    with pytest.raises(OSError, match="nput/output"):
        write_whole(tmp_path / "kept", b"new")
    assert (tmp_path / "kept").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_bytes_that_do_not_come_back_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_to_flush(monkeypatch, errno.EINVAL)
    monkeypatch.setattr(Path, "read_bytes", lambda _self: b"ne")
    with pytest.raises(OSError, match="nput/output"):
        write_whole(tmp_path / "kept", b"new")
    assert list(tmp_path.iterdir()) == []


def held(monkeypatch: pytest.MonkeyPatch, times: int) -> list[Path]:
    """Another program has what is renamed open `times` times, as Windows answers then; what was tried."""
    tried: list[Path] = []
    rename = Path.replace

    def replace(self: Path, target: Path) -> Path:
        tried.append(self)
        if len(tried) <= times:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    return tried


def test_an_antivirus_that_reads_what_was_just_written_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_HELD", 60.0)
    held(monkeypatch, 3)
    write_whole(tmp_path / "kept", b"new")
    assert (tmp_path / "kept").read_bytes() == b"new"


def test_not_for_ever_and_not_where_a_no_is_final(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kept").write_bytes(b"old")
    for patience in (0.0, 0.05):
        monkeypatch.setattr(files, "_HELD", patience)
        tried = held(monkeypatch, 10_000)
        with pytest.raises(PermissionError):
            write_whole(tmp_path / "kept", b"new")
        assert (len(tried) == 1) is (patience == 0.0)
        assert [one.name for one in tmp_path.iterdir()] == ["kept"]


def test_a_folder_takes_its_place_too(tmp_path: Path) -> None:
    (tmp_path / "coming").mkdir()
    (tmp_path / "coming" / "a").write_bytes(b"a")
    take_place(tmp_path / "coming", tmp_path / "there")
    assert (tmp_path / "there" / "a").read_bytes() == b"a"
