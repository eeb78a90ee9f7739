"""A framework just large enough to have one of everything, for tests to damage."""

SMALL = """\
schema: stiscore.framework/1
id: small
version: '1'
title: {en: Small, zh: 小}
basis: none
origin_note: {en: All ours, zh: 均为自建}
levels:
  national: {name: {en: National, zh: 国家}, units: {en: economies, zh: 国家（地区）}}
method:
  normalise: {id: goalposts}
bands:
  scores: [{id: high, en: high, zh: 高, min: 0}]
  severities: [{id: any, en: any, zh: 任意, min: 0}]
weight_presets: {other: {area: 2}}
index:
  id: index
  name: {en: Index, zh: 指数}
  children:
  - id: area
    name: {en: Area, zh: 领域}
    children:
    - id: share
      name: {en: Share abroad, zh: 境外占比}
      definition: {numerator: {en: from abroad, zh: 境外}, denominator: {en: all, zh: 全部}}
      measured_in: '%'
      gaps: {primary: gap}
      bounds: [0, 100]
      levels:
        national: {goalposts: [0, 50], basis: judgement, plausible: [0, 60]}
      derive: {numerators: [abroad], denominators: [total], factor: 100}
      sources: [{level: national, name: Office}]
      aliases: [境外比例]
    - id: days
      name: {en: Days, zh: 天数}
      role: proxy
      proxy_for: share
      definition: {numerator: {en: days, zh: 天数}}
      measured_in: days
      direction: cost
      levels:
        national: {goalposts: [1, 20]}
      sources: [{level: both, name: Office}]
gaps: [{id: gap, name: {en: Gap, zh: 差距}}]
issues: [{id: D1, name: {en: Issue, zh: 问题}}]
barriers: [{id: B1, name: {en: Barrier, zh: 障碍}, diagnostic: share}]
measures: [{id: M1, name: {en: Measure, zh: 举措}}]
gap_map:
  gap: {weakens: [area], measures: [M1], issues: [D1], barriers: [B1],
    first_action: {en: Act, zh: 行动}}
quantities:
- {id: abroad, name: {en: Funds from abroad, zh: 境外资金}, measured_in: 万元}
- {id: total, name: {en: All funds, zh: 全部资金}, measured_in: 万元, aliases: [总额]}
peer_groups:
- {id: peers, name: {en: Peers, zh: 对比组}, level: national, units: [CHN]}
"""


def damaged(*changes: tuple[str, str]) -> str:
    """The small framework with pieces of text replaced; each piece must be there."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
