"""A version that is published today for next year: until then the one of today takes cases, from that day on the new
one; at desk, on the centre's page, on the public page and on paper, off line too, whatever a desk's clock shows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import httpx
import msgspec
import pytest
from conftest import PASSWORD, Served, SetClock, full_draft, item_code, sync
from counter_steps import same_after_rebuild, text_of
from judged import WRITER, editors, publish, waiting
from office import logged_in

from desk import clock
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre.drafting import item_drafts
from desk.centre.exchange import courier as centre_courier
from desk.law.catalogue.item import Item, Limit, Unit
from desk.papers.published_list import listing_of

YEAR = dt.timedelta(days=365)
LAST, FIRST = dt.datetime(2026, 12, 31, 10, tzinfo=clock.BEIJING), dt.datetime(2027, 1, 1, 0, 5, tzinfo=clock.BEIJING)
OLD, NEW = "0479-2521111", "0479-2522222"


class Story:
    """One desk with its centre, the item, and a clock that the desk has to itself."""

    def __init__(self, desk: Desk, served: Served, tell: SetClock) -> None:
        self.desk, self.served, self.tell = desk, served, tell
        self.code, self.numbers = item_code(desk), 0

    def wrong_by(self, much: dt.timedelta) -> None:
        tell = self.tell
        self.desk.store.tell = lambda: tell() + much

    def register(self) -> str:
        self.numbers += 1
        return self.desk.register(full_draft(self.desk, self.numbers)).intake_no

    def at_desk(self) -> Item:
        """What the desk takes cases under now: in the search, in its list, its promise and its static site alike."""
        (row,) = [one for one in self.desk.items("最低生活保障审核") if one.item.task_code == self.code]
        found = self.desk.item(self.code)
        (listed,) = [one for one in listing_of(self.desk.session).items if one.task_code == self.code]
        assert row.refusal == ""
        assert found is not None
        assert row.item.version == found.version == listed.version
        return found

    def on_paper(self) -> str:
        return text_of(self.desk.papers.guide(self.code).pdf)

    def at_centre(self) -> tuple[str, str, str]:
        """The row of the staff's page, the public page of the item, the guide that is printed there."""
        with logged_in(self.served, WRITER.account) as editor:
            staff = editor.get("/catalogue").text
        at = staff.index(self.code)
        with httpx.Client(base_url=self.served.address, trust_env=False, timeout=60) as herder:
            page = herder.get(f"/items/{self.code}")
            guide = herder.get(f"/items/{self.code}/guide.pdf")
        assert page.status_code == guide.status_code == 200
        return staff[staff.rindex("<tr", 0, at) : staff.index("</tr>", at)], page.text, text_of(guide.content)


@pytest.fixture
def story(desk: Desk, served: Served, tell: SetClock) -> Story:
    editors(served)
    return Story(desk, served, tell)


def version_1_today(story: Story) -> Item:
    """An approved version over the sample's, from today."""
    return _published(story, story.served.centre.today(), OLD, 20)


def version_2_next_year(story: Story) -> Item:
    return _published(story, FIRST.date(), NEW, 5)


def _published(story: Story, begins: dt.date, phone: str, days: int) -> Item:
    stands = story.served.centre.publications.items[story.code]
    promised = Limit(days, Unit.WORKDAY)
    facts = {"effective_from": begins, "enquiry_phone": phone, "promised_limit": promised, "effective_to": None}
    item = msgspec.structs.replace(stands, version=stands.version + 1, **facts)
    assert item_drafts.bring(story.served.centre, WRITER.account, "目录.json", [item]) == 1
    assert publish(story.served) == [story.code]
    assert waiting(story.served) == []  # and the pages have heard of it
    versions = story.served.centre.publications.published(story.code)
    return next(one for one in versions if one.enquiry_phone == phone)


def by_stick(story: Story, tmp_path: Path) -> None:
    """Up and down, so that the desk hears what the centre wrote."""
    stick = tmp_path / "stick"
    stick.mkdir()
    for _ in range(2):
        story.desk.courier(stick, lambda _far: None, lambda: False)
        centre_courier.exchange(story.served.centre, stick)
    story.desk.courier(stick, lambda _far: None, lambda: False)


def everywhere(story: Story, version: Item, other: str) -> str:
    """It is `version` that counts now, wherever one looks, and `other` stands nowhere; a case taken in now."""
    assert story.at_desk() == version
    assert version.enquiry_phone in (paper := story.on_paper())
    assert other not in paper
    staff, public, guide = story.at_centre()
    assert f">{version.version}<" in staff or f"第 {version.version} 版" in staff
    assert version.enquiry_phone in public
    assert other not in public
    assert version.enquiry_phone in guide
    assert other not in guide
    number = story.register()
    taken = story.desk.case(number).case.collected
    assert taken.item.version == version.version
    return number


@pytest.mark.parametrize("wrong", [-YEAR, YEAR], ids=str)
def test_today_version_1_everywhere_and_on_its_day_version_2_off_line_too(
    story: Story, wrong: dt.timedelta, tmp_path: Path, tell: SetClock
) -> None:
    one, two = version_1_today(story), version_2_next_year(story)
    assert two.version > one.version
    story.wrong_by(wrong)
    sync(story.desk)
    first = everywhere(story, one, NEW)
    tell.at = LAST
    last = everywhere(story, one, NEW)
    tell.at = FIRST  # nobody was heard since
    begun = everywhere(story, two, OLD)

    story.desk.close()
    story.desk = opening.open_desk(tmp_path / "desk", "suhe", PASSWORD, lambda: tell() + wrong)
    try:
        again = everywhere(story, two, OLD)
        due = story.desk.case(last).case.promised, story.desk.case(begun).case.promised
        assert sync(story.desk).sent > 0
        for number, version in ((first, one), (last, one), (begun, two), (again, two)):
            case, _ = story.served.centre.case(number)
            assert case.collected.item.version == version.version
            here = story.desk.case(number).case
            assert here.case_no == case.case_no != ""
            under = story.desk.session.taken_under(here.collected.item)
            assert under is not None
            assert under.version == version.version
        # What the desk promised by the corrected day is what the centre says.
        assert (story.desk.case(last).case.promised, story.desk.case(begun).case.promised) == due
        assert due[0] > due[1]  # twenty working days from New Year's Eve, five from New Year's Day
        same_after_rebuild(story.desk)
    finally:
        story.desk.close()


def test_a_stick_tells_a_slow_clock_the_time_too(story: Story, tmp_path: Path, tell: SetClock) -> None:
    sync(story.desk)
    story.wrong_by(-YEAR)
    one, two = version_1_today(story), version_2_next_year(story)
    by_stick(story, tmp_path)
    assert story.at_desk() == one
    tell.at = FIRST + dt.timedelta(days=1)
    assert story.at_desk() == two


@pytest.mark.parametrize(
    ("wrong", "day", "thought"),
    [(YEAR, LAST, "two"), (-YEAR, FIRST, "one")],
    ids=["a year ahead", "a year behind"],
)
def test_a_clock_that_went_wrong_unheard_is_put_right_by_the_centre(
    story: Story, tell: SetClock, wrong: dt.timedelta, day: dt.datetime, thought: str
) -> None:
    """The battery died while nobody was heard: the desk thinks wrong, and the case is the right version's all the
    same."""
    one, two = version_1_today(story), version_2_next_year(story)
    sync(story.desk)
    story.wrong_by(wrong)
    tell.at = day
    wrongly, rightly = {"two": (two, one), "one": (one, two)}[thought]
    assert story.at_desk() == wrongly
    number = story.register()
    assert story.desk.case(number).case.collected.item.version == wrongly.version
    sync(story.desk)
    assert story.at_desk() == rightly  # and heard by now
    case, _ = story.served.centre.case(number)
    assert story.desk.case(number).case.promised == case.promised
    assert case.collected.item.version == rightly.version == story.desk.case(number).case.collected.item.version


def test_a_clock_that_is_set_right_is_believed_again(story: Story, tell: SetClock) -> None:
    one, two = version_1_today(story), version_2_next_year(story)
    for wrong in (-YEAR, YEAR):
        story.wrong_by(wrong)
        sync(story.desk)
        assert story.at_desk() == one
        story.wrong_by(dt.timedelta())
        assert story.at_desk() == one
    tell.at = FIRST
    assert story.at_desk() == two


def test_over_the_sample_too_the_version_of_the_day_counts(story: Story, tell: SetClock) -> None:
    """The first version of the banner's own leaves the sample's in force until its day."""
    sample = story.served.centre.publications.items[story.code]
    own = version_2_next_year(story)
    sync(story.desk)
    assert story.at_desk() == sample
    everywhere(story, sample, NEW)
    same_after_rebuild(story.desk)
    tell.at = FIRST
    everywhere(story, own, sample.enquiry_phone)
