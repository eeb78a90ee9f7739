"""What `target` says: the least change that reaches a goal, what bounds it, what is left out."""

from __future__ import annotations

from stiscore.words import Lang, Words

TARGET: dict[str, Words] = {
    "title_rank": Words("Target: {unit} at rank {wanted}", "测算情景：{unit}升至第{wanted}位"),
    "title_score": Words(
        "Target: {unit} at a score of {wanted}", "测算情景：{unit}得分达到{wanted}"
    ),
    "title_gap": Words(
        "Target: {unit}, {gap} at a severity of {wanted} or less",
        "测算情景：{unit}，{gap}的严重程度降至{wanted}或以下",
    ),
    "arithmetic": Words(
        "Arithmetic: others stay as they are; not causal advice.",
        "仅为算术测算：其他单位保持不变，不构成因果推断，也不作为政策效果的依据。",
    ),
    "now": Words("Now: {state}.", "现状：{state}。"),
    "reached": Words(
        "Reached, with the changes below: {state}.", "可以达到：按下表调整后，{state}。"
    ),
    "missed": Words(
        "NOT REACHED within the bounds: with every lever at its bound, {state}.",
        "在界限内无法达到：各项可调指标均调至上限时，{state}。",
    ),
    "state_rank": Words("rank {rank}, score {score}", "第{rank}位，得分{score}"),
    "state_score": Words("score {score}, not ranked", "得分{score}，不参与排名"),
    "state_gap": Words("severity {severity}; {state}", "严重程度{severity}；{state}"),
    "state_severity": Words("severity {severity}", "严重程度{severity}"),
    "needs_rank": Words(
        "Rank {wanted} takes a score of {need}, that of {rival}.",
        "排第{wanted}位所需得分为{need}，即{rival}的得分。",
    ),
    "shares": Words(
        "Equal scores share the better rank: with that of {rival} the unit ranks {rank}.",
        "得分相同的单位并列，取较前位次：与{rival}得分相同时排第{rank}位。",
    ),
    "in_range_rank": Words(
        "Its present rank range is {span}. Rank {wanted} is already within its range: method variants alone put it there.",
        "现排名区间为第{span}位。第{wanted}位已在区间之内：仅方法选择不同即可得出该位次。",
    ),
    "out_of_range_rank": Words(
        "Its present rank range over method variants is {span}; rank {wanted} is outside.",
        "各测算方案下的现排名区间为第{span}位，第{wanted}位在区间之外。",
    ),
    "in_range_score": Words(
        "Its present score range is {span}. The goal is already within its range: method variants alone put it there.",
        "现得分区间为{span}。目标已在区间之内：仅方法选择不同即可得出该得分。",
    ),
    "out_of_range_score": Words(
        "Its present score range over method variants is {span}; the goal is outside.",
        "各测算方案下的现得分区间为{span}，目标在区间之外。",
    ),
    "in_range_gap": Words(
        "Its present range of severity is {span}. The goal is already within its range: method variants alone put it there.",
        "现严重程度区间为{span}。目标已在区间之内：仅方法选择不同即可得出该数值。",
    ),
    "out_of_range_gap": Words(
        "Its present range of severity over method variants is {span}; the goal is outside.",
        "各测算方案下的现严重程度区间为{span}，目标在区间之外。",
    ),
    "unmoved_gap": Words(
        "No method variant moves its present severity of {span}; the goal is another.",
        "各测算方案均不改变现有严重程度（{span}），与目标不同。",
    ),
    "changes": Words("Least change, effort spread", "最小调整方案（各项指标分担）"),
    "changes_cost": Words("Least cost", "最低成本方案"),
    "changes_missed": Words("Every lever at its bound", "各项可调指标均调至上限"),
    "no_changes": Words("No lever has room to move.", "各项可调指标均无调整余地。"),
    "lever": Words("Lever", "可调指标"),
    "from": Words("From", "现值"),
    "to": Words("To", "调整后"),
    "measured_in": Words("In", "计量 单位"),
    "cell": Words("Cell", "单元格"),
    "moved": Words("Own points", "指标 得分 变动"),
    "points": Words("Index points", "指数 得分 变动"),
    "effort": Words("Share of effort", "分担 比例"),
    "cost_share": Words("Share of cost", "成本 占比"),
    "bound": Words("Held by", "受限于"),
    "total": Words("Index points all together: {points}.", "指数得分合计变动：{points}。"),
    "about_moved": Words(
        "Own points: points of the indicator's own scale of {low:g}-{high:g}. Index points: what it adds to the index.",
        "指标得分变动：在该指标自身{low:g}-{high:g}分标尺上的变动。指数得分变动：对指数得分的贡献。",
    ),
    "multiples": Words(
        "At least twice the present value: {names}.", "调整后达到现值两倍及以上的指标：{names}。"
    ),
    "multiple": Words("{name} (x{times:.1f})", "{name}（{times:.1f}倍）"),
    "about_spread": Words(
        "Least: the smallest sum of squares of own points, so that no lever has to do it all. To: rounded so that the goal is met.",
        "最小：指标得分变动的平方和最小，避免单项指标承担全部调整。调整后数值按确保达到目标的方向取舍尾数。",
    ),
    "about_cost": Words(
        "Least: the smallest sum of own points times cost, {total:g} in all. To: rounded so that the goal is met.",
        "最小：指标得分变动与单位成本乘积之和最小，合计{total:g}。调整后数值按确保达到目标的方向取舍尾数。",
    ),
    "about_floor": Words(
        "A score under the floor of a geometric mean counts as the floor; own points count from there.",
        "几何平均中低于下限的得分按下限计，指标得分变动自下限起算。",
    ),
    "bounds": Words("How far each lever may go", "各项可调指标的调整上限"),
    "most": Words("Most", "上限值"),
    "room": Words("Room", "余地"),
    "pace": Words("Points a year", "年均 可提高"),
    "pace_from": Words("Pace taken from", "速度依据"),
    "pace_seen": Words("{unit} {first}-{last}", "{unit}{first}-{last}年"),
    "pace_declared": Words("declared", "框架设定"),
    "about_bounds": Words(
        "Most: the value at the nearest of the upper goalpost, the plausible range, the bounds, and the pace over {years:g} years.",
        "上限值：上标杆值、合理范围、取值界限以及按年均可提高幅度在{years:g}年内所能达到的数值中，最先触及者。",
    ),
    "about_pace_seen": Words(
        "Pace observed: the best yearly rise among {peers} and the unit itself; one year's jump may be a change of the figures' definition.",
        "实际速度：{peers}及本单位历年中最大的年度提高幅度；个别年份的跳升可能与统计口径调整有关。",
    ),
    "about_pace_declared": Words(
        "Pace declared: {share:.0%} of the scale a year, a judgement of ours; a file of several years gives observed ones.",
        "框架设定速度：每年为标尺的{share:.0%}，系本项目自行判断；数据文件含多个年份时，采用实际速度。",
    ),
    "peers_idle": Words(
        "Peers asked for, {peers}, change nothing here: they matter to an observed pace alone.",
        "所指定的对比单位（{peers}）在此不起作用：仅采用实际速度时才用到。",
    ),
    "alone": Words("Each lever alone", "单独调整各项可调指标"),
    "alone_to": Words("Would need", "所需数值"),
    "alone_then": Words("Result", "结果"),
    "alone_reached": Words("reached", "可以达到"),
    "alone_missed": Words("not reached alone: gets to {state}", "无法达到：最多至{state}"),
    "alone_no_room": Words("no room: {bound}", "无调整余地（受限于{bound}）"),
    "asides": Words("Not considered", "未纳入的指标"),
    "aside": Words("{why}: {names}", "{why}：{names}"),
    "check": Words("Check: {command} (with the same options)", "核对：{command}（其余选项相同）"),
}

# What holds a lever.
LIMITS: dict[str, Words] = {
    "goalpost": Words("upper goalpost", "上标杆值"),
    "plausible": Words("plausible range", "合理范围"),
    "bounds": Words("bounds", "取值界限"),
    "pace": Words("pace", "提高速度"),
}

# Why an indicator is not considered.
WHY: dict[str, Words] = {
    "not_lever": Words(
        "no lever, policy does not move it directly", "非政策可调指标，不能由政策直接调节"
    ),
    "proxy": Words("a proxy for something else", "替代指标"),
    "context": Words("context, never scored", "背景指标，不计分"),
    "no_column": Words(
        "a lever, but the file has no column for it", "政策可调指标，但文件中没有该列"
    ),
    "superseded": Words(
        "a proxy left out for the indicator itself", "替代指标，因所替代的指标已有数据而不采用"
    ),
    "missing": Words("a lever, but the unit has no value", "政策可调指标，但该单位没有数值"),
    "filled": Words(
        "a lever, but the value was filled in, not read", "政策可调指标，但数值系填补而非读取"
    ),
    "not_scored": Words("a lever, but the unit is not scored", "政策可调指标，但该单位未计分"),
    "other_gap": Words("a lever of other gaps", "不用于衡量该项差距的政策可调指标"),
    "weightless": Words(
        "a lever without weight in what is to be reached", "在目标中没有权重的政策可调指标"
    ),
    "flat": Words("a lever on which all score the same", "各单位得分相同的政策可调指标"),
    "no_cost": Words("a lever without a cost in --costs", "--costs 未给出成本的政策可调指标"),
}

# What options take, in U103.
FORMS: dict[str, Words] = {
    "rank": Words("a whole number of 1 or more", "不小于1的整数"),
    "score": Words("a number of at most {high:g}", "不大于{high:g}的数值"),
    "below": Words("a number of 0 or more and below 100", "不小于0且小于100的数值"),
    "within": Words("years: a number above 0 and up to 100", "年数，大于0且不超过100"),
}


def said(key: str, lang: Lang, **fields: object) -> str:
    """A label or sentence of the page in ``lang``.

    >>> said("needs_rank", "en", wanted=3, need="66.7", rival="天津")
    'Rank 3 takes a score of 66.7, that of 天津.'
    """
    return TARGET[key].say(lang, **fields)
