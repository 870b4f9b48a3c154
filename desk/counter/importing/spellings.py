"""How people write in tables what is no name, number or day: patterns and words, none of them shown."""

from __future__ import annotations

import re

ROLE = re.compile(r"[（(](户主|本人|组长|已故|去世|死亡|新增|迁出)[)）]$")
TOTALS = re.compile(r"(本页|全嘎查|全村|分组|累计)?(合计|小计|总计|共计|合计户数|汇总)")
NOTES = re.compile(
    r"(制表|填表|填报|审核|复核|负责人|经办人|单位|联系人|联系电话|注|备注|说明|填表说明|嘎查长|签字|盖章|日期|年月日|以下空白|"
    r"以下无正文|公示)"
)
SIGNED = re.compile(r"^[^\d]{0,8}(人|单位|时间|日期|签字|盖章|负责人|电话)[::：]")
HEADS = ("户主", "本人", "户主本人")
