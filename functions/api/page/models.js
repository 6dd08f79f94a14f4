/** Who makes what: a choice for each role, filled when somebody opens it. */

import { call } from "./api.js";
import { h, write } from "./dom.js";
import { price } from "./words.js";

const ROLES = { text: "The plan", image: "Pictures", video: "Shots", music: "Music", speech: "Voice" };

export function modelChoices() {
  const selects = new Map(Object.keys(ROLES).map((role) => [role, select(role)]));
  const told = h("p", { class: "problem", role: "alert" });
  const choices = [...selects].map(([role, element]) =>
    h("div", { class: "choice" }, h("label", { for: element.id }, ROLES[role]), element),
  );
  let known = null;
  const open = async () => {
    if (!element.open) return;
    known ??= offers();
    try {
      const found = await known;
      for (const [role, element] of selects) fill(element, found.get(role) ?? []);
      write(told, "");
    } catch (error) {
      known = null;
      write(told, error.message);
    }
  };
  const element = h(
    "details",
    { class: "models", ontoggle: open },
    h("summary", {}, "Choose the models"),
    told,
    h("div", { class: "choices" }, choices),
  );
  return element;
}

/** The part of a request that the choices make: the model of the shots has a field of its own. */
export function chosenModels(fields) {
  const chosen = Object.keys(ROLES)
    .map((role) => [role, fields.get(`model-${role}`)])
    .filter(([, model]) => model);
  const { video, ...models } = Object.fromEntries(chosen);
  return { ...(video ? { model: video } : {}), ...(Object.keys(models).length ? { models } : {}) };
}

const select = (role) =>
  h("select", { id: `model-${role}`, name: `model-${role}` }, h("option", { value: "" }, "Automatic"));

/** The models of a role as options of a choice, for whoever makes something again. */
export async function optionsOf(role) {
  return ((await offers()).get(role) ?? []).map(option);
}

/** Role → its options. Who needs what is only asked for where something is not available: each provider is called. */
async function offers() {
  const models = (await call("GET", "models")).data;
  const providers = models.every((model) => model.available) ? [] : (await call("GET", "providers")).data;
  const needs = new Map(providers.map((provider) => [provider.id, provider.needs]));
  const found = new Map();
  for (const model of models) {
    const options = found.get(model.role) ?? [];
    found.set(model.role, [...options, { ...model, needs: needs.get(model.provider) }]);
  }
  return found;
}

function fill(element, models) {
  if (element.options.length > 1) return;
  const usual = models.find((model) => model.default);
  if (usual) element.options[0].text = `Automatic: ${usual.title}`;
  element.append(...models.map(option));
}

function option({ id, title, available, needs, ...model }) {
  const why = needs ? `needs ${needs}` : "not available";
  const text = `${title} · ${available ? price(model.price) : why}`;
  return h("option", { value: id, disabled: !available }, text);
}
