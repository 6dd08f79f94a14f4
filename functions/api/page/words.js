/** What the API's words mean, and what they are called on the page. */

const STATUS = {
  queued: "Waiting to begin",
  running: "In production",
  paused: "Waiting for you",
  completed: "Finished",
  failed: "Stopped by an error",
  cancelled: "Cancelled",
};
const REVIEW = {
  open: "opening",
  waiting: "waits for you",
  rejected: "rejected",
  approved: "approved",
  branched: "branched",
  queued: "begins",
  running: "being made",
  paused: "held",
  failed: "stopped",
  cancelled: "cancelled",
};
const PHASE = {
  ad: { plan: "Plan", storyboard: "Storyboard", chunks: "Shots", refine: "Finish" },
  highlights: { listen: "Listening", analyze: "Topics", select: "Selection", compile: "Clips" },
};
const WORDS = Object.assign({}, ...Object.values(PHASE));

/** Of a kind of production, in their order. */
export const phasesOf = (kind) => Object.keys(PHASE[kind] ?? {});

/** A crew is busy with it. */
export const atWork = (status) => status === "queued" || status === "running";
/** Nothing more will happen by itself, nor by anybody's review. */
export const ended = (status) => ["completed", "failed", "cancelled"].includes(status);

/** It waits for something other than a review, and `error` says for what: money. */
export const held = (seen) => seen.status === "paused" && Boolean(seen.error);

export const statusWord = (status) => STATUS[status] ?? status;
/** Of a checkpoint, or of a branch that works on what is to be one. */
export const reviewWord = (status) => REVIEW[status] ?? status;
export const phaseWord = (phase) => WORDS[phase] ?? readable(phase);

/** `hero_shot` → `Hero shot` */
export function readable(name) {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 65 → `1:05`, 3723.4 → `1:02:03` */
export function clock(seconds) {
  const [hours, minutes, rest] = [3600, 60, 1].map(
    (unit, at) => Math.floor(seconds / unit) % (at ? 60 : Infinity),
  );
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** `about 40 s left`; nothing when nobody knows. */
export function left(seconds) {
  if (!seconds) return "";
  return seconds < 90
    ? `about ${Math.max(5, Math.round(seconds / 5) * 5)} s left`
    : `about ${Math.round(seconds / 60)} min left`;
}

/** `3 minutes ago` */
export function ago(at, now = Date.now()) {
  const seconds = Math.round((Date.parse(at) - now) / 1000);
  const units = [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ];
  const [unit, length] = units.find(([, length]) => -seconds >= length) ?? ["second", 1];
  if (unit === "second") return "just now";
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(seconds / length), unit);
}

/** `about $0.98, at most $1.05`, `$0.02`, `free` */
export function costs({ usd, most_usd: most }) {
  if (!most) return "free";
  return most > usd ? `about ${money(usd)}, at most ${money(most)}` : money(usd);
}

export const money = (usd) => `$${usd.toFixed(usd && usd < 0.1 ? 4 : 2)}`;

/** `2 min 5 s` */
export function takes(seconds) {
  const whole = Math.round(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  return [minutes && `${minutes} min`, (rest || !minutes) && `${rest} s`].filter(Boolean).join(" ");
}

const ONE = { call: "a call", image: "an image", second: "a second", minute: "a minute" };

/** `$0.025 an image`, `$0.19 a 6 s clip`, `$0.10 / $0.50 a million tokens`, `free` */
export function price({ usd, usd_output: output, unit, clips }) {
  const lengths = Object.keys(clips);
  if (lengths.length)
    return lengths.map((seconds) => `${exact(clips[seconds])} a ${seconds} s clip`).join(", ");
  if (!usd && !output) return "free";
  if (unit === "million_tokens") return `${[usd, output ?? usd].map(exact).join(" / ")} a million tokens`;
  return `${exact(usd)} ${ONE[unit] ?? `a ${unit}`}`;
}

/** To the cent, and as far as it goes beyond. */
const exact = (usd) => `$${usd.toFixed(Math.max(2, String(usd).split(".")[1]?.length ?? 0))}`;
