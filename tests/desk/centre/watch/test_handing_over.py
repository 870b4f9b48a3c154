"""What the platform above takes over: the standard's tables as they are typed here, counted against the database, only
what changed, and nothing that is half there."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import itertools
import json
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from conftest import HERDER, POINT, Served, SetClock, both_databases, full_draft, item_code, sync

from db.centre import rows, schema
from db.centre.lists import case_rows
from desk.app.open_desk import Desk
from desk.centre.commands import run_centre
from desk.centre.drafting import sample
from desk.centre.node import centre_node, publishing
from desk.centre.node.centre_node import Own
from desk.centre.run import backup
from desk.centre.watch import handing_over
from desk.errors import RefusedError
from desk.law.catalogue import load, versions
from desk.log import chain, events
from desk.log.centre_events import EntryRefused
from desk.log.office_events import CardRaised, ComplaintMade, Said
from desk.standard.tables import TABLES
from desk.store.snapshots import DraftMaterial

Row = dict[str, object]
# Typed from the standard, table by table; "-" for what no centre of ours holds anything for.
FIELDS = {
    "item": (4, """
        事项名称 基本编码 实施编码 事项类型 事项类型代码 设定依据 行使层级 行使层级代码 -权限划分 -行使内容
        实施主体 实施主体代码 实施主体性质 实施主体性质代码 法定办结时限 法定办结时限单位 法定办结时限说明
        承诺办结时限 承诺办结时限单位 承诺办结时限说明 受理条件 办理流程 -共同实施部门 -共同实施部门代码
        承办机构 -承办机构代码 -中介服务 -数量限制 结果名称 -结果样本 是否收费 收费依据 -通办范围代码
        服务对象 服务对象代码 服务主题 -法人主题代码 -自然人主题代码 办理形式 办理形式代码 特别程序 行政管辖
        行政管辖代码 -是否支持预约 -是否支持网上支付 是否支持物流 是否支持网办 -网办地址 运行系统层级
        办理地点 办理时间 咨询方式 咨询电话 监督电话 常见问题"""),
    "item_material": (4, """
        材料名称 出具机构 -出具时间要求 -材料办理说明 -材料办理地点 材料使用说明 原件份数 复印件份数
        是否必备材料"""),
    "application": (5, """
        办件编号 实施编码 事项名称 办件类型代码 申请者名称 申请者证件类型代码 申请者证件号码
        联系人/代理人姓名 联系人/代理人证件类型 联系人/代理人证件号码 联系人手机号码 -邮政编码 通讯地址
        法定代表人 -申报来源代码 申请时间 -投资项目编号 行政区划"""),
    "application_material": (5, "材料名称 是否收取 收取方式 收取数量 收取时间 附件实体"),
    "acceptance": (6, """
        办件编号 受理单位名称 受理单位信用代码 受理人员 受理时间 受理文书编号 承诺办结时间 办件类型 行政区划"""),
    "handling": (7, "办件编号 业务动作 环节名称 环节处理人 处理意见 开始时间 结束时间 处理单位 环节办理状态"),
    "special_procedure": (7, "办件编号 种类名称 种类代码 开始时间 启动理由或依据 申请人 结束时间 结果 办理意见"),
    "completion": (8, """
        办件编号 办理人 办结时间 结果证照名称 结果证照编号 办件结果描述 -证照有效期限 发证/盖章单位 是否快递
        是否收费"""),
    "rating": (9, "办件编号 评价渠道 评价人 评价时间 评价次数 满意度代码 文字评价"),
    "enquiry": (10, "编码 咨询人 标题 内容 处理意见 -延期时限 -延期原因 超期天数"),
    "complaint": (10, """
        标题 投诉人 被投诉单位 被投诉人 内容 来源 承办单位 承办人 承办时间 反馈信息 反馈时间 承诺时限 -延期
        超期天数"""),
    "supervision": (11, """
        办件编号 督办内容 机构名称 事项类型代码 督办发出时间 监察编号 监察规则编号 监察预警类型代码
        状态产生时间 监察结果描述 责任部门"""),
    "post": (15, "物流单号 寄送单位 寄送日期 寄送人 接收单位 接收人 接收日期"),
}  # fmt: skip


def test_the_tables_are_the_standards() -> None:
    assert list(TABLES) == list(FIELDS)
    for name, (number, words) in FIELDS.items():
        table = TABLES[name]
        assert table.number == number
        typed = words.split()
        assert [one.words for one in table.columns] == [one.removeprefix("-") for one in typed], name
        assert [one.words for one in table.columns if not one.held] == [one[1:] for one in typed if one[0] == "-"]
        names = [one.name for one in (*table.columns, *table.ours)]
        assert len(set(names)) == len(names), name
        assert all(re.fullmatch("[a-z]+(_[a-z]+)*", one) for one in names)


@pytest.fixture
def told(served: Served, desk: Desk, tell: SetClock) -> list[str]:
    """Six cases: granted after a special procedure and rated, not accepted, asked for a supplement, refused, accepted
    only, just arrived; a complaint, a question, two cards; an envelope."""
    made = [desk.register(full_draft(desk, at)).intake_no for at in range(5)]
    item = desk.item(item_code(desk, "临时救助"))
    ticks = [DraftMaterial(one.code, True, one.originals, one.copies) for one in item.materials]
    fields = {one.code: one.choices[0] for one in item.fields if one.required}
    made.append(
        desk.register(full_draft(desk, 9, task_code=item.task_code, fields=fields, materials=tuple(ticks))).intake_no
    )
    desk.trips.seal("旗政务服务中心", tuple(made[:2]), "封 7")
    sync(desk)
    said = events.Act("乌兰", "民政局", "情况属实", "社会救助暂行办法§9")
    for number, kind, data in (
        (made[0], "case.accepted", events.Accepted("乌兰", "民政局")),
        (made[0], "case.suspended", events.Act("乌兰", "民政局", "入户调查", until=dt.date(2026, 12, 4))),
        (made[0], "case.resumed", events.Act("乌兰", "民政局", "调查完成")),
        (made[0], "case.granted", said),
        (made[1], "case.not_accepted", events.NotAccepted("乌兰", "民政局", "不属本机关")),
        (made[2], "case.supplement_asked", events.SupplementAsked("乌兰", "民政局", ("户口簿复印件", "诊断书"))),
        (made[3], "case.accepted", events.Accepted("乌兰", "民政局")),
        (made[3], "case.refused", events.Act("乌兰", "民政局", "收入超过标准")),
        (made[4], "case.accepted", events.Accepted("乌兰", "民政局")),
    ):
        tell.at += dt.timedelta(minutes=5)
        act(served, kind, number, data)
    rate(served, made[0], 4)
    centre = served.centre
    due = dt.date(2026, 12, 1)
    card = CardRaised("over", "red", made[3], "民政局", POINT, "苏和", "超过期限", "迟了", due, "NM152523-05-001")
    centre.say("", "card.raised", f"card:{1:032x}", card)
    centre.say("", "card.raised", f"card:{2:032x}", card)
    complaint = ComplaintMade(
        "TS20261124-0001", "c", "complaint", "办得太慢", made[3], "民政局", POINT, "苏和", "其木格", due=due
    )
    centre.say("", "complaint.made", "complaint:a", complaint)
    centre.say("boss", "complaint.assigned", "complaint:a", Said("巴图", "民政局", until=due))
    question = ComplaintMade("TS20261124-0002", "d", "question", "到哪里办？", due=due)
    centre.say("", "complaint.made", "complaint:b", question)
    return made


def act(served: Served, kind: str, number: str, data: events.Data) -> None:
    served.centre.act("wulan", kind, number, data, served.centre.case(number)[1])


def rate(served: Served, number: str, score: int) -> None:
    centre = served.centre
    with centre.database.write() as db:
        entries = centre.about(db, [number])[number]
        own = Own("suhe", "case.rated", number, events.Rated(score, "screen", "办得好"), "")
        made = centre.append(db, [own], {number: max(one.rank for one in entries)})
        centre.project(db, {number: [*entries, made[0].entry]})


def read(place: Path) -> dict[str, list[Row]]:
    return {
        name: [json.loads(line) for line in (place / f"{name}.ndjson").read_bytes().splitlines()] for name in TABLES
    }


def one(rows: list[Row], **wanted: object) -> Row:
    found = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    assert len(found) == 1, (wanted, found)
    return found[0]


def counted(served: Served, *where: sa.ColumnElement[bool]) -> int:
    with served.centre.database.read() as db:
        return db.execute(sa.select(sa.func.count()).select_from(schema.case_row).where(*where)).scalar_one()


@both_databases
def test_a_batch_holds_what_the_database_holds(served: Served, told: list[str], tmp_path: Path) -> None:
    batch, place = handing_over.export(served.centre, tmp_path / "out")
    assert (batch.batch, place.name) == ("152523-20261124-0001", "152523-20261124-0001")
    rows, column = read(place), schema.case_row.c
    assert len(rows["application"]) == counted(served) == 6
    assert len(rows["acceptance"]) == counted(served, column.accepted_at != "") == 3
    assert len(rows["completion"]) == counted(served, column.ended_day != "") == 3
    assert len(rows["rating"]) == counted(served, column.score > 0) == 1
    assert {name: len(rows[name]) for name in ("complaint", "enquiry", "supervision", "post")} == {
        "complaint": 1, "enquiry": 1, "supervision": 2, "post": 1,
    }  # fmt: skip
    today = [one.on(served.centre.today()) for one in versions.offered(load.seed().items).values()]
    assert sorted(row["cd_key"] for row in rows["item"]) == sorted(one.task_code for one in today)
    assert len(rows["item_material"]) == sum(len(item.materials) for item in today)
    for name, some in rows.items():
        names = [one.name for one in (*TABLES[name].columns, *TABLES[name].ours)]
        nothing = {one.name for one in TABLES[name].columns if not one.held}
        for row in some:
            assert sorted(row) == sorted([*names, "cd_key", "cd_batch", "cd_operation", "cd_time"])
            assert {key for key, value in row.items() if value is None} == nothing
            assert (row["cd_batch"], row["cd_operation"]) == (batch.batch, "I")
            assert re.fullmatch(r"20261124T\d{6}", str(row["cd_time"]))
        assert len({row["cd_key"] for row in some}) == len(some)


def test_a_decision_that_was_taken_back_is_no_result(served: Served, told: list[str], tmp_path: Path) -> None:
    for kind, data in (
        ("case.granted", events.Act("乌兰", "民政局", "情况属实")),
        ("case.taken_back", events.Act("乌兰", "民政局", "写错")),
        ("case.withdrawn", events.Act("乌兰", "民政局", "本人要求")),
    ):
        act(served, kind, told[4], data)
    ended = one(read(handing_over.export(served.centre, tmp_path / "out")[1])["completion"], intake_no=told[4])
    assert (ended["result"], ended["result_name"], ended["result_no"]) == ("申请人撤回", "", "")
    assert ended["result_note"] == "本人要求"


@both_databases
def test_each_row_says_what_happened(served: Served, told: list[str], tmp_path: Path) -> None:
    rows = read(handing_over.export(served.centre, tmp_path / "out")[1])
    numbers = {row["intake_no"]: row["case_no"] for row in rows["application"]}
    assert set(numbers) == set(told)
    asked = one(rows["application"], intake_no=told[0])
    assert (asked["applicant_name"], asked["applicant_id_number"]) == (HERDER.name, HERDER.id_number)
    assert (asked["applicant_id_type"], asked["contact_name"], asked["division"]) == ("111", "苏和", POINT[:9])
    assert (asked["applied_at"], asked["case_type"]) == ("20261124T093000", "2")
    accepted = one(rows["acceptance"], intake_no=told[0])
    assert (accepted["officer"], accepted["org_name"]) == ("乌兰", "民政局")
    assert accepted["document_no"]
    assert re.fullmatch(r"2026\d{4}|2027\d{4}", str(accepted["promised_on"]))
    steps = [row for row in rows["handling"] if row["intake_no"] == told[0]]
    assert [(row["step_name"], row["action"], row["step_state"]) for row in steps] == [
        ("中心接收", "其他", "2"), ("受理", "通过", "2"), ("进入特别程序", "其他", "2"), ("特别程序结束", "其他", "2"),
        ("准予决定", "通过", "2"), ("准予", "", "1"),
    ]  # fmt: skip
    assert all(row["started_at"] == before["ended_at"] for before, row in itertools.pairwise(steps))
    special = one(rows["special_procedure"], intake_no=told[0])
    assert (special["kind"], special["reasons"], special["until"]) == ("2", "入户调查", "20261204")
    assert special["ended_at"] == steps[3]["ended_at"]
    done = {row["intake_no"]: row for row in rows["completion"]}
    assert [done[number]["result"] for number in (told[0], told[1], told[3])] == ["准予", "不予受理", "不予"]
    assert (done[told[0]]["result_name"], done[told[3]]["result_name"]) == ("最低生活保障审核确认通知书", "")
    waits = [row for row in rows["handling"] if row["intake_no"] == told[2]][-2:]
    assert [(row["action"], row["opinion"], row["step_state"]) for row in waits] == [
        ("退回", "户口簿复印件；诊断书", "2"), ("", "", "1"),
    ]  # fmt: skip
    said = rows["rating"][0]
    assert (said["case_no"], said["satisfaction"], said["text"]) == (numbers[told[0]], "2", "办得好")
    complaint = rows["complaint"][0]
    assert (complaint["case_no"], complaint["handling_org"], complaint["due"]) == (
        numbers[told[3]],
        "民政局",
        "20261201",
    )
    card = rows["supervision"][0]
    assert (card["case_no"], card["item_type"], card["warning_type"]) == (numbers[told[3]], "05", "2")
    envelope = rows["post"][0]
    assert (envelope["case_count"], envelope["seal_no"], envelope["sender_org"]) == (
        2,
        "封 7",
        "乌日尼勒图嘎查便民代办点",
    )
    paper = [row for row in rows["application_material"] if row["intake_no"] == told[0]]
    assert all((row["collected"], row["collected_at"]) == (1, "20261124T093000") for row in paper)


@both_databases
def test_a_second_batch_has_only_what_changed(
    served: Served, desk: Desk, told: list[str], tmp_path: Path, tell: SetClock
) -> None:
    out = tmp_path / "out"
    _first, before = handing_over.export(served.centre, out)
    nothing, place = handing_over.export(served.centre, out)
    assert (nothing.rows, nothing.batch) == (0, "152523-20261124-0002")
    tell.at += dt.timedelta(days=1)
    act(served, "case.granted", told[4], events.Act("乌兰", "民政局", "符合"))
    served.centre.say("w", "card.explained", f"card:{1:032x}", Said("乌兰", "民政局", "下雪路断"))
    new = desk.register(full_draft(desk, 20)).intake_no
    sync(desk)
    item = next(one for one in load.seed().items if one.task_code == item_code(desk))
    publishing.catalogue(served.centre, "", load.seed(), gone=[item])
    third, place = handing_over.export(served.centre, out)
    assert third.batch == "152523-20261125-0001"
    rows = read(place)
    changed = {(name, row["cd_key"], row["cd_operation"]) for name, some in rows.items() for row in some}
    assert {one for one in changed if one[0] not in ("application_material", "item_material")} == {
        ("handling", f"{told[4]}/3", "U"),  # what waited is done
        ("handling", f"{told[4]}/4", "I"),
        ("completion", told[4], "I"),
        ("supervision", f"{1:032x}", "U"),
        ("application", new, "I"),
        ("handling", f"{new}/1", "I"),
        ("handling", f"{new}/2", "I"),
        ("item", item.task_code, "D"),
    }
    assert {one[2] for one in changed if one[0] == "item_material"} == {"D"}
    # Whoever puts each batch over the last by key has what one whole batch has; twice does no harm.
    _whole, all_of_it = handing_over.export(served.centre, out, whole=True)
    assert kept(before, place, place, before.with_name(nothing.batch), place) == kept(all_of_it)
    _again, same = handing_over.export(served.centre, out, after=before / "batch.json")
    assert {name: len(some) for name, some in read(same).items()} == {name: len(some) for name, some in rows.items()}
    day, _lately = handing_over.export(served.centre, out, since=dt.date(2026, 11, 25))
    assert [one.rows for one in day.tables] == [one.rows for one in third.tables]
    assert handing_over.export(served.centre, out)[0].rows == 0  # those two did not move its place


def kept(*batches: Path) -> dict[str, dict[object, Row]]:
    """What a taker has that puts these over each other."""
    held: dict[str, dict[object, Row]] = {name: {} for name in TABLES}
    for place in batches:
        for name, some in read(place).items():
            for row in some:
                bare = {key: value for key, value in row.items() if not key.startswith("cd_")}
                held[name][row["cd_key"]] = bare
                if row["cd_operation"] == "D":
                    del held[name][row["cd_key"]]
    return held


@both_databases
def test_what_was_refused_later_is_taken_away(served: Served, told: list[str], tmp_path: Path) -> None:
    """A complaint of a suggestion and a case keep their keys; a case that counts no more is a D."""
    handing_over.export(served.centre, tmp_path)
    centre = served.centre
    with centre.database.write() as db:
        entry = next(one for one in centre.about(db, [told[5]])[told[5]] if one.kind == "case.collected")
        own = Own("", "entry.refused", told[5], EntryRefused(entry.node, entry.seq, "重复"), "")
        centre.add(db, [own])
    rows = read(handing_over.export(centre, tmp_path)[1])
    assert [(row["cd_key"], row["cd_operation"]) for row in rows["application"]] == [(told[5], "D")]
    assert {row["cd_operation"] for row in rows["handling"]} == {"D"}


@both_databases
def test_the_act_is_in_the_chain_and_the_files_are_ours_alone(served: Served, told: list[str], tmp_path: Path) -> None:
    centre = served.centre
    batch, place = handing_over.export(centre, tmp_path)
    with centre.database.read() as db:
        seen = chain.decoded(rows.own_of_kind(db, centre.node, "person.seen", 1)[0])
    data = events.decode(seen.kind, seen.data)
    assert isinstance(data, events.PersonSeen)
    assert batch.batch in data.reasons
    assert seen.seq <= batch.mark.nodes[centre.node]
    centre.verify()
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    told_files = {one.file: one for one in batch.tables}
    for path in place.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        if path.name != "batch.json":
            said = told_files.pop(path.name)
            data = path.read_bytes()
            assert (said.sha256, said.size) == (hashlib.sha256(data).hexdigest(), len(data))
            assert said.rows == data.count(b"\n")
    assert told_files == {}
    manifest = (place / "batch.json").read_text()
    assert HERDER.name not in manifest
    assert HERDER.id_number not in manifest


def test_nothing_is_half_there(
    served: Served, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at any write: no batch stands there, nothing is left, and the next one has it all."""
    left: list[int] = []

    class Full(io.BufferedWriter):
        def write(self, data: bytes) -> int:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(28, "No space left on device")
            return super().write(data)

    real = handing_over.os.fdopen

    def opened(descriptor: int, mode: str) -> io.BufferedWriter:
        return Full(io.FileIO(descriptor, "w")) if mode == "wb" else real(descriptor, mode)

    for at in (0, 1, 40, 200):
        left[:] = [at]
        monkeypatch.setattr(handing_over.os, "fdopen", opened)
        with pytest.raises(OSError, match="No space"):
            handing_over.export(served.centre, tmp_path / "out")
        monkeypatch.undo()
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["in-use.lock"]
    stale = tmp_path / "out" / ".152523-20261101-0001.part"
    stale.mkdir()  # of one that was killed
    _batch, place = handing_over.export(served.centre, tmp_path / "out")
    assert len(read(place)["application"]) == 6
    assert not stale.exists()


def test_after_a_backup_came_back_all_is_handed_over_again(served: Served, told: list[str], tmp_path: Path) -> None:
    first, place = handing_over.export(served.centre, tmp_path)
    backup.new_epoch(served.centre)
    with pytest.raises(RefusedError, match="恢复过"):
        handing_over.export(served.centre, tmp_path, after=place / "batch.json")
    second, _ = handing_over.export(served.centre, tmp_path)
    assert second.rows == first.rows


def test_a_page_at_a_time_is_the_same(
    served: Served, desk: Desk, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each subject once, whatever the size of a page, though its entries lie in several logs and pages."""
    whole = kept(handing_over.export(served.centre, tmp_path / "a")[1])
    for size in (1, 2, 7):
        monkeypatch.setattr(handing_over, "_PAGE", size)
        _, place = handing_over.export(served.centre, tmp_path / "b", whole=True)
        assert kept(place) == whole
        assert all(len({row["cd_key"] for row in rows}) == len(rows) for rows in read(place).values())


@both_databases
@pytest.mark.parametrize("size", [1, 2, 1000])
def test_rebuilt_by_pieces_all_is_as_it_was(
    served: Served, told: list[str], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """However many subjects are folded together, in one transaction."""
    monkeypatch.setattr(centre_node, "_PIECE", size)

    def tables() -> list[list[tuple[object, ...]]]:
        with served.centre.database.read() as db:
            record = [one for one in schema.record.c if one.name != "data"]  # sealed anew each time
            kept = sa.select(*record).order_by(schema.record.c.id)
            return [case_rows.cases_table(db), [tuple(row) for row in db.execute(kept)]]

    before = tables()
    assert len(before[0]) == 6
    assert len(before[1]) == 4
    assert served.centre.rebuild() == 6
    assert tables() == before


def test_from_the_command_line(
    served: Served, told: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = ["--data", str(served.centre.folder)], str(tmp_path / "out")
    assert run_centre([*data, "export", out]) == 0
    assert "批：" in capsys.readouterr().out
    place = next((tmp_path / "out").glob("152523-*"))
    assert run_centre([*data, "export", out, "--after", str(place / "batch.json")]) == 0
    assert run_centre([*data, "export", out, "--after", str(tmp_path / "none")]) == 1
    assert "批次清单" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run_centre([*data, "export", out, "--since", "yesterday"])


@pytest.mark.parametrize("relation", [False, True])
def test_who_acts_for_the_applicant(
    served: Served, make_desk: Callable[..., Desk], tmp_path: Path, relation: bool
) -> None:
    """The person at the counter is the applicant, or came for the applicant (table 5)."""
    desk = make_desk()
    other = events.Person("巴特尔", "111", "152523194001010011", "", "二组")
    came = {"applicant": other, "proxy": events.Proxy(HERDER, "子女")} if relation else {}
    desk.register(full_draft(desk, 1, **came))
    sync(desk)
    row = read(handing_over.export(served.centre, tmp_path)[1])["application"][0]
    assert row["applicant_name"] == (other.name if relation else HERDER.name)
    assert row["contact_name"] == (HERDER.name if relation else "苏和")
    assert row["contact_id_number"] == (HERDER.id_number if relation else "")


def test_the_sample_is_handed_over_while_it_stands(served: Served, tmp_path: Path) -> None:
    out = tmp_path / "out"
    sample.begin_without(served.centre)
    assert handing_over.export(served.centre, out)[0].rows == 0
    every = len({one.task_code for one in load.seed().items})
    for step, sign in ((sample.take, "I"), (sample.leave, "D"), (sample.take, "I")):
        step(served.centre, "bian")
        rows = read(handing_over.export(served.centre, out)[1])["item"]
        assert [row["cd_operation"] for row in rows] == [sign] * every
