// Finds the differences between two sets of objects, each with its object and path.

/** The differences between canonical objects. `ours` or `theirs` is undefined if it has no value at a path. */
export function differences(ours, theirs) {
  return union(ours, theirs).flatMap((object) =>
    within(ours[object], theirs[object], []).map((difference) => ({ object, ...difference })),
  );
}

function within(ours, theirs, path) {
  if (isMap(ours) && isMap(theirs)) {
    return union(ours, theirs).flatMap((key) => within(ours[key], theirs[key], [...path, key]));
  }
  if (Array.isArray(ours) && Array.isArray(theirs) && ours.length === theirs.length) {
    return ours.flatMap((item, index) => within(item, theirs[index], [...path, index]));
  }
  return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ path: path.join('.'), ours, theirs }];
}

function union(a, b) {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
