"""What an explanation says."""

from __future__ import annotations

from stiscore.words import Words

EXPLAIN: dict[str, Words] = {
    "head": Words("{unit}: rank {rank} of {of}", "{unit}：在{of}个单位中排第{rank}位"),
    "head_unranked": Words("{unit}: not ranked", "{unit}：不参与排名"),
    "branch": Words(
        "{name} ({id}): {score}, {place}; {method} of {n}, coverage {coverage:.0%}",
        "{name}（{id}）：{score}，{place}；{n}项的{method}，覆盖率{coverage:.0%}",
    ),
    "placed": Words("rank {rank}", "第{rank}位"),
    "placed_in": Words("rank {rank} (range {range})", "第{rank}位（区间{range}）"),
    "unplaced": Words("no rank", "不参与排名"),
    "next_brief": Words("next above {unit} {score} (+{short})", "前一位{unit}{score}，差{short}"),
    "share": Words(
        "weight {share:.1%} in its group, {effective:.1%} of the index -> {points} points",
        "组内权重{share:.1%}，占总指数{effective:.1%}，贡献{points}分",
    ),
    "leaf": Words("{name} ({id}): {score}, {place}", "{name}（{id}）：{score}，{place}"),
    "leaf_missing": Words("{name} ({id}): no value, left out", "{name}（{id}）：无数值，未计入"),
    "value": Words("value {value} {measured_in}", "数值{value}（{measured_in}）"),
    "from_cell": Words("from {cell}", "来自 {cell}"),
    "derived": Words(
        "derived: {factor} x {numerators} / {denominators}",
        "推算：{factor} × {numerators} / {denominators}",
    ),
    "part": Words("{column} = {value} from {cell}", "{column} = {value}，来自 {cell}"),
    "scale": Words("score {formula} = {straight}", "得分 {formula} = {straight}"),
    "clipped": Words("beyond the goalposts: counted as {score}", "超出标杆值：按{score}计"),
    "goalposts": Words("goalposts {low} and {high} ({basis})", "标杆值{low}和{high}（{basis}）"),
    "basis_of": Words("{basis}: {source}", "{basis}，依据：{source}"),
    "basis_year": Words("{basis}, {year}", "{basis}，{year}年"),
    "sample_ends": Words(
        "ends {low} and {high}, from the reference data", "端点{low}和{high}，取自参照数据"
    ),
    "definition": Words("{numerator} / {denominator}", "{numerator} / {denominator}"),
    "definition_plain": Words("{numerator}", "{numerator}"),
    "source": Words("source: {source}", "来源：{source}"),
    "caveat": Words("note: {caveat}", "注：{caveat}"),
    "origin": Words("origin: {origin}", "出处：{origin}"),
    "paper": Words("the paper ({section})", "原文（{section}）"),
    "ours": Words("ours, not the paper's", "本项目构建，非原文内容"),
    "gap": Words(
        "{name} ({id}): severity {severity}, {place}, from {n} of {m} indicators; 100 less their weighted mean",
        "{name}（{id}）：严重程度{severity}，{place}，依据{m}项指标中的{n}项；等于100减去其加权平均分",
    ),
    "gap_absent": Words(
        "{name} ({id}): not measured (0 of {m} indicators)",
        "{name}（{id}）：未测量（{m}项指标中的0项）",
    ),
    "arithmetic": Words("arithmetic mean", "算术平均"),
    "geometric": Words("geometric mean", "几何平均"),
    "harmonic": Words("harmonic mean", "调和平均"),
    "generalised-mean": Words("generalised mean", "幂平均"),
    "mazziotta-pareto": Words("Mazziotta-Pareto index", "Mazziotta-Pareto指数"),
    "adjusted-mazziotta-pareto": Words(
        "adjusted Mazziotta-Pareto index", "调整的Mazziotta-Pareto指数"
    ),
    "mean-min": Words("mean-min function", "均值－最小值函数"),
    "copeland": Words("Copeland comparison", "Copeland成对比较"),
    "benefit-of-the-doubt": Words(
        "benefit of the doubt (weights of the unit's own)", "有利权重（各单位自选权重）"
    ),
    "blank": Words("no value read", "未读到数值"),
    "filled": Words("filled by {method}: {value}", "由{method}填补：{value}"),
    "quotient": Words("value {value} = {formula}", "数值{value} = {formula}"),
    "along_years": Words(
        "not read, or not all of it, in this year; filled from other years by {method}",
        "当年数值或其构成项未读到；由{method}按其他年份填补",
    ),
    "treated": Words("treated: {steps} -> {value}", "异常值处理：{steps} → {value}"),
    "position": Words(
        "{worse} of {of} reference values are worse -> score {score}",
        "{of}个参照值中有{worse}个更差，得分{score}",
    ),
    "class": Words(
        "class by quantiles of the reference data -> score {score}",
        "按参照数据分位数归类，得分{score}",
    ),
    "flat": Words("one value throughout: {score} for all", "各单位数值相同：均计{score}"),
    "percentile": Words("percentile", "百分位"),
    "theoretical": Words("theoretical", "理论值"),
    "policy_target": Words("policy target", "政策目标"),
    "judgement": Words("judgement", "判断"),
    "proxy": Words("proxy", "替代指标"),
    # Why a unit or a group has no rank or score.
    "thin_unit": Words(
        "Not ranked: coverage {coverage:.1%} of the weight, at least {least:.0%} is asked for.",
        "不参与排名：覆盖率为权重的{coverage:.1%}，要求至少{least:.0%}。",
    ),
    "few_areas": Words(
        "Not ranked: {missing} measured areas have no score, at most {most} may lack one.",
        "不参与排名：{missing}个有数据的领域无得分，最多允许{most}个。",
    ),
    "not_common": Words(
        "Not ranked: with --common every measured area is asked for, and {missing} have no score.",
        "不参与排名：--common 要求各有数据的领域均有得分，其中{missing}个无得分。",
    ),
    "screened": Words(
        "Not ranked: too few values to be scored at all.", "不参与排名：数值过少，不予评分。"
    ),
    "thin_group": Words(
        "no score: {coverage:.0%} of its weight has a value, at least {least:.0%} is asked for",
        "无得分：其权重的{coverage:.0%}有数值，要求至少{least:.0%}",
    ),
    # The score written out.
    "written_score": Words("worked out: {formula}", "计算：{formula}"),
    "written_mean": Words("mean: {formula}", "均值：{formula}"),
    "written_lowest": Words("lowest part: {formula}", "最低分项：{formula}"),
    "written_variance": Words("variance: {formula}", "方差：{formula}"),
    "written_points": Words(
        "no short formula; points of its parts: {formula}", "无简短算式；各分项贡献：{formula}"
    ),
    "lifted": Words(
        "{node} scores {score} and enters as {to}, the floor",
        "{node}得分{score}，按下限{to}计入",
    ),
    "shapley": Words(
        "points of the parts are shares by Shapley value; they add up to the score",
        "各分项贡献按Shapley值分配，合计等于得分",
    ),
    "missing": Words(
        "{missing} of {n} parts have no value for this unit; the weights of the rest are scaled up to 100%",
        "{n}个分项中有{missing}个对该单位无数值；其余权重按比例调整至100%",
    ),
    "absent": Words(
        "no column in this table: {names}",
        "本表无此列：{names}",
    ),
    # How a weight came about.
    "way_table": Words(
        "declared weight {declared} of {of} in its group ({share:.1%}), in this table {table:.1%}: {why}",
        "框架设定权重{declared}（组内合计{of}，占{share:.1%}），本表为{table:.1%}：{why}",
    ),
    "way_unit": Words(
        "in this table {table:.1%}, for this unit {unit:.1%}: {why}",
        "本表为{table:.1%}，该单位为{unit:.1%}：{why}",
    ),
    "why_absent": Words(
        "{absent} of the group's {parts} parts have no column",
        "组内{parts}个分项中{absent}个无数据列",
    ),
    "why_scaled": Words(
        "parts count by the share of their framework weight that has a column",
        "各分项按其框架权重中有数据列的比例计入",
    ),
    "why_method": Words("weights are given by {method}", "权重由{method}确定"),
    "why_missing": Words(
        "{missing} parts have no value for the unit", "{missing}个分项对该单位无数值"
    ),
    "why_own": Words("the unit has weights of its own ({method})", "该单位自有权重（{method}）"),
    # Figures.
    "error": Words(
        "standard error of {column} as the file gives it: {error}",
        "文件给出的{column}标准误：{error}",
    ),
    "error_sides": Words("{below} below, {above} above", "下侧{below}，上侧{above}"),
    "implausible": Words(
        "outside the plausible range {low} to {high}: look at the figure again",
        "超出合理范围{low}至{high}：请核对该数值",
    ),
    "of_year": Words("year of the value: {year}", "数值年份：{year}"),
    # Ranges and medians of a node.
    "span_scores": Words("score range {low}-{high}", "得分区间{low}-{high}"),
    "span_severities": Words("severity range {low}-{high}", "严重程度区间{low}-{high}"),
    "peers": Words("Peers: {name} ({n}).", "对比单位：{name}（{n}个）。"),
    "peers_source": Words(
        "Peers: {name} ({n}), {source}.", "对比单位：{name}（{n}个），{source}。"
    ),
    "peer_score": Words(
        "peer median {score} ({difference}{of})", "对比组中位数{score}（{difference}{of}）"
    ),
    "peer_value": Words(
        "peer median {score} ({difference}{of}), of the values {value} {measured_in}",
        "对比组中位数{score}（{difference}{of}），原值中位数{value}（{measured_in}）",
    ),
    "of_few": Words("; {n} have one", "；{n}个单位有数据"),
    # One rank more.
    "next": Words(
        "next above: {unit}, rank {rank}, {score}; {short} points more would be level with it",
        "前一位：{unit}，第{rank}位，{score}；再提高{short}分与其持平",
    ),
    "next_less": Words(
        "next above: {unit}, rank {rank}, severity {score}; {short} less would be level with it",
        "前一位：{unit}，第{rank}位，严重程度{score}；再降低{short}与其持平",
    ),
    "next_index": Words(
        "Next above: {unit}, rank {rank}, {score}; {short} points more would be level with it (stiscore target DATA {own} --rank {rank}).",
        "前一位：{unit}，第{rank}位，{score}；再提高{short}分与其持平（stiscore target DATA {own} --rank {rank}）。",
    ),
    "next_index_only": Words(
        "Next above: {unit}, rank {rank}, {score}; {short} points more would be level with it.",
        "前一位：{unit}，第{rank}位，{score}；再提高{short}分与其持平。",
    ),
    "next_several": Words("{unit} (one of {all} level)", "{unit}（并列{all}个单位之一）"),
    "nobody": Words("nobody above", "前面没有其他单位"),
    "nobody_index": Words("Nobody above.", "前面没有其他单位。"),
    "level_at": Words(
        "level with it at {value} {measured_in}: {gain} points of the index",
        "数值达到{value}（{measured_in}）时与其持平：总指数{gain}分",
    ),
    "alone": Words(
        "one rank more in the index (level with {unit}, {score}) by this indicator alone: {value} {measured_in}, score {own}",
        "仅调整本指标而总指数上升一位（与{unit}的{score}分持平）所需：数值{value}（{measured_in}），得分{own}",
    ),
    "not_alone": Words(
        "one rank more in the index (level with {unit}, {score}): not by this indicator alone; even at its best score the index gains {most} points, {lacking} short",
        "总指数上升一位（与{unit}的{score}分持平）：仅调整本指标无法达到；即使取得最高分，总指数也只增加{most}分，尚差{lacking}分",
    ),
    "arithmetic_only": Words(
        "What it takes to be level with the next unit above is arithmetic: weights, scale and the other units stay as they are.",
        "与前一位持平所需的数值仅为测算：权重、标尺和其他单位保持不变。",
    ),
    "no_lever": Words(
        "this indicator is not marked as a lever of policy", "本指标未列为政策可调指标"
    ),
    "unsolved": Words(
        "what one rank more would take of this indicator is left out: {why}",
        "未测算上升一位所需的数值：{why}",
    ),
    "unsolved_sample": Words(
        "its scale is taken from this table and would move with the value",
        "标尺取自本表，会随数值变动",
    ),
    "unsolved_treated": Words(
        "its values are treated by limits taken from this table", "其数值按取自本表的界限处理"
    ),
    "unsolved_position": Words(
        "what counts is the place among the values of this table", "计分依据是在本表数值中的位次"
    ),
    "unsolved_flat": Words("all values score alike", "各数值得分相同"),
    "unsolved_compares": Words(
        "units are compared with each other, so the others' scores would move as well",
        "各单位相互比较计分，其他单位的得分也会变动",
    ),
    "unsolved_uneven": Words(
        "more of one part may lower the score, since unevenness is taken off",
        "因扣减不均衡程度，单项提高时得分可能下降",
    ),
}
