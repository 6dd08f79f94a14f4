/** The panel of an edit: what it changes and costs is shown first, then one button does it. */

import { call } from "./api.js";
import { h, tell, write } from "./dom.js";
import { previewed } from "./previewed.js";
import { costs, readable } from "./words.js";

const PAUSE = 400; // ms after the last key, before the studio is asked again

/**
 * Opens the panel. `fields` is what can be chosen; it lets `input` events rise when something was. `wish()` says what
 * is wanted of the checkpoint: `{way, body, method?}`, or null while nothing is. `point(problems)` shows what is wrong,
 * `[{field, problem}]`, at the fields, and answers with those it has no place for.
 */
export function edit(
  desk,
  checkpoint,
  { title, fields, wish, point = (problems) => problems, wide = false },
) {
  new Panel(desk, checkpoint, { title, fields, wish, point, wide }).open();
}

class Panel {
  #asked = new AbortController();
  #timer = 0;
  #shown = h("div", { class: "preview", role: "status" });
  #told = h("p", { class: "problem", role: "alert" });
  #go = h("button", { class: "main", disabled: true }, "Do it");
  #again = h("button", { type: "button", hidden: true, onclick: () => this.#lookAgain() }, "Look again");

  constructor(desk, checkpoint, { title, fields, wish, point, wide }) {
    Object.assign(this, { desk, checkpoint, wish, point });
    const close = h("button", { type: "button", onclick: () => this.dialog.close() }, "Close");
    const form = h(
      "form",
      {
        novalidate: true,
        onsubmit: (event) => (event.preventDefault(), this.#do()),
        oninput: () => this.#soon(),
      },
      h("h2", { id: "edit-title" }, title),
      fields,
      h(
        "div",
        { class: "foot" },
        this.#shown,
        this.#told,
        h("div", { class: "actions" }, this.#go, this.#again, close),
      ),
    );
    const left = () => (this.#asked.abort(), clearTimeout(this.#timer), this.dialog.remove());
    this.dialog = h(
      "dialog",
      { class: wide ? "edit wide" : "edit", "aria-labelledby": "edit-title", onclose: left },
      form,
    );
  }

  open() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.#ask();
  }

  /** What is shown is no longer what is wanted: nothing can be done until that was shown. */
  #soon() {
    this.#asked.abort();
    this.#go.disabled = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const wish = this.wish();
    write(this.#told, "");
    this.point([]);
    if (!wish) return this.#shown.replaceChildren();
    this.#shown.classList.add("old");
    try {
      const { data } = await this.#send(wish, "?preview=true", signal);
      this.#shown.replaceChildren(...previewed(data));
      write(this.#go, `Do it · ${costs(data)}`);
      this.#go.disabled = false;
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#shown.replaceChildren();
      this.#complain(error);
    }
    this.#shown.classList.remove("old");
  }

  async #do() {
    if (this.#go.disabled) return;
    this.#go.disabled = true;
    write(this.#go, "Doing it …");
    try {
      const { data } = await this.#send(this.wish(), "");
      tell(`${data.what}: ${data.status === "ready" ? "done" : "being made"}.`);
      await this.desk.look();
      this.dialog.close();
    } catch (error) {
      this.#complain(error);
    }
  }

  #send({ way, body, method = "POST" }, query, signal) {
    const { id, version } = this.checkpoint;
    const headers = { "If-Match": `"${version}"` };
    return call(method, `${this.desk.path}/checkpoints/${id}/${way}${query}`, { body, headers, signal });
  }

  /** Somebody else was here first: what is shown behind the panel is old. */
  #complain(error) {
    const changed = error.status === 409 && error.details?.version !== undefined;
    this.#again.hidden = !changed;
    const { version, revision } = error.details ?? {};
    const now = changed && version !== this.checkpoint.version ? ` It is at revision ${revision} now.` : "";
    const fields = error.details?.fields ?? [];
    const rest = this.point(fields).map(
      ({ field, problem }) => `${readable(field.replaceAll(".", " "))}: ${problem}.`,
    );
    const placed = rest.length < fields.length ? "See the marked fields." : "";
    write(this.#told, fields.length ? [...rest, placed].join(" ").trim() : `${error.message}${now}`);
  }

  async #lookAgain() {
    await this.desk.look();
    this.dialog.close();
  }
}
