"""The tables of GB/T 39046-2020 that rows are handed over in: names, Chinese names, types, and what we do not hold.

Types are the standard's: `an..200` up to 200 characters, `n2` two digits, `date` YYYYMMDD, `time` YYYYMMDDThhmmss; of
the two codes of an item they are the longer ones that platforms work with. A column that we hold nothing for is null
in every row; "" is a value that is empty. `ours` are not the standard's: they make the rows of one case findable.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from desk import clock

STANDARD = "GB/T 39046-2020"
# What every row that is handed over carries besides its columns: whose row it is, which batch it came with, what is to
# be done with it (I new, U in the place of the one with the same key, D taken away), and when the batch was made.
MARKS = ("cd_key", "cd_batch", "cd_operation", "cd_time")
_LENGTH = re.compile(r"[an]+(?:\.\.)?([0-9]+)")
Cells = dict[str, Any]


class Column(msgspec.Struct, frozen=True):
    """One column: `words` as the standard calls it, `form` its type, `held` False where we have nothing for it."""

    name: str
    words: str
    form: str = ""
    held: bool = True

    @property
    def most(self) -> int:
        """Characters that the standard has room for; 0 where it names no number."""
        found = _LENGTH.match(self.form)
        return int(found[1]) if found else 0


class Table(msgspec.Struct, frozen=True):
    """One table: the name of its file, its number in the standard, the columns, and ours behind them."""

    name: str
    number: int
    words: str
    columns: tuple[Column, ...]
    ours: tuple[Column, ...] = ()

    def filled(self, cells: Mapping[str, Any]) -> Cells:
        """A row with every column: null where we hold nothing. KeyError for a column that is missing."""
        return {one.name: cells[one.name] if one.held else None for one in (*self.columns, *self.ours)}

    def too_long(self, row: Mapping[str, Any]) -> list[str]:
        """The columns of a row that are longer than the standard has room for; nothing is ever cut off."""
        limited = ((one.name, one.most) for one in self.columns if one.most)
        return [name for name, most in limited if isinstance(row[name], str) and len(row[name]) > most]


def _columns(text: str) -> tuple[Column, ...]:
    """`name words form` a line; a `-` before the name: not held."""
    made = []
    for line in text.strip().splitlines():
        name, words, *form = line.split()
        made.append(Column(name.removeprefix("-"), words, "".join(form), not name.startswith("-")))
    return tuple(made)


ITEM = Table(
    "item", 4, "事项", _columns("""
item_name 事项名称 an..200
catalog_code 基本编码 an..12
task_code 实施编码 an..36
item_type_name 事项类型
item_type 事项类型代码 n2
legal_basis 设定依据 a..1000
exercise_level_name 行使层级
exercise_level 行使层级代码 n1
-authority_split 权限划分 a..1000
-exercise_scope 行使内容 text
org_name 实施主体 an..100
org_uscc 实施主体代码 an..18
org_nature_name 实施主体性质
org_nature 实施主体性质代码 n1
statutory_limit 法定办结时限 an..20
statutory_limit_unit 法定办结时限单位
statutory_limit_note 法定办结时限说明
promised_limit 承诺办结时限 an..20
promised_limit_unit 承诺办结时限单位
promised_limit_note 承诺办结时限说明
acceptance_conditions 受理条件 text
process 办理流程 text
-joint_orgs 共同实施部门 an..100
-joint_orgs_uscc 共同实施部门代码 an..18
handling_unit 承办机构 an..100
-handling_unit_uscc 承办机构代码 an..18
-intermediary_service 中介服务 an..2000
-quota_note 数量限制 an..200
result_name 结果名称 an..100
-result_sample 结果样本 blob
fee_charged 是否收费 n1
fee_basis 收费依据
-cross_region_scope 通办范围代码 n1
audience_name 服务对象
audience 服务对象代码 an..10
topic 服务主题
-topic_legal 法人主题代码 an..10
-topic_natural 自然人主题代码 an..10
channel_name 办理形式
channel 办理形式代码 an..10
special_procedures 特别程序 text
jurisdiction_name 行政管辖
jurisdiction 行政管辖代码 an..10
-can_book 是否支持预约 n1
-can_pay_online 是否支持网上支付 n1
can_post 是否支持物流 n1
is_online 是否支持网办 n1
-online_url 网办地址 an..50
system_level 运行系统层级 an..20
place 办理地点
hours 办理时间
enquiry_way 咨询方式
enquiry_phone 咨询电话
supervision_phone 监督电话
faq 常见问题 an..1000
"""), _columns("""
case_type 办件类型代码 n1
version 事项版本
effective_from 计划生效日期 date
effective_to 计划取消日期 date
approved_by 核定机关
filed_no 备案号
proxy_mode 代办方式
visits 到办事现场次数
visits_note 必须现场办理原因说明
rights 权利
remedy 救济渠道
sample 示例
"""),
)  # fmt: skip
ITEM_MATERIAL = Table(
    "item_material", 4, "事项材料", _columns("""
name 材料名称 an..200
issuer 出具机构
-issue_time_rule 出具时间要求
-handling_note 材料办理说明
-handling_place 材料办理地点
usage_note 材料使用说明
originals 原件份数 n..2
copies 复印件份数 n..2
required 是否必备材料 n1
"""), _columns("""
task_code 实施编码
code 材料代码
need 材料必要性
situation 情形
source 来源渠道
electronic 可用电子件
returned 原件核对后退还
"""),
)  # fmt: skip
_CASE = _columns("""
intake_no 收件号
""")
APPLICATION = Table(
    "application", 5, "申请", _columns("""
case_no 办件编号 an..50
task_code 实施编码 an..36
item_name 事项名称 an..200
case_type 办件类型代码 n1
applicant_name 申请者名称 an..100
applicant_id_type 申请者证件类型代码 n3
applicant_id_number 申请者证件号码 an..18
contact_name 联系人/代理人姓名
contact_id_type 联系人/代理人证件类型
contact_id_number 联系人/代理人证件号码
contact_phone 联系人手机号码
-postcode 邮政编码
address 通讯地址
legal_representative 法定代表人
-source 申报来源代码
applied_at 申请时间 time
-project_no 投资项目编号
division 行政区划 n..9
"""), (*_CASE, *_columns("""
org_name 实施主体
agent_name 代办员
situation 情形
""")),
)  # fmt: skip
APPLICATION_MATERIAL = Table(
    "application_material", 5, "申请材料", _columns("""
name 材料名称 an..200
collected 是否收取 n1
collected_way 收取方式
quantity 收取数量
collected_at 收取时间 time
attachments 附件实体
"""), (*_CASE, *_columns("""
case_no 办件编号
code 材料代码
missing 未收原因
""")),
)  # fmt: skip
ACCEPTANCE = Table(
    "acceptance", 6, "受理", _columns("""
case_no 办件编号 an..50
org_name 受理单位名称 an..100
org_uscc 受理单位信用代码 an..18
officer 受理人员
accepted_at 受理时间 time
document_no 受理文书编号 an..30
promised_on 承诺办结时间 date
case_type 办件类型 n1
division 行政区划 n..9
"""), _CASE,
)  # fmt: skip
HANDLING = Table(
    "handling", 7, "办理", _columns("""
case_no 办件编号 an..50
action 业务动作
step_name 环节名称
officer 环节处理人
opinion 处理意见 an..1000
started_at 开始时间 time
ended_at 结束时间 time
org_name 处理单位
step_state 环节办理状态 n1
"""), (*_CASE, *_columns("""
step_no 环节序号
document_no 文书编号
""")),
)  # fmt: skip
SPECIAL_PROCEDURE = Table(
    "special_procedure", 7, "特别程序", _columns("""
case_no 办件编号 an..50
kind_name 种类名称
kind 种类代码 n1
started_at 开始时间 time
reasons 启动理由或依据
applicant 申请人
ended_at 结束时间 time
result 结果
opinion 办理意见
"""), (*_CASE, *_columns("""
until 批准到 date
approved_by 批准人
""")),
)  # fmt: skip
COMPLETION = Table(
    "completion", 8, "办结", _columns("""
case_no 办件编号 an..50
officer 办理人
ended_at 办结时间 time
result_name 结果证照名称
result_no 结果证照编号
result_note 办件结果描述
-valid_until 证照有效期限
org_name 发证/盖章单位
posted 是否快递 n1
fee_charged 是否收费 n1
"""), (*_CASE, *_columns("""
result 办件结果
attachments 结果文书
"""))
)  # fmt: skip
RATING = Table(
    "rating", 9, "评价", _columns("""
case_no 办件编号 an..50
channel 评价渠道
rater 评价人
rated_at 评价时间 time
times 评价次数
satisfaction 满意度代码 n1
text 文字评价
"""), _CASE,
)  # fmt: skip
ENQUIRY = Table(
    "enquiry", 10, "咨询", _columns("""
number 编码
name 咨询人
title 标题
content 内容
answer 处理意见
-extended_until 延期时限
-extension_reason 延期原因
overdue_days 超期天数
"""), _columns("""
sort 类别
case_no 办件编号
made_at 提出时间 time
answered_at 答复时间 time
state 状态
"""),
)  # fmt: skip
COMPLAINT = Table(
    "complaint", 10, "投诉", _columns("""
title 标题
name 投诉人
org_name 被投诉单位
agent_name 被投诉人
content 内容
channel 来源
handling_org 承办单位
officer 承办人
assigned_at 承办时间 time
answer 反馈信息
answered_at 反馈时间 time
due 承诺时限 date
-extended_until 延期
overdue_days 超期天数
"""), _columns("""
number 编号
sort 类别
case_no 办件编号
made_at 提出时间 time
state 状态
"""),
)  # fmt: skip
SUPERVISION = Table(
    "supervision", 11, "监察", _columns("""
case_no 办件编号 an..50
content 督办内容
org_name 机构名称
item_type 事项类型代码 n2
sent_at 督办发出时间 time
card_no 监察编号
rule_no 监察规则编号
warning_type 监察预警类型代码 n1
state_at 状态产生时间 time
result 监察结果描述
responsible_org 责任部门
"""), _columns("""
about 监察对象
state 状态
"""),
)  # fmt: skip
POST = Table(
    "post", 15, "移交", _columns("""
waybill_no 物流单号
sender_org 寄送单位
sent_on 寄送日期 date
sender 寄送人
receiver_org 接收单位
receiver 接收人
received_on 接收日期 date
"""), _columns("""
carrier 送件人
seal_no 封签号
case_count 件数
"""),
)  # fmt: skip
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ITEM,
        ITEM_MATERIAL,
        APPLICATION,
        APPLICATION_MATERIAL,
        ACCEPTANCE,
        HANDLING,
        SPECIAL_PROCEDURE,
        COMPLETION,
        RATING,
        ENQUIRY,
        COMPLAINT,
        SUPERVISION,
        POST,
    )
}


def time(text: str) -> str:
    """20261124T093000, in Beijing, of an ISO time; "" for none, and for one that cannot be read."""
    try:
        moment = dt.datetime.fromisoformat(text) if text else None
    except ValueError:
        return ""
    if moment is None:
        return ""
    return f"{moment.astimezone(clock.BEIJING) if moment.tzinfo else moment:%Y%m%dT%H%M%S}"


def date(day: dt.date | str | None) -> str:
    """20261124; "" for none."""
    return str(day or "")[:10].replace("-", "")
