"""R128 to R132: what depends on the container a table comes in, and on standard input."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, NOTE, WARNING, Saying

CONTAINERS: dict[str, Saying] = {
    "R128": Saying(
        NOTE,
        Words("Formats not checked", "格式未核对"),
        Words(
            "in a {container} file error cells, percent formats and hidden rows cannot be told: "
            "an error cell was read as blank, a cell that shows 12.3% as 0.123",
            "{container} 文件无法核对错误值、百分比格式和隐藏行：错误值按空白读取，"
            "显示为12.3%的单元格按0.123读取",
        ),
        Words(
            "Save the file as .xlsx to have them checked.",
            "如需核对，请将文件另存为 .xlsx。",
        ),
    ),
    "R129": Saying(
        ERROR,
        Words("Extra not installed", "缺少可选组件"),
        Words(
            "reading this file needs the extra {extra}, which is not installed",
            "读取该文件需要可选组件 {extra}，目前尚未安装",
        ),
        Words(
            "Run: pip install 'stiscore[{extra}]' - or give the table as CSV or .xlsx.",
            "请运行 pip install 'stiscore[{extra}]'，或改用 CSV 或 .xlsx 文件。",
        ),
    ),
    "R130": Saying(
        WARNING,
        Words("Read differently", "读取结果不一致"),
        Words(
            'the file holds "{held}" here and "{read}" was read; such cells in the sheet: {count}',
            "该单元格在文件中为“{held}”，读取结果为“{read}”；本工作表共有{count}个此类单元格",
        ),
        Words(
            "Do not rely on these cells: open the file in a spreadsheet program, "
            "save it anew as .xlsx and read that.",
            "请勿直接使用这些单元格：请用电子表格软件打开文件，另存为 .xlsx 后重新读取。",
        ),
    ),
    "R131": Saying(
        ERROR,
        Words("Workbook of an old Excel", "旧版 Excel 工作簿"),
        Words(
            "this is an .xls workbook as Excel {version} wrote it, a format no longer read",
            "这是 Excel {version} 格式的 .xls 工作簿，现已不支持读取",
        ),
        Words(
            "Open it in a spreadsheet program (LibreOffice still can) and save it as .xlsx.",
            "请用电子表格软件（如 LibreOffice）打开，另存为 .xlsx。",
        ),
    ),
    "R132": Saying(
        ERROR,
        Words("Nothing on standard input", "标准输入没有数据"),
        Words(
            "- reads the table from standard input, and no file or pipe is connected to it",
            "“-”表示从标准输入读取表格，但目前没有文件或管道接入",
        ),
        Words(
            "Pipe a table in, as in: cat data.csv | stiscore evaluate - ; or name a file.",
            "请通过管道输入，例如 cat data.csv | stiscore evaluate - ，或指定文件名。",
        ),
    ),
}
