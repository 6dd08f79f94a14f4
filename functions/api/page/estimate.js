/** What the film would cost, and how long it would take, before it is begun. */

import { call } from "./api.js";
import { h } from "./dom.js";
import { money, phaseWord, takes } from "./words.js";

/** `request()` is the body that would be sent. Forgets what it knew when the form changes. */
export function estimate(form, request) {
  const told = h("div", { class: "estimate", role: "status" });
  const button = h("button", { type: "button", onclick: () => ask() }, "Estimate");
  let asked = new AbortController();
  const forget = () => {
    asked.abort();
    asked = new AbortController();
    told.replaceChildren();
  };
  const ask = async () => {
    if (!form.reportValidity()) return;
    forget();
    const { signal } = asked;
    button.disabled = true;
    try {
      const { data } = await call("POST", "productions/estimate", { body: request(), signal });
      if (!signal.aborted) told.replaceChildren(...lines(data));
    } catch (error) {
      if (!signal.aborted) told.replaceChildren(h("p", { class: "problem" }, error.message));
    } finally {
      button.disabled = false;
    }
  };
  form.addEventListener("input", forget);
  return { button, told };
}

function lines(found) {
  const most = found.most_usd > found.total_usd ? `, at most ${money(found.most_usd)}` : "";
  const cost = found.most_usd ? `About ${money(found.total_usd)}${most}` : "Free";
  const phases = found.phases.map(({ phase, usd }) => `${phaseWord(phase)} ${money(usd)}`).join(" · ");
  return [
    h("p", {}, h("strong", {}, cost), ` · ready in about ${takes(found.seconds)}`),
    h("p", { class: "hint" }, phases),
    h("p", { class: "hint" }, notes(found).join(" ")),
    verdict(found),
  ].filter(Boolean);
}

function notes(found) {
  const items = found.phases.flatMap((phase) => phase.items);
  const reused = items.filter((item) => item.reused).length;
  return [
    reused && `${reused} of ${items.length} are there already, and cost nothing.`,
    !found.exact && "Texts are imagined: their writer has not been asked yet.",
  ].filter(Boolean);
}

function verdict({ budget_usd: budget, fits_budget: fits, total_usd: total }) {
  if (budget == null) return null;
  if (fits) return h("p", { class: "fits" }, "It fits your budget.");
  const why = total > budget ? "It does not fit your budget." : "It may not fit your budget.";
  return h("p", { class: "problem" }, `${why} It waits for you before it costs more.`);
}
