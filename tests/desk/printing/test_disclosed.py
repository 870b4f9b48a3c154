"""Papers about a request for disclosure say what was so at their own step."""

from __future__ import annotations

import re

import gallery
import msgspec
import pytest
from test_documents import words

from desk.folds.office.disclosing.request import Disclosure
from desk.log.office_events import Withheld
from desk.printing import document
from desk.printing.organ import disclosed


def said(key: str) -> str:
    made = gallery.disclosure_papers(str, gallery.OFFICE)[f"disclosed-{key}"]
    return re.sub(r"\s", "", words(document.draw(made)))


@pytest.mark.parametrize(("key", "day", "asks"), [("consult-0", 12, "名单"), ("consult-1", 13, "金额")])
def test_a_letter_bears_the_day_and_the_words_of_its_own_asking(key: str, day: int, asks: str) -> None:
    told = said(key)
    assert f"2026年11月{day}日" in told
    assert f"征求的意见{asks}" in told


def test_whoever_is_asked_has_room_for_the_reasons() -> None:
    """The letter asks for reasons (政府信息公开条例§32)."""
    assert "不同意公开理由" in said("consult-0")


@pytest.mark.parametrize("key", ["registered", "mend"])
def test_what_came_before_it_was_mended_is_told_as_it_came(key: str) -> None:
    told, asked = said(key), gallery.disclosure(str)
    assert asked.asked.text in told
    assert asked.mended.replace(" ", "") not in told
    assert "收到申请的日期2026-11-02" in told
    assert "2026-11-09" not in told  # the day of what was mended
    assert asked.mended.replace(" ", "") in said("answer")
    assert "2026-11-09" in said("answer")


def test_a_number_of_days_stands_beside_its_unit() -> None:
    made = words(document.draw(gallery.disclosure_papers(str, gallery.OFFICE)["disclosed-registered"]))
    assert not [line for line in made.splitlines() if line.strip().startswith("个工作日")]


def test_the_gallery_has_every_paper_of_a_request() -> None:
    found = {one.rstrip("-01") for one in disclosed.titles(gallery.disclosure(str))}
    assert found == {*disclosed._PAPERS, "consult", "told"}


def test_a_ground_that_this_program_does_not_know_stops_no_paper() -> None:
    """A newer centre may have written it; the reasons are told all the same."""

    def know(facts: object) -> object:
        if not isinstance(facts, Disclosure) or facts.reply is None:
            return facts
        withheld = (Withheld("户名", "newer", "个人隐私"),)
        return msgspec.structs.replace(facts, reply=msgspec.structs.replace(facts.reply, withheld=withheld))

    made = gallery.disclosure_papers(str, gallery.OFFICE, know)["disclosed-answer"]
    assert "户名个人隐私" in re.sub(r"\s", "", words(document.draw(made)))
