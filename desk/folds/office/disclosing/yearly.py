"""The yearly report on disclosure (政府信息公开条例§50): how many requests came, how each ended, by sort of applicant.

The rows are those of the common form that the State Council's office gave out (国办公开办函〔2021〕30号), tables 3
and 4.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds.office.disclosing.request import CONTESTED, OPEN, RESULTS, Disclosure

SORTS = {
    "person": "自然人",
    "company": "商业企业",
    "research": "科研机构",
    "charity": "社会公益组织",
    "legal": "法律服务机构",
    "other": "其他组织",
}
# The first character of a 统一社会信用代码 says who registered it (GB 32100).
_REGISTERED = {"9": "company", "5": "charity", "3": "legal"}
UNKNOWN = "—"  # of an applicant at a point who gave no number: people ask there
_IDENTITY = 18
_CENTURIES = ("19", "20")  # where an identity number has the year of birth
NEW, LEFT, DONE, OVER = "new", "left", "done", "over"
ROWS: tuple[tuple[str, str], ...] = (
    (NEW, "一、本年新收政府信息公开申请数量"),
    (LEFT, "二、上年结转政府信息公开申请数量"),
    ("open", "三、（一）予以公开"),
    ("part", "三、（二）部分公开（区分处理的，只计这一情形）"),
    ("no.secret", "三、（三）不予公开 1.属于国家秘密"),
    ("no.banned", "三、（三）不予公开 2.其他法律行政法规禁止公开"),
    ("no.safety", "三、（三）不予公开 3.危及“三安全一稳定”"),
    ("no.third", "三、（三）不予公开 4.保护第三方合法权益"),
    ("no.internal", "三、（三）不予公开 5.属于三类内部事务信息"),
    ("no.process", "三、（三）不予公开 6.属于四类过程性信息"),
    ("no.file", "三、（三）不予公开 7.属于行政执法案卷"),
    ("special", "三、（三）不予公开 8.属于行政查询事项"),
    ("none", "三、（四）无法提供 1.本机关不掌握相关政府信息"),
    ("make", "三、（四）无法提供 2.没有现成信息需要另行制作"),
    ("unclear", "三、（四）无法提供 3.补正后申请内容仍不明确"),
    ("enquiry", "三、（五）不予处理 1.信访举报投诉类申请"),
    ("again", "三、（五）不予处理 2.重复申请"),
    ("print", "三、（五）不予处理 3.要求提供公开出版物"),
    ("excess", "三、（五）不予处理 4.无正当理由大量反复申请"),
    ("reissue", "三、（五）不予处理 5.要求行政机关确认或重新出具已获取信息"),
    ("given_up", "三、（六）其他处理 1.申请人无正当理由逾期不补正、不再处理"),
    ("unpaid", "三、（六）其他处理 2.申请人逾期未按收费通知要求缴纳费用、不再处理"),
    ("rest", "三、（六）其他处理 3.其他"),
    (DONE, "三、（七）总计"),
    (OVER, "四、结转下年度继续办理"),
)
# Answers that the form has under another name: what lies with another organ is not held here, what was published
# already is disclosed.
_AS = {"elsewhere": "none", "where": "open", "withdrawn": "rest", "joined": "rest", "split": "rest", "": "rest"}


class Year(msgspec.Struct, frozen=True):
    """Counts by row and sort of applicant; `contested` by way and result; the numbers of the requests of each row."""

    year: int
    counts: dict[str, dict[str, int]]
    contested: dict[str, dict[str, int]]
    numbers: dict[str, tuple[str, ...]]

    def total(self, row: str) -> int:
        """Of a row, all sorts together."""
        return sum(self.counts[row].values())

    @property
    def adds_up(self) -> bool:
        """New and left over are done and over."""
        return self.total(NEW) + self.total(LEFT) == self.total(DONE) + self.total(OVER)


def sort_of(number: str) -> str:
    """The sort of an applicant as far as the number tells: of a person, or of who registered an organisation."""
    has_year = len(number) == _IDENTITY and number[:17].isdigit() and number[6:8] in _CENTURIES
    is_person = has_year and number[0] in "123456789"
    return "person" if is_person or number in ("", UNKNOWN) else _REGISTERED.get(number[:1], "other")


def row_of(found: Disclosure) -> str:
    """The row of the common form in which a request that ended is counted."""
    if found.state in ("given_up", "withdrawn", "joined", "split"):
        return _AS.get(found.state, found.state)
    if found.verdict == "no":
        ground = found.reply.ground if found.reply else ""
        return f"no.{ground}" if ground else "rest"
    return _AS.get(found.verdict, found.verdict)


def counted(requests: Iterable[Disclosure], year: int) -> Year:
    """The year's counts. One that was parted is counted by its parts, not itself."""
    counts = {row: dict.fromkeys(SORTS, 0) for row, _ in ROWS}
    numbers: dict[str, list[str]] = {row: [] for row, _ in ROWS}
    contested = {way: dict.fromkeys(RESULTS, 0) for way in CONTESTED}

    def add(row: str, found: Disclosure, sort: str) -> None:
        counts[row][sort] += 1
        numbers[row].append(found.asked.number)

    for found in requests:
        came, ended = _year(_came(found)), _year(found.answered_at)
        if found.state == "split" or came > year or (ended and ended < year):
            continue
        sort = found.sort or sort_of(found.asked.id_number)
        add(NEW if came == year else LEFT, found, sort)
        if ended == year and found.state not in OPEN:
            add(row_of(found), found, sort)
            add(DONE, found, sort)
            for way, result in found.contested.items():
                contested[way][result] += 1
        else:
            add(OVER, found, sort)
    return Year(year, counts, contested, {row: tuple(sorted(all_)) for row, all_ in numbers.items()})


def _came(found: Disclosure) -> str:
    return found.counted or (found.asked.came.isoformat() if found.asked.came else found.asked_at)


def _year(day: str) -> int:
    return int(day[:4]) if day else 0
