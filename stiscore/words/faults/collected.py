"""L14x, D12x, C32x: filled templates, and shares counted from their coding and questionnaire sheets."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, WARNING, Saying

NONE = Words("none", "无")
KINDS: dict[str, Words] = {
    "unit": Words("unit of this level", "本层级的单位"),
    "indicator": Words(
        "indicator that is asked by questionnaire at this level", "本层级以问卷方式填报的指标"
    ),
    "count": Words("a whole number of 0 or more", "不小于0的整数"),
    "amount": Words("a number of 0 or more", "不小于0的数"),
}

_TEMPLATE = {
    "L140": Saying(
        ERROR,
        Words("Template not filled in", "模板尚未填写"),
        Words("nothing is filled in yet: the template is empty", "模板为空：尚未填写任何数据"),
        Words(
            "Enter figures in the sheet with one row a unit, or fill in the coding or questionnaire sheet.",
            "请在“每个单位一行”的数据表中填写数值，或填写政策编码表、问卷表。",
        ),
    ),
    "L141": Saying(
        WARNING,
        Words("Stale template", "模板已过时"),
        Words(
            "the template was made for {then}, and {now} is in use; indicators since then: new {appeared}; gone {gone}",
            "模板依据{then}生成，当前使用的是{now}；此后新增指标：{appeared}；取消指标：{gone}",
        ),
        Words(
            "Make a new one with `stiscore template` and copy the figures over; definitions, units or ranges may have changed.",
            "请用 stiscore template 重新生成模板并转录数据；指标定义、计量单位或取值范围可能已变动。",
        ),
    ),
    "L142": Saying(
        WARNING,
        Words("Template of another level", "模板层级不符"),
        Words(
            "the template was made for level '{then}', and is read at level '{level}'",
            "模板用于“{then}”层级，当前按“{level}”层级读取",
        ),
        Words(
            "Make a template of this level; bounds and indicators differ.",
            "请生成本层级的模板；各层级的指标和取值范围不同。",
        ),
    ),
    "L143": Saying(
        NOTE,
        Words("Columns not filled in", "未填写的列"),
        Words(
            "columns of the template without a figure count as not measured: {columns} ({count} in all)",
            "模板中有{count}列未填写，按未测量处理：{columns}",
        ),
        Words("Nothing to do, or fill them in.", "无需处理；如有数据请补充。"),
    ),
    "L144": Saying(
        NOTE,
        Words("Rows not filled in", "未填写的行"),
        Words(
            "units of the template without a figure were left out: {units} ({count} in all)",
            "模板中有{count}个单位未填写，未纳入评价：{units}",
        ),
        Words("Nothing to do, or fill them in.", "无需处理；如有数据请补充。"),
    ),
}

_CELLS = {
    "D120": Saying(
        ERROR,
        Words("Neither yes nor no", "答案既非是也非否"),
        Words(
            "'{value}' is neither yes nor no ({question})",
            "“{value}”既非“是”也非“否”（{question}）",
        ),
        Words(
            "Write yes or no, or clear the cell if the question is open.",
            "请填“是”或“否”；尚未判定的请留空。",
        ),
    ),
    "D121": Saying(
        ERROR,
        Words("Row names nothing known", "行名称无法识别"),
        Words("'{value}' is no {kind}", "“{value}”不是{kind}"),
        Words(
            "Choose from the list in the cell, or write it as `stiscore framework show` or `stiscore units` does.",
            "请从单元格的下拉列表中选择，或按 stiscore framework show、stiscore units 所列名称填写。",
        ),
    ),
    "D122": Saying(
        WARNING,
        Words("Unit without a row of data", "单位在数据表中没有对应行"),
        Words(
            "'{value}' has no row in the table of figures, so that nothing is counted for it",
            "“{value}”在数据表中没有对应行，未予计数",
        ),
        Words(
            "Add a row for the unit to the data sheet; its cells may be blank.",
            "请在数据表中为该单位增加一行，数值可留空。",
        ),
    ),
    "D123": Saying(
        WARNING,
        Words("Question not answered", "问题未作答"),
        Words(
            "'{question}' is not answered for this measure: it is left out of {indicator}",
            "该措施未回答“{question}”，未计入{indicator}",
        ),
        Words("Answer yes or no: blank is not no.", "请填“是”或“否”：空白不等于“否”。"),
    ),
    "D124": Saying(
        ERROR,
        Words("Numerator above denominator", "分子大于分母"),
        Words(
            "the numerator {numerator} is above the denominator {denominator} of {indicator}",
            "{indicator}的分子{numerator}大于分母{denominator}",
        ),
        Words(
            "The numerator is a part of the denominator: check whether the two were exchanged or measured differently.",
            "分子应为分母的一部分：请检查两者是否填反或口径、单位不一致。",
        ),
    ),
    "D125": Saying(
        ERROR,
        Words("Not a count or amount", "不是有效的数量"),
        Words("'{value}' is not {wanted} ({indicator})", "“{value}”不是{wanted}（{indicator}）"),
        Words(
            "Enter what was counted, not a share: shares are computed on reading.",
            "请填写计数或金额本身，而非比率：比率由程序计算。",
        ),
    ),
    "D126": Saying(
        ERROR,
        Words("Share of nothing", "分母合计为零"),
        Words(
            "the denominator of {indicator} is zero: there is nothing to take a share of",
            "{indicator}的分母为零，无法计算占比",
        ),
        Words(
            "Correct the figure, or clear numerator and denominator if they are not known.",
            "请更正数据；如数据未知，请清空分子和分母。",
        ),
    ),
    "D127": Saying(
        ERROR,
        Words("Two values for one cell", "同一数值前后不一致"),
        Words(
            "{indicator} is {value} here and {counted} as counted from {other}",
            "{indicator}此处为{value}，而依据{other}计算为{counted}",
        ),
        Words(
            "Clear the cell here to use the counted share, or correct one of the two.",
            "如采用计数结果，请清空此单元格；否则请更正其中之一。",
        ),
    ),
    "D128": Saying(
        ERROR,
        Words("Department twice", "同一部门重复填报"),
        Words(
            "department '{department}' reports {indicator} of the unit twice; first in {first}",
            "部门“{department}”对该单位的{indicator}重复填报；首次出现于{first}",
        ),
        Words(
            "Keep one row; name the departments apart if both are meant, since rows are added up.",
            "请只保留一行；如确为不同部门，请分别注明部门名称，因各行将相加。",
        ),
    ),
    "D129": Saying(
        ERROR,
        Words("Half a share", "分子或分母缺失"),
        Words(
            "{indicator} has a numerator or a denominator here, but not both",
            "{indicator}此处仅填写了分子或分母之一",
        ),
        Words("Fill in the other, or clear both.", "请补齐另一项，或将两项清空。"),
    ),
}

_SHARES = {
    "C325": Saying(
        WARNING,
        Words("Share of few cases", "样本数过少"),
        Words(
            "{indicator} rests on {cases:g} cases; fewer than {needed:g} tell little",
            "{indicator}仅依据{cases:g}个样本；少于{needed:g}个时参考意义有限",
        ),
        Words(
            "Add measures or records, or read the share together with its interval (`stiscore explain`).",
            "请增加样本，或结合其区间解读（见 stiscore explain）。",
        ),
    ),
    "C326": Saying(
        WARNING,
        Words("Coders agree too little", "编码一致性偏低"),
        Words(
            "the two coders of {indicator} agree with a kappa of {kappa:.2f} over {twice} measures; {needed:g} is wanted ({weakest})",
            "{indicator}两名编码员对{twice}项措施的卡帕系数为{kappa:.2f}，要求不低于{needed:g}（{weakest}）",
        ),
        Words(
            "Make the coding rule of the question clearer, code anew apart from each other, and settle what differs in 'agreed'.",
            "请明确该问题的编码规则，两人重新独立编码，并在“议定”列确定不一致之处。",
        ),
    ),
    "C327": Saying(
        NOTE,
        Words("Coded once", "仅一人编码"),
        Words(
            "no measure was coded twice for {indicator}: how well coders agree is not known",
            "{indicator}没有经两人编码的措施，编码一致性未知",
        ),
        Words("Have a second person fill the columns of coder 2.", "请由另一人填写编码员2各列。"),
    ),
    "C328": Saying(
        WARNING,
        Words("Coders differ, nothing agreed", "编码不一致且未议定"),
        Words(
            "the coders differ on '{question}' and nothing is agreed: coder 1 counts",
            "两名编码员对“{question}”的判定不一致且未议定：以编码员1为准",
        ),
        Words("Settle it and fill the column 'agreed'.", "请商定后填写“议定”列。"),
    ),
    "C329": Saying(
        NOTE,
        Words("Agreement not defined", "一致性无定义"),
        Words(
            "both coders gave one and the same answer to all {twice} measures of {indicator}: kappa is not defined",
            "{indicator}的{twice}项措施两名编码员答案全部相同：卡帕系数无定义",
        ),
        Words(
            "Nothing to do: they agree throughout, but there was nothing to tell apart.",
            "无需处理：判定完全一致，但没有可区分的情形。",
        ),
    ),
}

SAYINGS: dict[str, Saying] = {**_TEMPLATE, **_CELLS, **_SHARES}
