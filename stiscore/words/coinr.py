"""Words of frameworks taken over from COINr and the COIN Tool, and of tables written for COINr."""

from __future__ import annotations

from stiscore.words import Words

LEVEL = Words("all units", "全部单位")
UNITS = Words("units", "单位")
UNSTATED = "not stated"
BASIS: dict[str, str] = {
    "coinr": "iMeta table {file} of COINr",
    "coin-tool": "workbook {file} of the JRC COIN Tool",
}
ORIGIN = Words(
    "Groups, indicators, weights and directions are those of {file}.",
    "分组、指标、权重和方向取自{file}。",
)
# Comments of the file written, above all and above the key they explain.
TOP = Words(
    "Taken over from {file}. Check it with `stiscore framework check -f` and this file's name.",
    "由{file}转换而来。请用 stiscore framework check -f 加本文件名检查。",
)
NAMES = Words(
    "Names stand in both languages as they were given; translate those you print.",
    "名称在两种语言中均为原文，需要打印的请自行翻译。",
)
COVERAGE = Words(
    "These are COINr's: a unit with any value at all is scored and ranked. Raise them.",
    "此为COINr的规则：只要有任一数值即评分并排名。建议提高。",
)
# What a label of the COIN Tool heads, in F159.
HOLDS: dict[str, Words] = {
    "framework": Words("the groups and indicators", "分组和指标"),
    "database": Words("the indicators' figures", "指标数值"),
}
# What was chosen otherwise, in F175.
SETTINGS: dict[str, Words] = {
    "normalisation": Words("the normalisation", "标准化方法"),
    "aggregation": Words("the aggregation of {level}", "{level}的汇总方法"),
}
WRITTEN = Words(
    "wrote {files}: level {level}, {indicators} indicators in {groups} groups",
    "已写入{files}：层级{level}，{groups}个分组，{indicators}项指标",
)
TABLE = Words(
    "wrote {file}: {units} units, {indicators} indicators",
    "已写入{file}：{units}个单位，{indicators}项指标",
)
