"""F14x to F17x: an index of another program (COINr, the COIN Tool) that cannot be taken over."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, Saying

_TREE = Words(
    "Every row of Type Indicator or Aggregate names its Parent, a row of Type Aggregate; only the top has none.",
    "类型为Indicator或Aggregate的行均须以Parent指明上级，上级须为Aggregate行；只有顶层没有上级。",
)
_LAYOUT = Words(
    "Give the workbook as the COIN Tool saved it; docs/coinr.md shows the labels that are looked for.",
    "请提供由COIN Tool保存的原工作簿；所查找的标签见docs/coinr.md。",
)

SAYINGS: dict[str, Saying] = {
    "F141": Saying(
        ERROR,
        Words("Column of iMeta missing", "iMeta缺少必需的列"),
        Words("there is no column '{name}'; the head has {held}", "没有“{name}”列；表头为{held}"),
        Words(
            "iMeta needs the columns iCode, Parent, Type, Direction and Weight, named like that.",
            "iMeta须有iCode、Parent、Type、Direction和Weight各列，列名须与此一致。",
        ),
    ),
    "F142": Saying(
        ERROR,
        Words("Unknown Type", "未知的类型"),
        Words("Type of {id} is '{given}'{hint}", "{id}的类型为“{given}”{hint}"),
        Words(
            "Use Indicator, Aggregate, Group, Denominator or Other.",
            "请使用Indicator、Aggregate、Group、Denominator或Other。",
        ),
    ),
    "F143": Saying(
        ERROR,
        Words("Row without a code", "缺少代码的行"),
        Words("this row has no code", "该行没有代码"),
        Words("Give the row a code, or delete it.", "请补充代码，或删除该行。"),
    ),
    "F144": Saying(
        ERROR,
        Words("Two rows with one code", "两行代码相同"),
        Words("the code '{id}' stands in row {first} already", "代码“{id}”已在第{first}行出现"),
        Words("Give each row a code of its own.", "请为每行设定不同的代码。"),
    ),
    "F145": Saying(
        ERROR,
        Words("Parent that does not exist", "上级不存在"),
        Words(
            "the Parent of {id} is '{given}', and no row of Type Aggregate has that code{hint}",
            "{id}的上级为“{given}”，但没有代码与之相同的Aggregate行{hint}",
        ),
        _TREE,
    ),
    "F146": Saying(
        ERROR,
        Words("Row below itself", "上级关系循环"),
        Words("{id} lies below itself: {path}", "{id}位于自身之下：{path}"),
        _TREE,
    ),
    "F147": Saying(
        ERROR,
        Words("More than one top", "顶层不唯一"),
        Words("{id} has no Parent, and neither has {first}", "{id}没有上级，{first}也没有上级"),
        Words(
            "Put both under one row of Type Aggregate, the index, or take one in each file.",
            "请将二者置于同一Aggregate行（总指数）之下，或分为两个文件。",
        ),
    ),
    "F148": Saying(
        ERROR,
        Words("Indicator without a Parent", "指标没有上级"),
        Words("the indicator {id} has no Parent", "指标{id}没有上级"),
        _TREE,
    ),
    "F149": Saying(
        ERROR,
        Words("Direction is neither 1 nor -1", "方向既不是1也不是-1"),
        Words("Direction of {id} is '{given}'", "{id}的方向为“{given}”"),
        Words(
            "Write 1 where more is better and -1 where less is; an aggregate always has 1.",
            "正向指标填1，逆向指标填-1；汇总行一律为1。",
        ),
    ),
    "F150": Saying(
        ERROR,
        Words("Weight is not above 0", "权重不是正数"),
        Words("Weight of {id} is '{given}'", "{id}的权重为“{given}”"),
        Words(
            "Give a number above 0 and up to 1,000,000; take a row out that is not to count.",
            "请填写大于0且不超过100万的数值；不参与计算的行请删除。",
        ),
    ),
    "F151": Saying(
        ERROR,
        Words("Denominator that does not exist", "分母不存在"),
        Words(
            "the Denominator of {id} is '{given}', and no row of Type Denominator has that code{hint}",
            "{id}的分母为“{given}”，但没有代码与之相同的Denominator行{hint}",
        ),
        Words(
            "Add a row of Type Denominator, or correct the code.",
            "请补充类型为Denominator的行，或更正代码。",
        ),
    ),
    "F152": Saying(
        ERROR,
        Words("Not a number", "不是数值"),
        Words("{name} of {id} is '{given}'", "{id}的{name}为“{given}”"),
        Words("Give a number, or leave the cell empty.", "请填写数值，或将单元格留空。"),
    ),
    "F153": Saying(
        ERROR,
        Words("Aggregate of nothing", "没有下级的汇总行"),
        Words("no row has {id} as its Parent", "没有任何行以{id}为上级"),
        Words("Give it children, or delete the row.", "请为其设置下级，或删除该行。"),
    ),
    "F154": Saying(
        ERROR,
        Words("Reserved code", "保留的代码"),
        Words(
            "'{id}' is the name of a column that plays another part",
            "“{id}”是另有用途的列名",
        ),
        Words("Choose another code, here and in the data.", "请在此处及数据中改用其他代码。"),
    ),
    "F155": Saying(
        ERROR,
        Words("No indicator", "没有指标"),
        Words("no row is an indicator", "没有任何指标行"),
        Words("Check that this is the right file.", "请确认所给文件无误。"),
    ),
    "F156": Saying(
        ERROR,
        Words("Goalposts that do not rise", "标杆值未由低到高"),
        Words(
            "goalposts of {id} run from {low:g} to {high:g}",
            "{id}的标杆值为{low:g}至{high:g}",
        ),
        Words(
            "Give the lower value first, also where less is better.",
            "请先写较小值，逆向指标亦然。",
        ),
    ),
    "F157": Saying(
        ERROR,
        Words("Tree too deep", "层次过多"),
        Words("{id} lies more than {limit} steps below the top", "{id}距顶层超过{limit}层"),
        Words("Join some levels.", "请合并部分层次。"),
    ),
    "F158": Saying(
        ERROR,
        Words("Sheet of the COIN Tool missing", "缺少COIN Tool工作表"),
        Words(
            "there is no sheet '{name}'; the workbook has {held}",
            "没有工作表“{name}”；工作簿中有{held}",
        ),
        _LAYOUT,
    ),
    "F159": Saying(
        ERROR,
        Words("Label of the COIN Tool missing", "缺少COIN Tool标签"),
        Words(
            "the sheet has no row headed '{name}', in which {holds} would stand",
            "工作表中没有含“{name}”的表头行，无法确定{holds}的位置",
        ),
        _LAYOUT,
    ),
    "F160": Saying(
        ERROR,
        Words("Indicator without a column", "指标没有数据列"),
        Words(
            "no column of the sheet {sheet} is headed '{id}' or '{name}'",
            "工作表{sheet}中没有以“{id}”或“{name}”为表头的列",
        ),
        Words(
            "Add the column, or delete the indicator from the sheet Framework.",
            "请补充该列，或在工作表Framework中删除该指标。",
        ),
    ),
    "F161": Saying(
        ERROR,
        Words("Database without units", "数据表没有单位"),
        Words(
            "below the head of the indicators no row has a name and a figure",
            "指标表头之下没有既有名称又有数值的行",
        ),
        _LAYOUT,
    ),
    "F171": Saying(
        NOTE,
        Words("Not taken over", "未转入的内容"),
        Words("not taken over: {names}", "未转入：{names}"),
        Words(
            "Nothing of a framework answers to it; set what you need in the framework by hand.",
            "框架中没有与之对应的内容；如有需要请在框架中另行设置。",
        ),
    ),
    "F172": Saying(
        NOTE,
        Words("Row of Type Other", "类型为Other的行"),
        Words("{id} is of Type Other and was left out", "{id}的类型为Other，已略去"),
        Words("Columns of the data that play no part need no row.", "不参与计算的数据列无需列出。"),
    ),
    "F173": Saying(
        NOTE,
        Words("Code rewritten", "代码已改写"),
        Words("the code '{given}' became {id}", "代码“{given}”已改写为{id}"),
        Words(
            "An id begins with a letter of the Latin alphabet and goes on with letters, digits, _ - and .; "
            "columns of data may keep the old name.",
            "代码须以拉丁字母开头，由字母、数字及_-.组成；数据列仍可使用原名称。",
        ),
    ),
    "F174": Saying(
        NOTE,
        Words("Name used twice", "名称重复"),
        Words(
            "the name '{name}' is taken by {first}; that of {id} is followed by its code",
            "名称“{name}”已用于{first}；{id}的名称后加注代码",
        ),
        Words("Give each a name of its own.", "请分别命名。"),
    ),
    "F175": Saying(
        NOTE,
        Words("Method to be chosen", "方法须另行选定"),
        Words(
            "{name} is '{given}' here; the framework has {instead}",
            "此处{name}为“{given}”；框架采用{instead}",
        ),
        Words(
            "Choose the method in the framework or with --method; `stiscore methods` lists them.",
            "请在框架中或用--method选定方法；stiscore methods 列出全部方法。",
        ),
    ),
    "F176": Saying(
        NOTE,
        Words("Step added for COINr", "为COINr补充的层次"),
        Words(
            "{id} stands {steps} steps below its parent; aggregates of one child were put between",
            "{id}与其上级相隔{steps}层，其间补充了只含一个下级的汇总行",
        ),
        Words(
            "COINr wants every parent exactly one Level up; means of one child change no score.",
            "COINr要求上级恰好高一层；只含一个下级的平均不改变得分。",
        ),
    ),
    "F177": Saying(
        NOTE,
        Words("Left out for COINr", "未导出至COINr的内容"),
        Words(
            "{id} has no scored column in the data and was left out",
            "{id}在数据中没有可评分的列，未导出",
        ),
        Words(
            "Without --data all indicators of the level are written.",
            "不使用--data时导出该层级的全部指标。",
        ),
    ),
    "F178": Saying(
        NOTE,
        Words("Curve that iMeta cannot say", "iMeta无法表示的曲线"),
        Words(
            "{id} is scored on a square-root curve, which has no column in iMeta",
            "{id}按平方根曲线计分，iMeta中没有对应的列",
        ),
        Words(
            "In R, take the square root of the column and of its goalposts before `Normalise()`.",
            "请在R中先对该列及其标杆值取平方根，再调用Normalise()。",
        ),
    ),
}
