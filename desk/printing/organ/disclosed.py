"""Papers about requests for disclosure 依申请公开: that one is registered, what is to be mended, what a third party is
asked and told, that the answer comes later, and the answer, each of the law's ways with its own article and remedy
(政府信息公开条例§30 to §39)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from desk import clock
from desk.folds.office.disclosing import days
from desk.folds.office.disclosing.grounds import (
    ANSWERS,
    BY_CODE,
    GIVING,
    GROUND_BY_CODE,
    LAW,
    NO_INFORMATION,
    PART_GROUNDS,
)
from desk.folds.office.disclosing.request import SENT, THIRD, Disclosure, Party
from desk.folds.office.office_record import Step
from desk.folds.organs import Organ
from desk.law import deadline, id_numbers, redress
from desk.law.catalogue import cited
from desk.law.catalogue.item import Regime
from desk.printing.document import BLANK, Block, Closed, Document, Fields, Heading, Listed, Signatures, Table, Text
from desk.printing.facts import OfficeFacts
from desk.printing.organ.matter import dated, filled

_ANSWERED: tuple[str, ...] = ("disclosure.replied", "disclosure.answered")
_AS_IT_CAME = ("registered", "mend")  # papers of before anything was mended
_CONSULT, _PUBLIC = "consult-", "told-"  # with the place of the party among those that were asked


class _Of(msgspec.Struct, frozen=True):
    asked: Disclosure
    organ: Organ
    regime: Regime | None


def titles(asked: Disclosure) -> dict[str, str]:
    """The papers that a request has by now, by key."""
    found = {key: title for key, (kinds, title, _) in _PAPERS.items() if _step(asked, kinds)}
    for at, party in enumerate(asked.parties):
        found[f"{_CONSULT}{at}"] = f"政府信息公开征求意见书（{party.name}）"
    for at, party in enumerate(asked.parties):
        if _is_told(asked, party):
            found[f"{_PUBLIC}{at}"] = f"决定公开政府信息告知书（{party.name}）"
    return found


def _is_told(asked: Disclosure, party: Party) -> bool:
    """A third party that did not want it is told what is disclosed, and why (§32)."""
    return bool(asked.verdict in GIVING and party.sort == THIRD and party.opinion == "object" and asked.reply
                and asked.reply.public)  # fmt: skip


def _step(asked: Disclosure, kinds: tuple[str, ...]) -> Step | None:
    return next((one for one in reversed(asked.history) if one.kind in kinds), None)


def made(
    key: str, asked: Disclosure, organ: Organ, regime: Regime | None, office: OfficeFacts, printed: str
) -> Document:
    """A paper as an original of `organ`. KeyError: there is no such paper."""
    if key.startswith((_CONSULT, _PUBLIC)):
        return _to_party(key, asked, organ, office, printed)
    kinds, title, blocks = _PAPERS[key]
    if key in _AS_IT_CAME:
        asked = msgspec.structs.replace(asked, mended="", others=(), counted=asked.registered or asked.counted)
    of = _Of(asked, organ, regime)
    number = _number(asked, key)
    whole = (_who(asked), *blocks(of), *_end(organ, _step(asked, kinds), "申请人签收："))
    return Document(title, office, whole, paper="A4-organ", number=number, printed=printed, organ=organ.name)


def _end(organ: Organ, step: Step | None, sign: str) -> tuple[Block, ...]:
    day = dated(clock.day(step.time)) if step else ""
    return (Closed(organ.name, day, "（印章）"), Signatures(sign, "日期："))


def _number(asked: Disclosure, key: str) -> str:
    own = {"answer": asked.reply, "later": asked.extension, "mend": asked.mend}.get(key)
    return own.number if own and own.number else f"申请编号 {asked.asked.number}"


def _who(asked: Disclosure) -> Block:
    person = asked.asked
    way = f"{person.form}（{SENT[person.way]}）" if person.way in SENT and person.form else person.form
    return filled(
        (
            (("申请人", person.name), ("证件号码", id_numbers.masked(person.id_number))),
            (("收到申请的日期", asked.counted or asked.asked_at[:10]), ("提供方式", way)),
            (("申请编号", person.number), ("并案答复", "、".join(asked.others) if asked.state != "split" else "")),
            (("申请公开的内容", asked.wanted),),
        )
    )


def _article(ground: str) -> str:
    if ground == NO_INFORMATION:
        return cited.in_full(LAW, "§37")
    found = GROUND_BY_CODE.get(ground)
    return cited.in_full(LAW, found.article) if found else ""


def basis(verdict: str, ground: str) -> str:
    """The article that an answer rests on, and that of its ground where it withholds all."""
    way = BY_CODE.get(verdict)
    found = [cited.in_full(LAW, way.article)] if way else []
    if ground in PART_GROUNDS:
        found.append(f"{_article(ground)}（{PART_GROUNDS[ground]}）")
    return "，".join(found)


def _answered(of: _Of) -> tuple[Block, ...]:
    asked, reply = of.asked, of.asked.reply
    rows = [
        (("答复内容", asked.answer),),
        (("依据", basis(asked.verdict, reply.ground if reply else "")),),
        (("获取的方式、途径", reply.where if reply else ""),),
        (("重复的申请", reply.other if reply else ""),),
        (("公共利益", reply.public if reply else ""),),
    ]
    remedy = cited.spelt(redress.remedy(None, of.regime, of.organ.whom))
    blocks: list[Block] = [Text(f"答复：{ANSWERS.get(asked.verdict, '')}。", strong=True), filled(tuple(rows))]
    if reply and reply.files:
        blocks += [Heading("随本答复书提供的文件"), Listed(tuple(one.name for one in reply.files))]
    if reply and reply.withheld:
        parts = tuple(
            (one.what, f"{PART_GROUNDS.get(one.ground, '')}\n{_article(one.ground)}".strip(), one.reasons)
            for one in reply.withheld
        )
        columns = (("不予公开的内容", 3.0), ("依据", 3.6), ("理由", 4.0))
        blocks += [Heading("不予公开的部分"), Table(columns, parts)]
    return (*blocks, filled(((("救济途径", remedy),),)))


def _later(of: _Of) -> tuple[Block, ...]:
    asked, step = of.asked, _step(of.asked, ("disclosure.extended",))
    until, who = asked.extended_to or asked.due, asked.extension.approved if asked.extension else ""
    words = f"延长到 {until}" if until else "延长"
    return (
        Text(f"经政府信息公开工作机构负责人{who}同意，答复期限{words}。", strong=True),
        filled(((("延长至", until),), (("理由", step.text if step else ""),), (("依据", cited.in_full(LAW, "§33")),))),
    )


def _registered(of: _Of) -> tuple[Block, ...]:
    asked = of.asked
    return (
        Text(
            f"您的申请已于 {asked.counted} 收到并登记。\n自收到之日起 {deadline.words(days.LIMIT)}内答复。\n"
            f"需要延长的，经同意后告知您，最多延长 {deadline.words(days.LONGER)}。\n"
            "征求第三方和其他机关意见的时间不计算在内。",
            strong=True,
        ),
        filled(((("依据", cited.in_full(LAW, "§31、§33")),),)),
    )


def _mend(of: _Of) -> tuple[Block, ...]:
    mend = of.asked.mend
    wanted = tuple(one.strip() for one in mend.text.splitlines() if one.strip()) if mend else ()
    until = mend.until.isoformat() if mend and mend.until else ""
    return (
        Text("您的申请内容不明确，现一次性告知需要补正的事项："),
        Listed(wanted),
        Text(
            f"请于 {until} 前补正。答复期限自收到补正的申请之日起计算；"
            "无正当理由逾期不补正的，视为放弃申请，不再处理。",
            strong=True,
        ),
        filled(((("依据", cited.in_full(LAW, "§30")),),)),
    )


def _given_up(of: _Of) -> tuple[Block, ...]:
    step = _step(of.asked, ("disclosure.given_up",))
    return (
        Text("您逾期没有补正，又没有正当理由，视为放弃申请，不再处理。", strong=True),
        filled(((("情况", step.text if step else ""),), (("依据", cited.in_full(LAW, "§30")),))),
    )


def _to_party(key: str, asked: Disclosure, organ: Organ, office: OfficeFacts, printed: str) -> Document:
    """To a third party or another organ: what is asked for, never by whom."""
    head, _, at = key.partition("-")
    if not at.isdigit() or int(at) >= len(asked.parties) or key not in titles(asked):
        raise KeyError(key)
    party = asked.parties[int(at)]
    if head == "consult":
        title, step = "政府信息公开征求意见书", _asking(asked, int(at))
        blocks = _consulted(asked, party, step)
    else:
        title, step = "决定公开政府信息告知书", _step(asked, _ANSWERED)
        blocks = _told_party(asked, party)
    end = _end(organ, step, f"{party.name}签收：")
    number = f"申请编号 {asked.asked.number}"
    return Document(title, office, (*blocks, *end), paper="A4-organ", number=number, printed=printed, organ=organ.name)


def _asking(asked: Disclosure, at: int) -> Step | None:
    """The step by which the party at this place was asked."""
    steps = [one for one in asked.history if one.kind == "disclosure.consult_asked"]
    return steps[at] if at < len(steps) else None


def _consulted(asked: Disclosure, party: Party, step: Step | None) -> tuple[Block, ...]:
    is_third = party.sort == THIRD
    silence = "由本机关依照条例决定是否公开" if is_third else "视为同意公开"
    article = "§32" if is_third else "§34"
    return (
        Text(f"{party.name}："),
        Text("有人申请公开下列政府信息，涉及贵方，现书面征求意见。"),
        filled(
            (
                (("申请公开的内容", asked.wanted),),
                (("征求的意见", step.text if step else ""),),
                (("依据", cited.in_full(LAW, article)),),
            )
        ),
        Text(
            f"请自收到本书之日起 {deadline.words(days.OPINION)}内（最迟 {party.until}）提出意见，"
            f"不同意公开的说明理由。逾期未提出的，{silence}。",
            strong=True,
        ),
        Text("意见：□ 同意公开　□ 部分同意公开　□ 不同意公开"),
        Fields(((("理由", BLANK + "\n" * 2),),)),
    )


def _told_party(asked: Disclosure, party: Party) -> tuple[Block, ...]:
    reply = asked.reply
    return (
        Text(f"{party.name}："),
        Text("贵方不同意公开下列政府信息。本机关认为不公开可能对公共利益造成重大影响，决定予以公开。", strong=True),
        filled(
            (
                (("申请公开的内容", asked.wanted),),
                (("决定公开的内容", asked.answer),),
                (("理由", reply.public if reply else ""),),
                (("依据", cited.in_full(LAW, "§15、§32")),),
            )
        ),
    )


_PAPERS: dict[str, tuple[tuple[str, ...], str, Callable[[_Of], tuple[Block, ...]]]] = {
    "registered": (("disclosure.registered",), "政府信息公开申请登记回执", _registered),
    "mend": (("disclosure.mend_asked",), "政府信息公开申请补正告知书", _mend),
    "later": (("disclosure.extended",), "政府信息公开延期答复告知书", _later),
    "given-up": (("disclosure.given_up",), "政府信息公开申请视为放弃告知书", _given_up),
    "answer": (_ANSWERED, "政府信息公开申请答复书", _answered),
}
