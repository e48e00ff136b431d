"""Spreadsheets out: xlsx and CSV, safe against formula injection."""

from hengjian.documents.sheets.csv_out import safe_cell, write_csv
from hengjian.documents.sheets.xlsx import SheetColumn, Worksheet, worksheet_of, write_xlsx

__all__ = ["SheetColumn", "Worksheet", "safe_cell", "worksheet_of", "write_csv", "write_xlsx"]
