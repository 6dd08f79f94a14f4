/** Home: start a film, or clips of a lecture, and see those there are. */

import { h } from "./dom.js";
import { composer } from "./composer.js";
import { lecture } from "./lecture.js";
import { listing } from "./listing.js";

export function home() {
  const films = listing();
  const element = h("div", { class: "home" }, composer(), lecture(), films.element);
  return { element, leave: films.leave };
}
