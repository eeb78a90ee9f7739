"""What a comparison says."""

from __future__ import annotations

from stiscore.words import Lang, Words

COMPARE: dict[str, Words] = {
    "units": Words("Compared: {units}.", "比较对象：{units}。"),
    "all_units": Words("Compared: all {n} units.", "比较对象：全部{n}个单位。"),
    "group_units": Words("Compared: the {n} units of {group}.", "比较对象：{group}的{n}个单位。"),
    "from_first": Words(
        "+/-: difference from {unit}; the leader is the highest score among ranked units.",
        "+/-为与{unit}之差；领先者为参与排名单位中得分最高者。",
    ),
    "against": Words(
        "Peers: {group}, {n} ranked units other than those compared.",
        "对比组：{group}，除被比较单位外参与排名的单位{n}个。",
    ),
    "unranked": Words(
        "Not ranked: {units}; nobody leads or ranks above them.",
        "未参与排名：{units}；不比较其先后，也不认定领先者。",
    ),
    "neighbours": Words(
        "Neighbours in rank (JSON holds every pair):", "位次相邻的单位（JSON包含所有单位对）："
    ),
    "tables": Words("Compared: {tables}.", "比较的表：{tables}。"),
    "table": Words(
        "{label} ({ranked} of {of} ranked)", "{label}（{of}个单位中{ranked}个参与排名）"
    ),
    "on_goalposts": Words(
        "One scale for all tables: the goalposts of the framework; level: {level}.",
        "各表采用同一标尺：框架的标杆值；层级：{level}。",
    ),
    "on_pool": Words(
        "One scale for all tables, fitted on their {rows} rows together; level: {level}.",
        "各表采用同一标尺，由全部{rows}行数据共同确定；层级：{level}。",
    ),
    "on_table": Words(
        "One scale for all tables, fitted on the {rows} rows of {table}; level: {level}.",
        "各表采用同一标尺，由{table}的{rows}行数据确定；层级：{level}。",
    ),
    "on_each": Words(
        "Every table on a scale of its own, fitted on its own rows; level: {level}.",
        "各表分别采用由自身数据确定的标尺；层级：{level}。",
    ),
    "on_saved": Words(
        "One scale for all tables: the saved frame; level: {level}.",
        "各表采用同一标尺：已保存的标尺；层级：{level}。",
    ),
    "left_out": Words(
        "Scored on the columns that all tables have. Left out: {columns}.",
        "仅按各表共有的列评分。未采用：{columns}。",
    ),
    "not_in": Words("{column} (not in {tables})", "{column}（{tables}中没有）"),
    "largest": Words("Largest differences: {told}.", "差异最大的领域：{told}。"),
    "and": Words(" and ", "和"),
    "leads": Words("{unit} leads in {area} ({by})", "{unit}在{area}领先（{by}）"),
    "leads_on": Words(
        "{unit} leads in {area} ({by} on {last})", "{unit}在{area}领先（较{last}{by}）"
    ),
    "lead_together": Words(
        "{unit} lead together in {area} ({by} on {last})", "{unit}在{area}并列领先（较{last}{by}）"
    ),
    "from_peers": Words(
        "Largest differences from the peer median: {told}.",
        "与对比组中位数差异最大的领域：{told}。",
    ),
    "largest_changes": Words("Largest changes: {told}.", "变化最大的领域：{told}。"),
    "in_area": Words("{area} {by}", "{area} {by}"),
    "no_difference": Words("No area differs.", "各领域没有差异。"),
    "change_to": Words("Changes are from {label}.", "变化均相对{label}计算。"),
    "other_cells": Words(
        "~ not the same indicators have values: part of the change is a change in coverage.",
        "~ 前后有数据的指标不同：变化中有一部分来自覆盖范围的变化。",
    ),
    "dash": Words("-: not measured, or not ranked; never 0.", "-：未测量或不排名，并非0。"),
    "rank_of": Words("Rank of {n}", "排名（共{n}）"),
    "rank_in": Words("Rank in {group}, of {n}", "{group}内排名（共{n}）"),
    "in_group": Words("In group", "组内"),
    "leader": Words("Leads", "领先者"),
    "smallest": Words("Smallest", "最小者"),
    "tie": Words("tie", "并列"),
    "lowest": Words("Lowest", "最低者"),
    "largest_gap": Words("Largest", "最大者"),
    "spread": Words("Spread", "极差"),
    "difference": Words("+/-", "+/-"),
    "peer_median": Words("Peer median", "对比组中位数"),
    "peers": Words("Peers", "对比单位数"),
    "from_median": Words("From median", "与中位数之差"),
    "change": Words("Change", "变化"),
    "rank_change": Words("Rank change", "位次变化"),
    "who_leads": Words("Who leads where", "各领域领先者"),
    "context": Words("Context, not scored", "背景指标，不评分"),
    "measure": Words("Measure", "项目"),
    "data": Words("data {file} sha256 {sha}", "数据 {file} sha256 {sha}"),
    "see_errors": Words(
        "Errors set aside: {n}; -v lists them.", "已搁置的错误{n}项，可用 -v 查看。"
    ),
    "see_verbose": Words("Warnings: {n}; -v lists them.", "警告{n}项，可用 -v 查看。"),
}


def said(key: str, lang: Lang, **fields: object) -> str:
    """A sentence or head of a comparison in ``lang``.

    >>> said("rank_of", "zh", n=29)
    '排名（共29）'
    """
    return COMPARE[key].say(lang, **fields)
