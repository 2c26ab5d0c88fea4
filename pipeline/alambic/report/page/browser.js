// The list of releases found: only the rows in sight exist.
const ROW = 84; // as .row in page.css
const LIST = document.getElementById("list");
const ROWS = document.getElementById("rows");
let FOUND = INDEX.releases;
let active = 0; // place in FOUND that the keyboard is at
let current = null; // the release shown

function row(place) {
  const release = FOUND[place];
  const node = make("div", {
    class: "row", role: "option", id: `row-${place}`, "aria-setsize": FOUND.length, "aria-posinset": place + 1,
    "aria-selected": String(release === current), "data-active": place === active, onclick: () => openAt(place),
  },
  make("span", { class: "row-title", lang: release.language }, named(plain(titleOf(release)))),
  make("span", { class: "row-told" },
    make("span", { class: "row-issuer" }, named(plain(release.issuer ?? ""))),
    release.published ? make("time", { datetime: release.published }, written(release.published)) : null));
  node.style.top = `${place * ROW}px`;
  return node;
}

let drawn = ""; // the rows that exist

function rowsInSight() {
  const first = Math.max(0, Math.floor(LIST.scrollTop / ROW) - 4);
  const last = Math.min(FOUND.length, Math.ceil((LIST.scrollTop + LIST.clientHeight) / ROW) + 4);
  return [first, last];
}

// Scrolling leaves rows alone that are there already: one may be under a finger.
function drawMissingRows() {
  if (rowsInSight().join() !== drawn) drawRows();
}

function drawRows() {
  const [first, last] = rowsInSight();
  drawn = `${first},${last}`;
  ROWS.style.height = `${FOUND.length * ROW}px`;
  ROWS.replaceChildren(...Array.from({ length: Math.max(0, last - first) }, (_, step) => row(first + step)));
  if (active >= first && active < last) LIST.setAttribute("aria-activedescendant", `row-${active}`);
  else LIST.removeAttribute("aria-activedescendant");
}

function bringIntoSight(place) {
  const top = place * ROW;
  if (top < LIST.scrollTop) LIST.scrollTop = top;
  else if (top + ROW > LIST.scrollTop + LIST.clientHeight) LIST.scrollTop = top + ROW - LIST.clientHeight;
}

function openAt(place) {
  active = place;
  location.hash = routeTo(FOUND[place]);
}

function moveInList(event) {
  const page = Math.max(1, Math.floor(LIST.clientHeight / ROW) - 1);
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (FOUND.length) openAt(active);
  } else if (event.key in steps && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    active = Math.min(Math.max(active + steps[event.key], 0), Math.max(FOUND.length - 1, 0));
    bringIntoSight(active);
    drawRows();
  }
}

function showCurrent(release) {
  current = release;
  const place = FOUND.indexOf(release);
  if (place !== -1) {
    active = place;
    bringIntoSight(place);
  }
  drawRows();
}

const field = (name) => document.getElementById(name);

function ask() {
  ASKED.words = searched(field("query").value).split(" ").filter(Boolean);
  ASKED.from = field("from").value;
  ASKED.to = field("to").value;
  ASKED.issuer = field("issuer").value;
  ASKED.quotes = field("with-quotes").checked;
  ASKED.money = field("with-money").checked;
  ASKED.order = field("order").value;
  return search((found) => {
    FOUND = found;
    active = Math.max(0, FOUND.indexOf(current));
    LIST.scrollTop = 0;
    bringIntoSight(active);
    drawRows();
    field("found").textContent = found.length === INDEX.releases.length
      ? count(found.length, "release") : `${NUMBER.format(found.length)} of ${count(INDEX.releases.length, "release")}`;
    foundChanged();
  });
}

// Only the releases that name someone: set from the view of a name, taken back by its button.
function askForName(number) {
  ASKED.name = number;
  const told = field("by-name");
  told.hidden = number == null;
  told.replaceChildren(...(number == null ? [] : ["Naming ", named(nameOf(number)), " ",
    make("button", { type: "button", "aria-label": "Take the filter by name away", onclick: () => askForName(null) }, "×")]));
  return ask();
}

function startBrowser() {
  const issuers = [...new Set(INDEX.releases.map((release) => release.issuer).filter(Boolean))];
  issuers.sort((one, other) => one.localeCompare(other, "fr"));
  field("issuer").append(...issuers.map((issuer) => make("option", { value: issuer }, plain(issuer))));
  for (const name of ["from", "to", "issuer", "with-quotes", "with-money", "order"]) field(name).addEventListener("change", ask);
  field("query").addEventListener("input", ask);
  field("query").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && FOUND.length) openAt(0);
    if (event.key === "ArrowDown") {
      event.preventDefault();
      LIST.focus();
    }
  });
  LIST.addEventListener("scroll", drawMissingRows, { passive: true });
  LIST.addEventListener("keydown", moveInList);
  new ResizeObserver(drawMissingRows).observe(LIST);
}
