"""Keeps spreadsheets from running a cell's text as a formula.

What Excel and LibreOffice may run begins with one of these characters (OWASP, CSV Injection); a text after an
apostrophe is shown as it stands. Signed numbers are left alone: they are what they look like.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

# Blanks before the sign are no protection: spreadsheets may trim them.
PATTERN = r"^[\s\x{A0}\x{202F}]*[=@\t\r\n+\-\x{FF1D}\x{FF20}\x{FF0B}\x{FF0D}]"
SIGNED_NUMBER = r"^[+\-][0-9][0-9.,\s\x{A0}\x{202F}]*%?$"
_GUARD = "'"


def is_formula(texts: pa.Array) -> pa.Array:
    """Which of `texts` a spreadsheet would take for a formula; null where the text is null.

    >>> is_formula(pa.array(["=1+1", "-4,1 %", "Verkor", "-SOMME(A1)"])).to_pylist()
    [True, False, False, True]
    """
    risky = pc.match_substring_regex(texts, PATTERN)
    return pc.and_(risky, pc.invert(pc.match_substring_regex(texts, SIGNED_NUMBER)))


def guarded(texts: pa.Array) -> pa.Array:
    """`texts` with an apostrophe before those that a spreadsheet would run.

    >>> guarded(pa.array(["=1+1", "-4,1 %"])).to_pylist()
    ["'=1+1", '-4,1 %']
    """
    return pc.if_else(is_formula(texts), pc.binary_join_element_wise(_GUARD, texts, ""), texts)
