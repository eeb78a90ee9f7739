"""What the audit's tables of data, distributions and correlations say."""

from __future__ import annotations

from stiscore.words import Words

TITLES: dict[str, Words] = {
    "availability-units": Words("Data by unit", "各单位数据完整情况"),
    "availability-indicators": Words("Data by indicator", "各指标数据完整情况"),
    "availability-areas": Words("Data by area", "各领域数据完整情况"),
    "missingness": Words("Missing data against income and size", "数据缺失与收入水平、规模的关系"),
    "distributions": Words("Distribution of indicators", "指标分布"),
    "correlations-within": Words("Correlations within areas", "领域内相关"),
    "correlations-areas": Words("Correlations between areas", "领域间相关"),
    "correlations-indicators": Words(
        "Indicators with their own area and with others", "指标与所属领域及其他领域的相关"
    ),
    "correlations-redundant": Words("Indicators that say the same", "信息重复的指标"),
}

HEADS: dict[str, Words] = {
    "unit": Words("Unit", "单位"),
    "indicator": Words("Indicator", "指标"),
    "area": Words("Area", "领域"),
    "present": Words("Values", "有数值"),
    "missing": Words("Missing", "缺失"),
    "imputed": Words("Filled", "已填补"),
    "share": Words("Share there", "完整率"),
    "weight": Words("By weight", "按权重"),
    "areas_missing": Words("Areas without score", "无得分领域"),
    "measured": Words("Indicators measured", "已测指标"),
    "of_indicators": Words("of", "应测指标"),
    "units_scored": Words("Units scored", "有得分单位"),
    "variable": Words("Against", "比较对象"),
    "columns": Words("Columns", "所用列"),
    "n": Words("n", "样本数"),
    "r": Words("r", "相关系数"),
    "least": Words("Least |r| told", "可区分下限"),
    "min": Words("Minimum", "最小值"),
    "median": Words("Median", "中位数"),
    "max": Words("Maximum", "最大值"),
    "skew": Words("Skew", "偏度"),
    "kurtosis": Words("Kurtosis", "峰度"),
    "score_skew": Words("Skew of scores", "得分偏度"),
    "score_kurtosis": Words("Kurtosis of scores", "得分峰度"),
    "outliers": Words("Outliers", "异常值"),
    "treated": Words("Values treated", "已处理数值"),
    "clipped": Words("Clipped", "截断占比"),
    "crowded": Words("At the foot", "低分段占比"),
    "same": Words("Most frequent value", "众数占比"),
    "zero": Words("Zeros", "零值占比"),
    "first": Words("First", "甲"),
    "second": Words("Second", "乙"),
    "state": Words("Remark", "说明"),
    "with_area": Words("With its area", "与所属领域"),
    "with_rest": Words("With the rest of it", "与领域其余部分"),
    "other": Words("Nearest other area", "最接近的其他领域"),
    "with_other": Words("With that", "与该领域"),
}

STATES: dict[str, Words] = {
    "none": Words("none", "无"),
    "mended": Words("in the data, not in the scores", "原始数据有，得分中已消除"),
    "outlying": Words("in the scores too", "得分中仍有"),
    "redundant": Words("says the same", "信息重复"),
    "negative": Words("runs against it", "方向相反"),
    "silent": Words("hardly related", "几乎无关"),
    "elsewhere": Words("nearer to another area", "更接近其他领域"),
    "alone": Words("alone in its area", "领域内唯一指标"),
    "few": Words("too few units", "单位过少"),
    "constant": Words("does not vary", "数值无差异"),
}

NAMES: dict[str, Words] = {
    "pearson": Words("Pearson", "皮尔逊"),
    "spearman": Words("Spearman", "斯皮尔曼"),
    "kendall": Words("Kendall tau-b", "肯德尔 tau-b"),
    "pair": Words("{first} - {second}", "{first}与{second}"),
    "income": Words("income (log)", "收入水平（对数）"),
    "size": Words("size (log)", "规模（对数）"),
}

NOTES: dict[str, Words] = {
    "excluded": Words(
        "{n} units that screening excluded are counted here and nowhere further.",
        "经筛选剔除的{n}个单位仅在此处计入。",
    ),
    "column_coverage": Words(
        "An indicator with values for under {limit:.0%} of units is a finding.",
        "有数值的单位不足{limit:.0%}的指标列为提示。",
    ),
    "no_context": Words(
        "Not compared with {variable}: the table has none of the columns {columns}.",
        "未与{variable}比较：表中没有下列任何一列：{columns}。",
    ),
    "few": Words(
        "Not computed for fewer than {least} units that have both values.",
        "同时具备两项数值的单位少于{least}个时不计算。",
    ),
    "share_missing": Words(
        "Pearson correlation of each unit's share of missing values, over {indicators} indicators, with the logarithm.",
        "各单位在{indicators}项指标上的缺失率与对数值的皮尔逊相关。",
    ),
    "apart": Words(
        "Under |r| = {limit:.2f}, {n} values cannot tell a relation from none (5 % level).",
        "相关系数绝对值低于{limit:.2f}时，{n}个数值不足以判断是否相关（5%水平）。",
    ),
    "outliers": Words(
        "Outliers: |skew| of {skew:g} or more together with a kurtosis of {kurtosis:g} or more.",
        "异常值：偏度绝对值不低于{skew:g}且峰度不低于{kurtosis:g}。",
    ),
    "crowding": Words(
        "Findings: over {clipped:.0%} of units clipped, over {crowded:.0%} of units scored under {foot:g}.",
        "列为提示：截断单位超过{clipped:.0%}，得分低于{foot:g}的单位超过{crowded:.0%}。",
    ),
    "kind": Words(
        "{kind} correlations of scores, so that every indicator points the same way; each pair over the units that have both.",
        "按得分计算{kind}相关，各指标方向已统一；每对指标取两者均有数值的单位。",
    ),
    "pairs": Words(
        "Says the same: r over {redundant:.2f}. Hardly related: |r| under {silent:.1f}. "
        "Runs against it: r negative, at {silent:.1f} or beyond or beyond what n values can tell from none.",
        "信息重复：r大于{redundant:.2f}。几乎无关：|r|小于{silent:.1f}。方向相反：r为负，且绝对值达到{silent:.1f}或超过该样本数的可区分下限。",
    ),
    "rest": Words(
        "Judged by the correlation with the rest of the area: the weighted mean of its other indicators, the indicator "
        "itself removed, where they hold {limit:.0%} of its weight. Nearer to another area: by more than {clearly:g}.",
        "按与领域其余部分的相关判断：剔除该指标后其余指标的加权平均，且有数值者占其权重的{limit:.0%}以上。与其他领域的相关高出{clearly:g}以上，方称更接近其他领域。",
    ),
    "rest_any": Words(
        "Judged by the correlation with the rest of the area: the weighted mean of its other indicators, the indicator "
        "itself removed. Nearer to another area: by more than {clearly:g}.",
        "按与领域其余部分的相关判断：剔除该指标后其余指标的加权平均。与其他领域的相关高出{clearly:g}以上，方称更接近其他领域。",
    ),
    "deep": Words(
        "Groups lie within groups here: area means the group in which an indicator stands.",
        "本框架为多层分组：此处的领域指指标直接所属的组。",
    ),
    "siblings": Words(
        "Groups lie within groups here: those that lie in the same one are compared as well.",
        "本框架为多层分组：同属一组的下级分组也相互比较。",
    ),
    "alone": Words(
        "An indicator alone in its area has no rest to be compared with: {n} here.",
        "领域内唯一的指标没有可比较的其余部分，此处共{n}项。",
    ),
    "formative": Words(
        "These figures describe; an index made of parts that complement each other need not have them high.",
        "以上数值仅作描述；由互补部分构成的指数不要求相关系数较高。",
    ),
    "one_area": Words(
        "Not computed: fewer than two areas are measured.", "未计算：已测领域不足两个。"
    ),
    "no_pairs": Words(
        "Not computed: no area has two measured indicators.", "未计算：没有领域具有两项已测指标。"
    ),
    "one_indicator": Words(
        "Not computed: one indicator is measured.", "未计算：仅有一项已测指标。"
    ),
}

VERDICTS: dict[str, Words] = {
    "units_whole": Words(
        "Every unit has every value: nothing to do.", "所有单位数据齐全，无需处理。"
    ),
    "units_enough": Words(
        "Units that lack values: {n} of {of}, none more than ranking allows; fill what can be found.",
        "{of}个单位中有{n}个存在缺失，均未超过排名允许的限度：可补充能查到的数据。",
    ),
    "units_thin": Words(
        "Units with too little to be ranked: {n} of {of} ({names}); find their values, or say that they stand outside.",
        "{of}个单位中有{n}个因数据不足不参与排名（{names}）：应补充数据，或说明其不在排名范围内。",
    ),
    "indicators_enough": Words(
        "Each of the {of} indicators has values for at least {limit:.0%} of units.",
        "{of}项指标有数值的单位均不低于{limit:.0%}。",
    ),
    "indicators_any": Words(
        "All {of} indicators have values, the one with fewest for {least:.0%} of units; the framework asks for no number.",
        "{of}项指标均有数值，最少的一项覆盖{least:.0%}的单位；框架未规定下限。",
    ),
    "indicators_thin": Words(
        "Indicators without values for many units: {n} of {of} ({names}); scores of different units rest on different parts.",
        "{of}项指标中有{n}项在较多单位缺失（{names}）：各单位得分的依据不同。",
    ),
    "areas_whole": Words(
        "All {of} areas are measured, on {share:.0%} of the framework's weight.",
        "{of}个领域均有测量，占框架权重的{share:.0%}。",
    ),
    "areas_absent": Words(
        "Areas not measured at all: {n} of {of} ({names}); the index says nothing of them.",
        "{of}个领域中有{n}个完全未测量（{names}）：指数不反映这些领域。",
    ),
    "missing_none": Words(
        "No value is missing, so that missing data favour nobody.",
        "没有缺失值，不存在因缺失产生的偏向。",
    ),
    "missing_unknown": Words(
        "Whether poorer or smaller units lack more values is not known: add columns of income and size as context.",
        "尚不清楚收入较低或规模较小的单位是否缺失更多：可将收入和规模列入背景数据。",
    ),
    "missing_unrelated": Words(
        "Missing values do not go with {names} as far as these units can tell.",
        "就现有单位而言，数据缺失与{names}看不出关联。",
    ),
    "missing_related": Words(
        "Missing values go with {names}: leaving them out does not treat all units alike, so compare a run with imputation.",
        "数据缺失与{names}相关：直接略去缺失值对各单位并不均等，应与填补后的结果对照。",
    ),
    "spread_well": Words(
        "All {of} indicators spread over their scale: nothing to do.",
        "全部{of}项指标在标尺上分布正常，无需处理。",
    ),
    "spread_badly": Words(
        "Of {of} indicators, outliers in the scores: {outlying}, clipped for many units: {clipped}, crowded at the foot: {crowded}; look at goalposts, curve or treatment of {names}.",
        "{of}项指标中，得分存在异常值的{outlying}项，截断单位较多的{clipped}项，集中于低分段的{crowded}项：请检查{names}的标杆值、曲线或异常值处理。",
    ),
    "within_well": Words(
        "No two indicators of an area repeat or contradict each other.",
        "同一领域内没有互相重复或方向相反的指标。",
    ),
    "within_badly": Words(
        "Of {of} pairs within areas, saying the same: {redundant}, running against each other: {negative}; look at {names}.",
        "领域内{of}对指标中，信息重复{redundant}对，方向相反{negative}对：请检查{names}。",
    ),
    "areas_well": Words(
        "No two areas say the same, and none runs against another.",
        "领域之间没有信息重复，也没有方向相反。",
    ),
    "areas_badly": Words(
        "Of {of} pairs of areas, saying the same: {redundant}, running against each other: {negative}; what {names} say counts twice or evens out in the mean.",
        "{of}对领域中，信息重复{redundant}对，方向相反{negative}对：{names}在取平均时会重复计入或相互抵消。",
    ),
    "indicators_well": Words(
        "All {of} indicators that have siblings go with the rest of their area.",
        "{of}项有同领域指标可比的指标均与领域其余部分一致。",
    ),
    "indicators_badly": Words(
        "Of {of} indicators with siblings, against the rest of their area: {negative}, hardly related to it: {silent}, nearer to another: {elsewhere}; check direction and place of {names}.",
        "{of}项有同领域指标可比的指标中，与领域其余部分方向相反{negative}项，几乎无关{silent}项，更接近其他领域{elsewhere}项：请检查{names}的方向和归属。",
    ),
    "redundant_none": Words(
        "No two of {of} indicators say the same.", "{of}项指标中没有信息重复者。"
    ),
    "redundant_some": Words(
        "Pairs of indicators that say the same: {n} ({names}); what they measure counts twice, so keep one or halve their weights.",
        "信息重复的指标共{n}对（{names}）：同一内容被重复计入，可保留其一或将权重减半。",
    ),
    "skipped": Words("Nothing can be said of this table.", "此表无法得出结论。"),
}
