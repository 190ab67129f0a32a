/** The entries of a map by their keys, so that the order in which a user wrote them changes no output. */
export function inOrder<Value>(map: Readonly<Record<string, Value>>): (readonly [string, Value])[] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}
