/** What went otherwise: items that could not be made, with the reason, and models that stood in for others. */

import { call } from "./api.js";
import { h } from "./dom.js";
import { readable } from "./words.js";

export function setbacks() {
  const list = h("ul", {});
  const element = h(
    "section",
    { class: "setbacks", "aria-labelledby": "setbacks", hidden: true },
    h("h2", { id: "setbacks" }, "What went otherwise"),
    list,
  );
  let models = [];
  let asked = false;
  let drawn = "";
  const draw = (seen) => {
    const found = [...failures(seen), ...standIns(seen, models)];
    element.hidden = !found.length;
    if (drawn === JSON.stringify(found)) return;
    drawn = JSON.stringify(found);
    list.replaceChildren(...found.map(({ what, why }) => h("li", {}, h("strong", {}, what), ` ${why}`)));
  };
  const show = async (seen) => {
    draw(seen);
    if (asked || !seen.artifacts.some((item) => item.stand_in)) return;
    asked = true;
    models = (await call("GET", "models").catch(() => ({ data: [] }))).data;
    draw(seen);
  };
  return { element, show };
}

/** But for the one that the screen has told already. */
const failures = (seen) =>
  seen.artifacts
    .filter((item) => item.error && item.name !== seen.error?.item)
    .map((item) => ({ what: readable(item.name), why: `could not be made: ${item.error.message}` }));

/** Those that the same model made instead of the same other are told in one line. */
function standIns(seen, models) {
  const lines = new Map();
  for (const { name, model } of seen.artifacts.filter((item) => item.stand_in)) {
    const why = `made with ${titleOf(model, models)}${insteadOf(model, seen, models)}`;
    lines.set(why, [...(lines.get(why) ?? []), readable(name)]);
  }
  return [...lines].map(([why, names]) => ({ what: names.join(", "), why }));
}

function insteadOf(model, seen, models) {
  const role = models.find((each) => each.id === model)?.role;
  const wanted = seen.models[role];
  return wanted ? ` instead of ${titleOf(wanted, models)}` : ", which stood in for another model";
}

const titleOf = (id, models) => models.find((each) => each.id === id)?.title ?? id;
