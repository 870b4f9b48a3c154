"""The rule with which a Windows firewall lets other windows of the hall in.

The program is installed for a person without any rights, so the installer cannot make it: it is made once, when the
hall is switched on, by the system's own question (UAC). By port and by addresses of an office's network, not by
program: each update lies in another folder. Whoever says no keeps a hall that asks others and is not asked.
"""

from __future__ import annotations

import ctypes
import sys

from desk.sync.hall import places

IS_WINDOWS = sys.platform == "win32"
NAME = "Daiban Desk hall"
_FROM = "localsubnet,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fe80::/10,fc00::/7"
_HIDDEN, _STARTED = 0, 32  # SW_HIDE; ShellExecuteW says more than 32 once it has begun


def commands() -> str:
    """What the system's shell is told, with a person's consent: the same twice leaves the same rules."""
    rule = f'netsh advfirewall firewall add rule name="{NAME}" dir=in action=allow localport={places.PORT}'
    both = (f"{rule} protocol={kind} remoteip={_FROM}" for kind in ("TCP", "UDP"))
    return " & ".join((f'netsh advfirewall firewall delete rule name="{NAME}"', *both))


def words() -> str:
    """What a person reads where the rule was not made."""
    return (
        f"这台电脑的防火墙还没有放行：邻窗可能找不到本机，本机仍能去找邻窗。关掉再打开互通时请在系统的提问里点“是”，"
        f"或请管理员放行端口 {places.PORT}（TCP 和 UDP）。"
    )


def let_in() -> bool:
    """Have the rule made, asking the person at the screen; whether that was begun. True where there is nothing to do.
    Waits for the answer."""
    return _elevated("cmd.exe", f"/c {commands()}") if IS_WINDOWS else True


def _elevated(program: str, told: str) -> bool:
    shell = ctypes.WinDLL("shell32")  # type: ignore[attr-defined]
    return int(shell.ShellExecuteW(None, "runas", program, told, None, _HIDDEN)) > _STARTED
