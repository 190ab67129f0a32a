import type { KubeconfigDocument, KubeconfigMap } from './kubeconfig-document';

const day = 24 * 60 * 60 * 1000;

/** For how long credentials must be good not to be warned about: time for somebody to renew them. */
const warningDays = 7;

/** Notes what has expired under a key, or expires soon. */
export function judgeExpiry(
  document: KubeconfigDocument,
  map: KubeconfigMap,
  key: string,
  expires: Date,
  now: Date,
): void {
  const left = expires.getTime() - now.getTime();
  if (!(left <= warningDays * day)) return;
  const remedy = 'Have it renewed with istio-mesh join, or write one that is valid for longer.';
  const time = expires.toISOString().replace(/\.\d+Z$/, 'Z');
  if (left <= 0) document.refuse(map, key, 'REMOTE-EXPIRED', `${key} has expired on ${time}.`, remedy);
  else document.warn(map, key, 'REMOTE-EXPIRING', `${key} expires on ${time}.`, remedy);
}

/** When a JSON Web Token expires; undefined for one that does not, and for other kinds of token. */
export function tokenExpiry(token: string): Date | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof exp === 'number' ? new Date(exp * 1000) : undefined;
  } catch {
    return undefined;
  }
}
