/** A field with its name, and room for what is wrong with it. */

import { h, write } from "./dom.js";

let count = 0;

/** `{element, control, wrong(problem)}`; an empty problem is none. */
export function field(label, control, hint) {
  control.id ||= `field-${(count += 1)}`;
  const problem = h("p", { class: "problem", id: `${control.id}-problem` });
  control.setAttribute("aria-describedby", problem.id);
  const element = h(
    "div",
    { class: "field" },
    h("label", { for: control.id }, label),
    control,
    hint && h("p", { class: "hint" }, hint),
    problem,
  );
  const wrong = (text) => {
    write(problem, text);
    element.toggleAttribute("data-wrong", Boolean(text));
    control.setAttribute("aria-invalid", String(Boolean(text)));
  };
  return { element, control, wrong };
}

export const line = (value, more = {}) => h("input", { type: "text", value, autocomplete: "off", ...more });

export function lines(value, more = {}) {
  const area = h("textarea", { rows: "2", ...more });
  area.value = value;
  return area;
}

export const number = (value, min, max) =>
  h("input", { type: "number", value: String(value), min: String(min), max: String(max), step: "1" });
