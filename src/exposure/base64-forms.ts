/**
 * What the base64 of any text that contains some bytes must contain: one form for each place that these
 * can have within its groups of three.
 */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const whole = Math.floor((bytes.length - shift) / 3) * 3;
    return bytes.toString('base64', shift, shift + Math.max(0, whole));
  });
}

/** The forms of bytes in base64, in base64 of base64, and so on; the first list is of the former. */
export function nestedForms(bytes: Buffer, depth: number): string[][] {
  const levels = [base64Forms(bytes)];
  while (levels.length < depth) {
    levels.push((levels.at(-1) ?? []).flatMap((form) => base64Forms(Buffer.from(form))));
  }
  return levels;
}
