"""D1xx cells, D2xx bounds, D3xx keys."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, WARNING, Saying
from stiscore.words.faults.suggesting import AboveBound, DidYouMean

_CELLS = {
    "D101": Saying(
        ERROR,
        Words("Not a number", "不是数值"),
        Words("'{value}' is not a number, in {called}", "{called}中的“{value}”不是数值"),
        Words(
            "Give the figure with a decimal point and nothing beside it; leave the cell blank or write .. or n/a "
            "where there is none. Commas only group thousands (1,234.5).",
            "请填写数值，小数用圆点，不附其他文字；无数据请留空或填“..”。逗号仅用作千位分隔符（1,234.5）。",
        ),
    ),
    "D102": Saying(
        ERROR,
        Words("Error cell", "错误值单元格"),
        Words("the cell holds the error {value}, in {called}", "{called}中的单元格为错误值{value}"),
        Words(
            "Mend the formula in the spreadsheet, or clear the cell if there is no figure.",
            "请在表格软件中修正公式；如无数据，请清空单元格。",
        ),
    ),
    "D103": Saying(
        ERROR,
        Words("Formula without a saved result", "公式结果未保存"),
        Words(
            "the formula's result was never saved, in {called}: {value}",
            "{called}中的公式没有保存计算结果：{value}",
        ),
        Words(
            "Open the file in a spreadsheet program, let it calculate, and save; or paste values.",
            "请用表格软件打开文件，重新计算后保存；或粘贴为数值。",
        ),
    ),
    "D105": Saying(
        ERROR,
        Words("Comma of two meanings", "逗号含义不明"),
        Words(
            "'{value}' may have a decimal comma or a group of thousands, in {called}: the file is cut by semicolons",
            "{called}中的“{value}”，逗号可能为小数点，也可能为千位分隔符：该文件以分号分隔",
        ),
        Words(
            "Write figures with a decimal point and without groups (12345 or 12.345), or save the file with commas between cells.",
            "请用小数点书写数值，不用千位分隔符（12345或12.345），或将文件另存为以逗号分隔。",
        ),
    ),
    "D104": Saying(
        NOTE,
        Words("Number with a flag", "数值带有标记"),
        Words(
            "'{value}' was read as {number:g} and the flag left aside, in {called}",
            "{called}中的“{value}”按{number:g}读入，标记未使用",
        ),
        Words(
            "Nothing to do if the flag marks a provisional, estimated, imputed or revised figure.",
            "如标记表示初步、估计、插补或修订数据，无需处理。",
        ),
    ),
}

_BOUNDS = {
    "D202": Saying(
        ERROR,
        Words("Below the lower bound", "低于下限"),
        Words(
            "{value} is below the lower bound {bound:g} of {called} ({measured})",
            "{value}低于{called}的下限{bound:g}（{measured}）",
        ),
        Words(
            "Check the sign and the measurement. If the figure is right, widen the bound in the framework.",
            "请检查正负号和计量单位。如数据无误，请在框架中放宽下限。",
        ),
    ),
    "D203": Saying(
        ERROR,
        Words("Above the upper bound", "高于上限"),
        Words(
            "{value} is above the upper bound {bound:g} of {called} ({measured})",
            "{value}高于{called}的上限{bound:g}（{measured}）",
        ),
        AboveBound("Check the measurement and the number of digits.", "请检查计量单位和数字位数。"),
    ),
    "D204": Saying(
        WARNING,
        Words("Outside the plausible range", "超出合理范围"),
        Words(
            "{value} is outside the plausible range {low:g} to {high:g} of {called} ({measured})",
            "{value}超出{called}的合理范围{low:g}至{high:g}（{measured}）",
        ),
        Words(
            "It may be true; compare it with the source. Common slips: a fraction typed for a percentage (100-fold), 万元 for 亿元 (10,000-fold).",
            "该值可能属实，请与来源核对。常见差错：百分数误填为小数（相差一百倍），亿元误作万元（相差一万倍）。",
        ),
    ),
    "D205": Saying(
        WARNING,
        Words("Per cent column looks like fractions", "百分比列疑为小数"),
        Words(
            "all {count} values of {called} lie within 0 and 1 (largest {largest:g}), though it is measured in %",
            "{called}以%计量，但其{count}个数值均在0与1之间（最大{largest:g}）",
        ),
        Words(
            "If these are fractions, multiply them by 100 or head the column '(ratio)'.",
            "如为小数形式的比率，请乘以100，或在列名中注明“（比值）”。",
        ),
    ),
}

LARGE, SMALL = Words("large", "偏大"), Words("small", "偏小")

_MAGNITUDE = {
    "D207": Saying(
        WARNING,
        Words("One fraction among percentages", "百分数中疑有小数"),
        Words(
            "{value} stands far below all other values of {called}; {meant:.4g} (%) would be among them",
            "{value}远低于{called}的其他数值；若为{meant:.4g}（%）则在其他数值之间",
        ),
        Words(
            "If a fraction was typed, multiply it by 100. If the figure is right, nothing to do.",
            "如误填为小数，请乘以100；如数据无误，无需处理。",
        ),
    ),
    "D206": Saying(
        ERROR,
        Words("Column off by a power of ten", "整列数据相差若干数量级"),
        Words(
            "the {count} values of {called} are about {factor:,.0f} times too {way}: their median is {middle:.4g} "
            "({measured}), and {meant:.4g} would be usual",
            "{called}的{count}个数值整体{way}约{factor:,.0f}倍：中位数为{middle:.4g}（{measured}），通常应为{meant:.4g}左右",
        ),
        Words(
            "Check what these columns are measured in (in brackets the median as typed): {parts}. 万元 headed 亿元, or the reverse, is 10,000-fold; thousands for "
            "units 1,000-fold. If the figures are right, widen `plausible` in the framework.",
            "请核对以下列的计量单位（方括号内为所填数值的中位数）：{parts}。万元与亿元混用相差一万倍，千与个混用相差一千倍。如数据无误，请在框架中放宽 plausible。",
        ),
    ),
}

_KEYS = {
    "D301": Saying(
        ERROR,
        Words("Unit twice", "单位重复"),
        Words(
            "unit '{label}' stands twice{period}; first in {first}",
            "单位“{label}”重复出现{period}；首次出现于{first}",
        ),
        Words(
            "Keep one row a unit and year. Rows of different years need a year column.",
            "每个单位每年只保留一行；不同年份的数据请增加年份列。",
        ),
    ),
    "D302": Saying(
        ERROR,
        Words("Unknown unit", "未知单位"),
        Words("'{label}' is not a known unit of this level", "“{label}”不是本层级已知的单位"),
        DidYouMean(
            "Correct the name, or give --units any to score units of your own.",
            "请更正名称；如为自定单位，请使用 --units any。",
        ),
    ),
    "D303": Saying(
        ERROR,
        Words("Row without a unit", "行缺少单位名称"),
        Words("the row holds figures but names no unit", "该行有数据但没有单位名称"),
        Words(
            "Name the unit, or clear the row. Cells merged over several rows name only the first.",
            "请填写单位名称或清空该行。跨行合并的单元格只对首行有效。",
        ),
    ),
    "D304": Saying(
        NOTE,
        Words("Total not scored", "合计行不评分"),
        Words(
            "'{label}' is a total or group of units and was not scored",
            "“{label}”为合计或分组，不参与评分",
        ),
        Words(
            "Nothing to do. `evaluate --reference NAME` shows it beside the units, without a rank.",
            "无需处理。可用 evaluate --reference 将其作为参照列示，不参与排名。",
        ),
    ),
    "D305": Saying(
        NOTE,
        Words("Row of another level", "其他层级的行"),
        Words(
            "'{label}' is not of level '{level}' and was not scored",
            "“{label}”不属于“{level}”层级，不参与评分",
        ),
        Words(
            "Nothing to do, unless --level was given by mistake.",
            "如 --level 指定无误，无需处理。",
        ),
    ),
    "D306": Saying(
        ERROR,
        Words("Figure twice", "数据重复"),
        Words(
            "a second figure for {what}: {value}; the first, {other}, stands in {first}",
            "{what}有第二个数据{value}；第一个数据{other}在{first}",
        ),
        Words(
            "Keep one record a unit, year and indicator. Where another column tells them apart (sex, sector, method), keep "
            "only its total.",
            "每个单位、年份和指标只保留一条记录。如另有一列加以区分（如性别、部门、口径），请只保留其合计。",
        ),
    ),
    "D307": Saying(
        NOTE,
        Words("Unit near a known one", "单位名称与名录相近"),
        Words(
            "'{label}' is scored as it stands; near it in the registry: {suggestion}",
            "“{label}”按原名评分；名录中与之相近的有：{suggestion}",
        ),
        Words(
            "Correct the name if it is a slip; nothing to do if the unit is your own.",
            "如系笔误请更正名称；如为自定单位，无需处理。",
        ),
    ),
    "D310": Saying(
        ERROR,
        Words("Denominator of zero", "分母为零"),
        Words(
            "{called} cannot be computed: its denominator {denominator} is zero",
            "{called}无法计算：分母{denominator}为零",
        ),
        Words(
            "Correct the figure, or leave the cell blank if it is not known; blank is not zero.",
            "请更正数据；如数据未知请留空，空白不等于零。",
        ),
    ),
}

_ERRORS = {
    "D208": Saying(
        ERROR,
        Words("Negative standard error", "标准误为负"),
        Words(
            "the standard error {value} is below zero, in {called}",
            "{called}中的标准误{value}小于零",
        ),
        Words(
            "Correct the sign, or leave the cell blank where the error is not known.",
            "请更正正负号；误差未知时请留空。",
        ),
    ),
    "D209": Saying(
        ERROR,
        Words("Value outside its interval", "数值不在其区间内"),
        Words(
            "{value}, the value of {error_of}, lies outside its interval of {low} to {high}",
            "{error_of}的数值{value}不在其区间（{low}至{high}）内",
        ),
        Words(
            "Check that both ends and the value are of the same unit, year and measurement, and that the ends are not "
            "exchanged.",
            "请核对区间两端与数值是否属于同一单位、年份和计量单位，以及上下限是否颠倒。",
        ),
    ),
    "D210": Saying(
        WARNING,
        Words("One end of an interval missing", "区间缺少一端"),
        Words(
            "one end of the interval of {error_of} is missing, in {called}; the other was not used",
            "{called}缺少数据，{error_of}的区间只有一端，因此未使用",
        ),
        Words(
            "Give both ends, or leave both blank.",
            "请补齐区间两端，或两端均留空。",
        ),
    ),
}

SAYINGS: dict[str, Saying] = {**_CELLS, **_BOUNDS, **_MAGNITUDE, **_KEYS, **_ERRORS}
