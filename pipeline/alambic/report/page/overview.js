// What all releases found hold together, and the view of one name or unit across them.
function addTo(map, key, build) {
  if (!map.has(key)) map.set(key, build());
  return map.get(key);
}

function gather(releases) {
  const names = new Map();
  const units = new Map();
  const speech = new Map();
  const all = { words: 0, quotes: 0, figures: 0, named: 0, dates: [] };
  for (const release of releases) {
    all.words += release.words;
    for (const iso of release.dates) all.dates.push(iso);
    all.named += release.n_dates;
    for (const [number, mentions] of pairs(release.names)) {
      const name = addTo(names, number, () => ({ number, mentions: 0, releases: 0, quotes: 0, roles: new Set() }));
      name.mentions += mentions;
      name.releases += 1;
      if (release.roles[number]) name.roles.add(release.roles[number]);
    }
    for (const [group, value] of pairs(release.figures)) {
      const unit = addTo(units, group, () => ({ group, total: 0, values: [], releases: new Set() }));
      unit.total += 1;
      if (value != null) unit.values.push(value);
      unit.releases.add(release.number);
      all.figures += 1;
    }
    for (const speakers of release.quotes) {
      all.quotes += 1;
      for (const speaker of speakers) {
        names.get(speaker).quotes += 1;
        const pair = addTo(speech, `${release.issuer ?? ""}\n${speaker}`,
          () => ({ issuer: release.issuer, issuerName: release.issuer_name, speaker, quotes: 0, releases: new Set() }));
        pair.quotes += 1;
        pair.releases.add(release.number);
      }
    }
  }
  const byNumber = (list, ...fields) => list.sort((one, other) => {
    const differing = fields.find((name) => one[name] !== other[name]);
    return differing ? other[differing] - one[differing] : 0;
  });
  const people = [...names.values()].filter(({ number }) => isPerson(number));
  const organisations = [...names.values()].filter(({ number }) => !isPerson(number));
  return {
    ...all,
    people: byNumber(people, "quotes", "mentions"),
    organisations: byNumber(organisations, "releases", "mentions"),
    units: byNumber([...units.values()], "total"),
    speech: byNumber([...speech.values()], "quotes"),
  };
}

const nameLink = (number) => link(`#/name/${number}`, named(plain(nameOf(number))));
const unitText = (group) => INDEX.units[group][1] || INDEX.units[group][0];

function section(title, ...content) {
  const id = `section-${title.toLowerCase().replace(/\W+/g, "-")}`;
  return make("section", { "aria-labelledby": id }, make("h2", { id }, title), content);
}

function totals(pairsOfTotal) {
  return make("dl", { class: "totals" }, pairsOfTotal.map(([name, number]) =>
    make("div", {}, make("dt", {}, name), make("dd", {}, NUMBER.format(number)))));
}

function overview() {
  const all = gather(FOUND);
  const some = FOUND.length !== INDEX.releases.length;
  return make("div", { class: "view" },
    make("header", { class: "head" },
      make("p", { class: "kicker" }, some ? "The releases found" : "The whole run"),
      make("h1", {}, some ? `${NUMBER.format(FOUND.length)} of ${count(INDEX.releases.length, "release")}` : count(FOUND.length, "release"))),
    totals([["words", all.words], ["people", all.people.length], ["organisations", all.organisations.length],
      ["figures", all.figures], ["dates", all.named], ["quotes", all.quotes]]),
    all.dates.length ? section("Dates", make("p", { class: "aside" }, "How many of the dates named begin when."), datesByTime(all.dates)) : null,
    all.units.length ? section("Figures", figuresOverview(all.units)) : null,
    all.speech.length ? section("Who quotes whom", shortened(all.speech, 10, (rows) =>
      table("Quotes by issuer and speaker", [{ name: "Issuer" }, { name: "Quotes" }, { name: "Times", number: true }, { name: "Releases", number: true }],
        rows.map((row) => [
          row.issuer ? (row.issuerName == null ? named(plain(row.issuer)) : nameLink(row.issuerName)) : make("span", { class: "aside" }, "unknown issuer"),
          nameLink(row.speaker), NUMBER.format(row.quotes), NUMBER.format(row.releases.size)])))) : null,
    all.people.length ? section("People", shortened(all.people, 12, (rows) =>
      table("People, those most quoted first", [{ name: "Name" }, { name: "Role" }, { name: "Quotes", number: true }, { name: "Mentions", number: true }, { name: "Releases", number: true }],
        rows.map((row) => [nameLink(row.number), make("span", { class: "role", lang: "fr" }, named(plain([...row.roles][0] ?? ""))),
          NUMBER.format(row.quotes), NUMBER.format(row.mentions), NUMBER.format(row.releases)])))) : null,
    all.organisations.length ? section("Organisations", shortened(all.organisations, 12, (rows) =>
      table("Organisations, those in most releases first", [{ name: "Name" }, { name: "Quotes", number: true }, { name: "Mentions", number: true }, { name: "Releases", number: true }],
        rows.map((row) => [nameLink(row.number), NUMBER.format(row.quotes), NUMBER.format(row.mentions), NUMBER.format(row.releases)])))) : null,
    rejectedInputs());
}

function figuresOverview(units) {
  const drawn = units.filter((unit) => unit.values.length > 1);
  const box = make("div", {});
  const draw = (group) => {
    const unit = drawn.find((one) => String(one.group) === group);
    if (unit) box.replaceChildren(valuesOf(unitText(unit.group), unit.values));
  };
  const select = make("select", { id: "drawn-unit", onchange: (event) => draw(event.target.value) },
    drawn.slice(0, 40).map((unit) => make("option", { value: unit.group }, `${plain(unitText(unit.group))} (${INDEX.units[unit.group][0]}, ${unit.total})`)));
  if (drawn.length) draw(String(drawn[0].group));
  const edge = (unit, of) => (unit.values.length ? SHORT.format(of(unit.values)) : "");
  return [
    drawn.length ? make("p", { class: "aside" }, make("label", { for: "drawn-unit" }, "Values in "), select) : null,
    box,
    shortened(units, 12, (rows) => table("Figures by kind and unit",
      [{ name: "Unit" }, { name: "Kind" }, { name: "Figures", number: true }, { name: "Least", number: true },
        { name: "Median", number: true }, { name: "Most", number: true }, { name: "Releases", number: true }],
      rows.map((unit) => [link(`#/unit/${unit.group}`, named(plain(unitText(unit.group)))), INDEX.units[unit.group][0],
        NUMBER.format(unit.total), edge(unit, least), edge(unit, median), edge(unit, most), NUMBER.format(unit.releases.size)]))),
  ];
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

function rejectedInputs() {
  if (!INDEX.rejected.length) return null;
  return section("Rejected", shortened(INDEX.rejected, 10, (rows) =>
    table("Inputs that no release was read from", [{ name: "Input" }, { name: "Reason" }, { name: "What helps" }],
      rows.map((row) => [named(row.source), named(row.reason), named(row.remedy)]))));
}

// The places in a part whose marks pass `wanted`, each in some of the words around it.
function places(release, wanted) {
  const shown = part(release.number);
  return shown.marks.map((mark, number) => ({ mark, number, shown }))
    .filter(({ mark }) => wanted(mark, shown))
    .map(({ mark, number }) => make("li", { lang: release.language ?? "fr" },
      make("a", { href: routeTo(release, number), class: `place ${kindOf(shown, mark)}` }, context(shown, mark))));
}

function context(shown, mark) {
  const inside = markedText(shown, mark);
  if (!mark.at) return [make("b", {}, named(plain(inside)))];
  const around = mark.mark === "quote" ? 0 : 70;
  const { text } = shown;
  let [from, to] = [Math.max(0, mark.at[0] - around), Math.min(text.length, mark.at[1] + around)];
  while (around && from > 0 && /\S/.test(text[from - 1])) from -= 1;
  while (around && to < text.length && /\S/.test(text[to])) to += 1;
  return [pieces(text.slice(from, mark.at[0])), make("b", {}, named(inside)), pieces(text.slice(mark.at[1], to))];
}

function acrossReleases(kicker, title, told, releases, blocks) {
  return make("div", { class: "view" },
    make("header", { class: "head" }, make("p", { class: "kicker" }, kicker), make("h1", {}, title), told),
    shortened(releases, 20, (some) => make("div", {}, some.map((release) => make("section", { class: "of-release" },
      make("h2", { lang: release.language ?? "fr" }, link(routeTo(release), named(plain(titleOf(release))))),
      make("p", { class: "aside" }, [release.issuer, release.published && written(release.published)].filter(Boolean).map(plain).join(" · ")),
      blocks(release))))));
}

function nameView(number) {
  const releases = INDEX.releases.filter((release) => [...pairs(release.names)].some(([name]) => name === number));
  const roles = [...new Set(releases.map((release) => release.roles[number]).filter(Boolean))];
  const isNamed = (shown, actor) => shown.actors[actor].name_number === number;
  const quotes = releases.reduce((sum, release) => sum + release.quotes.filter((speakers) => speakers.includes(number)).length, 0);
  const told = [
    roles.length ? make("p", { class: "role", lang: "fr" }, roles.slice(0, 3).map((role, place) => [place ? " ; " : null, named(plain(role))])) : null,
    make("p", { class: "aside" }, `Named in ${count(releases.length, "release")}, quoted ${quotes === 1 ? "once" : `${quotes} times`}. `,
      make("button", { type: "button", class: "more", onclick: () => askForName(number) }, "Keep these releases in the list")),
  ];
  return acrossReleases(isPerson(number) ? "Person" : "Organisation", named(plain(nameOf(number))), told, releases, (release) => {
    const said = places(release, (mark, shown) => mark.mark === "quote" && mark.speakers.some((actor) => isNamed(shown, actor)));
    const mentioned = places(release, (mark, shown) => mark.mark === "entity" && isNamed(shown, mark.actor));
    return [
      said.length ? [make("h3", {}, "Says"), make("ul", { class: "places quotes" }, said)] : null,
      mentioned.length ? [make("h3", {}, "Is named"), make("ul", { class: "places" }, mentioned)] : null,
    ];
  });
}

function unitView(group) {
  const releases = FOUND.filter((release) => [...pairs(release.figures)].some(([one]) => one === group));
  const [kind, unit] = INDEX.units[group];
  return acrossReleases(`Figures: ${kind}`, named(plain(unit || kind)), make("p", { class: "aside" }, `In ${count(releases.length, "release")}.`),
    releases, (release) => make("ul", { class: "places" }, places(release, (mark) => mark.group === group)));
}
