"""What is said of method variants: ranges, tiers, the factors that are varied."""

from __future__ import annotations

from stiscore.words import Words

RANGES: dict[str, Words] = {
    "range": Words("Range", "排名区间"),
    "rank_range": Words("Rank range", "排名区间"),
    "score_range": Words("Score range", "得分区间"),
    "tier": Words("Tier", "梯队"),
    "rank_held": Words(
        "{share:.0%} of {draws:,} method variants rank it {low}-{high}.",
        "{draws}种测算方案中，{share:.0%}的方案将其排在第{low}至{high}位。",
    ),
    "rank_held_one": Words(
        "At least {share:.0%} of {draws:,} method variants rank it {low}.",
        "{draws}种测算方案中，至少{share:.0%}的方案将其排在第{low}位。",
    ),
    "score_held": Words(
        "{share:.0%} of {draws:,} method variants score it {low}-{high}.",
        "{draws}种测算方案中，{share:.0%}的方案得分在{low}至{high}之间。",
    ),
    "score_held_some": Words(
        "{share:.0%} of the {draws:,} variants on the framework's own scale score it {low}-{high}.",
        "在与框架标尺相同的{draws}种测算方案中，{share:.0%}的方案得分在{low}至{high}之间。",
    ),
    "in_tier": Words("Tier {n}.", "第{n}梯队。"),
    "about": Words(
        "Range: the ranks that the middle {share:.0%} of {draws:,} method variants give (seed {seed}). Varied: {factors}.",
        "排名区间：{draws}种测算方案所给位次中居中{share:.0%}的范围（随机种子{seed}）。变动因素：{factors}。",
    ),
    "about_tiers": Words(
        "Tier: cut only where every unit above ranks above every unit below in at least {share:.0%} of the variants; two units far apart in one tier may still be clearly ordered (stiscore compare).",
        "梯队：仅当上方每个单位在至少{share:.0%}的测算方案中均排在下方每个单位之前时，才在此处分界；同一梯队内相距较远的两个单位仍可能先后分明（见 stiscore compare）。",
    ),
    "idle": Words("Nothing to vary in these data: {factors}.", "本数据中未变动的因素：{factors}。"),
    "impossible": Words(
        "Not among the variants: {settings} ({why}).", "未纳入测算方案：{settings}（{why}）。"
    ),
    "failed": Words(
        "{n:,} of {draws:,} variants gave no scores and count nowhere: {settings} ({why}).",
        "{draws}种测算方案中有{n}种未得出得分，不计入任何占比：{settings}（{why}）。",
    ),
    "scaled": Words(
        "Score ranges rest on the {n:,} variants on the framework's own scale.",
        "得分区间仅依据与框架标尺相同的{n}种测算方案。",
    ),
    "kept": Words(
        "Score ranges and tiers rest on the first {kept:,} variants.",
        "得分区间和梯队依据前{kept}种测算方案。",
    ),
    "outside": Words("nominal rank outside its range", "基准排名在排名区间之外"),
    "outside_mark": Words(
        "^ nominal rank outside its range: most other choices rank the unit elsewhere.",
        "^ 基准排名在排名区间之外：其余测算方案大多给出不同位次。",
    ),
    "off": Words(
        "Ranges and tiers are switched off (--draws 0): close ranks may depend on choices of method.",
        "未计算排名区间和梯队（--draws 0）：位次相近者的先后可因方法选择而改变。",
    ),
    "long": Words(
        "Ranges and tiers are not computed for more than {most:,} units unless asked for (--draws 1000).",
        "单位超过{most}个时，除非指定（--draws 1000），不计算排名区间和梯队。",
    ),
    "one_unit": Words(
        "Fewer than two ranked units: no rank ranges, no tiers.",
        "参与排名的单位不足两个，不设排名区间和梯队。",
    ),
    "nothing": Words(
        "Ranges: the framework varies nothing in these data.",
        "排名区间：框架在本数据中未设可变动因素。",
    ),
    "band_held": Words(
        "A band is shown only where the whole score range lies in it.",
        "仅当得分区间全部落在同一档次内时才显示档次。",
    ),
    "above_in": Words(
        "{one} ranks above {other} in {share} of {draws:,} method variants.",
        "{draws}种测算方案中，{share}的方案{one}排在{other}之前。",
    ),
    "above_in_level": Words(
        "{one} ranks above {other} in {share} of {draws:,} method variants, level with it in {level}.",
        "{draws}种测算方案中，{share}的方案{one}排在{other}之前，{level}的方案两者并列。",
    ),
    "share": Words("{share:.0%}", "{share:.0%}"),
    "all": Words("100%", "100%"),
    "none": Words("0%", "0%"),
    "under_one": Words("under 1%", "不足1%"),
    "over_99": Words("over 99%", "99%以上"),
}

# One clause a factor.
FACTORS: dict[str, Words] = {
    "weights": Words("weights of {of} by +-{spread:.0%}", "{of}权重上下浮动{spread:.0%}"),
    "dirichlet-weights": Words(
        "weights of {of} drawn together (Dirichlet, concentration {concentration:g})",
        "{of}权重整体抽取（狄利克雷分布，集中度参数{concentration:g}）",
    ),
    "weight-sets": Words("sets of weights: {names}", "整套权重：{names}"),
    "methods": Words("{names}", "{names}"),
    "missing-areas": Words("areas a unit lacks: {names}", "单位缺失的领域：{names}"),
    "leave-out": Words(
        "{names} left out in {share:.0%} of variants", "{share:.0%}的方案剔除{names}"
    ),
    "directions": Words("direction turned or not: {names}", "方向可正可逆：{names}"),
    "data-error": Words(
        "errors given for {names} (other figures taken as exact)",
        "数据误差（限已给出误差的指标：{names}；其余按准确值计）",
    ),
    "data-error-none": Words(
        "errors of figures (none are given; all are taken as exact)",
        "数据误差（均未给出，各项数值按准确值计）",
    ),
}

PARTS: dict[str, Words] = {
    "areas": Words("areas", "各领域"),
    "below": Words("indicators", "各指标"),
    "below_deep": Words("groups and indicators below the areas", "领域以下各组和各指标"),
    "level": Words("level {level}", "第{level}层"),
    "group": Words("the parts of {group}", "{group}各组成部分"),
    "own-mean": Words("its other areas' mean", "取该单位其余领域的均值"),
    "peer-median": Words("the median of the units that have it", "取有该领域得分单位的中位数"),
    "one_area": Words("one area", "一个领域"),
    "one_indicator": Words("one indicator", "一项指标"),
    "one_of": Words("one of {names}", "下列之一：{names}"),
    "own_methods": Words("as set", "按当前设定"),
    "no_error": Words("no indicator", "无"),
    "step": Words("level {n}", "第{n}层"),
    "own_weights": Words("the framework's own", "框架自定"),
    "one": Words("{key}: {values}", "{key}：{values}"),
    "or": Words(" or ", "或"),
}

# Methods and settings as alternatives are called; one without words goes by its id.
CALLED: dict[str, Words] = {
    "arithmetic": Words("arithmetic", "算术平均"),
    "geometric": Words("geometric", "几何平均"),
    "harmonic": Words("harmonic", "调和平均"),
    "goalposts": Words("goalposts", "标杆值法"),
    "min-max": Words("min-max", "极差标准化"),
    "z-score": Words("z-score", "Z分数"),
    "percentile-rank": Words("percentile rank", "百分位排名"),
    "none": Words("none", "不处理"),
    "mean": Words("mean", "均值"),
    "median": Words("median", "中位数"),
    "winsorise": Words("winsorise", "缩尾处理"),
    "equal": Words("equal", "等权"),
    "declared": Words("declared", "设定权重"),
    "entropy": Words("entropy", "熵权法"),
    "copeland": Words("Copeland", "科普兰法"),
    "area_weight": Words("area weights", "领域权重"),
    "scaled": Words("scaled by coverage", "按已测比例折算"),
}
