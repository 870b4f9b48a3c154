"""Whatever is typed after a command wrongly is refused in Chinese, by commands and by their parts."""

from __future__ import annotations

import re

import pytest

from desk.centre.commands import run_centre
from desk.options import Options

_ENGLISH = re.compile(
    r"usage|argument|required|invalid|choose|expected|options|error|show this|unrecognized|could match"
)


def asked() -> Options:
    made = Options(prog="desk tried")
    made.add_argument("--number", type=int)
    made.add_argument("--number-of-days", type=int, nargs=2)
    either = made.add_mutually_exclusive_group(required=True)
    either.add_argument("--here", action="store_true")
    either.add_argument("--there", action="store_true")
    parts = made.add_subparsers(dest="part", required=True, metavar="做什么")
    parts.add_parser("one", help="一").add_argument("file")
    return made


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "还要写 做什么"),
        ("one f", "要写其中一个：--here --there"),
        ("--here --there one f", "--there：不能和 --here 一起写"),
        ("--here two", "做什么：没有 'two'，可以写 'one'"),
        ("--here one", "还要写 file"),
        ("--here one f g", "不认得 g"),
        ("--here one f --number", "不认得 --number"),
        ("--here --number x one f", "--number：'x' 写得不对"),
        ("--here --number-of-days 1 one f", "--number-of-days：'one' 写得不对"),
        ("--here --num 1 one f", "--num 不知道是哪一个：--number, --number-of-days"),
        ("--here=1 one f", "--here：后面不用写 '1'"),
        ("--number", "--number：后面要写一个"),
        ("--number-of-days 1", "--number-of-days：后面写的个数不对"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(typed: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        asked().parse_args(typed.split())
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert f"\n{said}。加 -h 看说明。\n" in told
    assert not _ENGLISH.findall(told)


@pytest.mark.parametrize("typed", [[], ["-h"], ["serve", "-h"], ["users", "-h"]])
def test_a_centre_s_command_explains_itself(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run_centre(typed)
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert told.startswith("用法：desk centre")
    assert "选项：" in told
    assert not _ENGLISH.findall(told)
