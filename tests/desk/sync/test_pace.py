"""How much goes in a batch, by how long the one before took."""

from __future__ import annotations

import random

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


@pytest.mark.parametrize(
    ("size", "seconds", "then"),
    [(200, 1.0, 400), (200, 4.0, 200), (200, 10.0, 200), (200, 10.1, 100), (101, 11.0, pace.FEWEST)],
)
def test_at_its_bounds(size: int, seconds: float, then: int) -> None:
    assert pace.entries(size, seconds) == then


@pytest.mark.parametrize(
    ("trouble", "span"), [(0, 5.0), (1, 5.0), (2, 10.0), (3, 20.0), (8, 640.0), (9, 900.0), (10_000, 900.0)]
)
def test_the_next_try_waits_twice_as_long_and_never_all_desks_at_once(trouble: int, span: float) -> None:
    waits = [pace.after(trouble, random.Random(seed)) for seed in range(200)]  # noqa: S311 - to spread, not to hide
    assert span / 2 <= min(waits) < span * 0.55
    assert span * 0.95 < max(waits) <= span
    assert span / 2 <= pace.after(trouble) <= span
