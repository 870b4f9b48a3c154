"""Code lists of GB/T 39046-2020, annex A, verbatim; and the identity papers known at the counter."""

from __future__ import annotations

ITEM_TYPES = {
    "00": "行政权力事项", "01": "行政许可", "02": "行政处罚", "03": "行政强制", "04": "行政征收", "05": "行政给付",
    "06": "行政检查", "07": "行政确认", "08": "行政奖励", "09": "行政裁决", "10": "其他类别事项", "20": "公共服务事项",
}  # fmt: skip
SERVICE = "20"  # 公共服务: no power
AGAINST = ("02", "03", "04", "06")  # item types exercised against somebody: nobody applies for them
LEVELS = {
    "1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "镇（乡、街道）级", "6": "村（社区）级", "7": "分级管理",
}  # fmt: skip
ORG_NATURES = {"1": "法定机关", "2": "授权组织", "3": "受委托组织", "9": "其他"}
AUDIENCES = {
    "1": "自然人", "2": "企业法人", "3": "事业法人", "4": "社会组织法人", "5": "行政机关", "6": "其他组织",
}  # fmt: skip
CHANNELS = {"1": "窗口办理", "2": "电脑端网上办理", "3": "移动端网上申请", "4": "快递申请", "9": "其他"}
CASE_TYPES = {"1": "即办件", "2": "承诺件", "9": "其他"}
SPECIAL_PROCEDURES = {"1": "延长审批", "2": "除延长审批之外的情况"}
RATINGS = {"1": "非常满意", "2": "满意", "3": "基本满意", "4": "不满意", "5": "非常不满意"}

# The same as marks: the best is 5 (GB/T 39734-2020).
SCORES = {6 - int(code): words for code, words in RATINGS.items()}

# GA/T 2000.156; 111 covers every 18-digit number (resident card, residence permits, foreign permanent residents). 001
# is what the platforms of the state call an organisation's code: the standard for people has none.
ID_TYPES = {
    "111": "身份证、居住证、永居证", "001": "统一社会信用代码（单位）", "516": "港澳居民来往内地通行证",
    "511": "台湾居民来往大陆通行证", "114": "军官证（部队）", "553": "外国人永久居留证（旧版）", "414": "普通护照",
    "990": "其他证件",
}  # fmt: skip
