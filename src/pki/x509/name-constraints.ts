import { isIP } from 'node:net';
import { constructedTag, DerError, type DerReader, tags } from './der-reader';
import { type GeneralNames, hostOf, isDomainName, nameTags, readAscii } from './general-names';

/** The names that certificates below a CA certificate can have. */
export interface NameConstraints {
  readonly permitted: Subtrees;
  readonly excluded: Subtrees;
  /** Whether names of other kinds are limited, such as those of directories, which Go does not compare. */
  readonly hasOtherNames: boolean;
}

/** Limits for each kind of name. A kind without a limit is free. */
interface Subtrees {
  readonly dns: readonly string[];
  readonly emails: readonly string[];
  readonly uris: readonly string[];
  readonly ips: readonly { readonly address: Buffer; readonly mask: Buffer }[];
}

/** Reads the value of the extension nameConstraints. */
export function readNameConstraints(der: DerReader): NameConstraints {
  const fields = der.enter(tags.sequence);
  const [permitted, excluded] = [0, 1].map((tag) => fields.enterOptional(constructedTag(tag)));
  if (!der.isEmpty || !fields.isEmpty) der.fail();
  const isEmpty = (permitted?.isEmpty ?? true) && (excluded?.isEmpty ?? true);
  if (isEmpty) throw new DerError('its name constraints are empty');
  const others = { found: false };
  const [permittedNames, excludedNames] = [readSubtrees(permitted, others), readSubtrees(excluded, others)];
  return { permitted: permittedNames, excluded: excludedNames, hasOtherNames: others.found };
}

function readSubtrees(list: DerReader | undefined, others: { found: boolean }): Subtrees {
  const subtrees = {
    dns: [] as string[],
    emails: [] as string[],
    uris: [] as string[],
    ips: [] as Subtrees['ips'][number][],
  };
  while (list !== undefined && !list.isEmpty) {
    const { tag, content } = list.enter(tags.sequence).any();
    if (tag === nameTags.dns) subtrees.dns.push(readDomain(content));
    else if (tag === nameTags.email) subtrees.emails.push(readEmail(content));
    else if (tag === nameTags.uri) subtrees.uris.push(readUriDomain(content));
    else if (tag === nameTags.ip) subtrees.ips.push(readNetwork(content));
    else others.found = true;
  }
  return subtrees;
}

function invalid(constraint: string): never {
  throw new DerError(`its name constraint ${JSON.stringify(constraint)} is not valid`);
}

function readDomain(content: Buffer): string {
  const domain = readAscii(content);
  return isDomainName(domain, 'constraint') ? domain : invalid(domain);
}

function readUriDomain(content: Buffer): string {
  const domain = readDomain(content);
  return isIP(domain) === 0 ? domain : invalid(domain);
}

function readEmail(content: Buffer): string {
  const text = readAscii(content);
  const isValid = text.includes('@') ? mailboxOf(text) !== undefined : isDomainName(text, 'constraint');
  return isValid ? text : invalid(text);
}

function readNetwork(content: Buffer): Subtrees['ips'][number] {
  const half = content.length / 2;
  const [address, mask] = [content.subarray(0, half), content.subarray(half)];
  const bits = [...mask].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (half === 4 || half === 16) && /^1*0*$/.test(bits)
    ? { address, mask }
    : invalid(content.toString('hex'));
}

/** The parts of an email address, as RFC 2821 defines them; undefined if it is not one. */
function mailboxOf(text: string): { readonly local: string; readonly domain: string } | undefined {
  const match = /^(?:"((?:[^"\\]|\\.)*)"|((?:[\w!#$%&'*+\-/=?^`{|}~.]|\\.)+))@(.*)$/s.exec(text);
  if (match === null) return undefined;
  const [, quoted, atoms, domain = ''] = match;
  const local = (quoted ?? atoms ?? '').replace(/\\(.)/gs, '$1');
  if (atoms !== undefined && /^\.|\.$|\.\./.test(local)) return undefined;
  return isDomainName(domain, 'name') ? { local, domain: domain.toLowerCase() } : undefined;
}

/**
 * Why the constraints do not allow the names of a certificate below; undefined if they do.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.10
 */
export function violation({ permitted, excluded }: NameConstraints, names: GeneralNames): string | undefined {
  const hosts = names.uris.map((uri) => ({ shown: uri, value: constrainedHost(uri) }));
  const mailboxes = names.emails.map((email) => ({ shown: email, value: mailboxOf(email) }));
  const unusable = [...hosts, ...mailboxes].find(({ value }) => value === undefined);
  if (unusable !== undefined) return `cannot be compared with ${unusable.shown}`;
  return (
    check(names.ips, permitted.ips, excluded.ips, isInNetwork, (ip) => ip.join('.')) ??
    check(names.dns, permitted.dns, excluded.dns, isInDomain, (name) => name) ??
    check(names.dns, [], excluded.dns, includesInWildcard, (name) => name) ??
    check(
      hosts,
      permitted.uris,
      excluded.uris,
      ({ value = '' }, domain) => isInDomain(value, domain),
      ({ shown }) => shown,
    ) ??
    check(
      mailboxes,
      permitted.emails,
      excluded.emails,
      ({ value }, limit) => isMailboxWithin(value, limit),
      ({ shown }) => shown,
    )
  );
}

function check<Name, Limit>(
  names: readonly Name[],
  permitted: readonly Limit[],
  excluded: readonly Limit[],
  isWithin: (name: Name, limit: Limit) => boolean,
  show: (name: Name) => string,
): string | undefined {
  for (const name of names) {
    if (permitted.length > 0 && !permitted.some((limit) => isWithin(name, limit)))
      return `do not permit ${show(name)}`;
    if (excluded.some((limit) => isWithin(name, limit))) return `exclude ${show(name)}`;
  }
  return undefined;
}

/** The host without a port; undefined if there is none, or an IP address, which cannot be compared. */
function constrainedHost(uri: string): string | undefined {
  const host = hostOf(uri)?.toLowerCase().replace(/:\d*$/, '') ?? '';
  return host === '' || host.startsWith('[') || isIP(host) !== 0 ? undefined : host;
}

/** A limit that starts with a dot includes only subdomains; an empty one includes everything. */
function isInDomain(name: string, limit: string): boolean {
  const [domain, suffix] = [name.toLowerCase(), limit.toLowerCase()];
  if (suffix === '' || domain === suffix) return true;
  return domain.endsWith(suffix.startsWith('.') ? suffix : `.${suffix}`);
}

/** An excluded name also excludes the wildcard that includes it. */
function includesInWildcard(name: string, limit: string): boolean {
  return name.startsWith('*.') && limit.toLowerCase().replace(/^[^.]*/, '') === name.slice(1).toLowerCase();
}

function isInNetwork(ip: Buffer, { address, mask }: Subtrees['ips'][number]): boolean {
  return (
    ip.length === address.length &&
    ip.every((byte, index) => (byte & (mask[index] ?? 0)) === ((address[index] ?? 0) & (mask[index] ?? 0)))
  );
}

function isMailboxWithin(mailbox: ReturnType<typeof mailboxOf>, limit: string): boolean {
  if (mailbox === undefined) return false;
  if (!limit.includes('@')) return isInDomain(mailbox.domain, limit);
  const exact = mailboxOf(limit);
  return exact?.local === mailbox.local && exact.domain === mailbox.domain;
}
