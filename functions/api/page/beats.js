/** The beats in the plan's form: each can be changed, moved, removed, and new ones put between them. */

import { h, write } from "./dom.js";
import { field, lines, line, number } from "./field.js";
import { LIBRARY } from "./library.js";
import { readable } from "./words.js";

const NEW = { beat: LIBRARY.middle[0], seconds: 5, action: "", narration: null, caption: null };

export function beatsForm(beats) {
  const list = h("ol", { class: "beats" });
  const problem = h("p", { class: "problem" });
  const first = h(
    "button",
    { type: "button", class: "small", onclick: () => add(0) },
    "Add a beat at the beginning",
  );
  const element = h("section", {}, h("h3", {}, "Beats"), problem, first, list);
  let rows = [];
  const changed = (focus) => {
    list.replaceChildren(...rows.map((row) => row.element));
    rows.forEach((row, at) => row.number(at, rows.length));
    focus?.focus();
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const add = (at) => {
    const row = beatRow(NEW, null, steer);
    rows.splice(at, 0, row);
    changed(row.fields.beat.control);
  };
  const steer = {
    add: (row) => add(rows.indexOf(row) + 1),
    remove: (row) => ((rows = rows.filter((each) => each !== row)), changed(first)),
    move: (row, step, button) => {
      const at = rows.indexOf(row);
      rows.splice(at, 1);
      rows.splice(at + step, 0, row);
      changed(button);
    },
  };
  rows = beats.map((beat, at) => beatRow(beat, at, steer));
  changed();

  /** `{}` if nothing changed; an object of changes while the beats stand where they stood, the new sequence otherwise. */
  const changes = () => {
    const said = rows.map((row) => row.changes());
    if (rows.length !== beats.length || rows.some((row, at) => row.origin !== at))
      return {
        beats: rows.map(({ origin }, at) => ({ ...(origin === null ? {} : { index: origin }), ...said[at] })),
      };
    const some = said.map((each, at) => [at, each]).filter(([, each]) => Object.keys(each).length);
    return some.length ? { beats: Object.fromEntries(some) } : {};
  };
  const seconds = () => rows.reduce((sum, row) => sum + row.seconds(), 0);
  const point = (problems) => {
    for (const row of rows) for (const each of Object.values(row.fields)) each.wrong("");
    write(problem, problems.find(({ field }) => field === "beats")?.problem ?? "");
    return problems.filter(({ field, problem }) => {
      const [, at, name] = /^beats\.(\d+)\.(\w+)/.exec(field) ?? [];
      const wrong = rows[at]?.fields[name];
      wrong?.wrong(problem);
      return !wrong && field !== "beats";
    });
  };
  return { element, changes, seconds, point };
}

function beatRow(beat, origin, steer) {
  const fields = {
    beat: field("Beat", choice(beat.beat)),
    seconds: field("Seconds", number(beat.seconds, 5, 15)),
    action: field(
      "What is seen",
      lines(beat.action, { placeholder: origin === null ? "As the library says" : "" }),
    ),
    narration: field("What is said", lines(beat.narration ?? "", { placeholder: "Nothing" })),
    caption: field("What is written", line(beat.caption ?? "", { placeholder: "Nothing" })),
  };
  const title = h("legend", {});
  const button = (text, label, act) =>
    h("button", { type: "button", class: "small", "aria-label": label, title: label, onclick: act }, text);
  const up = button("↑", "Move up", () => steer.move(row, -1, up));
  const down = button("↓", "Move down", () => steer.move(row, 1, down));
  const remove = button("Remove", "Remove this beat", () => steer.remove(row));
  const after = button("Add after", "Add a beat after this one", () => steer.add(row));
  const element = h(
    "li",
    {},
    h(
      "fieldset",
      { class: "beat" },
      title,
      h("div", { class: "row pair" }, fields.beat.element, fields.seconds.element),
      [fields.action, fields.narration, fields.caption].map((each) => each.element),
      h("div", { class: "row" }, up, down, after, remove),
    ),
  );
  const row = {
    element,
    origin,
    fields,
    seconds: () => Number(fields.seconds.control.value),
    changes: () => changesOf(fields, origin === null ? {} : beat),
    number: (at, count) => {
      write(title, `Beat ${at + 1}${origin === null ? ", new" : ""}`);
      [up.disabled, down.disabled, remove.disabled] = [at === 0, at === count - 1, count <= 2];
    },
  };
  return row;
}

/** What differs from what the beat was; of a new one, all that was said. */
function changesOf(fields, was) {
  const said = {
    beat: fields.beat.control.value,
    seconds: Number(fields.seconds.control.value),
    action: fields.action.control.value.trim(),
    narration: fields.narration.control.value.trim() || null,
    caption: fields.caption.control.value.trim() || null,
  };
  const isNew = !("beat" in was);
  return Object.fromEntries(
    Object.entries(said).filter(([name, value]) => (isNew ? value : value !== was[name])),
  );
}

function choice(chosen) {
  const option = (id) => h("option", { value: id, selected: id === chosen }, readable(id));
  const groups = Object.entries(LIBRARY).map(([position, ids]) =>
    h("optgroup", { label: readable(position) }, ids.map(option)),
  );
  return h("select", {}, groups);
}
