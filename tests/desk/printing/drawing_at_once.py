"""Run by test_at_once.py in a process of its own: the first papers of a process, several drawn at the same time."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import gallery

from desk.printing import receipt
from desk.printing.facts import Paper

AT_ONCE = 4


def main() -> int:
    sys.setswitchinterval(1e-5)
    ready = threading.Barrier(AT_ONCE)

    def draw() -> bytes:
        facts = gallery.receipt_facts(str, gallery.bilingual("under"))
        ready.wait()
        return receipt.receipt(facts, Paper.A5)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = {one.result() for one in [pool.submit(draw) for _ in range(AT_ONCE)]}
    later = receipt.receipt(gallery.receipt_facts(str, gallery.bilingual("under")), Paper.A5)
    return int(made != {later})


if __name__ == "__main__":
    raise SystemExit(main())
