/** The tree of checkpoints, drawn: branches as lines, checkpoints as nodes to look at. */

import { flat, laidOut } from "./branches.js";
import { h } from "./dom.js";
import { checkpointAt } from "./places.js";
import { money, phaseWord, reviewWord } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** `show(roots, production, chosen)`: the nested checkpoints, the production's status, the id of the one looked at. */
export function tree() {
  const inside = h("div", { class: "tree" });
  const element = h(
    "section",
    { class: "takes", "aria-labelledby": "takes", hidden: true },
    h("h2", { id: "takes" }, "Review tree"),
    inside,
  );
  let drawn = "";
  const show = (roots, seen, chosen) => {
    const { nodes, rows, columns } = laidOut(roots, seen.branches);
    element.hidden = !roots.length;
    const facts = JSON.stringify([nodes.map(({ from, children, ...node }) => node), chosen, seen.branches]);
    if (drawn === facts) return;
    drawn = facts;
    const focused = inside.contains(document.activeElement) && document.activeElement.getAttribute("href");
    inside.style.setProperty("--rows", rows);
    inside.style.setProperty("--columns", columns);
    const left = new Set(seen.branches.filter((each) => each.status === "branched").map(standing));
    const items = nodes.map((node) => item(node, seen.id, { chosen, branched: left.has(node.id) }));
    inside.replaceChildren(lines(nodes, rows, columns), h("ol", {}, items));
    if (focused) inside.querySelector(`[href="${focused}"]`)?.focus();
  };
  return { element, show };
}

const standing = (branch) => branch.checkpoint_id;

/** A line from each node to those that went on from it: along its row, then down to the other's. */
function lines(nodes, rows, columns) {
  const svg = document.createElementNS(SVG, "svg");
  const settings = { viewBox: `0 0 ${columns} ${rows}`, preserveAspectRatio: "none", "aria-hidden": "true" };
  for (const [name, value] of Object.entries(settings)) svg.setAttribute(name, value);
  for (const { from, row, column } of nodes.filter((node) => node.from)) {
    const path = document.createElementNS(SVG, "path");
    const [x, y] = [from.column + 0.5, from.row + 0.25];
    const bend = row === from.row ? "" : `C ${x + 0.5} ${y}, ${x + 0.2} ${row + 0.25},`;
    path.setAttribute("d", `M ${x} ${y} ${bend || "L"} ${column + 0.5} ${row + 0.25}`);
    svg.append(path);
  }
  return svg;
}

function item(node, id, { chosen, branched }) {
  const status = branched ? "branched" : node.status;
  const marks = [
    node.pending?.length && "being edited",
    node.edited && `edited, r${node.revision}`,
    cost(node),
  ];
  const inside = [
    h("span", { class: "dot", "data-status": status, "aria-hidden": "true" }),
    h("span", { class: "branch" }, node.first ? node.branch : ""),
    h("strong", {}, phaseWord(node.phase)),
    h("span", { class: "hint" }, reviewWord(status)),
    h("span", { class: "hint marks" }, marks.filter(Boolean).join(" · ")),
  ];
  const label = [phaseWord(node.phase), `branch ${node.branch}`, reviewWord(status), ...marks].filter(
    Boolean,
  );
  const settings = { class: "node", "aria-label": label.join(", "), title: label.join(", ") };
  const link = node.id
    ? h("a", { ...settings, href: checkpointAt(id, node.id), "aria-current": node.id === chosen && "true" })
    : h("span", { ...settings, role: "img" });
  link.append(...inside);
  const cell = h("li", {}, link);
  cell.style.gridArea = `${node.row + 1} / ${node.column + 1}`;
  return cell;
}

const cost = (node) => node.cost_usd > 0 && money(node.cost_usd);

/** `Storyboard · main-1 · edited`, for a list to choose from. */
export function titleOf(node) {
  return [phaseWord(node.phase), node.branch, node.edited && `edited, r${node.revision}`]
    .filter(Boolean)
    .join(" · ");
}

/** The other checkpoints, newest first. */
export const others = (roots, id) =>
  [...flat(roots)]
    .filter((node) => node.id !== id)
    .sort((one, other) => other.created_at.localeCompare(one.created_at));
