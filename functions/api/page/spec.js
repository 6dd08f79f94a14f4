/** The plan as a form: the film, its style and music, and its beats. Only what was changed is sent. */

import { beatsForm } from "./beats.js";
import { h, write } from "./dom.js";
import { edit } from "./edit.js";
import { field, line, lines, number } from "./field.js";

/** Path in the spec → what it is called, and what it is written in. */
const FIELDS = {
  Film: {
    title: ["Title", line],
    tagline: ["Tagline", line],
    product: ["Product", line],
    audience: ["For whom", line],
  },
  Style: {
    "style.mood": ["Mood", line],
    "style.place": ["Place", line],
    "style.time_of_day": ["Time of day", line],
    "style.lighting": ["Light", line],
    "style.camera": ["Camera", line],
    "style.palette": ["Colours, the darkest first", (value) => line(value.join(" "))],
  },
  Music: {
    "music.direction": ["Direction", lines],
    "music.mood": ["Mood", line],
    "music.tempo_bpm": ["Beats a minute", (value) => number(value, 60, 180)],
  },
};

export async function specEditor(desk, item, checkpoint) {
  const answer = await fetch(item.url).catch(() => null);
  if (!answer?.ok) return desk.look();
  const form = specForm(await answer.json());
  const wish = () => {
    const body = form.changes();
    return Object.keys(body).length ? { way: "spec", method: "PATCH", body } : null;
  };
  edit(desk, checkpoint, {
    title: "Edit the plan",
    fields: form.element,
    wish,
    point: form.point,
    wide: true,
  });
}

function specForm(spec) {
  const known = new Map();
  const parts = Object.entries(FIELDS).map(([title, fields]) => part(title, fields, spec, known));
  const beats = beatsForm(spec.beats);
  const length = h("p", { class: "hint", role: "status" });
  const element = h("div", { class: "fields" }, parts, beats.element, length);
  const changes = () => {
    const seconds = beats.seconds();
    const other = seconds !== spec.duration;
    write(length, `${seconds} s in all${other ? `; the film was ${spec.duration} s long` : ""}`);
    return { ...partial(known, spec), ...beats.changes(), ...(other ? { duration: seconds } : {}) };
  };
  const point = (problems) => {
    for (const each of known.values()) each.wrong("");
    return beats.point(problems).filter(({ field, problem }) => {
      const wrong = known.get(field) ?? known.get(field.replace(/\.\d+$/, ""));
      wrong?.wrong(problem);
      return !wrong;
    });
  };
  return { element, changes, point };
}

function part(title, fields, spec, known) {
  const shown = Object.entries(fields).map(([path, [label, control]]) => {
    const made = field(label, control(at(spec, path)));
    known.set(path, made);
    return made.element;
  });
  return h("fieldset", { class: "part" }, h("legend", {}, title), h("div", { class: "grid" }, shown));
}

/** `{title, style: {mood}}`: only what is another than it was. */
function partial(known, spec) {
  const body = {};
  for (const [path, { control }] of known) {
    const was = at(spec, path);
    const now = valueOf(control.value.trim(), was);
    if (JSON.stringify(now) === JSON.stringify(was)) continue;
    const [name, inner] = path.split(".");
    body[name] = inner ? { ...body[name], [inner]: now } : now;
  }
  return body;
}

function valueOf(text, was) {
  if (Array.isArray(was)) return text.split(/[\s,]+/).filter(Boolean);
  return typeof was === "number" ? Number(text) : text;
}

const at = (spec, path) => path.split(".").reduce((part, name) => part[name], spec);
