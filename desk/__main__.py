"""The command `desk`: finds its subcommand among the installed entry points, so no part imports another's world."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Sequence

_GROUP = "daiban.commands"
_ABOUT = {
    "window": "打开代办台（不写命令时也是它）",
    "tour": "不用屏幕走一遍：登记、打印、同步",
    "enrol": "本机入网",
    "sync": "与中心同步一次",
    "rebuild": "从日志重建各表",
    "verify": "核对日志",
    "centre": "旗中心的服务",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run `desk NAME ...`; the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in ("-h", "--help", "help"):
        print("用法：desk [命令] [选项]\n" + "\n".join(f"  {name:8} {about}" for name, about in _ABOUT.items()))
        return 0
    name = words.pop(0) if words and not words[0].startswith("-") else "window"
    found = importlib.metadata.entry_points(group=_GROUP, name=name)
    if not found:
        print(f"没有“{name}”这个命令。可用：{'、'.join(_ABOUT)}", file=sys.stderr)
        return 2
    try:
        command = next(iter(found)).load()
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] in ("desk", "ui", "db", "resources"):
            raise
        print(f"这台电脑没有装“{name}”要用的部件（{error.name}）。", file=sys.stderr)
        return 2
    return int(command(words))


if __name__ == "__main__":
    raise SystemExit(main())
