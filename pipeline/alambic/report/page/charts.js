// Charts by Observable Plot. Each is an image to screen readers; the lists beside it hold the same for all.
const LOOK = { style: { background: "none", fontFamily: "inherit", fontSize: "12px" } };

function chart(label, options) {
  const svg = Plot.plot({ ...LOOK, ...options });
  // Plot brings a style element, which the page's policy forbids; page.css holds its rules.
  svg.querySelectorAll("style").forEach((style) => style.remove());
  svg.querySelectorAll("[aria-label]").forEach((inner) => inner.removeAttribute("aria-label"));
  svg.classList.add("plot");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return svg;
}

const DAY_LENGTH = 86400000;
const sinceEpoch = (iso) => day(iso).getTime();

// The dates of a release as bars, in as few lanes as they fit without touching; each is given once.
function timeline(dates, published, choose) {
  const width = 340;
  const bars = dates.map(({ mark, number }) => ({
    mark, number, from: sinceEpoch(mark.iso_start), to: sinceEpoch(mark.iso_end ?? mark.iso_start) + DAY_LENGTH,
  }));
  bars.sort((one, other) => one.from - other.from || one.to - other.to);
  const all = [...bars, ...(published ? [{ from: sinceEpoch(published), to: sinceEpoch(published) }] : [])];
  const start = least(all.map((bar) => bar.from));
  const end = most(all.map((bar) => bar.to));
  const shortest = Math.max(end - start, 30 * DAY_LENGTH) * 6 / width;
  const lanes = [];
  for (const bar of bars) {
    bar.to = Math.max(bar.to, bar.from + shortest);
    bar.lane = lanes.findIndex((until) => until + shortest / 3 <= bar.from);
    if (bar.lane === -1) bar.lane = lanes.length;
    lanes[bar.lane] = bar.to;
  }
  const margin = Math.max((end - start) * 0.03, 20 * DAY_LENGTH);
  const svg = chart(`Timeline: ${count(bars.length, "date")} from ${written(dates[0].mark.iso_start)}; listed below`, {
    width, height: 34 + Math.max(lanes.length, 1) * 11, marginLeft: 4, marginRight: 4, marginBottom: 22, marginTop: 10,
    x: { type: "utc", domain: [new Date(start - margin), new Date(end + margin)], ticks: 5, label: null },
    y: { type: "band", domain: lanes.map((_, lane) => lane), axis: null, padding: 0.3 },
    marks: [
      published && Plot.ruleX([day(published)], { stroke: "currentColor", strokeDasharray: "2,3" }),
      Plot.barX(bars, {
        x1: (bar) => new Date(bar.from), x2: (bar) => new Date(bar.to), y: "lane", rx: 2, className: "bars",
        title: (bar) => interval(bar.mark), fill: "var(--date)",
      }),
    ],
  });
  svg.querySelectorAll(".bars rect").forEach((bar, place) => bar.addEventListener("click", () => choose(bars[place].number)));
  return svg;
}

function columns(label, counted, options) {
  return chart(label, {
    width: Math.max(320, Math.min(860, innerWidth - 40)), height: 160, marginLeft: 40, marginBottom: 24, marginTop: 14,
    y: { grid: true, ticks: Math.min(3, most(counted.map((bar) => bar.number))), label: null, tickFormat: "d" }, ...options,
    marks: [Plot.rectY(counted, { x1: "from", x2: "to", y: "number", fill: "var(--bars)", inset: 0.5, title: "title" }),
      Plot.ruleY([0])],
  });
}

// How many dates begin in each year, or in each month where they span few years.
function datesByTime(dates) {
  const years = dates.map((iso) => Number(iso.slice(0, 4)));
  const [low, high] = middle(years);
  const monthly = high - low < 4;
  const counts = new Map();
  let outside = 0;
  for (const [place, iso] of dates.entries()) {
    if (years[place] < low || years[place] > high) { outside += 1; continue; }
    const key = monthly ? iso.slice(0, 7) : iso.slice(0, 4);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const bars = [...counts].map(([key, number]) => {
    const [year, month] = key.split("-").map(Number);
    return {
      number, title: `${key}: ${count(number, "date")}`, from: new Date(Date.UTC(year, monthly ? month - 1 : 0)),
      to: new Date(Date.UTC(monthly ? year : year + 1, monthly ? month : 0)),
    };
  });
  const peak = bars.reduce((one, other) => (other.number > one.number ? other : one));
  const svg = columns(`Dates by ${monthly ? "month" : "year"}, ${low} to ${high}; most in ${peak.title}`, bars,
    { x: { type: "utc", label: null } });
  return [svg, outside ? make("p", { class: "aside" }, `${count(outside, "date")} before ${low} or after ${high} not drawn.`) : null];
}

// The years that hold all but the farthest fiftieth on either side.
function middle(years) {
  const sorted = [...years].sort((one, other) => one - other);
  const cut = Math.floor(sorted.length / 50);
  return [sorted[cut], sorted[sorted.length - 1 - cut]];
}

// The values of one unit, on a logarithmic scale where they differ by more than a hundred times.
function valuesOf(unit, values) {
  const positive = values.filter((value) => value > 0);
  const [low, high] = positive.length ? [least(positive), most(positive)] : [1, 1];
  const wide = positive.length > values.length * 0.9 && high / low > 100;
  const kept = wide ? positive : values;
  const [from, to] = wide ? [Math.floor(Math.log10(low) * 2) / 2, Math.log10(high)]
    : [least(values), most(values)];
  const step = wide ? 0.5 : Math.max((to - from) / 20, 1e-9);
  const counts = new Map();
  for (const value of kept) {
    const place = Math.floor(((wide ? Math.log10(value) : value) - from) / step);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const edge = (place) => (wide ? 10 ** (from + place * step) : from + place * step);
  const bars = [...counts].map(([place, number]) => ({
    number, from: edge(place), to: edge(place + 1),
    title: `${SHORT.format(edge(place))} to ${SHORT.format(edge(place + 1))} ${unit}: ${number}`,
  }));
  return columns(`${count(kept.length, "value")} in ${plain(unit)}, from ${SHORT.format(least(kept))} to ${SHORT.format(most(kept))}`,
    bars, { x: { type: wide ? "log" : "linear", label: null, tickFormat: (value) => SHORT.format(value), ticks: 6 } });
}
