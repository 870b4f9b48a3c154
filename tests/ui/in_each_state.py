"""Everything that can be pressed, in each state that offers it: `python tests/ui/in_each_state.py [words of pytest]`.

The suite presses what several states of a page offer in the first of them alone; this walks them all, five minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """All of it."""
    test = str(Path(__file__).parent / "test_every_button.py")
    command = [sys.executable, "-m", "pytest", test, "-n", "0", "-q", "-p", "no:randomly", *sys.argv[1:]]
    return subprocess.run(command, check=False, env=os.environ | {"DAIBAN_EACH_STATE": "1"}).returncode


if __name__ == "__main__":
    raise SystemExit(main())
