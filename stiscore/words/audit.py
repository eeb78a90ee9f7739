"""What the audit says of reliability, weights, leaving out, size, other indices and evidence."""

from __future__ import annotations

from stiscore.words import Lang, Words, audit_tables

PAGE: dict[str, Words] = {
    "head": Words("Coherence audit", "一致性审查"),
    "meaning": Words("What it means: {verdict}", "解读：{verdict}"),
    "summary": Words("What it comes to", "主要结论"),
    "as_under": Words("Further notes as under: {titles}.", "其余说明同：{titles}。"),
    "unremarked": Words(
        "Shown are the pairs with a remark; without one and left to -F json or markdown: {n} of {of} pairs.",
        "仅列出有说明的指标对；其余{n}对（共{of}对）无说明，见 -F json 或 markdown。",
    ),
    "kind": Words("Correlations: {kind}.", "相关系数：{kind}。"),
    "against": Words("Compared with: {file}.", "对照文件：{file}。"),
}

TITLES: dict[str, Words] = {
    "reliability": Words("Reliability: Cronbach's alpha", "信度：克隆巴赫α系数"),
    "reliability-without": Words("Alpha with each part left out", "逐一剔除后的α系数"),
    "components": Words("Principal components", "主成分"),
    "loadings": Words("Loadings on the components", "主成分载荷"),
    "weights": Words("Declared and effective weights", "设定权重与有效权重"),
    "importance": Words("Importance against weight", "重要性与权重对照"),
    "information": Words("Areas that add information", "提供增量信息的领域"),
    "leave-out": Words("Leaving out each node", "逐一剔除各节点"),
    "size": Words("Scores against size and context", "得分与规模及背景指标的关系"),
    "against": Words("Against another index", "与其他指数对照"),
    "evidence": Words("Weight by class of evidence", "按证据类别划分的权重"),
}

HEADS: dict[str, Words] = {
    **audit_tables.HEADS,
    "group": Words("Group", "组"),
    "node": Words("Node", "节点"),
    "parent": Words("In", "所属"),
    "parts": Words("Parts", "组成项数"),
    "complete": Words("Complete units", "完整单位数"),
    "alpha": Words("Alpha", "α系数"),
    "without": Words("Without it", "剔除后"),
    "change": Words("Change", "变化"),
    "kmo": Words("KMO", "KMO值"),
    "chi_square": Words("Bartlett", "巴特利特值"),
    "freedom": Words("df", "自由度"),
    "p": Words("p", "p值"),
    "first_share": Words("First component", "第一主成分"),
    "above_one": Words("Eigenvalues over 1", "大于1的特征值数"),
    "first_loading": Words("First", "第一"),
    "second_loading": Words("Second", "第二"),
    "declared": Words("Declared", "设定"),
    "effective": Words("In this file", "本文件"),
    "local": Words("In its group", "组内"),
    "largest": Words("Largest for a unit", "单个单位最大值"),
    "r_squared": Words("r squared", "r平方"),
    "effect": Words("Main effect", "主效应"),
    "importance": Words("Counts for", "实际占比"),
    "over": Words("Over weight", "超出权重"),
    "ranked": Words("Ranked", "排名单位数"),
    "apart": Words("10 or more apart", "相差10位及以上"),
    "apart_share": Words("Share", "占比"),
    "ranks_alike": Words("Rank correlation", "等级相关"),
    "mean_shift": Words("Mean shift", "平均位移"),
    "most_shift": Words("Largest shift", "最大位移"),
    "column": Words("Column", "列"),
    "pearson": Words("Pearson", "皮尔逊"),
    "spearman": Words("Spearman", "斯皮尔曼"),
    "class": Words("Evidence", "证据类别"),
    "indicators": Words("Indicators", "指标数"),
}

NAMES: dict[str, Words] = {
    "all": Words("all indicators", "全部指标"),
    "log": Words("{name} (log)", "{name}（对数）"),
    "income": Words("output for each person", "人均产出"),
    "published": Words("published statistics", "公开统计数据"),
    "administrative": Words("administrative records", "行政记录"),
    "coded": Words("coded policy texts", "政策文本编码"),
    "unstated": Words("no stated source", "未注明来源"),
}

NOTES: dict[str, Words] = {
    "formative": Words(
        "These statistics take the parts for readings of one thing (reflective); this index adds up different things "
        "(formative), so that a low alpha is information and not a fault.",
        "上述统计量假定各组成项反映同一事物（反映型指标）；本指数由不同内容合成（形成型指标），α系数偏低属于信息，不是缺陷。",
    ),
    "alpha": Words(
        "Alpha of {limit:.2f} and more is usually asked for; the smallest number of complete units behind a figure here is {n}.",
        "通常要求α系数不低于{limit:.2f}；本表所依据的完整单位数最少为{n}。",
    ),
    "kmo": Words(
        "Usually asked for: KMO of {limit:.2f} and more, p of Bartlett's test under 0.05; the smallest number of complete "
        "units behind a figure here is {n}.",
        "通常要求KMO值不低于{limit:.2f}，巴特利特检验p值小于0.05；本表所依据的完整单位数最少为{n}。",
    ),
    "thin": Words(
        "Not computed, fewer than {times} complete units a column: {names}.",
        "未计算（每列的完整单位少于{times}个）：{names}。",
    ),
    "thin_group": Words(
        "{name}, {n} complete units for {k} columns", "{name}，完整单位{n}个，{k}列"
    ),
    "constant": Words(
        "Not computed, a column does not vary: {names}.", "未计算（有一列数值无差异）：{names}。"
    ),
    "single": Words(
        "Exempt, one measured part alone: {names}.", "不适用（仅有一项已测内容）：{names}。"
    ),
    "pair": Words(
        "Of two columns KMO is always 0.50, and left out.", "仅有两列时KMO值恒为0.50，不予列出。"
    ),
    "two_parts": Words(
        "Alpha with a part left out needs three parts.", "剔除一项后的α系数要求至少有三项。"
    ),
    "singular": Words(
        "No KMO and no Bartlett, a column is a sum of the others: {names}.",
        "无法计算KMO值与巴特利特值（有一列为其余列之和）：{names}。",
    ),
    "loadings": Words(
        "A loading is the correlation of a part with the component; signs are turned so that most parts load positively.",
        "载荷为组成项与主成分的相关系数；符号已调整，使多数组成项为正。",
    ),
    "weights": Words(
        "Declared: share of the whole framework. In this file: share of the index, absent columns left out. Largest for a "
        "unit: where a ranked unit lacks values the rest count for more. Over {limit:.0%} for one indicator is a finding.",
        "设定：占整个框架的比重。本文件：剔除缺失列后占指数的比重。单个单位最大值：参与排名的单位缺失数值时，其余指标占比上升。单项指标超过{limit:.0%}列为提示。",
    ),
    "own_weights": Words(
        "The method gives every unit weights of its own: those of the file are their starting point, and no largest one is given.",
        "所用方法为每个单位分别确定权重：本文件权重仅为起点，不列最大值。",
    ),
    "not_linear": Words(
        "Where the aggregation is no weighted mean, a weight is not a share of the score.",
        "合成方法不是加权平均时，权重不等于得分占比。",
    ),
    "importance": Words(
        "Main effect: share of the variance of the group's score that the part alone explains (squared correlation ratio, "
        "penalised spline), at least r squared; counts for: its share among the parts of the group, to be held against the weight.",
        "主效应：该组得分的方差中由单个组成项解释的比例（相关比平方，采用惩罚样条），不低于r平方；实际占比：其在组内各项中的占比，与权重对照。",
    ),
    "importance_n": Words(
        "Unrelated parts would show about 1 / (n - 1), {noise:.2f} at n = {n}; differences under {points:.0f} percentage points are not remarked.",
        "互不相关的组成项也会显示约1/(n-1)的数值（n={n}时为{noise:.2f}）；差异小于{points:.0f}个百分点不作提示。",
    ),
    "few": Words(
        "Not computed for fewer than {least} units that have both values.",
        "同时具备两项数值的单位少于{least}个时不计算。",
    ),
    "information": Words(
        "Apart: the rank in the area differs by {places} or more from the rank in the index; {n} units are ranked.",
        "相差：领域排名与指数排名相差{places}位及以上；参与排名的单位共{n}个。",
    ),
    "few_ranked": Words(
        "With {n} ranked units, {places} places are a large part of the whole list.",
        "参与排名的单位仅{n}个，{places}位已占名单的较大部分。",
    ),
    "leave_out": Words(
        "The node's weight is set to 0 and its siblings take its place; scales stay. Shifts are in ranks, among the {n} ranked units.",
        "将该节点权重设为0，由同组其余项分担；标尺不变。位移以位次计，范围为参与排名的{n}个单位。",
    ),
    "only_part": Words(
        "Without any other part, not left out: {names}.", "无其他内容可替代，未剔除：{names}。"
    ),
    "size": Words(
        "{kind} correlations; a figure whose largest value is {times:g} times its smallest or more stands as its logarithm. "
        "Under |r| = {limit:.2f}, {n} values cannot tell a relation from none (5 % level).",
        "{kind}相关；最大值达最小值{times:g}倍及以上的数据取对数。相关系数绝对值低于{limit:.2f}时，{n}个数值不足以判断是否相关（5%水平）。",
    ),
    "no_size": Words(
        "Not computed: the table has no context column (income, size, population).",
        "未计算：表中没有背景列（收入、规模、人口等）。",
    ),
    "matched": Words(
        "{n} of {of} units of the file stand in this table, known by id, code or name.",
        "对照文件的{of}个单位中有{n}个在本表中，按代码或名称识别。",
    ),
    "unmatched": Words("Not in this table: {names}.", "不在本表中：{names}。"),
    "ambiguous": Words(
        "Left aside, the same unit twice in the file: {names}.", "文件中重复出现，未采用：{names}。"
    ),
    "against_n": Words(
        "Under |r| = {limit:.2f}, {n} values cannot tell a relation from none (5 % level). A column of ranks, 1 for the best, correlates negatively.",
        "相关系数绝对值低于{limit:.2f}时，{n}个数值不足以判断是否相关（5%水平）。若为位次列（1为最好），相关系数应为负。",
    ),
    "evidence": Words(
        "Read from the framework: what is counted on a coding sheet is coded, what is asked by questionnaire or kept as an "
        "administrative record is administrative, what else has a source is published.",
        "依据框架判断：编码表统计的为政策文本编码，问卷填报或以行政记录为准的为行政记录，其余有来源的为公开统计数据。",
    ),
    "other_level": Words(
        "Published, but with no source named for this level: {names}.",
        "有公开来源但未注明本层级来源：{names}。",
    ),
}

VERDICTS: dict[str, Words] = {
    "skipped": Words(
        "Nothing can be said of this with these data: more units or more columns are needed.",
        "现有数据无法就此得出结论：需要更多单位或更多列。",
    ),
    "alpha_well": Words(
        "In all {of} groups alpha reaches {limit:.2f}: their parts move together, so look among the redundant pairs before adding more of the same.",
        "{of}个组的α系数均达到{limit:.2f}：组内各项变动一致，增加同类指标前请先查看信息重复的指标对。",
    ),
    "alpha_low": Words(
        "Alpha is under {limit:.2f} in {n} of {of} groups ({names}): their parts tell different things, so read the parts beside the score.",
        "{of}个组中有{n}个α系数低于{limit:.2f}（{names}）：组内各项反映不同内容，解读得分时应同时查看各组成项。",
    ),
    "without_none": Words(
        "No part lowers alpha by {limit:.2f} or more: nothing to look at.",
        "没有组成项使α系数降低{limit:.2f}及以上，无需处理。",
    ),
    "without_some": Words(
        "Without {names} alpha would rise by {limit:.2f} or more: check their direction, and keep them if what they say is wanted.",
        "剔除{names}后α系数将提高{limit:.2f}及以上：请核对其方向，如内容确有需要则保留。",
    ),
    "components_one": Words(
        "In all {of} groups the first component holds half of the variance or more: one score tells most of each.",
        "{of}个组的第一主成分均解释一半及以上的方差：单一得分可概括各组的大部分内容。",
    ),
    "components_several": Words(
        "In {n} of {of} groups the first component holds under half of the variance ({names}): one score does not tell all of them, so show the parts too.",
        "{of}个组中有{n}个第一主成分解释的方差不足一半（{names}）：单一得分不足以概括，应同时展示组成项。",
    ),
    "loadings_well": Words(
        "All parts load on the first component in the same direction.",
        "各组成项在第一主成分上的载荷方向一致。",
    ),
    "loadings_against": Words(
        "Against the first component of their group load {names}: check their direction and whether they belong there.",
        "{names}在所属组第一主成分上的载荷方向相反：请核对其方向和归属。",
    ),
    "weights_even": Words(
        "No indicator counts for more than {limit:.0%} of any ranked unit's score.",
        "任何参与排名单位的得分中，单项指标的占比均不超过{limit:.0%}。",
    ),
    "weights_heavy": Words(
        "Up to {most:.0%} of a unit's score hangs on a single indicator, above {limit:.0%} ({names}): measure more of the framework, or say what the ranks rest on.",
        "单项指标在单个单位得分中的占比最高达{most:.0%}，超过{limit:.0%}（{names}）：应测量框架的更多内容，或说明排名的依据。",
    ),
    "importance_even": Words(
        "Importance is within {points:.0f} percentage points of weight for all {of} parts: they count as declared.",
        "{of}个组成项的重要性与权重之差均在{points:.0f}个百分点以内：实际作用与设定权重一致。",
    ),
    "importance_off": Words(
        "{more} count for more and {less} for less than their weight by {points:.0f} percentage points or more: look at spread and correlation before changing weights.",
        "{more}的实际作用高于权重，{less}低于权重，差距达{points:.0f}个百分点及以上：调整权重前请先检查离散程度和相关性。",
    ),
    "importance_more": Words(
        "{more} count for more than their weight by {points:.0f} percentage points or more: look at spread and correlation before changing weights.",
        "{more}的实际作用高于权重{points:.0f}个百分点及以上：调整权重前请先检查离散程度和相关性。",
    ),
    "importance_less": Words(
        "{less} count for less than their weight by {points:.0f} percentage points or more: look at spread and correlation before changing weights.",
        "{less}的实际作用低于权重{points:.0f}个百分点及以上：调整权重前请先检查离散程度和相关性。",
    ),
    "information": Words(
        "For a third of units or more the rank in {names} is {places} or more from that in the index: show these areas beside it.",
        "{names}的排名与指数排名相差{places}位及以上的单位达三分之一：应与指数并列展示。",
    ),
    "information_none": Words(
        "In no area do a third of units rank {places} or more from their place in the index: areas mostly repeat it.",
        "没有领域使三分之一的单位与指数排名相差{places}位及以上：各领域大体重复指数的信息。",
    ),
    "leave_out": Words(
        "Leaving out {name} shifts ranks most, {mean:.1f} places in the mean and up to {most} ({unit}): say so where that unit's rank is quoted.",
        "剔除{name}对位次影响最大，平均{mean:.1f}位，最多{most}位（{unit}）：引用该单位位次时应予说明。",
    ),
    "leave_out_none": Words(
        "No rank changes whichever node is left out.", "剔除任一节点，位次均不变。"
    ),
    "size_none": Words(
        "The index does not go with any of the {of} context figures as far as these units can tell.",
        "就现有单位而言，指数与{of}项背景数据均看不出关联。",
    ),
    "size_some": Words(
        "The index goes with {names}: compare units with peers of like size and income before reading a rank as openness.",
        "指数与{names}相关：将位次解读为开放程度之前，应与规模、收入相近的单位比较。",
    ),
    "against_unknown": Words(
        "Too few units are in both: whether the other index agrees is not known.",
        "两者共有的单位过少，无法判断其他指数是否一致。",
    ),
    "against_near": Words(
        "The ranks agree closely with {names} (rank correlation {rho:.2f}): say what this index adds to it.",
        "与{names}的位次高度一致（等级相关{rho:.2f}）：应说明本指数的增量信息。",
    ),
    "against_some": Words(
        "The ranks go with {names} in part (rank correlation {rho:.2f}): name the units that differ most and why.",
        "与{names}的位次部分一致（等级相关{rho:.2f}）：应列出差异最大的单位并说明原因。",
    ),
    "against_none": Words(
        "The ranks do not go with {names} as far as these units can tell (rank correlation {rho:.2f}): make sure that both mean the same before citing either for the other.",
        "就现有单位而言，与{names}的位次看不出关联（等级相关{rho:.2f}）：相互引证前应确认两者含义相同。",
    ),
    "evidence": Words(
        "{share:.0%} of the weight in this file rests on {name}, against {declared:.0%} of the whole framework: say so wherever the index is quoted.",
        "本文件权重的{share:.0%}依据{name}，在整个框架中为{declared:.0%}：引用指数时应予说明。",
    ),
}

FORMS: dict[str, Words] = {
    "outputs": Words(
        "text, json or markdown (a file named .txt, .json or .md)",
        "text、json 或 markdown（文件名以 .txt、.json 或 .md 结尾）",
    ),
    "against": Words(
        "a table with a column of units and a column of figures, its heads in the first row",
        "首行为表头、含一列单位和至少一列数值的表格",
    ),
    "against_units": Words(
        "a table of another index that holds units of this one", "含有本表单位的其他指数表格"
    ),
}


def page(key: str, lang: Lang, **fields: object) -> str:
    """A heading or line around the audit's tables, in ``lang``.

    >>> page("head", "zh")
    '一致性审查'
    """
    return PAGE[key].say(lang, **fields)
