"""An item of the catalogue as data. Field names and code lists follow GB/T 39046-2020, tables 4 and annex A.

Nothing here decides anything: limits, regimes, conditions and the way an item may be proxied are facts of the item
that `desk.law.deadline`, `desk.law.conditions` and `desk.law.catalogue.rules` read.

None of these can hold itself, so Python's collector need not watch them (`gc=False`): thousands are read twice as fast.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec


class Unit(StrEnum):
    """What a limit is counted in."""

    WORKDAY = "workday"  # 工作日, statutory holidays left out (行政许可法§82)
    DAY = "day"  # 自然日
    MONTH = "month"
    INSTANT = "instant"  # 当场, 即办


class ProxyMode(StrEnum):
    """How far an agent may go for the herder."""

    PROXY = "proxy"  # 可代办: files for the herder
    ASSIST = "assist"  # 仅帮办: prepares and books
    PRESENCE = "presence"  # 须本人到场


class Need(StrEnum):
    """Whether a material is needed 材料必要性."""

    REQUIRED = "required"  # 必要
    OPTIONAL = "optional"  # 非必要
    MAY_FOLLOW = "may_follow"  # 容缺后补


class Limit(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A span of time: `count` of `unit`; `count` is 0 for INSTANT. `note` is shown beside it."""

    count: int
    unit: Unit
    note: str = ""


class LegalBasis(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """One line of 设定依据."""

    law: str
    article: str = ""
    text: str = ""  # what the article says, in our words


class Moment(StrEnum):
    """Of what a paper of the organ tells."""

    ACCEPTED = "accepted"
    SUPPLEMENT = "supplement"
    NOT_ACCEPTED = "not_accepted"
    ELSEWHERE = "elsewhere"  # not accepted because another organ is competent
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    GRANTED = "granted"
    REFUSED = "refused"


class Cited(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """The article by which a paper is made out. The law of an item's own kind says nothing of other kinds."""

    on: Moment
    law: str
    article: str = ""


class Regime(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """A set of legal clocks 时限规则 (domain-facts §1.2.2). A None limit means that the law sets none. What has
    its default is left out when it is written: programs that do not know a later field yet read those without it."""

    code: str  # licence, registration, disclosure, benefit, social_insurance ...
    name: str
    basis: str  # law and articles
    decision: Limit | None
    notice: Limit | None = None  # to ask for missing papers, once and completely
    extension: Limit | None = None
    delivery: Limit | None = None
    silence: str = ""  # what it means when the notice limit passes in silence: "accepted", "abandoned" or ""
    silence_note: str = ""  # the same in words, for people
    pauses: tuple[str, ...] = ()  # what is not counted: 听证, 检验 ...
    sample: bool = False  # unconfirmed: shown as 示例
    cites: tuple[Cited, ...] = ()  # what the organ's papers cite; of what is not named here the regime says nothing
    remedy: str = (
        ""  # how a decision is contested; {复议机关}, {法院}, {司法局} stand for this place's (`desk.law.redress`)
    )
    remedy_unaccepted: str = ""  # the same where the application was not accepted and another way holds


class Material(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """One line of 申请材料 (GB/T 39046-2020 table 4, rows 56 to 64)."""

    code: str  # stable within the item, never reused
    name: str
    originals: int = 0
    copies: int = 0
    need: Need = Need.REQUIRED
    electronic: bool = False  # an electronic one will do
    returned: bool = False  # the original is looked at and given back
    issuer: str = ""
    source: str = ""  # 来源渠道: 申请人自备, 政府部门核发, 代办点可复印
    usage_note: str = ""
    situation: str = ""  # code of the 情形 in which it is wanted; "" = always
    sample: bool = False


class Situation(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """情形: a variant that changes the list of materials."""

    code: str
    name: str


class Step(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """One step 环节 of the process, for the guide, the flow chart and the step clocks. Without a limit it is not known
    how long it may take, unless `uncounted` says why its time is not counted."""

    code: str
    name: str
    post: str  # 承办岗位
    duty: str  # 职责要求
    limit: Limit | None = None
    supervision: str = ""  # 监督制约环节
    uncounted: str = ""


class Field(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """One field of the item's own form."""

    code: str
    name: str
    kind: str = "text"  # text, number, date, choice, hectares, head
    required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""


class Fact(StrEnum):
    """What a condition looks at. `Line.of` says more where it is needed."""

    AGE = "age"  # years of age on the day on which the case is taken in
    AGE_ON = "age_on"  # the same on the day `of`: YYYY-MM-DD, or the code of a field with a date
    SEX = "sex"
    DOMICILE = "domicile"  # division in which the applicant is registered 户籍
    CASES_EVER = "cases_ever"  # cases of this item of the same person, open or not refused
    CASES_YEAR = "cases_year"  # those of the calendar year
    CASES_MONTHS = "cases_months"  # those of the last `of` months
    OTHER_CASES = "other_cases"  # those of another item, `of` is its code
    HOUSEHOLD_CASES = "household_cases"  # those of this item of anybody in the same household
    HOUSEHOLD_SIZE = "household_size"  # people in it
    FIELD = "field"  # what stands in the field `of` of the form
    MONTHS_SINCE = "months_since"  # from the date in the field `of`
    MONTHS_UNTIL = "months_until"  # to the date in the field `of`


class LineTest(StrEnum):
    """What a condition asks of its fact and its value."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS = "is"
    IS_NOT = "is_not"
    WITHIN = "within"  # a division, by code; or banner, township, village: that of the point


class Line(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """One condition that must hold, as data: `desk.law.conditions` answers it."""

    code: str  # stable within the item, never reused
    fact: Fact
    test: LineTest
    value: str
    text: str  # what must hold, for the herder
    law: str  # where it comes from
    article: str = ""
    of: str = ""  # see Fact
    sample: bool = False  # unconfirmed


class Fee(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """收费: name, standard in words, its basis."""

    name: str
    standard: str
    basis: str = ""


class KnownNone(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A fact of an item, by its field, of which it is known that there is none; `basis` says where that is written."""

    fact: str
    basis: str = ""


class Band(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """自由裁量分档 (S4): in which circumstances, what is decided, by which standard."""

    code: str
    name: str
    when: str
    standard: str
    basis: str = ""


class Exerciser(StrEnum):
    """Who exercises an item 行使主体."""

    BODY = "body"  # one body of the register
    TOWNSHIPS = "townships"  # every sumu and town of the banner, each for its own people
    POINTS = "points"  # every gacha's and village's point


class Place(StrEnum):
    """Whose body it is: that of the point where papers are handed in, or that of the herder's domicile 户籍所在地."""

    POINT = "point"
    DOMICILE = "domicile"


class Exercise(msgspec.Struct, frozen=True, gc=False):
    """实施主体 as the register of bodies knows it: `body` is a code where it is one body."""

    who: Exerciser
    body: str = ""
    place: Place = Place.POINT


class Before(msgspec.Struct, frozen=True, gc=False):
    """A limit that is counted backwards: `what` is to be done `limit` before the day in the date field `field` of the
    item's form (检疫申报 three days before 启运)."""

    what: str
    field: str
    limit: Limit
    basis: str
    sample: bool = False


class Elsewhere(msgspec.Struct, frozen=True, gc=False):
    """全区通办: the limits for papers taken in for another banner of the region. `push` to it by the network and `post`
    of the papers, both from the day on which they were taken in; `back` of the result, from the decision."""

    basis: str
    push: Limit | None = None
    post: Limit | None = None
    back: Limit | None = None
    sample: bool = False


class StatedLimits(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What an item says of time besides its two limits. `ask`: whom to ask, by name and telephone, where neither law
    nor office sets one."""

    before: Before | None = None
    elsewhere: Elsewhere | None = None
    ask: str = ""


class Item(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """事项: one version of one 业务办理项, with its dates. What has its default is left out when it is written, so that
    programs that do not know a later field yet can read items that do not use it."""

    task_code: str  # 实施编码, an opaque string
    item_name: str
    item_type: str  # annex A.1 code, "01" 行政许可 ...
    exercise_level: str  # annex A.2 code
    org_name: str  # 实施主体
    proxy_mode: ProxyMode
    regime: str  # code of a Regime
    version: int
    effective_from: dt.date
    approved_by: str = ""  # 核定机关; an item not approved and filed takes no case
    filed_no: str = ""  # 备案号
    filed_on: dt.date | None = None
    effective_to: dt.date | None = None  # the last day in force
    catalog_code: str = ""
    org_uscc: str = ""
    exercised_by: Exercise | None = None  # None: an item of before, by `org_name` alone
    org_nature: str = "1"  # annex A.3
    handling_unit: str = ""  # 承办机构
    leader: str = ""  # 主管领导 (a post)
    legal_basis: tuple[LegalBasis, ...] = ()
    audience: tuple[str, ...] = ("1",)  # annex A.4
    case_type: str = "2"  # annex A.6: 1 即办件, 2 承诺件
    channel: tuple[str, ...] = ("1",)  # annex A.5
    topic: str = ""  # 服务主题, for browsing
    acceptance_conditions: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    situations: tuple[Situation, ...] = ()
    fields: tuple[Field, ...] = ()
    statutory_limit: Limit | None = None
    promised_limit: Limit | None = None
    special_procedures: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    fees: tuple[Fee, ...] = ()
    result_name: str = ""
    delivery: str = ""  # 送达方式
    visits: int = 1  # 到现场次数
    visits_note: str = ""
    proxy_note: str = ""  # what the agent may do, and what to do instead
    place: str = ""
    hours: str = ""
    enquiry_phone: str = ""
    supervision_phone: str = ""
    rights: str = ""
    remedy: str = ""  # 救济渠道; "" as its regime says. Places stand in it as in `Regime.remedy`
    faq: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    duties: tuple[str, ...] = ()  # 责任事项: what whoever exercises a power owes at each step
    liability: tuple[str, ...] = ()  # 追责情形: for what they answer, and by which law
    none_of: tuple[KnownNone, ...] = ()  # what is empty because there is none; all else that is empty is not known
    holds: tuple[Line, ...] = ()  # conditions that can be looked at before the case is taken in
    stated: StatedLimits | None = None  # limits besides the two above
    roll: bool = False  # usually done as 批量名册
    sample: bool = False  # some of it is unconfirmed: shown as 示例
    sample_note: str = ""  # which part


class Catalogue(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """事项目录 of one office: `version` names it on every paper."""

    version: str
    issued_by: str
    issued_on: dt.date
    regimes: tuple[Regime, ...]
    items: tuple[Item, ...]
