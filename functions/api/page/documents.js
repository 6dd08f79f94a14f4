/** What documents say. They lie in the bucket, and one version never changes. */

export class Documents {
  #known = {};

  /** Name → what those of these names among `items` say, with their `version`. One without a link stays as it was known. */
  async read(names, items, signal) {
    const found = await Promise.all(names.map((name) => this.#one(name, items, signal)));
    names.forEach((name, at) => (this.#known[name] = found[at]));
    return { ...this.#known };
  }

  async #one(name, items, signal) {
    const known = this.#known[name];
    const item = items.find((each) => each.name === name && each.url);
    if (!item || known?.version === item.version) return known;
    const answer = await fetch(item.url, { signal }).catch(() => null);
    return answer?.ok ? { ...(await answer.json()), version: item.version } : known;
  }
}
