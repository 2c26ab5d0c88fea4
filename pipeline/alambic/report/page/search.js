// Search and filters. Case, accents and the shape of apostrophes do not matter; all words must be there.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/[’ʼ]/g, "'").replace(/\s/g, " ");
const SPELLED = { "œ": "oe", "æ": "ae" };
const searched = (text) => fold(text).replace(/[œæ]/g, (letter) => SPELLED[letter]);

const ASKED = { words: [], from: "", to: "", issuer: "", quotes: false, money: false, name: null, order: "given" };
const MONEY = new Set(INDEX.units.flatMap(([kind], number) => (kind === "money" ? [number] : [])));

const FOLDED = []; // texts by number, kept once searched
let nameTexts = null;

function headText(release) {
  nameTexts ??= INDEX.names.map(([, name]) => searched(name));
  const names = [...pairs(release.names)].map(([name]) => nameTexts[name]);
  return [...[release.id, release.title, release.issuer, release.place].map((text) => searched(text ?? "")),
    ...names].join("\n");
}

function holdsWords(release) {
  FOLDED[release.number] ??= `${headText(release)}\n${searched(read(`release-${release.number}`).text)}`;
  return ASKED.words.every((word) => FOLDED[release.number].includes(word));
}

function passes(release) {
  const published = release.published ?? "";
  if (ASKED.from && published < ASKED.from) return false;
  if (ASKED.to && (!published || published > ASKED.to)) return false;
  if (ASKED.issuer && release.issuer !== ASKED.issuer) return false;
  if (ASKED.quotes && !release.quotes.length) return false;
  if (ASKED.money && ![...pairs(release.figures)].some(([group]) => MONEY.has(group))) return false;
  if (ASKED.name != null && ![...pairs(release.names)].some(([name]) => name === ASKED.name)) return false;
  return !ASKED.words.length || holdsWords(release);
}

const ORDERS = {
  given: (one, other) => one.number - other.number,
  newest: (one, other) => (other.published ?? "").localeCompare(one.published ?? ""),
  oldest: (one, other) => (one.published ?? "9999").localeCompare(other.published ?? "9999"),
  title: (one, other) => titleOf(one).localeCompare(titleOf(other), "fr"),
  quotes: (one, other) => other.quotes.length - one.quotes.length,
  figures: (one, other) => other.figures.length - one.figures.length,
};

// Goes through all releases in slices of time, so that typing never waits; the latest search wins.
let latest = 0;
async function search(tell) {
  const mine = ++latest;
  const found = [];
  let pause = performance.now() + 12;
  for (const release of INDEX.releases) {
    if (passes(release)) found.push(release);
    if (performance.now() > pause) {
      await new Promise((resolve) => setTimeout(resolve));
      if (mine !== latest) return;
      pause = performance.now() + 12;
    }
  }
  found.sort((one, other) => ORDERS[ASKED.order](one, other) || one.number - other.number);
  tell(found);
}

const MOST_SHOWN = 5000; // a letter may be anywhere

// Shows the searched words in the text without touching its nodes.
function highlightWords(article) {
  if (!CSS.highlights) return;
  CSS.highlights.delete("searched");
  if (!article || !ASKED.words.length) return;
  const places = new Highlight();
  CSS.highlights.set("searched", places);
  const nodes = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    const folded = fold(node.data);
    if (folded.length !== node.data.length || node.parentElement.closest(".speaker")) continue;
    for (const word of ASKED.words) {
      for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        places.add(range);
        if (places.size === MOST_SHOWN) return;
      }
    }
  }
}
