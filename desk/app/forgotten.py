"""A forgotten password: asking the centre, by telephone or by stick, before anything is open, and coming in again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from db import vault
from db.errors import WrongPasswordError
from db.files import read_bounded, write_whole
from desk import clock
from desk.app import opening
from desk.app.open_desk import Desk
from desk.counter.office.accounts import check_password
from desk.errors import UNREADABLE, RefusedError, SurroundingsError
from desk.log.keys import NodeKeys
from desk.store.account import Account
from desk.store.troubles import in_words
from desk.sync.courier import FOLDER, is_stick, put
from desk.sync.protocol import unlock
from desk.sync.protocol.seal import SealError

FILE = "unlock.json"  # beside the vault, gone once it helped; no backup has it
TRIES, MINUTES = 5, 10
_KEPT = "数据都在，没有改动。"
_NO_WAY = (
    "这台电脑入网以后还没有留下找回密码的办法。",
    "请本机的另一位代办员登录；没有别人的，先把整个数据文件夹另存一份，再与旗中心联系。",
)


class _Waiting(msgspec.Struct, frozen=True):
    """What an answer by stick is sealed to; how many wrong codes were typed, and until when no more are taken."""

    keys: NodeKeys
    wrong: int = 0
    until: str = ""


class Help(msgspec.Struct, frozen=True):
    """What can be done here: the request code to read out ("" where only a stick helps), and in words why not more."""

    code: str
    by_stick: bool
    words: str = ""


def help_for(folder: Path) -> Help:
    """What the centre can do for the desk in `folder`."""
    kept = _vault(folder)
    if kept.back:
        return Help(unlock.spelt(unlock.code_of(kept.back.sealed)), by_stick=True)
    if kept.recovery:
        return Help("", by_stick=True, words="这台电脑的账号文件是旧版本做的，电话里办不了，请用U盘。")
    return Help("", by_stick=False, words="\n".join(_NO_WAY))


def ask_by_stick(folder: Path, account: Account, place: Path, tell: clock.Clock = clock.now) -> Path:
    """Put a request on a stick, for the centre; where it lies. Raises RefusedError, SurroundingsError."""
    sealed = _sealed(folder)
    reply = _waiting(folder).keys.public().seal
    asked = unlock.Ask(sealed, reply, account.account[:60], account.name[:60], clock.stamp(tell()))
    path = _path(place, sealed, unlock.ASKED)
    put(path, msgspec.json.encode(asked))
    return path


def key_by_stick(folder: Path, place: Path) -> bytes:
    """The database key, by the answer that came on a stick. Raises RefusedError."""
    path = _path(place, _sealed(folder), unlock.ANSWERED)
    try:
        found = unlock.read_answer(read_bounded(path, unlock.MOST), _waiting(folder).keys)
    except OSError as error:
        raise RefusedError(
            "盘上没有中心对这次申请的答复。", _KEPT, "请确认中心已经同意，并把答复写到了这个盘上。"
        ) from error
    except SealError as error:
        raise RefusedError("盘上的答复不是给这次申请的，或坏了。", _KEPT, "请重新写一份申请，再请中心答复。") from error
    return _opened(_vault(folder), found.secret, found.key)


def key_by_code(folder: Path, typed: str, tell: clock.Clock = clock.now) -> bytes:
    """The database key, by the code that the centre read out. Raises RefusedError; what fits no group is told and does
    not count, a whole code that opens nothing does."""
    kept, waiting = _vault(folder), _waiting(folder)
    if kept.back is None:
        raise RefusedError("这台电脑不能用电话里的答复码打开。", _KEPT, help_for(folder).words)
    if waiting.until > clock.stamp(tell()):
        raise RefusedError(
            f"答复码输错 {TRIES} 次，请过 {MINUTES} 分钟再试。", _KEPT, "可以先请中心核对申请码，再读一遍答复码。"
        )
    secret = unlock.read_digits(typed, unlock.SECRET, "答复码")
    try:
        return _opened(kept, secret, b"")
    except RefusedError:
        _count(folder, waiting, tell())
        raise


def open_again(
    folder: Path,
    account: Account,
    key: bytes,
    password: str,
    tell: clock.Clock = clock.now,
    cost: vault.Cost | None = None,
) -> Desk:
    """The desk, open, with another password for `account`, which its log notes. The way back is another from now on.
    Raises RefusedError, SurroundingsError; the old password stays then."""
    wrong = check_password(password, password)
    if wrong:
        raise RefusedError(wrong, "密码没有改。")
    desk = opening.open_with(folder, account, key, tell, cost)
    try:
        desk.agents.recover(password)
    except BaseException:
        desk.close()
        raise
    end(folder)
    opening.settle(desk)
    return desk


def come_in(desk: Desk, account: Account, key: bytes, password: str) -> Account:
    """As `open_again`, where the desk is open already and only its window is locked."""
    if key != desk.store.rooms.key:
        raise RefusedError("这个答复打不开正在使用的数据。", _KEPT, "请关上程序，重新打开再办。")
    desk.for_agent(account).agents.recover(password)
    end(desk.folder)
    return account


def end(folder: Path) -> None:
    """It helped: no answer that was given until now is good for anything."""
    (folder / FILE).unlink(missing_ok=True)


def _opened(kept: vault.Vault, secret: str, key: bytes) -> bytes:
    if kept.back is None:
        return key
    try:
        return vault.recover(kept.back, secret.encode())
    except WrongPasswordError as error:
        raise RefusedError(
            "这个答复码打不开本机。", _KEPT, "请与中心核对申请码：中心念的应与本页显示的一样。"
        ) from error


def _count(folder: Path, waiting: _Waiting, now: dt.datetime) -> None:
    wrong, until = waiting.wrong + 1, ""
    if wrong >= TRIES:
        wrong, until = 0, clock.stamp(now + dt.timedelta(minutes=MINUTES))
    _keep(folder, msgspec.structs.replace(waiting, wrong=wrong, until=until))


def _vault(folder: Path) -> vault.Vault:
    with in_words():
        kept = vault.read(folder)
    if kept is None:
        raise RefusedError("本机的账号文件不见了。", "数据库没有改动。", "请用备份恢复 vault.json。")
    return kept


def _sealed(folder: Path) -> bytes:
    sealed = _vault(folder).sealed()
    if not sealed:
        raise RefusedError(_NO_WAY[0], _KEPT, _NO_WAY[1])
    return sealed


def _waiting(folder: Path) -> _Waiting:
    """What waits for an answer; made at the first asking, so that two sticks have the same."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=_Waiting)
    except (OSError, *UNREADABLE):
        return _keep(folder, _Waiting(NodeKeys.make()))


def _keep(folder: Path, waiting: _Waiting) -> _Waiting:
    try:
        write_whole(folder / FILE, msgspec.json.encode(waiting))
    except OSError as error:
        raise SurroundingsError("磁盘满了或不能写。", _KEPT, "请腾出空间，或检查磁盘是否写保护。") from error
    return waiting


def _path(place: Path, sealed: bytes, ending: str) -> Path:
    stick = is_stick(place.parent if place.name == unlock.FOLDER else place)
    return stick / FOLDER / unlock.FOLDER / f"{unlock.code_of(sealed)}{ending}"
