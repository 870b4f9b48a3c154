"""Pages for everybody, over real HTTP: what they tell, and above all what they do not."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator

import httpx
import msgspec
import ofdkit
import pytest
from conftest import HERDER, Served, SetClock, both_databases, full_draft, serving, sync
from sqlalchemy.exc import OperationalError

from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.node import publishing
from desk.centre.run.limits import asks
from desk.centre.run.settings import Settings
from desk.centre.watch import asking, watching
from desk.centre.web import public_guides
from desk.errors import SurroundingsError
from desk.folds.office import published
from desk.law.catalogue import load, rules
from desk.law.catalogue.item import Item
from desk.log import events, receipt_code
from desk.log.centre_events import NoticePublished
from desk.publication.flow_svg import flow_chart, wrapped
from desk.standard.tables import ITEM

NAMES = (HERDER.name, HERDER.id_number, HERDER.phone, HERDER.address)


@pytest.fixture
def number(desk: Desk) -> str:
    made = desk.register(full_draft(desk)).intake_no
    sync(desk)
    return made


@pytest.fixture
def herder(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.address) as client:
        yield client


def act(served: Served, kind: str, number: str, data: events.Data) -> None:
    case, seen = served.centre.case(number)
    assert case is not None
    served.centre.act("wulan", kind, number, data, seen)


def decide(served: Served, number: str) -> None:
    act(served, "case.accepted", number, events.Accepted("乌兰", "局"))
    act(served, "case.granted", number, events.Act("乌兰", "局", "符合"))


def in_force() -> list[Item]:
    return [one for one in load.seed().items if not rules.in_force(one, dt.date(2026, 11, 24))]


def receipt(desk: Desk, number: str) -> str:
    return receipt_code.make(desk.identity.keys, number)


# -- items -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["生活保障", "zdsh", "zuidishenghuo"])
def test_an_item_is_found_by_words_and_by_how_it_sounds(herder: httpx.Client, asked: str) -> None:
    assert "最低生活保障审核确认" in herder.get("/items", params={"text": asked}).text


def test_items_are_narrowed_and_an_answer_may_be_kept_a_minute(herder: httpx.Client) -> None:
    every = herder.get("/items")
    assert every.headers["cache-control"] == "public, max-age=60"
    item = load.seed().items[0]
    for name, value in (("org", item.org_name), ("mode", item.proxy_mode.value), ("topic", item.topic or "其他")):
        found = herder.get("/items", params={name: value, "text": item.item_name}).text  # they fill several pages
        assert f'href="/items/{item.task_code}"' in found
        assert found.count('class="card"') <= every.text.count('class="card"')
        assert "没有找到" in herder.get("/items", params={name: "没有的"}).text


def test_each_guide_tells_all_that_the_item_holds(herder: httpx.Client) -> None:
    for item in in_force():
        page = herder.get(f"/items/{item.task_code}")
        assert page.status_code == 200, item.item_name
        told = [*item.acceptance_conditions, *(one.name for one in (*item.materials, *item.steps, *item.bands))]
        told += [*(one.law for one in item.legal_basis), item.rights, item.place, item.filed_no]
        text = re.sub(r"&[#a-z0-9]+;", "", page.text)
        assert [one for one in told if re.sub(r"[&<>\"']", "", one) not in text] == [], item.item_name


def test_a_chart_cuts_nothing_short_and_escapes_what_was_typed(herder: httpx.Client) -> None:
    item = load.seed().items[0]
    chart = herder.get(f"/items/{item.task_code}/flow.svg")
    assert chart.headers["content-type"].startswith("image/svg+xml")
    words = "".join(re.findall(r"<text[^>]*>([^<]*)<", chart.text))
    for step in item.steps:
        assert step.duty in words
        assert step.supervision in words
    assert "向苏尼特左旗人民政府申请行政复议" in words
    assert "向苏尼特左旗人民法院提起行政诉讼" in words
    step = msgspec.structs.replace(item.steps[0], name="<script>x</script>&")
    assert "<script>" not in flow_chart(msgspec.structs.replace(item, steps=(step,)))
    assert wrapped("草原ab", 2) == ["草原", "ab"]


def test_the_guide_prints(herder: httpx.Client) -> None:
    code = load.seed().items[0].task_code
    assert herder.get(f"/items/{code}/guide.pdf").content[:5] == b"%PDF-"
    kept = herder.get(f"/items/{code}/guide.ofd")
    assert kept.headers["content-type"] == "application/ofd"
    assert load.seed().items[0].item_name in "".join(ofdkit.open(io.BytesIO(kept.content)).text().split())
    for path in ("/items/no-such", "/items/no-such/flow.svg", "/items/no-such/guide.pdf", "/items/no-such/guide.ofd"):
        assert herder.get(path).status_code == 404


def test_a_guide_without_fonts_is_told_in_words(herder: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks(*_facts: object) -> bytes:
        raise SurroundingsError("打印用的字体不在这台电脑上。")

    monkeypatch.setattr(public_guides, "_printed", lacks)
    answer = herder.get(f"/items/{load.seed().items[0].task_code}/guide.pdf")
    assert answer.status_code == 503
    assert "打印用的字体不在这台电脑上。" in answer.text


def test_only_notices_for_everybody_and_in_force_are_shown(served: Served, herder: httpx.Client) -> None:
    soon, past = dt.date(2026, 12, 1), dt.date(2026, 11, 1)
    mongolian = "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ"
    for told in (
        NoticePublished("给代办点的", "各点注意", "乌兰", soon),
        NoticePublished("过期的", "早已过去", "乌兰", past, everybody=True),
        NoticePublished("窗口午间不休", f"值班 0479-5221234，{HERDER.id_number}", "乌兰", soon, everybody=True),
        NoticePublished("双语的", f"说明\n{mongolian}\n{mongolian}", "乌兰", None, everybody=True),
    ):
        publishing.notice(served.centre, "wulan", told)
    home = herder.get("/").text
    assert "窗口午间不休" in home
    assert "0479-5221234" in home
    assert not any(one in home for one in ("给代办点的", "过期的", HERDER.id_number))
    assert f'<p class="mongolian" lang="mn-Mong">{mongolian}\n{mongolian}</p>' in home
    font = herder.get("/fonts/mongolian.ttf")
    assert font.content[:4] == b"\0\1\0\0"
    assert font.content == herder.get("/fonts/mongolian.ttf", headers={"accept-encoding": "identity"}).content


def test_the_catalogue_for_machines_has_the_standards_names(herder: httpx.Client) -> None:
    rows = herder.get("/open/items.json").json()["items"]
    assert len(rows) == len(in_force())
    wanted = {one.name for one in (*ITEM.columns, *ITEM.ours)} | {"materials", "cd_batch"}
    assert all(set(row) == wanted for row in rows)
    low = next(row for row in rows if row["item_name"] == "最低生活保障审核确认")
    assert (low["item_type"], low["item_type_name"], low["can_post"], low["is_online"]) == ("05", "行政给付", 1, 0)
    assert (low["jurisdiction"], low["jurisdiction_name"]) == ("152523", "锡林郭勒盟苏尼特左旗")
    assert "社会救助法§18" in low["legal_basis"]
    assert low["joint_orgs"] is None  # nothing is held for it
    assert {row["cd_batch"] for row in rows} == {"152523-20261124"}
    assert rows[0]["materials"][0]["required"] in (0, 1)


# -- one's own case ----------------------------------------------------------------------------------------------


@both_databases
def test_a_case_is_looked_up_by_code_or_by_number_and_four_digits(
    served: Served, desk: Desk, number: str, herder: httpx.Client
) -> None:
    decide(served, number)
    case_no = served.centre.case(number)[0].case_no
    good = [{"number": receipt(desk, number)}]
    for one in (number, case_no, f"{number[:12]} {number[12:]}"):
        good += [{"number": one, "last": HERDER.id_number[-4:]}, {"number": one, "last": HERDER.phone[-4:]}]
    for typed in good:
        answer = herder.post("/query", data=typed)
        assert answer.status_code == 200, typed
        assert "准予" in answer.text
        assert not any(one in answer.text for one in (*NAMES, "乌兰"))
        assert answer.headers["cache-control"] == "no-store"
    assert "准予" in herder.get("/query", params=good[0]).text


def test_every_wrong_question_has_the_same_answer(desk: Desk, number: str, herder: httpx.Client) -> None:
    wrong = [(number, ""), (number, "0000"), (number, "乌云"), ("152523000000012611240010", "0027")]
    wrong += [("没有", "1234"), (receipt(desk, number)[:-3] + "AAA", "")]
    told = set()
    for asked, last in wrong:
        answer = herder.post("/query", data={"number": asked, "last": last})
        assert answer.status_code == 404
        told.add(re.sub(r'value="[^"]*"', "", answer.text))
    assert len(told) == 1


def test_guessing_is_stopped_by_address_and_by_number(served: Served, number: str, herder: httpx.Client) -> None:
    codes = [herder.post("/query", data={"number": f"{at // 10}", "last": "0000"}).status_code for at in range(21)]
    assert codes == [404] * 20 + [429]
    assert herder.get("/check", params={"code": "x"}).status_code == 429
    guesses = asks()["guesses"]
    assert [guesses.wait(number) > 0 for _ in range(11)] == [False] * 10 + [True]


def test_what_a_clerk_typed_is_not_told(served: Served, desk: Desk, number: str, herder: httpx.Client) -> None:
    material = desk.item(served.centre.case(number)[0].collected.item.task_code).materials[2].name
    asked = events.SupplementAsked("乌兰", "局", (f"{material}（户主{HERDER.name}的）", f"给{HERDER.name}打电话"))
    act(served, "case.supplement_asked", number, asked)
    page = herder.post("/query", data={"number": number, "last": HERDER.phone[-4:]}).text
    assert "还要补材料" in page
    assert material in page
    assert HERDER.name not in page


def test_a_receipt_is_checked(desk: Desk, number: str, herder: httpx.Client) -> None:
    good = herder.get("/check", params={"code": receipt(desk, number)}).text
    assert "是真的" in good
    assert "中心已接收" in good
    assert not any(one in good for one in NAMES)
    assert "不是真的" in herder.get("/check", params={"code": receipt(desk, number)[:-3] + "AAA"}).text


# -- published ---------------------------------------------------------------------------------------------------


@both_databases
def test_results_are_published_without_persons_and_say_what_was_left_out(
    served: Served, desk: Desk, herder: httpx.Client, tell: SetClock
) -> None:
    assert "还没有办结的" in herder.get("/published").text
    made = [desk.register(full_draft(desk, at)).intake_no for at in range(published.LEAST)]
    sync(desk)
    for one in made:
        decide(served, one)
    page = herder.get("/published", params={"month": "2026-11"}).text
    assert "阿××" in page
    assert "名字（留姓） 5 处" in page
    assert "证件号码 5 处" in page
    assert not any(one in page for one in (*NAMES, "苏和", "乌日尼勒图"))
    told = herder.get("/open/results.json", params={"month": "2026-11"}).json()
    row = told["results"][0]
    assert (row["applicant_name"], row["result"], row["cd_batch"]) == ("阿××", "准予", "152523-20261124")
    assert told["removed"]["电话"] == 5
    task = row["task_code"]
    assert len(herder.get("/open/results.json", params={"month": "2026-11", "task": task}).json()["results"]) == 5
    for other in ({"month": "2026-10"}, {"month": "2026-11", "task": "x"}, {"month": "2026-11", "at": 2}):
        assert herder.get("/open/results.json", params=other).json()["results"] == []
    for odd in ("2026-13", "x" * 7, "9999-99", "２０２６-11"):
        assert herder.get("/published", params={"month": odd}).status_code == 200


@both_databases
def test_few_cases_of_an_item_in_a_township_point_at_nobody(served: Served, desk: Desk, herder: httpx.Client) -> None:
    """Page and data alike: neither name nor number, day or office; and what was refused bears no name at all."""
    made = [desk.register(full_draft(desk, at)).intake_no for at in range(published.LEAST - 1)]
    sync(desk)
    for one in made:
        decide(served, one)
    rows = herder.get("/open/results.json", params={"month": "2026-11"}).json()["results"]
    assert len(rows) == published.LEAST - 1
    for row in rows:
        assert (row["applicant_name"], row["case_no"], row["org_name"]) == ("", "", "")
        assert row["finished_on"] == "2026-11"
    page = herder.get("/published", params={"month": "2026-11"}).text
    assert "阿××" not in page
    assert "不足 5 件" in page
    last = desk.register(full_draft(desk, 9)).intake_no
    sync(desk)
    act(served, "case.accepted", last, events.Accepted("乌兰", "局"))
    act(served, "case.refused", last, events.Act("乌兰", "局", "收入超过标准"))
    rows = herder.get("/open/results.json", params={"month": "2026-11"}).json()["results"]
    assert sorted((row["applicant_name"], row["result"]) for row in rows) == [("", "不予"), *[("阿××", "准予")] * 4]


def test_comparisons_out_of_few_cases_show_no_figure(served: Served, desk: Desk, herder: httpx.Client) -> None:
    number = served_case(served, desk)
    sync(desk)
    desk.handling.rate(number, 1)
    sync(desk)
    page = herder.get("/ratings", params={"by": "sumu", "period": "2026"}).text
    assert "洪格尔苏木" in page
    assert "办结不足 5 件，不列数字" in page
    assert "1.0" not in page
    for at in range(1, published.LEAST):
        served_case(served, desk, at)
    page = herder.get("/ratings", params={"by": "sumu", "period": "2026"}).text
    assert "评价不足 5 件" in page
    assert "1.0" not in page


def test_results_are_paged(served: Served, desk: Desk, herder: httpx.Client) -> None:
    made = [desk.register(full_draft(desk, at)).intake_no for at in range(52)]
    sync(desk)
    for one in made:
        decide(served, one)
    first = herder.get("/open/results.json").json()
    second = herder.get("/open/results.json?at=2").json()
    assert (len(first["results"]), first["more"], len(second["results"]), second["more"]) == (50, True, 2, False)
    shown = [one["case_no"] for one in (*first["results"], *second["results"])]
    assert len(set(shown)) == 52
    assert 'rel="next"' in herder.get("/published").text


def test_the_filter_takes_names_and_numbers_out_of_texts() -> None:
    row = {
        "case_no": "1",
        "task_code": "t",
        "item_name": f"补发{HERDER.name}的证，电话 {HERDER.phone}",
        "org": "局",
        "ended_day": "2026-11-24",
        "applicant_name": HERDER.name,
        "agent": "",
    }
    result, taken = published.passed(row, "准予", "b")
    assert result.item_name == "补发阿××的证，电话 〔号码已隐去〕"
    assert taken == ("名字（留姓）", "文字里的姓名和号码")
    assert published.counted([taken, taken[:1]]) == [("名字（留姓）", 2), ("文字里的姓名和号码", 1)]
    assert published.surname("") == ""


@both_databases
def test_ratings_stand_beside_how_many_answered(
    served: Served, desk: Desk, herder: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "LEAST", 1)
    assert "还没有办结的件" in herder.get("/ratings").text
    first, second = (desk.register(full_draft(desk, at)).intake_no for at in range(2))
    sync(desk)
    for one in (first, second):
        decide(served, one)
        act(served, "case.returning", one, events.Act("乌兰", "局"))
        act(served, "case.served", one, events.Served("乌兰", "局"))
    sync(desk)
    desk.handling.rate(first, 5)
    sync(desk)
    for by, name in (("org", served.centre.case(first)[0].collected.item.org_name), ("sumu", "洪格尔苏木")):
        page = herder.get("/ratings", params={"by": by, "period": "2026"}).text
        assert name in page
        assert "5.0" in page
        assert "50.0%" in page
        assert "评价不足 10 件" in page
        assert "苏和" not in page
    assert "苏和" not in herder.get("/ratings", params={"by": "agent"}).text


def served_case(served: Served, desk: Desk, at: int = 0) -> str:
    made = desk.register(full_draft(desk, at)).intake_no
    sync(desk)
    decide(served, made)
    act(served, "case.returning", made, events.Act("乌兰", "局"))
    act(served, "case.served", made, events.Served("乌兰", "局"))
    return made


class TestRatedLater:
    """By the receipt's code, or by the number with four digits of one's own: one case, one rating."""

    @both_databases
    def test_by_the_receipts_code(
        self, served: Served, desk: Desk, herder: httpx.Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(published, "LEAST", 1)
        number = served_case(served, desk)
        code = receipt(desk, number)
        assert "评价这次办事" in herder.post("/query", data={"number": code}).text
        form = herder.post("/rate", data={"number": code}).text
        assert "checked" not in form
        assert not [one for one in NAMES if one in form]
        assert "请选一个评价" in herder.post("/rate", data={"number": code, "words": "太慢"}).text
        done = herder.post("/rate", data={"number": code, "score": "2", "words": "太慢了"})
        assert "谢谢您的评价" in done.text
        case = served.centre.case(number)[0]
        assert (case.rated.score, case.rated.channel, case.rated.reasons) == (2, "web", "太慢了")
        again = herder.post("/rate", data={"number": code, "score": "5"})
        assert again.status_code == 409
        assert "只评一次" in again.text
        assert served.centre.case(number)[0].rated.score == 2
        watching.watch(served.centre)
        asked = herder.get("/ratings", params={"period": "2026"}).text
        assert "1 / 1 件" in asked

    def test_what_came_from_the_desk_and_from_the_page_counts_once(
        self, served: Served, desk: Desk, herder: httpx.Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(published, "LEAST", 1)
        number = served_case(served, desk)
        sync(desk)
        desk.handling.rate(number, 5)  # not at the centre yet
        assert "谢谢" in herder.post("/rate", data={"number": receipt(desk, number), "score": "1"}).text
        sync(desk)
        sync(desk)
        ours, theirs = desk.case(number).case, served.centre.case(number)[0]
        assert ours.rated == theirs.rated
        refused = [line.refused for line in theirs.history if line.kind == "case.rated"]
        assert sorted(map(bool, refused)) == [False, True]
        assert "1 / 1 件" in herder.get("/ratings", params={"period": "2026"}).text
        assert desk.figures.view(dt.date(2026, 1, 1), dt.date(2026, 12, 31)).rated == 1

    def test_by_number_and_digits_and_only_when_it_is_done(
        self, served: Served, desk: Desk, herder: httpx.Client, number: str
    ) -> None:
        own = {"number": number, "last": HERDER.id_number[-4:]}
        assert herder.post("/rate", data={**own, "last": "0000"}).status_code == 404
        early = herder.post("/rate", data={**own, "score": "5"})
        assert early.status_code == 409
        assert "还没有办完" in early.text
        assert served.centre.case(number)[0].rated is None
        assert herder.post("/rate", data={"number": receipt(desk, number)[:-4] + "AAAA"}).status_code == 404

    def test_programs_and_haste_are_kept_out(self, served: Served, desk: Desk, herder: httpx.Client) -> None:
        number = served_case(served, desk)
        code = receipt(desk, number)
        trapped = herder.post("/rate", data={"number": code, "score": "5", "website": "x"})
        assert trapped.status_code == 409
        assert served.centre.case(number)[0].rated is None
        answers = [herder.post("/rate", data={"number": number, "last": f"{at:04d}"}) for at in range(1000, 1025)]
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["Retry-After"]) > 0


# -- what is sent in ---------------------------------------------------------------------------------------------

_WORDS = "窗口两次让我回去，没有一次说清楚。"


def test_a_refused_form_keeps_what_was_typed(herder: httpx.Client) -> None:
    typed = {"sort": "suggestion", "text": _WORDS, "about": "152523", "name": "乌云<b>", "phone": "139"}
    answer = herder.post("/complain", data=typed)
    assert answer.status_code == 409
    assert "没有这个收件号" in answer.text
    for one in (_WORDS, 'value="152523"', "乌云&lt;b&gt;", 'value="suggestion" selected'):
        assert one in answer.text
    asked = {"name": "乌云", "phone": "139", "text": _WORDS, "id_number": "1"}
    again = herder.post("/disclosure", data=asked)
    assert again.status_code == 409
    assert _WORDS in again.text
    assert herder.post("/complain").status_code == 409
    assert herder.post("/disclosure").status_code == 409


def test_no_refusal_takes_a_strangers_words_along(
    served: Served, herder: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No account keeps them: they stand in the page, with a button that sends them once more."""

    def away(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("server closed the connection"))

    def told(answer: httpx.Response, status: int) -> None:
        assert (answer.status_code, _WORDS in answer.text, "再试一次" in answer.text) == (status, True, True)

    told(herder.post("/follow/mend", data={"number": "SQ1", "code": "x", "text": _WORDS}), 409)
    with monkeypatch.context() as patch:
        patch.setattr(asking, "complain", away)
        told(herder.post("/complain", data={"text": _WORDS}), 503)
    with serving(site.app(served.centre, Settings(forms_per_minute=1)), waits=False) as address:
        often = [httpx.post(f"{address}/complain", data={"text": _WORDS, "sort": "x"}) for _ in range(2)]
    told(often[1], 429)


def test_numbers_run_on_and_a_code_opens_its_own_only(served: Served, herder: httpx.Client) -> None:
    sent = [herder.post("/complain", data={"sort": "complaint", "text": _WORDS}).text for _ in range(2)]
    pairs = [re.findall(r'class="code">([^<]+)<', one) for one in sent]
    assert [one[0] for one in pairs] == ["TS20261124-0001", "TS20261124-0002"]
    assert all(re.fullmatch("[A-Z2-9]{8}", one[1]) for one in pairs)
    (first, code), (second, _) = pairs
    assert "待转办" in herder.post("/follow", data={"number": first.lower(), "code": code.lower()}).text
    assert "待转办" not in herder.get("/follow", params={"number": first, "code": code}).text  # no code in an address
    for one, given in ((second, code), (first, " "), ("TS20261124-9999", code), ("", "")):
        page = herder.post("/follow", data={"number": one, "code": given})
        assert "编号或查询码不对" in page.text
        assert page.headers["cache-control"] == "no-store"
    assert served.centre.verify()[served.centre.node] > 0


@pytest.mark.parametrize("path", ["/complain", "/disclosure"])
def test_a_form_that_is_sent_twice_counts_once(herder: httpx.Client, path: str) -> None:
    once = re.search('name="once" value="([0-9a-f]{32})"', herder.get(path).text)[1]
    typed = {
        "sort": "question",
        "text": "低保要带什么？",
        "name": "乌云",
        "phone": "139",
        "id_number": "152523195603020027",
    }
    first, again = (herder.post(path, data=typed | {"once": once}).text for _ in range(2))
    assert re.findall(r'class="code">([^<]+)<', again) == re.findall(r'class="code">([^<]+)<', first)
    other = herder.post(path, data=typed | {"once": "../" + once[3:]}).text  # no mark of ours: a form of its own
    assert "20261124-0002" in other


def test_a_short_question_is_taken_and_each_sort_has_its_own_days(served: Served, herder: httpx.Client) -> None:
    for sort, text, due in (
        ("question", "低保？", "2026-12-01"), ("help", "羊没草了", "2026-11-27"),
        ("suggestion", "建议多开一天", "2027-01-"), ("complaint", "窗口没有人在", "2026-12-15"),
    ):  # fmt: skip
        told = herder.post("/complain", data={"sort": sort, "text": text})
        assert (told.status_code, due in told.text) == (200, True), (sort, told.text[-400:])
    assert herder.post("/complain", data={"sort": "complaint", "text": "没有人"}).status_code == 409
    assert herder.post("/complain", data={"sort": "question", "text": "？"}).status_code == 409


def test_an_organisation_may_ask_for_disclosure_too(herder: httpx.Client) -> None:
    typed = {"name": "某合作社", "phone": "0479-1", "text": _WORDS, "id_number": "91110000600037341L"}
    sent = herder.post("/disclosure", data=typed)
    assert "SQ20261124-0001" in sent.text
    assert "2026-12-22" in sent.text
    assert herder.post("/disclosure", data=typed | {"id_number": "91110000600037341X"}).status_code == 409


def test_a_step_counts_once_and_what_was_done_is_never_told_as_not_done(herder: httpx.Client) -> None:
    typed = {"name": "乌云", "phone": "0479-1", "text": _WORDS, "id_number": "152523195603020027"}
    number, code = re.findall(r'class="code">([^<]+)<', herder.post("/disclosure", data=typed).text)
    mine = {"number": number, "code": code}
    for _ in range(29):  # of the thirty that may be asked in a minute
        assert herder.post("/follow", data=mine).status_code == 200
    done = herder.post("/follow/withdraw", data=mine)
    assert (done.status_code, "已撤回" in done.text) == (200, True), done.text[-400:]


def test_one_address_sends_ten_and_programs_none(herder: httpx.Client) -> None:
    assert herder.post("/complain", data={"sort": "complaint", "text": _WORDS, "website": "x"}).status_code == 409
    codes = [herder.post("/complain", data={"sort": "complaint", "text": _WORDS}).status_code for _ in range(10)]
    assert codes == [200] * 9 + [409]


def test_no_public_page_needs_a_script_or_a_login(herder: httpx.Client) -> None:
    for path in ("/", "/items", "/query", "/check", "/published", "/ratings", "/complain", "/answers", "/disclosure"):
        page = herder.get(path)
        assert page.status_code == 200
        assert "onclick" not in page.text
        assert " style=" not in page.text
        assert 'href="/query"' in page.text


@both_databases
def test_public_pages_tell_no_personal_data(served: Served, desk: Desk, number: str, tell: SetClock) -> None:
    act(served, "case.accepted", number, events.Accepted("乌兰", "局"))
    act(served, "case.granted", number, events.Act("乌兰", "局", "符合"))
    month = tell.at.strftime("%Y-%m")
    secrets = (HERDER.name, HERDER.id_number, HERDER.phone, HERDER.address)
    code = next(iter(served.centre.publications.items))
    with httpx.Client(base_url=served.address) as public:
        pages = [f"/published?month={month}", f"/open/results.json?month={month}", "/ratings", "/", "/items"]
        pages += [f"/items/{code}", "/open/items.json", f"/query?number={number}&last={HERDER.id_number[-4:]}"]
        for path in pages:
            answer = public.get(path)
            assert answer.status_code == 200, path
            assert not any(one in answer.text for one in secrets), path
        assert "不足 5 件" in public.get(pages[0]).text
        assert public.get(pages[1]).json()["results"][0]["cd_batch"]
        assert "准予" in public.get(pages[-1]).text
        assert public.get(f"/query?number={number}&last=9999").status_code == 404
        assert public.get(f"/items/{code}/flow.svg").text.startswith("<svg")
        assert public.get(f"/items/{code}/guide.pdf").content[:5] == b"%PDF-"
        assert "最低生活保障" in public.get("/items", params={"text": "zdsh"}).text
        for _ in range(25):
            last = public.get("/query", params={"number": "1", "last": "0000"}).status_code
        assert last == 429
