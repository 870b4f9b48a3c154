"""What a column of a list of items, or a line of a guide, may mean, and how offices head it.

Where a target is a field of an item it is called as the field. `LIMIT` is a limit of which nobody says whether law or
promise sets it; `PART` is a 子项, the item itself where a list parts items; `IGNORED` is known and not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from desk.law.catalogue.changes import FIELD_NAMES
from desk.words.sheets.headings import Target, matched, plain

NAME, LIMIT, PART, FEE_BASIS, IGNORED = "item_name", "limit", "part", "fee_basis", "ignored"


def _column(key: str, exact: str, parts: str = "", words: str = "") -> Target:
    return Target(key, words or FIELD_NAMES[key], "words", tuple(exact.split()), tuple(parts.split()))


TARGETS: tuple[Target, ...] = (
    _column(
        NAME,
        "事项名称 事项 项目名称 权力名称 职权名称 权力事项 行政权力名称 权力事项名称 代办事项 代办事项名称 服务事项 "
        "服务事项名称 服务名称 办理事项 赋权事项 主项名称 主项 名称 项目",
        "事项名称 权力名称 职权名称 代办事项 服务事项",
    ),
    _column(PART, "子项名称 子项 业务办理项名称 业务办理项 办理项名称 办理项", "子项 业务办理项名称", "子项"),
    _column(
        "item_type",
        "事项类型 权力类型 权力类别 职权类型 职权类别 事项类别 事项性质 类型 类别",
        "事项类型 权力类型 权力类别 职权类",
    ),
    _column(
        "legal_basis",
        "设定依据 法律依据 法律法规依据 实施依据 政策依据 办理依据 法定依据 行使依据 职权依据 依据",
        "设定依据 法律依据 法规依据 实施依据 政策依据 办理依据",
    ),
    _column(
        "org_name",
        "实施主体 实施机关 实施单位 实施部门 责任主体 责任单位 责任部门 行使主体 主管部门 受理机关 受理单位 "
        "办理机构 办理单位 办理部门 部门名称 部门 单位名称 单位 办理机构及地点",
        "实施主体 实施机关 实施单位 实施部门 责任主体 责任单位 责任部门 行使主体",
    ),
    _column("handling_unit", "承办机构 承办单位 承办科室 责任科室 承办部门 承办股室", "承办"),
    _column("leader", "主管领导 分管领导", "分管领导"),
    _column("exercise_level", "行使层级 实施层级 办理层级 权力层级 层级", "行使层级 实施层级"),
    _column(
        "task_code",
        "实施编码 事项编码 业务办理项编码 实施清单编码 权力编码 职权编码 编码",
        "实施编码 事项编码 办理项编码",
        "实施编码",
    ),
    _column("catalog_code", "基本编码 目录编码", "基本编码 目录编码"),
    _column("org_uscc", "实施主体编码 主体统一代码 统一社会信用代码", "主体编码 信用代码"),
    _column(
        "acceptance_conditions",
        "受理条件 办理条件 申请条件 申办条件 准予条件 许可条件 办件条件 救助条件 条件",
        "受理条件 办理条件 申请条件 申报条件",
    ),
    _column(
        "materials",
        "申请材料 办理材料 所需材料 申报材料 提交材料 需提交材料 需提供材料 所需提供材料 申请材料目录 材料清单 "
        "申请材料清单 办理所需材料 申办材料 材料名称 材料",
        "申请材料 所需材料 提供材料 提交的材料 提供的材料 申报材料 办理材料",
    ),
    _column("statutory_limit", "法定时限 法定办结时限 法定期限 法定办理时限", "法定办 法定时限 法定期限"),
    _column("promised_limit", "承诺时限 承诺办结时限 承诺期限 承诺办理时限", "承诺办 承诺时限 承诺期限"),
    _column(LIMIT, "办理时限 办结时限 办理期限 办结期限 时限 期限 办理时间限制", "办理时限 办结时限", "办理时限"),
    _column(
        "fees",
        "收费 是否收费 收费标准 收费情况 收费依据及标准 收费标准及依据 收费项目 收费依据和标准",
        "收费标准 是否收费 收费情况",
    ),
    _column(FEE_BASIS, "收费依据", "收费依据", "收费依据"),
    _column("place", "办理地点 受理地点 办公地点 办事地点 办公地址 办理地址 地点 地址", "办理地点 受理地点 办理地址"),
    _column("hours", "办理时间 办公时间 工作时间 办事时间 受理时间 服务时间", "办理时间 办公时间 办事时间"),
    _column(
        "enquiry_phone",
        "咨询电话 咨询方式 咨询途径 咨询查询途径 联系电话 联系方式 办公电话 电话",
        "咨询电话 咨询方式 咨询途径 联系电话",
    ),
    _column(
        "supervision_phone",
        "监督电话 投诉电话 监督投诉电话 监督投诉方式 监督投诉渠道 监督方式 投诉渠道 投诉方式 投诉举报电话",
        "监督电话 监督投诉 投诉电话",
    ),
    _column(
        "steps",
        "办理流程 办理程序 办事流程 申办流程 工作流程 办理步骤 办理环节 申请程序 流程 程序",
        "办理流程 办理程序 办事流程 办理步骤",
    ),
    _column("result_name", "办理结果 审批结果 结果名称 审批结果名称 办理结果名称 办结结果", "审批结果 办理结果"),
    _column("delivery", "送达方式 结果送达 结果送达方式 领取方式 结果领取方式", "结果送达 送达方式"),
    _column("audience", "服务对象 服务对象类型 办理对象 申请对象 行政相对人 适用对象", "服务对象"),
    _column("bands", "裁量基准 裁量分档 自由裁量基准 处罚裁量基准 行政裁量基准 裁量标准", "裁量基准 裁量标准"),
    _column("duties", "责任事项 职责事项 责任内容", "责任事项"),
    _column("liability", "法律责任 追责情形 追责情形及依据 追责依据 责任追究 责任追究情形", "追责情形 责任追究"),
    _column("case_type", "办件类型", "办件类型"),
    _column("channel", "办理形式 办理方式 受理方式 申请方式", "办理形式 办理方式"),
    _column("proxy_mode", "代办方式 帮办代办方式 代办类型 帮代办方式", "代办方式"),
    _column("proxy_note", "代办说明", "代办说明"),
    _column("visits", "到现场次数 到办事现场次数 跑动次数", "现场次数"),
    _column("visits_note", "到现场原因 必须现场办理原因说明", "现场办理原因"),
    _column("remedy", "救济渠道 救济途径 法律救济 行政救济", "救济"),
    _column("rights", "申请人权利 权利", "申请人权利"),
    _column("faq", "常见问题 常见问题解答", "常见问题"),
    _column("topic", "服务主题 主题 主题分类", "服务主题"),
    _column("regime", "时限规则"),
    _column("approved_by", "核定机关", "核定机关"),
    _column("filed_no", "备案号 备案文号", "备案号"),
    _column("filed_on", "备案日期", "备案日期"),
    _column("effective_from", "实施日期 生效日期 计划生效日期", "生效日期"),
    _column("effective_to", "停止日期 计划取消日期", "取消日期"),
    _column(
        IGNORED, "序号 编号 备注 说明 事项简述 行政区划代码 区划代码 原实施主体 示例 版本 事项版本 事项状态", "", "不取"
    ),
)
BY_KEY = {one.key: one for one in TARGETS}


def known_as(names: Sequence[str], taught: Mapping[str, str]) -> dict[int, str]:
    """What each heading (by its place) is taken for: as somebody `taught` it, by the heading as it is compared, else
    by its meaning; each target once."""
    said = {at: taught[key] for at, name in enumerate(names) if (key := plain(name)) in taught}
    left = [one for one in TARGETS if one.key not in said.values() or one.key == IGNORED]
    asked = ["" if at in said else name for at, name in enumerate(names)]
    found = matched(asked, left) | said
    return found | {at: IGNORED for at, name in enumerate(names) if at not in found and _is_ignored(name)}


def _is_ignored(name: str) -> bool:
    """Whether it is of no use here: a 主项 is the name only where a list has no other."""
    return plain(name) in (*BY_KEY[IGNORED].exact, "主项名称", "主项")


def at_left(text: str, taught: Mapping[str, str]) -> str:
    """The target that a name of a field at the left stands for, "" for none: no sentence is one."""
    name = plain(text)
    if not name or len(name) > 16:
        return ""
    return taught.get(name, "") or next(iter(known_as([text], {}).values()), "")


def choices(keys: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Key and words of what a heading can be taken for by hand."""
    wanted = set(keys)
    return [(one.key, one.words) for one in TARGETS if not wanted or one.key in wanted]
