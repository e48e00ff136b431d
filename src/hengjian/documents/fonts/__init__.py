"""Fonts by role: choice by availability, a face for every character, and a report of both."""

from hengjian.documents.fonts.report import FontReport, FontStatus, RoleFont, font_status, report_of
from hengjian.documents.fonts.roles import WORD_NAMES, FontRole
from hengjian.documents.fonts.setter import FontSetter
from hengjian.documents.fonts.shelf import FontShelf, open_shelf

__all__ = [
    "WORD_NAMES",
    "FontReport",
    "FontRole",
    "FontSetter",
    "FontShelf",
    "FontStatus",
    "RoleFont",
    "font_status",
    "open_shelf",
    "report_of",
]
