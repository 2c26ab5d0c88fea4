// The address after # says what is shown: a release (and a mark in it), a name, a unit, or all releases.
const MAIN = document.getElementById("main");
const BY_ID = new Map(INDEX.releases.map((release) => [release.id, release]));
let shownRoute = [];
let view = {};
let moved = false; // whether the reader went somewhere: then the keyboard follows

function show() {
  const route = location.hash.slice(2).split("/").map(decoded);
  const [what, which, mark] = route;
  const chosen = mark == null ? null : Number(mark);
  const release = what === "release" ? BY_ID.get(which) : null;
  if (release && shownRoute[0] === "release" && shownRoute[1] === which && chosen != null) {
    shownRoute = route;
    view.choose(chosen);
    return;
  }
  shownRoute = route;
  const number = Number(which);
  if (release) view = releaseView(release);
  else if (what === "name" && INDEX.names[number]) view = { node: nameView(number) };
  else if (what === "unit" && INDEX.units[number]) view = { node: unitView(number) };
  else view = { node: overview() };
  MAIN.replaceChildren(view.node);
  MAIN.scrollTop = 0;
  document.title = `${release ? plain(titleOf(release)) : INDEX.run.folder} · Alambic`;
  view.placed?.();
  view.searched?.();
  showCurrent(release);
  if (moved) {
    MAIN.focus({ preventScroll: true });
    if (getComputedStyle(MAIN).overflowY === "visible") MAIN.scrollIntoView();
  }
  if (chosen != null) view.choose?.(chosen);
}

function decoded(written) {
  try {
    return decodeURIComponent(written);
  } catch (fault) {
    if (fault instanceof URIError) return written; // an address mended by hand: it names nothing
    throw fault;
  }
}

// What the list holds has changed: totals follow, and the searched words in the text.
function foundChanged() {
  moved = false;
  if (["release", "name"].includes(shownRoute[0])) view.searched?.();
  else show();
}

function startTheme() {
  const button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = (dark) => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    button.setAttribute("aria-pressed", String(dark));
  };
  apply(system.matches);
  system.addEventListener("change", () => apply(system.matches));
  button.addEventListener("click", () => apply(button.getAttribute("aria-pressed") !== "true"));
}

function start() {
  const { folder, model, alambic } = INDEX.run;
  document.getElementById("run").append(named(folder), model ? ` · ${model} model` : "", alambic ? ` · version ${alambic}` : "");
  startTheme();
  startBrowser();
  addEventListener("hashchange", () => {
    moved = true;
    show();
  });
  addEventListener("beforeprint", () => document.querySelectorAll(".rest").forEach((button) => button.click()));
  addEventListener("resize", () => view.placed?.());
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      document.getElementById("query").select();
      document.getElementById("query").focus();
    }
  });
  ask();
}

start();
