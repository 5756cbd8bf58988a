/** Chosen cases by their ids. A set is replaced, not changed: whoever shows it sees that it is another one. */
export type Chosen = ReadonlySet<string>;

export const none: Chosen = new Set();

export function toggled(chosen: Chosen, id: string): Chosen {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

export const withAll = (chosen: Chosen, ids: readonly string[]): Chosen => new Set([...chosen, ...ids]);

export function without(chosen: Chosen, ids: readonly string[]): Chosen {
  const gone = new Set(ids);
  return new Set([...chosen].filter((id) => !gone.has(id)));
}
