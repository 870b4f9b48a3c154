"""The office's records step by step: which step may be made when, where it leads, and what lists show of it."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.folds import whose
from desk.folds.office import cards, complaints, disclosure, families, findings, lots, office_record, writings
from desk.log import centre_events, chain, events, office_events
from desk.log.office_events import (
    CardRaised,
    ComplaintMade,
    Disclosing,
    DisclosureAsked,
    LotDrawn,
    LotScored,
    Said,
    Written,
)

CENTRE, DESK = "152523000000-00", "152523202202-01"
LEAGUE, REGION, OTHER = "152500000000-00", "150000000000-00", "152524000000-00"
D = dt.date


def at(day: int) -> str:
    return f"2026-03-{day:02d}T09:00:00+08:00"


def entries(subject: str, *steps: tuple[object, ...]) -> list[chain.Entry]:
    """Kind, data and perhaps the node of each; day and rank are their place."""
    made = []
    for number, (kind, data, *node) in enumerate(steps, 1):
        raw = msgspec.Raw(msgspec.json.encode(data))
        where = str(node[0]) if node else CENTRE
        made.append(chain.Entry(where, number, "", at(number), "wulan", str(kind), subject, number, raw))
    return made


def said(text: str = "", verdict: str = "", until: dt.date | None = None, org: str = "") -> Said:
    return Said("乌兰", org, text, verdict, until)


class TestSteps:
    def test_each_is_told_with_who_and_what(self) -> None:
        ((entry, data, step),) = office_record.steps(
            entries("card:1", ("card.explained", Said("乌兰", "民政局", "因雪", "accepted")))
        )
        assert (entry.kind, data) == ("card.explained", Said("乌兰", "民政局", "因雪", "accepted"))
        told = ("card.explained", "说明情况", at(1), "wulan", "乌兰", "民政局", "因雪", "accepted")
        assert msgspec.structs.astuple(step) == told

    def test_a_desks_and_what_cannot_be_read_are_passed_over(self) -> None:
        found = office_record.steps(
            entries(
                "card:1",
                ("card.explained", said("一"), DESK),
                ("card.danced", {}),
                ("card.explained", {"officer": 3}),
                ("lot.scored", LotScored("1", {}, 3, "字", "乌兰")),
                ("account.changed", centre_events.AccountChanged("a", "b", "c", "d", "科室")),
            )
        )
        assert [(step.kind, step.text, step.org) for _, _, step in found] == [
            ("lot.scored", "字", ""), ("account.changed", "", "科室"),
        ]  # fmt: skip


CARD = CardRaised(
    "late", "red", "N1", "民政局", "152523", "苏和", "超期", "超了三天", D(2026, 3, 9), "t1", "2026-03-01"
)


def card(*steps: tuple[str, Said]) -> cards.Card:
    found = cards.fold(entries("card:1", ("card.raised", CARD), *steps))
    assert found is not None
    return found


class TestCards:
    def test_raised(self) -> None:
        found = card()
        assert (found.id, found.state, found.raised, found.raised_at) == ("card:1", "raised", CARD, at(1))
        assert (found.due, found.closed_at, len(found.history)) == ("2026-03-09", "", 1)
        assert cards.fold(entries("card:1", ("card.explained", said()))) is None
        assert cards.fold([]) is None

    @pytest.mark.parametrize(
        ("steps", "state"),
        [
            ("explained", "explained"),
            ("answered", "closed"),
            ("answered:correct", "to_correct"),
            ("explained answered:accepted", "closed"),
            ("answered:correct corrected", "corrected"),
            ("answered:correct corrected closed:done", "closed"),
            ("answered:correct corrected closed:again", "to_correct"),
            ("explained appealed", "appealed"),
            ("explained appealed appeal_decided:upheld", "cancelled"),
            ("explained appealed appeal_decided:rejected", "explained"),
            ("answered appealed appeal_decided:rejected", "closed"),
            ("answered:correct appealed appeal_decided:rejected corrected", "corrected"),
            ("appealed", "raised"),  # what it does not fit moves nothing
            ("corrected", "raised"),
            ("closed:done", "raised"),
            ("appeal_decided:upheld", "raised"),
            ("explained explained", "explained"),
            ("answered explained", "closed"),
            ("explained appealed appeal_decided:rejected appealed", "explained"),  # once
            ("danced", "raised"),
        ],
    )
    def test_the_road(self, steps: str, state: str) -> None:
        made = []
        for one in steps.split():
            name, _, verdict = one.partition(":")
            made.append((f"card.{name}", said(verdict=verdict)))
        found = card(*made)
        known = [step for step in made if step[0] in events.KINDS]
        assert (found.state, len(found.history)) == (state, 1 + len(known))

    def test_a_step_sets_the_day_of_the_next_and_an_end_takes_it(self) -> None:
        assert card(("card.explained", said(until=D(2026, 3, 20)))).due == "2026-03-20"
        assert card(("card.explained", said())).due == "2026-03-09"
        closed = card(("card.explained", said()), ("card.answered", said()))
        assert (closed.due, closed.closed_at) == ("", at(3))

    def test_one_that_is_open_again_is_not_closed_and_one_closed_twice_keeps_its_first_day(self) -> None:
        open_again = card(("card.answered", said()), ("card.appealed", said(until=D(2026, 3, 30))))
        assert (open_again.closed_at, open_again.due, open_again.before) == ("", "2026-03-30", "closed")
        assert open_again.was_appealed
        assert not cards.may(open_again, "card.appealed")
        assert cards.may(open_again, "card.appeal_decided")
        assert not cards.may(card(), "card.danced")

    def test_its_line(self) -> None:
        told = cards.line(card(("card.answered", said())))
        key = findings.key("late", "N1", "2026-03-01")
        assert told == office_record.Line(
            "closed", "2026-03-01", "超期", "late", "民政局", "152523", "苏和", "N1", "t1", "", "2026-03-02", key, 2
        )
        yellow = msgspec.structs.replace(card(), raised=msgspec.structs.replace(CARD, colour="yellow"))
        assert (cards.line(yellow).score, cards.line(yellow).due) == (1, "2026-03-09")


MADE = ComplaintMade(
    "T1", "code", "complaint", "不给办", "N1", "民政局", "152523", "苏和", "阿", "139", D(2026, 3, 9), "phone", "乌兰"
)


def complaint(*steps: tuple[str, Said]) -> complaints.Complaint:
    found = complaints.fold(entries("complaint:1", ("complaint.made", MADE), *steps))
    assert found is not None
    return found


ASSIGNED = ("complaint.assigned", said(org="林草局", until=D(2026, 3, 19)))
ANSWERED = ("complaint.answered", said("已查"))


class TestComplaints:
    def test_made(self) -> None:
        found = complaint()
        assert (found.id, found.state, found.made, found.made_at) == ("complaint:1", "made", MADE, at(1))
        assert (found.org, found.due, len(found.history)) == ("民政局", "2026-03-09", 1)
        bare = complaints.fold(entries("c", ("complaint.made", msgspec.structs.replace(MADE, due=None))))
        assert bare is not None
        assert bare.due == ""
        assert complaints.fold(entries("c", ASSIGNED)) is None

    def test_handed_on(self) -> None:
        found = complaint(ASSIGNED)
        assert (found.state, found.org, found.due) == ("assigned", "林草局", "2026-03-09")
        again = complaint(ASSIGNED, ("complaint.assigned", said()))
        assert (again.org, again.due, len(again.history)) == ("林草局", "2026-03-09", 3)

    def test_answered_called_back_and_closed(self) -> None:
        answered = complaint(ASSIGNED, ANSWERED)
        assert (answered.state, answered.answer, answered.answered_at) == ("answered", "已查", at(3))
        agreed = complaint(ASSIGNED, ANSWERED, ("complaint.called_back", said(verdict="yes")))
        assert (agreed.state, agreed.content) == ("answered", "yes")
        no = ("complaint.called_back", said(verdict="no", until=D(2026, 3, 25)))
        refused = complaint(ASSIGNED, ANSWERED, no)
        assert (refused.state, refused.content, refused.due) == ("assigned", "no", "2026-03-25")
        second = complaint(ASSIGNED, ANSWERED, no, ("complaint.answered", said("再查")))
        assert (second.answer, second.content, second.due) == ("再查", "", "2026-03-25")
        closed = complaint(ASSIGNED, ANSWERED, ("complaint.closed", said()))
        assert (closed.state, closed.closed_at, closed.due) == ("closed", at(4), "")

    def test_published(self) -> None:
        for before in ((ASSIGNED, ANSWERED), (ASSIGNED, ANSWERED, ("complaint.closed", said()))):
            found = complaint(*before, ("complaint.published", said("公开的话")))
            assert (found.published, found.state) == ("公开的话", complaint(*before).state)

    @pytest.mark.parametrize(
        ("before", "kind"),
        [
            ((), "complaint.called_back"),
            ((), "complaint.closed"),
            ((), "complaint.published"),
            ((ASSIGNED,), "complaint.published"),
            ((ANSWERED,), "complaint.answered"),
            ((ANSWERED,), "complaint.assigned"),
            ((ANSWERED, ("complaint.closed", said())), "complaint.closed"),
            ((ANSWERED, ("complaint.closed", said())), "complaint.called_back"),
            ((), "card.explained"),
        ],
    )
    def test_what_does_not_fit_is_shown_and_moves_nothing(
        self, before: tuple[tuple[str, Said], ...], kind: str
    ) -> None:
        was, now = complaint(*before), complaint(*before, (kind, said("字", "no", D(2026, 4, 1), "别处")))
        assert msgspec.structs.replace(now, history=()) == msgspec.structs.replace(was, history=())
        assert now.history[-1].kind == kind

    def test_its_line(self) -> None:
        closed = complaint(ASSIGNED, ANSWERED, ("complaint.closed", said()), ("complaint.published", said("话")))
        assert complaints.line(closed) == office_record.Line(
            "closed", "2026-03-01", "投诉 T1", "complaint", "林草局", "152523", "苏和", "N1", "", "", "2026-03-04",
            "T1", 1, "phone",
        )  # fmt: skip
        odd = msgspec.structs.replace(complaint(), made=msgspec.structs.replace(MADE, sort="praise"))
        assert (complaints.line(odd).title, complaints.line(odd).score) == ("praise T1", 0)
        assert complaints.line(odd).due == "2026-03-09"


def test_handing_on_keeps_the_first_day() -> None:
    later = ("complaint.assigned", said(until=D(2026, 3, 30), org="林草局"))
    assert complaint(later).due == "2026-03-09"
    assert complaint(("complaint.assigned", said(until=D(2026, 3, 5), org="林草局")), later).due == "2026-03-09"
    again = ("complaint.called_back", said(verdict="no", until=D(2026, 3, 25)))
    reopened = complaint(ASSIGNED, ANSWERED, again)
    assert (reopened.due, reopened.promised) == ("2026-03-25", "2026-03-25")


ASKED = DisclosureAsked("G1", "code", "阿", "1525", "139", "要看补贴", due=D(2026, 3, 30))


def request(*steps: tuple[str, object]) -> disclosure.Disclosure:
    found = disclosure.fold(entries("disclosure:1", ("disclosure.asked", ASKED), *steps))
    assert found is not None
    return found


HANDED = ("disclosure.assigned", Disclosing("甲", "财政局"))


class TestDisclosure:
    """What was written before there was registration still counts; the rest stands in `test_disclosing`."""

    def test_the_road_of_before(self) -> None:
        asked = request()
        assert (asked.id, asked.state, asked.asked, asked.asked_at) == ("disclosure:1", "asked", ASKED, at(1))
        assert (asked.due, asked.org, len(asked.history)) == ("2026-03-30", "", 1)
        handed = request(HANDED)
        assert (handed.state, handed.org) == ("assigned", "财政局")
        longer = request(HANDED, ("disclosure.extended", said(until=D(2026, 4, 27))))
        assert (longer.due, longer.extended, longer.state) == ("2026-04-27", True, "assigned")
        answered = request(HANDED, ("disclosure.answered", said("见附件", "open")))
        assert (answered.state, answered.answer, answered.verdict) == ("answered", "见附件", "open")
        assert (answered.answered_at, answered.due) == (at(3), "")
        assert request(("disclosure.answered", said("直接", "no"))).state == "answered"

    def test_once_longer_and_nothing_after_the_answer(self) -> None:
        twice = request(*(("disclosure.extended", said(until=D(2026, 4, day))) for day in (20, 28)))
        assert (twice.due, len(twice.history)) == ("2026-04-20", 3)
        assert request(("disclosure.extended", said())).due == "2026-03-30"
        assert request(("disclosure.assigned", said())).state == "asked"
        late = request(("disclosure.answered", said("答", "open")), HANDED, ("disclosure.answered", said("再答", "no")))
        assert (late.answer, late.verdict, late.org, len(late.history)) == ("答", "open", "", 4)
        assert request(("lot.scored", LotScored("1", {}, 3, "字", "乌兰")), HANDED).org == "财政局"
        assert disclosure.fold(entries("d", HANDED)) is None

    def test_its_line(self) -> None:
        answered = request(HANDED, ("disclosure.answered", said("见附件", "open")))
        assert disclosure.line(answered) == office_record.Line(
            "answered", "2026-03-01", "依申请公开 G1", "open", "财政局", closed_day="2026-03-03", number="G1"
        )
        assert disclosure.line(request()).due == "2026-03-30"


DRAWN = LotDrawn("一季度", "seed", "2026-01-01", "2026-03-31", "民政局", "t1", 3, ("N1", "N2", "N3"), "乌兰")


def lot(*steps: tuple[str, object]) -> lots.Lot:
    found = lots.fold(entries("lot:1", ("lot.drawn", DRAWN), *steps))
    assert found is not None
    return found


def scored(number: str, score: int) -> tuple[str, LotScored]:
    return "lot.scored", LotScored(number, {"subject": score}, score, "字", "乌兰")


class TestLots:
    def test_scores_count_for_what_was_drawn_and_the_last_one(self) -> None:
        found = lot(scored("N1", 60), scored("N9", 90), scored("N1", 81), scored("N2", 70))
        assert {number: one.score for number, one in found.scores.items()} == {"N1": 81, "N2": 70}
        assert (found.times, len(found.history)) == ({"N1": 2, "N2": 1}, 5)
        assert (found.id, found.state, found.drawn, found.drawn_at) == ("lot:1", "drawn", DRAWN, at(1))

    def test_closed_nothing_moves_any_more(self) -> None:
        found = lot(scored("N1", 60), ("lot.closed", said("已反馈")), scored("N1", 90), ("lot.closed", said("又")))
        assert (found.state, found.result, found.closed_at) == ("closed", "已反馈", at(3))
        assert (found.scores["N1"].score, len(found.history)) == (60, 5)
        assert lot(("card.explained", said())).state == "drawn"
        assert lots.fold(entries("lot:1", scored("N1", 60))) is None

    def test_its_line_has_the_mean(self) -> None:
        told = lots.line(lot(scored("N1", 60), scored("N2", 81), ("lot.closed", said())))
        assert told == office_record.Line(
            "closed", "2026-03-01", "一季度", "", "民政局", task_code="t1", closed_day="2026-03-04", score=70
        )
        assert lots.line(lot()).score == 0

    def test_the_same_seed_draws_the_same(self) -> None:
        """Known for good: whoever has the seed finds these."""
        pool = [f"N{number}" for number in range(20)]
        first = lots.draw(pool, 4, "seed")
        assert first == lots.draw(reversed(pool), 4, "seed") == ("N14", "N10", "N6", "N1")
        assert lots.draw(pool, 4, "other") != first
        assert sorted(lots.draw(pool, 99, "seed")) == sorted(pool)

    def test_a_pool_is_counted_on_its_way(self) -> None:
        import hashlib

        pool = lots.Pool(iter(["a", "b", "c"]))
        assert list(pool) == ["a", "b", "c"]
        assert (pool.count, pool.mark) == (3, hashlib.sha256(b"a\nb\nc").hexdigest()[:16])

    def test_points_are_held_within_their_bounds(self) -> None:
        full = {one.code: one.most for one in lots.CHECKLIST}
        assert lots.score(full) == 100
        assert lots.score(full | {"subject": 99, "file": -5}) == 95
        assert lots.score(dict.fromkeys(full, 1)) == len(full)
        with pytest.raises(KeyError):
            lots.score({"subject": 1})

    @pytest.mark.parametrize(
        ("score", "word"), [(100, "优秀"), (90, "优秀"), (89, "合格"), (60, "合格"), (59, "不合格"), (0, "不合格")]
    )
    def test_a_word_for_a_score(self, score: int, word: str) -> None:
        assert lots.grade(score) == word


WRITTEN = Written("一季度报告", "正文", "乌兰", "quarterly", "2026Q1", "政务局", "152523")


def writing(kind: str, *steps: tuple[object, ...]) -> writings.Writing:
    found = writings.fold(entries(f"{kind}:1", (f"{kind}.written", WRITTEN), *steps))
    assert found is not None
    return found


SENT = ("info.sent", said())
ADOPTED = ("info.adopted", said())
FORWARDED = ("info.forwarded", said())


class TestWritings:
    def test_a_draft(self) -> None:
        found = writing("report")
        told = (found.id, found.state, found.written, found.written_at, found.author, found.versions, found.home)
        assert told == ("report:1", "draft", WRITTEN, at(1), "wulan", 1, CENTRE)
        assert writings.fold(entries("report:1", ("report.sent", said()))) is None

    def test_written_anew_until_it_is_sent_and_only_at_home(self) -> None:
        new = msgspec.structs.replace(WRITTEN, text="新")
        again = writing("report", ("report.written", new))
        assert (again.written.text, again.versions, len(again.history)) == ("新", 2, 2)
        for steps in ((("report.sent", said()), ("report.written", new)), (("report.written", new, LEAGUE),)):
            kept = writing("report", *steps)
            assert (kept.written.text, kept.versions) == ("正文", 1)
        edited = writing("info", SENT, ("info.edited", new))
        assert (edited.written.text, edited.versions, edited.state) == ("新", 2, "sent")
        assert writing("info", SENT, ("info.edited", new, LEAGUE)).versions == 1
        assert writing("info", SENT, ADOPTED, ("info.edited", new)).versions == 1
        assert writing("info", ("info.edited", new)).versions == 2  # a draft

    def test_a_report_goes_up_when_it_is_sent(self) -> None:
        found = writing("report", ("report.sent", said()), ("report.sent", said()))
        assert (found.state, found.sent_at, found.sent_up_at, found.sent_by) == ("sent", at(2), at(2), (CENTRE,))

    def test_an_item_goes_up_only_once_it_was_adopted_at_home(self) -> None:
        sent = writing("info", SENT)
        assert (sent.state, sent.sent_at, sent.sent_up_at, sent.sent_by) == ("sent", at(2), "", ())
        assert writing("info", SENT, FORWARDED).sent_by == ()
        adopted = writing("info", SENT, ADOPTED)
        assert (adopted.state, adopted.adopted_at) == ("adopted", at(3))
        up = writing("info", SENT, ADOPTED, FORWARDED, FORWARDED)
        assert (up.state, up.sent_by, up.sent_up_at) == ("adopted", (CENTRE,), at(4))
        round_ = writing("info", SENT, ADOPTED, ("info.circulated", said()))
        assert round_.state == "circulated"

    @pytest.mark.parametrize(
        "steps",
        [
            (ADOPTED,),
            (("info.circulated", said()),),
            (SENT, ("info.circulated", said())),
            (("card.explained", said()),),
        ],
    )
    def test_no_step_is_left_out(self, steps: tuple[tuple[object, ...], ...]) -> None:
        assert writing("info", *steps).state == ("sent" if SENT in steps else "draft")

    def test_what_levels_above_say_is_a_mark_of_each(self) -> None:
        up = (SENT, ADOPTED, FORWARDED)
        found = writing(
            "info", *up, ("info.received", said("收"), LEAGUE), ("info.adopted", said("好"), LEAGUE),
            ("info.circulated", said("通"), LEAGUE), ("info.received", said("到"), REGION),
        )  # fmt: skip
        assert found.marks == (
            writings.Mark(LEAGUE, "circulated", at(7), "通", at(6)),
            writings.Mark(REGION, "received", at(8), "到"),
        )
        assert (found.state, found.adopted_at) == ("adopted", at(3))
        assert [found.state_at(node) for node in (CENTRE, LEAGUE, REGION, OTHER)] == [
            "adopted", "circulated", "received", "sent",
        ]  # fmt: skip
        assert [found.adopted_by(node) for node in (CENTRE, LEAGUE, REGION, OTHER)] == [at(3), at(6), "", ""]
        assert found.mark_of(OTHER) is None

    def test_marks_go_forward_only(self) -> None:
        up = (SENT, ADOPTED, FORWARDED)
        back = writing("info", *up, ("info.adopted", said("好"), LEAGUE), ("info.received", said("收"), LEAGUE))
        assert back.marks == (writings.Mark(LEAGUE, "adopted", at(5), "好", at(5)),)
        twice = writing("info", *up, ("info.received", said("一"), LEAGUE), ("info.received", said("二"), LEAGUE))
        assert [one.text for one in twice.marks] == ["一"]
        assert writing("info", *up, ("info.circulated", said(), LEAGUE)).marks == ()  # not adopted there
        assert writing("info", *up, ("info.edited2", said(), LEAGUE)).marks == ()
        assert writing("info", *up, ("card.explained", said(), LEAGUE)).marks == ()

    def test_only_a_level_above_and_only_what_was_sent_up(self) -> None:
        mark = ("info.received", said())
        assert writing("info", SENT, ADOPTED, FORWARDED, (*mark, OTHER)).marks == ()
        assert writing("info", SENT, ADOPTED, (*mark, LEAGUE)).marks == ()

    def test_the_level_above_sends_on_what_it_adopted(self) -> None:
        up = (SENT, ADOPTED, FORWARDED)
        assert writing("info", *up, (*FORWARDED, LEAGUE)).sent_by == (CENTRE,)
        found = writing("info", *up, ("info.adopted", said(), LEAGUE), (*FORWARDED, LEAGUE))
        assert (found.sent_by, found.sent_up_at) == ((CENTRE, LEAGUE), at(4))

    def test_a_report_takes_on_what_was_said_above(self) -> None:
        sent = ("report.sent", said())
        received = writing("report", sent, ("report.received", said(), LEAGUE))
        assert (received.state, received.adopted_at) == ("received", "")
        adopted = writing("report", sent, ("report.adopted", said(), LEAGUE), ("report.received", said(), REGION))
        assert (adopted.state, adopted.adopted_at) == ("adopted", at(3))
        second = writing("report", sent, ("report.adopted", said(), LEAGUE), ("report.adopted", said(), REGION))
        assert second.adopted_at == at(3)

    @pytest.mark.parametrize(
        ("node", "above"), [(LEAGUE, True), (REGION, True), (CENTRE, False), (OTHER, False), ("152600000000-00", False)]
    )
    def test_above_is_who_contains(self, node: str, above: bool) -> None:
        assert whose.is_above(node, CENTRE) is above
        assert not whose.is_above(CENTRE, LEAGUE)

    def test_divisions(self) -> None:
        assert [whose.division(node) for node in (REGION, LEAGUE, CENTRE)] == ["15", "1525", "152523"]

    def test_its_line(self) -> None:
        sent = writing("report", ("report.sent", said()), ("report.adopted", said(), LEAGUE))
        assert writings.line(sent) == office_record.Line(
            "adopted", "2026-03-01", "一季度报告", "quarterly", "政务局", "152523", CENTRE, CENTRE,
            closed_day="2026-03-03", number="2026Q1",
        )  # fmt: skip
        assert writings.line(writing("report")).agent == ""


def test_a_subject_tells_its_family() -> None:
    assert [families.family_of(one) for one in ("card:1", "info:x:y", "card", "x:1", "")] == [
        "card",
        "info",
        "",
        "",
        "",
    ]
    line, made = families.fold("card:1", entries("card:1", ("card.raised", CARD))) or (None, None)
    assert (line, made) == (cards.line(card()), card())
    assert families.fold("card:1", []) is None
    assert set(families.FAMILIES) == office_events.OFFICE_ONLY
