"""Copies of annotated texts with other names in them, so that the model learns to decide by the context."""

from __future__ import annotations

import random
import re

from alambic.training.annotated import Edit, Name, Sample, rewrite
from alambic.training.names import Inventor, folded

_ELIDED = re.compile(r"(?<!\w)([dDlL])['’]\Z")
_FULL = re.compile(r"(?<!\w)([dD])e \Z")
_OPEN = {"d": ("de ",), "l": ("le ", "la ")}
_VOWELS = frozenset("aeiouy")
_INITIAL = re.compile(r"[A-ZÀ-Ý]\.(?:-?[A-ZÀ-Ý]\.)?\Z")


def swap_names(
    sample: Sample,
    inventor: Inventor,
    rng: random.Random,
    *,
    people: float,
    companies: float,
    institutions: float,
) -> Sample:
    """`sample` with the names of some bearers replaced, each bearer's in all its mentions and in the same forms.

    The last three are the shares of people, of companies and of institutions that get another name. Capitals,
    short forms, acronyms and the order of first and last name follow the mention that is replaced; an elision
    before it is mended (`l'Oréal` → `de Verkor`).
    """
    shares = {"PER": people, "ORG": companies}
    given: dict[tuple[str, str], tuple[str, str] | str | None] = {}
    familiar = rng.random() < 0.12  # some releases call people by their first names
    edits: list[Edit] = []
    done = 0
    for name in sample.names:
        key = (name.label, folded(name.canonical))
        again = key in given
        if not again:
            institution = name.label == "ORG" and inventor.institution_kind(name.canonical)
            swapped = rng.random() < (institutions if institution else shares[name.label])
            if not swapped or name.optional:
                given[key] = None
            else:
                given[key] = (
                    inventor.person() if name.label == "PER" else inventor.organisation(name.canonical)
                )
        bearer = given[key]
        if bearer is None:
            continue
        written = sample.text[name.start : name.end]
        if isinstance(bearer, str):
            new = _as_firm(written, name, bearer)
        elif familiar and again and rng.random() < 0.7:
            new = bearer[0]
        else:
            new = _as_person(written, name, bearer)
        elision = _elision(sample.text, done, name.start, new, rng)
        if elision is not None:
            edits.append(elision)
        edits.append((name.start, name.end, new))
        done = name.end
    return rewrite(sample, edits)


def _as_person(written: str, name: Name, bearer: tuple[str, str]) -> str:
    """The person `bearer` written as `written` writes the one called `name.canonical`."""
    first, last = bearer
    words, full = written.split(), name.canonical.split()
    if len(words) == 1:
        is_first = len(full) > 1 and folded(words[0]) == folded(full[0])
        new = first if is_first else last
        return new.upper() if words[0].isupper() and len(words[0]) > 1 else new
    if _INITIAL.match(words[0]):
        first = "-".join(f"{part[0]}." for part in first.split("-") if part)
    loud = [word.isupper() and len(word) > 1 and "." not in word for word in words]
    if all(loud):
        return f"{first} {last}".upper()
    if loud[0]:
        return f"{last.upper()} {first}"
    if loud[-1]:
        return f"{first} {last.upper()}"
    if (
        full
        and len(full) > 1
        and folded(words[0]) == folded(full[-1])
        and folded(words[-1]) == folded(full[0])
    ):
        return f"{last} {first}"
    return f"{first} {last}"


def _as_firm(written: str, name: Name, bearer: str) -> str:
    """The organisation `bearer` written as `written` writes the one called `name.canonical`."""
    words, full = written.split(), name.canonical.split()
    if folded(" ".join(words)) == folded(" ".join(full)):
        new = bearer
    elif len(words) == 1 and len(full) > 1 and written.isupper() and len(written) < 8:
        return acronym(bearer)
    elif len(words) < len(full):
        new = short_form(bearer)
    else:
        new = bearer
    return new.upper() if written.isupper() and len(written) > 5 and not name.canonical.isupper() else new


def acronym(name: str) -> str:
    """Initials of the words of `name` that have a capital, or its first letters where it has but one word.

    >>> acronym("Agence de la Transition Écologique"), acronym("Verkor")
    ('ATÉ', 'VERK')
    """
    initials = "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())
    return initials if len(initials) > 1 else name.replace(" ", "").upper()[:4]


def short_form(name: str) -> str:
    """The first word of `name` that can stand for it alone.

    >>> short_form("Laboratoires Dumont"), short_form("Verkor SAS"), short_form("La Ruche")
    ('Dumont', 'Verkor', 'La Ruche')
    """
    words = name.split()
    if len(words) == 1 or words[0] in ("La", "Le", "Les", "Sauvons", "Protégeons") or " pour " in name:
        return name
    if words[0] in ("Groupe", "Laboratoire", "Laboratoires", "Maison", "Établissements", "Cabinet"):
        return " ".join(words[1:])
    return words[0] if len(words[0]) > 2 else name


def _elision(text: str, done: int, start: int, new: str, rng: random.Random) -> Edit | None:
    """What must change right before `start` where `new` begins with another kind of sound than the old name."""
    before = text[max(done, start - 4) : start]
    vowel = folded(new[:1]) in _VOWELS
    elided = _ELIDED.search(before)
    if elided and not vowel:
        choices = _OPEN[elided.group(1).lower()]
        article = rng.choice(choices)
        return start - 2, start, article.capitalize() if elided.group(1).isupper() else article
    full = _FULL.search(before)
    if full and vowel and rng.random() < 0.7:
        return start - 3, start, f"{full.group(1)}'"
    return None
