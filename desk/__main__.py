"""The command `desk`: its subcommands are loaded by name when asked for, so no part imports another's world."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

from desk import __version__
from desk.release import programs

# What each subcommand is called, where it is, and what it does: the only list of them.
COMMANDS: dict[str, tuple[str, str]] = {
    "window": ("ui.app:run_window", "打开代办台（不写命令时也是它；--demo 打开演示点）"),
    "tour": ("ui.tour:run_tour", "不用屏幕走一遍：登记、打印、同步"),
    "demonstration": ("desk.demonstration.making:run_demonstration", "在文件夹里建一个演示点"),
    "enrol": ("desk.app.commands:run_enrol", "本机入网"),
    "sync": ("desk.app.commands:run_sync", "与中心同步一次"),
    "courier": ("desk.app.commands:run_courier", "用U盘与中心交换"),
    "check": ("desk.app.commands:run_check", "验回执是不是真的，不用联网"),
    "publish": ("desk.app.publishing:run_publish", "把全部事项写成静态网站，可放到U盘、公示电脑"),
    "rebuild": ("desk.app.commands:run_rebuild", "从日志重建各表"),
    "verify": ("desk.app.commands:run_verify", "核对日志"),
    "update": ("desk.app.updating:run_update", "用更新文件或U盘更新程序"),
    "backup": ("desk.app.restore_command:run_backup", "备份本机，读一遍核对"),
    "restore": ("desk.app.restore_command:run_restore", "用备份恢复本机（先关上代办台）"),
    "centre": ("desk.centre.commands:run_centre", "旗中心的服务（desk centre -h 看它的各项）"),
}
_OURS = ("desk", "ui", "db", "resources")


def main(argv: Sequence[str] | None = None) -> int:
    """Run `desk NAME ...`; the exit status."""
    if getattr(sys, "frozen", False):
        # A process beside this one is this program again; it does what it was made for and goes no further.
        importlib.import_module("multiprocessing").freeze_support()
    words = list(sys.argv[1:] if argv is None else argv)
    updated = programs.handed_over(words)
    if updated is not None:
        return updated
    if words and words[0] in ("-h", "--help", "help"):
        say(help_text())
        return 0
    if words and words[0] in ("-V", "--version"):
        say(f"代办台 {__version__}")
        return 0
    name = words.pop(0) if words and not words[0].startswith("-") else "window"
    if name not in COMMANDS:
        say(f"没有“{name}”这个命令。可用：{'、'.join(COMMANDS)}", error=True)
        return 2
    module, _, function = COMMANDS[name][0].partition(":")
    try:
        return int(getattr(importlib.import_module(module), function)(words))
    except ModuleNotFoundError as error:
        lacking = error.name or ""
        if lacking.partition(".")[0] in _OURS and not f"{module}.".startswith(f"{lacking}."):
            raise
        say(f"这台电脑没有装“{name}”要用的部件（{lacking}）。", error=True)
        return 2


def help_text() -> str:
    """All subcommands, a line each."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}} {about}" for name, (_, about) in COMMANDS.items()]
    return "\n".join(["用法：desk [命令] [选项]", *lines, f"  {'-V':{width}} 版本", "每个命令加 -h 看它的选项。"])


def say(text: str, *, error: bool = False) -> None:
    """Print `text`; characters that the terminal's code page lacks do not stop the command."""
    stream = sys.stderr if error else sys.stdout
    if stream is None:  # Windows, out of the menu: there is no terminal
        return
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), file=stream)


if __name__ == "__main__":
    raise SystemExit(main())
