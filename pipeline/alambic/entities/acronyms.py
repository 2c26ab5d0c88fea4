"""Whether a short form can stand for a long name by its initials."""

from __future__ import annotations

import re
from collections import Counter

from alambic.entities.lexicon import SMALL_WORDS
from alambic.entities.words import words_of

_TWICE = re.compile(r"([2-4])([a-z])")
_LETTERS = re.compile(r"[^\W\d_]")


def looks_like_acronym(name: str) -> bool:
    """One word of 2 to 10 letters, at least two of them capitals, more capitals than the first alone asks for.

    >>> [n for n in ("ADEME", "SBTi", "Cnam", "AP-HP", "Verkor", "GRADeS") if looks_like_acronym(n)]
    ['ADEME', 'SBTi', 'AP-HP', 'GRADeS']
    """
    if " " in name:
        return False
    letters = _LETTERS.findall(name)
    if not 2 <= len(letters) <= 10:
        return False
    capitals = sum(map(str.isupper, letters))
    return capitals >= 2 and capitals * 2 >= len(letters)


def initials(words: tuple[str, ...]) -> str:
    """First letters of the words that carry meaning.

    >>> initials(words_of("Agence de la Transition Écologique"))
    'ate'
    """
    return "".join(word[0] for word in words if word not in SMALL_WORDS)


def stands_for(short: str, long: str) -> bool:
    """Whether `short` is made of the initials of `long`, small words counted or not; `2R` stands for two R.

    >>> stands_for("CEDH", "Cour européenne des droits de l'homme"), stands_for("CNRS", "Laboratoire de physique")
    (True, False)
    >>> stands_for("C2RMF", "Centre de recherche et de restauration des musées de France")
    True
    """
    letters = _TWICE.sub(lambda twice: int(twice[1]) * twice[2], "".join(words_of(short)))
    words = words_of(long)
    if len(words) < 2 or len(letters) < 2:
        return False
    every = "".join(word[0] for word in words)
    return letters in (initials(words), every) or (
        len(letters) >= 3 and _built_from(letters, tuple(w for w in words if w not in SMALL_WORDS))
    )


def _built_from(letters: str, words: tuple[str, ...]) -> bool:
    """Letters taken from the beginnings of all the words in order (`SOFCOT`, `Afnor`, `Idele`): each word gives one to four."""
    reach = {0}
    for word in words:
        reach = {
            i + n
            for i in reach
            for n in range(1, 5)
            if letters[i : i + n] == word[:n] and i + n <= len(letters)
        }
    return len(letters) in reach


def may_stand_for(short: str, long: str) -> bool:
    """A looser test for a short form in brackets right after a name: most letters are initials, in any order.

    Translated bodies (`Agence européenne des médicaments (EMA)`) and sound-alikes (`… et de son image (Sofcot)`)
    pass; an institute in brackets after one of its laboratories does not.

    >>> may_stand_for("EMA", "Agence européenne des médicaments"), may_stand_for("CNRS", "Laboratoire de physique")
    (True, False)
    """
    letters = "".join(words_of(short))
    words = words_of(long)
    if len(words) < 2 or not letters:
        return False
    if stands_for(short, long):
        return True
    wanted, given = Counter(letters), Counter(word[0] for word in words)
    found = sum(min(n, given[letter]) for letter, n in wanted.items())
    if found == len(letters):
        return True
    spelled = iter("".join(words))
    in_order = letters[0] == words[0][0] and all(letter in spelled for letter in letters)
    return in_order and found * 2 >= len(letters)
