/** Names of query parameters whose values are usually secret. */
const secretParameter = /token|secret|passw|pwd|api[-_]?key|auth|credential|signature|^sig$/i;

/** The beginnings of tokens of git servers and registries, and of JSON Web Tokens. */
const knownToken =
  /(?:gh[pousr]_|github_pat_|glpat-|gldt-|glcbt-|ATBB|ATCTT3|dckr_pat_|eyJ[\w-]+\.)[\w.-]{10,}/;

/**
 * What is secret in an address, such as `a user name or password`; undefined where nothing is. Addresses are printed
 * and committed, so such an address must be refused. The user name that ssh needs, and the one that Azure DevOps writes, are not secret.
 */
export function credentialIn(address: string): string | undefined {
  if (address.length > longestRead) return 'more text than an address has';
  if (knownToken.test(address)) return 'a token';
  const { userinfo, query } = partsOf(address);
  if (userinfo !== undefined && !isPublicUser(userinfo, address)) return 'a user name or password';
  const names = query.split(/[&;]/).map((part) => decoded(part.split('=')[0] ?? ''));
  const name = names.find((each) => secretParameter.test(each));
  return name === undefined ? undefined : `the query parameter ${name.slice(0, 40)}`;
}

/** The longest address that is read, and the longest that messages show in full; in characters. */
const longestRead = 10_000;
const longest = 200;

/** An address in quotes, as messages may show it: without anything that may be secret. */
export function shownAddress(address: string): string {
  if (address.length > longestRead) return '"…"';
  const shown = address
    // A password can contain every separator, so everything before the last @ may belong to it.
    .replace(/^([a-z][\w+.-]*:[\\/]+)?([\s\S]*)@/i, (all, start = '', userinfo = '') =>
      isPublicUser(userinfo, address) ? all : `${start}***@`,
    )
    .replace(/([?#])[\s\S]+/, '$1***')
    .replace(new RegExp(knownToken, 'g'), '***');
  const short = shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
  return JSON.stringify(short).replace(/\p{C}|[\p{Zl}\p{Zp}]/gu, unicodeEscape);
}

/**
 * Whether a user name is not secret: that of ssh, or the organization that Azure DevOps writes before its host. The
 * form `git@host:path`, without a scheme, is ssh too.
 */
function isPublicUser(userinfo: string, address: string): boolean {
  if (!/^[\w.-]+$/.test(userinfo)) return false;
  const isSsh = ['', 'ssh', 'git+ssh', 'sftp'].includes(partsOf(address).scheme);
  return isSsh || /^https:\/\/([\w.-]+)@dev\.azure\.com\/\1\//.test(address);
}

/** The parts of an address, which may not be a valid URL, by their separators. */
function partsOf(address: string): { scheme: string; userinfo?: string; query: string } {
  const [, scheme = '', rest = ''] = /^\s*(?:([a-z][\w+.-]*):[\\/]+)?([\s\S]*)$/i.exec(address) ?? [];
  const [authority = ''] = rest.split(/[\\/?#]/);
  const at = authority.lastIndexOf('@');
  const [, query = ''] = /[?#]([\s\S]*)$/.exec(rest) ?? [];
  return { scheme: scheme.toLowerCase(), ...(at < 0 ? {} : { userinfo: authority.slice(0, at) }), query };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A character that is not printable, as an escape sequence. */
function unicodeEscape(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
