"""Every Chinese sentence that can come on screen, out of the sources; facts inside stand as %1, %2.

python tests/i18n/words.py          what is not translated yet, one a line
python tests/i18n/words.py merge F  take translations from F (JSON: sentence -> English) into the .ts and make the .qm
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
TS = ROOT / "resources" / "i18n" / "daiban_en.ts"
QM = TS.with_suffix(".qm")
HAN = re.compile(r"[\u3400-\u9fff]")
# Papers, sheets and whatever a person types stay Chinese; so do the tour's own words and those for a terminal.
LEFT_OUT = (
    "ui/tour.py", "desk/printing", "desk/papers", "desk/publication", "desk/counter/case_sheets.py", "desk/centre",
    "desk/app/commands.py", "desk/app/publishing.py", "desk/__main__.py", "desk/options.py", "desk/app/demo.py",
    "desk/demonstration", "desk/app/practice.py", "desk/words/search_keys.py",
    "desk/law/divisions.py", "desk/law/places.py", "desk/law/addresses.py",
    "desk/law/catalogue/item.py", "desk/law/catalogue/search.py",
    "desk/words/label_list.py", "desk/words/han.py", "desk/words/tidying.py", "desk/words/amounts",

    # How offices write what columns and cells mean; what of it is shown stands in EXTRA.
    "desk/counter/importing/targets.py", "desk/counter/importing/spellings.py", "desk/words/spellings.py",
    "desk/words/asked_words.py",
    "desk/words/sheets/headings.py", "desk/law/item_tables", "desk/words/sheets/docx_reader.py",
    # Shown on the pages of the centre alone, which are Chinese.
    "desk/folds/office", "desk/folds/case_acts.py", "desk/log/office_events.py", "desk/law/catalogue/changes.py",
    "desk/law/catalogue/lines.py", "desk/law/catalogue/basis.py", "desk/law/statutes",
    "desk/law/item_forms", "desk/log/life_events.py", "desk/log/duty",
    "desk/law/bodies/body.py", "desk/law/bodies/rules.py", "desk/law/bodies/seed.py",
    # Stands on paper and on those pages.
    "desk/law/flow.py", "desk/law/item_words.py", "desk/law/catalogue/known.py", "desk/law/redress.py",
    "desk/law/catalogue/cited.py", "desk/folds/organ_papers.py",
    # What goes to the platform above, in the standard's own words.
    "desk/standard",
)  # fmt: skip


def sources() -> list[Path]:
    """The files whose words come on screen."""
    found = [*(ROOT / "ui").rglob("*.py"), *(ROOT / "desk").rglob("*.py")]
    return sorted(one for one in found if not one.relative_to(ROOT).as_posix().startswith(LEFT_OUT))


# Data, not words of ours: what is made of them is printed and stays as it is.
DATA = {
    # What materials are called that are papers of a person.
    "身份证", "户口簿", "户口本", "户籍", "居住证", "护照", "通行证", "驾驶证", "残疾人证", "社会保障卡", "社保卡",
    "一卡通", "结婚证", "离婚证", "出生医学证明", "军官证", "士兵证",
    # What is asked for where somebody comes for the applicant.
    "授权委托书", "代办点可打印", "申请人签字或按指印", "代办人身份证", "代办人自备", "代理人",
    "%1便民代办点", "%1政务服务中心", "%1办理结果", "%1 年%2", "办件-%1.xlsx", "大厅-%1.xlsx", "统计-%1.xlsx",
    "签名.png", "测试页.pdf",
    "蒙古文用词.xlsx",
    # How old ledgers say that nothing came of a case.
    "不", "未", "退", "撤",
    # What steps of an item are called.
    "收件", "审查", "审核", "评估", "初审", "复审", "决定", "审批",
}  # fmt: skip
EXTRA = ("暂定", "日", "条", "原编号", "户主证件号码", "日期", "结果")


class _Words(ast.NodeVisitor):
    def __init__(self) -> None:
        self.found: dict[str, None] = {}

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts, number = [], 0
        for one in node.values:
            if isinstance(one, ast.Constant):
                parts.append(str(one.value))
            else:
                number += 1
                parts.append(f"%{number}")
                self.visit(one)
        self._add("".join(parts))

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._add(node.value)

    def _add(self, text: str) -> None:
        for line in text.split("\n"):
            if HAN.search(re.sub(r"%\d", "", line)):
                self.found[line] = None


def words() -> list[str]:
    """All of them, in the order of the sources."""
    visitor = _Words()
    for path in sources():
        visitor.visit(ast.parse(path.read_text("utf-8")))
    return [one for one in (*visitor.found, *EXTRA) if one not in DATA]


def translated() -> dict[str, str]:
    """What the .ts has."""
    if not TS.exists():
        return {}
    tree = ET.parse(TS)  # noqa: S314 - our own file
    return {one.findtext("source") or "": one.findtext("translation") or "" for one in tree.iter("message")}


def merge(new: dict[str, str]) -> None:
    """Write the .ts with what is wanted and nothing else, and compile it."""
    known = translated() | new
    root = ET.Element("TS", version="2.1", language="en", sourcelanguage="zh_CN")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = "daiban"
    for source in sorted(words()):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        if known.get(source):
            translation.text = known[source]
        else:
            translation.set("type", "unfinished")
    ET.indent(root, " ")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    TS.write_text(head + ET.tostring(root, encoding="unicode") + "\n", "utf-8")
    subprocess.run(["pyside6-lrelease", "-silent", str(TS), "-qm", str(QM)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["merge"]:
        merge(json.loads(Path(sys.argv[2]).read_text("utf-8")))
    known = translated()
    print("\n".join(one for one in words() if not known.get(one)))  # noqa: T201
