"""设定依据 and 收费 in one cell, and written so that they are read again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk.law.catalogue.item import Fee, LegalBasis
from desk.law.item_tables import splitting
from desk.words.amounts import numerals
from desk.words.as_written import Kind, Note

_ARTICLE = re.compile(r"\s*(§[^\s：:；;，,]+|第[一二三四五六七八九十百零〇\d]+条(?:之[一二三四五六七八九十])?)")
_PLAIN = re.compile(r"第([一二三四五六七八九十百零〇\d]+)条")
_BEHIND = re.compile(r"(?:第[一二三四五六七八九十百\d]+[款项目])+")
_NUMBER = re.compile(r"^\s*[（(〔\[][^（()）]*?(?:号|令)[^（()）]*[)）〕\]]")
_DOCUMENT = re.compile(r"[（(〔\[]\d{4}[)）〕\]]\s*第?\d+\s*号")
_FREE = re.compile(r"不收费|不收取|免费|无|否|不收|零收费|0元|/|-+|—+")
_BASIS = re.compile(r"[（(]依据[：:](.+)[)）]$")
_FEE = re.compile(r"^([^：:]{1,30})[：:](.+?)(?:[（(]依据[：:](.+)[)）])?$")


def read(text: str) -> tuple[LegalBasis, ...]:
    """Each law that a cell names, with its article as § and what is said of it."""
    whole = splitting.digits(text).strip()
    marks = _titles(whole)
    if not marks:
        return tuple(_unmarked(one) for one in splitting.parts(whole))
    ends = [start for start, _ in marks[1:]] + [len(whole)]
    pieces = zip(marks, ends, strict=True)
    return tuple(made for (a, b), end in pieces for made in _with_others(_one(whole[a + 1 : b - 1], whole[b:end])))


def _titles(text: str) -> list[tuple[int, int]]:
    """Where titles in 《》 begin and end; one within another belongs to it, as does one that is quoted in a text."""
    found, depth, start = list[tuple[int, int]](), 0, 0
    for at, char in enumerate(text):
        if char == "《":
            depth += 1
            start = at if depth == 1 else start
        elif char == "》" and depth:
            depth -= 1
            if not depth and not (found and _is_quoted(text[found[-1][1] : start])):
                found.append((start, at + 1))
    return found


def _is_quoted(between: str) -> bool:
    """Whether a title stands within what the law before it says: `《甲》：……依照《乙》……`."""
    return "：" in between and "\n" not in between and not between.rstrip().endswith(("。", "；", ";", "，", "、"))


def _one(law: str, behind: str) -> LegalBasis:
    number = _NUMBER.match(behind)
    rest = behind[number.end() :] if number else behind
    article, text = "", rest
    if found := _ARTICLE.match(rest):
        article, text = _sign(found[1]), rest[found.end() :]
        if more := _BEHIND.match(text):
            article, text = article + more[0], text[more.end() :]
        elif more_articles := re.match(r"(?:[、和及—-](?:§[\d—]+|第[一二三四五六七八九十百\d]+条))+", text):
            article += _PLAIN.sub(lambda one: _sign(one[0]), more_articles[0])
            text = text[more_articles.end() :]
    name = law + (splitting.tidy(number[0]) if number else "")
    return LegalBasis(splitting.tidy(name), article, splitting.tidy(text).strip("：:；;，,。、 "))


def _with_others(one: LegalBasis) -> list[LegalBasis]:
    """A law, and documents that follow it without 《》, known by their number."""
    others = [piece.strip(" …") for piece in re.split(r"[,，;；、]", one.text) if _DOCUMENT.search(piece)]
    if not others or "：" in one.text:
        return [one]
    return [LegalBasis(one.law, one.article), *(LegalBasis(other) for other in others)]


def _unmarked(line: str) -> LegalBasis:
    """A law without 《》: 草原法§39：……, 民发〔2021〕57号：……."""
    head, _, text = line.partition("：")
    law, sign, article = head.partition("§")
    return LegalBasis(law.strip(), sign + article.strip(), text.strip())


def _sign(article: str) -> str:
    found = _PLAIN.fullmatch(article)
    if not found:
        return article
    return f"§{found[1] if found[1].isascii() else numerals.number(found[1]) or found[1]}"


def written(bases: Sequence[LegalBasis]) -> str:
    """A line each, as `read` reads them."""
    return "\n".join(f"《{one.law}》{one.article}" + (f"：{one.text}" if one.text else "") for one in bases)


def fees(text: str, basis: str = "") -> tuple[tuple[Fee, ...], tuple[Note, ...]]:
    """收费 as a cell says it; nothing for what is free of charge (`nothing` keeps that it is)."""
    whole = splitting.tidy(text).strip("。；; ")
    if is_free(whole):
        return (), ()
    if whole in ("是", "收费", "收取"):
        return (), (Note(Kind.DOUBT, "写了收费，没有写标准。", "请写收费项目、标准和依据。"),)
    made = []
    for line in splitting.parts(text):
        found = _FEE.match(line)
        made.append(Fee(found[1], found[2], found[3] or basis) if found else Fee("收费", line, basis))
    return tuple(made), ()


def is_free(text: str) -> bool:
    """Whether a cell names no fee: it is free of charge, or says nothing."""
    bare, _ = parted("".join(splitting.tidy(text).split()).strip("。；;"))
    return not bare or bool(_FREE.fullmatch(bare)) or bare.startswith(("不收费", "免费"))


def parted(text: str) -> tuple[str, str]:
    """A cell without the （依据：…） at its end, and that basis; "" without one."""
    found = _BASIS.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def fees_written(fees: Sequence[Fee]) -> str:
    """A line each, as `fees` reads them."""
    lines = (f"{one.name}：{one.standard}" + (f"（依据：{one.basis}）" if one.basis else "") for one in fees)
    return "\n".join(lines)
