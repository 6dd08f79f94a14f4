/** To have something made again: another take, or with another prompt, model or seed. */

import { call } from "./api.js";
import { h, write } from "./dom.js";
import { edit } from "./edit.js";
import { optionsOf } from "./models.js";
import { readable } from "./words.js";

const ROLES = { image: "image", video: "video", text: "text" };

export async function regenerate(desk, item, { checkpoint }) {
  const prompt = h("textarea", { id: "again-prompt", rows: "4", maxlength: "4000" });
  const model = h("select", { id: "again-model" }, h("option", { value: "" }, `As before: ${item.model}`));
  const seed = h("input", {
    id: "again-seed",
    type: "number",
    min: "0",
    max: String(2 ** 31 - 1),
    step: "1",
  });
  const told = h("p", { class: "problem", role: "alert" });
  const was = { prompt: "" };
  const wish = () => ({
    way: `artifacts/${item.name}/regenerate`,
    body: {
      ...(prompt.value.trim() && prompt.value.trim() !== was.prompt ? { prompt: prompt.value.trim() } : {}),
      ...(model.value ? { model: model.value } : {}),
      ...(seed.value === "" ? {} : { seed: Number(seed.value) }),
    },
  });
  const field = (label, element, hint) =>
    h(
      "div",
      { class: "field" },
      h("label", { for: element.id }, label),
      element,
      hint && h("p", { class: "hint" }, hint),
    );
  const fields = h(
    "div",
    { class: "fields" },
    field(
      "Prompt",
      prompt,
      item.media === "text"
        ? "Instead of the words it was begun with."
        : "Unchanged: another take of the same.",
    ),
    h("div", { class: "row pair" }, field("Model", model), field("Seed", seed)),
    told,
  );
  edit(desk, checkpoint, { title: `Make again: ${readable(item.name)}`, fields, wish });
  try {
    const [recipe, options] = await Promise.all([recipeOf(desk, item), optionsOf(roleOf(item))]);
    was.prompt = recipe.prompt ?? "";
    if (!prompt.value && item.media !== "text") prompt.value = was.prompt;
    seed.placeholder = recipe.seed == null ? "Any" : `Another than ${recipe.seed}`;
    model.append(...options.filter((option) => option.value !== item.model));
  } catch (error) {
    write(told, error.message);
  }
}

async function recipeOf({ path }, { name, version }) {
  return (await call("GET", `${path}/artifacts/${name}?version=${version}`)).data.recipe ?? {};
}

/** Whose models can make it: of sounds, a voice speaks the narration. */
const roleOf = ({ media, name }) => ROLES[media] ?? (name.startsWith("narration") ? "speech" : "music");
