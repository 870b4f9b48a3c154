"""`desk NAME`: one list says what there is, where it is and what it does."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from desk import __main__, __version__
from desk.centre.node import centre_node


def ran(*words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    code = f"{before}\nimport sys\nfrom desk.__main__ import main\nsys.exit(main(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("name", __main__.COMMANDS)
def test_every_command_is_there_and_in_the_help(name: str) -> None:
    module, _, function = __main__.COMMANDS[name][0].partition(":")
    assert callable(getattr(importlib.import_module(module), function))
    assert any(line.split()[:1] == [name] for line in __main__.help_text().splitlines())


def test_help_version_and_a_wrong_word() -> None:
    assert ran("help").stdout.strip() == __main__.help_text()
    assert __version__ in ran("--version").stdout
    wrong = ran("enroll")
    assert (wrong.returncode, "courier" in wrong.stderr) == (2, True)


def test_a_code_page_without_chinese_stops_nothing() -> None:
    done = ran("help", before="import sys; sys.stdout.reconfigure(encoding='cp1252')")
    assert (done.returncode, "courier" in done.stdout) == (0, True)


@pytest.mark.parametrize("lacking", ["fastapi", "desk.centre", "desk.centre.commands"])
def test_a_desk_without_the_centre_says_so(lacking: str, tmp_path: Path) -> None:
    centre_node.create(tmp_path, "152523", "中心")  # its pages are loaded only to be served
    done = ran(
        "centre", "--data", str(tmp_path), "serve", "--port", "0", before=f"import sys; sys.modules[{lacking!r}] = None"
    )
    assert (done.returncode, lacking in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
