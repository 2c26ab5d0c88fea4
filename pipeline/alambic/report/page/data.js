// The data of the page: the index at once, a release's own part when it is shown.
const read = (name) => JSON.parse(document.getElementById(name).textContent);
const INDEX = read("index");
const PARTS = new Map();
const KEPT = 50;

INDEX.releases.forEach((release, number) => { release.number = number; });

function part(number) {
  if (!PARTS.has(number)) {
    if (PARTS.size >= KEPT) PARTS.delete(PARTS.keys().next().value);
    PARTS.set(number, read(`release-${number}`));
  }
  return PARTS.get(number);
}

const titleOf = (release) => release.title || release.id;
const routeTo = (release, mark) =>
  `#/release/${encodeURIComponent(release.id)}${mark == null ? "" : `/${mark}`}`;
const nameOf = (number) => INDEX.names[number][1];
const isPerson = (number) => INDEX.names[number][0] === "PER";

function* pairs(flat) {
  for (let place = 0; place < flat.length; place += 2) yield [flat[place], flat[place + 1]];
}

function markedText(part, mark) {
  return mark.at ? part.text.slice(...mark.at) : mark.text;
}
