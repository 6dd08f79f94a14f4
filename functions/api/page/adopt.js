/** To take over another version of something: from an earlier revision, or from another checkpoint. */

import { call } from "./api.js";
import { h, write } from "./dom.js";
import { edit } from "./edit.js";
import { others, titleOf } from "./tree.js";
import { readable } from "./words.js";

export async function adopt(desk, item, { checkpoint, roots }) {
  const found = versionsOf(item, checkpoint, roots);
  const told = h("p", { class: "hint" }, found.length ? "" : "There is no other version of it yet.");
  const choices = found.map((each) => choice(each));
  const fields = h(
    "div",
    { class: "fields" },
    h(
      "div",
      { class: "versions", role: "radiogroup", "aria-label": "Versions" },
      choices.map((each) => each.element),
    ),
    told,
  );
  const wish = () => {
    const chosen = choices.find((each) => each.input.checked);
    return chosen && { way: `artifacts/${item.name}/adopt`, body: chosen.body };
  };
  edit(desk, checkpoint, { title: `Other versions: ${readable(item.name)}`, fields, wish });
  try {
    await Promise.all(choices.map((each) => each.picture(desk.path, item)));
  } catch (error) {
    write(told, error.message);
  }
}

/** Every version that is somewhere else, once, with where it can be taken from. */
function versionsOf({ name, version: now }, checkpoint, roots) {
  const here = [...checkpoint.revisions].reverse().map((each) => ({
    version: each.selection[name],
    where: `Revision ${each.revision} of this checkpoint`,
    body: { from_checkpoint_id: checkpoint.id, from_revision: each.revision },
  }));
  const elsewhere = others(roots, checkpoint.id).map((node) => ({
    version: node.selection[name],
    where: titleOf(node),
    body: { from_checkpoint_id: node.id, from_revision: node.revision },
  }));
  const found = new Map();
  for (const each of [...here, ...elsewhere])
    if (each.version && each.version !== now && !found.has(each.version)) found.set(each.version, each);
  return [...found.values()].sort((one, other) => other.version - one.version);
}

function choice({ version, where, body }) {
  const input = h("input", { type: "radio", name: "version", value: String(version) });
  const sight = h("div", { class: "sight" });
  const element = h(
    "label",
    { class: "version" },
    input,
    sight,
    h("span", {}, `v${version}`),
    h("span", { class: "hint" }, where),
  );
  const picture = async (path, { name }) => {
    const { data } = await call("GET", `${path}/artifacts/${name}?version=${version}`);
    sight.replaceChildren(shown(data));
  };
  return { element, input, body, picture };
}

function shown({ media, url, name }) {
  if (media === "image") return h("img", { src: url, alt: readable(name) });
  if (media === "text") return h("span", { class: "hint" }, "A document");
  return h(media, { src: url, controls: true, preload: "metadata", "aria-label": readable(name) });
}
