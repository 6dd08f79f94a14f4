/** What is decided about a checkpoint: it is good and goes on, or it is not and waits for an edit. */

import { call } from "./api.js";
import { h, write } from "./dom.js";
import { onward, priced } from "./onward.js";
import { phaseWord } from "./words.js";

const GO_ON = { approved: "Continue from here again", rejected: "Approve all the same" };

export function decision(desk) {
  const form = new Decision(desk);
  return { element: form.element, show: (checkpoint) => form.show(checkpoint) };
}

class Decision {
  #desk;
  #seen = null;
  #asked = new AbortController();
  #priced = false;
  #busy = false;
  #price = h("p", { class: "hint" });
  #told = h("p", { class: "problem", role: "alert" });
  #done = h("p", { class: "fits", role: "status" });
  #approve = h("button", { class: "main" });
  #reject = h("button", { type: "button", class: "danger", onclick: () => this.#decide("reject") }, "Reject");
  #comment = h("textarea", {
    id: "comment",
    rows: "2",
    maxlength: "2000",
    placeholder: "What you think of it …",
  });

  constructor(desk) {
    this.#desk = desk;
    this.element = h(
      "form",
      { class: "decision", onsubmit: (event) => (event.preventDefault(), this.#decide("approve")) },
      h("h3", {}, "Your decision"),
      h("label", { class: "hint", for: "comment" }, "Comment"),
      this.#comment,
      this.#price,
      this.#told,
      h("div", { class: "actions" }, this.#approve, this.#reject),
      this.#done,
    );
  }

  show(checkpoint) {
    const [old, now] = [this.#seen, checkpoint].map((each) => each && JSON.stringify(lookedAt(each)));
    if (this.#seen?.id !== checkpoint.id) for (const each of [this.#told, this.#done]) write(each, "");
    this.#seen = checkpoint;
    write(this.#approve, GO_ON[checkpoint.status] ?? "Approve and continue");
    this.#reject.hidden = checkpoint.status === "approved";
    if (old !== now) this.#ask();
  }

  /** Nothing goes on before it is said what that costs. */
  async #ask() {
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    this.#priced = false;
    this.#settle();
    if (this.#seen.pending.length)
      return write(this.#price, "It can go on when the edit that is being made is there.");
    write(this.#price, "Looking up what going on costs …");
    try {
      const price = priced(await onward(this.#desk.path, this.#seen.id, { signal }));
      const rejected = this.#seen.status === "rejected" ? "It was rejected, and waits for an edit. " : "";
      write(this.#price, `${rejected}${price}`);
      this.#priced = true;
    } catch (error) {
      if (error.name === "AbortError") return;
      write(this.#price, `What going on costs cannot be told: ${error.message}`);
    }
    this.#settle();
  }

  #settle() {
    this.#approve.disabled = this.#busy || !this.#priced;
    this.#reject.disabled = this.#busy;
  }

  async #decide(kind) {
    const words = this.#comment.value.trim();
    if (kind === "reject" && !words) {
      write(this.#told, "Say what is to be changed: your comment goes with the rejection.");
      return this.#comment.focus();
    }
    for (const each of [this.#told, this.#done]) write(each, "");
    this.#busy = true;
    this.#settle();
    try {
      write(this.#done, await sent(kind, this.#desk.path, this.#seen, words));
      this.#comment.value = "";
    } catch (error) {
      write(this.#told, error.status === 409 ? `${error.message} What is shown now is new.` : error.message);
    }
    await this.#desk.look();
    this.#busy = false;
    this.#settle();
  }
}

/** What the price depends on. */
const lookedAt = ({ id, version, pending }) => [id, version, pending];

/** Decides, and says what came of it. */
async function sent(kind, path, { id, version, status }, words) {
  const headers = { "If-Match": `"${version}"` };
  const comment = words ? { comment: words } : {};
  if (kind === "reject") {
    await call("POST", `${path}/checkpoints/${id}/reject`, { body: comment, headers });
    return "It is rejected, and waits for an edit.";
  }
  const again = status === "approved";
  const way = again ? `${path}/continue` : `${path}/checkpoints/${id}/approve`;
  const body = again ? { checkpoint_id: id, ...comment } : comment;
  return wentOn((await call("POST", way, { body, headers })).data);
}

/** `It goes on with the shots, on the new branch main-1.` */
export function wentOn({ next_phase: next, branch, created_new_branch: made }) {
  const where = made ? `on the new branch ${branch}` : `on ${branch}`;
  return next ? `It goes on with: ${phaseWord(next)}, ${where}.` : `That was the last step, ${where}.`;
}
