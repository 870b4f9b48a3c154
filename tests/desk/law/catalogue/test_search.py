"""Items are found by the words that people have for them, also in pinyin and by initials."""

from __future__ import annotations

import pytest

from desk.law.catalogue.load import seed
from desk.law.catalogue.search import Searcher, _everyday

WORDS = (
    "低保 低保户 吃低保 五保 五保户 特困 临时救助 困难补助 老人补贴 高龄补贴 长寿金 残疾证",
    "残疾补贴 护理费 草补 草场补贴 禁牧补贴 草畜平衡 草原证 草场证 草场合同 租草场 草场转让 占草场",
    "烧荒 用火 通行证 宅基地 盖房 房产证 房本 过户 土地证 检疫 检疫票 卖羊 养殖场 防疫证 兽药店",
    "农机补贴 买拖拉机 羊保险 死羊 理赔 配种 养老保险 社保 养老金 退休金 社保卡 丧葬费 医药费",
    "报销 住院报销 合作医疗 身份证 补身份证 上户口 生孩子 落户 销户口 准生证 二胎 请律师 打官司",
    "草场纠纷 仲裁 信息公开 结婚 离婚证",
)


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    return Searcher(seed())


@pytest.mark.parametrize("word", " ".join(WORDS).split())
def test_everyday_words_find_something(searcher: Searcher, word: str) -> None:
    assert searcher.search(word)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("低保", "最低生活保障"), ("dibao", "最低生活保障"), ("db", "最低生活保障"), ("房产证", "不动产登记"),
        ("fangchanzheng", "不动产登记"), ("老人补贴", "高龄津贴"), ("lrbt", "高龄津贴"), ("养老金", "待遇领取"),
        ("五保", "特困人员"), ("医药费", "医保手工"), ("卖羊", "产地检疫"),
    ],
)  # fmt: skip
def test_the_first_answer_is_what_is_meant(searcher: Searcher, typed: str, name: str) -> None:
    assert name in searcher.search(typed)[0].item_name


def test_every_word_belongs_to_an_item_of_the_sample() -> None:
    names = [item.item_name for item in seed().items]
    assert [one.about for one in _everyday() if not any(one.about in name for name in names)] == []
