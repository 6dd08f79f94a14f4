/** The screen: the film once there is one, what is going on until then, and the buttons that steer it. */

import { h, write } from "./dom.js";
import { playable } from "./files.js";
import { hold } from "./hold.js";
import { point } from "./links.js";
import { checkpointAt } from "./places.js";
import { ratioOf } from "./ratio.js";
import { atWork, ended, held, left, money, phaseWord, phasesOf, statusWord } from "./words.js";

const BUTTONS = {
  continue: { when: ["paused"], text: "Continue", style: "main" },
  retry: { when: ["failed"], text: "Try again", style: "main" },
  cancel: { when: ["queued", "running", "paused"], text: "Stop" },
  delete: { when: ["completed", "failed", "cancelled"], text: "Delete" },
};

const READY = {
  plan: "The plan is ready",
  storyboard: "The storyboard is ready",
  chunks: "The shots are ready",
  refine: "The film is ready",
  listen: "The lecture was heard",
  analyze: "The topics are found",
  select: "The clips are chosen",
  compile: "The clips are ready",
};
const MAKING = {
  plan: "Writing the plan",
  storyboard: "Drawing the storyboard",
  chunks: "Filming the shots",
  refine: "Finishing the film",
  silence: "Listening for the pauses",
  transcription: "Writing down what is said",
  layout: "Looking for slides and speaker",
  analysis: "Finding the topics",
  selection: "Choosing the clips",
  compilation: "Cutting the clips",
};

const FILMS = {
  final: "The film",
  stitched: "The rough cut, without sound",
  reel: "The reel of all clips",
  clip_01: "The first clip",
  lecture: "The lecture",
};

export function screen(steer, links) {
  const parts = [picture(links), panel(steer)];
  const element = h(
    "section",
    { class: "stage", "aria-label": "The screen" },
    parts.map((part) => part.element),
  );
  const show = (seen) => {
    element.dataset.ratio = filmOf(seen)?.name === "lecture" ? "16:9" : ratioOf(seen);
    parts.forEach((part) => part.show(seen));
  };
  return { element, show };
}

function picture(links) {
  const player = links.tend(h("video", { controls: true, playsinline: true, preload: "metadata" }));
  const backdrop = links.tend(h("img", { class: "backdrop", alt: "" }));
  const line = h("p", { class: "now" });
  const more = h("p", { class: "hint" });
  const bar = h("progress", { max: "100", "aria-label": "The whole of it" });
  const cover = h("div", { class: "cover" }, backdrop, h("div", { class: "words" }, line, more, bar));
  const element = h("div", { class: "screen" }, player, cover);
  const show = (seen) => {
    const film = filmOf(seen);
    element.dataset.status = seen.status;
    [player.hidden, cover.hidden] = [!film, Boolean(film)];
    point(player, film?.url);
    if (film) return showFilm(player, film, ready(seen, "poster") ?? ready(seen, "thumb_01"));
    player.pause();
    point(backdrop, newestPicture(seen)?.url);
    backdrop.hidden = !newestPicture(seen);
    const [first, second] = words(seen);
    write(line, first);
    write(more, second);
    bar.hidden = !atWork(seen.status);
    bar.value = seen.progress.percent;
  };
  return { element, show };
}

function showFilm(player, film, poster) {
  if (poster && !player.poster) player.poster = poster.url;
  player.setAttribute("aria-label", FILMS[film.name]);
}

/** The film, or its rough cut when work has come to rest: while the next phase runs there is more to say than that. */
function filmOf(seen) {
  if (atWork(seen.status)) return undefined;
  const names = seen.kind === "highlights" ? ["reel", "clip_01", "lecture"] : ["final", "stitched"];
  return names.map((name) => ready(seen, name)).find(playable);
}

const ready = (seen, name) => seen.artifacts.find((item) => item.name === name && item.url);
const newestPicture = (seen) =>
  seen.artifacts.findLast((item) => item.media === "image" && item.url && item.name !== "poster");

function words(seen) {
  const { stage, done, total, eta_seconds: eta } = seen.progress;
  switch (seen.status) {
    case "queued":
      return ["The crew gathers …", ""];
    case "running":
      return [
        MAKING[stage] ?? phaseWord(stage),
        [total ? `${done} of ${total} made` : "", left(eta)].filter(Boolean).join(" · "),
      ];
    case "paused":
      if (held(seen)) return ["Held by its budget", "It goes on when there is money for it."];
      return [READY[seen.phase] ?? statusWord(seen.status), "It goes on when you say so."];
    case "failed":
      return ["It was stopped by an error", "What was made is kept."];
    default:
      return [statusWord(seen.status), "What was finished stays."];
  }
}

function panel(steer) {
  const steps = h("ol", { class: "steps" });
  const told = h("p", { class: "verdict" });
  const cost = h("p", { class: "hint" });
  const buttons = Object.entries(BUTTONS).map(([action, { text, style }]) =>
    button(action, text, style, steer),
  );
  const download = h(
    "a",
    { class: "button", download: true, target: "_blank", rel: "noopener" },
    "Open the file",
  );
  const look = h("a", { class: "button" }, "Review and edit");
  const raise = hold((budget) => steer("continue", budget));
  const actions = h("div", { class: "actions" }, buttons[0], look, download, buttons.slice(1));
  const element = h("div", { class: "panel" }, steps, told, raise.element, actions, cost);
  const show = (seen) => {
    steps.replaceChildren(...phasesOf(seen.kind).map((phase) => step(seen, phase)));
    write(told, verdict(seen));
    told.classList.toggle("problem", Boolean(seen.error));
    raise.show(seen);
    for (const each of buttons) each.hidden = !offered(each.dataset.action, seen);
    const film = filmOf(seen);
    look.hidden = !seen.current_checkpoint || atWork(seen.status);
    if (!look.hidden) look.href = checkpointAt(seen.id, seen.current_checkpoint);
    download.hidden = !film;
    if (film) download.href = film.url;
    write(cost, moneyOf(seen));
  };
  return { element, show };
}

/** What is held goes on by the form that raises its budget. */
const offered = (action, seen) =>
  BUTTONS[action].when.includes(seen.status) && !(action === "continue" && held(seen));

/** `Cost so far: $0.98 · estimated $1.23 · reserved $0.19 · budget $2.00` */
function moneyOf({ status, cost_usd, estimated_usd, reserved_usd, budget_usd }) {
  return [
    `${ended(status) ? "Cost" : "Cost so far"}: ${money(cost_usd)}`,
    (cost_usd || estimated_usd) && `estimated ${money(estimated_usd)}`,
    reserved_usd && `reserved ${money(reserved_usd)}`,
    budget_usd != null && `budget ${money(budget_usd)}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

function button(action, text, style, steer) {
  const element = h("button", { type: "button", class: style, "data-action": action }, text);
  element.addEventListener("click", async () => {
    element.disabled = true;
    await steer(action);
    element.disabled = false;
  });
  return element;
}

function step(seen, phase) {
  const phases = phasesOf(seen.kind);
  const [now, index] = [phases.indexOf(seen.phase), phases.indexOf(phase)];
  const over = index < now || seen.status === "completed";
  const state = over ? "done" : index > now ? "later" : seen.status === "running" ? "now" : seen.status;
  const items = seen.artifacts.filter((item) => item.phase === phase);
  const made = items.filter((item) => item.state === "ready").length;
  const count = items.length && !over ? `${made} of ${items.length}` : { done: "done" }[state];
  return h(
    "li",
    { "data-state": state, "aria-current": state === "now" && "step" },
    h("span", {}, phaseWord(phase)),
    h("span", { class: "hint" }, count),
  );
}

function verdict(seen) {
  if (seen.status === "paused" && !held(seen))
    return `${READY[seen.phase] ?? statusWord(seen.status)}. Have a look, then continue.`;
  if (!seen.error) return "";
  const { item, message } = seen.error;
  return item && !message.startsWith(item) ? `${item}: ${message}` : message;
}
