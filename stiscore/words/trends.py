"""What a page of trends says."""

from __future__ import annotations

from stiscore.words import Lang, Words

TRENDS: dict[str, Words] = {
    "node": Words("By year: {name}.", "分年度数值：{name}。"),
    "raw": Words(
        "By year: {name} ({measured}), as measured.", "分年度原始值：{name}（{measured}）。"
    ),
    "years": Words("Years: {years}.", "年份：{years}。"),
    "units": Words("Units: {units}.", "单位：{units}。"),
    "all_units": Words("Units: all {n}.", "单位：全部{n}个。"),
    "on_goalposts": Words(
        "One scale for all years: the goalposts of the framework.",
        "各年采用同一标尺：框架的标杆值。",
    ),
    "on_pool": Words(
        "One scale for all years, fitted on their {rows} rows together.",
        "各年采用同一标尺，由全部{rows}行数据共同确定。",
    ),
    "on_table": Words(
        "One scale for all years, fitted on the {rows} rows of {year}.",
        "各年采用同一标尺，由{year}年的{rows}行数据确定。",
    ),
    "on_each": Words(
        "Every year on a scale of its own, fitted on its own rows.",
        "各年分别采用由当年数据确定的标尺。",
    ),
    "on_saved": Words(
        "One scale for all years: the saved frame.", "各年采用同一标尺：已保存的标尺。"
    ),
    "data_on_pool": Words(
        "Filling and treatment ({methods}) rest on the rows of all years together as well, not on those of each year.",
        "填补和异常值处理（{methods}）同样以各年全部数据为依据，并非逐年分别进行。",
    ),
    "data_on_table": Words(
        "Filling and treatment ({methods}) rest on the rows of {year} in every year.",
        "各年的填补和异常值处理（{methods}）均以{year}年的数据为依据。",
    ),
    "rounded": Words(
        "Values rounded to {digits} figures at this width, whole numbers to 6.",
        "因宽度所限，数值保留{digits}位有效数字，整数保留6位。",
    ),
    "rank_in": Words("Rank {year}", "{year}排名"),
    "change": Words("Change", "变化"),
    "rate": Words("Growth a year", "年均增速"),
    "slope": Words("Trend a year", "每年趋势"),
    "share": Words("Trend, %", "趋势（%）"),
    "count": Words("Years", "年数"),
    "ranks": Words(
        "Rank: among the {ranked} of {of} units ranked in {year}.",
        "排名：{year}年{of}个单位中参与排名的{ranked}个。",
    ),
    "figures": Words(
        "Change: the last value less the first. Growth a year: the constant rate from the first to the last (CAGR). "
        "Trend a year: the slope of a straight line through all values, in % of where the line begins.",
        "变化：末年值减首年值。年均增速：由首年值到末年值的年均复合增长率。每年趋势：全部数值拟合直线的年斜率；趋势（%）为其与拟合线起点之比。",
    ),
    "figures_no_rate": Words(
        "Change: the last value less the first. Trend a year: the slope of a straight line through all values. "
        "No growth rates: scores on this scale do not begin at a zero of their own.",
        "变化：末年值减首年值。每年趋势：全部数值拟合直线的年斜率。不给出增速：该标尺上的得分没有自身的零点。",
    ),
    "above_zero": Words(
        "A growth rate is given where the first and the last value are above 0.",
        "首年值与末年值均大于0时方给出增速。",
    ),
    "counted": Words(
        "Years: how many have a value, and from when to when where some lack one.",
        "年数：有数值的年数；部分年份缺失时注明起止年份。",
    ),
    "other_cells": Words(
        "~ not the same indicators have values in the first and the last year: part of the change is a change in coverage.",
        "~ 首末两年有数据的指标不同：变化中有一部分来自覆盖范围的变化。",
    ),
    "filled": Words("* filled from other years, not read.", "* 由其他年份填补，并非读取的数值。"),
    "less": Words("Of this indicator less is better.", "该指标为逆向指标，数值越小越好。"),
    "severity": Words(
        "Severities: the larger, the wider the gap.", "数值为差距严重程度，数值越大，差距越大。"
    ),
    "past": Words(
        "Past years only: nothing here speaks of years to come.",
        "仅反映以往年份，不涉及今后年份。",
    ),
}


def said(key: str, lang: Lang, **fields: object) -> str:
    """A sentence or head of a page of trends in ``lang``.

    >>> said("rank_in", "zh", year=2022)
    '2022排名'
    """
    return TRENDS[key].say(lang, **fields)
