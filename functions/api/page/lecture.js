/** The form that makes clips of a recorded lecture: a file is chosen or dropped, sent, and its production begins. */

import { call } from "./api.js";
import { h, tell, write } from "./dom.js";
import { filmAt } from "./places.js";
import { send } from "./sending.js";
import { phaseWord, phasesOf } from "./words.js";

const MOST = 500 * 2 ** 20; // bytes
const KINDS = { mkv: "video/x-matroska", avi: "video/x-msvideo", mov: "video/quicktime", webm: "video/webm" };
const SHAPES = { "16:9": "Wide", "9:16": "Tall", "1:1": "Square", source: "As it is" };
const CAPTIONS = { burned: "On the picture", sidecar: "Beside it", none: "None" };
const LOOK_AGAIN = 700; // ms, until the studio has looked at what arrived

export function lecture() {
  const file = h("input", { type: "file", id: "lecture", accept: "video/*,.mkv,.avi,.mov,.mp4,.webm" });
  const told = h("p", { class: "problem", role: "alert" });
  const doing = h("p", { class: "hint", role: "status" });
  const bar = h("progress", { max: "1", hidden: true, "aria-label": "Sent" });
  const go = h("button", { class: "main" }, "Make the clips");
  const options = h(
    "div",
    { class: "options", hidden: true },
    h(
      "div",
      { class: "choices" },
      number("clips", "Clips, at most", 5, 1, 15),
      select("aspect_ratio", "Shape", SHAPES),
      number("shortest", "Shortest, in seconds", 20, 5, 600),
      number("longest", "Longest, in seconds", 120, 5, 600),
      select("captions", "Captions", CAPTIONS),
      language(),
      stops(),
    ),
    h("div", { class: "actions" }, go),
  );
  const form = h(
    "form",
    { class: "composer lecture", onsubmit: (event) => (event.preventDefault(), begin()) },
    h("h2", {}, "Or turn a recorded lecture into clips"),
    h(
      "label",
      { class: "file drop" },
      h("span", {}, "Choose a recording, or drop it here: mp4, mov, avi, mkv or webm"),
      file,
    ),
    options,
    told,
    doing,
    bar,
  );
  const chosen = () => {
    const problem = wrongWith(file.files[0]);
    write(told, problem);
    options.hidden = !file.files[0] || Boolean(problem);
  };
  file.addEventListener("change", chosen);
  dropped(form, file, chosen);
  const begin = async () => {
    const [recording] = file.files;
    write(told, "");
    [go.disabled, file.disabled, bar.hidden] = [true, true, false];
    try {
      write(doing, `Sending ${recording.name} …`);
      const id = await send(recording, wanted(form, recording), (share) => (bar.value = share));
      write(doing, "It is there. The studio looks at it …");
      location.hash = filmAt(await begun(id));
      tell("Your clips are begun.");
    } catch (error) {
      write(told, error.message);
      write(doing, "");
    }
    [go.disabled, file.disabled, bar.hidden] = [false, false, true];
  };
  return form;
}

/** A file that is dropped on the form is the chosen one. */
function dropped(form, file, chosen) {
  form.addEventListener(
    "dragover",
    (event) => (event.preventDefault(), form.toggleAttribute("data-over", true)),
  );
  form.addEventListener("dragleave", () => form.removeAttribute("data-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.removeAttribute("data-over");
    if (!event.dataTransfer.files.length || file.disabled) return;
    file.files = event.dataTransfer.files;
    chosen();
  });
}

function wrongWith(file) {
  if (!file) return "";
  if (!file.size) return `${file.name} is empty.`;
  if (file.size > MOST) return `${file.name} is too large: 500 MB are the most.`;
  return typeOf(file).startsWith("video/") ? "" : `${file.name} is no video.`;
}

const typeOf = (file) => file.type || KINDS[file.name.split(".").at(-1).toLowerCase()] || "";

/** The body of `POST /v1/uploads`. */
function wanted(form, file) {
  const fields = new FormData(form);
  const pauses = fields.getAll("pause_at");
  const language = fields.get("language").trim();
  const options = {
    clips: Number(fields.get("clips")),
    shortest: Number(fields.get("shortest")),
    longest: Number(fields.get("longest")),
    aspect_ratio: fields.get("aspect_ratio"),
    captions: fields.get("captions"),
    ...(language ? { language } : {}),
    ...(pauses.length ? { pause_at: pauses } : { auto_continue: true }),
  };
  return { filename: file.name, content_type: typeOf(file), bytes: file.size, purpose: "lecture", options };
}

/** The id of the production, once the studio has looked at the file. Throws what it was refused for. */
async function begun(id) {
  for (;;) {
    const { data } = await call("GET", `uploads/${id}`);
    if (data.state === "begun") return data.production_id;
    if (data.state === "refused") throw new Error(data.error.message);
    await new Promise((soon) => setTimeout(soon, LOOK_AGAIN));
  }
}

function number(name, label, value, min, max) {
  const control = h("input", {
    type: "number",
    name,
    id: `lecture-${name}`,
    value,
    min,
    max,
    step: 1,
    required: true,
  });
  return h("div", { class: "choice" }, h("label", { for: control.id }, label), control);
}

function select(name, label, choices) {
  const options = Object.entries(choices).map(([value, word]) => h("option", { value }, word));
  const control = h("select", { name, id: `lecture-${name}` }, options);
  return h("div", { class: "choice" }, h("label", { for: control.id }, label), control);
}

function language() {
  const control = h("input", {
    type: "text",
    name: "language",
    id: "lecture-language",
    pattern: "[a-z]{2,3}",
    placeholder: "Found out; or a code: en, de …",
    title: "Two or three small letters, as in en",
  });
  return h("div", { class: "choice" }, h("label", { for: control.id }, "Language"), control);
}

function stops() {
  const chips = phasesOf("highlights").map((phase) =>
    h(
      "label",
      { class: "chip" },
      h("input", { type: "checkbox", name: "pause_at", value: phase, checked: phase === "select" }),
      h("span", {}, phaseWord(phase)),
    ),
  );
  return h(
    "fieldset",
    { class: "choice" },
    h("legend", {}, "Stop for my review after"),
    h("div", { class: "row" }, chips),
  );
}
