/** The chosen clips as a form: boundaries, titles and their order; clips are dropped, and new ones added. */

import { Documents } from "./documents.js";
import { h, write } from "./dom.js";
import { edit } from "./edit.js";
import { field, line } from "./field.js";
import { bySentence, sideOf } from "./sentences.js";
import { clock } from "./words.js";

export async function selectionEditor(desk, _item, checkpoint) {
  const documents = await new Documents().read(["highlights", "transcript"], checkpoint.artifacts);
  if (!documents.highlights) return desk.look();
  const form = selectionForm(documents.highlights.clips, documents.transcript?.segments ?? []);
  const wish = () => {
    const body = form.changes();
    return Object.keys(body).length ? { way: "highlights", method: "PATCH", body } : null;
  };
  edit(desk, checkpoint, {
    title: "Edit the selection",
    fields: form.element,
    wish,
    point: form.point,
    wide: true,
  });
}

function selectionForm(clips, sentences) {
  const list = h("ol", { class: "beats" });
  const problem = h("p", { class: "problem" });
  const add = h("button", { type: "button", class: "small", onclick: () => changed(insert()) }, "Add a clip");
  const element = h("div", { class: "fields" }, problem, list, h("div", { class: "row" }, add));
  let rows = [];
  const changed = (focus) => {
    list.replaceChildren(...rows.map((row) => row.element));
    rows.forEach((row, at) => row.number(at, rows.length));
    focus?.focus();
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const steer = {
    remove: (row) => ((rows = rows.filter((each) => each !== row)), changed(add)),
    move: (row, step, button) => {
      const at = rows.indexOf(row);
      rows.splice(at, 1);
      rows.splice(at + step, 0, row);
      changed(button);
    },
  };
  const insert = () => {
    const row = clipRow({}, sentences, steer);
    rows.push(row);
    return row.fields.start.control;
  };
  rows = clips.map((clip) => clipRow(clip, sentences, steer));
  changed();

  /** `{}` if nothing changed; an object of changes by id while the sequence stays, the new sequence otherwise. */
  const changes = () => {
    const said = rows.map((row) => row.changes());
    if (rows.length !== clips.length || rows.some((row, at) => row.id !== clips[at].id))
      return { clips: rows.map(({ id }, at) => ({ ...(id ? { id } : {}), ...said[at] })) };
    const some = rows.map(({ id }, at) => [id, said[at]]).filter(([, each]) => Object.keys(each).length);
    return some.length ? { clips: Object.fromEntries(some) } : {};
  };
  const point = (problems) => {
    for (const row of rows) for (const each of Object.values(row.fields)) each.wrong("");
    write(problem, problems.find(({ field }) => field === "clips")?.problem ?? "");
    return problems.filter(({ field, problem }) => {
      const [, where, name] = /^clips\.(\w+)\.(\w+)/.exec(field) ?? [];
      const row = rows.find(({ id }) => id === where) ?? rows[where];
      const shown = row?.fields[sideOf(name)];
      shown?.wrong(problem);
      return !shown && field !== "clips";
    });
  };
  return { element, changes, point };
}

function clipRow(clip, sentences, steer) {
  const fields = {
    title: field("Title", line(clip.title ?? "", { placeholder: "Its first words" })),
    start: field("From second", seconds(clip.start)),
    end: field("To second", seconds(clip.end)),
  };
  const sides = ["start", "end"].map((side) => bySentence(fields[side].control, side, sentences));
  const title = h("legend", {});
  const span = h("p", { class: "hint" });
  const button = (text, label, act) =>
    h("button", { type: "button", class: "small", "aria-label": label, onclick: act }, text);
  const up = button("↑", "Move up", () => steer.move(row, -1, up));
  const down = button("↓", "Move down", () => steer.move(row, 1, down));
  const drop = button("Drop", "Drop this clip", () => steer.remove(row));
  const said = () => ({
    title: fields.title.control.value.trim(),
    start: valueOf(fields.start.control),
    end: valueOf(fields.end.control),
  });
  const measure = () => write(span, spanOf(said()));
  const element = h(
    "li",
    { oninput: measure },
    h(
      "fieldset",
      { class: "beat" },
      title,
      fields.title.element,
      h(
        "div",
        { class: "times" },
        [fields.start, fields.end].map(({ element }, at) => h("div", {}, element, sides[at].element)),
      ),
      span,
      h("div", { class: "row" }, up, down, drop),
    ),
  );
  const row = {
    id: clip.id,
    element,
    fields,
    changes: () => {
      const changed = Object.entries(said()).filter(([name, value]) => differs(value, clip[name]));
      const told = { start: sides[0].said(), end: sides[1].said() };
      return Object.assign({}, ...changed.map(([name, value]) => told[name] ?? { [name]: value }));
    },
    number: (at, count) => {
      write(title, `Clip ${at + 1}${clip.id ? "" : ", new"}`);
      [up.disabled, down.disabled, drop.disabled] = [at === 0, at === count - 1, count <= 1];
    },
  };
  measure();
  return row;
}

const seconds = (value) => h("input", { type: "number", value: value ?? "", min: "0", step: "0.001" });
/** Null while nothing is written there. */
const valueOf = (input) => (input.value === "" ? null : Number(input.value));
const differs = (value, was) => value !== was && !((value === "" || value === null) && was === undefined);

function spanOf({ start, end }) {
  if (start === null || end === null) return "";
  return `${clock(start)} to ${clock(end)}, ${(end - start).toFixed(1)} s`;
}
