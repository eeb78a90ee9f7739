"""What `diff` says: what moved between two sides, and how a change parts."""

from __future__ import annotations

from stiscore.words import Lang, Words

# Why a mixture of both sides gives no scores, where no finding says so.
NO_FIGURES = Words(
    "an indicator has no figures of the units on both sides to learn its scale from",
    "前后均有的单位中，有指标缺少可用于确定标尺的数据",
)

FACTORS: dict[str, Words] = {
    "data": Words("Data", "数据"),
    "revision": Words("Revision", "修订"),
    "coverage": Words("Coverage", "覆盖"),
    "frame": Words("Frame", "标尺"),
    "weights": Words("Weights", "权重"),
    "method": Words("Method", "方法"),
}
# What each factor holds, a line under the table.
ABOUT: dict[str, Words] = {
    "data": Words(
        "figures that differ, of another year or, where the files say no year, of an unknown one",
        "数值不同，属于另一年份；文件未注明年份的，也计入此项",
    ),
    "revision": Words(
        "figures of the same year that differ: another vintage", "同一年份的数值不同，即数据修订"
    ),
    "coverage": Words(
        "cells, columns or indicators that appear or vanish", "单元格、列或指标的新增与消失"
    ),
    "frame": Words(
        "what the scale rests on: goalposts, curves, directions, what was learned from the table",
        "确定标尺的依据不同，包括标杆值、曲线、方向以及由表内数据确定的参数",
    ),
    "weights": Words("weights, declared or learned", "设定的权重或由数据确定的权重不同"),
    "method": Words(
        "settings of all other stages, from derived indicators to aggregation",
        "其余各环节（自指标推算至合成）的设置不同",
    ),
}
# Why no change of rank is told; findings say of what.
NO_RANKS: dict[str, Words] = {
    "columns": Words("the two sides do not score the same indicators", "前后评分所用的指标不同"),
    "goalposts": Words("the scales of indicators differ", "指标的标尺不同"),
    "units": Words("the ranked units differ", "参与排名的单位不同"),
}
DIFF: dict[str, Words] = {
    "title": Words("What moved: {old} -> {new}", "变化分解：{old} -> {new}"),
    "side_old": Words("Old side", "变化前"),
    "side_new": Words("New side", "变化后"),
    "side": Words(
        "{side}: {label}, {ranked} of {of} ranked; framework {framework} {version} sha256 {sha}; data sha256 {data}",
        "{side}：{label}，{of}个单位中{ranked}个参与排名；框架 {framework} {version} sha256 {sha}；数据 sha256 {data}",
    ),
    "nothing": Words(
        "Nothing changed: both sides give all {n} units the same scores, and no figure, weight or setting that scores rest on differs.",
        "没有变化：{n}个单位前后得分均相同，得分所依据的数值、权重和设置亦无差异。",
    ),
    "differs": Words("What differs: {factors}.", "存在差异的方面：{factors}。"),
    "changed": Words(
        "Units on both sides: {n}; the score or rank of {moved} changed.",
        "前后均有的单位{n}个，其中{moved}个得分或位次有变化。",
    ),
    "no_ranks": Words(
        "No change of rank is told: {why}. Scores are still split.",
        "不给出位次变化：{why}。得分变化仍作分解。",
    ),
    "within": Words("Inside its range: not distinguishable", "在排名区间之内：不足以区分"),
    "about_within": Words(
        "The new rank lies inside the old range and the old rank inside the new one: choices of method move ranks as far. A range holds {share:.0%} of {draws:,} method variants.",
        "新位次在原排名区间之内，原位次也在新排名区间之内：仅更换方法，位次变动即可达到这一幅度。区间涵盖{draws}种测算方案中居中的{share:.0%}。",
    ),
    "none_within": Words(
        "No unit: every change of rank goes beyond a range.", "无：所有位次变化均超出排名区间。"
    ),
    "still_ranges": Words(
        "No method variant moves any rank on either side, so ranges cannot tell which changes are distinguishable.",
        "各测算方案均不改变任一侧的位次，排名区间无法说明哪些变化足以区分。",
    ),
    "no_moves": Words("No rank changed.", "位次均无变化。"),
    "no_ranges": Words(
        "Ranks have no ranges here, so that nothing says which changes can be told apart.",
        "此处没有排名区间，无从判断哪些变化足以区分。",
    ),
    "largest": Words("Largest movers", "变化最大的单位"),
    "about_largest": Words(
        "Those whose change of rank goes beyond a range come first (*), then by change of score. A rise in rank is positive.",
        "位次变化超出排名区间的单位（*）在前，其余按得分变化排列。位次上升为正。",
    ),
    "about_no_star": Words(
        "By change of score. A rise in rank is positive.", "按得分变化排列。位次上升为正。"
    ),
    "about_scores": Words("By change of score.", "按得分变化排列。"),
    "movers": Words("Moved by: at most three indicators each", "主要变动指标（每个单位至多三项）"),
    "about_movers": Words(
        "Points: what the indicator adds to the index, new less old. A figure that stays the same adds more or less where weights or scales differ, or where others appear or vanish. Value and cells: old -> new; a cell of a CSV is row:column.",
        "贡献分：该指标对总指数贡献的变化（新值减原值）。数值未变的指标，因权重或标尺不同，或其他数据新增、消失，贡献也会变化。数值和单元格：原 -> 新；CSV 的单元格以“行:列”表示。",
    ),
    "split": Words("Change of score, split", "得分变化的分解"),
    "still": Words(
        "Not listed: {n} units without any change here; -F csv and -F json hold all.",
        "另有{n}个单位在此无变化，未列出；全部单位见 -F csv 和 -F json。",
    ),
    "about_split": Words(
        "Each part is what the factor's change adds to the score, averaged over all orders in which the factors can change one after the other (Shapley value); parts add up to the change.",
        "各部分为仅该方面改变时得分的增减，按各方面依次改变的全部顺序取平均（Shapley值）；各部分之和等于总变化。",
    ),
    "one_factor": Words(
        "Only one thing differs, so every change comes under {factor} alone.",
        "前后仅{factor}一方面不同，各项变化全部归于该方面。",
    ),
    "weights_named": Words(
        "Declared weights that differ: {weights}.", "设定权重有差异的节点：{weights}。"
    ),
    "weight_of": Words("{name} {old} -> {new}", "{name} {old} -> {new}"),
    "scales_named": Words("Indicators on another scale: {names}.", "标尺有差异的指标：{names}。"),
    "split_ranks": Words("Change of rank, split", "位次变化的分解"),
    "about_ranks": Words(
        "In places, a rise being positive, split over the same orders among the units ranked on both sides; parts may be fractions.",
        "以位计，上升为正，按相同的顺序在前后均参与排名的单位中分解；各部分可为小数。",
    ),
    "no_score": Words(
        "Without a score on one side, so that there is no change: {units}.",
        "变化前或变化后没有得分，不计算变化：{units}。",
    ),
    "no_rank": Words("Not ranked on both sides: {units}.", "未在变化前后均参与排名：{units}。"),
    "unsplit": Words(
        "Not split, as no order of the factors can be computed step by step: {units}.",
        "各方面依次改变的任一顺序均无法逐步计算，未作分解：{units}。",
    ),
    "zero_factors": Words(
        "{factors}: differs, and moves no unit shown.", "{factors}：存在差异，但所列单位均无变化。"
    ),
    "apart": Words("On one side only", "仅变化前或变化后有的单位"),
    "only_old": Words("Only in {label}: {units}.", "仅{label}有：{units}。"),
    "only_new": Words("Only in {label}: {units}.", "仅{label}有：{units}。"),
    "limits": Words(
        "A split is arithmetic over the figures and rules of both sides; it says what a change was made of, not why it came about.",
        "分解是对前后数据和规则的算术处理，说明变化由哪些部分构成，不说明变化的原因。",
    ),
    "limits_one": Words(
        "This is arithmetic over the figures and rules of both sides; it says what a change was made of, not why it came about.",
        "以上是对前后数据和规则的算术处理，说明变化由哪些部分构成，不说明变化的原因。",
    ),
    "unit": Words("Unit", "单位"),
    "old_score": Words("Old score", "原得分"),
    "new_score": Words("New score", "新得分"),
    "change": Words("Change", "变化"),
    "score_change": Words("Score change", "得分变化"),
    "old_rank": Words("Old rank", "原排名"),
    "new_rank": Words("New rank", "新排名"),
    "old_range": Words("Old range", "原区间"),
    "new_range": Words("New range", "新区间"),
    "rank_change": Words("Rank change", "位次变化"),
    "indicator": Words("Indicator", "指标"),
    "value": Words("Value", "数值"),
    "value_same": Words("{value}, as before", "{value}（未变）"),
    "points": Words("Points", "贡献分"),
    "cells": Words("Cells", "单元格"),
    "both": Words("{old} -> {new}", "{old} -> {new}"),
    "more": Words(
        "{n} more units moved; -F json, csv and markdown hold all.",
        "另有{n}个单位有变化，全部结果见 -F json、csv 和 markdown。",
    ),
}


def said(key: str, lang: Lang, **fields: object) -> str:
    """A sentence or head of a diff in ``lang``.

    >>> said("rank_change", "zh")
    '位次变化'
    """
    return DIFF[key].say(lang, **fields)
