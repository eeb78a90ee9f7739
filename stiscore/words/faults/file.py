"""R1xx: a file that cannot be read, or that a guard refuses; R15x stand in output.py."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.containers import CONTAINERS
from stiscore.words.faults.output import WRITING
from stiscore.words.faults.saying import ERROR, NOTE, WARNING, Saying

_DAMAGED = Words(
    "Fetch the file again, or open it in a spreadsheet program and save it anew as .xlsx.",
    "请重新下载该文件，或用电子表格软件打开后另存为 .xlsx。",
)
_LARGE = Words(
    "If you trust the file and it is truly that large, add --allow-large.",
    "如文件来源可信且确实较大，请加上 --allow-large。",
)
_STRANGE = Words(
    "No spreadsheet program writes such a file in the usual way; open it in one and save it anew "
    "as .xlsx, or give a CSV file.",
    "该文件并非由电子表格软件正常生成；请用电子表格软件打开后另存为 .xlsx，或改用 CSV 文件。",
)
_STRAY = Words(
    "Often one stray cell lies far from the table: delete the rows and columns around it. "
    "If the table is truly that large, add --allow-large.",
    "常见原因是表格之外有零星单元格：请删除多余的行和列。如表格确实较大，请加上 --allow-large。",
)

_FILE: dict[str, Saying] = {
    "R100": Saying(
        ERROR,
        Words("No such file", "文件不存在"),
        Words("there is no such file", "该文件不存在"),
        Words("Check the name and the folder.", "请检查文件名和所在文件夹。"),
    ),
    "R101": Saying(
        ERROR,
        Words("Not a regular file", "不是普通文件"),
        Words(
            "this is a folder, a pipe or a device, not a file",
            "这是文件夹、管道或设备，不是普通文件",
        ),
        Words(
            "Give one workbook or CSV file; what comes through a pipe is read with - as the name.",
            "请提供单个工作簿或 CSV 文件；经管道传来的内容请以“-”作为文件名读取。",
        ),
    ),
    "R102": Saying(
        ERROR,
        Words("File too large", "文件过大"),
        Words(
            "the file is {size} MB, the limit is {limit} MB",
            "文件大小为{size} MB，上限为{limit} MB",
        ),
        _LARGE,
    ),
    "R103": Saying(
        ERROR,
        Words("Empty file", "文件为空"),
        Words("the file holds nothing", "文件没有任何内容"),
        Words(
            "Check that the download or export finished, and give the file again.",
            "请确认下载或导出已完成，然后重新提供文件。",
        ),
    ),
    "R104": Saying(
        ERROR,
        Words("Encrypted file", "文件已加密"),
        Words("the file is protected by a password", "文件设有打开密码"),
        Words(
            "Open it with its password in a spreadsheet program, "
            "remove the password and save it as .xlsx.",
            "请用电子表格软件输入密码打开，取消密码后另存为 .xlsx。",
        ),
    ),
    "R105": Saying(
        ERROR,
        Words("Format not supported", "不支持的格式"),
        Words("by its content this is a {format} file", "从内容看，这是 {format} 文件"),
        Words(
            "Give the table as .xlsx or CSV: save or export it so from the program that opens this file, or "
            "fetch it so from the source; unpack an archive first.",
            "请提供 .xlsx 或 CSV 格式的表格：可用能打开该文件的软件另存或导出，或从数据来源重新下载；压缩包请先解压。",
        ),
    ),
    "R107": Saying(
        ERROR,
        Words("Damaged file", "文件损坏"),
        Words("the file is damaged or was cut short", "文件已损坏或不完整"),
        _DAMAGED,
    ),
    "R108": Saying(
        ERROR,
        Words("Too many cells", "单元格过多"),
        Words(
            "the used range is {rows:,} rows by {columns:,} columns, "
            "{cells:,} cells; the limit is {limit:,}",
            "已用区域为{rows:,}行、{columns:,}列，共{cells:,}个单元格；上限为{limit:,}个",
        ),
        _STRAY,
    ),
    "R114": Saying(
        WARNING,
        Words("Name and content differ", "扩展名与内容不符"),
        Words(
            "the name ends in {ending} but the content is {content}; it was read as {content}",
            "文件扩展名为{ending}，但内容为 {content}；已按 {content} 读取",
        ),
        Words(
            "Rename the file so that others read it the same way.",
            "请更正文件扩展名，以免他人误读。",
        ),
    ),
    "R127": Saying(
        ERROR,
        Words("File cannot be opened", "无法打开文件"),
        Words("the file cannot be opened", "无法打开该文件"),
        Words(
            "Check that you may read it and, if it is a link, where it leads.",
            "请检查是否有读取权限；如为链接，请检查其指向。",
        ),
    ),
}

_ARCHIVE: dict[str, Saying] = {
    "R106": Saying(
        ERROR,
        Words("Unpacks to too much", "解压后过大"),
        Words("unpacked, it exceeds the limit of {limit} MB", "解压后超过{limit} MB的上限"),
        _LARGE,
    ),
    "R118": Saying(
        ERROR,
        Words("Packed too tightly", "压缩比异常"),
        Words(
            "a part unpacks to more than {limit} times its size, as in a zip bomb",
            "其中一部分解压后超过原大小的{limit}倍，与压缩炸弹相似",
        ),
        _LARGE,
    ),
    "R119": Saying(
        ERROR,
        Words("Too many parts", "组成部分过多"),
        Words(
            "it consists of {members} parts, the limit is {limit}",
            "文件含{members}个组成部分，上限为{limit}个",
        ),
        _LARGE,
    ),
    "R120": Saying(
        ERROR,
        Words("Parts listed twice or overlapping", "组成部分重复或重叠"),
        Words(
            "parts that have the name or the bytes of another: {count}",
            "其中{count}个组成部分与其他部分同名或重叠",
        ),
        _STRANGE,
    ),
    "R121": Saying(
        ERROR,
        Words("Document type declared", "含文档类型声明"),
        Words(
            "its part {part} declares a document type or an entity, which no workbook needs",
            "其组成部分{part}含有文档类型或实体声明，正常工作簿不需要此类内容",
        ),
        _STRANGE,
    ),
    "R122": Saying(
        ERROR,
        Words("Part not in UTF-8", "组成部分编码不是 UTF-8"),
        Words("its part {part} is not written in UTF-8", "其组成部分{part}的编码不是 UTF-8"),
        _STRANGE,
    ),
    "R123": Saying(
        ERROR,
        Words("Unusual compression", "压缩方式不常见"),
        Words(
            "a part is compressed by method {method}; workbooks use 0 and 8",
            "其中一部分采用压缩方式{method}；工作簿应为0或8",
        ),
        _STRANGE,
    ),
}

_SHEETS: dict[str, Saying] = {
    "R115": Saying(
        NOTE,
        Words("Hidden sheet", "隐藏的工作表"),
        Words("the sheet is hidden", "该工作表已隐藏"),
        Words(
            "Nothing to do if it is the sheet you mean; else name another with --sheet.",
            "如确为所需工作表，无需处理；否则请用 --sheet 指定其他工作表。",
        ),
    ),
    "R116": Saying(
        WARNING,
        Words("Formats not checked", "格式未核对"),
        Words(
            "error cells, unsaved formulas, percent formats and hidden rows could not be checked",
            "无法核对该工作表的错误值、未保存结果的公式、百分比格式和隐藏行",
        ),
        Words(
            "Compare some figures with the file, or save it anew in a spreadsheet program.",
            "请抽查若干数据，或用电子表格软件重新保存该文件。",
        ),
    ),
    "R117": Saying(
        NOTE,
        Words("Not a worksheet", "不是工作表"),
        Words("the sheet holds a chart or macros, no cells", "该表为图表或宏，不含单元格"),
        Words("Nothing to do.", "无需处理。"),
    ),
}

_TEXT: dict[str, Saying] = {
    "R109": Saying(
        ERROR,
        Words("Encoding not recognised", "编码无法识别"),
        Words(
            "byte {offset} (line {line}) is not valid {encoding}, "
            "nor does the file read as GB18030",
            "第{offset}字节（第{line}行）不是有效的 {encoding}，也不符合 GB18030 中文编码",
        ),
        Words(
            'Save the file as "CSV UTF-8" in a spreadsheet program, or as UTF-8 in a text editor.',
            "请在电子表格软件中另存为“CSV UTF-8”，或用文本编辑器另存为 UTF-8 编码。",
        ),
    ),
    "R110": Saying(
        ERROR,
        Words("Row longer than the table", "行的单元格数多于表头"),
        Words(
            "the row has {cells} cells and the table {width} columns (line {header}); rows like it: {count}",
            "该行有{cells}个单元格，而表格为{width}列（见第{header}行）；此类行共{count}个",
        ),
        Words(
            "Put text that contains the delimiter in double quotes, or remove the extra cells.",
            "含有分隔符的文本请加英文双引号，或删除多余的单元格。",
        ),
    ),
    "R124": Saying(
        ERROR,
        Words("NUL bytes", "含空字节"),
        Words(
            "the file holds NUL bytes: it is no text, or UTF-16 without its mark",
            "文件含有空字节：可能不是文本文件，或为缺少标记的 UTF-16 文件",
        ),
        Words(
            'Save it as "CSV UTF-8" in a spreadsheet program, or as UTF-8 in a text editor.',
            "请在电子表格软件中另存为“CSV UTF-8”，或用文本编辑器另存为 UTF-8 编码。",
        ),
    ),
    "R125": Saying(
        ERROR,
        Words("Quote without an end", "引号未闭合"),
        Words(
            "in the row that begins here a double quote begins and never ends",
            "从此处开始的行中，双引号只有开头而没有结尾",
        ),
        Words(
            "Close the quote, or take it out; a quote inside a quoted cell is written twice.",
            "请补全或删除该引号；引号内的引号须写两次。",
        ),
    ),
    "R126": Saying(
        ERROR,
        Words("Text after a closing quote", "闭合引号后有多余文本"),
        Words(
            "in the row that begins here text follows a closing double quote",
            "从此处开始的行中，闭合的双引号后还有文本",
        ),
        Words(
            'Take the quotes off the cell, or put all of its text in quotes; a quote inside is written twice: "a ""b""".',
            '请删除该单元格的引号，或将全部文本置于引号内；引号内的引号须写两次，如 "a ""b"""。',
        ),
    ),
}

_WORKER: dict[str, Saying] = {
    "R111": Saying(
        ERROR,
        Words("Parser crashed", "解析程序崩溃"),
        Words("the parser crashed on this file ({status})", "解析该文件时程序崩溃（{status}）"),
        _DAMAGED,
    ),
    "R112": Saying(
        ERROR,
        Words("Out of time", "读取超时"),
        Words("reading took longer than {seconds:g} seconds", "读取时间超过{seconds:g}秒"),
        _LARGE,
    ),
    "R113": Saying(
        ERROR,
        Words("Out of memory", "内存不足"),
        Words("reading takes more memory than allowed", "读取所需内存超过上限"),
        _STRAY,
    ),
}

SAYINGS: dict[str, Saying] = {
    **_FILE,
    **_ARCHIVE,
    **_SHEETS,
    **_TEXT,
    **_WORKER,
    **CONTAINERS,
    **WRITING,
}
