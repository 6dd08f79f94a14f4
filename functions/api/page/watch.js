/** An eye on one production: it looks when something may have changed, once for a handful of events. */

import { reach } from "./api.js";
import { follow } from "./events.js";

const SOON = 250; // ms: events come in handfuls, and one look serves them all

export class Watch {
  #left = new AbortController();
  #path;
  #on;
  #looked = false;
  #looking = null;
  #stale = false;
  #following = false;

  /**
   * `see(signal)` looks; `hear(progress)` is told how far something has come; `complain(error)` is told what went
   * wrong; `ready()` may hold the next connection back.
   */
  constructor(path, { see, hear, complain, ready }) {
    this.#path = path;
    this.#on = { see, hear, complain, ready };
  }

  get left() {
    return this.#left.signal.aborted;
  }

  get signal() {
    return this.#left.signal;
  }

  open() {
    this.look();
    const { signal } = this.#left;
    document.addEventListener("visibilitychange", () => document.hidden || this.look(), { signal });
  }

  leave() {
    this.#left.abort();
  }

  /** Looks; once more if asked again meanwhile, so that what is drawn last is the newest. */
  look() {
    this.#stale = true;
    this.#looking ??= this.#lookWhileStale();
    return this.#looking;
  }

  async #lookWhileStale() {
    while (this.#stale && !this.left) {
      await new Promise((soon) => setTimeout(soon, this.#looked ? SOON : 0));
      this.#stale = false;
      await this.#on.see(this.signal).catch((error) => this.#complain(error));
      this.#looked = true;
    }
    this.#looking = null;
  }

  /** Follows the events until there will be no more; it may be asked to again. */
  async follow() {
    if (this.#following || this.left) return;
    this.#following = true;
    const { signal } = this.#left;
    try {
      for await (const batch of follow(`${this.#path}/events`, { reach, signal, ready: this.#on.ready })) {
        for (const progress of newest(batch)) this.#on.hear(progress);
        this.look();
      }
    } catch (error) {
      this.#complain(error);
    }
    this.#following = false;
  }

  #complain(error) {
    if (error.name !== "AbortError") this.#on.complain(error);
  }
}

/** How far each has come that something was told of: the branch, and the edits. */
function newest(batch) {
  const told = batch.filter((event) => event.type === "progress").map((event) => JSON.parse(event.data).data);
  return new Map(told.map((progress) => [progress.edit ?? progress.branch, progress])).values();
}
