"""How two states of a release are told apart, row by row, and in which words."""

from __future__ import annotations

import time
from typing import Any

import pytest

from alambic.regression.comparing import compare, compare_all
from alambic.regression.kept import Kept, Row
from alambic.regression.telling import Totals, summary, told

OLD, NEW = "0" * 64, "1" * 64


def _figure(text: str, value: float, start: int, sentence: str = "", **more: Any) -> Row:
    return {
        "text": text,
        "value": value,
        **more,
        "start": start,
        "sentence": sentence or text,
    }


def _name(start: int, text: str = "Verkor", sentence: str = "Verkor ouvre.", label: str = "ORG") -> Row:
    return {"text": text, "label": label, "start": start, "sentence": sentence}


SAME_TEXT: list[tuple[str, str, list[Row], list[Row], list[tuple[str, tuple[str, ...]]]]] = [
    ("nothing", "figures", [_figure("12 M€", 12e6, 9)], [_figure("12 M€", 12e6, 9)], []),
    ("another value", "figures", [_figure("12 M€", 12e6, 9)], [_figure("12 M€", 12, 9)], [("changed", ("value",))]),
    ("a value more", "figures", [_figure("12 €", 12, 9)], [_figure("12 €", 12, 9, unit="EUR")], [("changed", ("unit",))]),
    ("one more", "figures", [], [_figure("12 M€", 12e6, 9)], [("appeared", ())]),
    ("one less", "figures", [_figure("12 M€", 12e6, 9)], [], [("vanished", ())]),
    ("elsewhere", "figures", [_figure("12 M€", 12e6, 9)], [_figure("12 M€", 12e6, 90)], [("moved", ())]),
    (
        "a longer span", "entities", [_name(9, "Région")], [_name(9, "Région Bretagne")], [("changed", ("text",))],
    ),
    (
        "another value elsewhere is no change of this one",
        "figures",
        [_figure("12", 12, 9, unit="emploi")],
        [_figure("12", 12, 90, unit="site")],
        [("vanished", ()), ("appeared", ())],
    ),
    (
        "the mention that is lost, not its neighbours",
        "entities",
        [_name(0), _name(50), _name(90)],
        [_name(0), _name(90)],
        [("vanished", ())],
    ),
    ("another sentence", "entities", [_name(0)], [_name(0, sentence="Verkor")], [("changed", ("sentence",))]),
    (
        "two readings of one place",
        "figures",
        [_figure("12 à 15", 12, 9), _figure("12 à 15", 15, 9)],
        [_figure("12 à 15", 15, 9), _figure("12 à 15", 12, 9)],
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "table", "old", "new", "expected"), SAME_TEXT, ids=[row[0] for row in SAME_TEXT]
)
def test_in_the_same_text(
    what: str, table: str, old: list[Row], new: list[Row], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = compare(Kept("a", OLD, {table: old}), Kept("a", OLD, {table: new}))
    assert found.text == "same"
    assert [(change.what, change.cells) for change in found.changes] == expected
    assert bool(found) is bool(expected)


INVESTS, BUILDS = "Elle investit {} à Lyon.", "Elle bâtit {} à Brest."
CHANGED_TEXT: list[tuple[str, str, list[Row], list[Row], list[tuple[str, tuple[str, ...]]]]] = [
    ("nothing that was read", "figures", [_figure("12 M€", 12e6, 9)], [_figure("12 M€", 12e6, 9)], []),
    ("pushed along", "figures", [_figure("12 M€", 12e6, 9)], [_figure("12 M€", 12e6, 21)], [("moved", ())]),
    (
        "a figure corrected in its sentence",
        "figures",
        [_figure("12 M€", 12e6, 9, INVESTS.format("12 M€"))],
        [_figure("13 M€", 13e6, 21, INVESTS.format("13 M€"))],
        [("changed", ("text", "value"))],
    ),
    (
        "another figure in another sentence",
        "figures",
        [_figure("12 M€", 12e6, 9, INVESTS.format("12 M€"))],
        [_figure("13 M€", 13e6, 9, BUILDS.format("13 M€"))],
        [("vanished", ()), ("appeared", ())],
    ),
    (
        "lines broken elsewhere",
        "entities",
        [_name(9, "Banque \nPostale")],
        [_name(9, "Banque Postale")],
        [],
    ),
    (
        "a relative day, since the release has another date",
        "figures",
        [_figure("lundi", 1, 9, "Elle ouvre lundi.")],
        [_figure("lundi", 2, 9, "Elle ouvre lundi.")],
        [("changed", ("value",))],
    ),
    (
        "the mention in the sentence that was cut",
        "entities",
        [_name(0), _name(50, sentence="Verkor ferme."), _name(90, sentence="Verkor rit.")],
        [_name(0), _name(70, sentence="Verkor rit.")],
        [("vanished", ()), ("moved", ())],
    ),
]


@pytest.mark.parametrize(
    ("what", "table", "old", "new", "expected"), CHANGED_TEXT, ids=[row[0] for row in CHANGED_TEXT]
)
def test_in_a_changed_text(
    what: str, table: str, old: list[Row], new: list[Row], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = compare(Kept("a", OLD, {table: old}), Kept("a", NEW, {table: new}))
    assert found.text == "changed"
    assert [(change.what, change.cells) for change in found.changes] == expected
    assert found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([{"name": "Claire Morel", "mentions": 2}], [{"name": "Claire Morel", "mentions": 3}], ["changed"]),
        ([{"name": "VIC"}], [{"name": "Verkor Innovation Centre", "aliases": ["VIC"]}], ["changed"]),
        ([{"name": "Claire Morel"}], [{"name": "Ali Cerf"}], ["vanished", "appeared"]),
    ],
)
def test_people_and_organisations_are_the_same_by_any_of_their_names(
    old: list[Row], new: list[Row], expected: list[str]
) -> None:
    found = compare(Kept("a", OLD, {"people": old}), Kept("a", OLD, {"people": new}))
    assert sorted(change.what for change in found.changes) == sorted(expected)


def test_releases_come_go_and_are_renamed() -> None:
    rows = {"figures": [_figure("12 M€", 12e6, 9)]}
    old = {
        "reste": Kept("reste", OLD),
        "avant": Kept("avant", NEW, rows),
        "parti": Kept("parti", "2" * 64, rows),
    }
    new = {
        "reste": Kept("reste", OLD),
        "apres": Kept("apres", NEW, rows),
        "venu": Kept("venu", "3" * 64, rows),
    }
    found = list(compare_all(old, new))
    assert [(one.doc_id, one.text) for one in found] == [
        ("apres", "renamed"),
        ("parti", "gone"),
        ("reste", "same"),
        ("venu", "new"),
    ]
    assert [line for one in found for line in told(one)] == [
        "apres: the same text, formerly avant",
        "parti: the release is gone",
        "  figures: 1",
        "venu: a new release",
        "  figures: 1",
    ]
    totals = Totals()
    for one in found:
        totals.add(one)
    *_, last = summary(totals)
    assert last == "4 releases: 1 as before, 1 new, 1 gone, 1 renamed."


def test_a_release_that_cannot_be_read_any_more_is_told_with_the_reason() -> None:
    rejected = {"stage": "reading", "reason": "it is empty", "remedy": "give a file that holds text"}
    before, after = (
        Kept("a", OLD, {"figures": [_figure("12 M€", 12e6, 9)]}),
        Kept("a", None, {"rejected": [rejected]}),
    )
    assert list(told(compare(before, after))) == [
        "a: it cannot be read any more",
        "  figures: 1",
        '  rejected appeared: "it is empty", reading, give a file that holds text',
    ]
    assert next(told(compare(after, before))) == "a: it could not be read and can be now"


def test_rows_that_a_longer_text_pushed_along_are_counted_not_listed() -> None:
    old = [_name(start, sentence=f"Verkor {start}.") for start in range(0, 500, 50)]
    new = [row | {"start": row["start"] + 12} for row in old]
    new[-1] |= {"start": 900}
    assert list(told(compare(Kept("a", OLD, {"entities": old}), Kept("a", NEW, {"entities": new})))) == [
        "a: the text has changed",
        "  entities moved with the text: 9 by +12, 1 by +450 characters",
    ]


def test_each_changed_row_is_told_in_its_sentence() -> None:
    sentence = f"{'Depuis ' * 20}elle a levé 3 milliards d'euros pour l'usine, {'puis ' * 20}rien."
    row = _figure("3 milliards\nd’euros", 3, 900, sentence)
    after = Kept("a", OLD, {"figures": [row]})
    lines = list(told(compare(Kept("a", OLD, {"figures": [row | {"value": 3e9}]}), after)))
    assert lines[1] == '  figures changed at 900: "3 milliards d’euros", value 3000000000.0 → 3'
    assert "elle a levé [3 milliards d’euros] pour l'usine" in lines[2]
    assert len(lines[2]) < 150


@pytest.mark.parametrize("sha256", [OLD, NEW])
def test_time_grows_with_the_number_of_rows(sha256: str) -> None:
    old = [_figure("1", 1, 2 * n, "1 1 1") for n in range(50_000)]
    new = [row | {"start": row["start"] + 1} for row in old]
    began = time.process_time()
    compare(Kept("a", OLD, {"figures": old}), Kept("a", sha256, {"figures": new}))
    assert time.process_time() - began < 15
