import { tokenExpiry, validateExpiry, validateKeyPair } from './credentials';
import { type KubeconfigDocument, type KubeconfigMap, warnOfUnknownKeys } from './kubeconfig-document';
import type { RemoteUser } from './remote-kubeconfig';

/** Keys that name files on the machine where the kubeconfig was made, with what replaces each. */
const files: Readonly<Record<string, string>> = {
  'client-certificate': 'client-certificate-data: with the content of the file in base64',
  'client-key': 'client-key-data: with the content of the file in base64',
  tokenFile: 'token: with the content of the file',
};

const plugins = ['exec', 'auth-provider'];
const impersonation = ['as', 'as-uid', 'as-groups', 'as-user-extra'];
const credentials = ['token', 'client-certificate-data', 'client-key-data', 'username', 'password'];
const loginKeys = [...Object.keys(files), ...plugins, ...impersonation, ...credentials];

const joinInstead = 'Have a kubeconfig with a token written with istio-mesh join.';

/** How istiod would log in; notes what it refuses, and what could not work. */
export function readUser(
  document: KubeconfigDocument,
  user: KubeconfigMap,
  now: Date,
): RemoteUser | undefined {
  warnOfUnknownKeys(document, user, [...loginKeys, 'extensions']);
  refusePlugins(document, user);
  refuseFiles(document, user);
  refuseImpersonation(document, user);
  if (!loginKeys.some((key) => document.has(user, key))) {
    document.refuse(user, '', 'REMOTE-CREDENTIALS', 'The user has no way to log in.', joinInstead);
  }
  const methods = [
    readToken(document, user, now),
    readKeyPair(document, user, now),
    readPassword(document, user),
  ];
  const given = methods.filter((method) => method !== undefined);
  if (given.length > 1) {
    const found = `The user has several ways to log in: ${given.map(({ name }) => name).join(' and ')}.`;
    document.refuse(user, '', 'REMOTE-CREDENTIALS', found, 'Leave one of them.');
  }
  return given[0]?.user;
}

interface Method {
  readonly name: string;
  /** Undefined where half of it is missing. */
  readonly user?: RemoteUser;
}

function readToken(document: KubeconfigDocument, user: KubeconfigMap, now: Date): Method | undefined {
  const token = document.string(user, 'token');
  if (token === undefined) return undefined;
  if (!/^[\x21-\x7e]+$/.test(token)) {
    const found = 'token has white space or other characters that no HTTP header can carry.';
    const remedy = 'Write the token alone on one line, without a line break at its end.';
    document.refuse(user, 'token', 'REMOTE-CREDENTIALS', found, remedy);
  }
  const expires = tokenExpiry(token);
  if (expires !== undefined) validateExpiry(document, user, 'token', expires, now);
  return { name: 'token', user: { token } };
}

function readKeyPair(document: KubeconfigDocument, user: KubeconfigMap, now: Date): Method | undefined {
  const method = half(document, user, 'client-certificate-data', 'client-key-data', [
    'client-certificate',
    'client-key',
  ]);
  return method && { ...method, user: validateKeyPair(document, user, now) };
}

function readPassword(document: KubeconfigDocument, user: KubeconfigMap): Method | undefined {
  const method = half(document, user, 'username', 'password', []);
  const username = document.string(user, 'username');
  const password = document.string(user, 'password');
  if (username === undefined || password === undefined) return method;
  return { name: 'username', user: { username, password } };
}

/** A way to log in that takes two keys; notes the one that is missing, unless it is refused in another form. */
function half(
  document: KubeconfigDocument,
  user: KubeconfigMap,
  first: string,
  second: string,
  otherForms: readonly string[],
): Method | undefined {
  const present = [first, second].filter((key) => document.has(user, key));
  if (present.length === 0) return undefined;
  if (present.length === 1 && !otherForms.some((key) => document.has(user, key))) {
    const [there = first] = present;
    const missing = there === first ? second : first;
    const found = `The user has ${there} without ${missing}.`;
    document.refuse(user, there, 'REMOTE-CREDENTIALS', found, `Write ${missing}: too.`);
  }
  return { name: first };
}

function refusePlugins(document: KubeconfigDocument, user: KubeconfigMap): void {
  for (const key of plugins.filter((key) => document.has(user, key))) {
    const found = `${key} starts a program to log in, which istiod neither has nor allows.`;
    document.refuse(user, key, 'REMOTE-PLUGIN', found, joinInstead);
  }
}

function refuseFiles(document: KubeconfigDocument, user: KubeconfigMap): void {
  for (const key of Object.keys(files).filter((key) => document.has(user, key))) {
    const found = `${key} names a file, which istiod neither has nor allows.`;
    const remedy = `Write ${files[key]}, or run kubectl config view --flatten.`;
    document.refuse(user, key, 'REMOTE-PATH', found, remedy);
  }
}

/** Left out, istiod would act as the one who logs in, who may be allowed more. */
function refuseImpersonation(document: KubeconfigDocument, user: KubeconfigMap): void {
  for (const key of impersonation.filter((key) => document.has(user, key))) {
    const found = `${key} makes the user act as somebody else.`;
    document.refuse(user, key, 'REMOTE-IMPERSONATION', found, 'Write the credentials of the one to act as.');
  }
}
