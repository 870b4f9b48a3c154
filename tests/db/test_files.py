"""Files on file systems that cannot flush: CIFS, FUSE, some sticks."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from db.files import write_whole
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
