/** Two checkpoints side by side: what differs, in which recipes, and what each has cost. */

import { call } from "./api.js";
import { edit } from "./edit.js";
import { h, write } from "./dom.js";
import { Links } from "./links.js";
import { checkpointAt, compareAt, filmAt } from "./places.js";
import { listed } from "./previewed.js";
import { sides } from "./sides.js";
import { money, phaseWord, readable } from "./words.js";

export function compare(id, left, right) {
  const view = new Comparison(id, left, right);
  view.look();
  return { element: view.element, leave: () => view.leave(), title: "Compare" };
}

class Comparison {
  #id;
  #asked;
  #left = new AbortController();
  #links = new Links(() => this.look());
  #told = h("p", { class: "problem", role: "alert" });
  #inside = h("div", { class: "compared" });

  constructor(id, left, right) {
    [this.#id, this.#asked] = [id, { left, right }];
    const swap = h("a", { class: "button small", href: compareAt(id, right, left) }, "Swap sides");
    this.element = h(
      "article",
      { class: "film comparing", "aria-busy": "true" },
      h(
        "header",
        { class: "heading" },
        h("a", { class: "back", href: filmAt(id) }, "← Back to it"),
        h("h1", {}, "Side by side"),
      ),
      this.#told,
      h("div", { class: "row" }, swap),
      this.#inside,
    );
  }

  leave() {
    this.#left.abort();
  }

  async look() {
    const { left, right } = this.#asked;
    const path = `productions/${this.#id}`;
    try {
      const { signal } = this.#left;
      const { data } = await call("GET", `${path}/compare?left=${left}&right=${right}`, { signal });
      for (const side of ["left", "right"])
        this.#links.settle(data.different.map((each) => each[side]).filter(Boolean));
      this.#draw(data);
    } catch (error) {
      if (error.name !== "AbortError") write(this.#told, error.message);
    }
    this.element.removeAttribute("aria-busy");
  }

  #draw(found) {
    const desk = { path: `productions/${this.#id}`, look: () => this.look() };
    const takeAll = (from, to, text) => takeOver(desk, { from, to, text });
    const { left, right, same, different } = found;
    this.#inside.replaceChildren(
      h(
        "div",
        { class: "pair-of" },
        sideOf(
          this.#id,
          left,
          different.length && (() => takeAll(right, left, "Take over all from the right")),
        ),
        sideOf(
          this.#id,
          right,
          different.length && (() => takeAll(left, right, "Take over all from the left")),
        ),
      ),
      h(
        "div",
        { class: "hint" },
        summary(same, different).map((line) => h("p", {}, line)),
      ),
      ...different
        .filter(({ left, right }) => left && right)
        .map((each) => difference(desk, each, found, this.#links)),
    );
  }
}

function summary(same, different) {
  const only = (side, other) =>
    different.filter((each) => each[side] && !each[other]).map((each) => each.name);
  const lines = {
    "The same": same,
    "Only on the left": only("left", "right"),
    "Only on the right": only("right", "left"),
  };
  const told = Object.entries(lines).filter(([, names]) => names.length);
  return told
    .map(([word, names]) => `${word}: ${listed(names)}.`)
    .concat(different.length ? [] : "Nothing differs.");
}

function sideOf(id, side, takeAll) {
  const title = `${phaseWord(side.phase)} · ${side.branch}`;
  const costs = `Its things have cost ${money(side.cost_usd)}, its branch ${money(side.branch_cost_usd)}`;
  return h(
    "section",
    { class: "side", "aria-label": title },
    h("h2", {}, h("a", { href: checkpointAt(id, side.checkpoint_id) }, title)),
    h("p", { class: "hint" }, `revision ${side.revision} · ${costs}`),
    takeAll &&
      h("button", { type: "button", class: "small", onclick: takeAll }, "Take all from the other side"),
  );
}

function difference(desk, { name, media, left, right, recipe }, found, links) {
  const take = (from, to, text) => () => takeOver(desk, { from, to, text, name });
  const word = readable(name);
  const button = (text, act) =>
    h("button", { type: "button", class: "small", "aria-label": `${text}: ${word}`, onclick: act }, text);
  return h(
    "section",
    { class: "difference", "aria-label": word },
    h("h3", {}, word),
    sides(media, left, right, links),
    h(
      "div",
      { class: "row" },
      button("Take the left one", take(found.left, found.right, `${word} from the left`)),
      button("Take the right one", take(found.right, found.left, `${word} from the right`)),
    ),
    recipes(recipe),
  );
}

/** The panel of an edit at the side that takes something over; its version is asked for first. */
async function takeOver(desk, { from, to, text, name }) {
  const { data } = await call("GET", `${desk.path}/checkpoints/${to.checkpoint_id}`);
  const where = `At ${phaseWord(to.phase).toLowerCase()} of ${to.branch}, in a new revision.`;
  edit(desk, data, {
    title: text,
    fields: h("p", { class: "hint" }, where),
    wish: () => ({
      way: name ? `artifacts/${name}/adopt` : "adopt",
      body: { from_checkpoint_id: from.checkpoint_id, from_revision: from.revision },
    }),
  });
}

const SHORT = 60; // characters

/** A recipe's field: what is long is there to be opened. */
function told(value) {
  const text = value == null ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value);
  if (typeof value !== "object" || text.length <= SHORT) return text;
  return h(
    "details",
    {},
    h("summary", {}, Array.isArray(value) ? `${value.length} of them` : "All of it"),
    text,
  );
}

function recipes(recipe) {
  const fields = Object.entries(recipe);
  if (!fields.length) return h("p", { class: "hint" }, "By the same recipe.");
  const cell = (value) => h("td", {}, told(value));
  return h(
    "table",
    { class: "recipes" },
    h("caption", { class: "unseen" }, "How their recipes differ"),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ["", "Left", "Right"].map((word) => h("th", {}, word)),
      ),
    ),
    h(
      "tbody",
      {},
      fields.map(([field, [one, other]]) =>
        h("tr", {}, h("th", {}, readable(field.replace("parameters.", ""))), cell(one), cell(other)),
      ),
    ),
  );
}
