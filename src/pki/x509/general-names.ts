import { isIPv6 } from 'node:net';
import { contextTag, DerError, type DerReader, tags } from './der-reader';

/** The alternative names of a certificate that name constraints limit. */
export interface GeneralNames {
  readonly dns: readonly string[];
  readonly emails: readonly string[];
  readonly ips: readonly Buffer[];
  /** The names as they are written. */
  readonly uris: readonly string[];
}

/** The tags of the names that Go knows. It ignores others. */
export const nameTags = {
  email: contextTag(1),
  dns: contextTag(2),
  uri: contextTag(6),
  ip: contextTag(7),
} as const;

/** Reads the value of the extension subjectAltName. */
export function readGeneralNames(der: DerReader): GeneralNames {
  const values = der.enter(tags.sequence);
  const names = { dns: [] as string[], emails: [] as string[], ips: [] as Buffer[], uris: [] as string[] };
  while (!values.isEmpty) {
    const { tag, content } = values.any();
    if (tag === nameTags.dns) names.dns.push(readAscii(content));
    if (tag === nameTags.email) names.emails.push(readAscii(content));
    if (tag === nameTags.uri) names.uris.push(readUri(content));
    if (tag === nameTags.ip) names.ips.push(readIp(content));
  }
  return names;
}

/** The text of a name; rejects one with other characters than those of ASCII. */
export function readAscii(content: Buffer): string {
  const text = content.toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII contains them
  if (!/^[\x00-\x7f]*$/.test(text)) throw new DerError('one of its names has characters that are not ASCII');
  return text;
}

function readIp(content: Buffer): Buffer {
  if (content.length !== 4 && content.length !== 16)
    throw new DerError('one of its IP addresses has a wrong length');
  return content;
}

function readUri(content: Buffer): string {
  const uri = readAscii(content);
  const host = hostOf(uri);
  if (host === undefined || !isDomainName(host, 'name'))
    throw new DerError(`its URI ${JSON.stringify(uri)} is not valid`);
  return uri;
}

/** Whether Go takes a text for a domain name; in constraints it can start with a dot. An empty one is valid, too. */
export function isDomainName(text: string, use: 'name' | 'constraint'): boolean {
  if (text === '') return true;
  const labels = (use === 'constraint' ? text.replace(/^\./, '') : text).split('.');
  return labels.every((label) => /^[\x21-\x7e]+$/.test(label));
}

/**
 * The host of a URI with its port, in the way of Go's url.Parse; empty if there is none, undefined if Go does not
 * parse the URI.
 *
 * @see https://pkg.go.dev/net/url#Parse
 */
export function hostOf(uri: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go rejects them
  if (/[\x00-\x1f\x7f]/.test(uri) || uri === '') return uri === '' ? '' : undefined;
  const [withoutFragment = '', fragment = ''] = cut(uri, '#');
  const scheme = /^([a-zA-Z][a-zA-Z0-9+\-.]*):/.exec(withoutFragment)?.[0] ?? '';
  const rest = cut(withoutFragment.slice(scheme.length), '?')[0];
  if (!hasValidEscapes(fragment) || withoutFragment.startsWith(':')) return undefined;
  if (!rest.startsWith('/')) {
    if (scheme !== '') return '';
    if ((rest.split('/')[0] ?? '').includes(':')) return undefined;
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'));
  if (!hasAuthority) return hasValidEscapes(rest) ? '' : undefined;
  const [authority, path] = cut(rest.slice(2), '/');
  if (!hasValidEscapes(path)) return undefined;
  const at = authority.lastIndexOf('@');
  const [user, host] = [authority.slice(0, Math.max(at, 0)), authority.slice(at + 1)];
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) || !hasValidEscapes(user)) return undefined;
  return isHost(host) ? host : undefined;
}

function cut(text: string, separator: string): [before: string, after: string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

function hasValidEscapes(text: string): boolean {
  return !/%(?![0-9a-fA-F]{2})/.test(text);
}

function isHost(host: string): boolean {
  const literal = /^\[(.*)\](:\d*)?$/.exec(host)?.[1];
  if (literal !== undefined) return isIPv6(literal) && !literal.includes('%');
  return /^[A-Za-z0-9\-._~!$&'()*+,;=<>":]*$/.test(host) && /^[^:]*(.*:\d*)?$/.test(host);
}
