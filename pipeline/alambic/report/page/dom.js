"use strict";

// Everything shown is built from nodes: no text of a release is ever read as markup.
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  appendAll(node, children);
  return node;
}

// One by one: a long release has more nodes than a call may have arguments.
function appendAll(node, children) {
  for (const child of children) {
    if (Array.isArray(child)) appendAll(node, child);
    else if (child != null && child !== false) node.append(child);
  }
}

const least = (values) => values.reduce((one, other) => Math.min(one, other));
const most = (values) => values.reduce((one, other) => Math.max(one, other));

const CONTROLS = {
  "\u061c": "ALM", "\u200e": "LRM", "\u200f": "RLM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF",
  "\u202d": "LRO", "\u202e": "RLO", "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
};
const SIGN = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\t\f\uf020-\uf0ff])/;

// Direction controls are shown by name and boxed in, so that they turn no other text around. Cells stand apart, pages
// too, and what a symbol font drew is a dot.
function pieces(text) {
  return text.split(SIGN).filter(Boolean).map((piece) => {
    if (piece in CONTROLS) return make("span", { class: "control", "data-name": CONTROLS[piece] }, piece);
    if (piece === "\t") return make("span", { class: "gap" }, piece);
    if (piece === "\f") return make("span", { class: "page-break" }, piece);
    return SIGN.test(piece) ? make("span", { class: "symbol" }, piece) : piece;
  });
}

const named = (text) => make("bdi", {}, pieces(text));
const plain = (text) => text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();

const count = (number, one, several = one + "s") => `${NUMBER.format(number)} ${number === 1 ? one : several}`;
const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });
const SPELT = new Intl.NumberFormat("en", { notation: "compact", compactDisplay: "long", maximumFractionDigits: 3 });

function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, date);
  return moment;
}
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const written = (iso) => DAY.format(day(iso));

function interval(date) {
  if (!date.iso_start) return "not resolved";
  return DAY.formatRange(day(date.iso_start), day(date.iso_end ?? date.iso_start));
}

function amount(figure) {
  const sign = { about: "about ", min: "more than ", max: "up to ", exact: "" }[figure.modifier] ?? "";
  if (figure.value == null) return "no value";
  const shown = (value) => figure.kind === "money" && Math.abs(value) >= 1e6 ? SPELT.format(value) : NUMBER.format(value);
  const range = figure.value_max == null ? "" : ` – ${shown(figure.value_max)}`;
  return `${sign}${shown(figure.value)}${range} ${figure.unit ?? ""}`.trim();
}

// A table whose first column heads its rows.
function table(caption, heads, rows) {
  const cell = (content, place) => make(place ? "td" : "th", {
    scope: place ? null : "row", class: heads[place].number ? "number" : null,
  }, content);
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    make("table", {},
      make("caption", {}, caption),
      make("thead", {}, make("tr", {}, heads.map((head) =>
        make("th", { scope: "col", class: head.number ? "number" : null }, head.name)))),
      make("tbody", {}, rows.map((cells) => make("tr", {}, cells.map(cell))))));
}

// The first few rows, and the rest when asked for.
function shortened(rows, few, build) {
  const box = make("div", {});
  const fill = (all) => {
    box.replaceChildren(build(all ? rows : rows.slice(0, few)));
    if (!all && rows.length > few) {
      box.append(make("button", { type: "button", class: "more rest", onclick: () => fill(true) },
        `Show all ${NUMBER.format(rows.length)}`));
    }
  };
  fill(false);
  return box;
}

const link = (route, ...content) => make("a", { href: route }, content);
