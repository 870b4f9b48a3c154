"""Inputs guided by coverage for every reader of bytes that others made; it ends at the first that is a fault.

`PYTHONPATH=.:tests python tests/fuzz/outside.py wire FOLDER [libFuzzer options]` begins with what `corpus/` beside
has and keeps in FOLDER what reached something new; `-runs=N`, `-max_total_time=SECONDS` and the like are libFuzzer's.
`files` instead of `wire` takes the readers of files, which are a hundred times as slow. `outside.py keep wire FOLDER`
puts the smallest inputs that reach as much into `corpus/`. It wants atheris, which no test wants. The first byte of an
input says which reader gets the rest.
"""

from __future__ import annotations

import hashlib
import shlex
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["desk"]):
    from fuzz import readers

SORTS = ("wire", "files")
CORPUS = Path(__file__).parent / "corpus"


def _begin(sort: str, folder: Path) -> None:
    """What is known already, and what each reader takes."""
    folder.mkdir(parents=True, exist_ok=True)
    for data in readers.corpus(sort):
        (folder / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)


def keep(sort: str, folder: str) -> None:
    """Put the smallest inputs of `folder` that reach as much as all of them into the corpus."""
    with tempfile.TemporaryDirectory() as aside:
        subprocess.run([sys.executable, __file__, "merge", sort, aside, folder], check=True)
        if not any(Path(aside).iterdir()):
            sys.exit("nothing came of it; the corpus stays as it is")
        CORPUS.mkdir(exist_ok=True)
        with zipfile.ZipFile(CORPUS / f"{sort}.zip", "w") as out:
            for path in sorted(Path(aside).iterdir()):
                out.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED)


def main() -> None:
    """As the head of this file says."""
    match sys.argv[1:]:
        case ["keep", sort, folder] if sort in SORTS:
            keep(sort, folder)
            return
        case ["merge", sort, into, folder] if sort in SORTS:
            options = ["-merge=1", into, folder]
        case ["inner", sort, *more] if sort in SORTS:  # libFuzzer calls us again, in a shell, for each few of them
            options = more
        case [sort, folder, *more] if sort in SORTS:
            _begin(sort, Path(folder))
            options = [*more, folder]
        case _:
            sys.exit(__doc__)
    again = shlex.join([sys.executable, str(Path(__file__).resolve()), "inner", sort])
    atheris.Setup([again, *options], lambda data: readers.one(sort, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
