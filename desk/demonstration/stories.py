"""The cases of the demonstration: who came, when, for what, and what became of it.

`ago` counts working days back from the last one before today. What is still open has a limit that is not over, but for
the one that is late on purpose.
"""

from __future__ import annotations

from typing import NamedTuple

from desk.demonstration.roads import CLOSED, DECIDED, HERE, KEPT, SERVED
from desk.folds.case import State

ITEMS = {
    "低保": "最低生活保障审核确认",
    "特困": "特困人员救助供养认定",
    "救助": "临时救助",
    "高龄": "80 周岁以上老年人高龄津贴",
    "残疾证": "残疾人证核发",
    "生活补贴": "困难残疾人生活补贴",
    "草补": "草原生态保护补助奖励（禁牧补助、草畜平衡奖励）",
    "草证": "草原承包经营合同备案、权证换发补发",
    "流转": "草原经营权流转备案",
    "占用": "临时占用草原审核",
    "宅基地": "农村牧区宅基地审批",
    "不动产": "不动产登记（宅基地、房屋、承包经营权）",
    "防疫": "动物防疫条件合格证核发",
    "农机": "农机购置与应用补贴",
    "参保": "城乡居民基本养老保险参保登记",
    "养老": "城乡居民养老保险待遇领取申请",
    "社保变更": "社会保险登记信息变更、注销",
    "医保": "城乡居民医保手工（零星）报销",
    "身份证": "居民身份证申领、换领、补领",
    "法援": "法律援助申请",
}


class Story(NamedTuple):
    """`came` is who came for the applicant, and what they are to them; `words` what the office or the herder says;
    `lacks` the code of a material that follows; `late` means after the day's sync."""

    ago: int
    who: str
    item: str
    road: str = ""
    came: str = ""
    relation: str = ""
    words: str = ""
    lacks: str = ""
    late: bool = False
    second: bool = False  # taken in by the other agent
    ends: State = State.CONCLUDED


_QUICK = "accept review grant return at serve"

ENDED = (
    Story(85, "苏布道", "高龄", KEPT, "乌日娜", "子女", ends=State.ARCHIVED),
    Story(84, "巴图孟克", "农机", KEPT, ends=State.ARCHIVED),
    Story(82, "斯琴高娃", "医保", KEPT, ends=State.ARCHIVED),
    Story(80, "王秀英", "低保", f"{SERVED} rate4 conclude+2 archive+2", ends=State.ARCHIVED),
    Story(79, "阿云嘎", "参保", f"{_QUICK} rate5 conclude", second=True),
    Story(77, "张玉梅", "救助", CLOSED),
    Story(75, "格日勒图", "流转", f"{_QUICK} rate4 conclude"),
    Story(73, "吉日嘎拉", "残疾证", f"{SERVED} rate5 conclude", second=True),
    Story(72, "牧仁", "身份证", CLOSED),
    Story(70, "乌兰托娅", "参保", f"{_QUICK} rate3 conclude"),
    Story(68, "特木尔", "农机", CLOSED, second=True),
    Story(66, "敖登", "生活补贴", CLOSED, "孟根花", "其他亲属"),
    Story(65, "呼格吉勒图", "流转", f"{_QUICK} rate5 conclude"),
    Story(
        63, "刘海龙", "宅基地", "accept review refuse+3 return at serve rate3 conclude",
        words="申请人在本嘎查已有一处宅基地，一户只能有一处（土地管理法第六十二条）。",
    ),
    Story(62, "孟根花", "医保", f"{SERVED} rate5 conclude", second=True),
    Story(60, "达古拉", "社保变更", CLOSED),
    Story(58, "苏日娜", "参保", f"{_QUICK} rate5 conclude"),
    Story(56, "恩和", "救助", f"{SERVED} rate4 conclude", second=True),
    Story(54, "图门乌力吉", "不动产", CLOSED),
    Story(53, "希吉日", "身份证", CLOSED),
    Story(51, "哈斯巴根", "养老", f"{SERVED} rate5 conclude"),
    Story(
        50, "李建国", "防疫", "not-accept", ends=State.NOT_ACCEPTED,
        words="养殖场所在苏尼特右旗，应向苏尼特右旗农牧和科技局提出，已告知地址和电话。",
    ),
    Story(48, "朝鲁门", "流转", f"{_QUICK} rate5 conclude", second=True),
    Story(46, "萨如拉", "医保", CLOSED),
    Story(45, "白音孟和", "农机", f"{SERVED} rate2 conclude", words="来回补了两次材料，能一次说清楚就好了。"),
    Story(43, "娜仁花", "参保", f"{_QUICK} rate5 conclude", second=True),
    Story(
        42, "敖特根巴雅尔", "高龄", "supplement bring+3 accept review grant+2 return at serve rate5 conclude",
        "格日勒图", "子女", words="身份证复印件看不清有效期",
    ),
    Story(40, "赛罕", "救助", "withdraw+1", ends=State.WITHDRAWN, words="家里亲戚已帮忙解决，不再申请。"),
    Story(39, "通拉嘎", "身份证", CLOSED, second=True),
    Story(37, "青格勒", "草证", f"{SERVED} rate4 conclude"),
    Story(36, "其木格", "特困", CLOSED, "乌云毕力格", "子女"),
    Story(34, "高娃", "救助", f"{SERVED} rate5 conclude", second=True),
    Story(33, "阿木古楞", "养老", CLOSED),
    Story(31, "布仁巴雅尔", "社保变更", f"{SERVED} rate5 conclude"),
    Story(
        30, "陶格斯", "医保", "void", second=True, ends=State.VOID,
        words="选错了事项，应为养老保险参保登记，改日另行登记。",
    ),
    Story(28, "新吉乐", "流转", f"{_QUICK} rate5 conclude"),
    Story(27, "巴雅尔图", "医保", f"{SERVED} rate4 conclude", second=True),
    Story(26, "乌日娜", "救助", f"{SERVED} rate5 conclude"),
    Story(
        24, "牧仁", "占用", "accept send-back+2", ends=State.RETURNED,
        words="占用地块跨旗界，应由盟林业和草原局审核，材料已退回。",
    ),
    Story(22, "苏日娜", "医保", f"{SERVED} rate5 conclude", second=True),
    Story(21, "恩和", "农机", f"{SERVED} rate5 conclude"),
    Story(20, "萨仁图雅", "身份证", f"{SERVED} rate4 conclude"),
)  # fmt: skip
OPEN = (
    Story(29, "宝音德力格尔", "宅基地", "accept review", ends=State.IN_REVIEW),
    Story(
        25, "图门乌力吉", "占用", "accept review suspend+2", ends=State.SUSPENDED,
        words="现场勘验和专家评审，勘验队排期在下月中旬",
    ),
    Story(18, "道尔吉", "高龄", SERVED, "恩和", "子女", ends=State.SERVED),
    Story(17, "孟根花", "生活补贴", SERVED, second=True, ends=State.SERVED),
    Story(16, "特木尔", "救助", f"correct {SERVED}", ends=State.SERVED),
    Story(15, "张玉梅", "流转", _QUICK, second=True, ends=State.SERVED),
    Story(14, "乌云毕力格", "不动产", HERE, ends=State.AT_POINT),
    Story(13, "达古拉", "生活补贴", HERE, "高娃", "子女", second=True, ends=State.AT_POINT),
    Story(13, "额尔敦其其格", "养老", HERE, ends=State.AT_POINT),
    Story(
        12, "青格勒", "占用", "accept review extend+5", ends=State.EXTENDED,
        words="界址坐标要与邻旗核对，二十个工作日内不能作出决定",
    ),
    Story(11, "哈斯巴根", "医保", f"{DECIDED}+2", ends=State.RETURNING),
    Story(10, "斯琴高娃", "残疾证", DECIDED, "萨仁图雅", "子女", second=True, ends=State.RETURNING),
    Story(9, "赛罕", "救助", "accept review", ends=State.IN_REVIEW),
    Story(5, "格日勒图", "法援", "accept review grant", ends=State.GRANTED),
    Story(12, "朝鲁门", "农机", "accept", ends=State.ACCEPTED),
    Story(
        8, "阿木古楞", "医保", "supplement bring+7", ends=State.SUPPLEMENTED,
        words="医疗收费票据缺一张（住院押金部分）",
    ),
    Story(7, "阿云嘎", "身份证", "accept review grant+2 certify", second=True, ends=State.CERTIFYING),
    Story(
        6, "巴图孟克", "农机", "supplement", ends=State.SUPPLEMENT_ASKED,
        words="购机发票复印件不清楚，请补一份\n转账凭证上看不到收款单位，请补银行盖章的回单",
    ),
    Story(
        6, "通拉嘎", "低保", "accept review refuse", ends=State.REFUSED,
        words="共同生活的家庭成员人均收入高于本旗最低生活保障标准（社会救助法第十八条）。",
    ),
    Story(5, "刘海龙", "残疾证", "accept", second=True, ends=State.ACCEPTED),
    Story(
        5, "娜仁花", "不动产", "supplement", ends=State.SUPPLEMENT_ASKED,
        words="四至界址图没有邻户签字",
    ),
    Story(4, "王秀英", "医保", "accept review", ends=State.IN_REVIEW),
    Story(4, "白音孟和", "草证", "accept", second=True, ends=State.ACCEPTED),
    Story(3, "乌兰托娅", "救助", "pre-check", lacks="event", ends=State.PRE_CHECK),
    Story(2, "呼格吉勒图", "宅基地", "", ends=State.ARRIVED),
    Story(1, "萨如拉", "低保", "", lacks="kin", second=True, ends=State.ARRIVED),
    Story(0, "陶格斯", "参保", "", late=True, ends=State.COLLECTED),
    Story(0, "敖登", "医保", "", "乌日娜", "其他亲属", late=True, second=True, ends=State.COLLECTED),
    Story(0, "新吉乐", "农机", "", late=True, ends=State.IN_TRANSIT),
)  # fmt: skip
STORIES = (*ENDED, *OPEN)
BUNDLED_LAST = "农机"  # its papers are in the envelope that stands ready

# What the neighbour took in before it fell silent.
SILENT_DAYS = 17
NEIGHBOUR = (
    Story(60, "巴特尔", "参保", _QUICK, ends=State.SERVED),
    Story(52, "阿拉腾宝力格", "救助", SERVED, ends=State.SERVED),
    Story(41, "其其格", "医保", SERVED, ends=State.SERVED),
    Story(33, "孟和", "农机", f"{SERVED} rate4", ends=State.SERVED),
    Story(24, "索伦高娃", "不动产", DECIDED, ends=State.RETURNING),
    Story(19, "图雅", "身份证", "accept review", ends=State.IN_REVIEW),
)
