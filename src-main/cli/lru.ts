/** A memory of bounded size: when full, what was asked for longest ago is forgotten. */
export function remember<V>(capacity: number): (key: string, compute: () => V) => V {
  const known = new Map<string, V>();
  return (key, compute) => {
    let value = known.get(key);
    if (value === undefined) value = compute();
    else known.delete(key);
    // A Map keeps the order of insertion: the first key is the oldest.
    known.set(key, value);
    if (known.size > capacity) known.delete(known.keys().next().value!);
    return value;
  };
}
