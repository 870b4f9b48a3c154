"""The long walk of the careless hand, for which no test run waits.

python tests/ui/random_hand.py --steps 20000 --seed 1
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

STEPS, SEED = "DAIBAN_HAND_STEPS", "DAIBAN_HAND_SEED"  # of the walk, where they are set

if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="A long walk of the careless hand")
    asked.add_argument("--steps", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args()
    here = Path(__file__).parent
    tests = [sys.executable, "-m", "pytest", str(here / "test_careless.py"), "-n", "0", "-q", "-s", "-p", "no:randomly"]
    alone = {"QT_QPA_PLATFORM": "offscreen", "CUPS_SERVER": "/nonexistent/cups.sock"}  # a screen and printers of nobody
    walk = {**alone, **os.environ, STEPS: str(told.steps), SEED: str(told.seed)}
    sys.exit(subprocess.run(tests, env=walk, check=False, cwd=here.parent.parent).returncode)
