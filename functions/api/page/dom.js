/**
 * Elements without a framework. Text becomes text nodes, so that nothing anybody wrote can become markup; the page's
 * Content-Security-Policy enforces the same (Trusted Types).
 */

/** `h("button", {class: "main", onclick: go, disabled: false}, "Go")`; false and null leave an attribute out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

/** Writes only what is new: a live region repeats itself otherwise, and a selection is lost. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Says it to those who listen instead of looking. */
export function tell(sentence) {
  write(document.getElementById("told"), sentence);
}

/** Asks before what cannot be undone, or costs money; true if the person agrees. */
export function agreed({ title, text, action, back, style = "danger" }) {
  return new Promise((answer) => {
    const dialog = h(
      "dialog",
      {
        class: "ask",
        "aria-labelledby": "ask-title",
        onclose: () => (dialog.remove(), answer(dialog.returnValue === "yes")),
      },
      h("h2", { id: "ask-title" }, title),
      h("p", {}, text),
      h(
        "div",
        { class: "actions" },
        h("button", { type: "button", autofocus: true, onclick: () => dialog.close("no") }, back),
        h("button", { type: "button", class: style, onclick: () => dialog.close("yes") }, action),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

export const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
