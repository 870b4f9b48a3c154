"""What a file is reviewed by, as its own regime has it: a benefit is not looked at by the law on licences.

Each list has the same lines and points, so that scores can be compared; what is looked at differs, and where it stands:
the regime and the item themselves say which articles.
"""

from __future__ import annotations

import msgspec

from desk.folds.office.lots import CHECKLIST, Point
from desk.law.catalogue import cited
from desk.law.catalogue.item import Item, Moment, Regime

LICENCE, BENEFIT, CONFIRMATION, SERVICE, DISCLOSURE, DISPUTE = (
    "licence", "benefit", "confirmation", "service", "disclosure", "dispute",
)  # fmt: skip
NAMES = {
    LICENCE: "行政许可",
    BENEFIT: "行政给付",
    CONFIRMATION: "行政确认、登记",
    SERVICE: "公共服务",
    DISCLOSURE: "政府信息公开",
    DISPUTE: "裁决、复议、信访",
}
# GB/T 39046-2020 annex A.1: the type of an item, where its regime does not tell.
_BY_TYPE = {"01": LICENCE, "05": BENEFIT, "07": CONFIRMATION, "09": DISPUTE}
_BY_REGIME = {
    "licence": LICENCE, "veterinary": LICENCE, "registration": CONFIRMATION, "id_card": CONFIRMATION,
    "disclosure": DISCLOSURE, "relief": BENEFIT, "machinery": BENEFIT, "legal_aid": BENEFIT, "civil": SERVICE,
    "social_insurance_10": BENEFIT, "social_insurance_20": BENEFIT, "social_insurance_30": BENEFIT,
    "on_the_spot": SERVICE, "filing": SERVICE, "insurance_claim": SERVICE,
    "arbitration": DISPUTE, "labour_arbitration": DISPUTE, "review": DISPUTE, "petition": DISPUTE,
}  # fmt: skip
_WORDS: dict[str, dict[str, str]] = {
    BENEFIT: {
        "subject": "受理、审核、确认的机关与权限相符，委托代为申请的手续齐全",
        "materials": "能核查的没有要申请人提供，家庭经济状况核查有记录",
        "notice": "申请登记、需要补正的按期书面告知，一次告知完",
        "review": "入户调查、信息核对有记录，该公示的公示了",
        "limit": "在公布的时限内确认；情况紧急的先行救助、事后补手续",
        "decision": "给予的写明项目、标准和起始时间；不给予、调减、终止的听取意见，书面说明理由和救济途径",
        "delivery": "告知书送达有签收，资金发放有凭据、与确认的标准一致",
    },
    CONFIRMATION: {
        "subject": "登记、确认的机关有管辖权",
        "materials": "材料与清单一致，身份和权属的证明来源清楚",
        "notice": "受理、不予受理或补正当场或按期书面告知",
        "review": "查验、询问、实地查看有记录；有争议的没有径行登记",
        "limit": "在法定和承诺时限内登簿、确认",
        "decision": "登记簿、证书内容一致；不予登记、确认的写明理由和救济途径",
        "delivery": "证书、证明的领取有签收",
    },
    SERVICE: {
        "subject": "承办的单位与公布的清单一致",
        "materials": "没有要清单以外的材料，能共享的没有要",
        "notice": "当场能办的当场办结；不能的告知时间和缺的材料",
        "review": "核对有记录",
        "limit": "在承诺时限内办结",
        "decision": "结果与申请一致；不能办的说明理由和别的办法",
        "delivery": "结果交付有记录",
    },
    DISCLOSURE: {
        "subject": "由负责公开的机关答复；不归本机关的告知归谁",
        "materials": "申请内容、身份证明、形式要求齐全，没有要申请人说明用途",
        "notice": "当日登记；不明确的 7 日内一次告知补正",
        "review": "先审查后公开有意见；涉及第三方的书面征求了意见",
        "limit": "在期限内答复；延长经同意并告知；征求意见的时间扣除有据",
        "decision": "答复属于条例的情形，逐处说明不予公开的依据和理由，能区分的区分处理",
        "delivery": "按申请人要求的形式提供，送出有凭据",
    },
    DISPUTE: {
        "subject": "有管辖权，承办人员应回避的回避了",
        "materials": "当事人的主张和证据分别登记",
        "notice": "受理、不予受理按期书面告知，被申请人收到副本",
        "review": "听取了双方意见，调解有记录，证据经过核对",
        "limit": "在法定期限内结案；延长、中止有依据并告知",
        "decision": "文书写明事实、依据、结论和救济途径",
        "delivery": "文书送达双方有回证",
    },
}
_ARTICLES: dict[str, dict[str, str]] = {
    DISCLOSURE: {
        "subject": "政府信息公开条例§27、§36(五)",
        "materials": "政府信息公开条例§29",
        "notice": "政府信息公开条例§28、§30",
        "review": "政府信息公开条例§17、§32",
        "limit": "政府信息公开条例§33",
        "decision": "政府信息公开条例§36、§37",
        "delivery": "政府信息公开条例§40",
    },
}
_RELIEF = {
    "subject": "社会救助法§37",
    "materials": "社会救助法§62",
    "limit": "社会救助法§50",
    "decision": "社会救助法§45、§48",
}
_MOMENTS = {
    "notice": (Moment.SUPPLEMENT, Moment.ACCEPTED),
    "limit": (Moment.EXTENDED,),
    "decision": (Moment.REFUSED, Moment.GRANTED),
}
_ITEM_OWN = "事项的设定依据和公布的时限"


def kind(item: Item | None, regime: Regime | None) -> str:
    """The list by which a file of `item` is reviewed; service where nothing tells."""
    code = regime.code if regime else item.regime if item else ""
    by_type = _BY_TYPE.get(item.item_type, "") if item else ""
    return _BY_REGIME.get(code) or by_type or SERVICE


def of(item: Item | None, regime: Regime | None) -> tuple[Point, ...]:
    """The checklist for a file of `item` under `regime`; for licences as it ever was."""
    which = kind(item, regime)
    if which == LICENCE:
        return CHECKLIST
    articles = dict(_ARTICLES.get(which, {}))
    if regime is not None and regime.code == "relief":
        articles |= _RELIEF
    words = _WORDS[which]
    return tuple(
        one if one.code == "file" else msgspec.structs.replace(
            one, words=words[one.code], basis=articles.get(one.code) or _basis(one.code, item, regime)
        )
        for one in CHECKLIST
    )  # fmt: skip


def _basis(code: str, item: Item | None, regime: Regime | None) -> str:
    """What the regime itself says of this line; else the item's own basis."""
    for moment in _MOMENTS.get(code, ()):
        found = cited.by(moment, None, regime)
        if found:
            return "、".join(f"{one.law}{one.article}" for one in found)
    own = "、".join(f"{one.law}{one.article}" for one in item.legal_basis[:1]) if item else ""
    return own or _ITEM_OWN
