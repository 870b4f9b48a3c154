"""A sample of the drawn matrix: each kind of facts and each script on some papers. The whole is a command."""

from __future__ import annotations

import matrix
import pytest
from matrix import Case

SAMPLE = (
    Case("receipt-A5", "normal", "left"), Case("receipt-58mm", "longest", "below"), Case("decided", "longest", "above"),
    Case("manifest", "emptiest", "below"), Case("guide", "large", "mongolian"), Case("notice", "large", "left"),
    Case("ledger", "longest", "above"), Case("test-A4", "normal", ""),
)  # fmt: skip


@pytest.mark.parametrize("case", SAMPLE, ids=str)
def test_a_drawing_breaks_no_rule(case: Case) -> None:
    assert list(matrix.faults(case, matrix.drawn(case))) == []


def test_the_sample_has_each_kind_of_facts_and_each_script() -> None:
    assert {one.facts for one in SAMPLE} == set(matrix.FACTS)
    assert {one.scripts for one in SAMPLE} == set(matrix.SCRIPTS)
    assert set(SAMPLE) <= set(matrix.cases())


def test_the_measures_see_a_page_that_breaks_them() -> None:
    """What is too small, and what leaves its page."""
    small = matrix.gallery.drawings(str)["results"]()
    assert any("small" in one for one in matrix.faults(Case("receipt-A4", "large", ""), small))
