"""U18x: goals `target` cannot work towards, scales and trees that allow none, faulty costs."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, Saying

# Where the unit is already, in U181.
PRESENT: dict[str, Words] = {
    "rank": Words(
        "{unit} ranks {held}: rank {wanted:g} is no better",
        "{unit}现排第{held}位，目标第{wanted:g}位不优于现状",
    ),
    "score": Words(
        "{unit} scores {held:.4g}: {wanted:g} is no more",
        "{unit}现得分{held:.4g}，目标得分{wanted:g}不高于现状",
    ),
    "gap": Words(
        "the severity of this gap is {held:.4g} in {unit}: {wanted:g} is no less",
        "{unit}该项差距的严重程度现为{held:.4g}，目标{wanted:g}未低于现状",
    ),
}
# What the unit lacks, in U182.
NOTHING: dict[str, Words] = {
    "rank": Words(
        "{unit} is not ranked: too little of it is measured, and no move of a lever mends that",
        "{unit}因覆盖不足不参与排名，调整指标数值不能改变这一点",
    ),
    "score": Words("{unit} has no score", "{unit}没有得分"),
    "gap": Words(
        "no indicator of this gap is measured for {unit}", "{unit}没有衡量该项差距的指标数据"
    ),
}
# What stands in the way, in U187 and U188.
MOVING: dict[str, Words] = {
    "treat": Words(
        "outliers are treated by {method}, with limits learned from these units",
        "其异常值按{method}处理，界限由本表各单位得出",
    ),
    "fill": Words(
        "the missing value of {node} is filled from the unit's other values and would move with them",
        "该单位缺失的{node}由其自身其他数值填补，会随之变动",
    ),
    "no_lever_index": Words(
        "no lever of the index is measured for this unit", "该单位没有已测的政策可调指标"
    ),
    "no_lever_gap": Words(
        "no lever behind this gap is measured for this unit",
        "该单位没有用于衡量该项差距的政策可调指标",
    ),
}
# What is wrong with a table of costs, in U189.
COSTS: dict[str, Words] = {
    "form": Words(
        "wanted are two columns: indicator, and its cost a point",
        "应为两列：指标、每提高一分的成本",
    ),
    "name": Words("'{given}' is no indicator of this level", "“{given}”不是本层级的指标"),
    "cost": Words(
        "the cost of {given} must be a number above 0, not '{value}'",
        "{given}的成本须为大于0的数，不能为“{value}”",
    ),
    "twice": Words("{given} stands here twice", "{given}出现两次"),
}

SAYINGS: dict[str, Saying] = {
    "U180": Saying(
        ERROR,
        Words("No single goal", "目标不唯一"),
        Words(
            "wanted is one goal: --rank N, --score S, or --gap ID with --below B",
            "须给出且仅给出一个目标：--rank N、--score S，或 --gap ID 与 --below B 同时使用",
        ),
        Words("Give one of the three.", "请三者择一。"),
    ),
    "U181": Saying(
        ERROR,
        Words("Already there", "目标已达到"),
        Words("{what}", "{what}"),
        Words(
            "Name a better rank, a higher score or a lower severity than the present one.",
            "请设定优于现状的位次、得分或严重程度。",
        ),
    ),
    "U182": Saying(
        ERROR,
        Words("Nothing to start from", "没有可供起算的数值"),
        Words("{what}", "{what}"),
        Words(
            "`stiscore explain FILE UNIT` shows what the unit has.",
            "可用 stiscore explain 查看该单位已有的数据。",
        ),
    ),
    "U183": Saying(
        ERROR,
        Words("No target under this aggregation", "该合成方法不支持目标测算"),
        Words(
            "targets are worked out for arithmetic and geometric means, not for {method}",
            "目标测算适用于算术平均和几何平均，不适用于{method}",
        ),
        Words(
            "Use --method aggregate=arithmetic or geometric, or a goal of --gap.",
            "请改用 --method aggregate=arithmetic 或 geometric，或以 --gap 设定目标。",
        ),
    ),
    "U184": Saying(
        ERROR,
        Words("No target under weights of each unit's own", "各单位自有权重不支持目标测算"),
        Words(
            "{method} gives each unit weights of its own, which would move with the unit",
            "{method}为每个单位单独定权，权重会随该单位数值变动",
        ),
        Words(
            "Use --method weight=declared, or a goal of --gap.",
            "请改用 --method weight=declared，或以 --gap 设定目标。",
        ),
    ),
    "U185": Saying(
        ERROR,
        Words("No target on a scale learned from the sample", "由样本得出的标尺不支持目标测算"),
        Words(
            "the scale of {node} ({method}) is learned from these units and would move with the unit",
            "{node}的标尺（{method}）由本表各单位得出，会随该单位数值变动",
        ),
        Words(
            "Score on a saved frame (--frame), or use --method normalise=goalposts.",
            "请使用已保存的标尺（--frame），或 --method normalise=goalposts。",
        ),
    ),
    "U186": Saying(
        ERROR,
        Words("No target on a scale of ranks or classes", "位次或分档标尺不支持目标测算"),
        Words(
            "the scale of {node} ({method}) is no line that rises with a better value",
            "{node}的标尺（{method}）不是随数值改善而上升的直线",
        ),
        Words(
            "Use a frame of goalposts, min-max or another straight scale.",
            "请使用以标杆值法、极差标准化等直线方法得出的标尺。",
        ),
    ),
    "U187": Saying(
        ERROR,
        Words("A lever whose score moves otherwise", "指标得分不随数值单独变动"),
        Words("no target with {node}: {what}", "{node}不能用于目标测算：{what}"),
        Words(
            "Use --method treat=none or --method impute=none.",
            "请使用 --method treat=none 或 --method impute=none。",
        ),
    ),
    "U188": Saying(
        ERROR,
        Words("No lever", "没有可调整的指标"),
        Words("{what}", "{what}"),
        Words(
            "`stiscore framework show` marks the levers; fill in their columns.",
            "可用 stiscore framework show 查看政策可调指标，并补充相应数据。",
        ),
    ),
    "U189": Saying(
        ERROR,
        Words("Costs not understood", "成本表有误"),
        Words("{what}", "{what}"),
        Words(
            "Write a CSV of two columns: indicator, cost a point. See docs/target.md.",
            "请编制两列的CSV：指标、每提高一分的成本。详见 docs/target.md。",
        ),
    ),
}
