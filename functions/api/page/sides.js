/** Two versions of one thing, left and right: beside each other, or one over the other with a slider between them. */

import { h, write } from "./dom.js";

export function sides(media, left, right, links) {
  if (media === "text") return "";
  const shown = [one(media, left, "Left", links), one(media, right, "Right", links)];
  const beside = h(
    "div",
    { class: "beside", "data-media": media },
    shown.map((each) => each.element),
  );
  if (media === "audio") return beside;
  const players = shown.map((each) => each.media);
  const slider = slide(beside);
  const tools = h("div", { class: "row" }, slider.button, media === "video" && playBoth(players));
  return h("div", { class: "sides" }, beside, slider.range, tools);
}

function one(kind, item, side, links) {
  const word = `${side} · v${item.version} · ${item.model}`;
  const media = links.tend(
    kind === "image" ? h("img", { src: item.url, alt: word }) : player(kind, item.url, word),
  );
  return { media, element: h("figure", {}, media, h("figcaption", { class: "hint" }, word)) };
}

const player = (kind, src, word) =>
  h(kind, { src, controls: true, playsinline: true, preload: "metadata", "aria-label": word });

/** The right one over the left one, as far as the slider says. */
function slide(beside) {
  const range = h("input", {
    type: "range",
    min: "0",
    max: "100",
    value: "50",
    "aria-label": "How much of the left one",
    hidden: true,
  });
  const move = () => beside.style.setProperty("--at", `${range.value}%`);
  range.addEventListener("input", move);
  const button = h("button", { type: "button", class: "small" }, "With a slider");
  button.addEventListener("click", () => {
    const over = beside.classList.toggle("over");
    range.hidden = !over;
    write(button, over ? "Beside each other" : "With a slider");
    move();
  });
  return { button, range };
}

/** Both from the beginning; the second one silent, so that one sound is heard. */
function playBoth(players) {
  const play = () => {
    players[1].muted = true;
    for (const each of players) {
      each.currentTime = 0;
      each.play().catch(() => {});
    }
  };
  return h("button", { type: "button", class: "small", onclick: play }, "Play both");
}
