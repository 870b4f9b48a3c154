"""What the papers say: plain facts, put together by `desk.papers`, drawn by the documents beside this file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Paper(StrEnum):
    """What a document is printed on."""

    A4 = "A4"
    A5 = "A5"
    ROLL = "80mm"
    ROLL_58 = "58mm"


class Scripts(msgspec.Struct, frozen=True):
    """Where Mongolian stands beside the Chinese of a paper, as the office set it.

    `order`: "below" a line under the Chinese, "above" one over it, "left" columns of the names down the margin and
    labels over their Chinese, "" none. Where both stand in public the common language leads in place and order
    (民族团结进步促进法§15). `ratio` is the size of the Mongolian to that of the Chinese. `labels` are the reviewed
    Mongolian words of the program's own Chinese ones.
    """

    order: str = ""
    ratio: float = 1.0
    labels: Mapping[str, str] = {}


class OfficeFacts(msgspec.Struct, frozen=True):
    """The head of every paper. `point_name_mn` is the township's own Mongolian, drawn in a vertical column."""

    point_name: str
    township: str
    banner: str
    centre_name: str
    phone: str
    supervision_phone: str = "12345"
    point_name_mn: str = ""
    demonstration: bool = False
    practice: bool = False
    scripts: Scripts = Scripts()
    pictures: Mapping[str, bytes] = {}  # of characters that no face has, PNG
    large_print: bool = False  # for weak eyes: receipt, 告知单 and guide in 四号 and larger
    address: str = ""  # where its counter is and when it is open, as the register of bodies has it
    hours: str = ""


class MaterialLine(msgspec.Struct, frozen=True):
    """One material that was taken in."""

    name: str
    originals: int
    copies: int
    returned: bool


class MissingLine(msgspec.Struct, frozen=True):
    """One material that was not."""

    name: str
    reason: str
    until: dt.date | None


class ReceiptFacts(msgspec.Struct, frozen=True):
    """代办收件回执: fields of domain-facts §1.3; numbers come masked."""

    office: OfficeFacts
    intake_no: str
    item_name: str
    task_code: str
    item_version: int
    catalogue_version: str
    applicant_name: str
    id_masked: str
    phone_masked: str
    materials: tuple[MaterialLine, ...]
    missing: tuple[MissingLine, ...]
    collected_at: dt.datetime
    agent_name: str
    code: str  # what the QR holds
    promised: dt.date | None = None
    promised_provisional: bool = False
    promised_basis: str = ""
    representative: str = ""  # who answers for an organisation
    proxy_name: str = ""  # who came for the applicant, with what they are to them
    situation: str = ""
    note: str = ""
    sample: bool = False
    printed: str = ""  # when and by whom
    by_roll: bool = False  # taken in with a roll: nobody looked at each household's papers
    organ: str = ""  # who handles it: name, address, hours, telephones; "" where no body is known
    replaces: bool = False  # drawn again after a correction, in the place of a former one
    sums: tuple[tuple[str, str], ...] = ()  # money that the form asks for: its name, digits and capitals
    stated: tuple[tuple[str, str], ...] = ()  # other limits of the item: name, what is said of it
    promised_beside: str = ""  # what changed the promise since
    name_mn: str = ""  # the applicant's, as they write it
    hand_over: dt.date | None = None  # when the point means to take the papers to the centre
