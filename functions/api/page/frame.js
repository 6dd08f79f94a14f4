/** One beat on the board: an empty frame, then its picture, then its shots, which play while they are in sight. */

import { calm, h, write } from "./dom.js";
import { point } from "./links.js";
import { look } from "./look.js";
import { clock, readable } from "./words.js";

const STATE = {
  waiting: "Not begun",
  rendering: "Being made",
  failed: "Could not be made",
  unmade: "Not made",
};

const sight = new IntersectionObserver(
  (seen) => {
    for (const { isIntersecting, target } of seen) {
      target.dataset.seen = isIntersecting;
      play(target);
    }
  },
  { threshold: 0.4 },
);

function play(player) {
  const wanted =
    player.dataset.seen === "true" && !player.hidden && player.getAttribute("src") && !calm.matches;
  if (wanted) player.play().catch(() => {});
  else player.pause();
}

/** Goes on with the next of `shots()` when one has ended, and with the first after the last. */
function inTurn(player, shots) {
  player.addEventListener("ended", () => {
    const now = shots().indexOf(player.getAttribute("src"));
    player.src = shots()[(now + 1) % shots().length];
    player.play().catch(() => {});
  });
  return player;
}

export class Frame {
  #image;
  #player;
  #shots = [];
  #state = h("span", { class: "state" });
  #text = h("figcaption", {});
  #drawn = "";

  constructor(links, frames) {
    this.#image = links.tend(h("img", { alt: "", decoding: "async" }));
    this.#player = links.tend(
      h("video", { muted: true, playsinline: true, preload: "metadata", tabindex: "-1" }),
    );
    this.#player.muted = true;
    inTurn(this.#player, () => this.#shots);
    sight.observe(this.#player);
    this.open = h(
      "button",
      { type: "button", class: "frame", onclick: () => look(frames, frames.indexOf(this)) },
      this.#image,
      this.#player,
      this.#state,
    );
    this.element = h("li", {}, h("figure", {}, this.open, this.#text));
  }

  show(beat, start, { over, picture, shots }, mode) {
    this.beat = beat;
    this.#shots = shots.filter((item) => item.url).map((item) => item.url);
    this.#describe(beat, start);
    const moving = mode === "shots" && this.#shots.length > 0;
    point(this.#image, picture?.url);
    if (picture?.url) this.#player.poster = picture.url;
    this.#image.hidden = moving || !picture?.url;
    this.#player.hidden = !moving;
    const playing = this.#player.getAttribute("src");
    if (moving && !this.#shots.includes(playing)) point(this.#player, this.#shots[0]);
    play(this.#player);
    this.#tellState(mode === "shots" ? [...shots, picture] : [picture], over);
    this.open.disabled = !picture?.url;
  }

  /** What to look at closely: the shots if those are shown, the picture otherwise. */
  large() {
    if (this.#player.hidden) return h("img", { src: this.#image.src, alt: this.beat.action });
    const player = h("video", {
      src: this.#shots[0],
      controls: true,
      autoplay: !calm.matches,
      playsinline: true,
    });
    return inTurn(player, () => this.#shots);
  }

  /** Of a film that is over, nothing is being made, whatever was when it ended. */
  #tellState(items, over) {
    const unmade = items.map((item) => item?.state ?? "waiting").find((state) => state !== "ready") ?? "";
    const state = over && unmade && unmade !== "failed" ? "unmade" : unmade;
    this.open.dataset.state = state;
    write(this.#state, items.find((item) => item?.error)?.error.message ?? STATE[state] ?? "");
  }

  #describe(beat, start) {
    const text = JSON.stringify([beat, start]);
    if (text === this.#drawn) return;
    this.#drawn = text;
    this.open.setAttribute("aria-label", `Beat ${beat.index + 1}, look closely`);
    this.#image.alt = beat.action;
    this.#text.replaceChildren(...described(beat, start));
  }
}

function described(beat, start) {
  return [
    h("span", { class: "time" }, `${clock(start)}–${clock(start + beat.seconds)}`),
    h("strong", {}, readable(beat.beat)),
    h("span", { class: "action" }, beat.action),
    beat.narration && h("q", {}, beat.narration),
    beat.caption && h("span", { class: "caption" }, beat.caption),
    h("span", { class: "hint" }, `${beat.shot} · ${beat.camera} · ${beat.seconds} s`),
  ].filter(Boolean);
}
