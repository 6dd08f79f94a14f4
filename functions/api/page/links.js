/** Presigned links. They last an hour, and are new at every look: one that still works is kept, so nothing loads twice. */

const FRESH = 50 * 60_000; // ms of the hour a link lasts
const PATIENCE = 15_000; // ms between two renewals, should a file be broken rather than its link old

export class Links {
  #kept = new Map();
  #renewed = 0;
  #look;

  /** `look()` fetches the production anew, which brings new links. */
  constructor(look) {
    this.#look = look;
  }

  /** Puts the link that was given first for each version in place of today's, while it is fresh. */
  settle(items, now = Date.now()) {
    for (const item of items.filter((each) => each.url)) {
      const key = `${item.name}_v${item.version}`;
      const kept = this.#kept.get(key);
      if (kept && now - kept.at < FRESH) item.url = kept.url;
      else this.#kept.set(key, { url: item.url, at: now });
    }
  }

  /** An image or a player that goes on with a new link, where it was, when the old one has expired. */
  tend(media) {
    media.addEventListener("error", () => {
      if (!media.getAttribute("src") || Date.now() - this.#renewed < PATIENCE) return;
      this.#renewed = Date.now();
      this.#kept.clear();
      this.#look();
    });
    return media;
  }
}

/** Shows `url` in an image or a player; a player stays where it was if it is the same film by another link. */
export function point(media, url) {
  const old = media.getAttribute("src");
  if (old === url) return;
  if (!url) return media.removeAttribute("src");
  const same = old && media instanceof HTMLMediaElement && file(old) === file(url);
  const { currentTime, paused } = same ? media : { currentTime: 0, paused: true };
  media.src = url;
  if (!same) return;
  media.currentTime = currentTime;
  if (!paused) media.play().catch(() => {});
}

/** A part of a film is another film. */
function file(url) {
  const { pathname, hash } = new URL(url);
  return pathname + hash;
}
