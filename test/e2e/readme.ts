import { readFileSync } from 'node:fs';

/** The shell commands of the README under one heading, a text for each block. */
export function readmeBlocks(heading: string): string[] {
  const lines = readFileSync('README.md', 'utf8').split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start < 0) throw new Error(`the README has no heading "${heading}"`);
  const length = lines.slice(start + 1).findIndex((line) => /^#+ \S/.test(line));
  const section = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join('\n');
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
}
