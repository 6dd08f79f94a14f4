/** Estimate and ledger, side by side. */

import { h } from "./dom.js";
import { money, phaseWord, phasesOf, readable } from "./words.js";

export function costTable(costs, kind) {
  const phasesInOrder = phasesOf(kind);
  const found = Object.entries(Object.groupBy(costs.items, (item) => item.phase));
  const phases = found.sort(([one], [other]) => phasesInOrder.indexOf(one) - phasesInOrder.indexOf(other));
  return h(
    "table",
    { class: "costs" },
    h("caption", { class: "unseen" }, "What was expected, and what was spent"),
    h("thead", {}, row("th", "", "Made with", "Estimated", "Spent")),
    phases.map(([phase, items]) => part(phase, items, costs.by_phase[phase] ?? 0)),
    h("tfoot", {}, row("th", "In all", "", money(costs.estimated_usd), money(costs.total_usd))),
  );
}

function part(phase, items, spent) {
  const estimated = items.reduce((sum, item) => sum + item.estimated_usd, 0);
  return h(
    "tbody",
    {},
    row("th", phaseWord(phase), "", money(estimated), money(spent)),
    items.map(({ artifact, model, reused, estimated_usd, spent_usd }) =>
      row("td", readable(artifact), model ?? "", money(estimated_usd), reused ? "reused" : money(spent_usd)),
    ),
  );
}

const row = (kind, ...cells) =>
  h(
    "tr",
    {},
    cells.map((cell) => h(kind, {}, cell)),
  );
