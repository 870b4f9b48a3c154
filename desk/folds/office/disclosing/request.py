"""A request for disclosure 依申请公开 as its entries tell it (政府信息公开条例§27 to §40)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from desk import clock
from desk.folds.office.office_record import Line, Step, steps
from desk.log.chain import Entry
from desk.log.office_events import Disclosing, DisclosureAsked

STATES = {
    "asked": "待登记",
    "registered": "待转办",
    "assigned": "待答复",
    "mending": "等申请人补正",
    "consulting": "征求意见中",
    "replied": "待送出",
    "answered": "已答复",
    "given_up": "视为放弃",
    "withdrawn": "已撤回",
    "joined": "已并案",
    "split": "已分件",
}
CHANNELS = {
    "web": "网上",
    "window": "当面提交",
    "mail": "邮寄（签收）",
    "letter": "平常信函",
    "fax": "传真",
    "desk": "代办点",
}
CONFIRMED = ("letter", "fax")  # received on the day on which it was confirmed with the applicant (§31)
SENT = {"online": "网上查看", "post": "邮寄", "email": "电子邮件", "collect": "当面领取", "desk": "代办点转交"}
THIRD, ORGAN = "third", "organ"
PARTIES = {THIRD: "第三方", ORGAN: "共同制作的机关"}
OPINIONS = {"agree": "同意公开", "object": "不同意公开", "silent": "逾期没有提出意见"}
RUNNING = ("registered", "assigned", "consulting", "mending")  # registered, and not answered
OPEN = ("asked", *RUNNING, "replied")
ASIDE = ("mending", "consulting")  # the time to answer stands still
CONTESTED = {"review": "行政复议", "suit": "直接提起行政诉讼", "suit_after": "复议后提起行政诉讼"}
RESULTS = {"pending": "尚未审结", "upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}


class Party(msgspec.Struct, frozen=True):
    """Whose opinion was asked: a third party (§32) or an organ that made it too (§34); days are ISO."""

    name: str
    sort: str
    day: str  # on which the letter reached them
    until: str
    opinion: str = ""
    text: str = ""
    answered: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the opinion is still awaited."""
        return not self.opinion


class Disclosure(msgspec.Struct, frozen=True):
    """A request. `due`: the last day to answer, "" while the time stands still; `counted` the day from which it counts
    (§30, §31)."""

    id: str
    state: str
    asked: DisclosureAsked
    asked_at: str
    due: str
    org: str = ""  # that answers it; "" until it is handed on
    extended: bool = False
    extended_to: str = ""  # the last day as it was told then
    answer: str = ""
    verdict: str = ""
    answered_at: str = ""
    history: tuple[Step, ...] = ()
    counted: str = ""
    sort: str = ""
    mend: Disclosing | None = None
    mend_at: str = ""
    mended: str = ""  # what was said instead
    parties: tuple[Party, ...] = ()
    review: Disclosing | None = None
    reply: Disclosing | None = None
    replied_at: str = ""
    sent: Disclosing | None = None
    others: tuple[str, ...] = ()  # numbers: parted into these, or joined with them
    contested: dict[str, str] = {}
    extension: Disclosing | None = None
    stood: str = ""  # the last day to answer, when its time began to stand still
    still_since: str = ""  # the day on which it did, for opinions that were asked
    registered: str = ""  # the day of receipt as it was registered: `counted` before anything was mended

    @property
    def waited(self) -> tuple[Party, ...]:
        """The parties whose opinion is awaited."""
        return tuple(one for one in self.parties if one.is_open)

    @property
    def objects(self) -> bool:
        """Whether a third party said that it does not want it disclosed (§32)."""
        return any(one.sort == THIRD and one.opinion == "object" for one in self.parties)

    @property
    def wanted(self) -> str:
        """What is asked for, as it was mended."""
        return self.mended or self.asked.text


def fold(entries: Iterable[Entry]) -> Disclosure | None:
    """The request that `entries` tell of; a step that does not fit the state is shown and moves nothing."""
    found: Disclosure | None = None
    for entry, data, step in steps(entries):
        if found is None:
            if isinstance(data, DisclosureAsked):
                due = data.due.isoformat() if data.due else ""
                found = Disclosure(entry.subject, "asked", data, entry.time, due, history=(step,))
            continue
        found = msgspec.structs.replace(found, history=(*found.history, step))
        if isinstance(data, Disclosing) and may(found, entry.kind):
            found = msgspec.structs.replace(found, **_CHANGES[entry.kind](found, data, entry))
    return found


# Step -> the states in which it counts. What was handed on or answered before there was registration still does.
MAY: dict[str, tuple[str, ...]] = {
    "disclosure.registered": ("asked",),
    "disclosure.assigned": ("asked", "registered", "assigned", "consulting"),
    "disclosure.mend_asked": ("registered", "assigned"),
    "disclosure.mended": ("mending",),
    "disclosure.given_up": ("mending",),
    "disclosure.consult_asked": ("assigned", "consulting"),
    "disclosure.consulted": ("consulting",),
    "disclosure.extended": ("asked", "registered", "assigned"),
    "disclosure.reviewed": ("assigned",),
    "disclosure.replied": ("assigned",),
    "disclosure.sent": ("replied",),
    "disclosure.split": ("registered", "assigned"),
    "disclosure.joined": ("registered", "assigned"),
    "disclosure.took_in": ("registered", "assigned", "consulting"),
    "disclosure.withdrawn": ("asked", *RUNNING),
    "disclosure.contested": ("answered",),
    "disclosure.answered": ("asked", "assigned"),
}


def may(found: Disclosure, kind: str) -> bool:
    """Whether a step of this kind counts in the state; once asked to mend, once extended."""
    if found.state not in MAY.get(kind, ()):
        return False
    once = {"disclosure.mend_asked": found.mend is not None, "disclosure.extended": found.extended}
    return not once.get(kind, False)


def _iso(day: object) -> str:
    return str(day or "")


def _registered(found: Disclosure, data: Disclosing, _entry: Entry) -> dict[str, object]:
    day = _iso(data.day)
    changes: dict[str, object] = {"state": "registered", "counted": day, "registered": day, "sort": data.sort}
    return changes | {"due": _iso(data.due) or found.due}


def _assigned(found: Disclosure, data: Disclosing, _entry: Entry) -> dict[str, object]:
    if not data.org:
        return {}
    return {"org": data.org, "state": found.state if found.state in ASIDE else "assigned"}


def _mend_asked(found: Disclosure, data: Disclosing, entry: Entry) -> dict[str, object]:
    return {"state": "mending", "mend": data, "mend_at": entry.time, "due": "", "stood": found.due}


def _mended(found: Disclosure, data: Disclosing, _entry: Entry) -> dict[str, object]:
    state = "assigned" if found.org else "registered"
    changes: dict[str, object] = {"state": state, "mended": data.text, "review": None, "stood": ""}
    return changes | {"due": _iso(data.due), "counted": _iso(data.day)}


def _consult_asked(found: Disclosure, data: Disclosing, entry: Entry) -> dict[str, object]:
    party = Party(data.party, data.verdict, _iso(data.day), _iso(data.until))
    changes: dict[str, object] = {"state": "consulting", "parties": (*found.parties, party), "due": ""}
    if found.state == "consulting":
        return changes
    return changes | {"stood": found.due, "still_since": clock.day(entry.time).isoformat()}


def _consulted(found: Disclosure, data: Disclosing, _entry: Entry) -> dict[str, object]:
    said = {"opinion": data.verdict, "text": data.text, "answered": _iso(data.day)}
    parties = tuple(
        msgspec.structs.replace(one, **said) if one.is_open and one.name == data.party else one for one in found.parties
    )
    changes: dict[str, object] = {"parties": parties, "review": None}
    if any(one.is_open for one in parties):
        return changes
    return changes | {"state": "assigned", "due": _iso(data.due) or found.stood, "stood": "", "still_since": ""}


def _extended(_found: Disclosure, data: Disclosing, _entry: Entry) -> dict[str, object]:
    if not data.until:
        return {}
    return {"extended": True, "extension": data, "extended_to": _iso(data.until), "due": _iso(data.until)}


def _replied(_found: Disclosure, data: Disclosing, entry: Entry) -> dict[str, object]:
    changes: dict[str, object] = {"state": "replied", "reply": data, "answer": data.text, "verdict": data.verdict}
    return changes | {"replied_at": entry.time}


def _answered(_found: Disclosure, data: Disclosing, entry: Entry) -> dict[str, object]:
    changes: dict[str, object] = {"state": "answered", "answer": data.text, "verdict": data.verdict}
    return changes | {"answered_at": entry.time, "due": ""}


def _ended(state: str) -> Callable[[Disclosure, Disclosing, Entry], dict[str, object]]:
    def ended(_found: Disclosure, data: Disclosing, entry: Entry) -> dict[str, object]:
        others = data.others or ((data.other,) if data.other else ())
        return {"state": state, "answered_at": entry.time, "due": "", "others": others}

    return ended


_CHANGES: dict[str, Callable[[Disclosure, Disclosing, Entry], dict[str, object]]] = {
    "disclosure.registered": _registered,
    "disclosure.assigned": _assigned,
    "disclosure.mend_asked": _mend_asked,
    "disclosure.mended": _mended,
    "disclosure.given_up": _ended("given_up"),
    "disclosure.consult_asked": _consult_asked,
    "disclosure.consulted": _consulted,
    "disclosure.extended": _extended,
    "disclosure.reviewed": lambda _found, data, _entry: {"review": data},
    "disclosure.replied": _replied,
    "disclosure.sent": lambda _found, data, entry: {
        "state": "answered", "sent": data, "answered_at": entry.time, "due": "",
    },
    "disclosure.split": _ended("split"),
    "disclosure.joined": _ended("joined"),
    "disclosure.took_in": lambda found, data, _entry: {
        "others": (*found.others, data.other), "due": _iso(data.due) or found.due,
    },
    "disclosure.withdrawn": _ended("withdrawn"),
    "disclosure.contested": lambda found, data, _entry: {"contested": {**found.contested, data.ground: data.verdict}},
    "disclosure.answered": _answered,
}  # fmt: skip


def line(request: msgspec.Struct) -> Line:
    """For lists; `kind` is the way it was answered, `due` the day that is waited for, whoever is to act."""
    assert isinstance(request, Disclosure)  # noqa: S101 - the family's own fold made it
    return Line(
        request.state,
        request.asked_at[:10],
        f"依申请公开 {request.asked.number}",
        request.verdict,
        request.org,
        about=request.asked.about,
        due=_awaited(request),
        closed_day=request.answered_at[:10],
        number=request.asked.number,
        channel="" if request.asked.channel == "web" else request.asked.channel,
    )


def _awaited(request: Disclosure) -> str:
    if request.state == "mending" and request.mend:
        return _iso(request.mend.until)
    if request.state == "consulting":
        return min((one.until for one in request.waited), default="")
    return request.due
