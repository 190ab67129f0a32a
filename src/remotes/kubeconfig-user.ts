import { type Validity, validateExpiry, validateKeyPair } from './credentials';
import { type KubeconfigDocument, type KubeconfigMap, warnOfUnknownKeys } from './kubeconfig-document';
import { lifetimeOf, renewalTime } from './reader-token';
import type { RemoteUser } from './remote-kubeconfig';
import { claimsOf, tokenProblem, tokenWarnings } from './token';

/** Keys that refer to local files, each with the key that holds the content instead. */
const files: Readonly<Record<string, { readonly key: string; readonly content: string }>> = {
  'client-certificate': { key: 'client-certificate-data', content: 'the content of the file in base64' },
  'client-key': { key: 'client-key-data', content: 'the content of the file in base64' },
  tokenFile: { key: 'token', content: 'the content of the file' },
};

const plugins = ['exec', 'auth-provider'] as const;
const impersonation = ['as', 'as-uid', 'as-groups', 'as-user-extra'];
const credentials = ['token', 'client-certificate-data', 'client-key-data', 'username', 'password'];
const loginKeys = [...Object.keys(files), ...plugins, ...impersonation, ...credentials];

const joinInstead = 'Create a kubeconfig with a token by running istio-mesh join.';

/** Reads how istiod authenticates; reports what istiod rejects, and what cannot work. */
export function readUser(
  document: KubeconfigDocument,
  user: KubeconfigMap,
  validity: Validity,
): RemoteUser | undefined {
  warnOfUnknownKeys(document, user, [...loginKeys, 'extensions']);
  refusePlugins(document, user);
  refuseFiles(document, user);
  refuseImpersonation(document, user);
  if (!loginKeys.some((key) => document.has(user, key))) {
    document.refuse(user, '', 'REMOTE-CREDENTIALS', 'The user has no credentials.', joinInstead);
  }
  const certificate = readKeyPair(document, user, validity);
  const methods = [readToken(document, user, validity), readPassword(document, user)];
  const complete = methods.filter((method) => method !== undefined);
  if (complete.length > 1) {
    const message = `The user has several kinds of credentials: ${complete.map(({ name }) => name).join(' and ')}.`;
    document.refuse(user, '', 'REMOTE-CREDENTIALS', message, 'Keep one of them.');
  }
  const [method] = complete;
  if (method === undefined) return certificate?.user;
  // Kubernetes clients present the certificate, and send the token or the password too.
  return method.user && ({ ...certificate?.user, ...method.user } as RemoteUser);
}

interface Method {
  readonly name: string;
  /** Undefined if a part is missing. */
  readonly user?: RemoteUser;
}

function readToken(
  document: KubeconfigDocument,
  user: KubeconfigMap,
  validity: Validity,
): Method | undefined {
  const token = document.string(user, 'token');
  if (token === undefined) return undefined;
  const problem = tokenProblem(token);
  if (problem !== undefined) {
    document.refuse(user, 'token', 'REMOTE-CREDENTIALS', problem.message, problem.hint);
    return { name: 'token', user: { token } };
  }
  const lifetime = lifetimeOf(token);
  if (lifetime !== undefined) {
    const renewal = renewalTime(lifetime, validity.warnBeforeDays);
    validateExpiry(document, user, 'token', lifetime.expires, validity, renewal);
  }
  for (const { message, hint } of tokenWarnings(claimsOf(token) ?? {}, validity.now)) {
    document.warn(user, 'token', 'REMOTE-TOKEN', message, hint);
  }
  return { name: 'token', user: { token } };
}

function readKeyPair(
  document: KubeconfigDocument,
  user: KubeconfigMap,
  validity: Validity,
): Method | undefined {
  const method = keyPairOf(document, user, 'client-certificate-data', 'client-key-data', [
    'client-certificate',
    'client-key',
  ]);
  return method && { ...method, user: validateKeyPair(document, user, validity) };
}

function readPassword(document: KubeconfigDocument, user: KubeconfigMap): Method | undefined {
  const method = keyPairOf(document, user, 'username', 'password', []);
  const username = document.string(user, 'username');
  const password = document.string(user, 'password');
  if (username === undefined || password === undefined) return method;
  return { name: 'username', user: { username, password } };
}

/** Credentials that need two keys; reports a missing key, unless another rule reports its file form. */
function keyPairOf(
  document: KubeconfigDocument,
  user: KubeconfigMap,
  first: string,
  second: string,
  fileKeys: readonly string[],
): Method | undefined {
  const present = [first, second].filter((key) => document.has(user, key));
  if (present.length === 0) return undefined;
  if (present.length === 1 && !fileKeys.some((key) => document.has(user, key))) {
    const [existing = first] = present;
    const missing = existing === first ? second : first;
    const message = `The user has ${existing} without ${missing}.`;
    document.refuse(user, existing, 'REMOTE-CREDENTIALS', message, `Add ${missing}.`);
  }
  return { name: first };
}

function refusePlugins(document: KubeconfigDocument, user: KubeconfigMap): void {
  for (const key of plugins.filter((key) => document.has(user, key))) {
    const message = pluginMessage(document, user, key);
    document.refuse(user, key, 'REMOTE-PLUGIN', message, joinInstead);
  }
}

function pluginMessage(
  document: KubeconfigDocument,
  user: KubeconfigMap,
  key: (typeof plugins)[number],
): string {
  if (key === 'exec') return 'exec starts a program to authenticate, which istiod refuses by default.';
  const provider = document.map(user, key);
  return provider !== undefined && document.string(provider, 'name') === 'oidc'
    ? 'auth-provider oidc has tokens that soon expire, and renewing them in several clusters invalidates each other.'
    : 'auth-provider starts a program to authenticate, which istiod refuses by default.';
}

function refuseFiles(document: KubeconfigDocument, user: KubeconfigMap): void {
  for (const [key, replacement] of Object.entries(files).filter(([key]) => document.has(user, key))) {
    const message = `${key} refers to a file, which istiod does not have.`;
    const hint = document.has(user, replacement.key)
      ? `Remove it: ${replacement.key} is there too.`
      : `Set ${replacement.key} to ${replacement.content}, or run kubectl config view --raw --flatten.`;
    document.refuse(user, key, 'REMOTE-PATH', message, hint);
  }
}

/** Without impersonation, istiod would act as the original user, who may have more permissions. */
function refuseImpersonation(document: KubeconfigDocument, user: KubeconfigMap): void {
  for (const key of impersonation.filter((key) => document.has(user, key))) {
    const message = `${key} makes the user impersonate another user.`;
    document.refuse(
      user,
      key,
      'REMOTE-IMPERSONATION',
      message,
      'Use the credentials of the impersonated user.',
    );
  }
}
