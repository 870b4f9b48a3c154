"""Fields that the law, the standard or habit ask for, paper by paper, as a desk prints them."""

from __future__ import annotations

import datetime as dt
import io
import re

import gallery
import msgspec
import pypdf
import pytest
from conftest import full_draft
from counter_steps import same_after_rebuild, text_of

from desk.app.open_desk import Desk
from desk.counter.office.office_settings import next_drive
from desk.folds.case import Case
from desk.law.catalogue.item import Field
from desk.log import events
from desk.papers import form_papers, paper_list
from desk.papers.receipt_facts import receipt_facts
from desk.printing import document, receipt
from desk.printing.document import Fields
from desk.printing.facts import Paper
from desk.store.snapshots import CaseQuery


def said(pdf: bytes) -> str:
    return re.sub(r"\s", "", text_of(pdf))


def test_both_parties_of_an_entrustment_are_named_whole_and_each_look_is_noted(desk: Desk) -> None:
    draft = full_draft(desk)
    number = desk.register(draft).intake_no
    person = draft.applicant
    before = seen(desk)
    paper = desk.papers.case_paper(number, "entrusted")
    assert person.id_number in said(paper.pdf)
    assert person.phone in said(paper.pdf)
    assert "受托人证件号码" in said(paper.pdf)
    noted = seen(desk)
    assert len(noted) == len(before) + 2
    assert "印在代办委托书上" in noted[0]
    desk.papers.kept(paper.sha256)
    assert len(seen(desk)) == len(before) + 4
    desk.papers.case_paper(number, "rating-slip")
    assert len(seen(desk)) == len(before) + 4
    same_after_rebuild(desk)


def seen(desk: Desk) -> list[str]:
    """Why full numbers of the one person were looked at, the latest first."""
    (row,) = desk.people.search("altqqg")
    return [one.why for one in desk.people.view(row.id).seen]


def test_a_ledger_tells_what_became_of_each_case_and_no_whole_number(desk: Desk) -> None:
    draft = full_draft(desk)
    desk.register(draft)
    words = said(desk.papers.ledger(desk.cases(CaseQuery(), 0, 10), "全部").pdf)
    for heading in ("证件号码", "电话", "份数", "代收费用", "移交", "办结", "送达", "签收人", "评价"):
        assert heading in words
    assert draft.applicant.id_number not in words
    assert draft.applicant.phone not in words


def test_a_receipt_says_when_the_papers_are_to_go_where_the_point_has_such_days(desk: Desk) -> None:
    first = desk.register(full_draft(desk)).intake_no
    assert "预计移交" not in said(desk.papers.receipt(first, "A5").pdf)
    book = desk.office_book
    book.keep(msgspec.structs.replace(book.settings(), drive_days=(2, 5)))
    number = desk.register(full_draft(desk, 1)).intake_no
    goes = desk.papers.case(number).collected.hand_over
    assert goes is not None
    assert 0 < (goes - desk.session.today()).days <= 4
    assert goes.isoweekday() in (2, 5)
    book.keep(msgspec.structs.replace(book.settings(), drive_days=()))
    for paper in ("A4", "58mm"):
        assert f"{goes.isoformat()}（星期{'二五'[goes.isoweekday() == 5]}）送往旗中心" in said(
            desk.papers.receipt(number, paper).pdf
        )
    assert "预计移交" not in said(desk.papers.receipt(first, "A4").pdf)
    same_after_rebuild(desk)


def test_what_comes_in_on_a_day_of_driving_goes_with_the_next() -> None:
    friday = dt.date(2026, 11, 27)
    assert next_drive((2, 5), friday) == dt.date(2026, 12, 1)
    assert next_drive((5,), friday) == dt.date(2026, 12, 4)
    assert next_drive((), friday) is None


@pytest.mark.parametrize("key", sorted(paper_list.FORMS))
def test_a_free_box_is_as_high_as_its_form_says(key: str) -> None:
    form = paper_list.FORMS[key]
    made = form_papers.filled(key, {}, "F1", gallery.OFFICE, gallery.PRINTED, gallery.REMEDY)
    (fields,) = [one for one in made.blocks if isinstance(one, Fields)]
    for asked, ((name, words),) in zip(form.asked, fields.rows, strict=True):
        assert name == asked.name
        assert words.count("\n") + 1 == asked.lines


def test_practice_and_demonstration_stand_on_every_paper() -> None:
    for field, mark in (("practice", "练习"), ("demonstration", "演示")):
        office = msgspec.structs.replace(gallery.OFFICE, **{field: True})
        for name, pdf in gallery.every(office=office).items():
            if "proof" not in name:
                first = pypdf.PdfReader(io.BytesIO(pdf)).root_object["/StructTreeRoot"]["/K"]["/K"][0].get_object()
                assert mark in (first.get("/Alt") or text_of(pdf)), (name, mark)


def test_a_copy_of_the_organs_paper_says_both_that_it_is_one_and_that_it_is_practice() -> None:
    office = msgspec.structs.replace(gallery.OFFICE, practice=True)
    assert document.marks(office, "副本") == "练习·副本"
    assert document.marks(gallery.OFFICE, "副本") == "副本"
    assert document.marks(office) == "练习"


def test_a_public_notice_counts_from_the_day_after_and_keeps_neighbours_apart() -> None:
    made = gallery.documents(lambda usual: usual)["roll-notice"]
    (fields,) = [one for one in made.blocks if isinstance(one, Fields)]
    assert fields.rows[0][0][1].startswith("2026-11-25 至 2026-12-01，7 天")
    assert made.blocks[-1] == document.Seal("乌日尼勒图嘎查便民代办点（盖章）", "2026-11-24（星期二）")


def test_money_that_the_form_must_be_told_stands_on_the_receipt_in_digits_and_capitals(desk: Desk) -> None:
    number = desk.register(full_draft(desk)).intake_no
    case, item = desk.case(number).case, gallery.ITEM
    asked = (
        Field("band", "缴费档次", "choice", required=True, choices=("500 元",)),
        Field("income", "本人年收入", "number", unit="元"),
    )
    told = msgspec.structs.replace(case.collected, fields={"band": "500 元", "income": "9000"})
    case, item = msgspec.structs.replace(case, collected=told), msgspec.structs.replace(item, fields=asked)
    facts = receipt_facts(desk.session.identity, desk.papers.office(), case, item, "")
    for paper in Paper:
        words = said(receipt.receipt(facts, paper))
        assert "缴费档次" in words
        assert "500元（人民币伍佰元整）" in words
        assert "9000" not in words  # only what must be told


def test_the_documents_that_went_with_a_decision_are_named_under_it() -> None:
    def decided(*names: str) -> str:
        def know(facts: object) -> object:
            if isinstance(facts, Case) and facts.decision:
                files = tuple(events.FileRef("0" * 64, name, 1) for name in names)
                return msgspec.structs.replace(facts, decision=msgspec.structs.replace(facts.decision, files=files))
            return facts

        return said(document.draw(gallery.organ_papers(str, gallery.OFFICE, know=know)["decided"]))

    assert "附件：低保证" in decided("低保证.pdf", "IMG_0001.jpg")
    assert "附件：1.低保证2.审批表" in decided("低保证.pdf", "审批表.jpg")
    assert "附件" not in decided("IMG_0001.jpg")
