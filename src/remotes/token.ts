import { istioSystem, readerServiceAccount } from '../mesh/istio-names';
import type { Problem } from '../problems/problem';

/** What is wrong with a token, before its location is known. */
type TokenProblem = Pick<Problem, 'message' | 'hint'>;

/** The longest token that is read; in characters. Servers refuse headers of this length. */
const longest = 32_768;

const jsonWebToken = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;

/** Why an API server cannot accept a token, as far as its text shows; undefined if it may. */
export function tokenProblem(token: string): TokenProblem | undefined {
  if (token.length > longest) {
    return {
      message: `token has ${token.length} characters, more than an API server reads.`,
      hint: joinInstead,
    };
  }
  if (/^(REDACTED|DATA\+OMITTED)$/.test(token.trim())) {
    return {
      message: 'token was removed when the kubeconfig was printed.',
      hint: 'Print it again with kubectl config view --raw.',
    };
  }
  if (/^\s*(<.*>|\{\{.*\}\}|\$\(.*\)|\$\{?\w+\}?)\s*$/.test(token)) {
    return { message: 'token is a placeholder, which nothing replaces.', hint: 'Write the token itself.' };
  }
  if (/^\s*(authorization:\s*)?bearer\s/i.test(token)) {
    return {
      message: 'token starts with Bearer, which Kubernetes clients add.',
      hint: 'Write only the text after Bearer.',
    };
  }
  if (/^\s*(["'`]).*\1\s*$/s.test(token)) {
    return { message: 'token contains quotes at its start and end.', hint: 'Remove the inner quotes.' };
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const message = 'token contains white space or other characters that are not allowed in an HTTP header.';
    return { message, hint: 'Write the token on one line, without a line break at its end.' };
  }
  if (isEncoded(token)) {
    const hint = 'Write the token as base64 --decode prints it: the data of a Secret is in base64.';
    return { message: 'token is still in base64.', hint };
  }
  const parts = token.split('.');
  // A token with five parts is encrypted.
  const isCutOff = parts.length < 3 || parts.slice(0, 3).some((part) => part === '');
  if (parsedPart(parts[0])?.alg !== undefined && isCutOff) {
    return {
      message: 'token is a JSON Web Token that lacks a part.',
      hint: 'Copy the whole token, with its two dots.',
    };
  }
  return undefined;
}

const joinInstead = 'Get the token of the reader account with istio-mesh join.';

/** Whether decoding a token once or more gives a JSON Web Token. */
function isEncoded(token: string): boolean {
  let text = token;
  for (let round = 0; round < 3 && /^[\w+/-]+={0,2}$/.test(text); round++) {
    text = Buffer.from(text, 'base64').toString('latin1').trim();
    if (jsonWebToken.test(text)) return true;
  }
  return false;
}

/** The claims of a JSON Web Token; undefined for other tokens. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, signature] = token.split('.');
  return signature === undefined ? undefined : parsedPart(payload);
}

function parsedPart(part: string | undefined): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The time of a claim; undefined if there is none. */
export function timeOf(claim: unknown): Date | undefined {
  const time = typeof claim === 'number' ? new Date(claim * 1000) : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time;
}

/** What may keep istiod from using a token although it has not expired. */
export function tokenWarnings(claims: Readonly<Record<string, unknown>>, now: Date): TokenProblem[] {
  const { nbf, sub, aud, iss } = claims;
  const kubernetes = (claims['kubernetes.io'] ?? {}) as { pod?: { name?: unknown } };
  const notBefore = timeOf(nbf);
  const reader = `system:serviceaccount:${istioSystem}:${readerServiceAccount}`;
  const messages = [
    kubernetes.pod &&
      `token is bound to the pod ${shown(kubernetes.pod.name)}, and becomes invalid when the pod is deleted.`,
    notBefore && notBefore > now && `token is not valid before ${notBefore.toISOString()}.`,
    isForOthers(aud, iss) &&
      `token is for the audience ${shown(aud)}, which an API server usually does not accept.`,
    typeof sub === 'string' &&
      sub.startsWith('system:') &&
      sub !== reader &&
      `token belongs to ${shown(sub)}, and not to the reader account ${reader}.`,
    typeof sub === 'string' &&
      !sub.startsWith('system:') &&
      typeof iss === 'string' &&
      iss.startsWith('https:') &&
      `token belongs to a user of ${shown(iss)}, and not to the reader account ${reader}.`,
  ];
  return messages.flatMap((message) => (typeof message === 'string' ? { message, hint: joinInstead } : []));
}

/** The audiences of API servers: their issuer, and those that Kubernetes and k3s are set up with. */
const ofApiServers =
  /(^|\/\/)kubernetes(\.|$)|^k3s$|^rke2$|^(https:\/\/)?(container\.googleapis\.com|[^/]*\.(azmk8s\.io|eks\.amazonaws\.com))(\/|:|$)/;

function isForOthers(audience: unknown, issuer: unknown): boolean {
  const audiences = (Array.isArray(audience) ? audience : [audience]).filter(
    (each) => typeof each === 'string',
  );
  return audiences.length > 0 && !audiences.some((each) => each === issuer || ofApiServers.test(each));
}

/** A claim as messages show it. It comes from a file, so it can be anything. */
function shown(claim: unknown): string {
  return (JSON.stringify(claim) ?? 'without a name').slice(0, 120);
}
