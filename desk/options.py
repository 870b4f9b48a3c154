"""What may be written after a command, explained and refused in Chinese: argparse says its own words in English."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

# What argparse says of what was typed, and how it is said here.
_SAID = tuple(
    (re.compile(english), chinese)
    for english, chinese in (
        (r"argument (\S+): (.+)", r"\1：\2"),
        (r"the following arguments are required: (.+)", r"还要写 \1"),
        (r"one of the arguments (.+) is required", r"要写其中一个：\1"),
        (r"unrecognized arguments: (.+)", r"不认得 \1"),
        (r"invalid choice: (.+) \(choose from (.+)\)", r"没有 \1，可以写 \2"),
        (r"invalid \S+ value: (.+)", r"\1 写得不对"),
        (r"expected one argument", "后面要写一个"),
        (r"expected at (?:least one argument|most one argument)|expected \d+ arguments", "后面写的个数不对"),
        (r"ambiguous option: (\S+) could match (.+)", r"\1 不知道是哪一个：\2"),
        (r"not allowed with argument (\S+)", r"不能和 \1 一起写"),
        (r"ignored explicit argument (.+)", r"后面不用写 \1"),
    )
)
_HEADS = {"usage: ": "用法：", "positional arguments:": "要写的：", "options:": "选项："}
_HEAD = re.compile("|".join(f"^{re.escape(one)}" for one in _HEADS), re.MULTILINE)


class Options(argparse.ArgumentParser):
    """Also of the parts of a command: they are made by the class of the whole."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named, add_help=False)
        self.add_argument("-h", "--help", action="help", help="看这些说明")

    def format_usage(self) -> str:
        return _in_chinese(super().format_usage())

    def format_help(self) -> str:
        return _in_chinese(super().format_help())

    def error(self, message: str) -> NoReturn:
        """What is wrong, and how it is written; ends with status 2."""
        self.exit(2, f"{self.format_usage()}{refused(message)}。加 -h 看说明。\n")


def refused(words: str) -> str:
    """argparse's words in ours; those that this program wrote itself as they are."""
    for english, chinese in _SAID:
        found = english.fullmatch(words)
        if found is not None:
            said = found.expand(chinese)
            before, colon, rest = said.partition("：")
            return f"{before}：{refused(rest)}" if colon and words.startswith("argument ") else said
    return words


def _in_chinese(text: str) -> str:
    return _HEAD.sub(lambda found: _HEADS[found[0]], text)
