"""Names that tell nothing: random, without letters people mix up, with a check letter where they are typed by hand."""

from __future__ import annotations

import re
import secrets

# Twenty-nine letters, a prime number: only then does the check letter notice every wrong one (no Z, which also looks
# like 2). Trace ids handed out earlier may hold a Z and are still read.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY"
READ = ALPHABET + "Z"
TRACE = re.compile(rf"HJ-([{READ}]{{4}})-([{READ}]{{4}})-([{READ}]{{5}})")


def new_code(length: int = 8) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_trace() -> str:
    """``HJ-XXXX-XXXX-XXXXC``: twelve random letters (58 bits) and one that checks them."""
    body = new_code(12)
    return f"HJ-{body[:4]}-{body[4:8]}-{body[8:]}{check_letter(body)}"


def check_letter(body: str) -> str:
    """A wrong letter or two neighbours exchanged change it.

    >>> check_letter("222222222222"), check_letter("322222222222") == check_letter("232222222222")
    ('2', False)
    """
    total = sum((place + 1) * READ.index(letter) for place, letter in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def traces_in(text: str) -> list[str]:
    """Trace ids in a text, however typed; those whose check letter is wrong are left out.

    >>> traces_in("… hj-2222-2222-22222 …"), traces_in("HJ-2222-2222-22223")
    (['HJ-2222-2222-22222'], [])
    """
    found = []
    for match in TRACE.finditer(text.upper().replace("－", "-").replace("—", "-")):
        body = "".join(match.groups())
        if check_letter(body[:-1]) == body[-1] and match.group() not in found:
            found.append(match.group())
    return found
