"""What `whatif` says: one unit with other figures, all else as it is."""

from __future__ import annotations

from stiscore.words import Lang, Words

WHATIF: dict[str, Words] = {
    "title": Words("What-if: {unit}", "测算情景：{unit}"),
    "title_named": Words("What-if '{scenario}': {unit}", "测算情景“{scenario}”：{unit}"),
    "title_several": Words("What-if: {n} scenarios", "测算情景：共{n}个"),
    "title_several_of": Words("What-if: {unit}, {n} scenarios", "测算情景：{unit}，共{n}个"),
    "arithmetic": Words(
        "Arithmetic: the other units stay as they are, and so do scale and weights; not causal advice.",
        "仅为算术测算：其他单位、标尺和权重均保持不变，不构成因果推断，也不作为政策效果的依据。",
    ),
    "sample_scale": Words(
        "The scale is made from the units of the table: it stays as learned from the table as read.",
        "标尺由表中各单位得出：测算中沿用按原表得出的标尺。",
    ),
    "headline": Words(
        "Score {before} -> {after} ({change}); rank {then} -> {now} of {ranked}",
        "得分由{before}变为{after}（{change}），位次由第{then}位变为第{now}位（共{ranked}个单位参与排名）",
    ),
    "headline_same": Words(
        "Score {before} -> {after} ({change}); rank {now} of {ranked}, as before",
        "得分由{before}变为{after}（{change}），仍排第{now}位（共{ranked}个单位参与排名）",
    ),
    "headline_idle": Words(
        "Score {after}, rank {now} of {ranked}: both as before",
        "得分{after}，排第{now}位（共{ranked}个单位参与排名），均无变化",
    ),
    "headline_unranked": Words(
        "Score {before} -> {after} ({change}); not ranked",
        "得分由{before}变为{after}（{change}）；不参与排名",
    ),
    "headline_enters": Words(
        "Score {before} -> {after} ({change}); not ranked before, now rank {now} of {ranked}",
        "得分由{before}变为{after}（{change}）；变动前不参与排名，变动后在{ranked}个单位中排第{now}位",
    ),
    "headline_leaves": Words(
        "Score {before} -> {after} ({change}); rank {then} before, now not ranked",
        "得分由{before}变为{after}（{change}）；变动前排第{then}位，变动后不参与排名",
    ),
    "gap_index": Words(
        "Gap index {before} -> {after} ({change})", "差距指数由{before}变为{after}（{change}）"
    ),
    "gap_index_same": Words("Gap index {after}, as before", "差距指数{after}，无变化"),
    "range": Words(
        "As the table stands, {share:.0%} of {draws:,} method variants rank it {span}",
        "按原表数据，{draws}种测算方案中{share:.0%}的方案将其排在第{span}位",
    ),
    "inside": Words(
        "{range}: rank {rank} lies inside that range, so it is not distinguishable from where it stands.",
        "{range}：第{rank}位仍在该区间内，与其现有位次无法区分。",
    ),
    "outside": Words(
        "{range}: rank {rank} lies outside that range.", "{range}：第{rank}位已在该区间之外。"
    ),
    "still_ranges": Words(
        "No method variant moves any rank of this table, so ranges cannot tell whether the new rank is distinguishable.",
        "各测算方案均不改变本表的位次，排名区间无法说明新位次是否足以区分。",
    ),
    "stays": Words("{range}.", "{range}。"),
    "same_rank": Words(
        "{range}; the rank is the same, so it is not distinguishable from where it stands.",
        "{range}；位次未变，与现状无法区分。",
    ),
    "nothing": Words(
        "This changes nothing: every score, rank and gap stays as it is.",
        "该变动不改变任何结果：得分、排名和差距均不变。",
    ),
    "supposed": Words("What is supposed, and what follows from it", "假设的变动及随之变动的数值"),
    "figure": Words("Figure", "数值项"),
    "before": Words("Before", "变动前"),
    "after": Words("After", "变动后"),
    "asked": Words("Change", "变动"),
    "follows": Words("follows", "随之变动"),
    "follows_by": Words("follows, x{factor:.6g}", "随之变动，×{factor:.6g}"),
    "measured_in": Words("Measured in", "计量单位"),
    "cell": Words("Cell", "单元格"),
    "about_blank": Words(
        "-: the file has no figure of this quantity; what follows is worked out from the share it has.",
        "-：文件中没有该项原始数据；随之变动的数值由已有占比推算。",
    ),
    "nodes": Words("Change by node", "各节点的变化"),
    "node": Words("Node", "节点"),
    "kind": Words("Kind", "类别"),
    "index": Words("index", "总指数"),
    "area": Words("area", "领域"),
    "group": Words("group", "分组"),
    "indicator": Words("indicator", "指标"),
    "change": Words("Change", "变化"),
    "points": Words("Points", "贡献分 变化"),
    "rank": Words("Rank", "排名"),
    "about_nodes": Words(
        "Scores 0-100. Points: how much more or less the node adds to the index. Nodes not listed stay as they are.",
        "得分为0-100。贡献分变化：该节点对总指数贡献的增减。未列出的节点无变化。",
    ),
    "about_nodes_scaled": Words(
        "Scores {low:g}-{high:g}. Points: how much more or less the node adds to the index. Nodes not listed stay as they are.",
        "得分为{low:g}-{high:g}。贡献分变化：该节点对总指数贡献的增减。未列出的节点无变化。",
    ),
    "gaps": Words("Change of gaps", "差距的变化"),
    "gap": Words("Gap", "差距"),
    "about_gaps": Words(
        "Severity: 0 none, 100 full; rank 1 is the smallest gap. Gaps not listed stay as they are.",
        "严重程度：0为无差距，100为最大；第1位为差距最小。未列出的差距无变化。",
    ),
    "passes": Words("Who is passed", "位次先后的变化"),
    "overtaken": Words("Overtakes: {units}.", "超过：{units}。"),
    "overtaking": Words("Is overtaken by: {units}.", "被以下单位超过：{units}。"),
    "joined": Words("Now level with: {units}.", "变动后得分相同：{units}。"),
    "passed": Words("{unit} ({score})", "{unit}（{score}）"),
    "no_one": Words(
        "It passes no unit, and no unit passes it.", "未超过任何单位，也未被任何单位超过。"
    ),
    "notes": Words("To be read with it", "说明"),
    "idle": Words("{name}: the figure is the same as before.", "{name}：数值与变动前相同。"),
    "context": Words(
        "{name}: shown for context and never scored, so no score changes with it.",
        "{name}：背景指标，只列示、不计分，得分不随其变化。",
    ),
    "superseded": Words(
        "{name}: a proxy left out because the indicator it stands for has a column, so no score changes with it.",
        "{name}：因所替代的指标已有数据，该替代指标未参与计分，得分不随其变化。",
    ),
    "unscored": Words(
        "{name}: not among the scored columns of this frame, so no score changes with it.",
        "{name}：不在本标尺的计分列之内，得分不随其变化。",
    ),
    "new": Words(
        "{name}: had no value for this unit and is newly measured; weights of what was measured before shrink by as much.",
        "{name}：该单位原无数值，现为新增测量；原有指标的权重相应减小。",
    ),
    "gone": Words(
        "{name}: what it is divided by becomes zero, so it is no longer measured.",
        "{name}：分母变为零，该指标不再测量。",
    ),
    "already_upper": Words(
        "{name}: already above the upper goalpost {at}: no change in score.",
        "{name}：变动前已高于上标杆值{at}，得分不变。",
    ),
    "already_lower": Words(
        "{name}: already below the lower goalpost {at}: no change in score.",
        "{name}：变动前已低于下标杆值{at}，得分不变。",
    ),
    "reaches_upper": Words(
        "{name}: reaches the upper goalpost {at}; what goes beyond it has no effect.",
        "{name}：达到上标杆值{at}，超出部分不再计分。",
    ),
    "reaches_lower": Words(
        "{name}: falls to the lower goalpost {at}; what goes beyond it has no effect.",
        "{name}：降至下标杆值{at}，再低的部分不再计分。",
    ),
    "leaves_upper": Words(
        "{name}: was above the upper goalpost {at}; only what lies below it counts.",
        "{name}：变动前高于上标杆值{at}，仅低于该值的部分计入得分。",
    ),
    "leaves_lower": Words(
        "{name}: was below the lower goalpost {at}; only what lies above it counts.",
        "{name}：变动前低于下标杆值{at}，仅高于该值的部分计入得分。",
    ),
    "level": Words(
        "{name}: its score is the same for both values.", "{name}：变动前后的得分相同。"
    ),
    "warned": Words("Warning: {text}.", "警告：{text}。"),
    "scenarios": Words("Scenarios", "各情景结果"),
    "scenario": Words("Scenario", "情景"),
    "as_it_is": Words("(as it is)", "（现状）"),
    "unit": Words("Unit", "单位"),
    "score": Words("Score", "得分"),
    "index_head": Words("Gap index", "差距指数"),
    "passed_head": Words("Passed", "超过 单位数"),
    "about_scenarios": Words(
        "Each scenario starts from the table as it stands. Passed: units it overtakes, less those that overtake it.",
        "各情景均以现状为起点。超过单位数：该单位超过的单位数减去反超该单位的单位数。",
    ),
    "about_inside": Words(
        "~ the rank lies inside the range that {share:.0%} of {draws:,} method variants give the unit as it stands: not distinguishable from where it stands.",
        "~ 该位次仍在现状下{draws}种测算方案中{share:.0%}所给的排名区间内，与现有位次无法区分。",
    ),
    "in_scenario": Words("{scenario}: {text}", "{scenario}：{text}"),
}


def said(key: str, lang: Lang, **fields: object) -> str:
    """A label or sentence of the page in ``lang``.

    >>> said("title", "zh", unit="北京")
    '测算情景：北京'
    """
    return WHATIF[key].say(lang, **fields)
