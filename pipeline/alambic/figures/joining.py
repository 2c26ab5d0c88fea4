"""What amounts share: ranges (`10 à 15 M€`), changes (`de 45 à 38 M€`), lists (`250, 300 et 400 M€`), parts (`40 sur 62`)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from alambic.figures import anaphora
from alambic.figures.amounts import Amount
from alambic.figures.exclusions import is_year
from alambic.figures.measures import FUNCTION_WORDS
from alambic.figures.tokens import NUMBER, WORD, Block
from alambic.knowledge import rows

_CHANGES = {word: scope for word, scope in rows("alambic.figures", "changes.txt")}
_DASHES = frozenset("-–—‑−")
_SENTENCE_ENDS = frozenset(".!?;")
_LIST_JOINTS = frozenset([",", "et", "ou", "puis", "&"])
_PART_JOINTS = frozenset(["sur", "contre", "dont", "puis", "vs", "lesquels", "lesquelles"])
# Before a bare number, these make it a day, a year or a rank.
_DAY_CUES = frozenset(
    ["le", "au", "du", "en", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
)
_FALLS = ("baiss", "recul", "chut", "diminu", "repli", "perd", "rédui", "réduc")
_REACH = 10
_MEMORY = 60
_LABEL = 6  # tokens of the label of an item
_NEAR = 25  # tokens within which «en» means what was told last
_LENGTHS = frozenset(["m", "cm", "mm", "km"])
_PREPOSITIONS = frozenset(
    ["à", "au", "aux", "chez", "dans", "en", "de", "d'", "du", "des", "pour", "par", "sur"]
)


_SIGNS = frozenset("+-−–")
_TARIFF = frozenset(["si", "pour", "en", "sur", "réduit", "tarif", "sans", "avec", "à"])
_PRICE_ENDS = frozenset(
    ["", ".", ";", ",", ")", "l'", "un", "il", "en", "au", "contre", "fin", "début", "la", "cette"]
)


@dataclass(slots=True)
class Topic:
    """What the block before counted (`told`), what a list that has begun takes apart (`41 300 déclarations, dont`), and
    the money told last in this block, if nothing else has been counted since (`money`)."""

    told: Amount | None = None
    listed: Amount | None = None
    money: Amount | None = None


def join(block: Block, amounts: list[Amount], topic: Topic) -> list[Amount]:
    """The amounts of a block with their ranges made one and their shared units given.

    `topic` is what the blocks before counted last; it is brought up to date.
    """
    bare = any(amount.kind is None for amount in amounts)
    joined = _ranges(block, [amount for amount in amounts if amount.kind or not _is_bare_year(block, amount)])
    if bare:
        _changed_subjects(block, joined)
        _sides(block, joined)
        _against(block, joined)
        _lists(block, joined)
        _parts(block, joined)
    _recalled(block, joined, topic)
    if bare:
        _parts(
            block, joined
        )  # what has been recalled may have parts: «Quatorze sont certifiées, dont deux en or»
    return joined


def _changed_subjects(block: Block, amounts: list[Amount]) -> None:
    """`Les séjours sont passés de 98 000 à 137 000`: what changed says what is counted."""
    for left, right in pairwise(amounts):
        if left.kind or right.kind or right.first != left.last + 1 or block.low(left.last) != "à":
            continue
        unit = anaphora.subject_of_change(block, left.first, _CHANGES)
        if unit:
            for amount in (left, right):
                amount.kind, amount.unit, amount.shared = "count", unit, True


def _sides(block: Block, amounts: list[Amount]) -> None:
    """`60 × 40 cm`, `3 x 2 m`; but `4 x 100 m` is a race."""
    for left, right in reversed(list(pairwise(amounts))):
        if left.kind is None and right.unit in _LENGTHS and right.first == left.last + 1:
            if block.low(left.last) in ("x", "×") and (
                right.unit != "m" or max(left.value, right.value) < 50
            ):
                take(left, right)


def _ranges(block: Block, amounts: list[Amount]) -> list[Amount]:
    kept: list[Amount] = []
    for amount in amounts:
        previous = kept[-1] if kept else None
        if previous is None or not _paired(block, previous, amount):
            kept.append(amount)
            continue
        _share(block, previous, amount)
        if _is_bare_range(previous, amount) and not _is_change(block, previous, amount):
            scale = amount.number.scale
            previous.value, previous.value_max = previous.value * scale, amount.value
            previous.last = previous.number.last = amount.last
            previous.number.scale = scale
            continue
        if (
            amount.kind is None
            or previous.kind is None
            or previous.kind != amount.kind
            or previous.unit != amount.unit
        ) or _is_change(block, previous, amount):
            kept.append(amount)
        else:
            previous.value_max = amount.value
            previous.last = amount.last
            previous.doubt = previous.doubt or amount.doubt
            previous.number.about |= amount.number.about
    return kept


def _is_bare_range(left: Amount, right: Amount) -> bool:
    """`entre 30 et 35 millions`, where nothing yet says of what."""
    bare = left.kind is None and right.kind is None and left.number.scale == 1 < right.number.scale
    return bare and left.value * right.number.scale < right.value


def _paired(block: Block, left: Amount, right: Amount) -> bool:
    """Whether nothing but the joint of a range stands between two amounts."""
    if left.value_max is not None:
        return False
    gap = right.first - left.last
    joint = block.low(left.last)
    if gap == 2 and joint == "à" and block.low(left.last + 1) in ("environ", "près", "plus"):
        return True
    if gap == 2 and joint == "à" and block.low(left.last + 1) in ("quelque",):
        return True
    if gap != 1:
        return False
    if joint == "à":
        return (
            left.kind is None or right.kind is not None or block.low(left.first - 1) in ("de", "d'", "entre")
        )
    if joint in _DASHES:
        if right.kind is None or not 0 < left.value < right.value:
            return False
        if left.kind is None:
            # «SG 14-236 DD» is a name; a dash between counts joins what a plain noun counts.
            return right.kind != "count" or right.unit.islower()
        return left.kind in ("money", "percent") and left.unit == right.unit
    if joint == "et":
        return "entre" in (block.low(left.first - 1), block.low(left.first - 2), block.low(left.first - 3))
    if joint == "ou":
        # «deux ou trois» is a rough amount, «5 ou 6,45 %» are two.
        return left.kind is None and left.value + 1 == right.value and left.value.is_integer()
    if joint == "a":
        return left.kind is None and right.kind is not None and left.value < right.value
    return False


def _share(block: Block, left: Amount, right: Amount) -> None:
    """Gives the bare amount of a pair the unit of the other."""
    if left.kind is None and right.kind is not None:
        take(left, right, smaller=True)
    elif right.kind is None and left.kind is not None:
        take(right, left)


def take(bare: Amount, owner: Amount, smaller: bool = False, part: bool = False) -> None:
    """Gives `bare` the unit of `owner`, and its magnitude where the sentence writes that once for both."""
    bare.kind, bare.unit, bare.shared = owner.kind, owner.unit, True
    scale = bare.carried = owner.carries
    if part and (owner.kind == "count" or bare.number.value >= 1000):
        scale = bare.carried = 1.0
    if smaller and _shares_thousand(bare, owner):
        bare.value *= 1000
    elif owner.factor < 1:
        bare.value *= owner.factor
    elif scale > 1 and bare.number.scale == 1 and bare.factor == 1 and abs(bare.value) < 1000:
        if not (smaller and bare.value * scale > abs(owner.value) and bare.value >= 100):
            bare.value *= scale
    elif owner.factor > 1 and bare.number.scale == 1 and bare.factor == 1:
        bare.value *= owner.factor
    bare.value = float(f"{bare.value:.12g}")
    if bare.kind == "count" and bare.number.doubt and bare.number.whole is not None:
        bare.value = bare.number.whole


def _shares_thousand(bare: Amount, owner: Amount) -> bool:
    """`quatre à cinq mille`, `de 640 à 910 000 euros`: the thousand is written once, for both.

    In digits only where both are of one size: `de 50 à 10 000 habitants` means fifty.
    """
    thousands = owner.number.value / 1000
    if (
        owner.number.scale > 1
        or bare.number.scale > 1
        or owner.factor != 1
        or thousands % 1
        or bare.value == thousands
    ):
        return False
    if owner.number.words:
        return bare.number.words and 0 < bare.value < thousands
    return 100 <= bare.value < 1000 and 1 / 3 < bare.value / thousands < 3


def _is_change(block: Block, left: Amount, right: Amount) -> bool:
    joint = block.low(left.last)
    if joint in _DASHES or joint in ("ou", "a"):
        return False
    if left.value > right.value:
        return True
    if left.value == right.value:
        return True
    if joint == "et" or block.low(left.first - 1) not in ("de", "d'"):
        return False
    position = left.first - 2
    while position >= max(0, left.first - 2 - _REACH):
        token = block[position]
        if token.text in _SENTENCE_ENDS or (token.kind == NUMBER and not block.at(position + 1).glued):
            break
        if token.low.startswith(_FALLS):
            return False  # nothing falls from 8 to 10: «une baisse de 8 à 10 degrés» is one uncertain amount
        if _CHANGES.get(token.low) == "always" or (token.low in _CHANGES and left.kind != "percent"):
            return True
        position -= 1
    return (
        left.kind == "count" and left.value >= 100 and not (_is_round(left.value) and _is_round(right.value))
    )


def _is_round(value: float) -> bool:
    """Whether a number is one that people give for a rough amount: `15 000`, `2 000`, not `18 000`."""
    digits = f"{value:.0f}".rstrip("0")
    return len(digits) == 1 or (len(digits) == 2 and digits[1] == "5")


def _is_bare_year(block: Block, amount: Amount) -> bool:
    token = block[amount.number.first]
    return token.kind == NUMBER and amount.last == amount.number.first + 1 and is_year(token.text)


def _lists(block: Block, amounts: list[Amount]) -> None:
    """`250, 300 et 400 millions d'euros`: from the last member back to the first."""
    for position in range(len(amounts) - 2, -1, -1):
        bare, owner = amounts[position], amounts[position + 1]
        if bare.kind is not None or owner.kind is None or owner.first - bare.last not in (1, 2):
            continue
        if block.low(bare.last) == "des" and owner.kind == "count" and owner.first == bare.last + 1:
            take(bare, owner)  # «sept des dix étés»
            continue
        joint = block.low(bare.last)
        if owner.first - bare.last == 2 and not (
            joint == "," and block.low(bare.last + 1) in ("et", "ou", "puis")
        ):
            continue
        if joint not in _LIST_JOINTS:
            continue
        if (
            joint == ","
            and owner.first - bare.last == 1
            and not owner.shared
            and not _continues(block, amounts, position)
        ):
            continue
        if block.low(bare.first - 1) in _DAY_CUES:
            continue
        take(bare, owner)


def _continues(block: Block, amounts: list[Amount], position: int) -> bool:
    """Whether a bare number before a comma has another one before it in the list."""
    if position == 0:
        return False
    earlier, bare = amounts[position - 1], amounts[position]
    return earlier.kind is None and bare.first - earlier.last == 1 and block.low(earlier.last) == ","


def _against(block: Block, amounts: list[Amount]) -> None:
    """`38 voix contre 5 et 3 abstentions`: what stands right behind a noun goes before what a list would give."""
    for near, bare in pairwise(amounts):
        if (
            bare.kind is None
            and near.kind == "count"
            and block.low(near.last) == "contre"
            and bare.first == near.last + 1
        ):
            take(bare, near)


def _parts(block: Block, amounts: list[Amount]) -> None:
    """`40 éoliennes sur 62`, `57 M€, dont 14 d'aides`, `45 M€ contre 38`: a bare number takes a unit given before it."""
    for position in range(1, len(amounts)):
        bare = amounts[position]
        if bare.kind is not None:
            continue
        joint = block.low(bare.first - 1)
        if joint in ("les", "environ", "quelque", "des", "seulement", "de"):
            joint = block.low(bare.first - 2)
        near = amounts[position - 1]
        if joint == "sur":
            across = near.unit in _LENGTHS and bare.first == near.last + 1
            part = near.kind == "count" and bare.first - near.last <= 5 and near.value <= bare.value
            if across or part:
                take(bare, near)
        elif joint == "puis":
            if near.kind and bare.first - near.last <= 3:
                take(bare, near)
        elif (
            near.kind == "money" and bare.first == near.last + 1 and joint == "," and _is_tariff(block, bare)
        ):
            take(bare, near)
        elif near.kind == "money" and _is_item(block, near, bare):
            take(bare, near)
        elif (
            near.kind == "money"
            and near.carries == 1
            and _is_price(block, bare)
            and not _sentence_ends(block, near.last, bare.first)
        ):
            take(bare, near, part=True)
        elif _is_difference(block, near, bare):
            take(bare, near)
            bare.unit = "point" if near.unit == "%" else near.unit  # «62 % (+ 4)»
            _take_sign(block, bare)
        elif block.low(bare.last) == "de" and block.low(bare.last + 1) in ("plus", "moins") and near.kind:
            owner = _owner(block, amounts, position, whole=False) if _is_no_share(near, bare) else near
            if owner and not _sentence_ends(block, near.last, bare.first) and not _is_no_share(owner, bare):
                take(bare, owner, part=owner.kind == "count")
        elif (
            joint in _PART_JOINTS
            or (joint == "à" and block.low(bare.first - 2) in _CHANGES)
            or (joint == "lieu" and block.low(bare.first - 1) == "de")
        ):
            if _is_aside(block, near, bare, joint):
                continue
            owner = _owner(block, amounts, position, whole=joint in ("dont", "lesquels", "lesquelles"))
            if owner:
                take(bare, owner, part=joint in ("dont", "lesquels", "lesquelles"))
        elif block.low(bare.last) in ("de", "du", "des", "d'") and block.at(bare.first - 1).text in (
            ",",
            ":",
            "et",
            "(",
        ):
            # «1 240 000 francs : 320 000 du canton, 250 000 de la loterie»
            if near.kind == "money" and not _sentence_ends(block, near.last, bare.first):
                take(bare, near)
        elif near.kind and block.at(bare.first - 1).text == "(" and block.at(bare.last).text == ")":
            if block.at(near.first - 1).text == "(" and not _sentence_ends(block, near.last, bare.first):
                take(bare, near)
        elif near.kind and bare.first - near.last <= _REACH and block.at(bare.first - 1).text == "(":
            # «104 jours (87 il y a deux ans)», «412 licenciés : record battu (388 la saison dernière)»
            beside, time = near.last == bare.first - 1, block.low(bare.last)
            if (
                time in ("il", "en", "fin", "au", "l'", "début", "un", "contre", "à")
                if beside
                else time in ("il", "l'", "la")
            ):
                if not _sentence_ends(block, near.last, bare.first - 1):
                    take(bare, near)


def _is_no_share(near: Amount, bare: Amount) -> bool:
    """`5 400 de plus (+ 0,2 %) ou 6 300 de plus`: hundreds are never percent."""
    return near.kind == "percent" and bare.value >= 100


def _is_aside(block: Block, near: Amount, bare: Amount, joint: str) -> bool:
    """`(412 contre 116)` compares two bare numbers; `dont 4 WorldTeams` counts what only its name tells."""
    if joint == "contre":
        return near.kind is None and near.last == bare.first - 1
    following = block.at(bare.last)
    return (
        joint == "dont"
        and following.kind == WORD
        and following.text[0].isupper()
        and not following.text.isupper()
        and bare.last == bare.number.last
    )


def _is_tariff(block: Block, bare: Amount) -> bool:
    """`15 euros, 5 si vous êtes étudiant`; but «8,90 €, 3 pour 22 €» counts what is sold."""
    return block.low(bare.last) in _TARIFF and block.at(bare.last + 1).kind != NUMBER


def _is_item(block: Block, near: Amount, bare: Amount) -> bool:
    """`Sweat 35 €, tee-shirt 15, gourde 9.`: items of a list, each a label with its amount."""
    labelled = block.at(near.first - 1)
    if labelled.kind != WORD or labelled.low in _PREPOSITIONS or labelled.text[-1] in "'’":
        return False
    if block.at(near.last).text not in (",", ";") or block.at(bare.last).text not in (",", ";", ".", ")", ""):
        return False
    label = block[near.last + 1 : bare.first]
    last = label[-1] if label else None
    return (
        last is not None
        and last.kind == WORD
        and last.low not in FUNCTION_WORDS
        and block[bare.number.first].kind == NUMBER
        and len(label) <= _LABEL
        and not any(token.text in _SENTENCE_ENDS or token.text in (",", ":") for token in label)
    )


def _is_price(block: Block, bare: Amount) -> bool:
    """Whether a bare number in a sentence of money is written as money is: `112,08`, `14 000`, and ends a phrase."""
    token = block[bare.number.first]
    if token.kind != NUMBER or bare.number.scale > 1 or bare.last != bare.number.first + 1:
        return False
    coins = len(token.text) > 3 and token.text[-3] == ","
    grouped = (
        len(token.text) > 4 and not token.text.isdigit() and bare.value.is_integer() and bare.value >= 1000
    )
    if block.low(bare.first - 1) in _DAY_CUES or block.low(bare.first - 1) == "de" or not (coins or grouped):
        return False
    return block.low(bare.last) in _PRICE_ENDS or (coins and block.low(bare.last) in _PREPOSITIONS)


def _is_difference(block: Block, near: Amount, bare: Amount) -> bool:
    """`58 élèves (+ 4)`"""
    sign = bare.first - (block[bare.first].text not in _SIGNS)
    return (
        near.kind is not None
        and block.low(sign) in _SIGNS
        and block.low(sign - 1) == "("
        and sign - 1 == near.last
        and block.low(bare.last) == ")"
    )


def _take_sign(block: Block, bare: Amount) -> None:
    if block[bare.first].text not in _SIGNS:
        bare.first -= 1
        if block[bare.first].text != "+":
            bare.value = -bare.value


def _owner(block: Block, amounts: list[Amount], position: int, whole: bool) -> Amount | None:
    """The amount that a bare one is compared with, or (`whole`) is a part of: the nearest one that suits it.

    Amounts in brackets closed since are asides; nobody compares a bare number with a duration.
    """
    bare = amounts[position]
    decimals = not bare.number.value.is_integer() and bare.number.scale == 1
    for index in range(position - 1, max(-1, position - 1 - _REACH), -1):
        owner = amounts[index]
        if _sentence_ends(block, owner.last, bare.first):
            return None
        aside = owner.kind == "duration" and index > 0 and whole and owner.last != bare.first - 1
        if owner.kind is None or aside:
            continue
        if _closes_bracket(block, owner.last, bare.first) or (
            decimals and owner.kind in ("count", "duration") and owner.number.value.is_integer()
        ):
            continue
        if whole and owner.value < bare.value * (
            owner.carries if bare.number.scale == 1 and bare.value < 1000 else 1
        ):
            continue
        return owner
    return None


def _closes_bracket(block: Block, first: int, last: int) -> bool:
    for index in range(first, last):
        text = block[index].text
        if text == "(":
            return False
        if text == ")":
            return True
    return False


def _recalled(block: Block, amounts: list[Amount], topic: Topic) -> None:
    """Bare numbers that count again what was counted before: `22 d'entre eux`, `nous en avons vendu 300`.

    Where two things have been counted, nothing tells which one is meant: the number is left out.
    """
    listed = topic.listed is not None and bool(amounts) and amounts[0].first <= 2
    told: list[Amount] = []
    for position, amount in enumerate(amounts):
        near = amounts[position - 1] if position else None
        if amount.kind is None:
            label = anaphora.label(block, amount)
            own = label is not None and near is not None and _stops(block, near.last, amount.first)
            if near and near.kind and not own and _is_parallel(block, near, amount):
                take(amount, near)
            elif anaphora.of_jobs(block, amount, near):
                amount.kind, amount.unit, amount.shared = "count", "emploi", True
            elif anaphora.follows_en(block, amount) or block.low(amount.last) == "autres":
                owner = _meant_by_en(amounts, position)
                if owner and (owner.kind == "count" or block.low(amount.last) != "autres"):
                    take(amount, owner, part=True)
            elif anaphora.recalls(block, amount):
                owner = _only([other for other in told if amount.first - other.last <= _MEMORY]) or topic.told
                if owner and (owner.kind == "count" or amount.value >= 1000):
                    take(amount, owner, part=True)
            elif listed and position == 0 and topic.listed and anaphora.opens_item(block, amount):
                take(amount, topic.listed, part=True)
            elif topic.money and anaphora.fills_label(block, amount) and not _counted(told):
                take(amount, topic.money, part=True)
            elif (unit := anaphora.told_after(block, amount)) is not None:
                amount.kind, amount.unit, amount.shared = "count", unit, True
            elif (
                anaphora.votes(block, amount)
                and near
                and near.kind == "count"
                and near.last + 2 == amount.first
            ):
                take(amount, near)  # «412 avis contre, 9 pour»
            elif anaphora.votes(block, amount):
                amount.kind, amount.unit, amount.shared = "count", "voix", True
            elif label is not None:
                amount.kind, amount.unit, amount.shared = "count", label, True
            elif anaphora.counts_us(block, amount):
                amount.kind, amount.unit, amount.shared = "count", "personne", True
        if amount.kind in ("count", "money") and not amount.shared and amount.unit != "reprise":
            told.append(amount)
        if amount.kind:
            topic.money = (
                amount if amount.kind == "money" else topic.money if amount.kind == "percent" else None
            )
    topic.money = None  # a label in the next block begins another thing
    if told:
        topic.told = _only(told)
    if not listed:
        opens = bool(amounts) and block.low(len(block) - 1) in ("dont", ":")
        topic.listed = amounts[-1] if opens and amounts[-1].kind in ("count", "money") else None


def _meant_by_en(amounts: list[Amount], position: int) -> Amount | None:
    """What was told last before the amount at `position`, near by; nobody means a duration or an age with «en»."""
    for owner in reversed(amounts[:position]):
        if amounts[position].first - owner.last > _NEAR:
            return None
        if owner.kind and owner.kind != "duration":
            return owner
    return None


def _counted(told: list[Amount]) -> bool:
    return any(amount.kind == "count" for amount in told)


def _only(told: list[Amount]) -> Amount | None:
    """The first amount, if all have its unit."""
    return told[0] if told and all(other.unit == told[0].unit for other in told) else None


def _is_parallel(block: Block, near: Amount, bare: Amount) -> bool:
    """`dont 88 chez Lucie et 46 chez Noé`, `Suisse : 17 projets ; Japon : 4`."""
    before, after = block.low(bare.first - 1), block.low(bare.last)
    if before == ":" and block.low(near.first - 1) == ":" and near.kind == "count":
        return after in ("", ";", ",", ".") and bare.first - near.last <= _REACH
    told = near.shared or near.kind in ("count", "money", "quantity", "percent") or before == "et"
    if not told or before not in (",", "et", ";"):
        return False
    return (
        after == block.low(near.last)
        and after in _PREPOSITIONS
        and not _sentence_ends(block, near.last, bare.first - 1)
    )


def _stops(block: Block, first: int, last: int) -> bool:
    return any(block[index].text in ".!?" for index in range(first, last))


def _sentence_ends(block: Block, first: int, last: int) -> bool:
    return any(block[index].text in _SENTENCE_ENDS for index in range(first, last))
