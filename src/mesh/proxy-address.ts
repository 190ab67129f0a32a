import { apiServerSyntaxProblem } from './api-server-address';
import { onlyLocalReason } from './only-local-host';

/** The proxy protocols of Kubernetes clients. */
const proxySchemes = ['http:', 'https:', 'socks5:'];

/** Undefined if Go or other readers of URLs refuse the address, or read it otherwise. */
export function proxyUrl(proxy: string): URL | undefined {
  const [, scheme = '', userinfo = '', authority = '', path = ''] = proxyFormat.exec(proxy) ?? [];
  const isAddress = apiServerSyntaxProblem(`https://${authority}${path}`) === undefined;
  const isEncoded = !/%(?![\da-f]{2})/i.test(userinfo);
  if (!isAddress || !isEncoded || !proxySchemes.includes(`${scheme.toLowerCase()}:`)) return undefined;
  return URL.canParse(proxy) ? new URL(proxy) : undefined;
}

/** A proxy may need a user name and a password, which only the Secret contains. */
const proxyFormat = /^([a-z\d]+):\/\/([\w.~!$&'()*+,;=:%-]*@)?([^\s/@]+)(\/\S*)?$/i;

/** Whether the address of a proxy is one of this machine. */
export function isLocalProxy({ host }: URL): boolean {
  return onlyLocalReason(new URL(`https://${host}`).hostname) !== undefined;
}
