/** What a checkpoint holds: a card for each artifact, with what can be done to it. */

import { adopt } from "./adopt.js";
import { lineOf } from "./branches.js";
import { h, write } from "./dom.js";
import { point } from "./links.js";
import { checkpointAt } from "./places.js";
import { ratioOf } from "./ratio.js";
import { regenerate } from "./regenerate.js";
import { replace } from "./replace.js";
import { money, readable } from "./words.js";

const GROUPS = { video: "Films", image: "Pictures", audio: "Sound", text: "Documents" };
const PLAYERS = {
  video: () => h("video", { controls: true, playsinline: true, preload: "metadata" }),
  image: () => h("img", { alt: "", decoding: "async" }),
  audio: () => h("audio", { controls: true, preload: "none" }),
};

export function cards(desk) {
  const known = new Map();
  const groups = Object.entries(GROUPS).map(([media, title]) => group(media, title));
  const element = h(
    "div",
    { class: "holds" },
    groups.map((each) => each.element),
  );
  let here = "";
  const show = (checkpoint, roots, { seen }) => {
    if (here !== checkpoint.id) known.clear();
    here = checkpoint.id;
    element.dataset.ratio = ratioOf(seen);
    const news = newsOf(checkpoint);
    for (const { media, element, list } of groups) {
      const items = checkpoint.artifacts.filter((item) => item.media === media);
      const shown = items.map((item) => {
        if (!known.has(item.name)) known.set(item.name, card(desk, media));
        known.get(item.name).show(item, { checkpoint, roots, seen, news });
        return known.get(item.name).element;
      });
      // A player that is put where it stands already would stop.
      if (shown.some((each, at) => list.children[at] !== each) || list.children.length > shown.length)
        list.replaceChildren(...shown);
      element.hidden = !items.length;
    }
  };
  return { element, show };
}

function group(media, title) {
  const list = h("ul", { class: "cards", "data-media": media });
  return { media, list, element: h("section", { "aria-label": title }, h("h3", {}, title), list) };
}

/** Which names are being made again, and which are not as the phase left them. */
function newsOf({ revisions, selection }) {
  const pending = revisions.filter((each) => each.status === "pending").flatMap((each) => each.names);
  const first = revisions.find((each) => each.revision === 1)?.selection ?? {};
  const edited = Object.keys(selection).filter((name) => selection[name] !== first[name]);
  return { pending: new Set(pending), edited: new Set(edited) };
}

function card(desk, media) {
  const player = media in PLAYERS && desk.links.tend(PLAYERS[media]());
  const name = h("strong", {});
  const facts = h("p", { class: "hint" });
  const state = h("p", { class: "fresh" });
  const actions = h("div", { class: "row" });
  const element = h(
    "li",
    { class: "made" },
    player,
    h("div", { class: "about" }, name, facts, state),
    actions,
  );
  let drawn = "";
  const show = (item, now) => {
    if (player) point(player, item.url);
    if (media === "image") player.alt = readable(item.name);
    else if (player) player.setAttribute("aria-label", readable(item.name));
    write(name, readable(item.name));
    write(
      facts,
      [`v${item.version}`, item.model, item.cost_usd > 0 && money(item.cost_usd)].filter(Boolean).join(" · "),
    );
    const pending = now.news.pending.has(item.name);
    write(state, pending ? "Being made again …" : now.news.edited.has(item.name) ? "Edited" : "");
    element.dataset.pending = pending;
    const asked = JSON.stringify([item.version, now.checkpoint.version]);
    if (drawn === asked) return;
    drawn = asked;
    actions.replaceChildren(...buttons(desk, item, now));
  };
  return { element, show };
}

function buttons(desk, item, { checkpoint, roots, seen }) {
  const button = (text, open, style = "small") =>
    h(
      "button",
      { type: "button", class: style, "aria-label": `${text} ${readable(item.name)}`, onclick: open },
      text,
    );
  const at = { checkpoint, roots, seen };
  const again = button("Regenerate", () => regenerate(desk, item, at));
  const instead = button("Replace", () => replace(desk, item, at));
  const older = button("Versions", () => adopt(desk, item, at));
  if (item.model === "given") return [];
  const origin = lineOf(roots, checkpoint.id).findLast((node) => item.name in node.selection);
  // Of a lecture, documents were written from whatever was made before them.
  if (origin?.id !== checkpoint.id && (item.media === "text" || seen.kind === "highlights")) {
    const word = item.media === "text" ? "Where it was written" : "Where it was made";
    return [h("a", { class: "button small", href: checkpointAt(desk.id, origin.id) }, word)];
  }
  if (item.media !== "text") return [!cut(item) && again, instead, older].filter(Boolean);
  const [title, open] = EDITORS[item.name] ?? [];
  const write = open && button(title, () => open(desk, item, checkpoint), "small main");
  return [write, !RULED.has(item.name) && again, older].filter(Boolean);
}

/** Cut from what is there: made again, it would be the same. A file that was made to fit took another's place. */
const cut = ({ provider, model }) => ROOMS.has(provider) && !model.startsWith("fit_");
const ROOMS = new Set(["cutting_room", "listening_room"]);
/** Documents that no model writes. */
const RULED = new Set(["transcript", "highlights"]);

/** Document → what editing it is called, and its editor, which is fetched when it is first wanted. */
const EDITORS = {
  spec: ["Edit the plan", async (...at) => (await import("./spec.js")).specEditor(...at)],
  highlights: [
    "Edit the selection",
    async (...at) => (await import("./selection.js")).selectionEditor(...at),
  ],
};
