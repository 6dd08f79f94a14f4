/** Where each checkpoint stands in the drawing of the tree: a column for each step, a row for each branch. */

/**
 * `{nodes, columns, rows}`; each node has `column`, `row`, `from` (the node it was continued from, or null) and
 * `first` (of its branch). A branch that works on something that is no checkpoint yet has a node without an id.
 */
export function laidOut(roots, branches = []) {
  const rows = new Map();
  const nodes = [];
  const place = (node, column, from) => {
    const first = !rows.has(node.branch);
    if (first) rows.set(node.branch, rows.size);
    const placed = { ...node, column, row: rows.get(node.branch), from, first };
    nodes.push(placed);
    for (const child of own(node)) place(child, column + 1, placed);
  };
  const coming = underWay(roots, branches);
  /** A branch stays on its row: its own checkpoint comes before those that left it. */
  const own = (node) => {
    const begun = coming.filter((each) => node.id && each.parent_id === node.id);
    const children = [...node.children, ...begun];
    return children.sort((one, other) => (other.branch === node.branch) - (one.branch === node.branch));
  };
  for (const root of [...roots, ...coming.filter((each) => each.parent_id === null)]) place(root, 0, null);
  return { nodes, rows: rows.size, columns: Math.max(0, ...nodes.map((node) => node.column + 1)) };
}

/** What the branches work on just now, or have stopped at, as nodes. */
function underWay(roots, branches) {
  const known = new Set([...flat(roots)].map((node) => `${node.branch} ${node.phase}`));
  return branches
    .filter(({ name, phase, status }) => status !== "branched" && !known.has(`${name} ${phase}`))
    .map(({ name, phase, status, base }) => ({
      id: null,
      branch: name,
      phase,
      status,
      parent_id: base?.checkpoint_id ?? null,
      children: [],
    }));
}

/** Every node, parents first. */
export function* flat(roots) {
  for (const node of roots) {
    yield node;
    yield* flat(node.children);
  }
}

/** The checkpoint and those before it, itself first. */
export function lineOf(roots, id) {
  const known = new Map([...flat(roots)].map((node) => [node.id, node]));
  const line = [];
  for (let node = known.get(id); node; node = known.get(node.parent_id)) line.push(node);
  return line;
}
