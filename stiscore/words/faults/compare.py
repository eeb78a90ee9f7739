"""U14x and C33x: what cannot be put side by side, and what a comparison leaves out."""

from __future__ import annotations

from typing import NamedTuple

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, WARNING, Saying


class Parts(NamedTuple):
    """What stands on scales of its own (C337), and which of them may give the one scale."""

    each: Words
    base: Words


TABLES = Parts(Words("table", "表"), Words("the label of the table to stand on", "某一张表"))
YEARS = Parts(Words("year", "年"), Words("the year to stand on", "某一年"))

SAYINGS: dict[str, Saying] = {
    "U140": Saying(
        ERROR,
        Words("Peers not understood", "对比单位格式有误"),
        Words(
            "--peers takes `group`, nearest:K (K at least 1), a group or units parted by commas, not '{given}'",
            "--peers 可为 group、nearest:K（K 不小于 1）、对比组名称，或以逗号分隔的单位名称，不能为“{given}”",
        ),
        Words(
            "Write --peers group for the unit's own peer group, --peers nearest:5 for the five nearest in income and size, --peers A,B,C for units of your choice, or --group NAME.",
            "用 --peers group 表示该单位所属的对比组，用 --peers nearest:5 表示收入与规模最接近的5个单位，用 --peers A,B,C 自选单位，或用 --group 指定对比组。",
        ),
    ),
    "U141": Saying(
        ERROR,
        Words("Several saved frames", "标尺不止一个"),
        Words(
            "--frame was given {count} times; what is compared must stand on one frame",
            "--frame 给出了{count}次；相互比较的得分须采用同一标尺",
        ),
        Words("Give one frame.", "请只指定一个标尺。"),
    ),
    "U142": Saying(
        ERROR,
        Words("Peers of whom", "未指定被对比的单位"),
        Words("--peers needs a unit whose peers they are", "--peers 须与被对比的单位同时使用"),
        Words(
            "Name it with -u; or leave --peers out to see all units.",
            "请用 -u 指定该单位；如需查看全部单位，请去掉 --peers。",
        ),
    ),
    "U143": Saying(
        ERROR,
        Words("No peer group", "没有所属对比组"),
        Words(
            "{name} belongs to no peer group of level '{level}'",
            "{name}不属于“{level}”层级的任何对比组",
        ),
        Words(
            "Name the peers with --peers A,B,C, or a group with --group NAME.",
            "请用 --peers A,B,C 列出对比单位，或用 --group 指定对比组。",
        ),
    ),
    "U144": Saying(
        ERROR,
        Words("Nothing to compare with", "没有可对比的对象"),
        Words("{name} stands alone: one unit of one table", "只有{name}一个单位、一张表"),
        Words(
            "Name another unit with -u, peers with --peers or --group, or give another file or year.",
            "请用 -u 再指定一个单位，用 --peers 或 --group 指定对比组，或再给出一个文件或年份。",
        ),
    ),
    "U145": Saying(
        ERROR,
        Words("Unit named twice", "单位重复"),
        Words("'{first}' and '{second}' are the same unit", "“{first}”与“{second}”是同一单位"),
        Words("Name each unit once.", "每个单位只需指定一次。"),
    ),
    "U146": Saying(
        ERROR,
        Words("Two sets of peers", "对比组重复指定"),
        Words(
            "--group and --peers A,B,C each name the peers",
            "--group 与 --peers A,B,C 均指定了对比单位",
        ),
        Words("Keep one of the two.", "请只保留其中一项。"),
    ),
    "U147": Saying(
        ERROR,
        Words("Years asked twice", "年份重复指定"),
        Words("--years all and --year exclude each other", "--years all 与 --year 不能同时使用"),
        Words("Keep one of the two.", "请只保留其中一项。"),
    ),
    "U148": Saying(
        ERROR,
        Words("Peers not in the data", "数据中没有对比单位"),
        Words(
            "the data hold no unit of the peer group '{peers}' other than those compared",
            "数据中除被对比单位外，没有对比组“{peers}”的其他单位",
        ),
        Words("Choose another group.", "请改用其他对比组。"),
    ),
    "U149": Saying(
        ERROR,
        Words("No table", "没有表"),
        Words("no table was given to compare", "没有给出可比较的表"),
        Words("Give one table or several.", "请给出一张或多张表。"),
    ),
    "U150": Saying(
        ERROR,
        Words("Two scales", "标尺重复指定"),
        Words(
            "--scale {scale} and --frame each give the scale",
            "--scale {scale} 与 --frame 均指定了标尺",
        ),
        Words("Keep one of the two.", "请只保留其中一项。"),
    ),
    "U151": Saying(
        ERROR,
        Words("Only one year", "仅有一个年份"),
        Words(
            "trends need two years or more; asked for is {year}, and the file holds: {periods}",
            "趋势至少需要两个年份；所选年份为{year}，文件中有：{periods}",
        ),
        Words(
            "Give a range with --years FROM:TO, or a file that holds several years.",
            "请用 --years 起:止 指定年份范围，或使用含多个年份的文件。",
        ),
    ),
    "C330": Saying(
        ERROR,
        Words("Same table twice", "同一数据重复"),
        Words(
            "{name} stands in two tables that nothing tells apart: {first} and {second}",
            "{name}同时出现在无法区分的两张表中：{first}与{second}",
        ),
        Words(
            "Two files of one year are told apart by their names: rename one of them, or leave it out.",
            "同一年份的两个文件以文件名区分：请为其中一个改名，或去掉一个。",
        ),
    ),
    "C331": Saying(
        WARNING,
        Words("Column not in every table", "并非各表共有的列"),
        Words(
            "{indicator} has no value in {lacking}: left out of all scores of this comparison",
            "{lacking}中没有{indicator}的数据：本次比较的所有得分均不含该指标",
        ),
        Words(
            "Add the column there, or read these scores as resting on the columns all tables have.",
            "请在相应表中补充该列；否则此处得分仅依据各表共有的列。",
        ),
    ),
    "C332": Saying(
        ERROR,
        Words("Different levels", "层级不同"),
        Words(
            "{first} is of level '{level}', {second} of level '{other}'",
            "{first}的层级为“{level}”，{second}的层级为“{other}”",
        ),
        Words(
            "Scores of different levels cannot be compared; give files of one level.",
            "不同层级的得分不可比较；请给出同一层级的文件。",
        ),
    ),
    "C333": Saying(
        NOTE,
        Words("Ranks over other units", "排名范围不同"),
        Words(
            "no change in rank between {first} and {second}: the ranked units differ ({units})",
            "不给出{first}与{second}之间的位次变化：参与排名的单位不同（{units}）",
        ),
        Words(
            "Compare the scores, or compare tables that rank the same units.",
            "请比较得分，或使用参与排名单位相同的表。",
        ),
    ),
    "C334": Saying(
        NOTE,
        Words("Tables with other columns", "各表的列不同"),
        Words(
            "no changes in rank: the tables do not have the same columns",
            "不给出位次变化：各表的列不同",
        ),
        Words(
            "Compare the scores; they rest on the columns all tables have.",
            "请比较得分；得分仅依据各表共有的列。",
        ),
    ),
    "C335": Saying(
        ERROR,
        Words("No common column", "没有共有的列"),
        Words(
            "no scored indicator has values in every table ({tables})",
            "没有任何评分指标在各表（{tables}）中均有数据",
        ),
        Words(
            "`stiscore inspect FILE` shows which columns each file has.",
            "可用 stiscore inspect 查看各文件含有的列。",
        ),
    ),
    "C336": Saying(
        NOTE,
        Words("Unit not in every table", "单位未出现在各表中"),
        Words("{name} is not in {lacking}", "{lacking}中没有{name}"),
        Words(
            "Its change cannot be told and nothing is filled in. If the table should have it, check how it is named there.",
            "无法给出其变化，也不作任何填补。如该表应有此单位，请核对表中的名称。",
        ),
    ),
    "C337": Saying(
        NOTE,
        Words("Every table on its own scale", "各表标尺不同"),
        Words(
            "no change of a score or a rank is given: with --scale {scale} every {table_or_year} stands on a scale of its own, learned from its rows ({methods})",
            "不给出得分和位次的变化：采用 --scale {scale} 时，各{table_or_year}的标尺由自身数据确定（{methods}）",
        ),
        Words(
            "For changes score all {table_or_year}s on one scale: --scale pooled, or {base}.",
            "如需比较各{table_or_year}的变化，请采用同一标尺：--scale pooled，或以{base}为标尺。",
        ),
    ),
    "C338": Saying(
        NOTE,
        Words("Rows without a year", "无年份的行"),
        Words(
            "{count} rows without a year play no part in trends ({periods})",
            "{count}行没有年份，不计入趋势（{periods}）",
        ),
        Words(
            "Give each row its year, or leave such rows out.", "请为各行补充年份，或去除这些行。"
        ),
    ),
}
