"""The static site of all items as a ZIP: made in the background, with how far it is, given up when asked.

What stands of it is told by files in a folder of the centre, so that any process of the service tells it.
"""

from __future__ import annotations

import shutil
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from db.files import private, write_whole
from desk.centre.drafting import shelf
from desk.centre.node.centre_node import Centre
from desk.errors import CancelledError, DeskError, RefusedError
from desk.publication import writing
from desk.publication.listing import Signer
from desk.sync.outcome import SyncProgress

_FOLDER, _STATE, _STOP, ZIP = "site", "state.json", "stop", "site.zip"
_STOPPED = "已停下，上次生成的没有动。"
_OFTEN, _SILENT = 0.3, 120  # seconds between two words of how far it is; after which a silent one is dead


class State(msgspec.Struct, frozen=True):
    """How far it is. `beat`: seconds since 1970 when that was last told; `words`: why it ended without a file."""

    step: str = ""
    done: int = 0
    total: int = 0
    beat: float = 0
    is_running: bool = False
    words: str = ""

    @property
    def is_alive(self) -> bool:
        """Whether somebody is at it."""
        return self.is_running and time.time() - self.beat < _SILENT


def state(centre: Centre) -> State:
    """What stands now; of a service that was ended in the middle, that it was."""
    try:
        said = msgspec.json.decode((_folder(centre) / _STATE).read_bytes(), type=State)
    except (OSError, msgspec.DecodeError):
        return State()
    return said if said.is_alive or not said.is_running else State(words="上次没有做完，请重新生成。")


def made(centre: Centre) -> Path | None:
    """The last one that was made whole."""
    path = _folder(centre) / ZIP
    return path if path.is_file() else None


def start(centre: Centre) -> None:
    """Begin, in a thread of its own. Raises RefusedError where one is being made."""
    folder = _folder(centre)
    if state(centre).is_alive:
        raise RefusedError("正在生成，请等它做完或先停下。", "")
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / _STOP).unlink(missing_ok=True)
    _tell(folder, State("准备", beat=time.time(), is_running=True))
    threading.Thread(target=_make, args=[centre, folder], daemon=True).start()


def stop(centre: Centre) -> None:
    """Ask whoever makes one to give it up; the one before stays."""
    if state(centre).is_alive:
        (_folder(centre) / _STOP).touch()


def _folder(centre: Centre) -> Path:
    return centre.folder / _FOLDER


def _tell(folder: Path, said: State) -> None:
    write_whole(folder / _STATE, msgspec.json.encode(said))


def _make(centre: Centre, folder: Path) -> None:
    last = 0.0
    stopped = (folder / _STOP).exists

    def report(progress: SyncProgress) -> None:
        nonlocal last
        if time.monotonic() - last > _OFTEN:
            last = time.monotonic()
            _tell(folder, State(progress.step, progress.done, progress.total, time.time(), is_running=True))

    def packed(done: int, total: int) -> None:
        if stopped():
            raise CancelledError(_STOPPED, "")
        report(SyncProgress("打包", done, total))

    pages, signer = folder / "pages", Signer(centre.node, centre.keys.public().sign, centre.keys.signature)
    try:
        writing.publish(shelf.listing(centre), pages, signer, report, stopped)
        _pack(pages, folder / ZIP, packed)
        _tell(folder, State())
    except CancelledError:
        _tell(folder, State(words=_STOPPED))
    except DeskError as error:
        _tell(folder, State(words=error.sentences()))
    except OSError as error:
        _tell(folder, State(words=f"写不进去（{error.strerror or error}），请看磁盘是否满了。"))
    finally:
        shutil.rmtree(pages, ignore_errors=True)


def _pack(pages: Path, target: Path, before: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """All files of `pages` in one; `before` is told which of how many comes, and may raise to give it up. A PDF is
    squeezed already."""
    aside, files = target.with_suffix(".part"), sorted(pages.rglob("*"))
    private(aside)
    try:
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as packed:
            for at, path in enumerate(files):
                before(at, len(files))
                way = zipfile.ZIP_STORED if path.suffix == ".pdf" else zipfile.ZIP_DEFLATED
                packed.write(path, path.relative_to(pages), way)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
