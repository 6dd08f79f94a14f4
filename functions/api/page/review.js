/** One checkpoint: the tree it stands in, what it holds, and what can be done with it. */

import { call } from "./api.js";
import { cards } from "./cards.js";
import { clips } from "./clips.js";
import { decision } from "./decision.js";
import { Documents } from "./documents.js";
import { h, tell, write } from "./dom.js";
import { Links } from "./links.js";
import { compareAt, filmAt } from "./places.js";
import { revisions } from "./revisions.js";
import { others, titleOf, tree } from "./tree.js";
import { Watch } from "./watch.js";
import { ended, money, phaseWord, reviewWord } from "./words.js";

export function review(id, checkpoint) {
  const view = new Review(id, checkpoint);
  view.open();
  const turn = (place) => place.id === id && Boolean(place.checkpoint) && view.turn(place.checkpoint);
  return { element: view.element, leave: () => view.leave(), turn, title: "Review" };
}

class Review {
  #id;
  #path;
  #chosen;
  #watch;
  #links = new Links(() => this.#watch.look());
  #told = h("p", { class: "problem", role: "alert" });
  #title = h("h1", {}, "…");
  #tree = tree();
  #parts;
  #progress = new Map();
  #documents = new Documents();
  #said = {};
  #drawn = [];

  constructor(id, checkpoint) {
    [this.#id, this.#path, this.#chosen] = [id, `productions/${id}`, checkpoint];
    this.#watch = new Watch(this.#path, {
      see: (signal) => this.#see(signal),
      hear: (progress) => this.#hear(progress),
      complain: (error) => this.#complain(error),
    });
    const desk = { path: this.#path, id, links: this.#links, look: () => this.#look() };
    this.#parts = [heading(desk), decision(desk), revisions(desk), chosen(desk), cards(desk)];
    const [head, decide, history, ...holds] = this.#parts.map((part) => part.element);
    this.element = h(
      "article",
      { class: "film review", "aria-busy": "true" },
      h(
        "header",
        { class: "heading" },
        h("a", { class: "back", href: filmAt(id) }, "← Back to it"),
        this.#title,
      ),
      this.#told,
      this.#tree.element,
      h("div", { class: "desk" }, head, h("aside", {}, decide, history), h("div", { class: "held" }, holds)),
    );
  }

  open() {
    this.#watch.open();
  }

  leave() {
    this.#watch.leave();
  }

  turn(checkpoint) {
    this.#chosen = checkpoint;
    this.#documents = new Documents();
    this.element.setAttribute("aria-busy", "true");
    this.#watch.look();
    return true;
  }

  /** After something was done here; events of it are to come, even if the film had ended. */
  async #look() {
    await this.#watch.look();
    this.#watch.follow();
  }

  async #see(signal) {
    const chosen = this.#chosen;
    const ways = ["", "/checkpoints/tree", `/checkpoints/${chosen}`];
    const asked = ways.map((way) => call("GET", `${this.#path}${way}`, { signal }));
    const [seen, roots, checkpoint] = (await Promise.all(asked)).map((answer) => answer.data);
    if (signal.aborted || chosen !== this.#chosen) return;
    this.#links.settle(checkpoint.artifacts);
    this.#said = await this.#documents.read(["highlights", "topics"], checkpoint.artifacts, signal);
    if (signal.aborted || chosen !== this.#chosen) return;
    write(this.#told, "");
    write(this.#title, seen.title);
    document.title = `${phaseWord(checkpoint.phase)} · ${seen.title} · Rushes`;
    this.#drawn = [seen, roots, checkpoint];
    this.#draw();
    if (!ended(seen.status) || checkpoint.pending.length) this.#watch.follow();
  }

  #draw() {
    const [seen, roots, checkpoint] = this.#drawn;
    this.element.removeAttribute("aria-busy");
    this.#tree.show(roots, seen, checkpoint.id);
    for (const part of this.#parts)
      part.show(checkpoint, roots, { seen, progress: this.#progress, said: this.#said });
  }

  #hear(progress) {
    if (!progress.edit) return;
    this.#progress.set(progress.edit, progress);
    if (!this.#drawn.length) return;
    this.#draw();
    const [, , { id, pending }] = this.#drawn;
    if (pending.some((revision) => progress.edit === `${id}.${revision}`))
      tell(`Revision: ${progress.done} of ${progress.total} made.`);
  }

  #complain(error) {
    this.element.removeAttribute("aria-busy");
    write(
      this.#told,
      error.status === 404 ? "There is no such checkpoint, or it is somebody else's." : error.message,
    );
  }
}

/** The clips of a lecture, and at the checkpoint where they are chosen the way to choose others. */
function chosen(desk) {
  let at = null;
  const open = async () => (await import("./selection.js")).selectionEditor(desk, null, at);
  const edit = h("button", { type: "button", class: "small main", onclick: open }, "Edit the selection");
  const part = clips(desk.path, desk.links, edit);
  const show = (checkpoint, _roots, { seen, said }) => {
    at = checkpoint;
    edit.hidden = checkpoint.phase !== "select";
    part.show({ ...seen, artifacts: checkpoint.artifacts }, said);
  };
  return { element: part.element, show };
}

/** What it is, and the choice of another one to compare it with. */
function heading({ id }) {
  const title = h("h2", {});
  const badge = h("span", { class: "badge" });
  const facts = h("span", { class: "hint" });
  const comment = h("blockquote", { class: "hint" });
  const other = h("select", { id: "compare-with", "aria-label": "Compare with" });
  const go = h("a", { class: "button" }, "Compare");
  const compare = h("div", { class: "row compare-with" }, other, go);
  const element = h(
    "header",
    { class: "what" },
    title,
    h("p", { class: "line" }, badge, facts),
    comment,
    compare,
  );
  let here = "";
  const point = () => (go.href = compareAt(id, other.value, here));
  other.addEventListener("change", point);
  const show = (checkpoint, roots) => {
    write(title, `${phaseWord(checkpoint.phase)} · ${checkpoint.branch}`);
    write(badge, reviewWord(checkpoint.status));
    badge.dataset.status = checkpoint.status;
    write(facts, factsOf(checkpoint));
    write(comment, checkpoint.comment ?? "");
    comment.hidden = !checkpoint.comment;
    here = checkpoint.id;
    offer(other, others(roots, here));
    compare.hidden = !other.options.length;
    point();
  };
  return { element, show };
}

const factsOf = ({ edited, revision, cost_usd: cost }) =>
  [edited ? `edited, revision ${revision}` : `revision ${revision}`, money(cost)].join(" · ");

function offer(select, nodes) {
  const chosen = select.value;
  select.replaceChildren(...nodes.map((node) => h("option", { value: node.id }, titleOf(node))));
  if (nodes.some((node) => node.id === chosen)) select.value = chosen;
}
