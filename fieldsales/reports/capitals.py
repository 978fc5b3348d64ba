"""Amounts in Chinese capital numerals, as papers of business write them (M43)."""

from __future__ import annotations

from fieldsales.words import Words, minor_digits

# as Taiwan writes them: its 兆 is what the mainland calls 万亿
_TAIWAN = str.maketrans("贰叁陆万亿负", "貳參陸萬億負")


def capitals(minor: int, currency: str, words: Words) -> str:
    """`人民币壹万零壹拾元零壹分` of minor units of a currency; '' in languages that do not do so.

    Whole amounts end in 整. A currency other than 元 is named before them just the same.
    """
    if not words.chinese:
        return ""
    from cn2an import an2cn

    digits = minor_digits(currency)
    whole, rest = divmod(abs(minor), 10**digits)
    said: str = an2cn(f"{whole}.{rest:0{digits}d}" if rest else str(whole), "rmb")
    if minor < 0:
        said = f"负{said}"
    if words.language == "zh_TW":
        high, cut, low = said.partition("亿")
        if cut and "万" in high:
            high = high.replace("万", "兆")
            cut = "" if high.endswith("兆") else cut
        said = (high + cut + low).translate(_TAIWAN)
    return words.choice("currency", currency) + said
