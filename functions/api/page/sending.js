/** A file on its way to the bucket, by the form that the studio gives for it. */

import { call } from "./api.js";

/** `wanted`: the body of `POST /v1/uploads`. `heard(share)` is told how much is there, 0 to 1. Answers with its id. */
export async function send(file, wanted, heard = () => {}) {
  const { data } = await call("POST", "uploads", { body: wanted });
  const form = new FormData();
  for (const [name, value] of Object.entries(data.fields)) form.append(name, value);
  form.append("file", file);
  await posted(data.url, form, heard);
  return data.id;
}

/** `fetch` cannot tell how far a file has come. */
function posted(url, form, heard) {
  return new Promise((there, failed) => {
    const lost = () => failed(new Error("The file could not be sent. Try it once more."));
    const request = new XMLHttpRequest();
    request.upload.addEventListener(
      "progress",
      (event) => event.lengthComputable && heard(event.loaded / event.total),
    );
    request.addEventListener("load", () => (request.status < 300 ? there() : lost()));
    request.addEventListener("error", lost);
    request.open("POST", url);
    request.send(form);
  });
}
