"""The first day of a desk at its window: first start, printing, a correction, a roll, locks, forgotten passwords."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import print_server
import pypdfium2 as pdfium
import pytest
from conftest import HERDER

from db import vault
from desk.app import opening
from desk.errors import RefusedError
from desk.store.snapshots import CaseQuery

TESTS = Path(__file__).parent.parent
ROLL = TESTS / "desk" / "counter" / "office_files" / "title_row_above_header.xlsx"


def lived(folder: Path, queue: str, environment: dict[str, str]) -> None:
    """The day, in a process of its own."""
    home = folder / "home"
    home.mkdir()
    own = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "STATE", "DATA")}
    paths = map(str, (TESTS.parent, TESTS, TESTS / "ui"))
    done = subprocess.run(
        [sys.executable, "-P", str(Path(__file__).parent / "first_day_window.py"), str(folder), queue, str(ROLL)],
        env=environment | own | {"PYTHONPATH": os.pathsep.join(paths), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def pages(pdf: Path) -> int:
    """How many there are."""
    with contextlib.closing(pdfium.PdfDocument(pdf.read_bytes())) as opened:
        return len(opened)


@pytest.mark.parametrize("with_printer", [True, False], ids=["printer", "no printer"])
def test_the_first_day(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, with_printer: bool) -> None:
    if with_printer and not print_server.can_be_started():
        pytest.skip("no CUPS here")
    with contextlib.ExitStack() as stack:
        if with_printer:
            queue = stack.enter_context(print_server.started(tmp_path_factory.mktemp("c")))
            lived(tmp_path, print_server.QUEUE, queue.environment)
            papers = [tmp_path / f"{name}.pdf" for name in ("alone", "receipt", "corrected")]
            assert [pages(one) for one in queue.spooled()] == [pages(one) for one in papers]
        else:
            lived(tmp_path, "", os.environ | {"CUPS_SERVER": str(tmp_path / "none")})
    facts = json.loads((tmp_path / "facts.json").read_text("utf-8"))
    assert facts["households"] == 4
    assert "完整" in facts["verified"]
    if not with_printer:
        return
    assert {slot.account for slot in vault.read(tmp_path / "desk").slots} == {"suhe", "bater"}
    with pytest.raises(RefusedError, match="密码不对"):
        opening.open_desk(tmp_path / "desk", "suhe", "after the telephone")
    desk = opening.open_desk(tmp_path / "desk", "suhe", "after the stick")
    try:
        assert desk.count_cases(CaseQuery()) == 5
        case = desk.case(facts["number"]).case
        assert (case.collected.applicant.name, case.collected.proxy.relation) == (HERDER.name, "子女")
        desk.store.rebuild()
        assert desk.case(facts["number"]).phone_masked == "139****2222"
    finally:
        desk.close()
