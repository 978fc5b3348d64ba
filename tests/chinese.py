"""How Taiwan says things, for the tests of what is shipped."""

from __future__ import annotations

import re

# said in Taiwan in other words
MAINLAND_TERMS = re.compile(
    "軟件|硬件|信息|短信|默認|文件夾|打印|鼠標|視頻|音頻|網絡|數據庫|導入|導出|屏幕|菜單|搜索|加載|粘貼|剪貼板"
    # and what is said in one way only
    "|記錄|投訴|到府|取消復原|計劃"
    "|賬|撤銷|界面|字符|質量|反饋|郵箱|電郵|客戶端|服務器|添加|設置|激活|兼容|緩存|聯繫人|復選|回車|拖拽|光標"
)

# read in Simplified script after conversion, so that only the word itself counts
NOT_SAID_IN_TAIWAN = (
    "信息",
    "网络",
    "软件",
    "视频",
    "打印",
    "默认",
    "微信",
    "短信",
    "业务员",
    "合同",
    "质量",
    "项目",
    "用户",
    "反馈",
    "水平",
    "演示",
    "咱",
    "啥",
    "靠谱",
    "圈舍",
    "掉秤",
    "料肉比",
    "断奶",
    "养殖户",
    "育肥",
    "计划书",
    "联系人",
    "投诉",
    "公章",
    "门卫",
    "领导",
    "落地",
    "性价比",
    "立马",
    "幻灯片",
    "提纲",
    "纪要",
    "较真",
    "门店",
    "车间",
    "班组",
    "审计",
    "点名批评",
)
