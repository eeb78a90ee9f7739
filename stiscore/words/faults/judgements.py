"""F18x: sheets of judgements and points, and weights saved for another framework."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, WARNING, Saying

# What a sheet should hold, in F181.
FORMS: dict[str, Words] = {
    "pairwise": Words(
        "a square matrix whose first row and first column name the same two or more parts",
        "首行与首列列出相同的两项或以上内容的方阵",
    ),
    "points": Words(
        "one row an expert and one column a part, both named",
        "每位专家一行、每项内容一列并均有名称的表",
    ),
}
# What a cell should hold, in F184.
CELLS: dict[str, Words] = {
    "judgement": Words(
        "a number above 0 (1 to 9 by custom) or a fraction such as 1/3",
        "大于0的数（通常为1至9）或1/3这样的分数",
    ),
    "itself": Words("1 where a part meets itself", "同一项相比时的1"),
    "points": Words("a number of 0 or more", "不小于0的数"),
}

SAYINGS: dict[str, Saying] = {
    "F181": Saying(
        ERROR,
        Words("No sheet of this form", "表格形式不符"),
        Words("wanted is {form}", "应为{form}"),
        Words(
            "Lay the sheet out as docs/weights.md shows; a workbook may hold several.",
            "请按 docs/weights.md 所示编排；一个工作簿可含多个工作表。",
        ),
    ),
    "F182": Saying(
        ERROR,
        Words("Unknown part in a sheet of judgements", "判断表中的名称未知"),
        Words(
            "'{given}' is no area or indicator of the framework{hint}",
            "框架中没有名为“{given}”的领域或指标{hint}",
        ),
        Words(
            "Use the id or the name in either language; `stiscore framework show` lists them.",
            "请使用代码或中英文名称；可用 stiscore framework show 查看。",
        ),
    ),
    "F183": Saying(
        ERROR,
        Words("Judged beside another group", "不属同一组"),
        Words(
            "{node} is not in {parent}, as {first} is: only parts of one group are judged against each other",
            "{node}不属于{parent}，而{first}属于：只能对同一组的内容作两两判断",
        ),
        Words("Put each group into a matrix of its own.", "请为每一组单独编制矩阵。"),
    ),
    "F184": Saying(
        ERROR,
        Words("Not a judgement", "不是有效判断"),
        Words("'{value}' should be {wanted}", "“{value}”应为{wanted}"),
        Words(
            "Correct the cell, or leave it blank. Format cells as text before typing 1/3, or a spreadsheet makes a date of it.",
            "请更正或留空。输入1/3前请将单元格设为文本格式，否则表格软件会将其转为日期。",
        ),
    ),
    "F185": Saying(
        ERROR,
        Words("Judged twice, differently", "两处判断相互矛盾"),
        Words(
            "{one} against {other} is {value:.4g} here and {before:.4g} by {place}",
            "{one}相对于{other}，此处为{value:.4g}，而按{place}为{before:.4g}",
        ),
        Words(
            "Leave the cells below the diagonal blank: they are the reciprocals of those above.",
            "对角线以下可留空：其值为上方单元格的倒数。",
        ),
    ),
    "F186": Saying(
        ERROR,
        Words("Named twice in a sheet", "名称重复"),
        Words("'{given}' stands here twice", "“{given}”出现两次"),
        Words("Keep one of the two.", "请只保留一处。"),
    ),
    "F187": Saying(
        WARNING,
        Words("Weights of another framework", "权重出自其他框架"),
        Words(
            "the weights were saved for framework '{then}', and '{now}' is in use",
            "权重为框架“{then}”保存，当前使用的是“{now}”",
        ),
        Words(
            "Nodes of equal ids get them all the same; check that they mean the same, or save them anew.",
            "代码相同的节点仍会采用这些权重；请核对含义是否一致，或重新保存。",
        ),
    ),
}
