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
            "Looked for a column of unit names or codes beside indicators named (by id, name or alias) in a head row, in a "
            "column of a long table, or before columns of years; units across the columns have to be transposed. `stiscore inspect` shows what was seen and why it did not "
            "fit; `stiscore template` writes a workbook to fill in.",
            "查找的是：一列单位名称或代码，以及在表头、长表的指标列或年份列之前给出的指标名称（代码、名称或别名）；单位横排的表需先转置。可用 stiscore inspect 查看识别过程及不符合的原因；用 stiscore template 生成可填写的工作簿。",
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
            "the names of the units do not tell the level: '{text}', the first, is neither a province nor an economy that is known",
            "无法根据单位名称判定层级：首个单位“{text}”不是已知的省份或经济体",
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
            "the table holds both economies ({economies}) and provinces ({provinces}); '{text}' is the first of the fewer",
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
            "{called} is wanted in {wanted}, and '{given}' is unknown or cannot be turned into it",
            "{called}的计量单位应为{wanted}，“{given}”无法识别或不能换算",
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
            "{called} was converted from {given} to {wanted} (times {factor:.6g})",
            "{called}已由{given}换算为{wanted}（乘以{factor:.6g}）",
        ),
        Words("Nothing to do if the header is right.", "如列名中的计量单位无误，无需处理。"),
    ),
    "L111": Saying(
        WARNING,
        Words("Measurement not stated", "未注明计量单位"),
        Words(
            "{called} states no measurement and was taken to be in {wanted}",
            "{called}未注明计量单位，已按{wanted}读入",
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
            "{called} is not used at level '{level}' and is not scored",
            "{called}不用于“{level}”层级，不参与评分",
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
    "L116": Saying(
        ERROR,
        Words("Several layouts fit", "有多种可用的版式"),
        Words(
            "the sheet reads about equally well as: {layouts}",
            "该工作表按以下版式读取的匹配度相近：{layouts}",
        ),
        Words(
            "Say which with --layout NAME; `stiscore inspect` shows what speaks for each.",
            "请用 --layout 指定版式；stiscore inspect 列出各版式的依据。",
        ),
    ),
    "L117": Saying(
        ERROR,
        Words("Several tables on one sheet", "同一工作表含多个表"),
        Words("the sheet holds {count} tables: {tables}", "该工作表含{count}个表：{tables}"),
        Words(
            "Say which with --sheet, for instance --sheet '{first}'. To score them together, put them in one table with one "
            "row a unit.",
            "请用 --sheet 指定，例如 --sheet '{first}'。如需合并评分，请先合成每个单位一行的一个表。",
        ),
    ),
    "L118": Saying(
        ERROR,
        Words("Values without a name", "数值未注明指标"),
        Words(
            "the figures under '{column}' are of one indicator, and nothing in the table says which",
            "“{column}”下的数据属于同一指标，但表中未注明是哪一指标",
        ),
        DidYouMean(
            "Say which with --indicator ID, or add a column that names the indicator. `stiscore framework show` lists the ids.",
            "请用 --indicator 指定指标代码，或增加一列指标名称。stiscore framework show 列出全部代码。",
        ),
    ),
    "L119": Saying(
        ERROR,
        Words("No indicator of the table is known", "表中指标均未识别"),
        Words(
            "none of the indicators the table names is known: {names} ({count} in all)",
            "表中有{count}个指标，均未识别：{names}",
        ),
        Words(
            "Name them by id, name or alias, or add these names as aliases in a copy of the framework "
            "(`stiscore framework init`).",
            "请改用指标代码、名称或别名，或在框架副本中将这些名称加为别名（stiscore framework init）。",
        ),
    ),
    "L120": Saying(
        ERROR,
        Words("No such layout", "没有该版式"),
        Words(
            "there is no layout '{layout}'; there are: {layouts}",
            "没有名为“{layout}”的版式；现有：{layouts}",
        ),
        Words("Give one of these with --layout.", "请用 --layout 指定上述版式之一。"),
    ),
    "L121": Saying(
        NOTE,
        Words("Hidden rows read", "读取了隐藏行"),
        Words(
            "rows with figures that the sheet hides were read like the others: {rows} ({count} in all)",
            "工作表中有{count}个含数据的隐藏行，已与其他行一样读取：{rows}",
        ),
        Words(
            "Delete the rows if they are not meant to count.",
            "如不应计入，请删除这些行。",
        ),
    ),
    "L122": Saying(
        ERROR,
        Words("Range outside the sheet", "区域超出工作表"),
        Words(
            "the range '{range}' holds no cell of the sheet",
            "区域“{range}”不含该工作表的任何单元格",
        ),
        Words(
            "Give a range such as Sheet1!A4:H40 that lies within the sheet.",
            "请给出位于工作表内的区域，如 Sheet1!A4:H40。",
        ),
    ),
    "L123": Saying(
        WARNING,
        Words("Narrower scope", "统计范围较窄"),
        Words(
            "column '{column}' would be {indicator}, but the table's title speaks of a narrower scope; it was not read",
            "列“{column}”本可对应{indicator}，但表题所示统计范围较窄，未读入",
        ),
        Words(
            "Head the column by the id {indicator} if it does cover the whole.",
            "如该列确为全口径数据，请以代码{indicator}作为列名。",
        ),
    ),
    "L124": Saying(
        WARNING,
        Words("Amount without a measurement", "数据未注明计量单位"),
        Words(
            "column '{column}' is an amount and does not say in what it is measured; it was not read",
            "列“{column}”未注明计量单位，未读入",
        ),
        Words(
            "Write the measurement behind the name or in a row of measurements, e.g. '{column} ({wanted})': 万元 and 亿元 "
            "differ 10,000-fold, so none is assumed.",
            "请在列名后或单位行中注明计量单位，如“{column}（{wanted}）”。万元与亿元相差一万倍，因此不作推定。",
        ),
    ),
    "L125": Saying(
        ERROR,
        Words("Rows not told apart", "各行无法区分"),
        Words(
            "'{label}' stands in {count} rows, and no column names what tells them apart by a known indicator",
            "“{label}”出现在{count}行中，且没有一列以已知指标加以区分",
        ),
        Words(
            "Head the column that tells the rows apart 'indicator' and name its entries by id, name or alias; or give one row "
            "a unit with one column an indicator.",
            "请将区分各行的列命名为“指标”，并以指标代码、名称或别名填写；或改为每个单位一行、每个指标一列。",
        ),
    ),
    "L126": Saying(
        NOTE,
        Words("Read under the title's scope", "按表题范围读取"),
        Words(
            "column '{column}' was read as {indicator}: the table's title speaks of that narrower scope",
            "列“{column}”已按{indicator}读取：表题所示统计范围较窄",
        ),
        Words(
            "Nothing to do if the title holds for this column; else head it by the id of what it is.",
            "如表题适用于该列，无需处理；否则请以相应代码作为列名。",
        ),
    ),
    "L127": Saying(
        WARNING,
        Words("Error without its column", "误差列缺少对应列"),
        Words(
            "column '{column}' gives the error of {indicator}, of which no column was read; it was not used",
            "列“{column}”为{indicator}的误差，但未读入{indicator}的数据列，因此未使用",
        ),
        Words(
            "Add the column of the figures themselves, or remove this one. Where another message says why they were not "
            "read, mend that first.",
            "请补充该指标的数据列，或删除此列。如另有提示说明数据列未读入的原因，请先按其处理。",
        ),
    ),
    "L128": Saying(
        WARNING,
        Words("Half an interval", "区间只有一端"),
        Words(
            "column '{column}' holds one end of an interval of {indicator}, and no column holds the other; it was not used",
            "列“{column}”为{indicator}区间的一端，没有另一端的列，因此未使用",
        ),
        Words(
            "Give both ends ('low' and 'high' after the name), or a standard error ('se').",
            "请同时给出区间两端（列名后加“下限”“上限”），或给出标准误（列名后加“标准误”）。",
        ),
    ),
    "L129": Saying(
        WARNING,
        Words("Error given twice", "误差重复给出"),
        Words(
            "column '{column}' gives an error of {indicator} that another column gives already; it was not used",
            "列“{column}”为{indicator}的误差，而另一列已给出，因此未使用",
        ),
        Words(
            "Nothing to do if the other one is right: a standard error comes before an interval, and the first before the "
            "second. Otherwise remove that one.",
            "标准误优先于区间，同类误差以先出现者为准。如已采用的一列无误，无需处理；否则请删除该列。",
        ),
    ),
}
