/** A film that its budget holds: a field to raise it, and a button to go on. */

import { h } from "./dom.js";
import { held, money } from "./words.js";

/** `goOn(budget)` goes on, with a new budget unless that is undefined. */
export function hold(goOn) {
  const amount = h("input", { type: "number", id: "new-budget", min: "0", step: "any" });
  const field = h("div", {}, h("label", { for: "new-budget" }, "New budget in dollars"), amount);
  const button = h("button", { class: "main" }, "Go on");
  const form = h("form", { class: "hold", hidden: true, onsubmit: (event) => submit(event) }, field, button);
  const submit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    await goOn(amount.value === "" ? undefined : Number(amount.value));
    button.disabled = false;
  };
  const show = (seen) => {
    form.hidden = !held(seen);
    if (form.hidden) amount.value = "";
    // Without a budget of its own it is held by a client's or a campaign's, which is raised elsewhere.
    field.hidden = seen.budget_usd == null;
    amount.placeholder = field.hidden ? "" : `More than ${money(seen.budget_usd)}`;
  };
  return { element: form, show };
}
