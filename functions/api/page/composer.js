/** The form that starts an ad. */

import { call } from "./api.js";
import { h, tell, write } from "./dom.js";
import { estimate } from "./estimate.js";
import { chosenModels, modelChoices } from "./models.js";
import { phaseWord, phasesOf } from "./words.js";

const IDEAS = [
  "A calm film about a stoneware teapot in a snowed-in cabin at dawn",
  "An energetic ad for running shoes, a city at night, rain",
  "A luxury film for a mechanical watch",
];
const SHAPES = [
  ["16:9", "Wide"],
  ["9:16", "Tall"],
  ["1:1", "Square"],
];

export function composer() {
  const prompt = h("textarea", {
    name: "prompt",
    id: "prompt",
    rows: "3",
    minlength: "3",
    maxlength: "4000",
    required: true,
    placeholder: "In your own words: the product, the mood, the place …",
    "aria-describedby": "told-form",
  });
  const told = h("p", { class: "problem", id: "told-form", role: "alert" });
  const go = h("button", { class: "main" }, "Make the film");
  const form = h(
    "form",
    { class: "composer", onsubmit: (event) => (event.preventDefault(), begin(form, go, told)) },
    h("h1", {}, h("label", { for: "prompt" }, "What shall we film?")),
    prompt,
    ideas(prompt),
    h("div", { class: "choices" }, length(), shape(), sound(), review(), budget()),
    modelChoices(),
    told,
  );
  const price = estimate(form, () => request(form));
  form.append(price.told, h("div", { class: "actions" }, price.button, go));
  form.addEventListener("input", () => delete form.dataset.key);
  prompt.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  return form;
}

/** The body of `POST /v1/productions`. Sound is only spoken of to leave it out: the API knows when to compose. */
function request(form) {
  const fields = new FormData(form);
  const stops = fields.getAll("pause_at");
  const budget = fields.get("budget_usd");
  return {
    kind: "ad",
    prompt: fields.get("prompt"),
    duration: Number(fields.get("duration")),
    aspect_ratio: fields.get("aspect_ratio"),
    narration: fields.has("narration"),
    captions: fields.has("captions"),
    ...(fields.has("music") ? {} : { music: false }),
    ...(budget === "" ? {} : { budget_usd: Number(budget) }),
    ...chosenModels(fields),
    ...(stops.length ? { pause_at: stops } : { auto_continue: true }),
  };
}

/** The same key until something is changed: pressing again after a lost answer makes no second film. */
async function begin(form, go, told) {
  form.dataset.key ??= crypto.randomUUID();
  go.disabled = true;
  write(told, "");
  try {
    const { data } = await call("POST", "productions", {
      body: request(form),
      headers: { "Idempotency-Key": form.dataset.key },
    });
    tell("Your film is begun.");
    location.hash = `#/productions/${data.id}`;
  } catch (error) {
    write(told, error.message);
  } finally {
    go.disabled = false;
  }
}

function ideas(prompt) {
  const take = (idea) => {
    prompt.value = idea;
    prompt.dispatchEvent(new Event("input", { bubbles: true }));
    prompt.focus();
  };
  const chips = IDEAS.map((idea) =>
    h("button", { type: "button", class: "idea", onclick: () => take(idea) }, idea),
  );
  return h("div", { class: "ideas", role: "group", "aria-label": "Ideas" }, chips);
}

function length() {
  const shown = h("output", { for: "duration" }, "30 s");
  const slider = h("input", {
    type: "range",
    name: "duration",
    id: "duration",
    min: "10",
    max: "60",
    step: "5",
    value: "30",
    oninput: () => write(shown, `${slider.value} s`),
  });
  return h("div", { class: "choice" }, h("label", { for: "duration" }, "Length ", shown), slider);
}

function shape() {
  const options = SHAPES.map(([ratio, word], index) =>
    h(
      "label",
      { class: "shape" },
      h("input", { type: "radio", name: "aspect_ratio", value: ratio, checked: index === 0 }),
      h("span", { class: "outline", "data-ratio": ratio, "aria-hidden": "true" }),
      word,
    ),
  );
  return h("fieldset", { class: "choice" }, h("legend", {}, "Shape"), h("div", { class: "row" }, options));
}

function sound() {
  const options = [
    ["music", "Music"],
    ["narration", "Narration"],
    ["captions", "Captions"],
  ].map(([name, word]) => chip({ name, value: "on", checked: name === "music" }, word));
  return h(
    "fieldset",
    { class: "choice" },
    h("legend", {}, "Sound and words"),
    h("div", { class: "row" }, options),
  );
}

function review() {
  const hint = h("p", { class: "hint" });
  const chips = phasesOf("ad").map((phase) =>
    chip({ name: "pause_at", value: phase, checked: phase === "storyboard" }, phaseWord(phase)),
  );
  const row = h("div", { class: "row", onchange: () => write(hint, explained(row)) }, chips);
  write(hint, explained(row));
  return h("fieldset", { class: "choice" }, h("legend", {}, "Stop for my review after"), row, hint);
}

function budget() {
  const amount = h("input", {
    type: "number",
    name: "budget_usd",
    id: "budget",
    min: "0",
    step: "any",
    placeholder: "No limit",
    "aria-describedby": "budget-hint",
  });
  return h(
    "div",
    { class: "choice" },
    h("label", { for: "budget" }, "Budget in dollars"),
    amount,
    h("p", { class: "hint", id: "budget-hint" }, "It waits for you before it costs more."),
  );
}

function explained(row) {
  return row.querySelector(":checked")
    ? "It waits there until you continue."
    : "No stops: straight through to the film.";
}

function chip(attributes, word) {
  return h("label", { class: "chip" }, h("input", { type: "checkbox", ...attributes }), h("span", {}, word));
}
