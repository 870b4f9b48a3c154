"""Every action once: its words, its key, its drawing. Tooltips, the command box and the list of keys are made here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from desk.app.open_desk import Desk


class Action(NamedTuple):
    """`key` is a page or a command of the shell; `about` is what the command box says beside it."""

    key: str
    text: str
    shortcut: str
    icon: str
    about: str = ""


PAGES = (
    Action("today", "今日", "Alt+1", "home", "现在要做的事"),
    Action("register", "登记", "Ctrl+N", "file-plus", "收一件办件"),
    Action("roll", "批量", "Alt+2", "table", "全嘎查一个事项的名册"),
    Action("cases", "办件", "Alt+3", "files", "查、筛、导出"),
    Action("villages", "下属村", "Alt+8", "building-community", "各嘎查村的办件、指南、U盘"),
    Action("hall", "大厅", "Alt+9", "users-group", "各窗口、转来的、两边不一致的"),
    Action("people", "办事人", "F3", "user", "谁办过什么"),
    Action("guides", "指南", "Alt+4", "book-2", "服务指南和汇编"),
    Action("trips", "送件", "Alt+5", "truck-delivery", "信封、移交、里程"),
    Action("figures", "统计", "Alt+6", "chart-bar", "按月、事项、用时、评价"),
    Action("sync", "同步", "F9", "refresh", "与中心收发"),
    Action("settings", "设置", "Alt+7", "settings", "打印机、字号、备份、代办员"),
)
OTHERS = (
    Action("commands", "找人、找件、找事项、找功能", "Ctrl+K", "command"),
    Action("keys", "帮助和快捷键", "F1", "info-circle"),
    Action("submit", "登记并打印回执", "Ctrl+Return", "printer"),
    Action("find", "到搜索框", "Ctrl+F", "search"),
    Action("check", "验回执", "Ctrl+R", "list-check", "回执是真是假"),
    Action("han", "生僻字", "Ctrl+U", "language", "按部件、笔画、码点打字"),
    Action("again", "刷新本页", "F5", "refresh"),
    Action("undo", "撤销刚才的一步", "Ctrl+Z", "arrow-back-up"),
    Action("backup", "立即备份", "Ctrl+B", "device-floppy"),
    Action("lock", "锁上窗口", "Ctrl+L", "lock", "离开一会儿，或换代办员"),
    Action("quit", "退出", "Ctrl+Q", "door-exit"),
)


def shortcut(key: str) -> str:
    """The keys of an action."""
    return next(one.shortcut for one in (*PAGES, *OTHERS) if one.key == key)


def of_desk(desk: Desk | None) -> tuple[Action, ...]:
    """What an open desk offers, pages first; before there is one, what every desk has."""
    township, hall = (desk.villages.has_any, desk.session.has_siblings) if desk is not None else (False, False)
    return (*pages(township=township, hall=hall), *OTHERS)


def pages(*, township: bool, hall: bool = False) -> tuple[Action, ...]:
    """The pages that a desk has: a township's also that of its villages, one of several windows that of the hall."""
    lacking = {key for key, has in (("villages", township), ("hall", hall)) if not has}
    return tuple(one for one in PAGES if one.key not in lacking)
