"""Papers about a request for disclosure are all in the gallery."""

from __future__ import annotations

import gallery
from test_documents import words

from desk.printing import document
from desk.printing.organ import disclosed


def test_a_number_of_days_stands_beside_its_unit() -> None:
    made = words(document.draw(gallery.disclosure_papers(str, gallery.OFFICE)["disclosed-registered"]))
    assert not [line for line in made.splitlines() if line.strip().startswith("个工作日")]


def test_the_gallery_has_every_paper_of_a_request() -> None:
    found = {one.rstrip("-01") for one in disclosed.titles(gallery.disclosure(str))}
    assert found == {*disclosed._PAPERS, "consult", "told"}
