/** The version that an answer names; undefined for anything that is not HelloWorld's. */
export function answeredVersion(answer: string): string | undefined {
  return /^Hello version: (\S+), instance: \S+/.exec(answer)?.[1];
}
