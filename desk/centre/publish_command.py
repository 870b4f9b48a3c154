"""`desk centre publish`: a catalogue or a holiday table from the keyboard of the server. A catalogue goes the road of
the pages: it comes in as drafts of who `asks`; what was decided, approved and filed elsewhere is published when
another `confirms` it, each with the own password."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from desk import doors
from desk.centre.drafting import approving, day_tables, item_drafts, regimes
from desk.centre.drafting.approving import By, Why
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.unlock_command import person
from desk.errors import RefusedError
from desk.folds.office import lives
from desk.law import holidays
from desk.law.catalogue import changes, load, rules
from desk.law.catalogue.item import Catalogue
from desk.law.holidays import HolidayTable
from desk.log.life_events import LifeFiled


def add_parser(steps: Any, day: Any) -> None:
    """The words of this step; `day` reads a day."""
    publish = steps.add_parser(
        "publish",
        help="收一份事项目录为草稿；已在别处核定备案的，由第二个人核对后发布。或发布节假日表。"
        "两个人的密码从键盘读，或从 DAIBAN_PASSWORD 和 DAIBAN_PASSWORD_CONFIRM 读",
    )
    publish.add_argument("--catalogue", type=Path, help="事项目录（JSON）")
    publish.add_argument("--holidays", type=Path, help="节假日表（JSON）")
    publish.add_argument("--asks", metavar="ACCOUNT", default="", help="收目录、送来节假日表的人：目录编辑")
    publish.add_argument("--confirms", metavar="ACCOUNT", default="", help="照批准的文件核对的另一个人：目录编辑")
    publish.add_argument("--approved-by", default="", help="核定机关")
    publish.add_argument("--filed-no", default="", help="备案号")
    publish.add_argument("--filed-on", type=day, help="备案日期")
    publish.add_argument("--reason", default="", choices=["", *lives.REASONS], help="现行事项有调整时：原因")
    publish.add_argument("--document", default="", help="现行事项有调整时：依据的文件")
    publish.add_argument("--note", default="", help="现行事项有调整时：调整说明")


def run(centre: Centre, asked: argparse.Namespace) -> str:
    """Do it; what to tell. Raises DeskErrors."""
    told = []
    if asked.catalogue:
        told.append(_catalogue(centre, asked, load.load(_file(asked.catalogue))))
    if asked.holidays:
        told.append(_holidays(centre, asked, holidays.load(_file(asked.holidays))))
    return "\n".join(told)


def _holidays(centre: Centre, asked: argparse.Namespace, table: HolidayTable) -> str:
    if not asked.asks:
        raise RefusedError("要用 --asks 写明谁送来节假日表。", "没有发布。", "当场核对的，再用 --confirms 写第二个人。")
    if faults := changes.day_faults(table):
        raise RefusedError("节假日表有错：" + "；".join(faults), "没有发布。")
    one = person(centre, asked.asks, "asks", EDIT)
    other = person(centre, asked.confirms, "confirms", EDIT) if asked.confirms else None
    if other is not None and other.account == one.account:
        raise RefusedError("送来的人自己不能核对。", "没有发布。", "请另一位目录编辑核对。")
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    if table == centre.publications.holidays:
        return "节假日表与现用的没有不同。"
    day_tables.propose(centre, one.account, table)
    if other is None:
        return "节假日表等另一位目录编辑在审定页核对后发布。"
    with centre.database.read() as db:
        seen = day_tables.waiting(db).at
    day_tables.confirm(centre, other.account, seen)
    return "两人核对，已发布节假日表。"


def _file(path: Path) -> bytes:
    """Raises RefusedError."""
    try:
        return doors.read_file(path, doors.PUBLISHED, "没有发布。")
    except OSError as error:
        raise RefusedError(f"读不了文件 {path}。", "没有发布。", "请核对路径和权限。") from error


def _catalogue(centre: Centre, asked: argparse.Namespace, new: Catalogue) -> str:
    if not asked.asks:
        raise RefusedError("要用 --asks 写明谁收目录。", "没有收。", "已核定备案的，再用 --confirms 写第二个人。")
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    if faults := rules.lint(new, {*centre.publications.items, *(one.task_code for one in new.items)}):
        raise RefusedError("目录有错：" + "；".join(faults[:3]), "没有收。", "请改正后再收。")
    if not asked.confirms:
        one = person(centre, asked.asks, "asks", EDIT)
        return _taken(centre, one.account, new) + "请在目录的草稿页送审。"
    if asked.filed_on is None:
        raise RefusedError("要写明核定机关、备案号和备案日期。", "没有收。")
    one, other = person(centre, asked.asks, "asks", EDIT), person(centre, asked.confirms, "confirms", EDIT)
    if one.account == other.account:
        raise RefusedError("收目录的人自己不能核对。", "没有收。", "请另一位目录编辑核对。")
    words = _taken(centre, one.account, new)
    return words + _adopted(centre, asked, new, By(one.account, one.name), By(other.account, other.name))


def _taken(centre: Centre, account: str, new: Catalogue) -> str:
    drafts = item_drafts.bring(centre, account, f"目录 {new.version}", new.items)
    clocks = regimes.propose(centre, account, f"目录 {new.version}", new.regimes)
    if not (drafts or clocks):
        raise RefusedError("内容与现行的一样。", "没有收。")
    return f"已收为草稿 {drafts} 条，时限规则 {clocks} 条待核对。"


def _adopted(centre: Centre, asked: argparse.Namespace, new: Catalogue, one: By, other: By) -> str:
    """The second looks both up: the legal clocks first, then the texts that go by them."""
    with centre.database.read() as db:
        clocks = regimes.waiting(db)
    count = regimes.confirm(centre, other.account, clocks.at) if clocks.regimes else 0
    codes = {item.task_code for item in new.items}
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        waits = [each for each in item_drafts.waiting(centre, db) if each.draft.item.task_code in codes]
    filed = _filed(asked, one.name, asked.filed_on)
    if not waits:
        return f"两人核对，已发布时限规则 {count} 条。"
    approving.send(centre, one, {each.key for each in waits}, Why(asked.reason, asked.document, asked.note), filed)
    told = [each.draft.item.task_code for each in waits]
    count += approving.adopt(centre, other, told, _filed(asked, other.name, asked.filed_on), new.version)
    return f"两人核对，已发布有变化的事项和时限规则 {count} 条。"


def _filed(asked: argparse.Namespace, name: str, day: dt.date) -> LifeFiled:
    return LifeFiled(asked.approved_by.strip(), asked.filed_no.strip(), day, name)
