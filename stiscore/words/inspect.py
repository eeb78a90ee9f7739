"""What ``inspect`` says."""

from __future__ import annotations

from stiscore.words import Lang, Words

LABELS: dict[str, Words] = {
    "file": Words("{file}: {container}, sha256 {sha256}", "{file}：{container}，sha256 {sha256}"),
    "text_file": Words(
        "encoding {encoding}, delimiter {delimiter}", "编码{encoding}，分隔符{delimiter}"
    ),
    "sheet": Words(
        "sheet {name}: {rows} x {columns}, {layout}, fit {score}",
        "工作表 {name}：{rows}×{columns}，{layout}，匹配度{score}",
    ),
    "chosen": Words("read", "采用"),
    "layout-wide": Words("one row a unit", "一行一个单位"),
    "layout-long": Words("one row a figure", "一行一个数据（长表）"),
    "layout-years": Words("years as columns", "年份横排"),
    "layout-world-bank": Words("World Bank download", "世界银行下载表"),
    "long-header": Words(
        "values in column {value}, head in row {row}", "{value}列为数值，表头在第{row}行"
    ),
    "no-values": Words("no column of values beside one of units", "没有与单位列并列的数值列"),
    "indicator-column": Words("indicators named in column {column}", "{column}列为指标名称"),
    "measurement-column": Words("measurements in column {column}", "{column}列为计量单位"),
    "flag-column": Words("flags in column {column}", "{column}列为数据标记"),
    "years-in-head": Words("years stand beside the names in the head", "表头中列名旁有年份"),
    "cell-column": Words(
        "column {column} says where figures of another sheet stand",
        "{column}列为其他工作表数据的位置",
    ),
    "names": Words("{known} of {of} names known", "{of}个名称中识别出{known}个"),
    "years-header": Words(
        "{count} years from {first} to {last} in row {row}",
        "第{row}行有{first}至{last}共{count}个年份",
    ),
    "no-years": Words("no row of years beside units", "没有与单位并列的年份行"),
    "blocks": Words(
        "{count} rows name what the rows under them hold", "有{count}行注明其下各行的指标"
    ),
    "world-bank-head": Words("heads as the World Bank writes them", "表头为世界银行格式"),
    "no-world-bank": Words("not the heads the World Bank writes", "表头不是世界银行格式"),
    "hidden_rows": Words("{n} hidden rows", "{n}个隐藏行"),
    "header": Words(
        "header in row {row}: {known} columns known", "表头在第{row}行：识别出{known}列"
    ),
    "no-header": Words(
        "no row names two columns the framework knows", "没有一行含两个以上框架认识的列名"
    ),
    "no-units": Words("no column holds units", "没有单位名称列"),
    "no-rows": Words("no row holds figures", "没有数据行"),
    "label-row": Words("names once more in row {row}", "第{row}行为另一套列名"),
    "unit-row": Words("units of measurement in row {row}", "第{row}行为计量单位"),
    "year-column": Words("years in column {column}", "第{column}列为年份"),
    "units": Words("{rows} rows name a unit", "{rows}行为单位数据"),
    "columns": Words("{known} of {of} columns known", "{of}列中识别出{known}列"),
    "level": Words("level: {level}", "层级：{level}"),
    "units_of": Words("units: {told}", "单位：{told}"),
    "unknown_units": Words("not in the registry: {told}", "名录中没有：{told}"),
    "years": Words("years: {told}", "年份：{told}"),
    "preface": Words("before the table: {told}", "表前文字：{told}"),
    "column": Words("Column", "列名"),
    "cell": Words("Cell", "单元格"),
    "read_as": Words("Read as", "识别为"),
    "measured_in": Words("Measured in", "计量单位"),
    "times": Words("Times", "换算系数"),
    "raw": Words("raw", "原始量"),
    "context": Words("context", "背景"),
    "se": Words("standard error", "标准误"),
    "low": Words("lower end", "区间下限"),
    "high": Words("upper end", "区间上限"),
    "unknown": Words("not known", "未识别"),
    "perhaps": Words("not known; perhaps {suggestion}?", "未识别；是否为{suggestion}？"),
    "refused": Words("why it would not be read:", "不能读取的原因："),
    "notes": Words("notes:", "提示："),
}


def label(key: str, lang: Lang, **fields: object) -> str:
    """A label of ``inspect`` in ``lang``.

    >>> label("years", "en", told="2021, 2022")
    'years: 2021, 2022'
    """
    return LABELS[key].say(lang, **fields)
