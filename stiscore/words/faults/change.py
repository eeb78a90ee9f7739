"""Faults of `diff`."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, WARNING, Saying

SAYINGS: dict[str, Saying] = {
    "U164": Saying(
        ERROR,
        Words("No unit in common", "没有共有单位"),
        Words("{old} and {new} have no unit in common", "{old}与{new}没有共有的单位"),
        Words(
            "`stiscore inspect FILE` shows which units each file has; give tables of the same units.",
            "可用 stiscore inspect 查看各文件的单位；请给出单位相同的表。",
        ),
    ),
    "U165": Saying(
        ERROR,
        Words("Only one side", "缺少对照"),
        Words(
            "a diff needs two sides: {file} was given once, in one year and under one framework",
            "变化分解须有变化前、变化后两方：仅给出{file}一个文件、一个年份和一个框架",
        ),
        Words(
            "Give a second file, two years with --year FROM:TO, or --new-framework, --new-method or --new-weights.",
            "请再给出一个文件，或用 --year 起:止 指定两个年份，或使用 --new-framework、--new-method 或 --new-weights。",
        ),
    ),
    "U166": Saying(
        ERROR,
        Words("A saved frame and another framework", "标尺与框架冲突"),
        Words(
            "--frame puts both sides on one saved frame, without a framework, weights or methods of the new side",
            "--frame 要求前后采用同一已保存的标尺，不能再为变化后一方指定框架、权重或方法",
        ),
        Words("Keep one of the two.", "请只保留其中一项。"),
    ),
    "C344": Saying(
        NOTE,
        Words("Other indicators", "指标不同"),
        Words(
            "no change of rank: one side alone scores {indicators}",
            "不给出位次变化：{indicators}仅在一方评分",
        ),
        Words(
            "Read the scores: what such indicators moved is under coverage.",
            "请看得分：与此类指标对应的变化列在“覆盖”一栏。",
        ),
    ),
    "C345": Saying(
        NOTE,
        Words("Other goalposts", "标杆值不同"),
        Words(
            "no change of rank: the declared scale of {indicators} differs",
            "不给出位次变化：{indicators}的标尺不同",
        ),
        Words(
            "Read the scores: what another scale moved is under frame.",
            "请看得分：与标尺不同对应的变化列在“标尺”一栏。",
        ),
    ),
    "C346": Saying(
        NOTE,
        Words("Files without a year", "文件未注明年份"),
        Words(
            "{files} does not say its year: figures that differ are told as data, and may be revisions",
            "{files}未注明年份：数值差异计入“数据”，其中可能含有修订",
        ),
        Words(
            "Give each table a column with its year, so that revisions are told apart.",
            "请在表中增加年份列，以便区分修订。",
        ),
    ),
    "C347": Saying(
        NOTE,
        Words("Mixture without scores", "无法计算的组合"),
        Words(
            "no scores where only {factors} is of the new side: {why}. Orders through it are left out",
            "仅{factors}取自变化后一方时无法得出得分：{why}；经过该组合的顺序未计入",
        ),
        Words(
            "The split rests on the other orders and still adds up.",
            "分解以其余顺序为依据，各部分之和仍等于总变化。",
        ),
    ),
    "C348": Saying(
        WARNING,
        Words("Change not split", "变化未能分解"),
        Words(
            "the change of {units} stands whole: no order of {factors} can be computed step by step",
            "{units}的变化未作分解：{factors}依次变化的任一顺序均无法逐步计算",
        ),
        Words(
            "Change one thing at a time: give a framework or a table in between.",
            "请逐项变更：给出介于两者之间的框架或表。",
        ),
    ),
    "C349": Saying(
        NOTE,
        Words("Unit on one side only", "单位仅见于一方"),
        Words("{units}: only in {label}", "仅{label}有：{units}"),
        Words(
            "There is no change to tell. If the other table should have it, check how it is named there.",
            "不计算变化。如另一张表应有此单位，请核对其名称。",
        ),
    ),
}
