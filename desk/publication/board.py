"""公示栏张贴页 of one sumu, town or gacha: its own body's name, address, hours and telephones, and what it can do for
people, so large that it is read standing.
"""

from __future__ import annotations

import msgspec

from desk.errors import RefusedError
from desk.law import item_words
from desk.law.bodies.body import Body, Kind
from desk.law.bodies.competence import at_counter, on_paper
from desk.law.catalogue.item import Item, Need, ProxyMode
from desk.law.catalogue.known import HOTLINE
from desk.law.catalogue.rules import PROXY_NAMES
from desk.law.divisions import load as divisions
from desk.printing.document import Block, Document, Fields, Heading, Table, Text, draw
from desk.printing.facts import OfficeFacts, Scripts
from desk.publication import guide_facts
from desk.publication.listing import Listing

_TOWNSHIP, _VILLAGE = 9, 12  # digits of their codes
_COLUMNS = (("序号", 0.7), ("事项", 3.6), ("代办", 1.5), ("要带什么", 5.0), ("承诺时限", 2.0))


def places(listing: Listing) -> list[Body]:
    """The sumus and towns that have a sheet in the site, one body each; sheets of gachas are made one by one."""
    codes = {one.division for one in listing.bodies if len(one.division) == _TOWNSHIP}
    return [one for code in sorted(codes) if (one := body_of(listing, code))]


def body_of(listing: Listing, division: str) -> Body | None:
    """Who serves the people of `division` at a counter on the day of the list; None for nobody."""
    return at_counter(listing.bodies, division, listing.day)


def sheet(listing: Listing, division: str) -> bytes:
    """The PDF for `division`, any padding. Raises RefusedError where no body of it is published."""
    body = body_of(listing, division)
    if body is None:
        raise RefusedError("机构名录里没有这个地方的便民服务中心或代办点。", "", "请先在机构名录里补上，再打印张贴页。")
    own, others = _split(listing, body)
    blocks: list[Block] = [_reached(listing, body)]
    blocks += _section(listing, "在这里办", own)
    blocks += _section(listing, "别处办，可以在这里代办、帮办", others)
    if not own and not others:
        blocks.append(Text("目前没有在这里办或代办的事项。"))
    blocks.append(Text(_closing(listing), quiet=True))
    return draw(_document(listing, body, tuple(blocks)))


def _document(listing: Listing, body: Body, blocks: tuple[Block, ...]) -> Document:
    mark = "示例" if listing.is_sample else ""
    made = f"目录 {listing.catalogue.version}，{listing.day:%Y-%m-%d} 制"
    return Document("办事公示", _office(listing, body), blocks, "A4-large", printed=made, mark=mark)


def _office(listing: Listing, body: Body) -> OfficeFacts:
    """The head names the place; banner and township only where the body's own name does not."""
    phone = body.enquiry_phone or listing.phone
    return OfficeFacts(
        body.name_on(listing.day),
        "",
        "",
        listing.name,
        phone,
        body.complaint_phone or listing.supervision_phone,
        body.name_mn,
        scripts=_scripts(listing, body),
    )


def _scripts(listing: Listing, body: Body) -> Scripts:
    """As the office set it; where nobody set anything, the body's own name stands below its Chinese one."""
    scripts = listing.scripts
    return scripts if scripts.order or not body.name_mn else msgspec.structs.replace(scripts, order="below")


def _reached(listing: Listing, body: Body) -> Fields:
    """Where, when, by which telephone: the body's own; a place that is not said is asked for."""
    complaint = body.complaint_phone or listing.supervision_phone
    rows = [
        (("为谁服务", _people(body)),),
        (("地址", body.address or "见公示栏"),),
        (("办公时间", body.hours or "见公示栏"),),
        (("咨询电话", body.enquiry_phone or HOTLINE), ("监督投诉", complaint)),
    ]
    rows += [(("主管领导", body.leader),)] if body.leader else []
    above = listing.bodies.get(body.above)
    if above and above.enquiry_phone:
        rows.append((("上级机构", f"{above.name_on(listing.day)}，电话 {above.enquiry_phone}"),))
    return Fields(tuple(rows))


def _people(body: Body) -> str:
    found = divisions().get(body.division)
    return f"{found.name}的群众" if found else "本地群众"


def _split(listing: Listing, body: Body) -> tuple[list[Item], list[Item]]:
    """What is handled in this place itself, and what others handle and an agent here takes in; each by name."""
    own, others, names = [], [], _names_here(listing, body)
    for item in sorted(listing.items, key=lambda one: one.item_name):
        said = listing.exercised.get(item.task_code, item)
        here = on_paper(said, listing.bodies, body.division.ljust(_VILLAGE, "0"), listing.day)
        shown = msgspec.structs.replace(here, sample=item.sample)
        if here.org_name in names:
            own.append(shown)
        elif item.proxy_mode is not ProxyMode.PRESENCE:
            others.append(shown)
    return own, others


def _names_here(listing: Listing, body: Body) -> frozenset[str]:
    return frozenset(one.name_on(listing.day) for kind in Kind for one in listing.bodies.serving(kind, body.division))


def _section(listing: Listing, title: str, items: list[Item]) -> list[Block]:
    if not items:
        return []
    lines = tuple(_line(listing, at, one) for at, one in enumerate(items, 1))
    return [Heading(f"{title}（{len(items)} 项）"), Table(_COLUMNS, lines)]


def _line(listing: Listing, at: int, item: Item) -> tuple[str, ...]:
    """With the item's reviewed Mongolian under its name, where there is one."""
    name = f"{item.item_name}（示例）" if item.sample else item.item_name
    other = " ".join(listing.text(item).name.split("\n"))
    name = f"{name}\n{other}" if other else name
    limit = guide_facts.promise(item)
    return (str(at), name, PROXY_NAMES[item.proxy_mode], _papers(item), limit)


def _papers(item: Item) -> str:
    """The materials that everybody brings; the others are named in the guide."""
    needed = [one.name for one in item.materials if one.need is Need.REQUIRED and not one.situation]
    more = "；其余看服务指南" if len(needed) < len(item.materials) else ""
    if not needed:
        return "看服务指南" if item.materials else item_words.told(item, "materials")
    return "、".join(needed) + more


def _closing(listing: Listing) -> str:
    told = "每个事项的条件、材料、流程和收费以服务指南为准，可以在这里要一份。"
    return f"{told}发布：{listing.name}。"
