"""What is said of a unit's peers, and of units of similar income and size."""

from __future__ import annotations

from collections.abc import Sequence

from stiscore.words import Lang, Words

PEERS: dict[str, Words] = {
    "everyone": Words("all other ranked units", "其余参与排名的全部单位"),
    "named_peers": Words("the peers named", "指定的对比单位"),
    "nearest": Words("the {n} units nearest in income and size", "收入和规模最接近的{n}个单位"),
    "nearest_by": Words(
        "Nearest: by distance in the logarithms of income ({income}) and size ({size}), each in "
        "standard deviations of the ranked units.",
        "“最接近”按收入（{income}）和规模（{size}）的对数计算距离，"
        "两者均以参与排名单位的标准差为单位。",
    ),
    "not_ranked": Words(
        "Not ranked, so not among the peers: {units}.", "未参与排名、不计入对比单位：{units}。"
    ),
    "income": Words("income", "收入"),
    "size": Words("size", "规模"),
    "wanted": Words("{variable} ({columns})", "{variable}（{columns}）"),
    "list": Words("; ", "；"),
    "names": Words("; ", "、"),
    "and": Words(" and ", "和"),
    "units": Words("Peers: {units}.", "对比单位包括：{units}。"),
    "rank": Words(
        "Rank {rank} of {of} among {name}; median score of the others: {median}.",
        "在{name}中排名第{rank}（共{of}个单位）；其余单位得分中位数：{median}。",
    ),
    "rank_with": Words(
        "Rank {rank} of {of} among itself and {name}; their median score: {median}.",
        "与{name}一并排序，位列第{rank}（共{of}个单位）；后者得分中位数：{median}。",
    ),
    "no_rank": Words(
        "Not ranked; median score of {name} (ranked units: {n}): {median}.",
        "未参与排名；{name}（参与排名的单位{n}个）得分中位数：{median}。",
    ),
    "median": Words("Peer median", "对比组中位数"),
    "few_have": Words(
        "Medians that rest on fewer than the {n} peers: {names}.",
        "以下中位数所依据的对比单位不足{n}个：{names}。",
    ),
    "have": Words("{name} {n}", "{name}（{n}个）"),
    "within": Words(
        "Score {score} lies within {low}-{high}, {range}",
        "得分{score}处于{low}-{high}之内：{range}",
    ),
    "below": Words(
        "Score {score} lies below {low}-{high}, {range}", "得分{score}低于{low}-{high}：{range}"
    ),
    "above": Words(
        "Score {score} lies above {low}-{high}, {range}", "得分{score}高于{low}-{high}：{range}"
    ),
    "range": Words(
        "where {share:.0%} of units of similar income and size would score, going by the other "
        "{n}; not what it ought to score.",
        "如得分与收入、规模的关系同其余{n}个单位一致，同等收入和规模的单位中有{share:.0%}的得分在此区间；"
        "仅为描述，并非应达到的水平。",
    ),
    "outside": Words(
        "No range of units of similar income and size: {why}.",
        "不给出同等收入和规模单位的得分区间：{why}。",
    ),
}

# Why there is no range of units of similar income and size.
WHY: dict[str, Words] = {
    "no_columns": Words("no column gives {wanted}", "数据中没有{wanted}"),
    "not_ranked": Words("the unit is not ranked", "该单位未参与排名"),
    "no_figure": Words("the unit has no positive value of {wanted}", "该单位缺少{wanted}的正值"),
    "few": Words(
        "{n} other ranked units have both, and {least} are needed",
        "其他参与排名且两者齐全的单位有{n}个，至少需要{least}个",
    ),
    "outside": Words(
        "{variables} outside the span of all other ranked units",
        "其{variables}超出其他参与排名单位的范围",
    ),
    "alike": Words(
        "among the other units income and size tell the same, or nothing",
        "其余单位的收入与规模完全相关，或没有差异",
    ),
}


def parted(told: Sequence[Words], mark: str = "list") -> Words:
    """Words in one line, parted by a mark of ``PEERS``.

    >>> parted([PEERS["income"], PEERS["size"]], "and").en
    'income and size'
    """
    return Words(
        PEERS[mark].en.join(each.en for each in told), PEERS[mark].zh.join(each.zh for each in told)
    )


def said(key: str, lang: Lang, **fields: object) -> str:
    """A sentence on peers in ``lang``.

    >>> said("nearest", "en", n=5)
    'the 5 units nearest in income and size'
    """
    return PEERS[key].say(lang, **fields)
