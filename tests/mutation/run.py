"""How many small faults the tests would notice: mutmut over law, log, folds and sync, each against its own tests.

    pip install -e '.[mutation]'
    python tests/mutation/run.py [law log folds sync] [--sample N --seed S] [--keep FOLDER]

Everything happens in a copy of what git tracks (uncommitted changes go along). mutmut changes plain functions and
methods; constants, fields and functions under a decorator it leaves alone. A mutant that only changes words which
people read (`words.py` beside) is left out before the sample is drawn. A mutant that no chosen test reaches counts as
survived, one that never ends as killed. What a process kept from other tests is forgotten before each (`fresh.py`).
A whole package takes an hour and more on two cores: a sample will do.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import words

ROOT = Path(__file__).parent.parent.parent
# What notices a fault of each package fast; tests of windows, pages and papers would be slow witnesses of the same.
TESTS = {
    "law": [
        "tests/desk/law/catalogue",
        "tests/desk/law/test_counting.py",
        "tests/desk/law/test_deadline.py",
        "tests/desk/law/test_divisions.py",
        "tests/desk/law/test_flow.py",
        "tests/desk/law/test_holidays.py",
        "tests/desk/law/test_id_facts.py",
        "tests/desk/law/test_id_numbers.py",
        "tests/desk/law/test_numbers.py",
    ],
    "log": ["tests/desk/log", "tests/desk/folds/test_case.py"],
    "folds": ["tests/desk/folds"],
    "sync": [
        "tests/desk/sync/protocol",
        "tests/desk/sync/test_sync.py",
        "tests/desk/sync/test_enrolling.py",
        "tests/desk/sync/test_link.py",
        "tests/desk/sync/test_on_the_stick.py",
        "tests/desk/sync/test_own_log.py",
        "tests/desk/sync/test_feed.py",
        "tests/desk/sync/test_courier.py",
        "tests/desk/sync/test_healing.py",
        "tests/desk/sync/test_pace.py",
        "tests/desk/sync/test_pictures.py",
        "tests/desk/sync/test_carried_pictures.py",
    ],
}
_KILLED = frozenset({1, 3, 36, 24, -24, 152})  # a test failed, pytest itself did, or it never ended
_SURVIVED = frozenset({0, 5, 33})  # all passed, or none is there
_CONFIG = """
[tool.mutmut]
source_paths = ["desk", "db", "resources", "ui"]
only_mutate = ["desk/{package}/*.py"]
also_copy = ["installer", "README.md"]
pytest_add_cli_args = [
  "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider", "-p", "fresh",
  "-k", "not postgresql",
]
pytest_add_cli_args_test_selection = {tests}
track_dependencies = false
use_git_change_detection = false
timeout_multiplier = 5.0
timeout_constant = 10.0
"""


@contextlib.contextmanager
def copied(package: str, keep: Path | None) -> Iterator[Path]:
    """The tree as it stands, set up for mutants of `package`; gone afterwards unless it is to be kept."""
    with tempfile.TemporaryDirectory(prefix="daiban-mutants-") as place:
        folder = (keep or Path(place)) / package
        shutil.rmtree(folder, ignore_errors=True)
        listed = subprocess.run(
            ["git", "ls-files", "-z", "-c", "-o", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
        )
        for name in filter(None, listed.stdout.decode().split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        with (folder / "pyproject.toml").open("a", encoding="utf-8") as config:
            config.write(_CONFIG.format(package=package, tests=json.dumps(TESTS[package])))
        yield folder


def mutants(folder: Path, package: str) -> list[str]:
    """The names of all mutants that change more than words, in order."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    names: list[str] = []
    with contextlib.chdir(folder):  # mutmut reads its settings where it stands
        for path in sorted(Path("desk", package).rglob("*.py")):
            made = mutate_file_contents(str(path), path.read_text("utf-8"), None, None)
            only_words = words.only_words(made.code)
            names += [get_mutant_name(path, one) for one in made.mutant_names if one not in only_words]
    return names


def run(folder: Path, chosen: list[str]) -> dict[str, int | None]:
    """What came of each mutant: the exit code of its tests, as mutmut keeps it."""
    command = ["nice", sys.executable, "-m", "mutmut", "run", "--max-children", "2", *chosen]
    env = os.environ | {"PYTHONPATH": str(folder / "tests" / "mutation"), "QT_QPA_PLATFORM": "offscreen"}
    with (folder / "mutmut.log").open("w", encoding="utf-8") as log:
        subprocess.run(command, cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT, check=False)
    found: dict[str, int | None] = {}
    for path in (folder / "mutants" / "desk").rglob("*.meta"):
        found |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return {name: found.get(name) for name in chosen}


def told(package: str, every: int, came: dict[str, int | None]) -> str:
    """The figures of a package and the mutants that no test noticed."""
    killed = [name for name, code in came.items() if code in _KILLED]
    survived = sorted(name for name, code in came.items() if code in _SURVIVED)
    unknown = sorted(set(came) - set(killed) - set(survived))
    judged = len(killed) + len(survived)
    score = f"{100 * len(killed) / judged:.1f} %" if judged else "none judged"
    head = f"{package}: {len(killed)} killed, {len(survived)} survived, {score} ({judged} of {every} mutants)"
    lines = [head, *(f"  survived {name}" for name in survived), *(f"  not judged {name}" for name in unknown)]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """The command; 1 where a mutant could not be judged."""
    parser = argparse.ArgumentParser(description="mutation run")
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=f"{', '.join(TESTS)}; all where none is named")
    parser.add_argument("--sample", type=int, default=0, help="mutants of each package; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep copies, mutants and mutmut's own words in this folder")
    args = parser.parse_args(argv)
    if strange := set(args.packages) - set(TESTS):
        parser.error(f"no package to mutate: {', '.join(sorted(strange))}")
    print(f"{dt.date.today()}, sample {args.sample or 'all'}, seed {args.seed}", flush=True)  # noqa: DTZ011 - for people
    unjudged = False
    for package in args.packages or TESTS:
        with copied(package, args.keep) as folder:
            every = mutants(folder, package)
            drawn = random.Random(args.seed).sample(every, min(args.sample or len(every), len(every)))  # noqa: S311
            came = run(folder, sorted(drawn))
            unjudged |= not set(came.values()) <= _KILLED | _SURVIVED
            print(told(package, len(every), came), flush=True)
    return int(unjudged)


if __name__ == "__main__":
    raise SystemExit(main())
