/** The storyboard: the beats in time, and a frame for each. */

import { calm, h } from "./dom.js";
import { Frame } from "./frame.js";
import { clock, ended, readable } from "./words.js";

export function board(links) {
  const frames = [];
  const grid = h("ol", { class: "board" });
  const strip = timeline((index) =>
    frames[index].element.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "center" }),
  );
  let last = [];
  const modes = switcher(() => show(...last));
  const element = h(
    "section",
    { "aria-labelledby": "board", hidden: true },
    h("div", { class: "row apart" }, h("h2", { id: "board" }, "Storyboard"), modes.element),
    strip.element,
    grid,
  );
  const show = (seen, documents) => {
    last = [seen, documents];
    const { spec } = documents;
    element.hidden = !spec;
    if (!spec) return;
    element.dataset.ratio = spec.aspect_ratio;
    modes.offer(seen.artifacts.some((item) => item.name.startsWith("chunk_") && item.url));
    const starts = startsOf(spec.beats);
    strip.show(spec, starts);
    spec.beats.forEach((beat, index) => {
      if (!frames[index]) grid.append((frames[index] = new Frame(links, frames)).element);
      frames[index].show(beat, starts[index], itemsOf(seen, index), modes.value());
    });
    frames.splice(spec.beats.length).forEach((frame) => frame.element.remove());
  };
  return { element, show };
}

function startsOf(beats) {
  let at = 0;
  return beats.map((beat) => (at += beat.seconds) - beat.seconds);
}

/** A beat's picture, and its shots in order: a long beat is a chain of `chunk_03`, `chunk_03_2` … */
function itemsOf(seen, index) {
  const number = String(index).padStart(2, "0");
  const isShot = new RegExp(`^chunk_${number}(_\\d+)?$`);
  return {
    over: ended(seen.status),
    picture: seen.artifacts.find((item) => item.name === `beat_${number}`),
    shots: seen.artifacts.filter((item) => isShot.test(item.name)),
  };
}

/** The beats to scale: a long one is wide, a wild one bright. */
function timeline(go) {
  const element = h("ol", { class: "strip", "aria-label": "The beats in time" });
  let drawn = null;
  const show = (spec, starts) => {
    if (drawn === spec.version) return;
    drawn = spec.version;
    element.replaceChildren(...spec.beats.map((beat, index) => tick(beat, starts[index], () => go(index))));
  };
  return { element, show };
}

function tick(beat, start, go) {
  const label = `${clock(start)} to ${clock(start + beat.seconds)}: ${readable(beat.beat)}`;
  const item = h(
    "li",
    {},
    h("button", { type: "button", "aria-label": label, title: label, onclick: go }, clock(start)),
  );
  item.style.flexGrow = beat.seconds;
  item.style.setProperty("--energy", beat.energy);
  return item;
}

/** Pictures or shots; shots as soon as there are some, unless the person has chosen. */
function switcher(changed) {
  let chosen = null;
  const inputs = new Map();
  const chip = (value, text) => {
    const input = h("input", {
      type: "radio",
      name: "showing",
      value,
      onchange: () => ((chosen = value), changed()),
    });
    inputs.set(value, input);
    return h("label", { class: "chip" }, input, h("span", {}, text));
  };
  const element = h(
    "div",
    { class: "row", role: "radiogroup", "aria-label": "Show", hidden: true },
    chip("pictures", "Pictures"),
    chip("shots", "Shots"),
  );
  const value = () => (element.hidden ? "pictures" : (chosen ?? "shots"));
  const offer = (some) => {
    element.hidden = !some;
    inputs.get(value()).checked = true;
  };
  return { element, value, offer };
}
