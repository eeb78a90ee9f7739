"""U190-U192 and C350: peers that cannot be found, and a range that cannot be given."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, Saying

SAYINGS: dict[str, Saying] = {
    "U190": Saying(
        ERROR,
        Words("Fewer units than asked for", "可选单位不足"),
        Words(
            "--peers nearest:{given} asks for more than there are: other ranked units with income and size: {most}",
            "--peers nearest:{given} 超出可选数量：其他参与排名且收入、规模齐全的单位有{most}个",
        ),
        Words(
            "Ask for fewer, or name the peers: --peers A,B,C.",
            "请减少数量，或用 --peers A,B,C 列出对比单位。",
        ),
    ),
    "U191": Saying(
        ERROR,
        Words("No income or size", "缺少收入或规模"),
        Words(
            "--peers nearest:K needs the income and the size of the units; no column gives: {wanted}",
            "--peers nearest:K 需要各单位的收入与规模；数据中没有：{wanted}",
        ),
        Words(
            "Add the columns, e.g. as context_gdp_per_capita and context_population (in any unit of measure), or name the peers: --peers A,B,C.",
            "请补充相应的列，例如 context_gdp_per_capita 与 context_population（计量单位不限），或用 --peers A,B,C 列出对比单位。",
        ),
    ),
    "U192": Saying(
        ERROR,
        Words("Income or size of the unit missing", "该单位缺少收入或规模"),
        Words(
            "--peers nearest:K: {name} has no positive value of {wanted}",
            "--peers nearest:K：{name}缺少{wanted}的正值",
        ),
        Words(
            "Fill in the cell, or name the peers: --peers A,B,C.",
            "请补填该单元格，或用 --peers A,B,C 列出对比单位。",
        ),
    ),
    "C350": Saying(
        NOTE,
        Words("No range of similar units", "不给出同类单位区间"),
        Words(
            "{units}: no range of units of similar income and size: {why}",
            "{units}：不给出同等收入和规模单位的区间：{why}",
        ),
        Words(
            "Nothing need be done; the scores are as they are without it.",
            "无需处理；得分不受影响。",
        ),
    ),
}
