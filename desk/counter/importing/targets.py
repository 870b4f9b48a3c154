"""What a column of a roll, of a book of people or of a ledger may mean, and how offices head it."""

from __future__ import annotations

import msgspec

from desk.law.catalogue.item import Field, Item
from desk.words.sheets.headings import Target

NAME = Target(
    "name",
    "姓名",
    "name",
    (
        "姓名",
        "户主姓名",
        "申请人",
        "申请人姓名",
        "农牧民姓名",
        "牧民姓名",
        "农户姓名",
        "牧户姓名",
        "家庭成员",
        "成员姓名",
        "户主",
    ),
    ("姓名",),
    required=True,
)
ID_NUMBER = Target(
    "id_number",
    "证件号码",
    "id",
    ("身份证号", "身份证号码", "证件号码", "公民身份号码", "公民身份证号码", "身份证", "证件号", "居民身份证号"),
    ("身份证", "身份号码", "证件号"),
    required=True,
)
PHONE = Target("phone", "电话", "phone", ("电话", "联系电话", "手机号", "手机"), ("电话", "手机", "联系方式"))
ADDRESS = Target(
    "address", "住址", "text", ("住址", "地址", "家庭住址", "户籍地址", "现住址"), ("住址", "地址", "住所", "居住地")
)
MISSING = Target("missing", "缺什么", "text", ("缺什么", "缺少材料", "缺件"), ("缺少",))
HEAD = Target("head", "户主", "name", ("户主", "户主姓名"), ("户主姓名",))
HEAD_ID = Target("head_id", "户主证件号码", "id", ("户主身份证号", "户主身份证号码", "户主证件号码"), ("户主身份证",))
RELATION = Target("relation", "与户主关系", "text", ("与户主关系", "关系", "家庭关系"), ("户主关系", "与户主"))
GROUP = Target("group", "组", "text", ("组", "小组", "组别", "村民小组", "嘎查小组", "牧业组"), ("小组", "组别"))
ITEM = Target(
    "item", "事项", "text", ("事项", "事项名称", "办理事项", "业务", "业务名称", "办理内容"), ("事项", "业务")
)
DAY = Target("day", "日期", "date", ("日期", "办理日期", "收件日期", "登记日期", "时间", "办理时间"), ("日期", "时间"))
RESULT = Target("result", "结果", "text", ("结果", "办理结果", "办理情况", "状态"), ("结果", "办理情况"))
OLD_NUMBER = Target(
    "number", "原编号", "text", ("编号", "登记号", "收件号", "受理号", "办件编号", "台账编号"), ("编号",)
)
NOTE = Target("note", "备注", "text", ("备注", "说明"), ("备注",))

ROLL = (NAME, ID_NUMBER, PHONE, ADDRESS, MISSING)
PEOPLE = (NAME, ID_NUMBER, HEAD, HEAD_ID, RELATION, PHONE, ADDRESS, GROUP)
LEDGER = (
    msgspec.structs.replace(NAME, exact=(*NAME.exact, "办事人", "办事群众", "服务对象", "来访人")),
    msgspec.structs.replace(ID_NUMBER, kind="old_id", required=False),
    msgspec.structs.replace(ITEM, required=True),
    DAY,
    RESULT,
    PHONE,
    ADDRESS,
    OLD_NUMBER,
    NOTE,
)


def of_item(item: Item) -> tuple[Target, ...]:
    """What a roll of `item` may have in its columns."""
    return (*ROLL, *(of_field(field) for field in item.fields))


def of_field(field: Field) -> Target:
    """A field of an item's own form."""
    kind = {"hectares": "number"}.get(field.kind, field.kind)
    return Target(f"values.{field.code}", field.name, kind, (field.name,), (field.name,), field.unit, field.choices)
