"""`desk demonstration FOLDER`: makes the demonstration in FOLDER and says on each line how far it is."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from db.files import take_place
from desk import clock
from desk.app import demo
from desk.demonstration import stage, village
from desk.demonstration.days import Play, Report, working_days
from desk.errors import DeskError
from desk.law import holidays
from desk.options import Options


def make(place: Path, today: dt.date, report: Report) -> None:
    """A living office in `place`: `centre`, `desk`, `neighbour`. Whole when it returns; nothing is there before that.

    Raises DeskError."""
    days = working_days(today, holidays.seed())
    half = place / "half"
    shutil.rmtree(half, ignore_errors=True)
    tell = stage.StageClock()
    tell.stand(days[0], "08:30")
    centre = stage.centre_in(half / "centre", tell)
    try:
        with stage.served(centre) as address:
            point = (demo.POINT, demo.POINT_NAME)
            desk = stage.desk_at(half / "desk", centre, address, point, demo.AGENT)
            beside = (stage.NEIGHBOUR, stage.NEIGHBOUR_NAME)
            neighbour = stage.desk_at(half / "neighbour", centre, address, beside, stage.NEIGHBOUR_AGENT)
            second = stage.with_second_agent(desk)
            village.settle_in(desk)
            Play(tell, centre, (desk, second, neighbour)).live_through(days, report)
            desk.close()
            neighbour.close()
    finally:
        centre.close()
    for one in ("centre", "neighbour", "desk"):  # the desk comes last: where it is, all is
        shutil.rmtree(place / one, ignore_errors=True)
        take_place(half / one, place / one)
    half.rmdir()


def run_demonstration(argv: Sequence[str]) -> int:
    """0 when it stands."""
    parser = Options(prog="desk demonstration", description="建一个演示点，四个月的办件都是编的")
    parser.add_argument("folder", type=Path, help="放在哪里")
    place: Path = parser.parse_args(argv).folder
    if (place / "desk").exists():
        print("这里已经有演示点。", file=sys.stderr)
        return 1
    try:
        make(place, clock.now().date(), _said)
    except DeskError as error:
        print(error.sentences(), file=sys.stderr)
        return 1
    return 0


def _said(done: int, total: int, words: str) -> None:
    print(done, total, words, flush=True)
