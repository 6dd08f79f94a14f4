/** Home: start a film, and see those there are. */

import { h } from "./dom.js";
import { composer } from "./composer.js";
import { listing } from "./listing.js";

export function home() {
  const films = listing();
  const element = h("div", { class: "home" }, composer(), films.element);
  return { element, leave: films.leave };
}
