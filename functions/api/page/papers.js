/** The papers of a film: its plan, its sound, what it cost, its checkpoints. */

import { call } from "./api.js";
import { costTable } from "./costs.js";
import { h } from "./dom.js";
import { point } from "./links.js";
import { checkpointAt } from "./places.js";
import { phaseWord, readable } from "./words.js";

export function papers(path, links) {
  const parts = [plan(), sound(links), ledger(path)];
  const show = (seen, { spec }) => parts.forEach((part) => part.show(seen, spec));
  return {
    element: h(
      "div",
      { class: "papers" },
      parts.map((part) => part.element),
    ),
    show,
  };
}

function plan() {
  const element = h("section", { class: "plan", hidden: true });
  let drawn = null;
  const show = (_seen, spec) => {
    element.hidden = !spec;
    if (!spec || drawn === spec.version) return;
    drawn = spec.version;
    element.replaceChildren(
      h("h2", {}, "The plan"),
      h("p", { class: "tagline" }, spec.tagline),
      palette(spec.style.palette),
      factsOf(spec),
      repairs(spec),
    );
  };
  return { element, show };
}

function factsOf(spec) {
  const { style, music } = spec;
  return list({
    Product: spec.product,
    "For whom": spec.audience,
    Told: readable(spec.archetype),
    Mood: readable(style.mood),
    Place: `${style.place}, ${style.time_of_day}`,
    Light: style.lighting,
    Camera: style.camera,
    Music: `${music.direction}, ${music.tempo_bpm} bpm`,
  });
}

const list = (facts) =>
  h(
    "dl",
    {},
    Object.entries(facts).map(([name, fact]) => h("div", {}, h("dt", {}, name), h("dd", {}, fact))),
  );

function palette(colours) {
  const swatches = colours
    .filter((colour) => /^#[0-9a-f]{6}$/i.test(colour))
    .map((colour) => {
      const swatch = h("li", { title: colour }, h("span", { class: "unseen" }, colour));
      swatch.style.background = colour;
      return swatch;
    });
  return h("ul", { class: "palette", "aria-label": "Palette" }, swatches);
}

function repairs(spec) {
  if (!spec.repairs.length) return "";
  return h(
    "details",
    {},
    h("summary", {}, "What the rules repaired"),
    h(
      "ul",
      {},
      spec.repairs.map((repair) => h("li", {}, repair)),
    ),
  );
}

function sound(links) {
  const players = new Map();
  const element = h("section", { class: "sound", hidden: true }, h("h2", {}, "Sound"));
  const track = (word) => {
    const player = links.tend(h("audio", { controls: true, preload: "none", "aria-label": word }));
    element.append(h("p", {}, h("span", {}, word), player));
    return player;
  };
  const show = (seen) => {
    for (const { name, url } of seen.artifacts.filter(
      (item) => item.media === "audio" && item.url && !item.name.startsWith("speech_"),
    )) {
      if (!players.has(name)) players.set(name, track(trackWord(name)));
      point(players.get(name), url);
    }
    element.hidden = players.size === 0;
  };
  return { element, show };
}

/** `narration_02` belongs to the third beat. */
const trackWord = (name) => readable(name.replace(/_(\d+)$/, (_, index) => ` to beat ${Number(index) + 1}`));

/** Cost and checkpoints are asked for when somebody opens them, and again when something has changed since. */
function ledger(path) {
  const inside = h("div", {});
  const problem = (error) => inside.replaceChildren(h("p", { class: "problem" }, error.message));
  const element = h(
    "details",
    { class: "ledger", ontoggle: () => element.open && fill() },
    h("summary", {}, "Cost, checkpoints and models"),
    inside,
  );
  let seen = null;
  const fill = () => draw(path, seen, inside).catch(problem);
  const show = (now) => {
    const moved = seen && ["status", "current_checkpoint", "cost_usd"].some((key) => seen[key] !== now[key]);
    seen = now;
    if (moved && element.open) fill();
  };
  return { element, show };
}

async function draw(path, seen, inside) {
  const costs = (await call("GET", `${path}/costs`)).data;
  const checkpoints = (await call("GET", `${path}/checkpoints`)).data;
  const left = (point) =>
    h(
      "li",
      {},
      h("a", { href: checkpointAt(seen.id, point.id) }, phaseWord(point.phase)),
      ` ${point.status} · ${point.branch} · ${at(point.created_at)} `,
      h("code", {}, point.id),
    );
  inside.replaceChildren(
    h("h3", {}, "Cost"),
    costTable(costs, seen.kind),
    h("h3", {}, "Checkpoints"),
    checkpoints.length
      ? h("ol", { class: "checkpoints" }, checkpoints.map(left))
      : h("p", { class: "hint" }, "None yet."),
    h("h3", {}, "Models"),
    list(Object.fromEntries(Object.entries(seen.models).map(([role, model]) => [readable(role), model]))),
  );
}

const at = (time) =>
  new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
