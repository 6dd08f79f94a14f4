/** The clips of a lecture: those that were chosen, then their films with subtitles; the topics; the transcript. */

import { reach } from "./api.js";
import { h, write } from "./dom.js";
import { playable } from "./files.js";
import { point } from "./links.js";
import { subtitled } from "./subtitles.js";
import { clock, ended, readable } from "./words.js";

const TRANSCRIPTS = ["srt", "vtt", "json", "txt"];

/** `edit` is a button that opens the selection's editor, where there is one. */
export function clips(path, links, edit) {
  const cards = new Map();
  const list = h("ol", { class: "clips" });
  const transcript = h(
    "p",
    { class: "row", hidden: true },
    h("span", { class: "hint" }, "Transcript"),
    ...TRANSCRIPTS.map((ending) => taken(path, ending)),
  );
  const chosen = h(
    "section",
    { "aria-labelledby": "clips", hidden: true },
    h("div", { class: "row" }, h("h2", { id: "clips" }, "Clips"), edit),
    list,
    transcript,
  );
  const found = topicsPart();
  const element = h("div", { class: "highlights", hidden: true }, chosen, found.element);
  const show = (seen, { highlights, topics }) => {
    element.hidden = seen.kind !== "highlights";
    if (element.hidden) return;
    found.show(topics);
    chosen.hidden = !highlights;
    const now = highlights?.clips ?? [];
    for (const clip of now) if (!cards.has(clip.id)) cards.set(clip.id, card(links));
    now.forEach((clip) => cards.get(clip.id).show(clip, seen));
    const elements = now.map((clip) => cards.get(clip.id).element);
    // A player that is put where it stands already would stop.
    if (elements.length !== list.children.length || elements.some((each, at) => list.children[at] !== each))
      list.replaceChildren(...elements);
    transcript.hidden = !seen.artifacts.some((item) => item.name === "transcript" && item.url);
  };
  return { element, show };
}

function card(links) {
  const player = links.tend(h("video", { controls: true, playsinline: true, preload: "none" }));
  const state = h("p", { class: "hint" });
  const title = h("strong", {});
  const facts = h("p", { class: "hint" });
  const reasons = h("ul", { class: "hint" });
  const element = h(
    "li",
    {},
    player,
    state,
    title,
    facts,
    h("details", {}, h("summary", {}, "Why"), reasons),
  );
  const show = (clip, seen) => {
    const number = clip.id.replace("clip_", "");
    const item = (name) => seen.artifacts.find((each) => each.name === name);
    const film = item(clip.id);
    const part = partOf(item("lecture"), clip);
    point(player, film?.url ?? part);
    player.preload = film?.url ? "none" : "metadata";
    player.hidden = !film?.url && !part;
    const thumbnail = item(`thumb_${number}`)?.url;
    if (thumbnail && player.poster !== thumbnail) player.poster = thumbnail;
    player.setAttribute("aria-label", clip.title);
    subtitled(player, item(`subtitles_${number}`), seen.request.captions === "sidecar");
    write(state, film?.url ? "" : uncut(film, seen, part));
    write(title, clip.title);
    write(
      facts,
      `${clock(clip.start)}–${clock(clip.end)} · ${clip.duration.toFixed(1)} s · importance ${clip.importance.toFixed(2)}`,
    );
    if (reasons.dataset.said === clip.reasons.join()) return;
    reasons.dataset.said = clip.reasons.join();
    reasons.replaceChildren(...clip.reasons.map((reason) => h("li", {}, reason)));
  };
  return { element, show };
}

/** The lecture from where a clip is to begin to where it is to end. */
const partOf = (lecture, { start, end }) => playable(lecture) && `${lecture.url}#t=${start},${end}`;

function uncut(film, seen, part) {
  if (film && !ended(seen.status)) return readable(film.state);
  return part ? "Not cut: the lecture itself" : "Not cut";
}

function topicsPart() {
  const list = h("ol", { class: "topics" });
  const element = h(
    "section",
    { "aria-labelledby": "topics", hidden: true },
    h("h2", { id: "topics" }, "Topics"),
    list,
  );
  let drawn = null;
  const show = (found) => {
    element.hidden = !found;
    if (!found || drawn === found.version) return;
    drawn = found.version;
    list.replaceChildren(...found.topics.map(topic));
  };
  return { element, show };
}

function topic({ title, description, start, end, importance, keywords }) {
  const bar = h("meter", { min: "0", max: "1", value: String(importance), "aria-label": "Importance" });
  return h(
    "li",
    {},
    h("span", { class: "time" }, `${clock(start)}–${clock(end)}`),
    h("div", {}, h("strong", {}, title), h("p", { class: "hint" }, description || keywords.join(", "))),
    bar,
  );
}

/** A link cannot send the token along: the file is fetched, and then saved. */
function taken(path, ending) {
  const save = async () => {
    button.disabled = true;
    const answer = await reach(`${path}/transcript.${ending}`).catch(() => null);
    button.disabled = false;
    if (!answer) return;
    const url = URL.createObjectURL(await answer.blob());
    h("a", { href: url, download: `transcript.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  const button = h("button", { type: "button", class: "small", onclick: save }, `.${ending}`);
  return button;
}
