"""Every action once: its words, its key, its drawing. Menus, tooltips and the list of keys are made from here."""

from __future__ import annotations

from typing import NamedTuple


class Action(NamedTuple):
    """`key` is a page or a command of the shell."""

    key: str
    text: str
    shortcut: str
    icon: str


PAGES = (
    Action("today", "今日", "Alt+1", "home"),
    Action("register", "登记", "Ctrl+N", "file-plus"),
    Action("cases", "办件", "Alt+3", "files"),
    Action("people", "办事人", "F3", "user"),
    Action("guides", "指南", "Alt+5", "book-2"),
    Action("sync", "同步", "F9", "refresh"),
    Action("settings", "设置", "Alt+7", "settings"),
)
OTHERS = (
    Action("keys", "快捷键", "F1", "info-circle"),
    Action("submit", "登记并打印回执", "Ctrl+Return", "printer"),
    Action("find", "到搜索框", "Ctrl+F", "search"),
    Action("quit", "退出", "Ctrl+Q", "door-exit"),
)
