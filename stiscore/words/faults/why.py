"""Why a finding matters, for its page: the codes whose reason is not plain from their sentence."""

from __future__ import annotations

from stiscore.words import Words

WHY: dict[str, Words] = {
    "L101": Words(
        "Every figure must be traced to a unit and an indicator. Where the head is not recognised, guessing would "
        "score the wrong columns, so nothing is read.",
        "每个数值都须能追溯到单位和指标。表头无法识别时，若凭猜测可能误评其他列，因此不予读取。",
    ),
    "L102": Words(
        "Sheets that fit equally well often hold different years or versions. Choosing one in silence could rank the "
        "wrong year.",
        "同样可用的工作表往往是不同年份或不同版本的数据，自行选取可能弄错年份。",
    ),
    "L104": Words(
        "Goalposts, bounds and plausible ranges differ between levels. On the wrong ones every score would be wrong "
        "and look right.",
        "各层级的标杆值、取值界限和合理范围不同。层级判断错误时，所有得分都会出错，且不易察觉。",
    ),
    "L106": Words(
        "A column that is not known takes no part in the scores. Often it is an indicator under a heading the "
        "framework has no alias for.",
        "未识别的列不参与评分。这往往是某一指标使用了框架未收录的列名。",
    ),
    "L107": Words(
        "One of the two columns would have to be dropped, and which one decides the scores.",
        "两列只能保留其一，而保留哪一列会直接影响得分。",
    ),
    "L108": Words(
        "A province and an economy are measured against different goalposts; a common rank of both says nothing.",
        "省份与经济体采用不同的标杆值，混合排名没有意义。",
    ),
    "L109": Words(
        "A figure in the wrong measurement may be off by ten thousand and still look like a figure.",
        "计量单位错误可能使数值相差一万倍，而表面上并无异常。",
    ),
    "L111": Words(
        "Chinese tables give amounts in yuan, 万元 and 亿元 alike. An amount without a measurement is taken to be in the "
        "wanted one, which may be 10,000-fold wrong.",
        "统计表中金额可能以元、万元或亿元计。未注明计量单位的金额按框架要求的单位读入，可能相差一万倍。",
    ),
    "D101": Words(
        "Text in a column of figures may be a number typed in another way (1,5 or 12 m). Reading it as missing in "
        "silence would hide that.",
        "数值列中的文字可能是以其他写法录入的数字（如“1,5”）。若直接按缺失处理，会掩盖这一问题。",
    ),
    "D103": Words(
        "A file written by a program may hold formulas without results. Every reader then sees an empty cell where "
        "the author sees a number.",
        "由程序生成的文件可能只有公式而没有结果：作者看到的是数值，读取时却是空单元格。",
    ),
    "D202": Words(
        "Bounds are what no such figure can pass, whatever the unit: a share below zero is a slip and no finding about "
        "the unit.",
        "取值界限是该指标在任何情况下都不可能超出的数值：占比为负只能是差错，不反映单位的实际情况。",
    ),
    "D203": Words(
        "Only what cannot be true is refused: shares above 100 %. A figure that is merely unusual is a warning (D204), "
        "since flows of 1,710 % of GDP do exist.",
        "只有不可能成立的数值才会被拒绝，如超过100%的占比。仅属异常的数值只作警告（D204），例如相当于GDP 1,710%的流量确实存在。",
    ),
    "D204": Words(
        "The plausible range is where such figures are found in published tables. It lies wide of the goalposts; what is "
        "outside is scored as it stands, so a slip here moves ranks.",
        "合理范围依据已公布的统计表确定，宽于标杆值。超出范围的数值仍按原值评分，因此此处的差错会影响排名。",
    ),
    "D205": Words(
        "A share typed as 0.25 for 25 % scores as a quarter of one per cent. When the whole column is so, the ranks "
        "within it look right while every score is near the foot of the scale.",
        "将25%录入为0.25，会按0.25%评分。若整列如此，列内排名看似正常，但所有得分都接近最低端。",
    ),
    "D209": Words(
        "One of the three figures is wrong, and it may be the value, which is scored.",
        "三个数值中必有一个有误，出错的也可能是参与评分的数值本身。",
    ),
    "D301": Words(
        "Two rows of one unit are often two years or two sources. A mean of them would be a figure nobody published.",
        "同一单位的两行往往来自不同年份或不同来源，取平均得到的是没有任何来源公布过的数值。",
    ),
    "D302": Words(
        "Names are never matched by likeness: Shanxi and Shaanxi differ by one letter. An unknown name is "
        "therefore a question and no guess.",
        "程序从不按相似程度匹配名称：山西（Shanxi）与陕西（Shaanxi）仅一字母之差。因此遇到未知名称时只提示，不猜测。",
    ),
    "D310": Words(
        "A ratio to zero has no value. Where the denominator is not known the cell should be blank: blank is never "
        "read as zero.",
        "分母为零时比率没有意义。如分母未知，应留空；空白不会被当作零。",
    ),
    "C301": Words(
        "What a unit lacks is left out and the rest weighs more, which may help or hurt it. Below a certain coverage a "
        "rank would mostly show what is missing.",
        "缺失的指标不计入，其余指标的权重相应提高，对该单位可能有利也可能不利。覆盖率过低时，排名反映的主要是缺失情况。",
    ),
    "C302": Words(
        "Units with the column are scored on one indicator more than those without it. With few values the goalposts "
        "rest on little as well.",
        "有数据的单位比无数据的单位多一项评分指标。数据过少时，该指标的比较基础也较薄弱。",
    ),
    "C304": Words(
        "A table that measures a small part of the framework ranks that part. Which part is the largest uncertainty "
        "there is, and the number must not be read as openness as a whole.",
        "若文件只测量了框架的一小部分，排名就只反映这一部分。测量范围是最大的不确定性来源，结果不能视为整体开放水平。",
    ),
    "C306": Words(
        "The fewer columns a table has, the more each weighs. A ranking that rests by a quarter on one indicator mostly "
        "repeats it.",
        "文件所含指标越少，每项指标的权重越大。若四分之一的权重集中于一项指标，排名在很大程度上只是该指标的重复。",
    ),
    "C307": Words(
        "Beyond a goalpost all units get the same score. Where many are beyond it, the indicator no longer tells them "
        "apart.",
        "超出标杆值的单位得分相同。超出者较多时，该指标便无法区分这些单位。",
    ),
    "D110": Words(
        "Scores with cells set aside are for looking, not for publishing: the unit is judged on what is left, and "
        "mending the cell may move its rank. The exit code stays 1.",
        "搁置部分单元格后的得分仅供查看，不宜发布：该单位仅按其余数据评分，修正后排名可能变化。退出码仍为1。",
    ),
}
