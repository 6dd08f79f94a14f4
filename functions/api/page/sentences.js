/** What is said at a clip's boundaries, and steps from one sentence to the next. */

import { h, write } from "./dom.js";

const QUOTED = 70; // characters
/** Seconds; a sentence belongs to the side of a boundary where most of it is said. */
const middle = ({ start, end }) => (start + end) / 2;
const SIDES = {
  start: { field: "first_sentence", verb: "Begin", says: (all, at) => all.find((each) => middle(each) > at) },
  end: { field: "last_sentence", verb: "End", says: (all, at) => all.findLast((each) => middle(each) < at) },
};

/**
 * Under the field of a boundary: its sentence, and buttons that take another one. `sentences` are the transcript's,
 * `side` is `start` or `end`. `said()` is how the boundary is to be told: `{first_sentence: 4}`, or null for its seconds.
 */
export function bySentence(control, side, sentences) {
  const { field, verb, says } = SIDES[side];
  let chosen = null;
  const quote = h("p", { class: "hint" });
  const look = () => {
    const at = control.value === "" ? null : Number(control.value);
    const now = at === null ? undefined : (chosen ?? says(sentences, at));
    write(quote, now ? `“${shortened(now.text, side)}”` : "");
    for (const each of buttons) each.disabled = !next(now, each.dataset.step);
    return now;
  };
  const next = (now, step) => sentences[now ? sentences.indexOf(now) + Number(step) : -1];
  const take = (step) => {
    chosen = next(look(), step);
    control.value = chosen[side];
    look();
    quote.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const button = (text, step, label) =>
    h(
      "button",
      { type: "button", class: "small", "data-step": step, "aria-label": label, onclick: () => take(step) },
      text,
    );
  const buttons = [
    button("← a sentence", -1, `${verb} a sentence earlier`),
    button("a sentence →", 1, `${verb} a sentence later`),
  ];
  control.addEventListener("input", () => ((chosen = null), look()));
  look();
  return {
    element: sentences.length
      ? h("div", { class: "by-sentence" }, quote, h("div", { class: "row" }, buttons))
      : "",
    said: () => (chosen ? { [field]: chosen.number } : null),
  };
}

/** `clips.clip_02.first_sentence` is shown where `clips.clip_02.start` is. */
export const sideOf = (name) => Object.keys(SIDES).find((side) => SIDES[side].field === name) ?? name;

/** A clip's beginning is known by its first words, its end by its last ones. */
function shortened(text, side) {
  if (text.length <= QUOTED) return text;
  return side === "start" ? `${text.slice(0, QUOTED).trimEnd()} …` : `… ${text.slice(-QUOTED).trimStart()}`;
}
