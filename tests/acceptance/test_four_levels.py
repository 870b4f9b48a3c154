"""Region, league, two banners, three townships, six villages: each a program of its own, some of them killed, some
with a stick only. Every case is the same wherever it is shown, and nobody outside sees it."""

from __future__ import annotations

import contextlib
import html
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from conftest import CHEAP, PASSWORD, REAL_CODE_COST, full_draft, sync

from db.centre.lists import case_rows
from desk.app import opening
from desk.app.demo import LocalCentre
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.centre.levels import forwarding
from desk.centre.node import centre_node
from desk.centre.node.centre_node import Centre
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.store.account import Account
from desk.sync.outcome import Outcome
from desk.sync.protocol import code_proof

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
UPPER = {"150000": "", "152500": "150000", "152523": "152500", "152524": "152500"}
TOWNS = ("152523202000", "152523101000", "152524100000")
VILLAGES = (
    "152523202202", "152523202203", "152523101201", "152523101202", "152524100201", "152524100202",
)  # fmt: skip
BY_STICK = ("152523202203", "152524100000")  # no line at all
CASES = 2  # a desk and round
ROUNDS = int(os.environ.get("DAIBAN_ROUNDS", "1"))
SHOWN = re.compile(r'name="(csrf|seen)" value="([^"]*)"')


class Country(msgspec.Struct):
    """Everything that runs, and what was acknowledged: the number of a case once its agent was told it."""

    folder: Path
    centres: dict[str, LocalCentre]
    told: set[str]

    def place(self, point: str) -> Path:
        """Where a desk lies."""
        return self.folder / f"desk-{point}"

    @contextlib.contextmanager
    def desk(self, point: str) -> Iterator[Desk]:
        """The desk of a point, opened here."""
        desk = opening.open_desk(self.place(point), "suhe", PASSWORD)
        try:
            yield desk
        finally:
            desk.close()

    @contextlib.contextmanager
    def opened(self, code: str) -> Iterator[Centre]:
        """A centre that does not serve."""
        centre = Centre(self.centres[code].folder)
        try:
            yield centre
        finally:
            centre.close()


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    made = Country(tmp_path, {}, set())
    with contextlib.ExitStack() as running:
        for code, upper in UPPER.items():
            made.centres[code] = LocalCentre(tmp_path / code)
            centre_node.create(tmp_path / code, code, f"{code} 政务服务中心")
            below = [one for one, above in UPPER.items() if above == code]
            with made.opened(code) as centre:
                guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
                with pytest.MonkeyPatch.context() as patch:  # they are shown to a process of its own
                    patch.setattr(code_proof, "COST", REAL_CODE_COST)
                    codes = {one: enrolment.enrol_code(centre, one, one) for one in (*below, *_points(code))}
                if upper:
                    forwarding.join(centre, made.centres[upper].address, (tmp_path / f"code-{code}").read_text())
            made.centres[code].start()
            running.callback(made.centres[code].stop)
            for one in below:
                (tmp_path / f"code-{one}").write_text(codes[one])
            for one in _points(code):
                at, suhe = made.centres[code].address, Account("suhe", "苏和")
                opening.create_desk(made.place(one), at, codes[one], suhe, PASSWORD, cost=CHEAP)
        yield made


def _points(banner: str) -> list[str]:
    return [one for one in (*TOWNS, *VILLAGES) if one.startswith(banner)] if banner in ("152523", "152524") else []


def test_every_case_is_the_same_wherever_it_is_shown(country: Country) -> None:
    chance = random.Random(7)  # noqa: S311 - nothing secret
    for at in range(ROUNDS):
        _work(country, chance, at)
        for code in ("152523", "152524"):
            _accept(country, code)
        _up(country, chance)
    _quiet(country)
    for one in country.centres.values():
        one.stop()
    _compare(country)


def _work(country: Country, chance: random.Random, at: int) -> None:
    """A morning: all take cases in, three at a time; of three one is killed, and once the banner's centre is."""
    lines = [one for one in (*TOWNS, *VILLAGES) if one not in BY_STICK]
    chance.shuffle(lines)
    for begin in range(0, len(lines), 3):
        agents = [_agent(country, one) for one in lines[begin : begin + 3]]
        unlucky = chance.choice(agents)
        kept = [unlucky.stdout.readline() for _ in range(chance.randint(1, CASES))]
        if begin == 0:
            country.centres["152523"].stop(kill=True)
        unlucky.kill()
        if begin == 0:
            country.centres["152523"].start()
        kept += [line for one in agents for line in one.stdout]
        for one in agents:
            one.wait(60)
            one.stdout.close()
        country.told |= {line.strip() for line in kept if line.endswith("\n")}
    for point in BY_STICK:
        with country.desk(point) as desk:
            country.told |= {desk.register(full_draft(desk, number)).intake_no for number in range(CASES)}
        _stick(country, point, at)


def _agent(country: Country, point: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).with_name("levels_desk.py")), str(country.place(point)), str(CASES)]
    root = Path(__file__).parent.parent
    env = os.environ | {"PYTHONPATH": os.pathsep.join((str(root), str(root.parent))), "PYTHONUTF8": "1"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)


def _stick(country: Country, point: str, at: int) -> None:
    """Out, over the centre's table, and back."""
    stick = country.folder / f"stick-{point}-{at}"
    stick.mkdir(exist_ok=True)
    with country.desk(point) as desk:
        desk.courier(stick, lambda _far: None, lambda: False)
        country.centres[point[:6]].run("courier", str(stick))
        desk.courier(stick, lambda _far: None, lambda: False)


def _accept(country: Country, code: str) -> None:
    """A clerk accepts the latest on the list, and refuses nothing."""
    address = country.centres[code].wait()
    with httpx.Client(base_url=address, follow_redirects=True, trust_env=False, timeout=30) as clerk:
        clerk.post("/login", data={"account": "wulan", "password": PASSWORD})
        for number in list(dict.fromkeys(re.findall(r"/cases/(\d{24})", clerk.get("/cases").text)))[:4]:
            page = clerk.get(f"/cases/{number}").text
            form = {name: html.unescape(value) for name, value in SHOWN.findall(page)}
            assert clerk.post(f"/cases/{number}/accept", data=form).status_code == 200


def _up(country: Country, chance: random.Random) -> None:
    """Banners to the league, the league to the region; the first is killed on its way."""
    for code in ("152523", "152524", "152500"):
        command = [sys.executable, "-m", "desk", "centre", "--data", str(country.centres[code].folder), "forward"]
        going = subprocess.Popen(command)
        if code == "152523":
            with contextlib.suppress(subprocess.TimeoutExpired):
                going.wait(chance.uniform(0.5, 1.5))
            going.kill()
        going.wait(60)


def _quiet(country: Country) -> None:
    """All meet until nothing is new."""
    for at in range(3):
        for point in (*TOWNS, *VILLAGES):
            if point in BY_STICK:
                _stick(country, point, 10 + at)
                continue
            with country.desk(point) as desk:
                assert sync(desk).outcome is Outcome.DONE
    for code in ("152523", "152524", "152500"):
        country.centres[code].run("forward")


def _compare(country: Country) -> None:
    shown: dict[str, dict[str, tuple[object, ...]]] = {}
    for code in UPPER:
        with country.opened(code) as centre:
            centre.verify()
            with centre.database.read() as db:
                rows = case_rows.case_page(db, case_rows.Asked(), 0, 1000)
                shown[code] = {row["intake_no"]: _facts(centre.case(row["intake_no"])[0]) for row in rows}
    everything = shown["150000"]
    assert country.told <= set(everything)
    assert any(one[1] for one in everything.values()), "nothing was accepted"
    assert shown["152500"] == everything
    for code in ("152523", "152524"):
        assert shown[code] == {one: facts for one, facts in everything.items() if one.startswith(code)}
    for point in (*TOWNS, *VILLAGES):
        with country.desk(point) as desk:
            for number, facts in everything.items():
                if number.startswith(point.removesuffix("000")):  # a town sees its villages too
                    assert _facts(desk.case(number).case) == facts
                else:
                    with pytest.raises(RefusedError):
                        desk.case(number)


def _facts(case: cases.Case) -> tuple[object, ...]:
    return case.state, case.case_no, case.collected, case.materials, case.rated, case.decision, case.ended_at
