// A release's text as paragraphs, its marks nested where they stand. Marks may overlap: one that crosses
// another's edge, or a paragraph's, goes on in a second element.
const KINDS = {
  organisation: "Organisations", person: "People", figure: "Figures", date: "Dates", quote: "Quotes",
};
const kindOf = (part, mark) =>
  mark.mark === "entity" ? (part.actors[mark.actor].label === "PER" ? "person" : "organisation") : mark.mark;

function markElement(part, number, goesOn) {
  const mark = part.marks[number];
  const kind = kindOf(part, mark);
  const common = { class: `mark ${kind}`, "data-mark": number, "data-goes-on": goesOn };
  if (kind === "quote") return make("q", common);
  const said = kind === "figure" ? amount(mark) : kind === "date" ? interval(mark) : kind;
  return make("span", {
    ...common, role: "button", tabindex: -1,
    "aria-label": `${plain(markedText(part, mark))}, ${kind === said ? kind : `${kind}: ${plain(said)}`}`,
  });
}

// Lines of a text that was wrapped by hand end at about one width: such ends are shown as blanks, and so are
// those before a small letter, but none before a bullet.
const BULLET = /^\s*(?:[•●○▪■‣⁃·➢➔►✓*\uf020-\uf0ff]|[-–—]\s)/;

function wrapWidth(text) {
  const lengths = text.split("\n").map((line) => line.trim().length).filter((length) => length > 20);
  lengths.sort((one, other) => one - other);
  const usual = lengths[Math.floor(lengths.length * 0.85)] ?? 0;
  return lengths.length > 3 && usual >= 50 && usual <= 140 ? usual * 0.78 : Infinity;
}

function* paragraphPlaces(text) {
  let from = 0;
  for (const gap of [...text.matchAll(/\n\s*\n/g), { index: text.length, 0: "" }]) {
    const lines = text.slice(from, gap.index);
    const start = from + lines.length - lines.trimStart().length;
    const end = from + lines.trimEnd().length;
    if (start < end) yield [start, end];
    from = gap.index + gap[0].length;
  }
}

function markedParagraphs(part, decorate) {
  const { text } = part;
  const width = wrapWidth(text);
  const marks = part.marks.map((mark, number) => ({ number, at: mark.at })).filter((mark) => mark.at);
  const seen = new Set();
  const paragraphs = [];
  let next = 0;
  let open = []; // marks that reach into what follows, outermost first
  for (const [start, end] of paragraphPlaces(text)) {
    const paragraph = make("p", {});
    const stack = [{ node: paragraph, end: Infinity }];
    const top = () => stack[stack.length - 1];
    const enter = (mark) => {
      const node = markElement(part, mark.number, seen.has(mark.number));
      if (!seen.has(mark.number)) decorate(top().node, part, mark.number);
      seen.add(mark.number);
      top().node.append(node);
      stack.push({ node, end: mark.at[1], mark });
    };
    const write = (from, to) => {
      if (from < to) appendAll(top().node, broken(text, from, to, width));
    };
    open.filter((mark) => mark.at[1] > start).forEach(enter);
    let at = start;
    const leave = (until) => {
      for (;;) {
        const first = Math.min(...stack.map((one) => one.end));
        if (first > until) break;
        write(at, first);
        at = Math.max(at, first);
        const reopened = [];
        while (stack.some((one) => one.end === first)) {
          const closed = stack.pop();
          if (closed.end !== first) reopened.unshift(closed.mark);
        }
        reopened.forEach(enter);
      }
      write(at, until);
      at = Math.max(at, until);
    };
    while (next < marks.length && marks[next].at[0] < end) {
      const mark = marks[next++];
      leave(Math.max(mark.at[0], start));
      enter(mark);
    }
    leave(end);
    open = stack.slice(1).map((one) => one.mark);
    paragraphs.push(paragraph);
  }
  return paragraphs;
}

function broken(text, from, to, width) {
  const nodes = [];
  let at = from;
  for (let end = text.indexOf("\n", from); end !== -1 && end < to; end = text.indexOf("\n", end + 1)) {
    const line = text.slice(text.lastIndexOf("\n", end - 1) + 1, end).trim();
    const next = text.slice(end + 1, end + 41);
    const goesOn = width < Infinity && /^\s*\p{Ll}/u.test(next);
    if ((line.length < width && !goesOn) || BULLET.test(next)) continue;
    nodes.push(pieces(text.slice(at, end)), make("span", { class: "wrapped" }, "\n"));
    at = end + 1;
  }
  nodes.push(pieces(text.slice(at, to)));
  return nodes;
}
