"""What the table of weights says, and the saved file of them."""

from __future__ import annotations

from stiscore.words import Lang, Words

WEIGHTS: dict[str, Words] = {
    "head": Words("Weights by {method}", "按{method}确定的权重"),
    "step": Words("{method} ({step})", "{method}（{step}）"),
    "node": Words("Node", "节点"),
    "declared": Words("Declared in group", "组内 设定权重"),
    "local": Words("In group", "组内 权重"),
    "declared_effective": Words("Declared in index", "指数 设定权重"),
    "effective": Words("In index", "指数 权重"),
    "difference": Words("Differ- ence", "差异"),
    "columns": Words(
        "In per cent, for the columns this file has; the difference is in percentage points of the index.",
        "单位为%，按本文件所含的列计算；差异为占指数的百分点。",
    ),
    "judged": Words("Consistency of the judgements", "判断的一致性"),
    "group": Words("Group", "组"),
    "things": Words("Parts", "项数"),
    "lambda_max": Words("Largest eigenvalue", "最大 特征值"),
    "ratio": Words("Consistency ratio", "一致性 比率"),
    "own": Words("Share of each unit's score in {group}", "各单位在{group}得分中的构成"),
    "unit": Words("Unit", "单位"),
    "score": Words("Score", "得分"),
    "elsewhere": Words(
        "The shares inside {groups} are in -F json and -F csv.",
        "{groups}内部的构成见 -F json 和 -F csv。",
    ),
    "saved": Words(
        "wrote {file}: use it with --preset {file}", "已写入{file}：可用 --preset {file} 采用"
    ),
    "saved_with": Words(
        "wrote {file}: use it with --preset {file} {methods}",
        "已写入{file}：可用 --preset {file} {methods} 采用",
    ),
}

# One line a method, beneath the table.
ABOUT: dict[str, Words] = {
    "data": Words(
        "Weights read from data tell spread or correlation in this table, not importance: that is a matter of judgement (OECD/JRC Handbook 2008, step 6).",
        "由数据得出的权重反映本表数据的离散程度或相关性，并不代表重要性；重要性须由判断确定（OECD/JRC手册2008年版，第6步）。",
    ),
    "critic": Words(
        "CRITIC works on scores after direction: cost indicators are turned before spread and correlation are taken.",
        "CRITIC法基于正向化后的得分：逆向指标先行转向，再计算离散程度和相关系数。",
    ),
    "benefit-of-the-doubt": Words(
        "A unit's score by benefit of the doubt is unique, its weights are not: other weights may give the same score. In the table stand mean shares of the score.",
        "疑点利益法（BoD）的得分唯一，权重并不唯一：不同权重可得到相同得分。表中为得分构成的均值。",
    ),
    "ahp": Words(
        "Judgements with a consistency ratio above {limit:.2f} should be asked for again (Saaty).",
        "一致性比率高于{limit:.2f}的判断应重新征询（萨蒂）。",
    ),
    "budget": Words(
        "Budget allocation: the mean share of the points each expert gave inside the group.",
        "预算分配法：各专家在组内分配点数所占比重的均值。",
    ),
    "balanced": Words(
        "Balanced weights are those under which each part's importance in the data is what its declared weight says.",
        "平衡权重使各项内容在数据中的实际影响与其设定权重一致。",
    ),
}

# Above all in a saved file.
PRESET = Words(
    "Weights saved by `stiscore weights`; `--preset` with this file's name declares them.",
    "由 stiscore weights 保存的权重；用 --preset 加本文件名即可采用。",
)
# What options take, in U103: of sheets, the method that reads them.
SHEETS: dict[str, Words] = {
    "--pairwise": Words("judgements for --method ahp", "用于 --method ahp 的判断表"),
    "--points": Words("points for --method budget", "用于 --method budget 的打分表"),
    "--save": Words("a name that ends in .yaml or .yml", "以.yaml或.yml结尾的文件名"),
}


def say(key: str, lang: Lang, **fields: object) -> str:
    """A label or sentence of the table of weights in ``lang``.

    >>> say("head", "en", method="entropy")
    'Weights by entropy'
    """
    return WEIGHTS[key].say(lang, **fields)
