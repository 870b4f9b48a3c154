"""What the agents do at the counter: take a case in as a herder brings it, and what is the point's in its road."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.app.open_desk import Desk
from desk.counter.handling import brought
from desk.demonstration.people import BY_NAME
from desk.demonstration.roads import DESK
from desk.demonstration.stories import ITEMS, Story
from desk.law.catalogue.item import Item, Need
from desk.log.events import Person, Proxy, Served, TakenMaterial
from desk.store.snapshots import Draft, DraftMaterial

# Values of the items' own forms; `day-3` is the day three days before, `sixty` the birthday
# at which the applicant was 60.
_FIELDS: dict[str, dict[str, str]] = {
    "低保": {"members": "3", "pasture": "1860", "stock": "74"},
    "救助": {"reason": "重大疾病", "happened": "day-12"},
    "高龄": {"band": "80—99 周岁"},
    "残疾证": {"kind": "肢体"},
    "草补": {"ban": "1200", "balance": "2400", "stock": "160"},
    "流转": {"area": "1500", "start": "day+30", "end": "day+1856", "way": "出租"},
    "占用": {"area": "45", "purpose": "修建牧道和蓄水池", "until": "day+300"},
    "不动产": {"kind": "首次登记", "area": "96"},
    "农机": {"machine": "9YG-1.3 圆捆打捆机", "price": "68000", "bought": "day-9"},
    "参保": {"band": "500 元"},
    "养老": {"turned": "sixty"},
    "医保": {"hospital": "锡林郭勒盟中心医院", "amount": "12860.5", "out": "day-15"},
    "法援": {"matter": "草场承包"},
}
_LACKING = "亲属在外地，下次来苏木时补交"
_MISTYPED = "打错一位数字，按申请人当面说的更正"


def item_named(desk: Desk, short: str) -> Item:
    """The item that the stories call by this word. StopIteration for one that there is not."""
    return next(row.item for row in desk.items() if row.item.item_name == ITEMS[short])


def filled(short: str, who: Person, day: dt.date) -> dict[str, str]:
    """The values of an item's form for somebody, as of `day`."""
    return {code: _value(text, who, day) for code, text in _FIELDS.get(short, {}).items()}


def _value(text: str, who: Person, day: dt.date) -> str:
    if text == "sixty":  # the birthday, out of the number
        born = who.id_number[6:14]
        return f"{int(born[:4]) + 60}-{born[4:6]}-{born[6:]}"
    return (day + dt.timedelta(int(text[3:]))).isoformat() if text.startswith("day") else text


def draft_of(desk: Desk, story: Story, draft_id: str) -> Draft:
    """The register page as the agent filled it in."""
    item = item_named(desk, story.item)
    applicant = _before_correction(BY_NAME[story.who]) if "correct" in story.road.split() else BY_NAME[story.who]
    return Draft(
        draft_id,
        applicant,
        task_code=item.task_code,
        situation=item.situations[0].code if item.situations else "",
        fields=filled(story.item, applicant, desk.today_date()),
        materials=tuple(_tick(one.code, item, story) for one in item.materials if _comes(one.need, one.code, story)),
        proxy=Proxy(BY_NAME[story.came], story.relation) if story.came else None,
    )


def _comes(need: Need, code: str, story: Story) -> bool:
    return need is not Need.OPTIONAL or code == story.lacks


def _tick(code: str, item: Item, story: Story) -> DraftMaterial:
    one = next(material for material in item.materials if material.code == code)
    if code == story.lacks:
        return DraftMaterial(code, missing=_LACKING)
    return DraftMaterial(code, here=True, originals=one.originals, copies=one.copies, given_back=one.returned)


def _before_correction(person: Person) -> Person:
    return msgspec.structs.replace(person, phone=person.phone[:-1] + str((int(person.phone[-1]) + 1) % 10))


def go_on(desk: Desk, number: str, step: str, story: Story) -> bool:
    """Take a step of the point's; False where the case is not there yet."""
    kind = DESK[step]
    if kind and kind not in desk.case(number).may:
        return False
    match step:
        case "serve":
            desk.handling.serve(number, _served(desk, story))
        case "bring":
            return _bring(desk, number)
        case "correct":
            desk.corrections.correct(number, {"applicant.phone": BY_NAME[story.who].phone}, _MISTYPED, in_book=True)
        case _ if step.startswith("rate"):
            desk.handling.rate(number, int(step[4:]), story.words if step in ("rate1", "rate2") else "")
        case _:
            desk.handling.act(number, kind, story.words if step in ("withdraw", "void") else "")
    return True


def _served(desk: Desk, story: Story) -> Served:
    took = (story.came, story.relation, "老人行动不便，由家人代领") if story.came else (story.who, "", "")
    return Served(
        officer=desk.account.name,
        org=desk.office.point_name,
        reasons=took[2],
        recipient=took[0],
        relation=took[1],
        how="代收" if story.came else "直接送达",
        documents=(f"{ITEMS[story.item]}办理结果",),
    )


def _bring(desk: Desk, number: str) -> bool:
    """What the centre asked for comes; False while the desk has not heard of it."""
    case = desk.case(number).case
    if case.supplement is None:
        return False
    asked = tuple(brought(TakenMaterial(f"asked-{at}", name), 0, 1) for at, name in enumerate(case.supplement.missing))
    desk.handling.add_materials(number, asked)
    return True
