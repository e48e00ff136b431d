"""Check digits of numbers that identify persons and their money."""

from __future__ import annotations

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def resident_id_holds(text: str) -> bool:
    """Whether the check digit of an 18-character identity number is right (GB 11643).

    >>> resident_id_holds("11010519491231002X"), resident_id_holds("110105194912310021")
    (True, False)
    """
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == text[17].upper()


def birth_date_exists(text: str) -> bool:
    """Whether characters 7–14 (or 7–12 of the old fifteen) are a date that exists."""
    digits = text[6:14] if len(text) == 18 else "19" + text[6:12]
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= 1880


def luhn_holds(digits: str) -> bool:
    """Whether a card number satisfies the Luhn formula (GB/T 17710).

    >>> luhn_holds("6222021234567894"), luhn_holds("6222021234567890")
    (True, False)
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
