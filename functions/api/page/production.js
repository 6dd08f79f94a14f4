/** One film: it is looked at, followed by its events, and steered. What is drawn is in screen.js, board.js, papers.js. */

import { call } from "./api.js";
import { board } from "./board.js";
import { clips } from "./clips.js";
import { Documents } from "./documents.js";
import { agreed, h, tell, write } from "./dom.js";
import { Links } from "./links.js";
import { onward, priced } from "./onward.js";
import { papers } from "./papers.js";
import { screen } from "./screen.js";
import { setbacks } from "./setbacks.js";
import { tree } from "./tree.js";
import { Watch } from "./watch.js";
import { ago, ended, held, phaseWord, statusWord } from "./words.js";

export function production(id) {
  const film = new Film(id);
  film.open();
  return { element: film.element, leave: () => film.leave(), title: "A film" };
}

/** What tells of a film or a lecture before there is anything to play. */
const DOCUMENTS = ["spec", "topics", "highlights"];

class Film {
  #watch;
  #links = new Links(() => this.#watch.look());
  #told = h("p", { class: "problem", role: "alert" });
  #screen = screen((action, budget) => this.#steer(action, budget), this.#links);
  #tree = tree();
  #parts;
  #seen = null;
  #documents = new Documents();
  #said = {};

  constructor(id) {
    this.path = `productions/${id}`;
    this.#watch = new Watch(this.path, {
      see: (signal) => this.#see(signal),
      hear: (progress) => this.#hear(progress),
      complain: (error) => this.#complain(error),
      ready: () => this.#wanted(),
    });
    const head = heading();
    const below = [
      setbacks(),
      board(this.#links),
      clips(this.path, this.#links),
      papers(this.path, this.#links),
    ];
    this.#parts = [head, this.#screen, ...below];
    const elements = [this.#screen, this.#tree, ...below].map((part) => part.element);
    this.element = h("article", { class: "film", "aria-busy": "true" }, head.element, this.#told, elements);
  }

  open() {
    this.#watch.open();
  }

  leave() {
    this.#watch.leave();
  }

  async #see(signal) {
    const [{ data }, { data: roots }] = await Promise.all([
      call("GET", this.path, { signal }),
      call("GET", `${this.path}/checkpoints/tree`, { signal }),
    ]);
    this.#links.settle(data.artifacts);
    this.#said = await this.#documents.read(DOCUMENTS, data.artifacts, signal);
    if (signal.aborted) return;
    write(this.#told, "");
    this.#draw(data);
    this.#tree.show(roots, data, null);
    if (!ended(data.status)) this.#watch.follow();
  }

  #complain(error) {
    const gone = "There is no such film or lecture, or it is somebody else's.";
    write(this.#told, error.status === 404 ? gone : error.message);
  }

  #draw(seen) {
    if (seen.status !== this.#seen?.status) tell(`${seen.title}: ${statusWord(seen.status)}.`);
    this.#seen = seen;
    document.title = `${seen.title} · ${statusWord(seen.status)} · Rushes`;
    this.element.removeAttribute("aria-busy");
    for (const part of this.#parts) part.show(seen, this.#said);
  }

  #hear(progress) {
    if (this.#seen?.status !== "running" || progress.edit) return;
    this.#seen = { ...this.#seen, progress };
    this.#screen.show(this.#seen);
    tell(`${phaseWord(progress.stage)}: ${progress.done} of ${progress.total} made.`);
  }

  /** Nobody looks, and nothing happens until somebody continues: the connection can wait as well. */
  async #wanted() {
    if (this.#seen?.status !== "paused" || !document.hidden) return;
    await new Promise((seen) =>
      document.addEventListener("visibilitychange", seen, { once: true, signal: this.#watch.signal }),
    );
  }

  async #steer(action, budget) {
    write(this.#told, "");
    try {
      if (!(await this.#confirmed(action))) return;
      if (action === "delete") {
        await call("DELETE", this.path);
        tell("It is deleted.");
        location.hash = "#/";
        return;
      }
      if (budget !== undefined) await call("PATCH", this.path, { body: { budget_usd: budget } });
      await this.#move(action);
      await this.#watch.look();
    } catch (error) {
      await this.#watch.look();
      write(this.#told, error.message);
    }
  }

  /** What cannot be undone is asked about, and what costs money. */
  async #confirmed(action) {
    if (action in QUESTIONS) return agreed({ ...QUESTIONS[action], ...WORDS[this.#seen.kind]?.[action] });
    const { current_checkpoint: id } = this.#seen;
    if (action !== "continue" || held(this.#seen) || !id) return true;
    const price = await onward(this.path, id);
    if (!price.most_usd) return true;
    return agreed({
      title: "Go on?",
      text: priced(price),
      action: "Continue",
      back: "Not yet",
      style: "main",
    });
  }

  /** What was held before its first checkpoint has none to continue from: it is tried again. */
  #move(action) {
    const checkpoint_id = this.#seen.current_checkpoint;
    if (action !== "continue") return call("POST", `${this.path}/${action}`);
    if (!checkpoint_id) return call("POST", `${this.path}/retry`);
    return call("POST", `${this.path}/continue`, { body: { checkpoint_id } });
  }
}

const QUESTIONS = {
  cancel: {
    title: "Stop this film?",
    text: "What is finished stays. It cannot be started again.",
    action: "Stop it",
    back: "Go on filming",
  },
  delete: {
    title: "Delete this film?",
    text: "Its pictures, shots, sound and checkpoints are deleted for good.",
    action: "Delete it",
    back: "Keep it",
  },
};

/** What they are called where it is no film. */
const WORDS = {
  highlights: {
    cancel: { title: "Stop making these clips?", back: "Go on" },
    delete: {
      title: "Delete this lecture?",
      text: "The recording, its transcript, its clips and checkpoints are deleted for good.",
    },
  },
};

function heading() {
  const title = h("h1", {}, "…");
  const badge = h("span", { class: "badge" });
  const facts = h("span", { class: "hint" });
  const prompt = h("blockquote", {});
  const element = h(
    "header",
    { class: "heading" },
    h("a", { class: "back", href: "#/" }, "← All films and lectures"),
    title,
    h("p", { class: "line" }, badge, facts),
    prompt,
  );
  const show = (seen) => {
    const { duration, aspect_ratio, prompt: words } = seen.request;
    write(title, seen.title);
    write(badge, statusWord(seen.status));
    badge.dataset.status = seen.status;
    write(
      facts,
      [duration && `${duration} s`, aspect_ratio, `begun ${ago(seen.created_at)}`]
        .filter(Boolean)
        .join(" · "),
    );
    write(prompt, words ?? "");
    prompt.hidden = !words || words === seen.title;
  };
  return { element, show };
}
