"""What stands in the blank workbook: names of sheets, heads, questions, hints, how to fill it in.

The reader of filled workbooks knows its sheets by these heads, in either language; a head changed
here makes older templates unreadable, so keep what is there and add to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from stiscore.words import Words

SHEETS: dict[str, Words] = {
    "data": Words("data", "数据"),
    "definitions": Words("definitions", "指标说明"),
    "sources": Words("sources", "来源"),
    "coding": Words("coding", "政策编码"),
    "questionnaire": Words("questionnaire", "问卷"),
    "units": Words("units", "单位名录"),
    "about": Words("about", "填写说明"),
}

# Asked of every policy measure, each with the column of two coders and of what they agreed on.
QUESTIONS: dict[str, Words] = {
    "in_force": Words("In force", "现行有效"),
    "responsible_body": Words("One responsible body named", "明确一个责任单位"),
    "deadline": Words("Deadline set", "明确完成时限"),
    "budget": Words("Budget line named", "明确经费科目"),
    "evaluated": Words("Supervised or evaluated in the last three years", "近三年有监督评估记录"),
    "interpreted": Words("Official interpretation published", "已发布政策解读"),
    "foreign_language": Words("Foreign-language version published", "已发布外文版"),
}
CODERS: dict[str, Words] = {
    "first": Words("coder 1", "编码员1"),
    "second": Words("coder 2", "编码员2"),
    "agreed": Words("agreed", "议定"),
}
ANSWER = Words("{question} ({coder})", "{question}（{coder}）")
YES, NO = Words("yes", "是"), Words("no", "否")

_UNIT = Words("Unit", "单位")
_INDICATOR = Words("Indicator", "指标")
HEADS: Mapping[str, Mapping[str, Words]] = MappingProxyType(
    {
        "data": {
            "code": Words("Code", "代码"),
            "unit": _UNIT,
            "year": Words("Year", "年份"),
            "measured_in": Words("measured in", "计量单位"),
        },
        "coding": {
            "unit": _UNIT,
            "title": Words("Title of the measure", "政策措施名称"),
            "number": Words("Document number", "文号"),
            "issuer": Words("Issuer", "发布机构"),
            "date": Words("Date of issue", "发布日期"),
            "link": Words("Link", "链接"),
            "first": Words("Coder 1: name", "编码员1姓名"),
            "second": Words("Coder 2: name", "编码员2姓名"),
            "note": Words("Note", "备注"),
        },
        "questionnaire": {
            "unit": _UNIT,
            "indicator": _INDICATOR,
            "numerator": Words("Numerator", "分子"),
            "denominator": Words("Denominator", "分母"),
            "department": Words("Department", "填报部门"),
            "date": Words("As of", "数据截止日期"),
            "note": Words("Note", "备注"),
        },
        "definitions": {
            "indicator": _INDICATOR,
            "name_en": Words("English name", "英文名称"),
            "name_zh": Words("Chinese name", "中文名称"),
            "numerator": Words("Numerator", "分子"),
            "denominator": Words("Denominator", "分母"),
            "measured_in": Words("Measured in", "计量单位"),
            "direction": Words("Direction", "方向"),
            "role": Words("Role", "性质"),
            "bounds": Words("Bounds (refused outside)", "取值范围（超出则拒绝）"),
            "plausible": Words("Plausible range (questioned outside)", "合理区间（超出则提示）"),
            "collect": Words("How to fill it in", "填写方式"),
            "source": Words("Sources", "数据来源"),
            "standard": Words("Standard", "统计标准"),
            "caveat": Words("Caveat", "注意事项"),
        },
        "sources": {
            "indicator": _INDICATOR,
            "name": Words("Name of the indicator", "指标名称"),
            "cells": Words("Units or cells", "适用单位或单元格"),
            "source": Words("Source", "来源"),
            "year": Words("Year of the figures", "数据年份"),
            "table": Words("Table", "统计表"),
            "link": Words("Link", "链接"),
            "note": Words("Note", "备注"),
        },
        "units": {
            "id": Words("Unit code", "单位代码"),
            "label": Words("Name to choose", "可选名称"),
            "name_en": Words("English name", "英文名称"),
            "name_zh": Words("Chinese name", "中文名称"),
            "asked": Words("Indicators asked by questionnaire", "问卷填报指标"),
        },
    }
)
# Keys of heads without which a sheet is not the one it may look like.
NEEDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "coding": frozenset({"unit", "title"}),
        "questionnaire": frozenset({"unit", "indicator", "numerator", "denominator"}),
        "definitions": frozenset({"indicator", "numerator", "direction", "plausible"}),
        "sources": frozenset({"indicator", "cells", "source", "table"}),
        "units": frozenset({"id", "label", "name_en", "name_zh"}),
    }
)

DIRECTIONS: dict[str, Words] = {
    "benefit": Words("more is better", "正向指标"),
    "cost": Words("less is better", "逆向指标"),
}
ROLES: dict[str, Words] = {
    "core": Words("core", "核心指标"),
    "proxy": Words(
        "proxy: left out when the indicator it stands in for has figures",
        "替代指标：所替代的指标有数据时不计入",
    ),
    "context": Words("context: shown, never scored", "背景指标：只列示，不评分"),
}
HOW: dict[str, Words] = {
    "data": Words("figures in sheet '{sheet}'", "在“{sheet}”表填写数值"),
    "coding": Words(
        "count in sheet '{sheet}': measures with a yes to: {questions}; among: {among}. Leave the data cell blank.",
        "在“{sheet}”表编码，自动计数：对以下问题均答“是”的措施：{questions}；统计范围：{among}。数据表对应单元格留空。",
    ),
    "questionnaire": Words(
        "numerator and denominator in sheet '{sheet}'. Leave the data cell blank.",
        "在“{sheet}”表填写分子和分母。数据表对应单元格留空。",
    ),
    "all": Words("all measures", "全部措施"),
}
JOINED = Words("; ", "；")
NO_LIMIT = Words("no limit", "不限")
SPAN = Words("{low} to {high}", "{low}至{high}")

HINTS: dict[str, Words] = {
    "share": Words("%: write 12.5 for 12.5 %, not 0.125.", "单位：%。12.5%请填12.5，不要填0.125。"),
    "other": Words("Measured in: {measured_in}.", "计量单位：{measured_in}。"),
    "usual": Words(" Usually {low} to {high}.", "通常在{low}至{high}之间。"),
    "blank": Words(" Blank if not known; blank is not zero.", "未知请留空，空白不等于零。"),
    "counted": Words(" Blank if you fill in '{sheet}'.", "如填写“{sheet}”表，此处留空。"),
    "unit": Words("Choose a unit from the list.", "请从列表中选择单位。"),
    "indicator": Words("Choose an indicator from the list.", "请从列表中选择指标。"),
    "answer": Words(
        "yes or no. Two people code apart; fill 'agreed' where they differ. Blank is not no.",
        "填“是”或“否”。两人独立编码，不一致时填写“议定”列。空白不等于“否”。",
    ),
    "count": Words("A whole number, 0 or more.", "请填不小于0的整数。"),
    "amount": Words(
        "A number, 0 or more; numerator and denominator in the same unit.",
        "请填不小于0的数；分子与分母计量单位须一致。",
    ),
    "year": Words("A year, four digits.", "请填四位数年份。"),
}
REFUSALS: dict[str, Words] = {
    "share": Words(
        "Write per cent: 12.5 for 12.5 %, not 0.125. Accepted: {range}, and nothing between 0 and 1. A true share "
        "below 1 % may be pasted in.",
        "请按百分数填写：12.5%填12.5，不填0.125。允许范围：{range}，且不接受0与1之间的数。确为不足1%的，可用粘贴方式填入。",
    ),
    "small": Words(
        "Is this per cent? 0.5 means 0.5 %, not 50 %. Accepted: {range}.",
        "请确认按百分数填写：0.5表示0.5%，而非50%。允许范围：{range}。",
    ),
    "other": Words("A number is wanted: {range}.", "请填写数值：{range}。"),
    "list": Words("Choose from the list.", "请从列表中选择。"),
    "title": Words("Check the value", "请核对数值"),
}

ABOUT: dict[str, Words] = {
    "schema": Words("Format of this workbook", "工作簿格式"),
    "stiscore": Words("Made with stiscore", "生成工具版本"),
    "framework": Words("Framework", "评价框架"),
    "framework_version": Words("Version of the framework", "框架版本"),
    "framework_sha256": Words("SHA-256 of the framework", "框架SHA-256校验值"),
    "imprint": Words("SHA-256 of its indicators at this level", "本层级指标SHA-256校验值"),
    "level": Words("Level", "层级"),
    "language": Words("Language", "语言"),
    "year": Words("Year", "年份"),
    "date": Words("Made on", "生成日期"),
    "indicators": Words("Indicators in this workbook", "本工作簿所含指标"),
    "framework_indicators": Words(
        "Indicators of the framework at this level", "框架本层级全部指标"
    ),
}
GUIDE: tuple[Words, ...] = (
    Words(
        "Fill in the sheet 'data': one row a unit, figures in the measurement named in the head. Clear the rows of units "
        "you do not score. Leave blank what is not known.",
        "请填写“数据”表：每个单位一行，按表头所列计量单位填写。不参与评价的单位可清空整行；未知数据请留空。",
    ),
    Words(
        "Sheet 'coding': one row a policy measure and unit. Two people answer yes or no apart from each other. Where they "
        "differ, 'agreed' counts; without it coder 1 counts, and the disagreement is reported.",
        "“政策编码”表：每行填写一个单位的一项政策措施，由两人分别独立填写“是”或“否”。两人不一致时以“议定”为准；未议定的以编码员1为准，并予以提示。",
    ),
    Words(
        "Sheet 'questionnaire': numerators and denominators by department; rows of one unit and indicator are added up.",
        "“问卷”表：按部门填写分子和分母；同一单位同一指标的各行相加。",
    ),
    Words(
        "Shares are counted on reading, with the number of cases, Cohen's kappa (1960) and Wilson's 95 % interval (1927, "
        "z = 1.959963984540054). Fewer than {cases} cases, or a kappa below {kappa}, is reported.",
        "读取时自动计算占比，并给出样本数、科恩卡帕系数（Cohen，1960）和威尔逊95%区间（Wilson，1927，z = 1.959963984540054）。样本数少于{cases}或卡帕系数低于{kappa}时予以提示。",
    ),
    Words(
        "They belong to the latest year of the sheet 'data'. A figure in 'data' beside a counted one must agree with it.",
        "上述占比计入“数据”表的最近年份。“数据”表同时填有该数值的，二者须一致。",
    ),
    Words(
        "Sheet 'sources': where each figure comes from; it is not scored.",
        "“来源”表：记录各项数据的出处，不参与评分。",
    ),
    Words(
        "Heads are locked without a password, so that they stay readable for the program; take the protection off if you must.",
        "表头已锁定（未设密码），以便程序识别；如确需修改，可撤销工作表保护。",
    ),
    Words(
        "This workbook holds no statistics and no invented figures. Indicators, ranges and definitions are those of the "
        "framework named above: {origin}",
        "本工作簿不含任何统计数据，也不含虚构数据。指标、取值范围和定义均来自上述框架：{origin}",
    ),
    Words(
        "When it is filled in: stiscore validate FILE, then stiscore evaluate FILE.",
        "填写完成后，先运行 stiscore validate 核对，再运行 stiscore evaluate 评分。",
    ),
)
MADE = Words(
    "{file}: {indicators} indicators, {units} {unit_word}, {level}",
    "{file}：{indicators}项指标，{units}个{unit_word}，{level}",
)
COUNTED: dict[str, Words] = {
    "coding": Words(
        "counted: {hits:g} of {cases:g} measures, from {cells}",
        "计数：{cases:g}项措施中的{hits:g}项，来自 {cells}",
    ),
    "questionnaire": Words(
        "asked: {hits:.15g} of {cases:.15g}, from {cells}",
        "问卷：{cases:.15g}中的{hits:.15g}，来自 {cells}",
    ),
    "interval": Words("Wilson 95 % interval {low} to {high}", "威尔逊95%区间：{low}至{high}"),
    "kappa": Words(
        "Cohen's kappa {kappa:.2f} over {twice} measures coded twice",
        "两人编码的{twice}项措施，科恩卡帕系数{kappa:.2f}",
    ),
    "undefined": Words(
        "Cohen's kappa not defined: one answer throughout, {twice} measures coded twice",
        "科恩卡帕系数无定义：两人编码的{twice}项措施答案全部相同",
    ),
    "once": Words("coded by one person", "仅一人编码"),
}
