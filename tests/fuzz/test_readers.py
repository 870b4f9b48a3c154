"""A few inputs for every reader of bytes that others made, in each run: those that were kept, and spoiled ones."""

from __future__ import annotations

import os
import random

import pytest
from fuzz import readers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("DAIBAN_EXAMPLES", "25"))
QUIET = settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def spoiled(good: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, put in, taken out or cut off."""
    made = bytearray(good)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                made[at : at + 1] = chance.randbytes(1)
            case 1:
                made[at:at] = chance.choice((b"\xff", b"\xc3", b"[" * 3000, b"<td rowspan=9>", b"\0", b'"'))
            case 2:
                del made[at : at + chance.randint(1, 9)]
            case _:
                del made[at:]
    return bytes(made)


@pytest.mark.parametrize("sort", readers.NAMES)
def test_what_was_found_before_is_read_or_refused(sort: str) -> None:
    for data in readers.corpus(sort):
        readers.one(sort, data)


EACH = [(sort, at) for sort, names in readers.NAMES.items() for at in range(len(names))]


@pytest.mark.parametrize(("sort", "at"), EACH)
@QUIET
@given(chance=st.randoms(use_true_random=False), other=st.binary(max_size=80))
def test_spoiled_bytes_are_read_or_refused(sort: str, at: int, chance: random.Random, other: bytes) -> None:
    good = readers.READERS[readers.NAMES[sort][at]].good
    for data in (spoiled(good, chance), other):
        readers.one(sort, bytes([at]) + data)
