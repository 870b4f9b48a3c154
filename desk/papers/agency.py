"""Papers between herder and agent: 代办委托书, 容缺承诺书, 纸质评价单."""

from __future__ import annotations

from desk.folds.case import Case
from desk.law import id_numbers, numbers
from desk.law.codes import SCORES
from desk.log.events import Proxy
from desk.printing.document import BLANK, Block, Code, Document, Fields, Heading, Signatures, Table, Text
from desk.printing.facts import OfficeFacts


def entrusted(case: Case, agent: str, office: OfficeFacts, printed: str) -> Document:
    """代办委托书 (行政许可法§29): who entrusts whom, both with full numbers; what the agent may do, for nothing; a
    witness for who cannot write."""
    person, came = case.collected.applicant, case.collected.proxy
    powers = ("提交申请材料", "签收补正、受理等文书", "代缴规定的费用（凭票据）", "领取办理结果")
    blocks: tuple[Block, ...] = (
        Fields(
            (
                (("委托人", person.name), ("电话", person.phone or BLANK)),
                (("证件号码", id_numbers.grouped(person.id_number) or BLANK), ("住址", person.address or BLANK)),
                *_entrusted_to(came, agent, office),
                (("委托事项", case.collected.item.item_name),),
                (("委托原因", BLANK),),
                (("期限", f"自 {case.collected_at[:10]} 起至本事项办结之日止"),),
            )
        ),
        Heading("委托权限（同意的打√）"),
        Table((("权限", 8.0), ("同意", 1.2)), tuple((one, "　") for one in powers)),
        Text("代办不收取任何费用。受托人不得转委托。受托人在委托权限内所办事项的后果由委托人承担。", strong=True),
        Signatures("委托人签字（指印）：", "受托人签字："),
        Signatures("见证人（委托人不能书写时）签字：", "日期："),
        Text("不能书写的，由见证人当面读给委托人听，委托人按指印，见证人签字。附双方身份证复印件。", quiet=True),
    )
    number = f"收件号 {numbers.grouped(case.intake_no)}"
    return Document(
        "代办委托书", office, blocks, paper="A4-large", number=number, printed=printed, version=case.version
    )


def _entrusted_to(came: Proxy | None, agent: str, office: OfficeFacts) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Who may act: a relative who came for the applicant, else the agent of the point."""
    if came is None:
        return (
            (("受托人", f"{agent}（代办员）" if agent else BLANK), ("受托人电话", office.phone or BLANK)),
            (("受托人证件号码", BLANK), ("受托人住址", BLANK)),
            (("代办点", office.point_name),),
        )
    related = f"{came.person.name}（{came.relation}）" if came.relation else came.person.name
    return (
        (("受托人", related), ("受托人电话", came.person.phone or BLANK)),
        (
            ("受托人证件号码", id_numbers.grouped(came.person.id_number) or BLANK),
            ("受托人住址", came.person.address or BLANK),
        ),
        (("经办代办员", agent), ("代办点", office.point_name)),
    )


def promised(case: Case, office: OfficeFacts, printed: str) -> Document:
    """容缺承诺书: what is missing, by when it comes, and what follows if it does not."""
    lines = tuple(
        (str(at), one.name, one.missing, one.until.isoformat() if one.until else "")
        for at, one in enumerate((one for one in case.materials if one.missing), 1)
    )
    blocks: tuple[Block, ...] = (
        Fields(
            (
                (("致", case.collected.item.org_name or BLANK),),
                (("承诺人", case.collected.applicant.name), ("收件号", numbers.grouped(case.intake_no))),
                (("事项", case.collected.item.item_name),),
            )
        ),
        Heading("暂缺的材料"),
        Table((("序号", 0.7), ("材料", 4.0), ("暂缺原因", 3.6), ("补齐期限", 1.8)), lines),
        Text("本人承诺在上列期限内补齐，所述属实。逾期不补或材料不实的，愿承担申请被退回等后果。", strong=True),
        Signatures("承诺人签字（指印）：", "日期："),
        Signatures("代办员签字：", "日期："),
        Text("能否容缺由行政机关决定；不能容缺的，代办员会尽快告知。", quiet=True),
    )
    number = f"编号 {case.intake_no}-{len(case.brought) + 1}"
    return Document(
        "容缺承诺书", office, blocks, paper="A4-large", number=number, printed=printed, version=case.version
    )


def rating_slip(case: Case, office: OfficeFacts, printed: str, code: str) -> Document:
    """纸质评价单: filled in alone, sealed, no name needed (GB/T 39734-2020); `code` ties it to its case."""
    levels = tuple(SCORES.values())
    columns = (("内容", 2.6), *((name, 1.4) for name in levels))
    rows = tuple((name, *["□"] * len(levels)) for name in ("总体", "办事效率", "业务水平", "服务态度"))
    blocks: tuple[Block, ...] = (
        Text("请您自己填写，折好封口后投入意见箱或交中心。代办员不得代填、不得查看。不愿署名可以不写。", strong=True),
        Code(
            code,
            (
                f"事项 {case.collected.item.item_name}",
                f"收件号 {numbers.grouped(case.intake_no)}",
                f"收件日期 {case.collected_at[:10]}",
                "右边的码对应这一件：在中心网页上凭它评价，或由中心收到本单时登记。",
            ),
        ),
        Table(columns, rows),
        Fields(((("您的意见", "\n\n\n"),), (("是否愿意接受回访", "□ 愿意，电话：　　　　　　　　□ 不愿意"),))),
        Text(f"一件只评一次。{_call(office)}差评会核实、整改并回访。", quiet=True),
    )
    return Document("政务服务评价单", office, blocks, paper="A5", printed=printed, version=case.version)


def _call(office: OfficeFacts) -> str:
    return f"也可拨打 {office.supervision_phone} 评价。" if office.supervision_phone else ""
