"""Answers to requests for disclosure 依申请公开: each of the law's ways with its own article and remedy; and that an
answer comes later (政府信息公开条例§33, §36, §39)."""

from __future__ import annotations

from desk import clock
from desk.folds.office.disclosure import ANSWERS, Disclosure
from desk.folds.office.office_record import Step
from desk.folds.organs import Organ
from desk.law import id_numbers, redress
from desk.law.catalogue import cited
from desk.law.catalogue.item import Regime
from desk.printing.document import Block, Closed, Document, Signatures, Text
from desk.printing.facts import OfficeFacts
from desk.printing.organ.matter import dated, filled

_LAW = "政府信息公开条例"
_ARTICLES = {
    "open": "§36(二)",
    "where": "§36(一)",
    "no": "§36(三)",
    "none": "§36(四)",
    "elsewhere": "§36(五)",
    "again": "§36(六)",
    "enquiry": "§39",
}
_TITLES = {
    "answer": ("disclosure.answered", "政府信息公开申请答复书"),
    "later": ("disclosure.extended", "政府信息公开延期答复告知书"),
}


def titles(asked: Disclosure) -> dict[str, str]:
    """The papers that a request has by now, by key."""
    return {key: title for key, (kind, title) in _TITLES.items() if _step(asked, kind)}


def _step(asked: Disclosure, kind: str) -> Step | None:
    return next((one for one in asked.history if one.kind == kind), None)


def made(
    key: str, asked: Disclosure, organ: Organ, regime: Regime | None, office: OfficeFacts, printed: str
) -> Document:
    """The answer, or that it comes later, as an original of `organ`. KeyError: there is no such paper."""
    kind, title = _TITLES[key]
    step = _step(asked, kind)
    blocks = _answered(asked, organ, regime) if key == "answer" else _later(asked, step)
    end = (
        Closed(organ.name, dated(clock.day(step.time)) if step else "", "（印章）"),
        Signatures("申请人签收：", "日期："),
    )
    number = f"申请编号 {asked.asked.number}"
    whole = (_who(asked), *blocks, *end)
    return Document(title, office, whole, paper="A4-organ", number=number, printed=printed, organ=organ.name)


def _who(asked: Disclosure) -> Block:
    person = asked.asked
    return filled(
        (
            (("申请人", person.name), ("证件号码", id_numbers.masked(person.id_number))),
            (("收到申请的日期", asked.asked_at[:10]), ("提供方式", person.form)),
            (("申请公开的内容", person.text),),
        )
    )


def _answered(asked: Disclosure, organ: Organ, regime: Regime | None) -> tuple[Block, ...]:
    article = _ARTICLES.get(asked.verdict, "")
    return (
        Text(f"答复：{ANSWERS.get(asked.verdict, '')}。", strong=True),
        filled(
            (
                (("答复内容", asked.answer),),
                (("依据", cited.in_full(_LAW, article) if article else ""),),
                (("救济途径", cited.spelt(redress.remedy(None, regime, organ.whom))),),
            )
        ),
    )


def _later(asked: Disclosure, step: Step | None) -> tuple[Block, ...]:
    until = asked.extended_to or asked.due
    words = f"延长到 {until}" if until else "延长"
    return (
        Text(f"经政府信息公开工作机构负责人同意，答复期限{words}。", strong=True),
        filled(((("延长至", until),), (("理由", step.text if step else ""),), (("依据", cited.in_full(_LAW, "§33")),))),
    )
