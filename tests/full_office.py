"""An office with one of everything, for whoever looks at its pages: a name of each page and its address."""

from __future__ import annotations

import datetime as dt
import html
import io
import re

import httpx
import msgspec
from conftest import PASSWORD, Served, SetClock, full_draft, item_code, sync
from judged import WHY, WRITER, adjusted, editors, heard
from office import drawn, hidden, licence, logged_in, step
from reportlab.pdfgen.canvas import Canvas

from db.centre import rows
from desk.app.open_desk import Desk
from desk.centre.drafting import approving
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.law import holidays
from desk.law.catalogue import load
from desk.law.divisions import load as divisions
from desk.log import chain, events

ALL = "all"  # an account with every role


def furnish(served: Served, desk: Desk, tell: SetClock) -> dict[str, str]:
    """Fill it, a day passing on the way; the address of each page by name."""
    draft = full_draft(desk, 1, note="冬季转场后住在二连浩特的女儿家，来回要一天，请先打电话再上门，下午信号好。")
    first, second, *rest = draft.materials
    pictures = tuple(desk.pictures.keep(one, f"{at}.jpg") for at, one in enumerate((drawn("teal"), drawn("brown"))))
    paper = desk.pictures.keep(pdf(), "声明.pdf")
    ticks = (
        msgspec.structs.replace(first, files=(*pictures, paper)),
        msgspec.structs.replace(second, files=pictures[:1]),
    )
    number = desk.register(msgspec.structs.replace(draft, materials=(*ticks, *rest))).intake_no
    shut = [desk.register(full_draft(desk, 10 + at)).intake_no for at in range(3)]
    late = desk.register(licence(desk, 20)).intake_no
    sync(desk)
    sync(desk)
    for one in shut:
        _, seen = served.centre.case(one)
        told = events.NotAccepted("乌兰", "民政局", "申请人户籍不在本旗，应向户籍所在地提出，已告知地址和电话。")
        served.centre.act("wulan", "case.not_accepted", one, told, seen)
    before = served.centre.now()
    tell.at += dt.timedelta(days=9)
    villages = [one for one in divisions()._by_code if len(one) == 12 and one.startswith("152523")]
    add_desks(served, villages[:3], last_seen=before, heartbeat='{"waiting":7,"oldest":"2026-11-24T09:30:00+08:00"}')
    add_desks(served, villages[3:])
    watching.watch(served.centre)
    guard.add_clerk(served.centre, ALL, "其木格", PASSWORD, "综合窗口", frozenset(Role))
    with logged_in(served, ALL) as client:
        client.post(f"/cases/{number}/number", data=hidden(client, f"/cases/{number}") | {"reasons": "核对银行卡户名"})
        case = f"/cases/{number}"
        task = item_code(desk)
        return {
            **_judged(served),
            "case": case,
            "case-late": f"/cases/{late}",
            "viewer": f"{case}/view/{pictures[0].sha256}",
            "viewer-pdf": f"{case}/view/{paper.sha256}",
            "card": _card(client, late),
            "complaint": _complaint(client),
            "disclosure-one": _disclosure(client),
            **_lot(client, shut),
            **_writings(client),
            "counter": "/supervision/cases?which=over",
            "figure": "/cases?tab=all&since=2026-11-01&until=2026-11-30&org="
            + served.centre.publications.items[task].org_name,
            "appraisal-cards": "/supervision/appraisal/cards?by=org&key=综合窗口&period=2026-12",
            "analysis-item": f"/supervision/analysis?period=2026&task={task}",
            "desks-town": "/desks?under=152523202",
            "desks-silent": "/desks?silent=1",
        }


def pdf() -> bytes:
    """One page that says what it is."""
    made = io.BytesIO()
    page = Canvas(made, invariant=1)
    page.setFont("Helvetica", 40)
    page.drawString(100, 600, "A paper")
    page.save()
    return made.getvalue()


def _judged(served: Served) -> dict[str, str]:
    """A text of an item that was sent, with one opinion; what waits besides."""
    editors(served)
    code = adjusted(served, result_name="结婚证（纸质和电子）", hours="工作日 9:00—17:00，集市日到嘎查", visits=2)
    approving.send(served.centre, WRITER, {"k"}, WHY)
    heard(served, [code], "expert")
    return {"life": f"/catalogue/life/{code}", "lives": "/catalogue/lives?only=heard", "draft": "/catalogue/drafts/k"}


def add_desks(served: Served, codes: list[str], **changes: object) -> None:
    """A desk at each of these points, as its enrolment and its last batch leave it."""
    row = {
        "sign_key": b"1", "seal_key": b"2", "machine": "", "enrolled_at": served.centre.now(), "revoked_at": "",
        "have": 0, "head": chain.GENESIS, "last_seen": served.centre.now(), "heartbeat": '{"waiting":2}', "skew": 0,
        "via": "", "formerly": "",
    }  # fmt: skip
    made = [{"name": f"{one}-01", "point_code": one, "point_name": f"点{one[-3:]}", **row, **changes} for one in codes]
    with served.centre.database.touch() as db:
        known = {one["name"] for one in rows.nodes(db)}
        rows.insert(db, rows.node, [one for one in made if one["name"] not in known])


def _card(client: httpx.Client, number: str) -> str:
    typed = {"number": number, "colour": "red", "text": "群众反映窗口多收了两份材料，清单上没有。"}
    place = client.post("/supervision/raise", data=hidden(client, "/supervision") | typed).url.path
    step(client, place, "explain", text="新来的同志不熟悉清单，已当面退还并道歉。")
    return place


def _complaint(client: httpx.Client) -> str:
    typed = {
        "channel": "phone",
        "sort": "complaint",
        "text": "窗口中午没有人，跑了两趟。",
        "name": "巴图",
        "phone": "13800000000",
    }
    typed |= {"org": "民政局"}
    page = client.post("/complaints/new", data=hidden(client, "/complaints/new") | typed)
    place = html.unescape(re.search(r'href="(/complaints/TS[^"]+)"', page.text)[1])
    step(client, place, "answer", text="已安排中午轮班，窗口牌上写明值班人和电话。")
    step(client, place, "call-back", verdict="yes", text="来访人认可。")
    step(client, place, "publish", text="有群众反映窗口中午没有人：已安排中午轮班。")
    return place


def _disclosure(client: httpx.Client) -> str:
    typed = {
        "name": "某牧业专业合作社",
        "phone": "0479-0000000",
        "text": "申请公开2025年草原生态补奖资金分户发放情况",
        "id_number": "91110000600037341L",
    }
    client.post("/disclosure", data=typed)
    place = re.search(r'class="row" href="(/disclosures/[^"]+)"', client.get("/disclosures").text)[1]
    step(client, place, "register")
    step(client, place, "assign", org="综合窗口")
    step(client, place, "consult", verdict="third", party="某牧业专业合作社", text="是否同意公开分户金额")
    step(client, place, "opinion", verdict="object", party="某牧业专业合作社", text="涉及社员家庭情况")
    step(client, place, "review", verdict="part", text="户名和银行卡号属于个人隐私，分户金额可以公开")
    return place


def _lot(client: httpx.Client, shut: list[str]) -> dict[str, str]:
    asked = {"since": "2026-11-01", "until": "2026-11-30", "count": "2", "seed": "20261125", "title": "十一月抽查"}
    lot = client.post("/lots", data=hidden(client, "/lots") | asked).url.path
    drawn_ = next(one for one in shut if f'"{lot}/files/{one}"' in client.get(lot).text)
    return {"lot": lot, "lot-file": f"{lot}/files/{drawn_}"}


def _writings(client: httpx.Client) -> dict[str, str]:
    token = hidden(client, "/writings")
    report = client.post("/writings/reports", data=token | {"period": "monthly 2026-11"}).url.path
    typed = {"title": "流动代办车进牧区", "text": "三天办了四十件，行程三百公里，牧民不用出嘎查。", "topic": "经验做法"}
    info = client.post("/writings/info", data=token | typed).url.path
    return {"report": report, "info": info, "writings-info": "/writings?tab=info"}


def new_catalogue() -> bytes:
    """A catalogue in which something changes, as a file."""
    seed = load.seed()
    first = msgspec.structs.replace(seed.items[0], version=seed.items[0].version + 1, hours="上午", place="二楼")
    return msgspec.json.encode(msgspec.structs.replace(seed, version="旗2026-12", items=(first, *seed.items[1:-1])))


def new_holidays() -> bytes:
    """A table of holidays with one more day off, as a file."""
    table = holidays.seed()
    return msgspec.json.encode(msgspec.structs.replace(table, days_off=table.days_off | {dt.date(2026, 7, 15)}))
