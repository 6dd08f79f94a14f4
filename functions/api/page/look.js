/** A closer look: one beat large. */

import { h, write } from "./dom.js";

/** Opens the frame at `index` large; the arrow keys go to its neighbours. */
export function look(frames, index) {
  const stage = h("div", { class: "stage-large" });
  const count = h("span", { class: "hint" });
  const text = h("p", {});
  const turn = (step) => {
    index = (index + step + frames.length) % frames.length;
    const frame = frames[index];
    stage.replaceChildren(frame.open.disabled ? h("p", { class: "hint" }, "Not made yet") : frame.large());
    write(count, `${index + 1} of ${frames.length}`);
    write(text, frame.beat.action);
  };
  const onkeydown = (event) => {
    if (event.target instanceof HTMLVideoElement) return;
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  };
  const dialog = h(
    "dialog",
    {
      class: "look",
      "aria-label": "A closer look",
      onkeydown,
      onclose: () => dialog.remove(),
      onclick: (event) => event.target === dialog && dialog.close(),
    },
    stage,
    text,
    h(
      "div",
      { class: "row apart" },
      h("button", { type: "button", "aria-label": "The beat before", onclick: () => turn(-1) }, "←"),
      count,
      h("button", { type: "button", "aria-label": "The beat after", onclick: () => turn(1) }, "→"),
      h(
        "button",
        { type: "button", class: "quiet", autofocus: true, onclick: () => dialog.close() },
        "Close",
      ),
    ),
  );
  turn(0);
  document.body.append(dialog);
  dialog.showModal();
}
