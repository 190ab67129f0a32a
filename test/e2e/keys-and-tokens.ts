import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/**
 * Search texts for the keys and tokens of a mesh: a line from the middle of each private key, each token, and
 * a part of both in base64.
 */
export function keysAndTokens(folder: string): string[] {
  const certs = readdirSync(join(folder, 'certs'), { recursive: true, encoding: 'utf8' });
  const keys = certs.filter((name) => name.endsWith('key.pem')).map((name) => read(folder, 'certs', name));
  const kubeconfigs = readdirSync(join(folder, 'remotes'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => read(folder, 'remotes', name));
  const tokens = kubeconfigs.map((text) => String(parse(text).users[0].user.token));
  const texts = [...keys.map(middleLine), ...tokens];
  const encoded = [...keys, ...kubeconfigs].map((text) => middleOf(Buffer.from(text).toString('base64')));
  return [...texts, ...encoded];
}

function read(...path: string[]): string {
  return readFileSync(join(...path), 'utf8');
}

function middleLine(pem: string): string {
  const lines = pem.trim().split('\n');
  return lines[Math.floor(lines.length / 2)] ?? '';
}

/** A part that is long enough to be unique. */
function middleOf(text: string): string {
  const middle = Math.floor(text.length / 2);
  return text.slice(middle, middle + 60);
}
