"""L1xx: which table is read, at which level, and what its columns mean."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, WARNING, Saying
from stiscore.words.faults.suggesting import DidYouMean

NO_YEARS = Words("no year column", "没有年份列")

SAYINGS: dict[str, Saying] = {
    "L101": Saying(
        ERROR,
        Words("No table found", "未找到数据表"),
        Words(
            "no table of units and indicators was found",
            "未找到“单位×指标”形式的数据表",
        ),
        Words(
            "Looked for a row that names indicators (by id, name or alias) above one row a unit, with a column of unit "
            "names or codes. A long table (one row a unit, year and indicator) or years across the columns must be pivoted "
            "to that form first. `stiscore sample` writes a workbook that is read as it is.",
            "查找的是：一行列名（指标代码、名称或别名），其下每个单位一行，并有一列单位名称或代码。长表（每行为一个单位、年份和指标）或年份横排的表需先转换为上述形式。可用 stiscore sample 生成可直接读取的示例工作簿。",
        ),
    ),
    "L102": Saying(
        ERROR,
        Words("Several tables fit", "有多个可用的工作表"),
        Words("several sheets fit equally well: {sheets}", "以下工作表均可作为数据表：{sheets}"),
        Words("Say which with --sheet NAME.", "请用 --sheet 指定工作表名称。"),
    ),
    "L103": Saying(
        ERROR,
        Words("No such sheet", "没有该工作表"),
        Words(
            "there is no sheet '{sheet}'; there are: {sheets}",
            "没有名为“{sheet}”的工作表；现有：{sheets}",
        ),
        Words("Give one of these names with --sheet.", "请用 --sheet 指定上述名称之一。"),
    ),
    "L104": Saying(
        ERROR,
        Words("Level not clear", "无法判定层级"),
        Words(
            "the units do not tell the level: the first, '{text}', is of no registry that one level of the framework uses",
            "无法根据单位判定层级：首个单位“{text}”不属于框架任一层级的名录",
        ),
        Words(
            "Name provinces or economies as the source does, or give --level ({levels}) and, for units of your own, "
            "--units any.",
            "请按来源使用省份或经济体的名称；或用 --level 指定层级（{levels}），自定单位另加 --units any。",
        ),
    ),
    "L105": Saying(
        NOTE,
        Words("Several years", "含多个年份"),
        Words("the table holds {count} periods: {periods}", "表中含{count}个年份：{periods}"),
        Words(
            "The latest, {latest}, is scored; choose another with --year.",
            "按最近年份{latest}评分；其他年份请用 --year 指定。",
        ),
    ),
    "L106": Saying(
        WARNING,
        Words("Unknown column", "未识别的列"),
        Words("column '{column}' is not known and was not read", "列“{column}”未能识别，未读入"),
        DidYouMean(
            "Head it by an indicator's id, name or alias if it should count.",
            "如需计入，请以指标代码、名称或别名作为列名。",
        ),
    ),
    "L107": Saying(
        ERROR,
        Words("Two columns mean the same", "两列指向同一指标"),
        Words(
            "column '{column}' means {indicator}, which column '{first}' already holds",
            "列“{column}”对应{indicator}，而列“{first}”已对应该指标",
        ),
        Words(
            "Keep one of the two, or rename the other.", "请只保留其中一列，或更改另一列的列名。"
        ),
    ),
    "L108": Saying(
        ERROR,
        Words("Levels mixed", "层级混用"),
        Words(
            "the table holds {economies} economies and {provinces} provinces; '{text}' is the first that is not of the "
            "larger group",
            "表中含{economies}个经济体和{provinces}个省份；“{text}”是较少一类中的第一个",
        ),
        Words(
            "Provincial and national scores cannot be compared. Split the table, or choose the rows of one level with --level.",
            "省级得分与国家（地区）得分不可比较。请拆分表格，或用 --level 只保留一个层级。",
        ),
    ),
    "L109": Saying(
        ERROR,
        Words("Measurement not understood", "计量单位无法识别"),
        Words(
            "{column} is wanted in {wanted}, and '{given}' is not known as a measurement of that kind",
            "{column}的计量单位应为{wanted}，“{given}”无法识别或不能换算",
        ),
        Words(
            "Correct the measurement in the header or unit row, or give the figures in {wanted}.",
            "请更正列名或单位行中的计量单位，或改用{wanted}提供数据。",
        ),
    ),
    "L110": Saying(
        NOTE,
        Words("Measurement converted", "计量单位已换算"),
        Words(
            "{column} was converted from {given} to {wanted} (times {factor:.6g})",
            "{column}已由{given}换算为{wanted}（乘以{factor:.6g}）",
        ),
        Words("Nothing to do if the header is right.", "如列名中的计量单位无误，无需处理。"),
    ),
    "L111": Saying(
        WARNING,
        Words("Measurement not stated", "未注明计量单位"),
        Words(
            "{column} states no measurement and was taken to be in {wanted}",
            "{column}未注明计量单位，已按{wanted}读入",
        ),
        Words(
            "Head the column with its measurement, e.g. 'name ({wanted})'.",
            "请在列名中注明计量单位，如“名称（{wanted}）”。",
        ),
    ),
    "L112": Saying(
        WARNING,
        Words("Not used at this level", "本层级不使用"),
        Words(
            "{column} is not used at level '{level}' and is not scored",
            "{column}不用于“{level}”层级，不参与评分",
        ),
        Words(
            "Leave it, or use an indicator of this level; `stiscore framework show` lists them.",
            "可保留，或改用本层级的指标；stiscore framework show 列出全部指标。",
        ),
    ),
    "L113": Saying(
        ERROR,
        Words("No such level", "没有该层级"),
        Words(
            "the framework has no level '{level}'; it has: {levels}",
            "框架中没有“{level}”层级；现有：{levels}",
        ),
        Words("Give one of these with --level.", "请用 --level 指定上述层级之一。"),
    ),
    "L114": Saying(
        ERROR,
        Words("No such year", "没有该年份"),
        Words(
            "no row is of {period}; the table holds: {periods}",
            "没有{period}年的数据；表中年份：{periods}",
        ),
        Words("Give one of these with --year.", "请用 --year 指定上述年份之一。"),
    ),
    "L115": Saying(
        ERROR,
        Words("Frame of another level", "标尺层级不符"),
        Words(
            "the data are of level '{level}', the saved frame is of level '{frame}'",
            "数据层级为“{level}”，已保存的标尺层级为“{frame}”",
        ),
        Words(
            "Scores of different levels cannot be compared; use a frame saved from data of this level.",
            "不同层级的得分不可比较；请使用同一层级数据保存的标尺。",
        ),
    ),
}
