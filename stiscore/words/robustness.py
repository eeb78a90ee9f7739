"""What `robustness` says: how far ranks depend on choices, on which, and on which units."""

from __future__ import annotations

from stiscore.words import Lang, Words

ROBUSTNESS: dict[str, Words] = {
    "title": Words(
        "Robustness: {draws:,} method variants, seed {seed}",
        "稳健性：{draws}种测算方案，随机种子{seed}",
    ),
    "title_none": Words("Robustness", "稳健性"),
    "interrupted": Words(
        "INTERRUPTED: {done:,} of {asked:,} variants were finished; every figure here rests on these alone. The same as a run with --draws {done}.",
        "运行中断：{asked}种测算方案已完成{done}种，本页全部结果仅以此为依据，与 --draws {done} 的结果相同。",
    ),
    "interrupted_after": Words(
        "INTERRUPTED after the {done:,} variants were finished: what is missing below was not reached.",
        "运行在{done}种测算方案完成后中断，以下缺少的部分尚未计算。",
    ),
    "varied": Words("Varied, each independently of the others", "变动因素（相互独立）"),
    "nothing": Words(
        "The framework varies nothing in these data: every variant is the framework's own.",
        "框架在本数据中未设可变动因素，各测算方案均与框架相同。",
    ),
    "none_lost": Words("All {draws:,} variants gave scores.", "{draws}种测算方案均得出得分。"),
    "all_lost": Words(
        "No variant gave scores: there are no ranges, shares and tiers.",
        "没有任何测算方案得出得分，无排名区间、方案占比和梯队。",
    ),
    "ranks": Words("Ranks over the variants", "各测算方案下的排名"),
    "unit": Words("Unit", "单位"),
    "nominal": Words("Nominal rank", "基准 排名"),
    "median": Words("Median rank", "排名 中位数"),
    "top": Words("Top {n}", "前{n}位"),
    "about_ranks": Words(
        "Range: the ranks that the middle {share:.0%} of the variants give. Top 3, 5, 10: share of variants that rank it so high; shares of every rank are in -F json and -F csv.",
        "排名区间：各测算方案所给位次中居中{share:.0%}的范围。前3、5、10位：将该单位排在相应位次以内的方案占比；各位次的方案占比见 -F json 和 -F csv。",
    ),
    "one_tier": Words(
        "One tier: no cut holds in {share:.0%} of variants.",
        "仅一个梯队：没有任何分界在{share:.0%}的测算方案中成立。",
    ),
    "all_tied": Words(
        "All ranked units are level in every variant.", "各测算方案中参与排名的单位得分均相同。"
    ),
    "units_lost": Words(
        "Without a score in some variants, ranked by the others: {units}.",
        "在部分测算方案中没有得分、仅依据其余方案排名：{units}。",
    ),
    "unit_lost": Words("{unit} ({n:,})", "{unit}（{n}种）"),
    "unranked": Words("Not ranked: {units}.", "不参与排名：{units}。"),
    "shifts": Words(
        "Rank shifts: one choice changed, all else as in the framework",
        "位次变动：仅改变一项选择，其余按框架",
    ),
    "choice": Words("Choice", "选择"),
    "mean_shift": Words("Mean", "平均"),
    "largest": Words("Largest", "最大"),
    "whose": Words("Moves most", "变动最大单位"),
    "beyond": Words("Units over {far}", "超过{far}位 单位数"),
    "about_shifts": Words(
        "In ranks, up or down; the last column: units that move more than {far}. Drawn: this factor alone in {drawn:,} variants, of which the mean is taken, and the farthest each unit moves in any.",
        "单位为位次，不分升降；末列为变动超过{far}位的单位数。随机抽取：仅该因素变动的{drawn}种测算方案，平均取各方案均值，其余取各单位的最大变动。",
    ),
    "more_shifts": Words(
        "{n} more choices, which move ranks no further, are in -F json and markdown.",
        "另有{n}项选择，其影响不更大，见 -F json 和 markdown。",
    ),
    "no_shifts": Words("No single choice to change.", "没有可单独改变的选择。"),
    "not_possible": Words("not possible: {why}", "不适用：{why}"),
    "sobol": Words("Which choice matters (Sobol' indices)", "各变动因素的影响（Sobol'指数）"),
    "factor": Words("Factor", "变动因素"),
    "first": Words("First-order index", "一阶指数"),
    "total": Words("Total index", "总指数"),
    "about_sobol": Words(
        "Of the variance of the mean rank shift, first-order: the share that goes with this factor alone; total: alone or together with others. Total indices may add up to more than 1; one below 0 comes of sampling error and counts as 0. Design of {n:,} points, {runs:,} variants; in brackets: the middle {share:.0%} of {bootstraps} bootstrap samples.",
        "以平均位次变动的方差计，一阶指数：仅由该因素单独变动所对应的份额；总指数：单独变动及与其他因素共同变动所对应的份额。各因素总指数之和可超过1；负值系抽样误差所致，可视为0。设计{n}个点，共{runs}种测算方案；方括号内为{bootstraps}次自助抽样中居中的{share:.0%}。",
    ),
    "matters_most": Words(
        "Matters most for the mean rank shift: {factor}.",
        "对平均位次变动影响最大的因素：{factor}。",
    ),
    "none_most": Words(
        "No factor is told apart as the one that matters most: the intervals of the total indices overlap.",
        "总指数的区间相互重叠，不足以区分哪一因素影响最大。",
    ),
    "no_variance": Words(
        "The mean rank shift is the same in all variants: no factor matters.",
        "各测算方案下平均位次变动均相同：没有因素产生影响。",
    ),
    "units_by": Words(
        "What moves the rank of a unit most, with the number of units: {counts}; none told apart: {none} of {of}.",
        "对单位排名影响最大的因素及单位数：{counts}；不足以区分：{of}个单位中的{none}个。",
    ),
    "units_by_none": Words(
        "For none of the {of} units one factor is told apart as the one that moves its rank most.",
        "{of}个单位均不足以区分哪一因素对其排名影响最大。",
    ),
    "units_of": Words("{factor} ({n})", "{factor}（{n}个）"),
    "sobol_lost": Words(
        "{lost:,} of {n:,} points of the design are left out: a variant there gave no scores.",
        "设计的{n}个点中有{lost}个因测算方案未得出得分而剔除。",
    ),
    "sobol_units": Words("Total indices for the rank of each unit", "各单位排名的总指数"),
    "most": Words("Matters most", "影响最大"),
    "dominance": Words("Above whatever the area weights", "无论领域权重如何均居前"),
    "above_count": Words("Above", "优于的 单位数"),
    "below_count": Words("Below", "劣于的 单位数"),
    "about_dominance": Words(
        "Units it is at least as good as in every measured area and better in one (above), and units of which it is the other way round (below): no area weights above 0 turn them, while a higher area score never lowers the index.",
        "优于的：该单位在各已测领域得分均不低于对方，且至少一个领域更高；劣于的则相反。只要各领域权重均大于0，且领域得分提高不会降低指数，两者先后不因权重改变。",
    ),
    "pairs": Words(
        "{pairs:,} of {of:,} pairs of units with all measured areas are in this order whatever the area weights.",
        "已测领域齐全的单位两两比较共{of}对，其中{pairs}对的先后与领域权重无关。",
    ),
    "no_pairs": Words(
        "No unit is at least as good as another in every area.",
        "没有单位在各领域均不低于另一单位。",
    ),
    "apart": Words(
        "Not compared, for an area has no score: {units}.", "因有领域没有得分而未作比较：{units}。"
    ),
    "closeness": Words(
        "Smallest change of area weights that brings the next unit level",
        "使下一位单位与其持平所需的最小领域权重调整",
    ),
    "next_below": Words("Next below", "下一位单位"),
    "moved": Words("Points moved", "权重 调整量"),
    "taken_from": Words("From", "调减领域"),
    "given_to": Words("To", "调增领域"),
    "about_closeness": Words(
        "In percentage points of all area weight; beyond that the order turns, unless the next unit leads in no area.",
        "以占全部领域权重的百分点计；再多则两者先后对调，除非下一位单位没有任何领域领先。",
    ),
    "no_weights": Words("no area weights do it", "任何领域权重均不能"),
    "no_area": Words("an area has no score", "有领域没有得分"),
    "how_exact": Words("How exact", "精确程度"),
    "error": Words(
        "Monte Carlo error: a share of {draws:,} variants at one rank has a standard error of at most {points:.2f} percentage points; more variants (--draws) make it smaller.",
        "蒙特卡罗误差：{draws}种测算方案下，各位次方案占比的标准误不超过{points:.2f}个百分点；增加方案数（--draws）可减小。",
    ),
    "tolerance_met": Words(
        "Within --tolerance {tolerance:g} after {draws:,} variants.",
        "{draws}种测算方案的误差已达到 --tolerance {tolerance:g} 的要求。",
    ),
    "tolerance_missed": Words(
        "--tolerance {tolerance:g} was not reached in {draws:,} variants.",
        "计算{draws}种测算方案后仍未达到 --tolerance {tolerance:g}。",
    ),
    "not_told": Words(
        "Shares are of method variants, the factors varied independently and as stated: they say how far a rank depends on choices, not how right any rank is.",
        "占比指测算方案的占比，各变动因素按所述方式独立变动：反映排名对方法选择的依赖程度，不说明何种排名正确。",
    ),
    "progress": Words("{done:,} of {of:,} variants", "已完成{done}/{of}种测算方案"),
}

# What options take, in U103.
FORMS: dict[str, Words] = {
    "draws": Words("a whole number from 1 to {most:,}", "1至{most}的整数"),
    "seed": Words("a whole number of 0 or more", "不小于0的整数"),
    "jobs": Words("a whole number of 1 or more", "不小于1的整数"),
    "tolerance": Words("a number above 0 and below 1", "大于0且小于1的数值"),
}

# Why something was not computed.
NOT_COMPUTED: dict[str, Words] = {
    "off": Words("Not computed: --sobol off.", "未计算（--sobol off）。"),
    "factors": Words(
        "Not computed: fewer than two factors vary something here.",
        "未计算：可变动的因素不足两个。",
    ),
    "columns": Words(
        "Not computed: the factors vary more than a Sobol' design has columns for.",
        "未计算：变动因素所含变量超出Sobol'设计的列数。",
    ),
    "rows": Words(
        "Not computed: more than half of the points of the design hold a variant without scores.",
        "未计算：设计中半数以上的点含未得出得分的测算方案。",
    ),
    "interrupted": Words(
        "Not computed: the run was interrupted before.", "未计算：运行在此之前中断。"
    ),
    "aggregation": Words(
        "Not computed: the framework joins areas by a method that is no weighted mean of them.",
        "未计算：本框架的领域合成方法不是加权平均。",
    ),
}

# One choice changed alone, by what it is.
SHIFTS: dict[str, Words] = {
    "settings": Words("{what}", "{what}"),
    "preset": Words("set of weights {what}", "权重方案{what}"),
    "rule": Words("areas a unit lacks: {what}", "单位缺失的领域：{what}"),
    "left_out": Words("without {what}", "剔除{what}"),
    "turned": Words("{what}: direction turned", "{what}反向"),
    "lighter": Words("less weight on {what}", "下调{what}权重"),
    "lighter_by": Words("{what}: weight -{spread:.0%}", "{what}权重下调{spread:.0%}"),
    "heavier": Words("more weight on {what}", "上调{what}权重"),
    "heavier_by": Words("{what}: weight +{spread:.0%}", "{what}权重上调{spread:.0%}"),
    "all": Words("drawn: {factor}", "随机抽取：{factor}"),
}


def said(key: str, lang: Lang, **fields: object) -> str:
    """A label or sentence of the page in ``lang``.

    >>> said("top", "zh", n=3)
    '前3位'
    """
    return ROBUSTNESS[key].say(lang, **fields)
