"""Faults of `whatif`: what cannot be supposed; and of parts and totals in a framework."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, WARNING, Saying

# Why a quantity cannot be part of another: the end of F135.
NO_TOTAL: dict[str, Words] = {
    "unknown": Words("there is no such quantity", "没有该原始量"),
    "measured": Words(
        "it is measured in {part}, the other in {total}", "前者以{part}计，后者以{total}计"
    ),
}

# Why nothing rests on a figure: the end of U174.
NOTHING_RESTS: dict[str, Words] = {
    "indicator": Words("the file has no column for it", "文件中没有该指标列"),
    "quantity": Words(
        "the file has no indicator that is computed from it", "文件中没有由其计算的指标"
    ),
}

# Bounds, in U170.
BOUNDS: dict[str, Words] = {
    "both": Words("{low:g} to {high:g}", "{low:g}至{high:g}"),
    "low": Words("{low:g} or more", "不小于{low:g}"),
    "high": Words("{high:g} or less", "不大于{high:g}"),
    "none": Words("any number that can be written", "可表示的数值"),
}

# In which way a figure is changed twice: the end of U177.
TWICE: dict[str, Words] = {
    "itself": Words(": two changes of it are given", "：给出了两项变动"),
    "through": Words(
        ": by itself and through {quantity}, which it is computed from",
        "：既直接变动，又因其计算所用的{quantity}而变动",
    ),
}

# What is wrong with the scenarios as given: the message of U178.
SCENARIOS: dict[str, Words] = {
    "columns": Words(
        "the file of scenarios needs the columns scenario, indicator and change; there is no column {column}",
        "情景文件须含 scenario（情景）、indicator（指标）和 change（变动）三列，缺少 {column} 列",
    ),
    "empty": Words("no change is asked for", "未给出任何变动"),
    "blank": Words(
        "a row of the file of scenarios has no {column}", "情景文件中有一行缺少 {column}"
    ),
    "units": Words(
        "scenario '{scenario}' names two units, {first} and {second}: a scenario is about one",
        "情景“{scenario}”涉及{first}和{second}两个单位，而一个情景只能针对一个单位",
    ),
    "unit_first": Words(
        "'{given}' stands where the unit is to be named", "应填写单位的位置为“{given}”"
    ),
    "no_unit": Words(
        "scenario '{scenario}' names no unit, and none was given",
        "情景“{scenario}”未指明单位，命令中也未给出",
    ),
    "number": Words(
        "{value} is a number with a sign or a per cent format, which a workbook makes of +10% and -3 alike",
        "{value} 是带符号或百分比格式的数字，工作簿会将 +10%、-3 等一律存成数字，无法判断原意",
    ),
    "both": Words(
        "changes are given on the command line and in --scenarios",
        "命令行与 --scenarios 同时给出了变动",
    ),
    "many": Words("{n:,} scenarios are more than {most:,}", "情景共{n}个，超过上限{most}个"),
}

# The forms of a change, in U103.
CHANGE = Words(
    "indicator=VALUE, x2, +10%, -10%, +3 or -3 (==-3 for the value -3)",
    "“指标=数值”、x2、+10%、-10%、+3或-3（数值-3写作 ==-3）",
)

SAYINGS: dict[str, Saying] = {
    "F135": Saying(
        ERROR,
        Words("Part of what it cannot be part of", "所属合计量无效"),
        Words(
            "quantity {quantity} is said to be part of {total}: {why}",
            "原始量{quantity}被列为{total}的一部分：{why}",
        ),
        Words(
            "Name a quantity in the same measurement under part_of, or leave it out.",
            "请在part_of中填写计量单位相同的原始量，或删除该项。",
        ),
    ),
    "F136": Saying(
        ERROR,
        Words("Parts in a circle", "合计关系循环"),
        Words(
            "quantity {quantity}, said to be part of {total}, would be part of itself",
            "原始量{quantity}被列为{total}的一部分，将成为自身的一部分",
        ),
        Words("Take one part_of out of the circle.", "请去掉循环中的一个part_of。"),
    ),
    "U170": Saying(
        ERROR,
        Words("Supposed value outside its bounds", "假设值超出取值界限"),
        Words(
            "{called} would be {value:.6g} {measured}, which is outside its bounds ({bounds})",
            "{called}将为{value:.6g}（{measured}），超出取值界限（{bounds}）",
        ),
        Words(
            "Suppose less: no unit can have such a value.",
            "请减小变动幅度；任何单位都不可能取该值。",
        ),
    ),
    "U171": Saying(
        ERROR,
        Words("Not a figure", "不是可变动的数值"),
        Words(
            "{node} is made of others and has no figure of its own to change",
            "{node}由其他内容合成，自身没有可变动的数值",
        ),
        Words(
            "Change indicators or raw quantities; `stiscore framework show` lists them.",
            "请改为变动指标或原始量；可用 stiscore framework show 查看。",
        ),
    ),
    "U172": Saying(
        ERROR,
        Words("Measurement that does not convert", "计量单位不可换算"),
        Words(
            "'{given}' is no figure in {measured}, which {called} is measured in",
            "“{given}”不能换算为{called}的计量单位（{measured}）",
        ),
        Words(
            "Write the figure alone, or with such a measurement.",
            "请只写数值，或使用可换算的计量单位。",
        ),
    ),
    "U173": Saying(
        ERROR,
        Words("No figure to change", "没有可供变动的数值"),
        Words("{called} has no figure for this unit", "该单位没有{called}的数值"),
        Words("Say what it is to be: {node}=VALUE.", "请直接给出假设值：{node}=数值。"),
    ),
    "U174": Saying(
        ERROR,
        Words("Nothing rests on it", "没有结果以其为依据"),
        Words(
            "no score of this file rests on {called}: {why}",
            "本文件没有以{called}为依据的得分：{why}",
        ),
        Words(
            "`stiscore inspect FILE` shows which columns were recognised.",
            "可用 stiscore inspect 查看识别出的列。",
        ),
    ),
    "U175": Saying(
        ERROR,
        Words("Amount of a quantity without a column", "缺少该原始量的列"),
        Words(
            "the file has no figure of {called}, so '{given}' cannot be told from the shares alone",
            "文件中没有{called}的数值，仅凭占比无法测算“{given}”",
        ),
        Words(
            "Change it in relation to itself (x2, +10%), or add a column {node} in {measured}.",
            "请使用相对变动（x2、+10%），或在文件中补充 {node} 列（计量单位：{measured}）。",
        ),
    ),
    "U176": Saying(
        ERROR,
        Words("Not known from the indicator alone", "仅凭指标值无法测算"),
        Words(
            "what {called} would become cannot be known from its own column: it takes figures of {columns}",
            "仅凭{called}的数值无法得出变动后的结果，还需要{columns}的数值",
        ),
        Words(
            "Add columns of these, or change the indicator itself.",
            "请在文件中补充上述列，或直接变动该指标。",
        ),
    ),
    "U177": Saying(
        ERROR,
        Words("Changed twice", "重复变动"),
        Words(
            "{called} is changed twice in one scenario{how}", "同一情景中对{called}重复变动{how}"
        ),
        Words("Write one change of it, or two scenarios.", "请只保留一项，或分为两个情景。"),
    ),
    "U178": Saying(
        ERROR,
        Words("Scenarios not understood", "情景无法识别"),
        Words("{what}", "{what}"),
        Words(
            "On the command line write x=x2, x=+10% or x=3 after the unit; in a file a row each change: scenario, indicator, change (as text), and unit where it differs.",
            "命令行中在单位之后写 x=x2、x=+10% 或 x=3；文件中每行一项变动：scenario、indicator、change（以文本填写），单位不同时加 unit 列。",
        ),
    ),
    "U179": Saying(
        WARNING,
        Words("Supposed value hardly ever seen", "假设值超出合理范围"),
        Words(
            "{called} would be {value:.6g} {measured}, outside the plausible range {low:g} to {high:g}",
            "{called}将为{value:.6g}（{measured}），超出合理范围{low:g}至{high:g}",
        ),
        Words(
            "Look at the figures that units of this kind have before using the result.",
            "使用结果前，请对照同类单位的实际数值。",
        ),
    ),
}
