"""C3xx: what the scores rest on: coverage, dominant weights, clipped and crowded columns."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, WARNING, Saying
from stiscore.words.faults.suggesting import Lacking

SAYINGS: dict[str, Saying] = {
    "C301": Saying(
        WARNING,
        Words("Unit not ranked", "单位不参与排名"),
        Words(
            "not ranked, its score stands in brackets: it has values for {coverage:.1%} of the weight of the file's "
            "columns, and {missing} of {areas} measured areas have no score",
            "不参与排名，得分加括号列示：该单位的数据覆盖文件所含指标权重的{coverage:.1%}，{areas}个已测领域中有{missing}个没有得分",
        ),
        Words(
            "Fill the blank cells of this unit, or leave it unranked. A rank needs {needed:.0%} and at most "
            "{allowed} area without a score.",
            "请补充该单位的空缺数据，或保持不排名。参与排名需覆盖率达到{needed:.0%}，且无得分的领域不超过{allowed}个。",
        ),
    ),
    "C304": Saying(
        NOTE,
        Words("Partial index", "部分指数"),
        Words(
            "the file measures {share:.0%} of the framework by weight: the number is a partial index and carries no band",
            "文件按权重仅测量了框架的{share:.0%}：所得为部分指数，不划分档次",
        ),
        Words(
            "Add indicators of the areas not measured; `stiscore framework show` lists them with their sources.",
            "请补充未测领域的指标；stiscore framework show 列出全部指标及其来源。",
        ),
    ),
    "C305": Saying(
        ERROR,
        Words("Too little of the framework is measured", "框架测量比例不足"),
        Words(
            "the file measures {share:.0%} of the framework by weight; --strict asks for {needed:.0%}",
            "文件按权重仅测量了框架的{share:.0%}；--strict 要求达到{needed:.0%}",
        ),
        Words(
            "Add indicators, or run without --strict and call the result a partial index.",
            "请补充指标，或去掉 --strict 并将结果称为部分指数。",
        ),
    ),
    "C306": Saying(
        WARNING,
        Words("Dominant indicator", "单项指标权重过大"),
        Words(
            "{called} carries {weight:.1%} of the weight of the result: few columns share it",
            "{called}占结果权重的{weight:.1%}：分担权重的指标较少",
        ),
        Words(
            "Read the ranking as being largely about this indicator, or add others.",
            "请注意该排名在很大程度上反映这一指标，或补充其他指标。",
        ),
    ),
    "C307": Saying(
        WARNING,
        Words("Many units beyond the goalposts", "较多单位超出标杆值"),
        Words(
            "{count} of {of} units lie beyond the goalposts of {called} and share its end scores: {units}",
            "{of}个单位中有{count}个超出{called}的标杆值，得分被截取：{units}",
        ),
        Words(
            "Their differences on this indicator do not count; wider goalposts would tell them apart.",
            "这些单位在该指标上的差异未计入得分；放宽标杆值可加以区分。",
        ),
    ),
    "C308": Saying(
        WARNING,
        Words("Units crowded at the foot", "得分集中于低端"),
        Words(
            "{count} of {of} units score below {below:g} on {called}",
            "{of}个单位中有{count}个在{called}上得分低于{below:g}",
        ),
        Words(
            "The upper goalpost may be out of reach for most; a square-root curve or lower goalpost spreads them.",
            "多数单位距上标杆值较远；可采用平方根曲线或降低上标杆值。",
        ),
    ),
    "C309": Saying(
        ERROR,
        Words("Nothing to score", "没有可评分的指标"),
        Words(
            "none of the {of} scored indicators of level '{level}' has a column",
            "层级“{level}”的{of}项评分指标在文件中均无对应列",
        ),
        Lacking(
            "`stiscore inspect FILE` shows what was recognised; head columns by indicator id, name or alias.",
            "请用 stiscore inspect 查看识别结果；列名应为指标代码、名称或别名。",
        ),
    ),
    "C310": Saying(
        NOTE,
        Words("Indicator lacks a part", "指标缺少组成数据"),
        Words(
            "{called} cannot be computed: the table has no column of {absent}",
            "{called}无法计算：表中没有{absent}列",
        ),
        Words(
            "Add the column, with its measurement, if the indicator should count.",
            "如需计入该指标，请补充该列并注明计量单位。",
        ),
    ),
    "C311": Saying(
        ERROR,
        Words("A score that a mean cannot take", "合成方法不能处理的得分"),
        Words(
            "{node} scores {score:g}, and {method}, which {parent} is joined by, cannot take such a score",
            "{node}得分为{score:g}，而{parent}所用的合成方法{method}不能处理此类得分",
        ),
        Words(
            "Give a floor where the method has one (`--method aggregate.floor=1`) or aggregate arithmetically.",
            "请设定下限（--method aggregate.floor=1，仅限有此参数的方法）或改用算术平均。",
        ),
    ),
    "C312": Saying(
        WARNING,
        Words("Column of the frame missing", "缺少标尺所含的列"),
        Words(
            "the frame holds {indicator}, and this file has no value for it: every unit is scored without it",
            "标尺包含{indicator}，而文件中没有其数值：所有单位均未计入该指标",
        ),
        Words(
            "Add the column, or fit a new frame; scores with and without it are not comparable.",
            "请补充该列，或重新拟合标尺；含与不含该指标的得分不可比较。",
        ),
    ),
    "C313": Saying(
        WARNING,
        Words("Indicator not in the frame", "标尺未含的指标"),
        Words(
            "{called} is in this file and not in the frame: it was not scored",
            "文件含{called}，而标尺不含该指标：未予评分",
        ),
        Words("Fit a new frame to score it.", "如需评分，请重新拟合标尺。"),
    ),
    "C319": Saying(
        WARNING,
        Words("Too few ranked units", "参与排名的单位过少"),
        Words(
            "{ranked} of {of} units ranked: how far ranks depend on choices can be asked of two or more",
            "{of}个单位中有{ranked}个参与排名：至少两个单位参与排名，才能分析排名对方法选择的依赖程度",
        ),
        Words(
            "Add units, or fill the blank cells of those that are not ranked.",
            "请增加单位，或补充未参与排名单位的空缺数据。",
        ),
    ),
}
