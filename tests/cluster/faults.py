"""A whole cluster that is hurt again and again while desks push and a clerk accepts; nothing acknowledged may be lost.

`python3 tests/cluster/faults.py [--rounds 1] [--only kill,cut] [--desks 8] [--clerks 1] [--patroni 3.0.2] [--hasty]`:
three etcd, three PostgreSQL under Patroni, two hosts and HAProxy by the files of `installer/centre`, everything on this
machine (as root in name spaces of its own). Each fault is done to whoever leads, undone, and waited for until all is
whole again, nobody helping. At the end each acknowledged push, act and feed entry is compared with the database by
number and hash. 1 where something is missing or a number has two meanings; 77 where programs are not there.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cluster import pieces, sandbox

NAMES = (
    "kill", "switchover", "stop", "node", "pause", "cut", "blind", "pulled", "full", "standbys", "host", "etcd",
    "clock",
)  # fmt: skip

_HASTE = 0.15  # of the time that a fault stays otherwise


def asked(argv: Sequence[str]) -> argparse.Namespace:
    """What is to be done."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--only", default=",".join(NAMES), help="some of the faults, in this order")
    options.add_argument("--desks", type=int, default=8)
    options.add_argument("--clerks", type=int, default=1)
    words = "seconds between two cases of a desk, which has 999 numbers a day"
    options.add_argument("--pause", type=float, default=1.0, help=words)
    options.add_argument("--patroni", default=pieces.PATRONI)
    options.add_argument("--hasty", action="store_true", help="Patroni's shortest times, and faults that stay shorter")
    options.add_argument("--installed", action="store_true", help="fetch nothing")
    options.add_argument("--loopback", action="store_true", help="no name spaces, also as root")
    options.add_argument("--keep", type=Path, help="a folder for the logs of everything")
    found = options.parse_args(argv)
    found.only = [one for one in found.only.split(",") if one]
    if unknown := set(found.only) - set(NAMES):
        options.error(f"no such fault: {', '.join(sorted(unknown))}")
    return found


def main(argv: Sequence[str]) -> int:
    """Outside: find everything and begin again inside."""
    wanted = asked(argv)
    if not sandbox.is_inside():
        return sandbox.run(
            "cluster.faults", argv, version=wanted.patroni, may_fetch=not wanted.installed, loopback=wanted.loopback
        )
    sandbox.enter()
    return inside(wanted)


def inside(wanted: argparse.Namespace) -> int:
    """All of it."""
    from cluster import compared, files, people
    from cluster.ground import CannotError
    from cluster.nodes import Cluster
    from cluster.trials import FAULTS, Trial

    began = time.monotonic()

    def say(words: str) -> None:
        print(f"{time.monotonic() - began:6.1f}  {words}", flush=True)

    place, room, found = sandbox.given()
    is_old = pieces.is_old(wanted.patroni)
    cluster = Cluster(place, room, found, files.HASTY if wanted.hasty else None, asks_patroni=not is_old)
    journal, is_wrong = people.Journal(), False
    where = "网络名字空间" if room == sandbox.NAMESPACES else "回环地址"
    say(f"Patroni {wanted.patroni}，{where}，{wanted.desks} 台终端")
    with contextlib.ExitStack() as ending:
        if wanted.keep:
            ending.callback(_keep, place, wanted.keep)
        ending.callback(cluster.stop)
        try:
            cluster.start(say, wanted.desks)
            desks, clerks = people.at_work(ending, cluster, journal, wanted.pause, 1.0, wanted.clerks)
            trial = Trial(cluster, journal, say, _HASTE if wanted.hasty else 1.0, helped=is_old)
            for name in wanted.only * wanted.rounds:
                try:
                    trial.run(name)
                except CannotError as error:
                    say(f"{FAULTS[name].words}：没有试，{error}")
                except TimeoutError as error:
                    is_wrong = True
                    say(f"{FAULTS[name].words}：{error}")
            say("收尾：各终端送完、听完 …")
            for one in clerks:
                one.stop()
            desks.become_quiet()
            end = compared.compare(cluster, journal)
        except KeyboardInterrupt:
            return 130
        say(end.words())
        say(f"同步的结果 {dict(journal.outcomes)}")
        others = [f"{count} 次 {words}" for words, count in journal.others.most_common(8)]
        for one in [
            *others,
            *journal.wrong[:5],
            *(str(told) for told in journal.ended if not told["quiet"] or told["doubts"]),
        ]:
            say(f"  {one}")
        is_quiet = len(journal.ended) == wanted.desks and all(one["quiet"] for one in journal.ended)
        lost = trial.epochs or not end.is_good()
        return int(is_wrong or not is_quiet or (bool(lost) and not is_old))


def _keep(place: Path, into: Path) -> None:
    """The logs of everything."""
    for one in place.rglob("*.log"):
        target = into / one.relative_to(place)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(one.read_bytes())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
