"""What the law demands of each step of a request for disclosure, whoever takes it (政府信息公开条例§29 to §40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from desk.folds.office.disclosing import days
from desk.folds.office.disclosing.grounds import (
    BY_CODE,
    GIVING,
    GROUND_BY_CODE,
    GROUND_NAMES,
    PART_GROUNDS,
    REVIEWED,
    Demand,
)
from desk.folds.office.disclosing.request import (
    CONTESTED,
    OPINIONS,
    PARTIES,
    RESULTS,
    SENT,
    STATES,
    Disclosure,
    may,
)
from desk.folds.office.office_record import Asked
from desk.folds.refusal import Refusal
from desk.law import deadline
from desk.log.office_events import Disclosing, DisclosureAsked

_FORMER = ("disclosure.answered",)  # steps that are read, and no longer taken
_BEFORE = ("disclosure.registered", "disclosure.withdrawn")  # what is taken before it is registered


def begins(_none: None, asked: Asked) -> Refusal | None:
    """Why a request may not be taken in so: who asks, for what, how to reach them (§29)."""
    made = asked.data
    if not isinstance(made, DisclosureAsked):
        return Refusal("没有这件申请。")
    if not (made.name.strip() and made.text.strip() and made.id_number.strip() and made.phone.strip()):
        return Refusal("申请要有姓名或名称、身份证明、联系方式和要公开的内容（政府信息公开条例§29）。")
    if made.way == "post" and not made.address.strip():
        return Refusal("要邮寄的，请写通信地址。")
    return Refusal("要用电子邮件的，请写邮箱。") if made.way == "email" and "@" not in made.email else None


def takes(found: Disclosure, kind: str) -> bool:
    """Whether a step of this kind may be taken now: less than what counted in older logs."""
    return may(found, kind) and kind not in _FORMER and (found.state != "asked" or kind in _BEFORE)


def refusal(request: msgspec.Struct, asked: Asked) -> Refusal | None:
    """Why a request may not take this step; None when it may."""
    assert isinstance(request, Disclosure)  # noqa: S101 - the family's own fold made it
    data = asked.data
    if asked.kind == "disclosure.mend_asked" and request.mend:
        return Refusal("已经告知过一次补正，只能一次告知（政府信息公开条例§30）。")
    if asked.kind == "disclosure.extended" and request.extended:
        return Refusal("已经延长过一次，不能再延（政府信息公开条例§33）。")
    if not isinstance(data, Disclosing) or not takes(request, asked.kind):
        return Refusal(f"现在是“{STATES[request.state]}”，不能这样办。")
    rule = _RULES.get(asked.kind)
    found = rule(request, data, asked) if rule else None
    if found is not None:
        return found
    return None if data.due == days.owed(request, asked.kind, data, asked.table) else _WRONG_DUE


_WRONG_DUE = Refusal("答复的最后一天与按条例算出的不一致。", "请刷新页面再办。")


def _registered(found: Disclosure, data: Disclosing, asked: Asked) -> Refusal | None:
    """The day of receipt is what the channel says (§31)."""
    said, came = days.received(found), days.came(found.asked, found.asked_at)
    if data.day is None or not came <= data.day <= asked.today:
        return Refusal("收到申请的日期要在来件之日和今天之间（政府信息公开条例§31）。")
    if said is not None and data.day != said:
        return Refusal(f"这个途径的申请，收到之日是 {said}（政府信息公开条例§31）。")
    return None


def _assigned(_found: Disclosure, data: Disclosing, _asked: Asked) -> Refusal | None:
    return None if data.org.strip() else Refusal("请选择承办部门。")


def _mend_asked(found: Disclosure, data: Disclosing, asked: Asked) -> Refusal | None:
    """Once, whole, within seven working days, with a term (§30)."""
    last = days.mend_by(found, asked.table)
    if asked.today > last:
        return Refusal(f"告知补正最迟 {last}，已经过了（政府信息公开条例§30）。", "请按现有内容答复。")
    if not data.text.strip():
        return Refusal("请写明要补正的全部事项。")
    return _ahead(data.until, asked.today, "请写明补正的最后一天，在今天以后。")


def _ahead(until: dt.date | None, today: dt.date, words: str) -> Refusal | None:
    return None if until is not None and until > today else Refusal(words)


def _mended(_found: Disclosure, data: Disclosing, asked: Asked) -> Refusal | None:
    if not data.text.strip():
        return Refusal("请写补正后的内容。")
    return _past(data.day, asked.today)


def _past(day: dt.date | None, today: dt.date) -> Refusal | None:
    return None if day is not None and day <= today else Refusal("请写日期，不能在今天以后。")


def _given_up(found: Disclosure, data: Disclosing, asked: Asked) -> Refusal | None:
    """Only once the term is over, and without a good reason (§30)."""
    until = found.mend.until if found.mend else None
    if until is not None and asked.today <= until:
        return Refusal(f"补正期限到 {until}，还没有过。")
    return _worded(found, data, asked)


def _worded(_found: Disclosure, data: Disclosing, _asked: Asked) -> Refusal | None:
    return None if data.text.strip() else Refusal("请写明情况。")


def _consult_asked(found: Disclosure, data: Disclosing, asked: Asked) -> Refusal | None:
    """In writing, with fifteen working days from when the letter reached them (§32, §34)."""
    if not data.party.strip() or data.verdict not in PARTIES:
        return Refusal("请写征求谁的意见。")
    if any(one.name == data.party for one in found.waited):
        return Refusal("已经在征求这一方的意见。")
    if refused := _past(data.day, asked.today) or _worded(found, data, asked):
        return refused
    last = days.opinion_by(data.day, asked.table) if data.day else None
    return None if data.until == last else Refusal(f"对方提出意见的最后一天应当是 {last}（政府信息公开条例§32、§34）。")


def _consulted(found: Disclosure, data: Disclosing, asked: Asked) -> Refusal | None:
    """An opinion, or none within the time (§32: then the organ decides; §34: then it agrees)."""
    party = next((one for one in found.waited if one.name == data.party), None)
    if party is None:
        return Refusal("没有在征求这一方的意见。")
    if data.verdict not in OPINIONS:
        return Refusal("请选对方的意见。")
    if data.day is None or not party.day <= data.day.isoformat() <= asked.today.isoformat():
        return Refusal("意见的日期要在征求之日和今天之间。")
    if data.verdict == "silent" and data.day.isoformat() <= party.until:
        return Refusal(f"对方提意见的期限到 {party.until}，还没有过。")
    return _worded(found, data, asked) if data.verdict == "object" else None


def _extended(found: Disclosure, data: Disclosing, asked: Asked) -> Refusal | None:
    """Once, with approval, no longer than the law lets it (§33)."""
    if refused := _worded(found, data, asked):
        return refused
    if not data.approved.strip():
        return Refusal("延长要经政府信息公开工作机构负责人同意，请写是谁（政府信息公开条例§33）。")
    if found.due and found.due < asked.today.isoformat():
        return Refusal(f"答复的最后一天 {found.due} 已经过了，不能再延长。", "请尽快答复。")
    last = days.later(found, asked.today, asked.table)
    fits = data.until is not None and data.until <= last
    return None if fits else Refusal(f"最多延长 {deadline.words(days.LONGER)}，到 {last}（政府信息公开条例§33）。")


def _reviewed(found: Disclosure, data: Disclosing, asked: Asked) -> Refusal | None:
    """先审查后公开: what is to be disclosed was looked through before it is (§17)."""
    if data.verdict not in REVIEWED:
        return Refusal("请选审查意见。")
    return _worded(found, data, asked)


def _replied(found: Disclosure, data: Disclosing, _asked: Asked) -> Refusal | None:
    """In one of the ways of the law, with all that it demands (§32, §36, §37)."""
    way = BY_CODE.get(data.verdict)
    if way is None:
        return Refusal("请选择答复方式。")
    if not data.text.strip():
        return Refusal(f"请写明：{way.hint}。")
    lacking = next((one for one in way.demands if not _MET[one](found, data)), None)
    if lacking is not None:
        return Refusal(f"“{way.name}”（政府信息公开条例{way.article}）还差一项：{lacking.value}。")
    return _grounds(found, data) or _third(found, data)


def _withheld(data: Disclosing) -> bool:
    whole = (one.what.strip() and one.reasons.strip() and one.ground in PART_GROUNDS for one in data.withheld)
    return bool(data.withheld) and all(whole)


_MET: dict[Demand, Callable[[Disclosure, Disclosing], object]] = {
    Demand.REVIEWED: lambda found, data: found.review is not None and found.review.verdict == data.verdict,
    Demand.MATERIAL: lambda _found, data: data.files or data.where.strip(),
    Demand.WHERE: lambda _found, data: data.where.strip(),
    Demand.WITHHELD: lambda _found, data: _withheld(data),
    Demand.GROUND: lambda _found, data: data.ground in GROUND_NAMES,
    Demand.OTHER: lambda _found, data: data.other.strip(),
    Demand.LAW: lambda _found, data: "《" in data.text,
}


def grounds(data: Disclosing) -> list[tuple[str, str]]:
    """The grounds that an answer names, each with its reasons."""
    whole = [(data.ground, data.text)] if data.verdict == "no" else []
    return whole + [(one.ground, one.reasons) for one in data.withheld if data.verdict == "part"]


def _grounds(found: Disclosure, data: Disclosing) -> Refusal | None:
    """A law that forbids is named; whom it would harm was asked before (§14, §32)."""
    for code, reasons in grounds(data):
        ground = GROUND_BY_CODE.get(code)
        if ground and ground.names_law and "《" not in reasons:
            return Refusal(f"“{ground.name}”要写明是哪一部法律、行政法规（带书名号）。")
        asked_third = any(one.sort == "third" and one.opinion in ("object", "silent") for one in found.parties)
        if code == "third" and not asked_third:
            return Refusal("以第三方合法权益为由不予公开的，要先书面征求第三方意见（政府信息公开条例§32）。")
    return None


def _third(found: Disclosure, data: Disclosing) -> Refusal | None:
    """Against a third party's word only for a weighty interest of the public, which is told in writing (§15, §32)."""
    kept = any(code == "third" for code, _ in grounds(data))
    if data.verdict in GIVING and found.objects and not kept and not data.public.strip():
        todo = "请写明不公开会对公共利益造成什么重大影响，并书面告知第三方。"
        return Refusal("第三方不同意公开（政府信息公开条例§32）。", todo)
    return None


def _sent(found: Disclosure, data: Disclosing, asked: Asked) -> Refusal | None:
    if data.way not in SENT:
        return Refusal("请选答复是怎样送出的。")
    first = found.replied_at[:10]
    if data.day is None or not first <= data.day.isoformat() <= asked.today.isoformat():
        return Refusal(f"送出的日期要在 {first} 和今天之间。")
    if data.way == "email" and "@" not in (data.text or found.asked.email):
        return Refusal("请写发到的邮箱。")
    needs = {"post": "请写挂号信或快递的单号。", "collect": "请写领取人，并留下签收。"}
    return Refusal(needs[data.way]) if data.way in needs and not data.text.strip() else None


def _split(_found: Disclosure, data: Disclosing, _asked: Asked) -> Refusal | None:
    return None if len(data.others) > 1 else Refusal("请把申请的事项分成两件以上，一行一件。")


def _joined(_found: Disclosure, data: Disclosing, _asked: Asked) -> Refusal | None:
    return None if data.other.strip() else Refusal("请写并入哪一件的编号。")


def _contested(_found: Disclosure, data: Disclosing, _asked: Asked) -> Refusal | None:
    fits = data.ground in CONTESTED and data.verdict in RESULTS
    return None if fits else Refusal("请选复议还是诉讼，结果如何。")


_RULES: dict[str, Callable[[Disclosure, Disclosing, Asked], Refusal | None]] = {
    "disclosure.registered": _registered,
    "disclosure.assigned": _assigned,
    "disclosure.mend_asked": _mend_asked,
    "disclosure.mended": _mended,
    "disclosure.given_up": _given_up,
    "disclosure.consult_asked": _consult_asked,
    "disclosure.consulted": _consulted,
    "disclosure.extended": _extended,
    "disclosure.reviewed": _reviewed,
    "disclosure.replied": _replied,
    "disclosure.sent": _sent,
    "disclosure.split": _split,
    "disclosure.joined": _joined,
    "disclosure.withdrawn": _worded,
    "disclosure.contested": _contested,
}
