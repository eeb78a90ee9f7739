"""Methods that cannot be combined (F13x), or cannot learn from the data at hand (C314, C315)."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, WARNING, Saying

# Why two choices exclude each other: the message of F131.
WHY: dict[str, Words] = {
    "required": Words(
        "{stage}: {method} needs `{parameter}` (--method {stage}.{parameter}=...)",
        "{stage}: {method}须给出{parameter}（--method {stage}.{parameter}=...）",
    ),
    "cost": Words(
        "normalise: {method} says nothing of {indicator}, where less is better",
        "normalise: {method}不适用于逆向指标{indicator}",
    ),
    "unlike": Words(
        "normalise: {method} gives scores of {other}, all others {one}: their mean would mean nothing",
        "normalise: {method}的得分区间为{other}，其余为{one}：二者求平均没有意义",
    ),
    "measurement": Words(
        "treat: {treat} may transform values, and normalise: {normalise} is stated in the indicator's own measurement",
        "treat: {treat}可能变换数值，而normalise: {normalise}以指标自身计量单位给定",
    ),
    "for_all": Words(
        "impute: {method} needs all of a unit's values and cannot be the choice of one indicator",
        "impute: {method}需用到单位的全部数值，不能只用于单项指标",
    ),
    "z_score": Words(
        "aggregate: {method} is defined on z-scores around a positive mean (100, 10), not on normalise: {normalise}",
        "aggregate: {method}定义于均值为正的标准分（如100、10），不适用于normalise: {normalise}",
    ),
    "positive_scale": Words(
        "aggregate: {method} divides by the mean and needs a scale above zero (70 to 130), not that of normalise: {normalise}",
        "aggregate: {method}须除以均值，得分区间须大于零（如70至130），不适用于normalise: {normalise}",
    ),
    "positive": Words(
        "aggregate: {method} needs positive scores, and normalise: {normalise} gives {low:g} to {high:g}",
        "aggregate: {method}要求得分为正，而normalise: {normalise}的得分为{low:g}至{high:g}",
    ),
    "floor": Words(
        "aggregate: {method} raises scores to its floor of {floor:g}, the top of a scale of {low:g} to {high:g}: "
        "all units would be alike",
        "aggregate: {method}将得分提至下限{floor:g}，而得分区间为{low:g}至{high:g}：各单位将无差异",
    ),
    "own_scale": Words(
        "{stage}: {method} scores on {other} whatever it is given, and normalise: scores on {one}",
        "{stage}: {method}的得分区间恒为{other}，而normalise的得分区间为{one}",
    ),
    "own_weights": Words(
        "weight: {method} lets each unit weigh its own sum; it cannot enter aggregate: {aggregate}",
        "weight: {method}由各单位自行加权求和，不能与aggregate: {aggregate}并用",
    ),
}

# Why a unit is screened out, in C317.
SCREENED: dict[str, Words] = {
    "missing": Words(
        "it has values for {share:.1%} of the indicators, {needed:.0%} are wanted",
        "该单位仅有{share:.1%}的指标有数值，要求达到{needed:.0%}",
    ),
    "zeros": Words(
        "{share:.1%} of its values are not zero, {needed:.0%} are wanted",
        "该单位的数值中仅有{share:.1%}不为零，要求达到{needed:.0%}",
    ),
    "forced": Words(
        "`screen.force` leaves it out; it has values for {share:.1%} of the indicators",
        "screen.force 指定将其筛除；该单位有{share:.1%}的指标有数值",
    ),
}

_OTHER = Words(
    "Choose another method for one of the two; docs/methods says of each what it needs.",
    "请为其中一个环节另选方法；各方法的要求见docs/methods。",
)
# How to mend it, by the same reasons; ``_OTHER`` where there is no better advice.
MEND: dict[str, Words] = {
    "required": Words(
        "Give it, in the framework or on the command line; for ahp and budget see `stiscore weights`.",
        "请在框架或命令行中给出；ahp和budget见 stiscore weights。",
    ),
    "cost": Words(
        "Give the indicator a method of its own, e.g. `--method normalise.INDICATOR=min-max`.",
        "请为该指标单独指定方法，如 --method normalise.指标=min-max。",
    ),
    "unlike": Words(
        "Give both the same ends, e.g. `--method normalise.INDICATOR.range=0,100`.",
        "请使二者的得分区间一致，如 --method normalise.指标.range=0,100。",
    ),
    "measurement": Words(
        "Use `--method normalise=min-max`, or a treatment that keeps the measurement (`treat.then=none`, iqr-fence).",
        "请改用 --method normalise=min-max，或不改变计量单位的处理（treat.then=none、iqr-fence）。",
    ),
    "z_score": Words(
        "Use `--method normalise=z-score --method normalise.mean=100 --method normalise.sd=10`.",
        "请使用 --method normalise=z-score --method normalise.mean=100 --method normalise.sd=10。",
    ),
    "positive_scale": Words(
        "Give the scale a range above zero, e.g. `--method normalise.range=70,130`.",
        "请将得分区间设为大于零，如 --method normalise.range=70,130。",
    ),
    "positive": Words(
        "Use a scale that does not go below zero, e.g. `--method normalise=min-max`.",
        "请改用不低于零的得分区间，如 --method normalise=min-max。",
    ),
    "own_scale": Words(
        "Use a scale of 0 to 100, e.g. `--method normalise=percentile-rank` or min-max.",
        "请改用0至100的得分区间，如 --method normalise=percentile-rank 或 min-max。",
    ),
    "own_weights": Words(
        "Use `--method aggregate=arithmetic` for that step.",
        "该层次请使用 --method aggregate=arithmetic。",
    ),
}


def mend(reason: str) -> Words:
    """How to mend two choices that exclude each other.

    >>> mend("for_all") == mend("floor")
    True
    """
    return MEND.get(reason, _OTHER)


# Why a method cannot learn from the data at hand: the end of C315, by reason of the refusal.
UNFIT: dict[str, Words] = {
    "alike": Words("it finds nothing that tells {names} apart", "{names}之间无可区分的差异"),
    "few": Words(
        "it needs {least} units with a score in {names}", "{names}至少须有{least}个单位有得分"
    ),
    "below_zero": Words(
        "it cannot take a score below 0, as in {names}", "{names}有负的得分，该方法不能处理"
    ),
    "not_positive": Words(
        "it needs scores above 0, or a floor, in {names}",
        "{names}的得分须为正，或设定下限（floor）",
    ),
    "mixed_signs": Words("it would need weights below 0 for {names}", "{names}的权重将为负"),
    "few_complete": Words(
        "{units} units have all of {names}; {least} are needed",
        "同时具有{names}的单位有{units}个，至少需要{least}个",
    ),
    "still": Words(
        "the units that have all of {whole} do not differ in {same}",
        "同时具有{whole}的单位在{same}上没有差异",
    ),
    "few_pairs": Words("it needs 3 units with both of {names}", "同时具有{names}的单位至少须有3个"),
    "bounds": Words(
        "it cannot hold {count} shares within its bounds", "{count}项份额无法同时落在所设上下限内"
    ),
    "no_points": Words("no expert has points for {names}", "没有专家对{names}给出分数"),
    "no_judgement": Words("there is no judgement on {names}", "缺少对{names}的判断"),
    "no_unit": Words(
        "the unit to compare with ({unit}) is not in the data", "数据中没有作为参照的单位（{unit}）"
    ),
    "no_value": Words("{unit} has no value of {indicator}", "{unit}缺少{indicator}的数值"),
    "no_way": Words(
        "{indicator}: the goal is no better than the worst value",
        "{indicator}：目标并不优于最差值",
    ),
    "no_group": Words(
        "no unit belongs to a group to be filled from", "没有单位属于可用于填补的分组"
    ),
    "order": Words(
        "lower ({lower:g}) must be below upper ({upper:g})",
        "lower（{lower:g}）须小于upper（{upper:g}）",
    ),
}

SAYINGS: dict[str, Saying] = {
    "F131": Saying(
        ERROR,
        Words("Methods that exclude each other", "方法不能并用"),
        Words("{why}", "{why}"),
        Words("{mend}", "{mend}"),
    ),
    "F132": Saying(
        ERROR,
        Words("Target missing", "缺少目标值"),
        Words(
            "{indicator} has no target at level '{level}', and normalise: distance-to-target needs one",
            "{indicator}在层级“{level}”未设目标值，而normalise: distance-to-target需要目标值",
        ),
        Words(
            "Give `target` under the level, in the indicator's own measurement.",
            "请在该层级下以指标自身计量单位给出target。",
        ),
    ),
    "C314": Saying(
        ERROR,
        Words("Every unit screened out", "全部单位被筛除"),
        Words("screening leaves none of the {of} units", "按筛选规则，{of}个单位全部被筛除"),
        Words(
            "Lower `screen.min_unit_coverage` or `screen.min_nonzero`, or fill in the data.",
            "请降低screen.min_unit_coverage或screen.min_nonzero，或补充数据。",
        ),
    ),
    "C315": Saying(
        ERROR,
        Words("Method cannot learn from these data", "方法无法用于该数据"),
        Words(
            "{stage}: {method} cannot be used here: {why}", "{stage}: {method}无法用于该数据：{why}"
        ),
        Words(
            "Choose another method for the stage (`stiscore methods`), or mend what it lacks.",
            "请为该环节另选方法（见 stiscore methods），或补足所缺内容。",
        ),
    ),
    "C316": Saying(
        WARNING,
        Words("Judgements that contradict each other", "判断前后不一致"),
        Words(
            "the pairwise judgements on the children of {parent} have a consistency ratio of {ratio:.2f}, above 0.10",
            "对{parent}下属项的两两判断，一致性比率为{ratio:.2f}，高于0.10",
        ),
        Words(
            "Ask again about the pairs that fit least; weights from judgements this far apart say little.",
            "请重新征询最不相符的判断；一致性如此低时，权重意义有限。",
        ),
    ),
    "C317": Saying(
        WARNING,
        Words("Unit screened out", "单位被筛除"),
        Words("screened out, without any score: {why}", "已被筛除，不予评分：{why}"),
        Words(
            "Fill in what the unit lacks, or lower the threshold under `screen`.",
            "请补充该单位的数据，或降低screen环节的阈值。",
        ),
    ),
    "C318": Saying(
        WARNING,
        Words("Variant on a fixed scale", "固定标尺下不适用的方案"),
        Words(
            "it would have to learn a scale anew, and these scores stand on a fixed one",
            "该方案须重新确定标尺，而本次得分采用固定标尺",
        ),
        Words(
            "Run without --frame, or with a single table, to try it as well.",
            "如需纳入该方案，请不使用 --frame，或仅使用一张表。",
        ),
    ),
}
