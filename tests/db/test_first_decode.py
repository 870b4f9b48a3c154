"""Several threads that read a kind for the first time at once."""

from __future__ import annotations

import subprocess
import sys

# Three hundred kinds that name one another, each read first by four threads at the same time.
_AT_ONCE = '''
import sys, threading, types
import desk
import msgspec
SHAPES = """
from __future__ import annotations
import msgspec
class A(msgspec.Struct):
    a: int
    c: tuple[B, ...] = ()
class B(msgspec.Struct):
    x: int = 0
    y: dict[str, C] = {}
class C(msgspec.Struct):
    z: list[int] = []
    w: A | None = None
"""
def read(together, kind):
    together.wait()
    msgspec.json.decode(b'{"a":1,"c":[{"x":1,"y":{"k":{"z":[1]}}}]}', type=kind)
sys.setswitchinterval(1e-6)
for at in range(300):
    made = sys.modules[f"made{at}"] = types.ModuleType(f"made{at}")
    exec(SHAPES, made.__dict__)
    together = threading.Barrier(4)
    threads = [threading.Thread(target=read, args=(together, made.A)) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
'''


def test_threads_that_read_a_kind_first_at_once_end_no_process() -> None:
    done = subprocess.run([sys.executable, "-c", _AT_ONCE], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
