"""A whole cluster on one machine, for trying: `python3 tests/cluster/up.py [--port 8765]`.

Three etcd, three PostgreSQL under Patroni, two hosts of the centre and HAProxy, by the files of `installer/centre`;
three demonstration desks push, a clerk accepts, and a page on loopback shows who leads, what was acknowledged and what
was tried. As root each machine is a network name space, and cables can be pulled; else they are addresses of loopback.
What is not installed is fetched into a cache, or said. Ctrl+C ends everything, and nothing is left.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cluster import pieces, sandbox

_PAUSE = 1.0  # seconds between two cases of a desk


def main(argv: Sequence[str]) -> int:
    """Outside: find everything and begin again inside."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--port", type=int, default=8765, help="of the page; 0 for any free one")
    options.add_argument("--desks", type=int, default=3)
    options.add_argument("--patroni", default=pieces.PATRONI)
    options.add_argument("--installed", action="store_true", help="fetch nothing")
    options.add_argument("--loopback", action="store_true", help="no name spaces, also as root")
    wanted = options.parse_args(argv)
    if sandbox.is_inside():
        sandbox.enter()
        return inside(wanted)
    fetches = not wanted.installed
    return sandbox.run(
        "cluster.up", argv, version=wanted.patroni, may_fetch=fetches, loopback=wanted.loopback, ports=(wanted.port, 0)
    )


def inside(wanted: argparse.Namespace) -> int:
    """All of it, until somebody ends it."""
    from cluster import page, people
    from cluster.nodes import Cluster
    from cluster.trials import Trial

    began = time.monotonic()
    mine, centres = (socket.socket(fileno=int(one)) for one in os.environ[sandbox.LISTENERS].split(","))
    place, room, found = sandbox.given()
    is_old = pieces.is_old(wanted.patroni)
    cluster, journal = Cluster(place, room, found, asks_patroni=not is_old), people.Journal()
    board = page.Board(cluster, journal, f"https://127.0.0.1:{centres.getsockname()[1]}/")

    def say(words: str) -> None:
        line = f"{time.monotonic() - began:6.1f}  {words}"
        board.say(line)
        print(line, flush=True)

    page.serve(mine, board)
    page.lead(centres, cluster.opening())
    print(f"页面：http://127.0.0.1:{mine.getsockname()[1]}/    Ctrl+C 结束一切", flush=True)
    with contextlib.ExitStack() as ending:
        ending.callback(cluster.stop)
        try:
            say("每台机器是一个网络名字空间" if room == sandbox.NAMESPACES else "没有管理权限：每台机器是一个回环地址")
            cluster.start(say, wanted.desks)
            say("终端 …")
            people.at_work(ending, cluster, journal, _PAUSE, 2.0)
            board.trial = Trial(cluster, journal, say, helped=is_old)
            say("都起来了。")
            threading.Event().wait()
        except KeyboardInterrupt:
            pass
        except (TimeoutError, AssertionError) as error:
            say(f"没有起来：{error}")
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
