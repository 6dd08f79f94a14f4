/** What is decided about a checkpoint: it is good and goes on, or it is not and waits for an edit. */

import { call } from "./api.js";
import { h, tell, write } from "./dom.js";
import { onward, priced } from "./onward.js";
import { phaseWord } from "./words.js";

const GO_ON = { approved: "Continue from here again", rejected: "Approve all the same" };

export function decision({ path, look }) {
  const title = h("h3", {}, "Your decision");
  const price = h("p", { class: "hint" });
  const comment = h("textarea", { id: "comment", rows: "2", maxlength: "2000", placeholder: "What you think of it …" });
  const approve = h("button", { type: "submit", class: "main" });
  const reject = h("button", { type: "button", class: "danger", onclick: () => decide("reject") }, "Reject");
  const told = h("p", { class: "problem", role: "alert" });
  const done = h("p", { class: "fits", role: "status" });
  const element = h(
    "form",
    { class: "decision", onsubmit: (event) => (event.preventDefault(), decide("approve")) },
    title,
    h("label", { class: "hint", for: "comment" }, "Comment"),
    comment,
    price,
    told,
    h("div", { class: "actions" }, approve, reject),
    done,
  );
  let seen = null;
  let asked = new AbortController();

  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    approve.disabled = true;
    write(price, "Looking up what going on costs …");
    const shown = await onward(path, seen, { signal }).then(priced, (error) => error.message);
    if (signal.aborted) return;
    write(price, seen.status === "rejected" ? `It was rejected, and waits for an edit. ${shown}` : shown);
    approve.disabled = false;
  };
  const show = (checkpoint) => {
    const [old, now] = [seen, checkpoint].map((each) => each && `${each.id} ${each.version} ${each.pending}`);
    if (seen?.id !== checkpoint.id) for (const each of [told, done]) write(each, "");
    seen = checkpoint;
    write(approve, GO_ON[checkpoint.status] ?? "Approve and continue");
    reject.hidden = checkpoint.status === "approved";
    if (old === now) return;
    if (!checkpoint.pending.length) return ask();
    asked.abort();
    approve.disabled = true;
    write(price, "It can go on when the edit that is being made is there.");
  };
  const decide = async (kind) => {
    if (kind === "reject" && !comment.value.trim()) {
      write(told, "Say what is to be changed: your comment goes with the rejection.");
      return comment.focus();
    }
    for (const each of [told, done]) write(each, "");
    for (const each of [approve, reject]) each.disabled = true;
    try {
      write(done, await sent(kind, path, seen, comment.value.trim()));
      tell(done.textContent);
      comment.value = "";
    } catch (error) {
      write(told, error.status === 409 ? `${error.message} What is shown now is new.` : error.message);
    }
    await look();
    reject.disabled = false;
    approve.disabled = seen.pending.length > 0;
  };
  return { element, show };
}

/** Decides, and says what came of it. */
async function sent(kind, path, { id, version, status }, words) {
  const headers = { "If-Match": `"${version}"` };
  const comment = words ? { comment: words } : {};
  if (kind === "reject") {
    await call("POST", `${path}/checkpoints/${id}/reject`, { body: comment, headers });
    return "It is rejected, and waits for an edit.";
  }
  const again = status === "approved";
  const way = again ? `${path}/continue` : `${path}/checkpoints/${id}/approve`;
  const body = again ? { checkpoint_id: id, ...comment } : comment;
  return wentOn((await call("POST", way, { body, headers })).data);
}

/** `It goes on with the shots, on the new branch main-1.` */
export function wentOn({ next_phase: next, branch, created_new_branch: made }) {
  const where = made ? `on the new branch ${branch}` : `on ${branch}`;
  return next ? `It goes on with: ${phaseWord(next)}, ${where}.` : `That was the last step, ${where}.`;
}
