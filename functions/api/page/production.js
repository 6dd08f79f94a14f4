/** One film: it is looked at, followed by its events, and steered. What is drawn is in screen.js, board.js, papers.js. */

import { call, reach } from "./api.js";
import { board } from "./board.js";
import { agreed, h, tell, write } from "./dom.js";
import { follow } from "./events.js";
import { Links } from "./links.js";
import { papers } from "./papers.js";
import { screen } from "./screen.js";
import { setbacks } from "./setbacks.js";
import { ago, ended, phaseWord, statusWord } from "./words.js";

const SOON = 250; // ms: events come in handfuls, and one look serves them all

export function production(id) {
  const film = new Film(id);
  film.open();
  return { element: film.element, leave: () => film.leave(), title: "A film" };
}

class Film {
  #left = new AbortController();
  #links = new Links(() => this.#look());
  #told = h("p", { class: "problem", role: "alert" });
  #screen = screen((action, budget) => this.#steer(action, budget), this.#links);
  #parts;
  #following = false;
  #looking = null;
  #stale = false;
  #seen = null;
  #spec = null;

  constructor(id) {
    this.path = `productions/${id}`;
    const head = heading();
    const below = [this.#screen, setbacks(), board(this.#links), papers(this.path, this.#links)];
    this.#parts = [head, ...below];
    const elements = [head.element, this.#told, ...below.map((part) => part.element)];
    this.element = h("article", { class: "film", "aria-busy": "true" }, elements);
  }

  open() {
    this.#look();
    document.addEventListener("visibilitychange", () => document.hidden || this.#look(), {
      signal: this.#left.signal,
    });
  }

  leave() {
    this.#left.abort();
  }

  /** Looks at the production; once more if asked again meanwhile, so that what is drawn last is the newest. */
  #look() {
    this.#stale = true;
    this.#looking ??= this.#lookWhileStale();
    return this.#looking;
  }

  async #lookWhileStale() {
    while (this.#stale) {
      await new Promise((soon) => setTimeout(soon, this.#seen ? SOON : 0));
      this.#stale = false;
      await this.#see();
    }
    this.#looking = null;
  }

  async #see() {
    try {
      const { data } = await call("GET", this.path, { signal: this.#left.signal });
      this.#links.settle(data.artifacts);
      this.#spec = await this.#read(data.artifacts.find((item) => item.name === "spec" && item.url));
      if (this.#left.signal.aborted) return;
      write(this.#told, "");
      this.#draw(data);
      if (!ended(data.status)) this.#follow();
    } catch (error) {
      this.#complain(error);
    }
  }

  #complain(error) {
    if (error.name === "AbortError") return;
    write(
      this.#told,
      error.status === 404 ? "There is no such film, or it is somebody else's." : error.message,
    );
  }

  #draw(seen) {
    if (seen.status !== this.#seen?.status) tell(`${seen.title}: ${statusWord(seen.status)}.`);
    this.#seen = seen;
    document.title = `${seen.title} · ${statusWord(seen.status)} · Rushes`;
    this.element.removeAttribute("aria-busy");
    for (const part of this.#parts) part.show(seen, this.#spec);
  }

  /** The plan is a document in the bucket; one version never changes. */
  async #read(item) {
    if (!item || this.#spec?.version === item.version) return this.#spec;
    const answer = await fetch(item.url, { signal: this.#left.signal }).catch(() => null);
    return answer?.ok ? { ...(await answer.json()), version: item.version } : this.#spec;
  }

  async #follow() {
    if (this.#following) return;
    this.#following = true;
    const { signal } = this.#left;
    const ready = () => this.#wanted();
    try {
      for await (const batch of follow(`${this.path}/events`, { reach, signal, ready })) {
        const progress = batch.findLast((event) => event.type === "progress");
        if (progress) this.#hear(JSON.parse(progress.data).data);
        this.#look();
      }
    } catch (error) {
      this.#complain(error);
    }
    this.#following = false;
  }

  #hear(progress) {
    if (!this.#seen || this.#seen.status !== "running") return;
    this.#seen = { ...this.#seen, progress };
    this.#screen.show(this.#seen);
    tell(`${phaseWord(progress.stage)}: ${progress.done} of ${progress.total} made.`);
  }

  /** Nobody looks, and nothing happens until somebody continues: the connection can wait as well. */
  async #wanted() {
    if (this.#seen?.status !== "paused" || !document.hidden) return;
    await new Promise((seen) =>
      document.addEventListener("visibilitychange", seen, { once: true, signal: this.#left.signal }),
    );
  }

  async #steer(action, budget) {
    if (!(await confirmed(action))) return;
    write(this.#told, "");
    try {
      if (action === "delete") {
        await call("DELETE", this.path);
        tell("The film is deleted.");
        location.hash = "#/";
        return;
      }
      if (budget !== undefined) await call("PATCH", this.path, { body: { budget_usd: budget } });
      await this.#move(action);
      await this.#look();
    } catch (error) {
      await this.#look();
      write(this.#told, error.message);
    }
  }

  /** What was held before its first checkpoint has none to continue from: it is tried again. */
  #move(action) {
    const checkpoint_id = this.#seen.current_checkpoint;
    if (action !== "continue") return call("POST", `${this.path}/${action}`);
    if (!checkpoint_id) return call("POST", `${this.path}/retry`);
    return call("POST", `${this.path}/continue`, { body: { checkpoint_id } });
  }
}

function confirmed(action) {
  const questions = {
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
  return action in questions ? agreed(questions[action]) : true;
}

function heading() {
  const title = h("h1", {}, "…");
  const badge = h("span", { class: "badge" });
  const facts = h("span", { class: "hint" });
  const prompt = h("blockquote", {});
  const element = h(
    "header",
    { class: "heading" },
    h("a", { class: "back", href: "#/" }, "← All films"),
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
