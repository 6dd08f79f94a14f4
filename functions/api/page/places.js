/** The addresses of the page: home, a film, a checkpoint of it, and two of them side by side. */

const CHECKPOINT = "cp_[0-9a-f]{24}";
const PLACE = new RegExp(
  `^#/productions/(prod_[0-9a-z]{26})(?:/checkpoints/(${CHECKPOINT})|/compare/(${CHECKPOINT})/(${CHECKPOINT}))?$`,
);

/** `{id, checkpoint, left, right}`, of which only those are there that the address names. */
export function placeOf(hash) {
  const [, id, checkpoint, left, right] = PLACE.exec(hash) ?? [];
  return { id, checkpoint, left, right };
}

export const filmAt = (id) => `#/productions/${id}`;
export const checkpointAt = (id, checkpoint) => `${filmAt(id)}/checkpoints/${checkpoint}`;
export const compareAt = (id, left, right) => `${filmAt(id)}/compare/${left}/${right}`;
