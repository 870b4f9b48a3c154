"""How much goes in a batch, by how long the one before took."""

from __future__ import annotations

import pytest

from desk.sync import pace


@pytest.mark.parametrize(
    ("size", "seconds", "then"),
    [
        (pace.FEWEST, 0.0, 200),
        (200, 0.9, 800),
        (200, 3.0, 400),
        (200, 7.0, 200),
        (200, 19.0, 100),
        (60, 60.0, pace.FEWEST),
        (3000, 0.1, pace.LARGEST),
    ],
)
def test_a_batch_grows_on_a_quick_link_and_shrinks_on_a_slow_one(size: int, seconds: float, then: int) -> None:
    assert pace.entries(size, seconds) == then
