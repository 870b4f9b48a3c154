"""What a receipt says, out of the fold of its case; and the head of every paper of this office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from desk.counter.office.office_settings import Settings
from desk.counter.township.villages import Village
from desk.folds import case as cases
from desk.folds.clock_line import ClockLine
from desk.law import deadline, id_numbers, item_words, numbers
from desk.law.bodies.body import Body, bare
from desk.law.catalogue import known
from desk.law.catalogue.item import Item
from desk.law.divisions import load as divisions
from desk.log import events, receipt_code
from desk.printing import facts as paper_facts
from desk.store.identity import Identity
from desk.words.amounts import money

_TOWNSHIP = 9  # digits of its code


def office_facts(identity: Identity, settings: Settings, labels: Mapping[str, str]) -> paper_facts.OfficeFacts:
    """The head of this office's papers, and how its Mongolian stands on them."""
    return paper_facts.OfficeFacts(
        identity.point_name,
        identity.township,
        identity.banner,
        identity.centre_name,
        identity.phone,
        demonstration=identity.demonstration,
        practice=identity.practice,
        point_name_mn=settings.point_name_mn,
        scripts=scripts_of(settings, labels),
        large_print=settings.large_print,
    )


def scripts_of(settings: Settings, labels: Mapping[str, str]) -> paper_facts.Scripts:
    """Where this office's papers have Mongolian; nowhere without a reviewed word."""
    order = settings.mongolian_order if settings.point_name_mn or labels else ""
    return paper_facts.Scripts(order, settings.mongolian_percent / 100, dict(labels))


def counter_facts(own: paper_facts.OfficeFacts, counter: Village, day: dt.date) -> paper_facts.OfficeFacts:
    """The head of papers of another counter, made in this office: its names, place, hours and telephones as the
    register of bodies has them, never this office's own."""
    body, place = counter.body, divisions().get(bare(counter.point))
    name = body.name_on(day) if body else counter.counter
    above = divisions().get(counter.point[:_TOWNSHIP]) if place and place.level == "village" else None
    township = above.name if above and not name.startswith(above.name) else ""
    return msgspec.structs.replace(
        own,
        point_name=name,
        township=township,
        banner="" if name.startswith(own.banner) else own.banner,
        phone=body.enquiry_phone if body else "",
        supervision_phone=(body.complaint_phone if body else "") or known.HOTLINE,
        point_name_mn=body.name_mn if body else "",
        address=body.address if body else "",
        hours=body.hours if body else "",
    )


def proxy_name(came: events.Proxy | None) -> str:
    """Who came for the applicant, with what they are to them; "" for nobody."""
    if came is None:
        return ""
    return f"{came.person.name}（{came.relation}）" if came.relation else came.person.name


def receipt_facts(
    identity: Identity,
    office: paper_facts.OfficeFacts,
    case: cases.Case,
    item: Item | None,
    printed: str,
    *,
    body: Body | None = None,
    replaces: bool = False,
    beside: str = "",
    stated: tuple[ClockLine, ...] = (),
) -> paper_facts.ReceiptFacts:
    """代办收件回执 of a case, numbers masked; `item` is the version that it was taken in under, None where that is not
    known; `body` handles it; `replaces` a former one after a correction. The promise is the entry's; `beside` it stands
    what changed it since; `stated` are the item's other limits."""
    taken = case.collected
    situations = {one.code: one.name for one in item.situations} if item else {}
    return paper_facts.ReceiptFacts(
        office=office,
        intake_no=case.intake_no,
        item_name=taken.item.item_name,
        task_code=taken.item.task_code,
        item_version=taken.item.version,
        catalogue_version=taken.item.catalogue,
        applicant_name=taken.applicant.name,
        name_mn=taken.applicant.name_mn,
        id_masked=id_numbers.masked(taken.applicant.id_number),
        phone_masked=id_numbers.masked_phone(taken.applicant.phone),
        materials=tuple(
            paper_facts.MaterialLine(material.name, material.originals, material.copies, material.returned)
            for material in taken.materials
            if not material.missing
        ),
        missing=tuple(
            paper_facts.MissingLine(one.name, one.missing, one.until) for one in taken.materials if one.missing
        ),
        by_roll=bool(taken.roll),
        replaces=replaces,
        collected_at=dt.datetime.fromisoformat(case.collected_at),
        agent_name=taken.agent_name,
        code=receipt_code.address(identity.address, _code(identity, case.intake_no)),
        promised=taken.promised,
        promised_provisional=taken.promised_provisional,
        promised_basis=_basis(taken, item, office.phone),
        promised_beside=beside,
        hand_over=taken.hand_over,
        stated=tuple((one.name, f"{deadline.shown(one.on)}，{one.note}") for one in stated if one.on),
        representative=taken.applicant.representative,
        proxy_name=proxy_name(taken.proxy),
        sums=_sums(taken, item),
        situation=situations.get(taken.situation, ""),
        note=taken.note,
        sample=taken.sample,
        printed=printed,
        organ=_organ(taken.item.org_name, body) if body else "",
    )


def _sums(taken: events.Collected, item: Item | None) -> tuple[tuple[str, str], ...]:
    """The money that the item's form must be told, as it was told: 缴费档次, 提取金额."""
    asked = (one for one in item.fields if one.required) if item else ()
    found = ((one.name, money.amount(taken.fields.get(one.code, ""), one.unit)) for one in asked)
    return tuple((name, money.both(value)) for name, value in found if value is not None)


def _code(identity: Identity, intake_no: str) -> str:
    return receipt_code.make(identity.keys_of(numbers.node_of(intake_no)), intake_no)


def _basis(taken: events.Collected, item: Item | None, phone: str) -> str:
    """How the promised day is counted; without one, that none is promised or where to ask."""
    if taken.promised is None:
        return item_words.told(item, "promised_limit", phone) if item else known.ask(None, phone)
    limit = deadline.promised_limit(item) if item else None
    return f"收件之日起 {deadline.words(limit)}" if limit else ""


def _organ(name: str, body: Body) -> str:
    """Who handles it as the case has it, and how that body is reached."""
    reached = (
        ("地址", body.address),
        ("办公时间", body.hours),
        ("咨询", body.enquiry_phone),
        ("监督投诉", body.complaint_phone),
    )
    return "，".join([name, *(f"{what} {words}" for what, words in reached if words)])
