/** What an edit would do, in a few lines: what changes, what stays, what it costs now and later. */

import { h } from "./dom.js";
import { costs, readable, takes } from "./words.js";

export function previewed(found) {
  const made = found.items.filter((item) => !item.reused);
  const there = found.items.filter((item) => item.reused).map((item) => item.name);
  return [
    h(
      "dl",
      { class: "price" },
      entry("Now", `${costs(found)} · ${found.seconds ? takes(found.seconds) : "at once"}`),
      entry("Going on to the end", later(found.later)),
    ),
    h(
      "dl",
      { class: "what-changes" },
      entry("Changes here", listed(found.stale)),
      entry("Stays", listed(found.reused)),
      there.length > 0 && entry("Is there already", listed(there)),
      entry("Changes later", listed(found.later.stale)),
    ),
    made.some((item) => item.usd > 0) && bill(made),
  ].filter(Boolean);
}

function later(found) {
  if (!found.stale.length) return "Nothing more to make";
  const about = found.exact ? "" : ", as far as can be told now";
  return `${costs(found)} · ${takes(found.seconds)}${about}`;
}

const entry = (word, fact) => h("div", {}, h("dt", {}, word), h("dd", {}, fact));
export const listed = (names) => (names.length ? names.map(readable).join(", ") : "Nothing");

const bill = (items) =>
  h(
    "ul",
    { class: "bill hint" },
    items.map((item) =>
      h("li", {}, h("span", {}, `${readable(item.name)} · ${item.model}`), h("span", {}, costs(item))),
    ),
  );
