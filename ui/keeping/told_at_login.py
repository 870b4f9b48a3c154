"""What whoever came in has to know of the way in: passwords that others tried, a vault that is not as it was made."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desk.app.open_desk import Desk
from desk.counter.office.agents import Found
from ui import messages, tasks
from ui.changes import Changes

_FEW = 5  # wrong passwords that a line at the foot is enough for: people mistype


def look(window: QWidget, desk: Desk) -> None:
    """Look in the background, and tell what there is."""
    tasks.read(window, desk.agents.found, lambda found: tell(window, desk, found))


def tell(window: QWidget, desk: Desk, found: Found) -> None:
    """A few wrong passwords at the foot; what somebody must act on in a dialog, with the way to it."""
    said = _sentences(found)
    if not said:
        return
    if found.count < _FEW and not (found.altered or found.broken):
        messages.toast(window, " ".join(said))
        return
    from ui.widgets.ask import Ask

    ask = Ask(
        window, "登录的事", ok="重新留一份" if found.broken else "知道了", intro="\n".join(said), name="vault-found"
    )
    ask.go(
        lambda _typed: desk.agents.renew_recovery() if found.broken else None,
        lambda _none: messages.toast(window, "已重新留一份找回密码的密钥。") if found.broken else None,
        Changes.AGENTS,
    )


def _sentences(found: Found) -> list[str]:
    said: list[str] = []
    if found.guessed and found.count < _FEW:
        said.append(f"上次登录以后输错密码：{found.guessed}。")
    elif found.guessed:
        said.append(f"上次登录以后，有人输错密码 {found.count} 次：{found.guessed}。")
        said.append("不是您自己输的，就问一问谁用过这台电脑，并在“设置”里改一次密码。")
    if found.altered:
        said.append(f"账号文件里{'、'.join(found.altered)}的账号不是本机写的样子：坏了，或有人动过。")
        said.append("请在“设置”里停用，再重新增加。")
    if found.broken:
        said.append("忘记密码时请旗中心帮忙用的那份密钥坏了，或有人换过：真忘了密码，中心也打不开。")
        said.append("请重新留一份，下次同步会告诉中心。")
    if found.held_up:
        said.append(f"停用账号后要换数据的钥匙，还等{'、'.join(found.held_up)}登录一次，登录后自动换。")
    return said
