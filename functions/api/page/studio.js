/** The studio page: who is signed in, and which view the address asks for. */

import { reach, session } from "./api.js";
import { h, tell } from "./dom.js";
import { placeOf } from "./places.js";

const main = document.getElementById("main");
const bar = document.getElementById("bar");
let leave = () => {};
/** Goes to another place within the view; false if that is another view's. */
let turn = () => false;

/** A token in the address (`#token=…`) is taken, and gone from the address bar before anything else happens. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  session.begin(token);
}

async function show(reason = "") {
  if (session.token && turn(placeOf(location.hash))) return;
  leave();
  leave = () => {};
  turn = () => false;
  bar.hidden = !session.token;
  const asked = location.hash;
  const view = session.token ? await viewFor(asked) : signIn(reason);
  if (asked !== location.hash || (view.private && !session.token)) return view.leave?.();
  leave = view.leave ?? leave;
  turn = view.turn ?? turn;
  document.title = view.title ? `${view.title} · Rushes` : "Rushes";
  main.replaceChildren(view.element);
  (main.querySelector("[data-focus]") ?? main).focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** Each view's modules are fetched when it is first wanted, and what only films need of styles. */
async function viewFor(hash) {
  const place = placeOf(hash);
  const styles = place.id
    ? [styled("clips.css"), styled("review.css"), styled("edit.css"), styled("compare.css")]
    : [];
  const [view] = await Promise.all([opened(place), ...styles]);
  return { ...view, private: true };
}

async function opened({ id, checkpoint, left, right }) {
  if (left) return (await import("./compare.js")).compare(id, left, right);
  if (checkpoint) return (await import("./review.js")).review(id, checkpoint);
  if (id) return (await import("./production.js")).production(id);
  return (await import("./home.js")).home();
}

/** Waits until a style sheet is there, so that nothing is seen without it. */
function styled(file) {
  const href = `/page/${file}`;
  if (document.querySelector(`link[href="${href}"]`)) return null;
  return new Promise((there) =>
    document.head.append(h("link", { rel: "stylesheet", href, onload: there, onerror: there })),
  );
}

function signIn(reason) {
  const token = h("input", {
    id: "token",
    type: "password",
    autocomplete: "off",
    spellcheck: "false",
    required: true,
    "data-focus": true,
  });
  const told = h("p", { class: "problem", role: "alert" }, reason);
  const enter = async (submitted) => {
    submitted.preventDefault();
    session.begin(token.value.trim().replace(/^Bearer\s+/i, ""));
    try {
      await reach("productions?limit=1");
      show();
    } catch (error) {
      if (session.token) session.end(error.message);
    }
  };
  return { element: signInForm(token, told, enter) };
}

function signInForm(token, told, enter) {
  return h(
    "section",
    { class: "door" },
    h("div", { class: "beam", "aria-hidden": "true" }),
    h("h1", {}, "Rushes"),
    h("p", { class: "lead" }, "A prompt goes in. A finished film comes out."),
    h(
      "form",
      { onsubmit: enter },
      h("label", { for: "token" }, "Your token"),
      token,
      told,
      h("button", { class: "main" }, "Enter the studio"),
    ),
    h(
      "p",
      { class: "hint" },
      "On this machine, ",
      h("code", {}, "rushes open"),
      " signs you in by itself. Elsewhere, paste an ID token of the studio's user pool. It stays in this tab.",
    ),
  );
}

document.getElementById("sign-out").addEventListener("click", () => session.end());
window.addEventListener(
  "signed-out",
  (event) => (show(event.detail), tell(event.detail || "You are signed out.")),
);
window.addEventListener("hashchange", () => (takeToken(), show()));
takeToken();
show();
