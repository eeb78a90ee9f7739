"""D11x: what --tolerate sets aside; R16x and U130: the annotated workbook."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, WARNING, Saying

_TOLERATED = {
    "D110": Saying(
        WARNING,
        Words("Cells set aside", "单元格已搁置"),
        Words(
            "cells with errors set aside as missing (--tolerate): {count} ({columns}); their findings remain",
            "因 --tolerate 按缺失处理的错误单元格：{count}个（{columns}），相应错误仍然存在",
        ),
        Words(
            "Mend the cells and run again without --tolerate; `stiscore validate` lists them.",
            "请修正这些单元格，并在不加 --tolerate 的情况下重新运行；可用 stiscore validate 查看。",
        ),
    ),
    "D111": Saying(
        WARNING,
        Words("Rows left out", "行未计入"),
        Words(
            "rows without a known unit left out (--tolerate): {count}; their findings remain",
            "因 --tolerate 未予计入的行（没有已知单位）：{count}行，相应错误仍然存在",
        ),
        Words(
            "Name the units of these rows, or give --units any to score units of your own.",
            "请填写或更正这些行的单位名称；如为自定单位，请使用 --units any。",
        ),
    ),
    "D112": Saying(
        ERROR,
        Words("Not scored", "未评分"),
        Words(
            "nothing was scored and nothing set aside; in the way, and no fault of single cells: {codes}",
            "未评分，也未搁置任何单元格：{codes}不是单个单元格的错误",
        ),
        Words(
            "Mend these first: --tolerate sets aside cells and rows without a known unit, and nothing else.",
            "请先修正上述错误：--tolerate 只能搁置单元格和没有已知单位的行。",
        ),
    ),
}

_ANNOTATED = {
    "R160": Saying(
        NOTE,
        Words("Copy annotated", "已在副本上标注"),
        Words(
            "a copy of the workbook, cells marked in it: {cells}; formulas stay formulas, without their saved results "
            "until a spreadsheet program has calculated them; charts, shapes, pictures and macros may be lost",
            "已生成工作簿副本，标注单元格{cells}个；公式予以保留，但需经表格软件重新计算才有结果；图表、形状、图片和宏可能丢失",
        ),
        Words("Mend the original; the copy shows where.", "请在原文件中修正，副本仅用于指示位置。"),
    ),
    "R161": Saying(
        NOTE,
        Words("Fresh workbook annotated", "已在新工作簿上标注"),
        Words(
            "a fresh workbook with the values as read, because {reason}; cells marked in it: {cells}",
            "因{reason}，已生成新工作簿，内容为读入的数值，标注单元格{cells}个",
        ),
        Words(
            "Mend the original; the fresh workbook has its values in the same cells, without its formats and formulas.",
            "请在原文件中修正；新工作簿中各值位置与原文件一致，但不含格式和公式。",
        ),
    ),
    "R162": Saying(
        NOTE,
        Words("Not all findings are annotated", "标注未含全部检查结果"),
        Words(
            "the workbook lists and comments the first {shown} of {count} findings; all cells are coloured",
            "工作簿仅列出并批注{count}项检查结果中的前{shown}项；全部相关单元格均已着色",
        ),
        Words(
            "`stiscore validate -F csv` lists all of them.",
            "可用 stiscore validate -F csv 列出全部结果。",
        ),
    ),
    "U130": Saying(
        ERROR,
        Words("Annotated workbook must be .xlsx", "标注文件须为 .xlsx"),
        Words(
            "--annotate writes a workbook, and {file} does not end in .xlsx",
            "--annotate 生成工作簿，而{file}的扩展名不是 .xlsx",
        ),
        Words("Give a name that ends in .xlsx.", "请使用以 .xlsx 结尾的文件名。"),
    ),
}

# Why the annotated workbook is not a copy of the input.
REASONS: dict[str, Words] = {
    "no-workbook": Words("the input is not an .xlsx workbook", "输入文件不是 .xlsx 工作簿"),
    "unopened": Words(
        "the library that writes workbooks cannot open the input",
        "写入工作簿所用的库无法打开输入文件",
    ),
    "too-large": Words(
        "the input is too large to be copied with its formats", "输入文件过大，无法连同格式一并复制"
    ),
}

SAYINGS: dict[str, Saying] = {**_TOLERATED, **_ANNOTATED}
