"""Identity numbers at the counter (GB 11643-1999; organisations GB 32100-2015): what they tell, and what is wrong.

Only the check digit comes from a library. Areas are a hint, never a refusal: grown herders carry codes of counties
that have since been renamed or merged, and holders of residence permits (81, 82, 83) and of the foreign permanent
resident card (9...) are customers like others.
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from desk.errors import Problem
from desk.law import check_digits, codes, division_years
from desk.words import tidying

RESIDENT = "111"  # GA/T 2000.156 居民身份证
ORGANISATION = "001"
_LENGTH = 18
_OLD_LENGTH = 15
_OLDEST = 120  # years; older is possible and asked about, not refused

# GB/T 2260, first two digits.
PROVINCES: dict[str, str] = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip
# Leagues that have since become cities, with the years that old cards carry.
OLD_LEAGUES: dict[str, str] = {
    "1521": "呼伦贝尔盟", "1523": "哲里木盟", "1526": "乌兰察布盟", "1527": "伊克昭盟", "1528": "巴彦淖尔盟",
}  # fmt: skip
# Who registered an organisation: the first place of its code (GB 32100-2015 §4.2 and its amendment).
_REGISTERED = {
    "1": "机关或事业单位",
    "5": "社会组织",
    "9": "企业或个体工商户",
    "N": "农村集体经济组织",
    "Y": "其他组织",
}
_USC = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_WITH_WORDS = ("114", "990")  # numbers that are written with characters
# What is usual for the other papers; one that looks otherwise is asked about, never refused.
_USUAL = {
    "516": (r"[HM]\d{8}(\d{2})?", "港澳居民来往内地通行证号码一般是 H 或 M 加 8 位数字，请核对。"),
    "511": (r"\d{8}|\d{10}[A-Z]?", "台湾居民来往大陆通行证号码一般是 8 位数字，请核对。"),
    "114": (r"[\u4e00-\u9fff]{1,3}\u5b57\u7b2c\d{4,10}\u53f7?|\d{4,10}", "军官证号码一般写作“×字第……号”，请核对。"),
    "553": (r"[A-Z]{3}\d{12}", "旧版永久居留证号码一般是 3 位字母加 12 位数字，请核对。"),
    "414": (r"[A-Z]{1,2}\d{7,8}|[A-Z0-9]{6,12}", "护照号码一般是字母加 7 到 8 位数字，请核对。"),
}
_AROUND = "'\"’‘`′=“”"
_DASHED = re.compile(r"\d{6}-?\d{8}-?\d{3}[\dX×*]", re.ASCII)
_STARRED = re.compile(r"\d{17}[×*]", re.ASCII)
_PERMITS = {"81": "港澳居民居住证", "82": "港澳居民居住证", "83": "台湾居民居住证"}


class IdFacts(msgspec.Struct, frozen=True):
    """What an ID number tells: birthday, sex, area; `warning` is for a person to weigh, not a refusal."""

    kind: str  # 居民身份证, 港澳居民居住证 ...
    birth: dt.date | None
    sex: str
    area: str
    warning: str = ""
    county: str = ""  # with its years, where a code of a county stands in the number

    @property
    def place(self) -> str:
        """Where the number was first given, as far as it tells: the county, outside the region with its province."""
        outside = self.area if self.area not in (PROVINCES["15"], *OLD_LEAGUES.values()) else ""
        return f"{outside}{self.county}" if self.county else self.area


def tidy(number: str) -> str:
    """As it is stored: nothing invisible, no blanks or quotes around it, full-width digits narrowed, x upper; of 18
    places also without dashes, and with X for the × or * that some write."""
    text = "".join(tidying.narrow(tidying.visible(number)).split()).upper().strip(_AROUND)
    if _DASHED.fullmatch(text):
        text = text.replace("-", "")
    return f"{text[:-1]}X" if _STARRED.fullmatch(text) else text


def grouped(number: str) -> str:
    """As it is shown while typed: 6-8-4."""
    return f"{number[:6]} {number[6:14]} {number[14:]}".strip() if len(number) == _LENGTH else number


def masked(number: str) -> str:
    """First six and last four, the rest hidden; short numbers keep their last two."""
    if len(number) >= _OLD_LENGTH:
        return number[:6] + "*" * (len(number) - 10) + number[-4:]
    return "*" * max(len(number) - 2, 0) + number[-2:]


def masked_phone(phone: str) -> str:
    """First three and last four."""
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:] if len(phone) > 7 else phone


def facts(id_type: str, number: str, today: dt.date) -> IdFacts | Problem:
    """What `number` tells, or what is wrong with it. Empty numbers are the caller's matter."""
    number = tidy(number)
    if id_type == ORGANISATION:
        return _organisation(number)
    if id_type != RESIDENT:
        return _other(id_type, number)
    wrong = _shape(number)
    if wrong:
        return Problem("applicant.id_number", wrong)
    if number[0] == "9":
        kind, birth_text, area = "外国人永久居留身份证", number[6:14], "外国"
    else:
        kind, birth_text, area = _PERMITS.get(number[:2], "居民身份证"), number[6:14], area_name(number)
    birth = _date(birth_text)
    if birth is None:
        return Problem("applicant.id_number", f"号码里的出生日期 {birth_text} 不存在，请对照证件再输一次。")
    if birth > today:
        return Problem("applicant.id_number", f"号码里的出生日期 {birth:%Y-%m-%d} 还没有到，请对照证件再输一次。")
    sex, code = "男" if int(number[16]) % 2 else "女", number[:6] if kind == "居民身份证" else ""
    county = division_years.named(code, birth.year)
    warning = _doubt(birth, area, today) or (division_years.doubt(code, birth.year) if code else "")
    return IdFacts(kind, birth, sex, area, warning, county.words if county else "")


def is_old(number: str) -> bool:
    """Whether it is a number of fifteen digits, as cards had until 1999."""
    return len(number) == _OLD_LENGTH and number.isascii() and number.isdigit()


def _shape(number: str) -> str:
    if is_old(number):
        return f"这是 15 位的老号码，一代证已停用。换成 18 位是 {upgraded(number)}，请对照户口簿核对后填写。"
    if odd := _odd(number):
        told = "" if len(number) == _LENGTH else f"，现在是 {len(number)} 位"
        return f"身份证号码里没有{tidying.shown(odd)}：应为 17 位数字加一位数字或 X{told}。{_other_paper(number)}"
    if len(number) != _LENGTH:
        return f"应为 18 位，现在是 {len(number)} 位。"
    if check_digits.resident(number[:17]) != number[17]:
        return "最后一位校验不符，有数字输错，请对照证件再输一次。"
    return ""


def _odd(number: str) -> str:
    """The first character that no number of a resident has; "" for none."""
    body = number[:-1] if number.endswith("X") else number
    return next((char for char in body if not (char.isascii() and char.isdigit())), "")


def _other_paper(number: str) -> str:
    """What else it could be, where the kind was left at the resident card."""
    if isinstance(_organisation(number), IdFacts):
        return "这是统一社会信用代码，请把证件种类改成“统一社会信用代码（单位）”。"
    return "是别的证件的，请先改证件种类。" if number[0].isalpha() else ""


def _date(text: str) -> dt.date | None:
    try:
        return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def area_name(number: str) -> str:
    """The area of the first six digits as far as it is known; "" when it is not."""
    return OLD_LEAGUES.get(number[:4], "") or PROVINCES.get(number[:2], "") or _PERMITS.get(number[:2], "")


def _doubt(birth: dt.date, area: str, today: dt.date) -> str:
    if today.year - birth.year >= _OLDEST:
        return f"按号码出生于 {birth.year} 年，已 {today.year - birth.year} 岁，请核对。"
    return "" if area else "号码前两位不是已知的省份代码，请核对。"


def upgraded(number: str) -> str:
    """A number of 15 digits as one of 18 (GB 11643-1999 §5): its bearer was born in the twentieth century."""
    longer = number[:6] + "19" + number[6:]
    return longer + check_digits.resident(longer)


def _organisation(number: str) -> IdFacts | Problem:
    if len(number) != _LENGTH:
        return Problem("applicant.id_number", f"统一社会信用代码应为 18 位，现在是 {len(number)} 位。")
    odd = next((char for char in number if char not in _USC), "")
    if odd:
        return Problem(
            "applicant.id_number",
            f"统一社会信用代码里没有{tidying.shown(odd)}（不用 I、O、S、V、Z），请对照证照再输一次。",
        )
    if check_digits.organisation(number[:17]) != number[17]:
        return Problem("applicant.id_number", "最后一位校验不符，有一位输错，请对照证照再输一次。")
    return IdFacts(_REGISTERED.get(number[0], "其他组织"), None, "", area_name(number[2:8]))


def _other(id_type: str, number: str) -> IdFacts | Problem:
    plain = number.replace("-", "")
    with_words = id_type in _WITH_WORDS
    odd = next((char for char in plain if not (char.isalnum() and (char.isascii() or with_words))), "")
    if odd:
        return Problem("applicant.id_number", f"证件号码里没有{tidying.shown(odd)}，应为 4 到 30 位字母或数字。")
    if not (4 <= len(number) <= 30 and plain):
        return Problem("applicant.id_number", f"证件号码应为 4 到 30 位字母或数字，现在是 {len(number)} 位。")
    usual, doubt = _USUAL.get(id_type, (".*", ""))
    return IdFacts(codes.ID_TYPES.get(id_type, "其他证件"), None, "", "", "" if re.fullmatch(usual, number) else doubt)
