/** To put a file of one's own in an artifact's place: it is sent first, which changes and costs nothing. */

import { h, write } from "./dom.js";
import { edit } from "./edit.js";
import { send } from "./sending.js";
import { readable } from "./words.js";

const PLAYABLE = /^$|^(image|video|audio)\//;

export function replace(desk, item, { checkpoint }) {
  const file = h("input", { type: "file", id: "own-file", accept: `${item.media}/*` });
  const told = h("p", { class: "hint", role: "status" });
  let upload = null;
  const wish = () => upload && { way: `artifacts/${item.name}/replace`, body: { upload_id: upload } };
  const fields = h(
    "div",
    { class: "fields" },
    h("label", { class: "file" }, h("span", {}, "A file of your own"), file),
    told,
  );
  file.addEventListener("change", async () => {
    const chosen = file.files[0];
    upload = null;
    if (!chosen) return write(told, "");
    write(told, `Sending ${chosen.name} …`);
    try {
      const id = await sent(chosen, item.media);
      if (chosen !== file.files[0]) return;
      upload = id;
      write(told, `${chosen.name} is there. It is scaled and cut to fit.`);
    } catch (error) {
      write(told, error.message);
    }
    fields.dispatchEvent(new Event("input", { bubbles: true }));
  });
  edit(desk, checkpoint, { title: `Replace: ${readable(item.name)}`, fields, wish });
}

/** Sends the file, and answers with the upload's id. */
async function sent(file, media) {
  if (!PLAYABLE.test(file.type)) throw new Error(`${file.name} is no picture, video or sound.`);
  const content_type = file.type || `${media}/unknown`;
  return send(file, { filename: file.name, content_type, bytes: file.size, purpose: "replace" });
}
