"""The ways to answer a request for disclosure and the grounds to withhold, each with its article of the ordinance
(政府信息公开条例§36) and what it demands of whoever answers so."""

from __future__ import annotations

from enum import StrEnum

import msgspec

LAW = "政府信息公开条例"


class Demand(StrEnum):
    """What a way to answer cannot do without."""

    REVIEWED = "先审查后公开：还没有公开审查意见，或审查意见不是这一种"
    MATERIAL = "附上要公开的文件，或写明获取的方式、途径和时间"
    WHERE = "写明获取的方式、途径"
    WITHHELD = "逐处写明不予公开的内容、依据和理由"
    GROUND = "选不予公开的依据"
    OTHER = "写明已经答复过的那一件的编号"
    LAW = "写明按哪一部法律、行政法规办理（带书名号）"


class Way(msgspec.Struct, frozen=True):
    """One way to answer; besides its `demands` every answer says why or how in words (`hint`)."""

    code: str
    name: str
    article: str
    hint: str
    demands: tuple[Demand, ...] = ()


WAYS: tuple[Way, ...] = (
    Way("open", "予以公开", "§36(二)", "说明提供了什么", (Demand.REVIEWED, Demand.MATERIAL)),
    Way(
        "part",
        "部分公开",
        "§37",
        "说明怎样区分处理",
        (Demand.REVIEWED, Demand.MATERIAL, Demand.WITHHELD),
    ),
    Way("where", "已主动公开，告知获取方式", "§36(一)", "说明公开的名称和时间", (Demand.WHERE,)),
    Way("no", "不予公开", "§36(三)", "不予公开的理由", (Demand.REVIEWED, Demand.GROUND)),
    Way("none", "没有检索到", "§36(四)", "检索的范围和办法"),
    Way("make", "没有现成信息，需要另行制作", "§38", "为什么要加工、分析才有"),
    Way("elsewhere", "不属本机关负责", "§36(五)", "理由；能确定的，写明负责的机关和联系方式"),
    Way("special", "查询另有规定的信息", "§36(七)", "理由", (Demand.LAW,)),
    Way("again", "重复申请，不再处理", "§36(六)", "理由", (Demand.OTHER,)),
    Way("enquiry", "属于咨询、信访，告知办理渠道", "§39", "理由和办理渠道"),
    Way("print", "要求提供公开出版物，告知获取途径", "§39", "理由", (Demand.WHERE,)),
    Way("excess", "数量、频次明显超过合理范围，理由不合理，不予处理", "§35", "要求说明理由的经过和为什么不合理"),
)
BY_CODE = {one.code: one for one in WAYS}
ANSWERS = {one.code: one.name for one in WAYS}
GIVING = ("open", "part")  # something is disclosed
REVIEWED = ("open", "part", "no")  # what an opinion of review may say


class Ground(msgspec.Struct, frozen=True):
    """A ground to withhold; `names_law`: reasons name the law that forbids it."""

    code: str
    name: str
    article: str
    names_law: bool = False


GROUNDS: tuple[Ground, ...] = (
    Ground("secret", "国家秘密", "§14"),
    Ground("banned", "法律、行政法规禁止公开", "§14", names_law=True),
    Ground("safety", "可能危及国家安全、公共安全、经济安全、社会稳定", "§14"),
    Ground("third", "商业秘密、个人隐私，会损害第三方合法权益", "§15"),
    Ground("internal", "内部事务信息", "§16"),
    Ground("process", "过程性信息", "§16"),
    Ground("file", "行政执法案卷信息", "§16"),
)
GROUND_BY_CODE = {one.code: one for one in GROUNDS}
GROUND_NAMES = {one.code: one.name for one in GROUNDS}
NO_INFORMATION = "not_one"  # a part that is no government information at all (§37)
PART_GROUNDS = {**GROUND_NAMES, NO_INFORMATION: "不属于政府信息"}
