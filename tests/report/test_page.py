"""What a person does with the page, done in a real Chromium from a file on disk."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from alambic.report import write_report

from .conftest import WriteRun
from .written import HOSTILE, VERDELEC, Written, commune, elsewhere, verdelec

WAIT_SECONDS = 10


class Reader:
    """Someone at the page."""

    def __init__(self, browser: Any, page: str) -> None:
        self.browser, self._page = browser, page

    def go(self, route: str = "") -> None:
        self.browser.get("about:blank")
        self.browser.get(f"{self._page}#/{route}")
        self.wait("document.querySelector('#main h1')")

    def js(self, expression: str) -> Any:
        return self.browser.execute_script(f"return {expression}")

    def wait(self, expression: str) -> Any:
        from selenium.webdriver.support.wait import WebDriverWait

        return WebDriverWait(self.browser, WAIT_SECONDS, 0.05).until(
            lambda _: self.js(expression), f"never true: {expression}"
        )

    def keys(self, *keys: str) -> None:
        self.browser.switch_to.active_element.send_keys(*keys)

    def search(self, words: str, found: str) -> None:
        self.fill("query", words)
        self.wait(f"document.getElementById('found').textContent === {found!r}")

    def fill(self, field: str, value: str) -> None:
        self.browser.execute_script(
            "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
            "field.dispatchEvent(new Event(field.type === 'search' ? 'input' : 'change'))",
            field,
            value,
        )

    def click(self, selector: str, text: str = "") -> None:
        from selenium.webdriver.common.by import By

        found = self.browser.find_elements(By.CSS_SELECTOR, selector)
        node = next(node for node in found if text in node.text)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", node)
        node.click()

    def text(self, selector: str) -> str:
        return str(self.js(f"document.querySelector({selector!r}).textContent"))

    def titles(self) -> list[str]:
        return list(self.js("[...document.querySelectorAll('.row-title')].map((row) => row.textContent)"))

    def total(self, name: str) -> int:
        pairs = self.js(
            "[...document.querySelectorAll('.totals div')].map((one) => [...one.children].map((x) => x.textContent))"
        )
        return int(dict(pairs)[name].replace(",", ""))

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.browser.get_log("browser")]


@pytest.fixture
def reader(chromium: Any, page: str) -> Any:
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    chromium.set_window_size(1500, 1000)
    chromium.get_log("browser")
    here = Reader(chromium, page)
    here.go()
    yield here
    assert here.complaints() == []


IN_SIGHT = """(() => {{ const box = document.querySelector({0!r}).getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight; }})()"""


def test_it_opens_on_the_totals_of_the_run(reader: Reader) -> None:
    assert reader.text("h1") == "303 releases"
    assert [reader.total(name) for name in ("people", "quotes", "dates", "figures")] == [2, 4, 3, 305]
    assert "it holds nothing but blanks" in reader.text("#main")


def test_searching_needs_no_accents_and_shows_the_words_in_the_text(reader: Reader) -> None:
    reader.search("reseau electrique", "1 of 303 releases")
    assert reader.titles() == ["🔋⚡ Verdélec ouvre sa première usine à Vierzon"]
    reader.click(".row")
    reader.wait("document.querySelector('article.text')")
    shown = reader.js("[...CSS.highlights.get('searched')].map(String)")
    assert shown == ["réseau", "électrique"]
    reader.search("reseau introuvable", "0 of 303 releases")


def test_from_a_person_to_their_words_in_place(reader: Reader) -> None:
    reader.click("a", "Claire Aubertin")
    reader.wait("document.querySelector('h1').textContent === 'Claire Aubertin'")
    assert "Named in 2 releases, quoted 3 times" in reader.text(".head")
    reader.click(".places.quotes a", "👏 Avec cette usine")
    reader.wait("document.querySelector('q.chosen')")
    reader.wait(IN_SIGHT.format("q.chosen"))
    assert reader.text("q.chosen").replace("\n", " ").startswith("👏 Avec cette usine, Verdélec double")
    assert "Claire Aubertin" in reader.text("#card")
    assert "présidente de Verdélec" in reader.text("#card")
    same = reader.js("[...document.querySelectorAll('.mark.same')].map((mark) => mark.textContent)")
    assert same == ["Claire Aubertin", "Claire Aubertin"]


def test_the_text_is_whole_and_each_mark_is_on_its_characters(reader: Reader) -> None:
    reader.go("release/verdelec")
    marks = reader.js(
        "[...document.querySelectorAll('.mark')].map((mark) => [mark.classList[1], mark.textContent])"
    )
    assert ["figure", "45 millions d'euros"] in marks
    assert ["person", "Claire Aubertin"] in marks
    assert [text for kind, text in marks if kind == "organisation"] == [
        *["Verdélec"] * 3,
        "Enercentre",
        "Verdélec",
    ]
    assert reader.js("[...document.querySelectorAll('q .mark')].map((mark) => mark.textContent)") == [
        "Verdélec",
        "2027",
        "Enercentre",
    ]
    shown = reader.js(
        "(() => { const copy = document.querySelector('article.text').cloneNode(true);"
        "copy.querySelectorAll('.speaker').forEach((note) => note.remove());"
        "return [...copy.children].map((paragraph) => paragraph.textContent).join('\\n\\n') })()"
    )
    assert shown == VERDELEC.strip()


def test_speakers_stand_at_their_quotes(reader: Reader) -> None:
    reader.go("release/verdelec")
    labels = reader.js(
        "[...document.querySelectorAll('.speaker')].map((note) => note.getAttribute('aria-label'))"
    )
    assert labels == ["Quote by Claire Aubertin, présidente de Verdélec", "Quote by Claire Aubertin"]
    boxes = reader.js(
        "[...document.querySelectorAll('.speaker')].map((note) => { const box = note.getBoundingClientRect();"
        "return [box.left, box.top, box.bottom] })"
    )
    text_left = reader.js("document.querySelector('article.text p').getBoundingClientRect().left")
    assert all(left < text_left for left, _, _ in boxes)
    assert boxes[0][2] <= boxes[1][1]
    reader.click(".speaker", "Claire Aubertin")
    reader.wait("document.querySelector('q.chosen')")


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"from": "2025-01-01"}, "1 of 303 releases"),
        ({"to": "2024-12-31"}, "1 of 303 releases"),
        ({"issuer": "Verdélec"}, "1 of 303 releases"),
        ({"issuer": "Verdélec", "to": "2024-12-31"}, "0 of 303 releases"),
        ({"query": "COMMUNE 250"}, "2 of 303 releases"),
    ],
)
def test_filters_work_together(fields: dict[str, str], found: str, reader: Reader) -> None:
    for field, value in fields.items():
        reader.fill(field, value)
    reader.wait(f"document.getElementById('found').textContent === {found!r}")


def test_totals_follow_the_filters(reader: Reader) -> None:
    reader.click(".filters summary")
    reader.click("label.check", "with quotes")
    reader.wait("document.querySelector('h1').textContent === '3 of 303 releases'")
    assert (reader.total("quotes"), reader.total("figures")) == (4, 5)
    reader.click("label.check", "with amounts of money")
    reader.wait("document.getElementById('found').textContent === '3 of 303 releases'")


def test_keeping_the_releases_that_name_someone_and_going_back(reader: Reader) -> None:
    reader.click("a", "Claire Aubertin")
    reader.wait("document.querySelector('h1').textContent === 'Claire Aubertin'")
    reader.click("button", "Keep these releases")
    reader.wait("document.getElementById('found').textContent === '2 of 303 releases'")
    assert len(reader.titles()) == 2
    reader.click("#by-name button")
    reader.wait("document.getElementById('found').textContent === '303 releases'")
    reader.browser.back()
    reader.wait("document.querySelector('h1').textContent === '303 releases'")


def test_figures_of_a_unit_lead_to_their_places(reader: Reader) -> None:
    reader.click("td a, th a", "EUR")
    reader.wait("document.querySelector('.kicker').textContent === 'Figures: money'")
    reader.click(".places a", "45 millions d'euros")
    reader.wait("document.querySelector('.mark.chosen')?.textContent === \"45 millions d'euros\"")
    assert "45 million EUR" in reader.text("#card")


def test_a_bar_of_the_timeline_leads_to_its_date(reader: Reader) -> None:
    reader.go("release/verdelec")
    label = reader.js("document.querySelector('.read svg[role=img]').getAttribute('aria-label')")
    assert label == "Timeline: 2 dates from 12 Mar 2025; listed below"
    reader.browser.execute_script(
        "document.querySelector('.bars rect:last-of-type').dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    )
    reader.wait("document.querySelector('.mark.chosen')?.textContent === '2027'")
    assert "1 Jan – 31 Dec 2027" in reader.text("#card")


def test_everything_can_be_done_from_the_keyboard(reader: Reader) -> None:
    from selenium.webdriver.common.keys import Keys

    reader.keys(Keys.CONTROL + "k")
    reader.wait("document.activeElement.id === 'query'")
    reader.keys(Keys.NULL, "aubertin")
    reader.wait("document.getElementById('found').textContent === '2 of 303 releases'")
    reader.keys(Keys.ARROW_DOWN)
    reader.wait("document.activeElement.id === 'list'")
    reader.keys(Keys.ARROW_DOWN)
    active = reader.js(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).textContent"
    )
    assert "La Fédération des réseaux" in active
    reader.keys(Keys.ARROW_UP, Keys.ENTER)
    reader.wait("document.activeElement.id === 'main'")
    for _ in range(12):
        reader.keys(Keys.TAB)
        if reader.js("document.activeElement.matches('.mark')"):
            break
    assert reader.js("document.activeElement.textContent") == "Verdélec"
    reader.keys(Keys.ARROW_RIGHT)
    assert reader.js("document.activeElement.getAttribute('aria-label')") == "12 mars 2025, date: 12 Mar 2025"
    reader.keys(Keys.ENTER)
    reader.wait("document.querySelector('.mark.chosen')?.textContent === '12 mars 2025'")
    assert reader.js("document.activeElement.textContent") == "12 mars 2025"


def test_kinds_of_marks_can_be_hidden(reader: Reader) -> None:
    reader.go("release/verdelec")
    style = "getComputedStyle(document.querySelector('.mark.figure')).backgroundColor"
    before = reader.js(style)
    reader.click(".layer.figure")
    assert reader.js("document.querySelector('.layer.figure').getAttribute('aria-pressed')") == "false"
    assert reader.js(style) == "rgba(0, 0, 0, 0)" != before
    reader.click(".layer.figure")
    assert reader.js(style) == before


def test_only_the_rows_in_sight_exist(reader: Reader) -> None:
    from selenium.webdriver.common.keys import Keys

    assert reader.js("document.querySelectorAll('.row').length") < 30
    reader.browser.execute_script("document.getElementById('list').focus()")
    reader.keys(Keys.END)
    reader.wait("document.querySelector('.row[aria-posinset=\"303\"]')")
    assert "La commune n° 299 vote son budget" in reader.titles()
    assert reader.js("document.querySelectorAll('.row').length") < 30


def test_a_dark_system_gives_a_dark_page_and_the_button_turns_it(reader: Reader) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    light = reader.js(background)
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    reader.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": dark})
    reader.wait(f"{background} !== {light!r}")
    reader.click("#theme")
    assert reader.js(background) == light


CONTRASTS = """(() => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parts = (color) => { paint.clearRect(0, 0, 1, 1); paint.fillStyle = color; paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data]; };
  const light = (rgb) => rgb.slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const behind = (node) => { for (; node; node = node.parentElement) {
    const color = parts(getComputedStyle(node).backgroundColor); if (color[3] === 255) return color; } };
  const poor = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (!own || !node.checkVisibility() || node.closest("script, noscript, .skip")) continue;
    const style = getComputedStyle(node);
    const ink = node.closest("svg") ? (style.fill === "none" ? style.color : style.fill) : style.color;
    const [one, other] = [light(parts(ink)), light(behind(node))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) poor.push(`${node.className?.baseVal ?? node.className} ${node.textContent.slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return poor;
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("route", ["", "release/verdelec/0", "release/federation/2", "name/0", "unit/0"])
def test_all_text_stands_out_from_its_ground(route: str, scheme: str, reader: Reader) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    reader.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    reader.go(route)
    reader.wait(f"document.documentElement.dataset.theme === {scheme!r}")
    assert reader.js(CONTRASTS) == []


@pytest.mark.parametrize("route", ["", "release/verdelec/0", "name/0"])
def test_screen_readers_find_a_name_on_all_that_can_be_used(route: str, reader: Reader) -> None:
    reader.go(route)
    reader.browser.execute_script("document.querySelector('.filters').open = true")
    nodes = reader.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    used = {
        "button",
        "link",
        "searchbox",
        "textbox",
        "listbox",
        "option",
        "combobox",
        "checkbox",
        "Date",
        "img",
        "image",
    }
    told = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]
    assert [role for role, name in told if role in used and not name.strip()] == []
    roles = {role for role, _ in told}
    assert {"main", "navigation", "search", "heading", "listbox", "status"} <= roles
    assert [name for role, name in told if role == "heading"].count("") == 0


def test_hostile_text_is_shown_and_does_nothing(reader: Reader) -> None:
    reader.search("pwned", "1 of 303 releases")
    assert reader.titles()[0].startswith("<script>window.pwned = 1</script>")
    reader.click(".row")
    reader.wait("document.querySelector('article.text')")
    assert reader.text("h1") == HOSTILE.splitlines()[0]
    assert reader.js("document.querySelector('article.text').textContent.includes('<b>gras</b> &amp; &lt;')")
    reader.click(".mark.organisation")
    reader.wait("document.getElementById('card').textContent.includes('onerror')")
    reader.go("name/0")
    reader.go("release/%3Cb%3E/../../")
    assert reader.js("document.querySelectorAll('img, b > i, iframe, object').length") == 0
    assert reader.js("window.pwned ?? null") is None


def test_direction_marks_are_named_and_turn_nothing_around(reader: Reader) -> None:
    reader.search("pwned", "1 of 303 releases")
    reader.click(".row")
    reader.wait("document.querySelector('article.text .control')")
    marks = reader.js(
        "[...document.querySelectorAll('article.text .control')].map((one) => [one.dataset.name, getComputedStyle(one).display])"
    )
    assert marks == [["RLO", "inline-block"], ["PDF", "inline-block"]]
    order = reader.js(
        "(() => { const part = [...document.querySelectorAll('article.text *')].flatMap((one) => [...one.childNodes])"
        ".find((one) => one.nodeType === 3 && one.data.includes('ruopà'));"
        "const at = part.data.indexOf('ruopà'); const left = (place) => { const range = new Range();"
        "range.setStart(part, place); range.setEnd(part, place + 1); return range.getBoundingClientRect().left };"
        "return left(at) < left(at + 4) })()"
    )
    assert order is True


def test_the_page_asks_the_world_for_nothing_and_runs_no_other_script(reader: Reader) -> None:
    for route in ("", "release/verdelec", "name/0"):
        reader.go(route)
        assert reader.js("performance.getEntriesByType('resource').map((one) => one.name)") == []
    reader.browser.execute_script(
        "const script = document.createElement('script'); script.textContent = 'window.foreign = 1';"
        "document.body.append(script); document.body.insertAdjacentHTML('beforeend', '<img src=\"https://example.org/x.png\">')"
    )
    assert reader.js("window.foreign ?? null") is None
    refused = reader.complaints()
    assert any("violates" in one and "script-src" in one for one in refused)
    assert any("violates" in one and "https://example.org/x.png" in one for one in refused)


def test_printing_gives_the_text_and_all_that_was_read(
    chromium: Any, write_run: WriteRun, tmp_path: Path
) -> None:
    one = commune(1)
    names = [f"Comité{letter}" for letter in "ABCDEFGHIJKLMNOP"]
    one.text += "\n\n" + " ; ".join(names) + "."
    for name in names:
        one.entity(name, "ORG")
    printer = Reader(chromium, write_report(write_run(one, verdelec())).as_uri())
    printer.go("release/commune-001")
    printed = chromium.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    document = pypdfium2.PdfDocument(base64.b64decode(printed))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "Le maire annonce 3 projets" in text
    assert all(text.count(name) >= 2 for name in names)
    assert "Filters and order" not in text


def test_without_texts_the_sentences_stand_in_and_the_page_says_so(
    chromium: Any, write_run: WriteRun
) -> None:
    reader = Reader(chromium, write_report(write_run(verdelec(), elsewhere(), texts=False)).as_uri())
    reader.go("release/verdelec")
    assert "alambic run … --keep-text" in reader.text(".notice")
    assert reader.js("[...document.querySelectorAll('q .mark')].map((mark) => mark.textContent)") == [
        "Verdélec",
        "2027",
        "Enercentre",
    ]
    reader.search("usine", "1 of 2 releases")


def test_on_a_telephone_the_text_comes_in_sight(reader: Reader) -> None:
    reader.browser.set_window_size(500, 900)
    reader.search("Vierzon", "1 of 303 releases")
    reader.click(".row")
    reader.wait("document.querySelector('article.text')")
    reader.wait("document.querySelector('h1').getBoundingClientRect().top < innerHeight / 2")
    assert reader.js("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("route", ["", "name/0", "unit/0", "release/verdelec"])
def test_nothing_is_wider_than_a_telephone(reader: Reader, route: str) -> None:
    reader.browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True},
    )
    try:
        reader.go(route)
        assert reader.js("document.documentElement.scrollWidth") == 360
    finally:
        reader.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_cells_pages_and_bullets_of_a_pdf_are_shown_as_such(chromium: Any, write_run: WriteRun) -> None:
    text = (
        "\uf0b7\tVerdélec ouvre une usine à Vierzon et y emploie déjà quarante personnes\n"
        "\uf0b7\tElle produira des cellules pour le réseau électrique du centre de la France\n"
        "Effectif\t74\t118\n\fFin du communiqué, qui tient sur deux pages de la taille d’une lettre\n"
    )
    reader = Reader(chromium, write_report(write_run(Written("pdf", text))).as_uri())
    reader.go("release/pdf")
    assert reader.js("[...document.querySelectorAll('.text .gap')].every((one) => one.offsetWidth > 15)")
    assert reader.js("document.querySelectorAll('.text .symbol').length") == 2
    assert reader.js("document.querySelectorAll('.text .page-break').length") == 1
    lines = [line for line in reader.js("document.querySelector('.text').innerText").split("\n") if line]
    assert sum(line.startswith("\uf0b7") for line in lines) == 2
