"""200,000 cases: first rows, search as one types, sort, count; beside the same rows in plain SQLite in the same run.

    python tests/bench/cases.py [number of cases] [--every]

Cases are written through the real log in transactions of 2,000. Times in milliseconds, p50 and p95 of 40 rounds, by the
clock and, behind it, of processor. `--every`: each filter under each order, both ways, 7 rounds; the slowest last.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from desk import clock  # noqa: E402
from desk.app import opening  # noqa: E402
from desk.law import id_numbers, numbers  # noqa: E402
from desk.log import events  # noqa: E402
from desk.store.account import Account  # noqa: E402
from desk.store.entries import Fact  # noqa: E402
from desk.store.snapshots import MANY, CaseQuery  # noqa: E402

HEADS = [
    "阿拉坦",
    "那顺",
    "查干",
    "额尔敦",
    "巴雅尔",
    "乌日娜",
    "苏和",
    "娜仁",
    "朝鲁",
    "斯琴",
    "哈斯",
    "莫日根",
    "呼和",
    "敖登",
    "宝音",
    "格日勒",
]
TAILS = ["其其格", "乌力吉", "巴拉", "高娃", "图雅", "巴特尔", "花", "朝克图", "德力格尔", "满都拉", "仓", "苏荣"]
ROUNDS = 40


def person(random_: random.Random, at: int) -> events.Person:
    digits = (
        f"152523{random_.randint(1940, 2005)}{random_.randint(1, 12):02d}{random_.randint(1, 28):02d}{at % 1000:03d}"
    )
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(one) * weight for one, weight in zip(digits, weights, strict=True)) % 11]
    return events.Person(random_.choice(HEADS) + random_.choice(TAILS), "111", digits + check, f"139{at:08d}")


def fill(desk: object, count: int) -> None:
    """Append `count` cases of ten thousand people through the log."""
    random_, node = random.Random(7), desk.identity.node  # noqa: S311 - made-up people
    people = [person(random_, at) for at in range(min(10_000, count))]
    items = [row.item for row in desk.items() if not row.refusal]
    day, serial = dt.date(2020, 1, 1), 0
    made = 0
    while made < count:
        with desk.store.write() as db:
            facts = []
            for _ in range(min(2000, count - made)):
                serial += 1
                if serial > 120:
                    day, serial = day + dt.timedelta(1), 1
                who, item = random_.randrange(len(people)), random_.choice(items)
                collected = events.Collected(
                    item=events.ItemRef(item.task_code, item.item_name, item.version, "bench"),
                    applicant_id=f"{who:032x}",
                    applicant=people[who],
                    materials=(),
                    agent_name="苏和",
                    point_code=node[:12],
                    promised=day + dt.timedelta(30),
                )
                number = numbers.intake_no(numbers.prefix(node, day), serial)
                facts.append(Fact("case.collected", number, collected))
                if random_.random() < 0.98:  # most are long over
                    facts.append(Fact("case.voided", number, events.Act("苏和", "", "完")))
            desk.store.append(db, node, "suhe", facts)
            made += len(facts)


class Times(NamedTuple):
    """Milliseconds: by the clock, and of processor."""

    p50: float
    p95: float
    worked50: float
    worked95: float

    def __str__(self) -> str:
        return f"p50 {self.p50:7.2f} p95 {self.p95:7.2f} (processor {self.worked50:6.2f} {self.worked95:6.2f})"


def timed(what: Callable[[], object], rounds: int = ROUNDS) -> Times:
    """How long it takes, warm."""
    what()
    clock_, worked = [], []
    for _ in range(rounds):
        start, busy = time.perf_counter(), time.thread_time()
        what()
        clock_.append((time.perf_counter() - start) * 1000)
        worked.append((time.thread_time() - busy) * 1000)
    p95 = [statistics.quantiles(one, n=20)[18] for one in (clock_, worked)]
    return Times(statistics.median(clock_), p95[0], statistics.median(worked), p95[1])


ORDERS = ("collected_at", "applicant_name", "item_name", "state", "due_on", "case_no", "intake_no")


def every(desk: object, asked: dict[str, CaseQuery]) -> None:
    """Each of `asked` under each order, both ways; the ten slowest, by processor."""
    found = []
    for name, query in asked.items():
        for order, descending in itertools.product(ORDERS, (True, False)):
            one = msgspec.structs.replace(query, sort=order, descending=descending)
            times = timed(lambda one=one: desk.cases(one, 0, 100), 7)
            found.append((times.worked95, f"{name}, by {order}{' down' if descending else ''}", times))
    over = sum(1 for worked, *_rest in found if worked > 16)
    print(f"{len(found)} lists, {over} of them over 16 ms; the slowest:")
    for _worked, name, times in sorted(found, reverse=True)[:10]:
        print(f"  {name:44} {times}")


def floor(place: Path, desk: object) -> dict[str, Callable[[], object]]:
    """The bare minimum: the same columns in plain SQLite with an index, no encryption, no rules."""
    plain = sqlite3.connect(place)
    columns = "intake_no, case_no, state, applicant_name, item_name, collected_at, due_on, number"
    with desk.store.read() as db:
        rows = db.conn.execute(f"SELECT {columns} FROM case_row").fetchall()
    plain.execute(f"CREATE TABLE c ({columns})")
    plain.executemany(f"INSERT INTO c VALUES ({', '.join('?' * 8)})", rows)
    plain.execute("CREATE INDEX i ON c (collected_at)")
    plain.execute("CREATE INDEX n ON c (applicant_name)")
    plain.commit()
    first = "SELECT * FROM c ORDER BY collected_at DESC LIMIT 100"
    sort = "SELECT * FROM c ORDER BY applicant_name LIMIT 100"
    like = "SELECT * FROM c WHERE applicant_name LIKE '%其其格%' ORDER BY collected_at DESC LIMIT 100"
    return {
        "first rows": lambda: plain.execute(first).fetchall(),
        "sort by applicant": lambda: plain.execute(sort).fetchall(),
        "search 其其格": lambda: plain.execute(like).fetchall(),
    }


def main() -> None:
    """Print the figures."""
    from conftest import CHEAP, POINT, POINT_NAME

    numbers_given = [one for one in sys.argv[1:] if one.isdecimal()]
    count = int(numbers_given[0]) if numbers_given else 200_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "desk"
        opening.create_alone(
            folder, POINT, POINT_NAME, Account("suhe", "苏和"), "bench-2026", cost=CHEAP, tell=clock.now
        )
        desk = opening.open_desk(folder, "suhe", "bench-2026")
        start = time.perf_counter()
        fill(desk, count)
        print(f"{count} cases written through the log in {time.perf_counter() - start:.0f} s")
        known = desk.cases(CaseQuery(), 0, 1)[0]
        tail = id_numbers.tidy(desk.case(known.intake_no).case.collected.applicant.id_number)[-4:]
        asked: dict[str, CaseQuery] = {
            "first rows": CaseQuery(),
            "sort by applicant": CaseQuery(sort="applicant_name", descending=False),
            "sort by due date": CaseQuery(sort="due_on"),
            "sort by state": CaseQuery(sort="state"),
            "filter by item": CaseQuery(task_code=desk.items()[0].item.task_code),
            "filter red": CaseQuery(warning="red"),
            "filter two states": CaseQuery(states=("collected", "void")),
            "filter agent": CaseQuery(agent="苏和"),
            "filter item and red": CaseQuery(task_code=desk.items()[0].item.task_code, warning="red"),
            "filter item and days": CaseQuery(task_code=desk.items()[0].item.task_code, since="2040-01-01"),
            "search a": CaseQuery(text="a"),
            "search al": CaseQuery(text="al"),
            "search alt": CaseQuery(text="alt"),
            "search altqqg": CaseQuery(text="altqqg"),
            "search 其其格": CaseQuery(text="其其格"),
            f"search id tail {tail}": CaseQuery(text=tail),
            "search one number": CaseQuery(text=known.intake_no),
        }
        bare = floor(Path(place) / "plain.db", desk)
        for name, query in asked.items():
            rows = timed(lambda query=query: desk.cases(query, 0, 100))
            total = timed(lambda query=query: desk.count_cases(query, MANY))
            ratio = f"  ratio to bare SQLite {rows.p50 / timed(bare[name]).p50:.2f}" if name in bare else ""
            print(f"{name:24} rows {rows}   count {total}{ratio}")
        last = desk.cases(CaseQuery(descending=False), 150, 1)[0].intake_no
        print(f"{'the last page':24} rows {timed(lambda: desk.cases(CaseQuery(), 0, 100, last))}")
        if "--every" in sys.argv:
            every(desk, asked)
        desk.close()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    main()
