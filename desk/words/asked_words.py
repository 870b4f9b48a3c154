"""What may be told of words that people look items up by in vain: never what may be somebody's name or number.

One rule for the public page, where it keeps numbers out, and for a counter, where an agent types names of people into
fields beside those of items: there nothing is told that looks like a name.
"""

from __future__ import annotations

import re

from desk.words import search_keys

LONGEST = 20  # characters of a word
_NUMBER = re.compile(r"[0-9]{5}")  # no word but a telephone, an account, an identity number or a part of one
_SHORT_NUMBER = re.compile(r"[0-9]{4}")  # the tail of one, which a counter looks people up by
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME_MARKS = "·•"
# Characters of matters that hardly any name has: with one of them a word is no name.
_MATTERS = frozenset("证费险贴款粮贷照补税账租搬迁残病殡葬贫助低孤寡婚孕育产房宅厂店")
# The commonest surnames, and characters that Mongolian names are spelt with.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤包鲍康温"
)
_SPELT = frozenset(
    "阿巴布朝达德额尔格根哈呼吉其奇日斯苏他塔特图乌希雅亚音胡查干嘎拉勒力丽娜那乃尼诺敖其钦琪钦仁日荣萨桑莎沙珊赛"
    "通陶托娃旺维温伊依因扎珠卓宝保毕必彬彩策楚春胡和浩黑桓霍家杰金古高根锁满梅孟米明莫木穆牧牡那平普代道丹登顿"
    "都多敦恩甘噶岗花华慧迪坦腾天铁套扣布赫郎朗兰莲连龙鲁路罗洛玛麦芒顺苏海合恒虎毛色青清青泉热"
)
_SHORTEST, _SURNAMED, _SPELLED = 2, 4, 12


def is_word(word: str) -> bool:
    """Whether a folded text may be kept as a word at all: not empty, not long, no number in it."""
    return 0 < len(word) <= LONGEST and not _NUMBER.search(word) and "\0" not in word


def of_counter(text: str, *, among_people: bool) -> str:
    """The word that a counter may tell of what was typed, as it is compared; "" where it may not. `among_people`: it
    stood in a field that finds people too, so it must name a matter by itself."""
    word = search_keys.fold(text)
    if not is_word(word) or _SHORT_NUMBER.search(word) or len(_HAN.findall(word)) < _SHORTEST:
        return ""  # letters alone are sounds of a name or of a word that is found by its characters
    names_matter = any(char in _MATTERS for char in word)
    return word if names_matter or not (among_people or _may_be_name(word)) else ""


def _may_be_name(word: str) -> bool:
    plain = word.replace(" ", "")
    if any(mark in plain for mark in _NAME_MARKS):
        return True
    is_spelt = len(plain) <= _SPELLED and all(char in _SPELT for char in plain)
    return is_spelt or (len(plain) <= _SURNAMED and plain[0] in _SURNAMES)
