/** What the API's words mean, and what they are called on the page. */

const STATUS = {
  queued: "Waiting to begin",
  running: "In production",
  paused: "Ready for review",
  completed: "Finished",
  failed: "Stopped by an error",
  cancelled: "Cancelled",
};
const PHASE = { plan: "Plan", storyboard: "Storyboard", chunks: "Shots", refine: "Finish" };
export const PHASES = Object.keys(PHASE);

/** A crew is busy with it. */
export const atWork = (status) => status === "queued" || status === "running";
/** Nothing more will happen by itself, nor by anybody's review. */
export const ended = (status) => ["completed", "failed", "cancelled"].includes(status);

export const statusWord = (status) => STATUS[status] ?? status;
export const phaseWord = (phase) => PHASE[phase] ?? readable(phase);

/** `hero_shot` → `Hero shot` */
export function readable(name) {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 65 → `1:05` */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

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

export const money = (usd) => `$${usd.toFixed(usd && usd < 0.1 ? 4 : 2)}`;
