"""The chart is a picture that a browser reads: whatever people typed into an item stands in it as text alone.

A duty, a post or an item's name may hold marks of the language it is written in. The words of the chart's two ends are
the program's own, so that escaping them changes nothing.
"""

from __future__ import annotations

from xml.etree import ElementTree

import msgspec
import pytest

from desk.law.catalogue import load
from desk.law.catalogue.item import Item
from desk.publication.flow_svg import flow_chart

NASTY = "<script>x</script>&amp;<g/>"
SVG = "{http://www.w3.org/2000/svg}"


def item(**changes: object) -> Item:
    return msgspec.structs.replace(load.seed().items[0], **changes)


def stepped(**changes: object) -> Item:
    whole = item()
    return item(steps=(msgspec.structs.replace(whole.steps[0], **changes), *whole.steps[1:]))


TYPED = {
    "item_name": item(item_name=NASTY),
    "rights": item(rights=NASTY),
    "remedy": item(remedy=NASTY),
    "supervision_phone": item(supervision_phone=NASTY),
    "org_name": item(org_name=NASTY),
    **{name: stepped(**{name: NASTY}) for name in ("name", "post", "duty", "supervision")},
}


@pytest.mark.parametrize("field", TYPED)
def test_what_was_typed_is_text_and_nothing_else(field: str) -> None:
    chart = flow_chart(TYPED[field])
    read = ElementTree.fromstring(chart)  # noqa: S314 - our own, and of known size
    assert {one.tag.removeprefix(SVG) for one in read.iter()} == {"svg", "title", "rect", "text", "path"}
    assert NASTY in "".join(read.itertext())
    assert "<script" not in chart
