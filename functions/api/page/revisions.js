/** The revisions of a checkpoint: what the phase left, and each edit of it, with those being made. */

import { call } from "./api.js";
import { agreed, h, tell, write } from "./dom.js";
import { edit } from "./edit.js";
import { wentOn } from "./decision.js";
import { onward, priced } from "./onward.js";
import { ago } from "./words.js";

export function revisions(desk) {
  const told = h("p", { class: "problem", role: "alert" });
  const list = h("ol", { class: "revisions", reversed: true });
  const element = h("section", { "aria-label": "Revisions" }, h("h3", {}, "Revisions"), told, list);
  let drawn = "";
  const show = (checkpoint, _roots, { progress }) => {
    const going = checkpoint.pending.map((number) => progress.get(`${checkpoint.id}.${number}`) ?? null);
    const facts = JSON.stringify([checkpoint.id, checkpoint.version, checkpoint.revisions, going]);
    if (drawn === facts) return;
    drawn = facts;
    const newest = [...checkpoint.revisions].reverse();
    list.replaceChildren(...newest.map((revision) => line(desk, checkpoint, revision, { progress, told })));
  };
  return { element, show };
}

function line(desk, checkpoint, revision, { progress, told }) {
  const { revision: number, status, what, error, created_at } = revision;
  const now = number === checkpoint.revision;
  const state = { pending: "being made", failed: "failed", ready: now ? "shown here" : "" }[status];
  return h(
    "li",
    { "data-status": status, "aria-current": now && "true", value: number },
    h("p", {}, h("strong", {}, `${number} · ${what}`)),
    h("p", { class: "hint" }, [state, ago(created_at)].filter(Boolean).join(" · ")),
    status === "pending" && making(progress.get(`${checkpoint.id}.${number}`)),
    error && h("p", { class: "problem" }, error.message),
    status === "ready" && !now && choices(desk, checkpoint, number, told),
  );
}

function making(progress) {
  const { done, total } = progress ?? { done: 0, total: 0 };
  return [
    h("progress", { max: "100", value: progress && String(progress.percent), "aria-label": "This revision" }),
    total > 0 && h("p", { class: "hint" }, `${done} of ${total} made`),
  ];
}

function choices(desk, checkpoint, number, told) {
  const back = () =>
    edit(desk, checkpoint, {
      title: `Back to revision ${number}`,
      fields: h("p", { class: "hint" }, "What differs is taken over from there, in a new revision."),
      wish: () => ({ way: "adopt", body: { from_checkpoint_id: checkpoint.id, from_revision: number } }),
    });
  return h(
    "div",
    { class: "row" },
    h("button", { type: "button", class: "small", onclick: back }, "Back to it"),
    h(
      "button",
      { type: "button", class: "small", onclick: () => goOn(desk, checkpoint, number, told) },
      "Go on from it",
    ),
  );
}

async function goOn({ path, look }, checkpoint, revision, told) {
  write(told, "");
  try {
    const price = priced(await onward(path, checkpoint.id, { revision }));
    const sure = {
      title: `Go on from revision ${revision}?`,
      text: price,
      action: "Continue",
      back: "Not yet",
      style: "main",
    };
    if (!(await agreed(sure))) return;
    const headers = { "If-Match": `"${checkpoint.version}"` };
    const body = { checkpoint_id: checkpoint.id, revision };
    const { data } = await call("POST", `${path}/continue`, { body, headers });
    tell(wentOn(data));
  } catch (error) {
    write(told, error.message);
  }
  await look();
}
