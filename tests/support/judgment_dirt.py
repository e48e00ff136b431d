"""What happens to judgments on their way through systems; each kind changes no fact."""

from __future__ import annotations

import re
from collections.abc import Callable

Dirt = Callable[[str], str]
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_WHOLE_YUAN = re.compile(r"(?<![\d.,，])([1-9]\d{2,8})(?=元)")
_HUNDREDS = re.compile(r"(?<![\d.,，])([1-9]\d{0,5})(\d\d)00(?=元)")
_ASCII = str.maketrans("（），：；", "(),:;")


def one_line(text: str) -> str:
    """All breaks gone."""
    return text.replace("\n", "")


def breaks_as_spaces(text: str) -> str:
    return text.strip().replace("\n", " ")


def breaks_as_commas(text: str) -> str:
    """Each break became an enumeration comma."""
    return text.strip().replace("\n", "、")


def full_width_digits(text: str) -> str:
    return text.translate(_FULL)


def ascii_punctuation(text: str) -> str:
    return text.translate(_ASCII)


def html(text: str) -> str:
    return "".join(f"<p style='margin: 0'>{line}</p>\n" for line in text.splitlines())


def html_spaces(text: str) -> str:
    return text.replace("\n", "<br/>&nbsp;&nbsp;\n")


def page_footers(text: str) -> str:
    """A footer after every seventh line."""
    lines = text.splitlines()
    return "\n".join(
        f"{line}\n第 {number // 7 + 1} 页 共 9 页" if number % 7 == 6 else line
        for number, line in enumerate(lines)
    )


def page_numbers(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(
        f"{line}\n- {number // 9 + 1} -" if number % 9 == 8 else line for number, line in enumerate(lines)
    )


def spaced_titles(text: str) -> str:
    """民事判决书 and the signing words set wide."""

    def wide(found: re.Match[str]) -> str:
        return "　".join(found[0])

    titles = r"(?m)^(?:刑事|民事|行政|执行)\S{0,6}书$|^(?:审判长|审判员|书记员|人民陪审员|代理审判员)"
    return re.sub(titles, wide, text)


def double_head(text: str) -> str:
    """The number printed twice, as some platforms do."""
    number = re.search(r"(?m)^（\d{4}）.*号.*$", text)
    return text.replace(number[0], f"{number[0]}\n{number[0]}、", 1) if number else text


def web_page(text: str) -> str:
    court = text.split("\n", 1)[0]
    return f"您当前的位置：首页&gt;&gt;裁判文书\n{court}\n{text}"


def hard_wrapped(text: str) -> str:
    """A break after every 36 characters of a long line."""
    return "\n".join(
        "\n".join(line[i : i + 36] for i in range(0, len(line), 36)) for line in text.splitlines()
    )


def private_characters(text: str) -> str:
    return text.replace("。\n", "。\ue47e\n")


def zero_width(text: str) -> str:
    return text.replace("原告", "原\u200b告").replace("被告", "被\u200b告").replace("审判", "审\u200b判")


def indented(text: str) -> str:
    return "\r\n".join(f"　　{line}" for line in text.splitlines())


def other_circles(text: str) -> str:
    return re.sub(r"〇", "○", text)


def letter_circles(text: str) -> str:
    return re.sub(r"〇", "O", text)


def thousands(text: str) -> str:
    """12345元 as 12,345元."""
    return _WHOLE_YUAN.sub(lambda found: f"{int(found[1]):,}", text)


def ten_thousands(text: str) -> str:
    """12300元 as 1.23万元."""
    return _HUNDREDS.sub(lambda found: f"{int(found[1] + found[2]) / 100:g}万", text)


def two_decimals(text: str) -> str:
    return _WHOLE_YUAN.sub(r"\1.00", text)


def zero_in_years(text: str) -> str:
    return re.sub(r"[〇○]", "零", text)


def square_brackets(text: str) -> str:
    return re.sub(r"（([12]\d{3})）", r"[\1]", text)


def slashed_pages(text: str) -> str:
    """3 / 12 after every sixth line."""
    lines = text.splitlines()
    return "\n".join(
        f"{line}\n{number // 6 + 1} / 12" if number % 6 == 5 else line for number, line in enumerate(lines)
    )


def site_footer(text: str) -> str:
    return f"{text.rstrip()}\n来源：某网站\n打印日期：2020年5月6日\n"


DIRT: tuple[Dirt, ...] = (
    one_line,
    breaks_as_spaces,
    breaks_as_commas,
    full_width_digits,
    ascii_punctuation,
    html,
    html_spaces,
    page_footers,
    page_numbers,
    spaced_titles,
    double_head,
    web_page,
    hard_wrapped,
    private_characters,
    zero_width,
    indented,
    other_circles,
    letter_circles,
    thousands,
    ten_thousands,
    two_decimals,
    zero_in_years,
    square_brackets,
    slashed_pages,
    site_footer,
)
