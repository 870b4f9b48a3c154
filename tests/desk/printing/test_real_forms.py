"""Three of our papers beside real forms of the same kind: no point without an answer."""

from __future__ import annotations

import gallery
import pytest
import real_forms


@pytest.mark.parametrize(("name", "points"), [("supplement", real_forms.SUPPLEMENT), ("served", real_forms.SERVED)])
def test_each_point_of_the_real_form_is_there_or_has_a_reason(name: str, points: tuple[real_forms.Point, ...]) -> None:
    rows = real_forms.compared(points, gallery.drawn()[name])
    assert [row[1] for row in rows if not row[3]] == []


def test_the_page_of_an_organ_is_that_of_the_standard() -> None:
    rows = {row[1]: row[3] for row in real_forms.measured(gallery.drawn()["decided"])}
    assert all(rows.values()), rows
    assert rows["纸张"] == "210 mm x 297 mm"
    assert float(rows["天头"].split()[0]) == pytest.approx(38.5, abs=1.5)  # ink, under the top of its line
    assert float(rows["订口"].split()[0]) == pytest.approx(28, abs=2.5)
    assert float(rows["版心宽"].split()[0]) <= 156.5
