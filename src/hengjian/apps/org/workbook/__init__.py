"""Units, people, posts and appointments as an Excel workbook: written, read, rehearsed, applied."""
