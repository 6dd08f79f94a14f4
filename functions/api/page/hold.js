/** A film that its budget holds: a field to raise it, and a button to go on. */

import { h, write } from "./dom.js";
import { held, money } from "./words.js";

/** `goOn(budget)` raises the budget, unless that is undefined, and goes on. */
export function hold(goOn) {
  const amount = h("input", { type: "number", id: "new-budget", min: "0", step: "any", required: true });
  const field = h("div", {}, h("label", { for: "new-budget" }, "New budget in dollars"), amount);
  const button = h("button", { class: "main" });
  const form = h("form", { class: "hold", hidden: true, onsubmit: (event) => submit(event) }, field, button);
  const submit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    await goOn(amount.disabled ? undefined : Number(amount.value));
    button.disabled = false;
  };
  let last = null;
  const show = (seen) => {
    form.hidden = !held(seen);
    if (form.hidden) return (last = null);
    // Without a budget of its own it is held by a client's or a campaign's, which is raised elsewhere.
    const own = seen.budget_usd != null;
    [field.hidden, amount.disabled] = [!own, !own];
    write(button, own ? "Raise it and go on" : "Try again");
    if (own && last !== seen.budget_usd) amount.value = last = seen.budget_usd;
    amount.title = own ? `It is ${money(seen.budget_usd)} now` : "";
  };
  return { element: form, show };
}
