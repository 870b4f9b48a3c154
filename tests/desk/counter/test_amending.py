"""What was taken in wrong is put right everywhere; who came and for whom; what is asked before it is overwritten."""

from __future__ import annotations

import datetime as dt
import io
import re

import httpx
import msgspec
import pytest
from conftest import HERDER, Served, SetClock, full_draft, item_code, sync
from office import drawn
from pypdf import PdfReader

from desk.app.open_desk import Desk
from desk.centre.node.centre_node import Own
from desk.counter.asking.book import FOLLOWS, STAYS, Clash
from desk.errors import AskedError, RefusedError
from desk.folds import case as cases
from desk.law.catalogue import rules
from desk.log import events
from desk.log.events import Change, Corrected, Person, Proxy
from desk.papers.receipt_facts import receipt_facts
from desk.store.snapshots import CaseQuery, Draft, turned

SON = Person("那顺乌力吉", "111", "152523198003020019", "13900000002", "二组")


def text_of(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


class TestCorrections:
    def test_what_is_right_stands_everywhere_and_what_was_wrong_in_history(self, desk: Desk, served: Served) -> None:
        number = desk.register(full_draft(desk)).intake_no
        former = desk.papers.receipt(number)
        right = {"applicant.name": "阿勒坦其其格", "applicant.phone": "13911112222", "fields.members": "4"}
        desk.corrections.correct(number, right | {"materials.form.copies": "2"}, "听错了")
        view = desk.case(number)
        assert (view.row.applicant_name, view.phone_masked) == ("阿勒坦其其格", "139****2222")
        assert view.case.collected.fields == {"members": "4"}
        assert next(one.copies for one in view.case.materials if one.code == "form") == 2
        line = view.case.history[-2 if view.case.history[-1].kind.startswith("paper") else -1]
        for words in ("姓名由“阿拉坦其其格”改为“阿勒坦其其格”", "139****2222", "原因：听错了"):
            assert words in line.note
        assert "13911112222" not in line.note
        assert [row.intake_no for row in desk.cases(CaseQuery(text="阿勒坦"))] == [number]
        receipt = desk.papers.receipt(number)
        said = text_of(receipt.pdf)
        assert "阿勒坦其其格" in said
        assert "更正后重出，前一张作废" in said
        assert text_of(former.pdf).count("更正后重出") == 0
        assert desk.papers.kept(former.sha256).pdf == former.pdf
        assert desk.papers.receipt(number).pdf == receipt.pdf
        sync(desk)
        case, _ = served.centre.case(number)
        assert case.collected == desk.case(number).case.collected
        with served.centre.database.read() as db:
            from db.centre.lists import case_rows

            assert case_rows.one_case(db, number)["applicant_name"] == "阿勒坦其其格"

    def test_the_book_follows_only_when_that_is_said(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        desk.corrections.correct(number, {"applicant.phone": "13911112222"}, "听错了")
        assert desk.people.search("altqqg")[0].phone_masked == "139****0001"
        desk.corrections.correct(number, {"applicant.phone": "13911113333"}, "又错了", in_book=True)
        assert desk.people.search("altqqg")[0].phone_masked == "139****3333"
        assert desk.people.search("altqqg")[0].address == HERDER.address

    @pytest.mark.parametrize(
        ("right", "words"),
        [
            ({"applicant.name": " "}, "姓名"),
            ({"applicant.phone": "12"}, "7 到 20"),
            ({"fields.members": "三口多"}, "数"),
            ({"materials.form.originals": "x"}, "这样改"),
            ({"applicant.id_number": "1"}, "不能更正"),
            ({"applicant.phone": HERDER.phone}, "一样"),
        ],
    )
    def test_what_may_not_stand_there_is_refused(self, desk: Desk, right: dict[str, str], words: str) -> None:
        number = desk.register(full_draft(desk)).intake_no
        with pytest.raises(RefusedError, match=words):
            desk.corrections.correct(number, right, "写错了")
        with pytest.raises(RefusedError, match="原因"):
            desk.corrections.correct(number, {"applicant.phone": "13911112222"}, " ")
        assert desk.case(number).case.collected.applicant == HERDER

    def test_another_item_only_until_the_centre_has_it(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        other = item_code(desk, "农村牧区宅基地审批")
        desk.corrections.other_item(number, other, "", "点错了事项")
        view = desk.case(number)
        assert (view.row.item_name, view.case.collected.item.task_code) == ("农村牧区宅基地审批", other)
        held = {one.name for one in view.case.materials if not one.missing}
        assert held == {one.name for one in desk.item(item_code(desk)).materials}  # nothing that is here is lost
        promise = desk.promise(other).on
        assert view.case.collected.promised == promise
        sync(desk)
        assert not desk.corrections.may_have_other_item(desk.case(number).case)
        with pytest.raises(RefusedError, match="中心已接收"):
            desk.corrections.other_item(number, item_code(desk), "", "还是原来的")

    def test_what_the_centre_decided_is_not_put_right_any_more(self, desk: Desk, served: Served) -> None:
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        for kind, data in (
            ("case.accepted", events.Accepted("乌兰", "民政局")),
            ("case.granted", events.Act("乌兰", "民政局")),
        ):
            served.centre.act("wulan", kind, number, data, served.centre.case(number)[1])
        desk.corrections.correct(number, {"fields.members": "4"}, "数错了")  # before it hears of the decision
        sync(desk)
        for case in (desk.case(number).case, served.centre.case(number)[0]):
            assert case.collected.fields == {"members": "3"}
            assert "已作出决定" in case.conflicts[-1].refused
        with pytest.raises(RefusedError, match="不能更正"):
            desk.corrections.correct(number, {"fields.members": "4"}, "数错了")
        desk.corrections.correct(number, {"applicant.phone": "13911112222"}, "换了号")
        assert desk.case(number).phone_masked == "139****2222"

    def test_of_two_that_found_the_same_the_centres_stands_on_both(self, desk: Desk, served: Served) -> None:
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        told = Corrected("乌兰", "来电说的", (Change("applicant.phone", "电话", HERDER.phone, "13933334444"),))
        with served.centre.database.write() as db:
            entries = served.centre.about(db, [number])[number]
            made = served.centre.add(db, [Own("wulan", "case.corrected", number, told, number[:12])], {number: entries})
            served.centre.project(db, {number: [*entries, made[0].entry]})
        desk.corrections.correct(number, {"applicant.phone": "13911112222"}, "听错了")
        sync(desk)
        sync(desk)
        for case in (desk.case(number).case, served.centre.case(number)[0]):
            assert case.collected.applicant.phone == "13933334444"
            assert "当时已是" in case.conflicts[-1].refused

    def test_tables_made_again_are_equal(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        desk.corrections.correct(number, {"applicant.name": "阿勒坦其其格"}, "写错了", in_book=True)
        before = desk.store.tables()
        desk.store.rebuild()
        assert desk.store.tables() == before


class TestOnBehalf:
    def on_behalf(self, desk: Desk) -> Draft:
        return full_draft(desk, proxy=Proxy(SON, "子女"))

    def test_she_is_the_applicant_on_every_page_and_paper(self, desk: Desk) -> None:
        draft = self.on_behalf(desk)
        number = desk.register(draft).intake_no
        view = desk.case(number)
        assert view.row.applicant_name == HERDER.name
        receipt, letter = (
            text_of(desk.papers.receipt(number).pdf),
            text_of(desk.papers.case_paper(number, "entrusted").pdf),
        )
        assert f"申请人{HERDER.name}" in receipt
        assert "代办人那顺乌力吉（子女）" in receipt
        assert "代办人签字" in receipt
        assert f"委托人{HERDER.name}" in letter
        assert "受托人那顺乌力吉（子女）" in letter
        said = text_of(desk.papers.advance_notice(draft).pdf)
        assert "代办人那顺乌力吉（子女）" in said
        assert "授权委托书" in said
        missing = [one.name for one in view.case.materials if one.missing]
        assert missing == ["授权委托书", "代办人身份证"]

    def test_both_have_their_own_entry_in_the_book_and_are_found(self, desk: Desk) -> None:
        number = desk.register(self.on_behalf(desk)).intake_no
        assert [one.name for one in desk.people.search("altqqg")] == [HERDER.name]
        assert [one.name for one in desk.people.search("nswlj")] == [SON.name]
        (hers,) = desk.people.search("altqqg")
        assert [row.intake_no for row in desk.cases(CaseQuery(person_id=hers.id))] == [number]
        assert [row.intake_no for row in desk.cases(CaseQuery(text="那顺"))] == [number]

    def test_an_item_that_asks_for_an_authority_asks_for_it_once(self, desk: Desk) -> None:
        item = next(one.item for one in desk.items() if any("代理人" in m.name for m in one.item.materials))
        assert rules.on_behalf(item, "") == rules.checklist(item, "")

    def test_entries_and_drafts_of_before_are_read_the_right_way_round(self, desk: Desk) -> None:
        """Then who came was called the applicant, and she the principal."""
        old = msgspec.json.encode({"id": "d1", "applicant": SON, "applicant_id": "p", "principal": HERDER})
        draft = turned(msgspec.json.decode(old, type=Draft))
        assert (draft.applicant, draft.proxy, draft.applicant_id) == (HERDER, Proxy(SON, person_id="p"), "")
        number = desk.register(full_draft(desk)).intake_no
        told = desk.case(number).case.collected
        was = msgspec.to_builtins(msgspec.structs.replace(told, applicant=SON, principal=HERDER))
        del was["proxy"], was["again"]
        read = events.decode("case.collected", msgspec.Raw(msgspec.json.encode(was)))
        assert isinstance(read, events.Collected)
        assert (read.applicant, read.proxy) == (HERDER, Proxy(SON, person_id=told.applicant_id))


class TestTheBook:
    def asked(self, desk: Desk, draft: Draft) -> tuple[object, ...]:
        with pytest.raises(AskedError) as told:
            desk.register(draft)
        return told.value.questions

    def test_her_name_with_his_number_asks_and_leaves_his_record(self, desk: Desk) -> None:
        desk.register(full_draft(desk, 1, SON))
        before = desk.people.person(desk.people.search("nswlj")[0].id)
        wrong = full_draft(desk, 2, msgspec.structs.replace(HERDER, id_number=SON.id_number, phone="", address=""))
        (clash,) = self.asked(desk, wrong)
        assert isinstance(clash, Clash)
        assert clash.lines == (
            ("姓名", SON.name, HERDER.name), ("电话", SON.phone, ""), ("住址", SON.address, "")
        )  # fmt: skip
        assert desk.count_cases(CaseQuery()) == 1
        assert len(desk.drafts()) == 1
        desk.register(msgspec.structs.replace(wrong, answers={clash.key: STAYS}))
        assert desk.people.person(desk.people.search("nswlj")[0].id) == before

    def test_an_answer_lets_the_book_follow_and_keeps_the_former_name(self, desk: Desk) -> None:
        desk.register(full_draft(desk))
        renamed = full_draft(desk, 2, msgspec.structs.replace(HERDER, name="阿勒坦其其格"))
        (clash,) = self.asked(desk, renamed)
        desk.register(msgspec.structs.replace(renamed, answers={clash.key: FOLLOWS}))
        (row,) = desk.people.search("阿勒坦其其格")
        person = desk.people.person(row.id)
        assert (person.name, person.aliases) == ("阿勒坦其其格", (HERDER.name,))

    def test_an_emptied_telephone_is_asked_about_for_who_comes_as_well(self, desk: Desk) -> None:
        desk.register(full_draft(desk, 1, SON))
        draft = full_draft(desk, 2, proxy=Proxy(msgspec.structs.replace(SON, phone=""), "子女"))
        (clash,) = self.asked(desk, draft)
        assert isinstance(clash, Clash)
        assert (clash.where, clash.lines) == ("proxy", (("电话", SON.phone, ""),))

    def test_a_roll_never_empties_or_renames_a_record(self, desk: Desk) -> None:
        from desk.counter import intake

        desk.register(full_draft(desk))
        bare = full_draft(desk, 2, msgspec.structs.replace(HERDER, name="别人", phone="", address=""))
        with desk.store.write() as db:
            intake.take(db, desk.session, bare, desk.item(bare.task_code), "r1")
        assert desk.people.person(desk.people.search("altqqg")[0].id) == HERDER


class TestDoubles:
    def test_the_same_again_within_a_week_wants_a_reason(self, desk: Desk, tell: SetClock) -> None:
        first = desk.register(full_draft(desk, again="")).intake_no
        twice = full_draft(desk, 2, again="")
        with pytest.raises(AskedError) as told:
            desk.register(twice)
        assert [one.intake_no for one in told.value.questions] == [first]
        number = desk.register(msgspec.structs.replace(twice, again="另一个孩子的")).intake_no
        assert "另一个孩子的" in desk.case(number).case.history[0].note
        tell.at += dt.timedelta(8)
        assert desk.register(full_draft(desk, 3, again="")).intake_no

    def test_a_voided_one_is_none(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk, again="")).intake_no
        desk.handling.act(number, "case.voided", "录错了")
        assert desk.register(full_draft(desk, 2, again="")).intake_no


class TestAgain:
    def test_a_draft_like_an_old_case_pictures_too(self, desk: Desk) -> None:
        picture = desk.pictures.keep(drawn("teal"), "1.jpg")
        draft = full_draft(desk, proxy=Proxy(SON, "子女"))
        first, *rest = draft.materials
        ticks = (msgspec.structs.replace(first, files=(picture,)), *rest)
        number = desk.register(msgspec.structs.replace(draft, materials=ticks)).intake_no
        again = desk.again(number)
        assert again.id not in ("", draft.id)
        assert (again.applicant, again.fields, again.task_code) == (HERDER, draft.fields, draft.task_code)
        assert again.proxy is not None
        assert again.proxy.person == SON
        assert again.materials[0].files == (picture,)
        assert not any(one.given_back for one in again.materials)
        assert desk.register(msgspec.structs.replace(again, again="每年一次")).intake_no != number


class TestVoid:
    def test_everything_printed_of_it_says_so_from_then_on(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        receipt = desk.papers.receipt(number)
        clock = desk.case(number).clocks[0]
        assert "作废" not in text_of(receipt.pdf)
        desk.handling.act(number, "case.voided", "录错了")
        made = (
            desk.papers.receipt(number), desk.papers.receipt(number, "80mm"), desk.papers.kept(receipt.sha256),
            desk.papers.copy(receipt.sha256), desk.papers.case_paper(number, "rating-slip"),
            desk.papers.deadline_sheet(number, clock),
        )  # fmt: skip
        for paper in made:
            file = PdfReader(io.BytesIO(paper.pdf))
            root = file.trailer["/Root"]["/StructTreeRoot"]["/K"].get_object()
            told = [one.get_object().get("/Alt", "") for one in root["/K"]]
            drawn = sum(one.startswith("作废") for one in told)
            said = sum("作废" in page.extract_text() for page in file.pages)
            assert max(drawn, said) == len(file.pages), paper.title

    def test_its_code_answers_voided_here_and_at_the_centre(self, desk: Desk, served: Served) -> None:
        number = desk.register(full_draft(desk)).intake_no
        facts = receipt_facts(desk.identity, desk.papers.office(), desk.case(number).case, None, "")
        sync(desk)
        desk.handling.act(number, "case.voided", "录错了")
        sync(desk)
        assert "已作废" in desk.codes.judge(facts.code).words
        with httpx.Client(base_url=served.address) as client:
            assert "已作废" in client.get("/check", params={"code": facts.code}).text
            page = client.get("/query", params={"number": facts.code}).text
        assert "已作废" in page
        assert "<dt>承诺</dt>" not in page

    def test_its_clocks_say_what_ended_them(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        desk.handling.act(number, "case.voided", "录错了")
        assert "已作废，不再计时" in desk.case(number).clocks[0].words


class TestMaterials:
    def test_given_back_is_printed_only_for_what_was_ticked_so(self, desk: Desk) -> None:
        draft = full_draft(desk)
        kept = tuple(msgspec.structs.replace(one, given_back=False) for one in draft.materials)
        number = desk.register(msgspec.structs.replace(draft, materials=kept)).intake_no
        assert any(one.returned for one in desk.item(draft.task_code).materials)
        assert "已当场退还" not in text_of(desk.papers.receipt(number).pdf)
        other = desk.register(full_draft(desk, 2)).intake_no
        assert "已当场退还" in text_of(desk.papers.receipt(other).pdf)

    def test_a_receipt_of_a_roll_certifies_nothing_that_nobody_looked_at(self, desk: Desk) -> None:
        from desk.counter import intake

        draft = full_draft(desk)
        with desk.store.write() as db:
            number = intake.take(db, desk.session, draft, desk.item(draft.task_code), "r1")
        said = text_of(desk.papers.receipt(number).pdf)
        assert "没有逐户查验，不证明已收到" in said
        assert "收到的材料" not in said
        assert "已当场退还" not in said

    def test_what_is_brought_later_has_a_paper_of_its_own(self, desk: Desk) -> None:
        draft = full_draft(desk)
        ticks = tuple(
            msgspec.structs.replace(one, here=False, missing="下次带来") if one.code == "kin" else one
            for one in draft.materials
        )
        number = desk.register(msgspec.structs.replace(draft, materials=ticks)).intake_no
        picture = desk.pictures.keep(drawn("teal"), "1.jpg")
        (missing,) = [one for one in desk.case(number).case.materials if one.missing]
        came = msgspec.structs.replace(missing, originals=2, copies=3, missing="", until=None, files=(picture,))
        key = desk.handling.add_materials(number, (came,), "下午送来")
        (brought,) = desk.case(number).case.brought
        assert key == brought.key
        paper = desk.papers.brought_note(number, key)
        said = text_of(paper.pdf)
        for words in ("补正材料收件凭证", "近亲属备案表", "下午送来", "已经交齐"):
            assert words in said
        assert desk.papers.brought_note(number, key).sha256 == paper.sha256
        assert [one.paper for one in desk.case(number).papers] == [f"brought-{key}"]

    def test_counts_that_are_nothing_are_refused(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        none = events.TakenMaterial("kin", "近亲属备案表")
        with pytest.raises(RefusedError, match="0 份"):
            desk.handling.add_materials(number, (none,))


def test_a_kind_that_a_program_does_not_know_moves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = desk.register(full_draft(desk)).intake_no
    desk.corrections.correct(number, {"applicant.phone": "13911112222"}, "听错了")
    monkeypatch.delitem(events.KINDS, "case.corrected")
    desk.store.rebuild()
    case = desk.case(number).case
    assert (case.state, case.collected.applicant.phone) == (cases.State.COLLECTED, HERDER.phone)
    assert "case.corrected" in case.history[-1].name
