"""What an explanation says."""

from __future__ import annotations

from stiscore.words import Words

EXPLAIN: dict[str, Words] = {
    "head": Words("{unit}: rank {rank} of {of}", "{unit}：在{of}个单位中排第{rank}位"),
    "head_unranked": Words("{unit}: not ranked", "{unit}：不参与排名"),
    "branch": Words(
        "{name} ({id}): {score}, rank {rank}; {method} of {n}, coverage {coverage:.0%}",
        "{name}（{id}）：{score}，第{rank}位；{n}项的{method}，覆盖率{coverage:.0%}",
    ),
    "share": Words(
        "weight {share:.1%} in its group, {effective:.1%} of the index -> {points} points",
        "组内权重{share:.1%}，占总指数{effective:.1%}，贡献{points}分",
    ),
    "leaf": Words("{name} ({id}): {score}, rank {rank}", "{name}（{id}）：{score}，第{rank}位"),
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
    "sample_ends": Words(
        "ends {low} and {high}, from the reference data", "端点{low}和{high}，取自参照数据"
    ),
    "definition": Words("{numerator} / {denominator}", "{numerator} / {denominator}"),
    "definition_plain": Words("{numerator}", "{numerator}"),
    "source": Words("source: {source}", "来源：{source}"),
    "caveat": Words("note: {caveat}", "注：{caveat}"),
    "origin": Words("origin: {origin}", "出处：{origin}"),
    "paper": Words("the paper ({section})", "论文（{section}）"),
    "ours": Words("ours, not the paper's", "本项目构建，非论文内容"),
    "gap": Words(
        "{name} ({id}): severity {severity}, from {n} of {m} indicators; 100 less their weighted mean",
        "{name}（{id}）：严重程度{severity}，依据{m}项指标中的{n}项；等于100减去其加权平均分",
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
}
