"""What `gaps` says: how wide each gap is, what stands behind it, what goes with it, what to fill in."""

from __future__ import annotations

from stiscore.words import Lang, Words

GAPS: dict[str, Words] = {
    "title": Words("Gaps: {units}", "差距分析：{units}"),
    "title_all": Words("Gaps: {n} {units}", "差距分析：{n}个{units}"),
    "peers": Words("Compared with: {name} ({n} ranked).", "对比单位：{name}（参与排名的{n}个）。"),
    "no_peers": Words("No other ranked unit to compare with.", "没有其他参与排名的单位可供对比。"),
    "unranked": Words(
        "Not ranked: too little is covered. The severities rest on what it has.",
        "覆盖不足，不参与排名；严重程度依据该单位已有数据。",
    ),
    # What is the widest, and how sure.
    "widest": Words(
        "Widest of the {n} measured (of {of}): {gap}, severity {severity} on 0 (none) to 100 (full); it rests on {n_behind} of {m_behind} indicators.",
        "已测{n}项差距（共{of}项）中最突出的是{gap}：严重程度{severity}（0为无差距，100为最大），依据{m_behind}项指标中的{n_behind}项。",
    ),
    "only": Words(
        "Only one of the {of} gaps is measured: {gap}, severity {severity} on 0 (none) to 100 (full); it rests on {n_behind} of {m_behind} indicators.",
        "{of}项差距中仅测量了一项，即{gap}：严重程度{severity}（0为无差距，100为最大），依据{m_behind}项指标中的{n_behind}项。",
    ),
    "widest_level": Words(
        "Widest of the {n} measured (of {of}), level with each other: {gaps}, severity {severity} on 0 (none) to 100 (full).",
        "已测{n}项差距（共{of}项）中最突出的并列为：{gaps}，严重程度{severity}（0为无差距，100为最大）。",
    ),
    "none_short": Words(
        "None of the {n} measured gaps (of {of}) is above 0: every indicator behind them is at its upper end.",
        "已测{n}项差距（共{of}项）的严重程度均不高于0：相关指标均达到上限。",
    ),
    "none_measured": Words(
        "None of the {of} gaps is measured for this unit.", "该单位的{of}项差距均未测量。"
    ),
    "sure": Words(
        "It is the widest of those measured in {share} of {draws:,} method variants.",
        "{draws}种测算方案中，{share}的方案以其为已测差距中最突出者。",
    ),
    "sure_severity": Words(
        "{share:.0%} of them give it a severity of {low}-{high}.",
        "其中{share:.0%}的方案所得严重程度在{low}至{high}之间。",
    ),
    "sure_one": Words(
        "No variant changes its own severity.",
        "各方案均不改变其自身的严重程度。",
    ),
    "sure_still": Words(
        "No variant changes its severity or those of {n} more gaps, so this share says nothing of the order among these.",
        "各方案均不改变该项及另外{n}项差距的严重程度，上述占比不能说明这些差距之间的先后。",
    ),
    "sure_not": Words(
        "No method variant moves a severity here (one indicator behind each has no weight to vary), so the variants do not tell how sure the order of gaps is.",
        "各测算方案均不改变这里的严重程度（每项差距仅一项指标，没有可变动的权重），因此测算方案不能说明差距先后的可靠程度。",
    ),
    "thin": Words(
        "Without a figure here: {n} of the {of} indicators behind all gaps; figures for them may change the order.",
        "全部差距共有{of}项指标，其中{n}项在此没有数据；补充数据后先后可能改变。",
    ),
    "against": Words(
        "Furthest behind the peers: {gap}, {by} points above their median severity.",
        "与对比单位相比差距最大的是{gap}，其严重程度高出对比组中位数{by}分。",
    ),
    "against_none": Words(
        "No gap is wider than the peer median.", "各项差距均不大于对比组中位数。"
    ),
    # The table of gaps.
    "by_severity": Words("Gaps by severity", "按严重程度排列的差距"),
    "gap": Words("Gap", "差距"),
    "behind": Words("Measured by", "测量依据"),
    "severity": Words("Severity", "严重程度"),
    "severity_range": Words("Severity range", "严重程度 区间"),
    "rank": Words("Rank", "排名"),
    "rank_range": Words("Rank range", "排名 区间"),
    "median": Words("Peer median", "对比组 中位数"),
    "widest_in": Words("Widest in", "最突出 方案占比"),
    "band": Words("Band", "档次"),
    "about_ranks": Words(
        "Rank: 1 is the smallest gap; after the stroke, how many ranked units have a severity.",
        "排名：第1位为差距最小；斜线后为有该项严重程度且参与排名的单位数。",
    ),
    "about_ranges": Words(
        "Ranges: the middle {share:.0%} of {draws:,} method variants (seed {seed}). Widest in: share of variants in which no measured gap of the unit is wider.",
        "区间：{draws}种测算方案居中{share:.0%}的范围（随机种子{seed}）。最突出方案占比：该差距在已测差距中最突出的方案占比。",
    ),
    "not_by_areas": Words(
        "A severity moves with indicator weights, scales and data errors; weights of areas and how areas are joined do not enter it, and one indicator alone has no weight to vary.",
        "严重程度只随指标权重、标尺和数据误差变动，与领域权重和领域合成方法无关；仅一项指标时没有可变动的权重。",
    ),
    # What stands behind a gap.
    "gap_head": Words("{n}. {gap}: severity {severity}", "{n}. {gap}：严重程度{severity}"),
    "gap_head_of": Words(
        "{n}. {gap} ({unit}): severity {severity}", "{n}. {gap}（{unit}）：严重程度{severity}"
    ),
    "indicator": Words("Indicator behind it", "相关指标"),
    "value": Words("Value", "数值"),
    "measured_in": Words("Measured in", "计量单位"),
    "score": Words("Score", "得分"),
    "lost": Words("Points lost", "失分"),
    "cell": Words("Cell", "单元格"),
    "notes": Words("Notes", "备注"),
    "about_lost": Words(
        "Points lost: the indicator's part of the severity, its weight among those with a value times what its score lacks to the upper end; they add up to the severity. Score: 0-100 between the goalposts.",
        "失分：指标在严重程度中所占的部分，即其在有数值指标中的权重乘以得分与上限之差，各项之和等于严重程度。得分：按标杆值折算为0至100。",
    ),
    "about_lost_scale": Words(
        "Points lost: the indicator's part of the severity, its weight among those with a value times what its score lacks to the upper end, in per cent of the scale; they add up to the severity. Score: on a scale of {low} to {high}.",
        "失分：指标在严重程度中所占的部分，即其在有数值指标中的权重乘以得分与上限之差（按标尺的百分比计），各项之和等于严重程度。得分：标尺为{low}至{high}。",
    ),
    "cells_in": Words(
        "Cells: in sheet {sheet} of {file}.", "单元格：位于 {file} 的工作表 {sheet}。"
    ),
    "cells_in_file": Words("Cells: in {file}.", "单元格：位于 {file}。"),
    "nothing_short": Words("Nothing is short in what is measured.", "已测内容中无差距。"),
    "related": Words("Related, not counted: {name}, {told}.", "相关但不计入：{name}，{told}。"),
    "figure": Words(
        "{value}, peer median {median}{score}{cell}", "{value}，对比组中位数{median}{score}{cell}"
    ),
    "with_score": Words(", score {score}", "，得分{score}"),
    "in_cell": Words(", cell {cell}", "，单元格 {cell}"),
    "per_cent": Words("{value}%", "{value}%"),
    "of_value": Words("{value} ({measured_in})", "{value}（{measured_in}）"),
    "caveat": Words("Note on {name}: {text}", "{name}说明：{text}"),
    # What goes with a gap.
    "goes": Words(
        "Goes with it, by our reading and not by these data:",
        "与之对应（由研读原文得出，并非由本数据得出）：",
    ),
    "item": Words("- {text}", "- {text}"),
    "measure": Words("Measure {section}: “{name}”", "政策举措{section}：“{name}”"),
    "issue": Words("Institutional issue {section}: “{name}”", "体制问题{section}：“{name}”"),
    "barrier": Words(
        "Implementation barrier {section}: “{name}”{diagnostic}",
        "落实障碍{section}：“{name}”{diagnostic}",
    ),
    "own": Words("(ours)", "（本项目所设）"),
    "no_section": Words("of the paper", "（原文）"),
    "diagnostic": Words(". Its own indicator, {name}: {told}.", "。诊断指标“{name}”：{told}。"),
    "undiagnosed": Words(". Its own indicator is not measured.", "。其诊断指标未测量。"),
    "no_value": Words("no value{cell}", "无数值{cell}"),
    "weakens": Words("Weakens: {areas}", "影响领域：{areas}"),
    "area_score": Words("{area} (score {score})", "{area}（得分{score}）"),
    "area_absent": Words("{area} (not measured)", "{area}（未测量）"),
    "area_thin": Words("{area} (too little data for a score)", "{area}（数据不足，无得分）"),
    "untagged": Words(
        "{area} is listed without an indicator of its own for this gap: {why}",
        "{area}没有针对该差距的指标，列入理由：{why}",
    ),
    "whose": Words(
        "Headings in quotation marks with a section number are the paper's. Which of them goes with a gap, the indicators, their weights and goalposts and the first actions are ours.",
        "带章节号和引号的标题出自原文；与差距的对应关系、指标及其权重和标杆值、首要行动均为本项目自行构建。",
    ),
    # What to fill in.
    "actions": Words(
        "To fill in: who acts, by when, shown by what", "待填写：责任单位、完成时限与成效依据"
    ),
    "action": Words("First action (our suggestion)", "首要行动（本项目建议）"),
    "action_paper": Words("First action", "首要行动"),
    "owner": Words("Owner", "责任单位"),
    "deadline": Words("Deadline", "完成时限"),
    "evidence": Words("Evidence", "成效依据"),
    "action_line": Words("{gap}: {action}", "{gap}：{action}"),
    "blanks": Words(
        "Owner: {blank} Deadline: {blank} Evidence: {blank}",
        "责任单位：{blank} 完成时限：{blank} 成效依据：{blank}",
    ),
    "blank": Words("________", "________"),
    "to_measure": Words(
        "Not measured: what would measure it, and where to fill it in",
        "未测量内容：可用指标及填写位置",
    ),
    "barrier_short": Words("Barrier {section}", "障碍{section}"),
    "gap_barrier": Words("Gap or barrier", "差距或障碍"),
    "indicator_plain": Words("Indicator", "指标"),
    "sheet": Words("Sheet to fill", "填写的工作表"),
    "column": Words("Column", "列"),
    "quantities": Words("{column}, or {quantities}", "{column} 或 {quantities}"),
    "proxy_for": Words("{name} (stands in for {core})", "{name}（代替{core}）"),
    "blank_cell": Words("no value in {cell}", "{cell} 无数值"),
    "blank_unplaced": Words("no value", "无数值"),
    "no_indicator": Words("no indicator of this level", "本层级没有相应指标"),
    "fill_by": Words(
        "`stiscore template --level {level} -o fill.xlsx` writes a workbook with these sheets. Of a derived indicator either its own column or all its quantities will do.",
        "可用 stiscore template --level {level} -o fill.xlsx 生成含上述工作表的工作簿。推算指标可填该列本身，也可填全部构成数据。",
    ),
    # Over the units of a table.
    "common": Words(
        "Most common: {gap}, the widest measured gap of {n} of {of} ranked units.",
        "最普遍的差距：{gap}，在{of}个参与排名的单位中，{n}个以其为最突出的已测差距。",
    ),
    "common_level": Words(
        "Most common, level: {gaps}, each the widest measured gap of {n} of {of} ranked units.",
        "最普遍的差距（并列）：{gaps}，在{of}个参与排名的单位中，各为{n}个单位最突出的已测差距。",
    ),
    "common_none": Words(
        "No ranked unit has a severity above 0.", "参与排名的单位均无高于0的严重程度。"
    ),
    "common_of": Words(
        "Only measured gaps can be the widest: {n} of {of} are.",
        "仅已测差距可能成为最突出者：{of}项中已测{n}项。",
    ),
    "over_units": Words("Gaps over the ranked units", "参与排名单位的差距概况"),
    "median_all": Words("Median severity", "严重程度 中位数"),
    "widest_of": Words("Widest of", "最突出 单位数"),
    "units_measured": Words("Units", "有数据 单位数"),
    "goes_with": Words("Goes with", "对应举措"),
    "section_named": Words("{section} {name}", "{section} {name}"),
    "matrix": Words("Severity by unit", "各单位的严重程度"),
    "unit": Words("Unit", "单位"),
    "gap_index": Words("Gap index", "差距指数"),
    "about_matrix": Words(
        "* the unit's widest measured gap, each where several are level. Units in the order of their rank by score; - not ranked, or no value.",
        "* 该单位最突出的已测差距，并列时均标出。单位按得分排名排列；- 表示不参与排名或无数值。",
    ),
    "one_unit": Words(
        "`-u UNIT` shows what stands behind the gaps of one unit, with cells, peers and ranges.",
        "可用 -u 指定单位，查看其差距的相关指标、单元格、对比单位和区间。",
    ),
}


def said(key: str, lang: Lang, **fields: object) -> str:
    """A sentence of the page in ``lang``.

    >>> said("owner", "zh")
    '责任单位'
    """
    return GAPS[key].say(lang, **fields)
