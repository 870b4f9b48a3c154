"""The yearly report on disclosure as a table, a text to be finished, and a paper (政府信息公开条例§50)."""

from __future__ import annotations

from desk.folds.office.disclosing import yearly
from desk.folds.office.disclosing.request import CONTESTED, RESULTS
from desk.folds.office.disclosing.yearly import ROWS, SORTS, Year
from desk.printing.document import Document, Heading, Table, Text
from desk.printing.facts import OfficeFacts


def lines(found: Year) -> list[tuple[str, ...]]:
    """The table of requests with its head: a row a line, sorts of applicants, all together."""
    head = ("项目", *SORTS.values(), "总计")
    return [head, *((words, *_cells(found, row), str(found.total(row))) for row, words in ROWS)]


def _cells(found: Year, row: str) -> list[str]:
    return [str(found.counts[row][sort]) for sort in SORTS]


def contests(found: Year) -> list[tuple[str, ...]]:
    """The table of reviews and suits with its head."""
    head = ("项目", *RESULTS.values(), "总计")
    rows = []
    for way, words in CONTESTED.items():
        counts = [found.contested[way][result] for result in RESULTS]
        rows.append((words, *(str(one) for one in counts), str(sum(counts))))
    return [head, *rows]


def text(found: Year, name: str) -> str:
    """The report in words, what nobody but its writer knows left open."""
    done = "，".join(
        f"{words.split('）')[-1].strip()} {found.total(row)} 件" for row, words in ROWS[2:-2] if found.total(row)
    )
    return "\n".join(
        (
            "本报告依照《中华人民共和国政府信息公开条例》第五十条编制，"
            f"统计期为 {found.year} 年 1 月 1 日至 12 月 31 日。",
            "",
            "一、总体情况",
            f"（请写{name}主动公开、依申请公开、政府信息管理、平台建设、监督保障的情况，含工作考核、社会评议和责任追究结果。）",
            "",
            "二、主动公开政府信息情况",
            "（请填规章、行政规范性文件、行政许可、处罚、强制、收费的数量。）",
            "",
            "三、收到和处理政府信息公开申请情况",
            f"本年新收 {found.total(yearly.NEW)} 件，上年结转 {found.total(yearly.LEFT)} 件；"
            f"本年办结 {found.total(yearly.DONE)} 件{f'：{done}' if done else ''}；"
            f"结转下年度 {found.total(yearly.OVER)} 件。明细见附表。",
            "",
            "四、政府信息公开行政复议、行政诉讼情况",
            "；".join(f"{row[0]} {row[-1]} 件" for row in contests(found)[1:]) + "。",
            "",
            "五、存在的主要问题及改进情况",
            "（请写。）",
            "",
            "六、其他需要报告的事项",
            "（请写收取信息处理费等情况；没有的写“没有”。）",
        )
    )


def made(found: Year, name: str, office: OfficeFacts, printed: str) -> Document:
    """The two tables as a paper."""
    head, *rows = lines(found)
    contest_head, *contest_rows = contests(found)
    widths = tuple((words, 5.2 if at == 0 else 1.2) for at, words in enumerate(head))
    narrow = tuple((words, 3.0 if at == 0 else 1.4) for at, words in enumerate(contest_head))
    blocks = (
        Heading("收到和处理政府信息公开申请情况"),
        Table(widths, tuple(rows)),
        Text("勾稽关系：第一项加第二项之和，等于第三项总计加第四项之和。", quiet=True),
        Heading("政府信息公开行政复议、行政诉讼情况"),
        Table(narrow, tuple(contest_rows)),
    )
    title = f"{found.year}年政府信息公开工作年度报告（附表）"
    return Document(title, office, blocks, paper="A4-wide", number=name, printed=printed)
