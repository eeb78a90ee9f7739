"""What reports say: headings, table heads, and the sentences around the figures."""

from __future__ import annotations

from stiscore.words import Lang, Words

LABELS: dict[str, Words] = {
    "title": Words("{title}: {units}, {level}{period}", "{title}：{units}（{level}）{period}"),
    "in_year": Words(", {year}", "，{year}年"),
    "invented": Words(
        "INVENTED DATA: made up to show the tool; not statistics of any real unit.",
        "虚构数据：仅用于演示本工具，并非任何真实单位的统计数据。",
    ),
    "measured": Words(
        "Measured: {indicators} of {of_indicators} indicators, {share:.0%} of the framework by weight, "
        "{areas} of {of_areas} areas.",
        "测量范围：{of_indicators}项指标中的{indicators}项，按权重占框架的{share:.0%}，{of_areas}个领域中的{areas}个。",
    ),
    "partial": Words(
        "Partial index: it ranks what is measured, not openness as a whole.",
        "部分指数：仅对已测内容排名，不代表整体开放水平。",
    ),
    "levels_apart": Words(
        "Scores of different levels ({levels}) cannot be compared.",
        "不同层级（{levels}）的得分不可比较。",
    ),
    "ranked": Words("{ranked} of {of} {units} ranked.", "{of}个{units}中{ranked}个参与排名。"),
    "rank": Words("Rank", "排名"),
    "unit": Words("Unit", "单位"),
    "score": Words("Score", "得分"),
    "adjusted": Words("Adjusted", "调整后得分"),
    "gap_index": Words("Gap index", "差距指数"),
    "band": Words("Band", "档次"),
    "bar": Words("0-100", "0-100"),
    "coverage": Words("Coverage", "覆盖率"),
    "brackets": Words(
        "In brackets: not ranked, too little is covered.", "括号内：覆盖不足，不参与排名。"
    ),
    "reference": Words("ref.", "参照"),
    "references": Words(
        "ref.: a total of the file, scored on the same scale and not ranked.",
        "参照：文件中的合计行，按同一标尺计分，不参与排名。",
    ),
    "sentence": Words("{text}.", "{text}。"),
    "set_aside": Words(
        "! a value of this unit was set aside as missing (--tolerate).",
        "! 该单位有数值因错误按缺失处理（--tolerate）。",
    ),
    "one_indicator": Words("* rests on one indicator.", "* 仅由一项指标支撑。"),
    "hidden": Words(
        "Columns left out at this width: {columns}. Widen the terminal, or use --width or another format (-F).",
        "因宽度所限未显示的列：{columns}。请加宽终端，或使用 --width 或其他格式（-F）。",
    ),
    "largest_gaps": Words(
        "Largest gaps (median severity, 0 none - 100 full)",
        "主要差距（严重程度中位数，0为无差距，100为最大）",
    ),
    "gap": Words("Gap", "差距"),
    "median": Words("Median", "中位数"),
    "widest": Words("Widest", "差距最大单位"),
    "goes_with": Words("Goes with", "对应举措"),
    "behind": Words("Measured by", "测量依据"),
    "n_of_m": Words("{n} of {m}", "{m}项中的{n}项"),
    "not_measured": Words("Not measured", "未测量"),
    "areas": Words("Areas", "领域"),
    "gaps": Words("Gaps", "差距"),
    "area": Words("Area", "领域"),
    "weight": Words("Weight", "权重"),
    "points": Words("Points", "贡献分"),
    "severity": Words("Severity", "严重程度"),
    "indicator": Words("Indicator", "指标"),
    "value": Words("Value", "数值"),
    "measured_in": Words("Measured in", "计量单位"),
    "cells": Words("Cells", "单元格"),
    "flags": Words("Notes", "备注"),
    "role": Words("Role", "角色"),
    "not_ranked": Words("not ranked", "不排名"),
    "card": Words(
        "{unit}: rank {rank} of {of}, score {score}, gap index {gap_index}",
        "{unit}：在{of}个单位中排第{rank}位，得分{score}，差距指数{gap_index}",
    ),
    "card_without_gaps": Words(
        "{unit}: rank {rank} of {of}, score {score}",
        "{unit}：在{of}个单位中排第{rank}位，得分{score}",
    ),
    "card_unranked": Words(
        "{unit}: not ranked, score [{score}], coverage {coverage:.0%}",
        "{unit}：不参与排名，得分[{score}]，覆盖率{coverage:.0%}",
    ),
    "told": Words("{head}: {text}", "{head}：{text}"),
    "comma": Words(", ", "、"),
    "clause": Words(", ", "，"),
    "semicolon": Words("; ", "；"),
    "strengths": Words("Strengths", "优势"),
    "weaknesses": Words("Weaknesses", "短板"),
    "not_judged": Words(
        "Strengths and weaknesses: too few core indicators to judge.",
        "优势与短板：核心指标过少，不作判断。",
    ),
    "common": Words(
        "Ranked are only units with every measured area (--common).",
        "仅对所有已测领域均有得分的单位排名（--common）。",
    ),
    "no_strength": Words("None stands out.", "无明显优势。"),
    "no_weakness": Words("None stands out.", "无明显短板。"),
    "proxy_area": Words(
        "{area} rests on a proxy alone: {proxies}.", "{area}仅由替代指标支撑：{proxies}。"
    ),
    "proxy_head": Words("{names} (proxy)", "{names}（替代）"),
    "superseded": Words(
        "Proxies left out because the indicator itself has a column: {proxies}.",
        "因文件已含相应指标而未使用的替代指标：{proxies}。",
    ),
    "nominal_bands": Words(
        "Bands are read from the nominal score; no range has been computed to hold them against.",
        "档次按基准得分划分，尚未以区间检验。",
    ),
    "caveat": Words("Note", "注"),
    "findings": Words(
        "errors: {errors}, warnings: {warnings}, notes: {notes}",
        "错误{errors}项，警告{warnings}项，提示{notes}项",
    ),
    "see_findings": Words(
        "Warnings: {n}. `stiscore validate {file}` lists them with their cells.",
        "警告{n}项，可用 stiscore validate {file} 查看及定位。",
    ),
    "footer": Words(
        "stiscore {version} | framework {framework} {framework_version} sha256 {framework_sha} | data {file} "
        "sha256 {data_sha}",
        "stiscore {version} | 框架 {framework} {framework_version} sha256 {framework_sha} | 数据 {file} "
        "sha256 {data_sha}",
    ),
    "method": Words("Method: {method}", "方法：{method}"),
    "area_weights": Words("area weights {told}", "领域权重 {told}"),
    "on_frame": Words("Scored on the saved frame {frame}.", "按已保存的标尺 {frame} 评分。"),
    "origin": Words("Origin", "来源说明"),
    "proxy": Words("proxy", "替代指标"),
    "context": Words("context, not scored", "背景指标，不评分"),
    "low_confidence": Words("one indicator", "仅一项指标"),
    "proxy_only": Words("proxy only", "仅替代指标"),
    "below_coverage": Words("too little data", "数据不足"),
    "floored": Words("raised to the floor", "按下限计"),
    "imputed": Words("filled in", "含填补值"),
    "along_years": Words("filled from other years", "由其他年份填补"),
    "treated": Words("treated", "经异常值处理"),
    "excluded": Words("screened out", "已筛除"),
    "missing": Words("missing", "缺失"),
    "blank": Words("blank cell", "空单元格"),
    "missing_mark": Words("missing mark", "缺失标记"),
    "not_a_number": Words("not a number", "非数值"),
    "error_cell": Words("error cell", "错误单元格"),
    "no_cached_value": Words("formula without value", "公式无结果"),
    "percent_format": Words("percent format", "百分比格式"),
    "converted": Words("converted", "已换算"),
    "derived": Words("derived", "推算"),
    "number_as_text": Words("number as text", "文本型数字"),
    "zero_denominator": Words("denominator is zero", "分母为零"),
    "tolerated": Words("set aside (--tolerate)", "已搁置（--tolerate）"),
}

STAGES: dict[str, Words] = {
    "screen": Words("screen", "筛选"),
    "denominate": Words("denominate", "分母处理"),
    "impute": Words("impute", "缺失填补"),
    "treat": Words("treat", "异常值处理"),
    "normalise": Words("normalise", "标准化"),
    "weight": Words("weight", "赋权"),
    "aggregate": Words("aggregate", "合成"),
}


def label(key: str, lang: Lang, **fields: object) -> str:
    """A label or sentence of the report in ``lang``.

    >>> label("n_of_m", "zh", n=1, m=3)
    '3项中的1项'
    """
    return LABELS[key].say(lang, **fields)
