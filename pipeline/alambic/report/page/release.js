// One release: its text with the marks in place, and beside it what was read, each line leading to its place.
const hidden = new Set(); // kinds whose marks are not shown

function releaseView(release) {
  const shown = part(release.number);
  const article = make("article", {
    class: "text", lang: release.language ?? "fr", "aria-label": "Text of the release", onclick: clicked, onkeydown: moveAmongMarks,
  }, markedParagraphs(shown, (node, of, number) => noteSpeaker(node, of, number)));
  const aside = make("aside", { class: "read", "aria-label": "What was read" },
    make("div", { class: "card", id: "card", role: "status" }),
    datesOf(shown, release), figuresOf(shown), quotesOf(shown), castOf(shown, "PER"), castOf(shown, "ORG"), fileOf(release));
  const node = make("div", { class: "view release" },
    make("header", { class: "head" },
      make("p", { class: "kicker" }, [release.issuer, release.place, release.published && written(release.published)]
        .filter(Boolean).map((text, place) => [place ? " · " : null, named(plain(text))])),
      make("h1", { lang: release.language ?? "fr" }, named(plain(titleOf(release)))),
      legend(shown)),
    make("div", { class: "columns" },
      make("div", {}, shown.whole ? null : make("p", { class: "notice" },
        "These are the sentences that something was read from. For the whole text, run ",
        make("code", {}, "alambic run … --keep-text"), " and make the report again."), article),
      aside));
  const first = node.querySelector(".mark[role]");
  if (first) first.tabIndex = 0;
  return { node, choose, searched: () => highlightWords(article), placed: () => placeNotes(article) };

  function legend(of) {
    const counts = {};
    for (const mark of of.marks) counts[kindOf(of, mark)] = (counts[kindOf(of, mark)] ?? 0) + 1;
    return make("div", { class: "legend", role: "group", "aria-label": "Marks shown" },
      Object.entries(KINDS).map(([kind, title]) => make("button", {
        type: "button", class: `layer ${kind}`, "aria-pressed": String(!hidden.has(kind)), onclick: (event) => {
          if (!hidden.delete(kind)) hidden.add(kind);
          event.currentTarget.setAttribute("aria-pressed", String(!hidden.has(kind)));
          showLayers(article);
        },
      }, make("span", { class: "sample" }, title), ` ${counts[kind] ?? 0}`)));
  }

  function choose(number) {
    const nodes = [...article.querySelectorAll(`[data-mark="${number}"]`)];
    for (const node of article.querySelectorAll(".chosen, .same")) node.classList.remove("chosen", "same");
    for (const node of nodes) node.classList.add("chosen");
    const mark = shown.marks[number];
    for (const actor of mark.mark === "quote" ? mark.speakers : mark.mark === "entity" ? [mark.actor] : []) {
      shown.marks.forEach((other, place) => {
        if (place !== number && (other.actor === actor || (mark.mark === "entity" && other.speakers?.includes(actor)))) {
          article.querySelectorAll(`[data-mark="${place}"]`).forEach((node) => node.classList.add("same"));
        }
      });
    }
    document.getElementById("card").replaceChildren(...cardOf(shown, number), steps(shown, number) ?? "");
    if (!nodes.length) return;
    nodes[0].scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    if (nodes[0].getAttribute("role") === "button") rove(nodes[0]);
  }

  // To the mentions of the same entity, day or amount before and after.
  function steps(of, number) {
    const key = sameness(of, of.marks[number]);
    const all = of.marks.flatMap((mark, place) => (sameness(of, mark) === key ? [place] : []));
    if (key === "" || all.length < 2) return null;
    const here = all.indexOf(number);
    const step = (to, sign, title) => make("button", {
      type: "button", class: "plain", "aria-label": title, onclick: () => goTo(release, all[(here + to + all.length) % all.length]),
    }, sign);
    return make("p", { class: "steps" }, step(-1, "←", "Mention before"), `${here + 1} of ${all.length}`, step(1, "→", "Mention after"));
  }

  function clicked(event) {
    const mark = event.target.closest("[data-mark]");
    if (mark && article.contains(mark)) goTo(release, Number(mark.dataset.mark));
  }

  function rove(node) {
    article.querySelectorAll('[tabindex="0"]').forEach((other) => { other.tabIndex = -1; });
    node.tabIndex = 0;
  }

  function moveAmongMarks(event) {
    const here = event.target.closest(".mark[role]");
    if (!here || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = [...article.querySelectorAll('.mark[role][data-mark]:not([data-goes-on])')].filter((node) => !hidden.has(node.classList[1]));
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    if (event.key in steps) {
      event.preventDefault();
      const next = all[Math.min(Math.max(all.indexOf(here) + steps[event.key], 0), all.length - 1)];
      rove(next);
      next.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      goTo(release, Number(here.dataset.mark));
    }
  }

  function noteSpeaker(node, of, number) {
    const mark = of.marks[number];
    if (mark.mark !== "quote") return;
    const speakers = speakersOf(of, mark);
    node.append(make("button", {
      type: "button", class: "speaker", "data-mark": number, lang: "en",
      "aria-label": `Quote by ${plain(speakers) || "someone unnamed"}${mark.speaker_role ? `, ${plain(mark.speaker_role)}` : ""}`,
    }, make("span", {}, named(plain(speakers) || "unnamed"))));
  }

  function line(number, ...content) {
    return make("a", { class: "line", href: routeTo(release, number) }, content);
  }

  function numbered(of, kind) {
    return of.marks.map((mark, number) => ({ mark, number, text: plain(markedText(of, mark)) })).filter(({ mark }) => mark.mark === kind);
  }

  // Marks that say the same thing are one line, which leads to the first.
  function alike(found, key) {
    const groups = new Map();
    for (const one of found) addTo(groups, key(one.mark), () => []).push(one);
    return [...groups.values()];
  }

  function grouped(group, kind, tell) {
    const [{ mark, number, text }] = group;
    return line(number, make("span", {}, make("span", { class: kind, lang: "fr" }, named(text)),
      group.length > 1 ? make("span", { class: "times" }, ` ×${group.length}`) : null), make("span", { class: "told" }, tell(mark)));
  }

  function datesOf(of, whose) {
    const dates = numbered(of, "date");
    if (!dates.length) return null;
    const groups = alike(dates, (mark) => `${mark.iso_start ?? "~"} ${mark.iso_end ?? "~"}`)
      .sort(([one], [other]) => sameness(of, one.mark).localeCompare(sameness(of, other.mark)));
    const known = groups.map(([first]) => first).filter(({ mark }) => mark.iso_start);
    return section("Timeline",
      known.length > 1 ? timeline(known, whose.published, (number) => goTo(release, number)) : null,
      make("ol", { class: "lines" }, groups.map((group) => make("li", {}, grouped(group, "date", interval)))));
  }

  function figuresOf(of) {
    const groups = new Map();
    for (const figure of numbered(of, "figure")) addTo(groups, figure.mark.group, () => []).push(figure);
    if (!groups.size) return null;
    const order = ["money", "percent", "quantity", "count", "duration"];
    const kinds = order.filter((kind) => [...groups.keys()].some((group) => INDEX.units[group][0] === kind));
    return section("Figures", kinds.map((kind) => [
      make("h3", {}, { money: "Money", percent: "Shares", quantity: "Quantities", count: "Counts", duration: "Durations" }[kind]),
      [...groups].filter(([group]) => INDEX.units[group][0] === kind).map(([group, figures]) => make("div", { class: "unit" },
        make("h4", {}, link(`#/unit/${group}`, named(plain(unitText(group))))),
        make("ul", { class: "lines" }, alike(figures, amount).map((group) => make("li", {}, grouped(group, "figure", amount)))))),
    ]));
  }

  function quotesOf(of) {
    const speakers = new Map();
    for (const quote of numbered(of, "quote")) addTo(speakers, plain(speakersOf(of, quote.mark)), () => []).push(quote);
    if (!speakers.size) return null;
    return section("Who is quoted", [...speakers].map(([speaker, quotes]) => make("div", { class: "said" },
      make("h3", {}, speaker ? namesLinked(of, quotes[0].mark) : "Someone unnamed"),
      quotes[0].mark.speaker_role ? make("p", { class: "role", lang: "fr" }, named(plain(quotes[0].mark.speaker_role))) : null,
      make("ul", { class: "lines" }, quotes.map(({ mark, number, text }) => make("li", {},
        line(number, make("span", { class: "words", lang: "fr" }, named(text)),
          mark.cue ? make("span", { class: "told", lang: "fr" }, named(plain(mark.cue))) : null)))))));
  }

  function castOf(of, label) {
    const actors = of.actors.map((actor, number) => ({ ...actor, number })).filter((actor) => actor.label === label)
      .sort((one, other) => other.mentions - one.mentions);
    if (!actors.length) return null;
    return section(label === "PER" ? "People" : "Organisations", shortened(actors, 12, (some) => make("ul", { class: "lines" },
      some.map((actor) => {
        const first = of.marks.findIndex((mark) => mark.actor === actor.number);
        const shownName = make("span", { class: label === "PER" ? "person" : "organisation" }, named(plain(actor.name)));
        const role = [actor.role, actor.acronym, actor.employer].filter(Boolean).map(plain).join(" · ");
        return make("li", {}, first === -1 ? make("span", { class: "line" }, shownName)
          : line(first, shownName, make("span", { class: "told" }, `×${actor.mentions}`)),
        role ? make("p", { class: "role", lang: "fr" }, named(role)) : null);
      }))));
  }

  function fileOf(whose) {
    return section("Source", make("p", { class: "aside source" }, named(whose.source ?? whose.id), ` · ${count(whose.words, "word")}`));
  }
}

const speakersOf = (of, mark) => mark.speakers.map((actor) => of.actors[actor].name).join(" ; ");
const namesLinked = (of, mark) => mark.speakers.map((actor, place) => [place ? " ; " : null, nameLink(of.actors[actor].name_number)]);

function sameness(of, mark) {
  if (mark.mark === "entity") return `entity ${mark.actor}`;
  if (mark.mark === "date") return `date ${mark.iso_start ?? "~"} ${mark.iso_end ?? "~"}`;
  if (mark.mark === "figure") return `figure ${mark.group} ${amount(mark)}`;
  return mark.speakers.length ? `quote ${mark.speakers.join()}` : "";
}

function goTo(release, number) {
  const route = routeTo(release, number);
  if (location.hash === route) show();
  else location.hash = route;
}

// All that is known of one mark.
function cardOf(of, number) {
  const mark = of.marks[number];
  const kind = kindOf(of, mark);
  const rows = [];
  const tell = (name, ...value) => { if (value.some((one) => one != null && one !== "")) rows.push(make("dt", {}, name), make("dd", {}, value)); };
  if (kind === "figure") {
    tell("Value", amount(mark));
    tell("Kind", mark.kind);
    tell("Measures", mark.about && named(plain(mark.about)));
    if (mark.unit_base && mark.unit_base !== mark.unit) tell("Comparable", `${NUMBER.format(mark.value_base)} ${plain(mark.unit_base)}`);
  } else if (kind === "date") {
    tell("Days", interval(mark));
    tell("Precision", mark.precision);
    if (mark.relative) tell("Reckoned", "from the release's own day");
  } else if (kind === "quote") {
    tell("Speaker", mark.speakers.length ? namesLinked(of, mark) : "unnamed");
    tell("Role", mark.speaker_role && named(plain(mark.speaker_role)));
    tell("Cue", mark.cue && named(plain(mark.cue)));
    if (!mark.direct) tell("Speech", "indirect");
  } else {
    const actor = of.actors[mark.actor];
    tell("Name", nameLink(actor.name_number));
    tell("Also", actor.aliases.length ? named(plain(actor.aliases.join(", "))) : null);
    tell("Role", actor.role && named(plain(actor.role)));
    tell("At", actor.employer && named(plain(actor.employer)));
    tell("Acronym", actor.acronym && named(plain(actor.acronym)));
    tell("Mentions", String(actor.mentions));
    if (mark.confidence != null) tell("Confidence", `${Math.round(mark.confidence * 100)} %`);
  }
  tell("Doubt", mark.note && named(plain(mark.note)));
  if (!mark.at) tell("Place", "its characters are not in the text shown");
  const text = plain(markedText(of, mark));
  return [make("p", { class: "card-kind" }, kind),
    make("p", { class: `card-text ${kind}`, lang: "fr" }, named(text.length > 160 ? `${text.slice(0, 160)}…` : text)), make("dl", {}, rows)];
}

function showLayers(article) {
  for (const kind of Object.keys(KINDS)) article.classList.toggle(`no-${kind}`, hidden.has(kind));
}

// Speakers stand in the margin at their quote's first line; one that would cover another moves down.
function placeNotes(article) {
  showLayers(article);
  let free = -Infinity;
  for (const note of article.querySelectorAll(".speaker")) {
    note.style.marginTop = "";
    if (getComputedStyle(note).position !== "absolute") continue;
    const box = note.getBoundingClientRect();
    const move = Math.max(0, free - box.top);
    if (move) note.style.marginTop = `${move}px`;
    free = box.top + move + box.height + 4;
  }
}
