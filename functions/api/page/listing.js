/** The wall of films: newest first, each with a picture as soon as it has one. */

import { call } from "./api.js";
import { h, write } from "./dom.js";
import { ago, atWork, phaseWord, statusWord } from "./words.js";

const LOOK_AGAIN = 5000; // ms, while something is being made
const PAGE = 12;

export function listing() {
  const wall = new Wall();
  wall.look();
  return { element: wall.element, leave: () => wall.leave() };
}

class Wall {
  #cards = new Map();
  #left = new AbortController();
  #grid = h("ul", { class: "wall" });
  #told = h("p", { class: "hint" }, "Looking for your films and lectures …");
  #older = h("button", { type: "button", hidden: true, onclick: () => this.#more() }, "Older ones");
  #cursor = null;
  #pictures = new Pictures(this.#left.signal);

  element = h(
    "section",
    { class: "films", "aria-labelledby": "films" },
    h("h2", { id: "films" }, "Your films and lectures"),
    this.#told,
    this.#grid,
    h("div", { class: "actions" }, this.#older),
  );

  leave() {
    this.#left.abort();
    this.#pictures.leave();
  }

  /** Looks at the newest page, and again while anything there is being made. */
  async look() {
    const found = document.hidden ? null : await this.#page("");
    if (this.#left.signal.aborted) return;
    if (found) {
      this.#cursor ??= found.meta.next_cursor;
      this.#older.hidden = !this.#cursor;
      write(this.#told, found.data.length ? "" : "None yet. Your first one appears here.");
      [...found.data].reverse().forEach((film) => this.#show(film, "prepend"));
    }
    if (!found || found.data.some((film) => atWork(film.status))) setTimeout(() => this.look(), LOOK_AGAIN);
  }

  async #more() {
    const found = await this.#page(`&cursor=${this.#cursor}`);
    if (!found) return;
    found.data.forEach((film) => this.#show(film, "append"));
    this.#cursor = found.meta.next_cursor;
    this.#older.hidden = !this.#cursor;
  }

  async #page(more) {
    try {
      return await call("GET", `productions?limit=${PAGE}${more}`, { signal: this.#left.signal });
    } catch (error) {
      if (error.name !== "AbortError") write(this.#told, error.message);
      return null;
    }
  }

  #show(film, where) {
    let card = this.#cards.get(film.id);
    if (!card) {
      card = new Card(film);
      this.#cards.set(film.id, card);
      this.#grid[where](card.element);
    }
    if (card.show(film)) this.#pictures.want(film.id, card);
  }
}

class Card {
  #status;
  #phase;
  #badge = h("span", { class: "badge" });
  #when = h("span", { class: "hint" });
  #title = h("span", { class: "title" });
  frame = h("span", { class: "frame" });

  constructor(film) {
    const link = h(
      "a",
      { href: `#/productions/${film.id}` },
      this.frame,
      this.#title,
      h("span", { class: "line" }, this.#badge, this.#when),
    );
    this.element = h("li", { class: "card" }, link);
  }

  /** True when there may be another picture than before. */
  show(film) {
    const moved = film.status !== this.#status || film.phase !== this.#phase;
    [this.#status, this.#phase] = [film.status, film.phase];
    write(this.#title, film.title);
    write(this.#when, ago(film.created_at));
    write(this.#badge, film.status === "running" ? phaseWord(film.phase) : statusWord(film.status));
    this.#badge.dataset.status = film.status;
    return moved;
  }

  picture(url) {
    const image = h("img", { src: url, alt: "", decoding: "async" });
    const hang = () => {
      image.classList.toggle("tall", image.naturalHeight > image.naturalWidth);
      this.frame.replaceChildren(image);
    };
    image.addEventListener("load", hang, { once: true });
  }
}

/** Fetches the picture of each card that comes into sight, one at a time: a list of summaries has no links. */
class Pictures {
  #wanted = new Map();
  #busy = false;
  #sight = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting) this.#queue(target);
  });

  constructor(signal) {
    this.signal = signal;
  }

  leave() {
    this.#sight.disconnect();
  }

  want(id, card) {
    this.#wanted.set(card.frame, { id, card });
    this.#sight.unobserve(card.frame);
    this.#sight.observe(card.frame);
  }

  #queue(frame) {
    const wanted = this.#wanted.get(frame);
    if (wanted) wanted.seen = true;
    this.#work();
  }

  async #work() {
    if (this.#busy) return;
    this.#busy = true;
    for (;;) {
      const [frame, wanted] = [...this.#wanted].find(([, each]) => each.seen) ?? [];
      if (!wanted || this.signal.aborted) break;
      this.#wanted.delete(frame);
      const found = await call("GET", `productions/${wanted.id}`, { signal: this.signal }).catch(() => null);
      const url = found && pictureOf(found.data);
      if (url) wanted.card.picture(url);
    }
    this.#busy = false;
  }
}

/** The poster, the first picture of the storyboard, or the picture of a lecture's first clip. */
function pictureOf(production) {
  const ready = new Map(production.artifacts.filter((item) => item.url).map((item) => [item.name, item.url]));
  const thumbnail = [...ready.keys()].sort().find((name) => name.startsWith("thumb_"));
  return ready.get("poster") ?? ready.get("beat_00") ?? ready.get(thumbnail);
}
