import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Cluster, KubeConfig, User } from '@kubernetes/client-node';
import { readText } from '../files/read-file';
import { systemErrorReason } from '../files/system-error';
import { MeshError } from '../problems/problem';
import { tokenProblem } from '../remotes/token';
import { type CredentialPlugin, PluginFailure, runPlugin } from './credential-plugin';

/**
 * Reads the credentials of a kubeconfig, runs its credential plugin, and validates both, before the first request.
 * What the HTTP client would find wrong, it would report in an error that quotes the credentials.
 *
 * @param name the name of the cluster
 * @returns the kubeconfig with the credentials in it
 * @throws MeshError if they cannot be used
 */
export async function withCredentials(name: string, config: KubeConfig): Promise<KubeConfig> {
  const user = config.getCurrentUser();
  const cluster = config.getCurrentCluster();
  if (user === null || cluster === null) return config;
  const { KubeConfig } = await import('./kubernetes-client.js');
  const complete = new KubeConfig();
  complete.loadFromOptions({
    ...config,
    users: [await completeUser(name, user)],
    clusters: [completeCluster(name, cluster)],
  });
  return complete;
}

async function completeUser(name: string, user: User): Promise<User> {
  const { certFile, keyFile, exec, ...others } = user;
  const plugin = exec as CredentialPlugin | undefined;
  const printed = plugin === undefined ? {} : await pluginCredentials(name, plugin);
  const certificate =
    printed.clientCertificateData ?? pemOf(name, 'client-certificate', certFile, user.certData);
  const key = printed.clientKeyData ?? pemOf(name, 'client-key', keyFile, user.keyData);
  const token = user.token ?? printed.token;
  validateToken(name, token);
  validateKeyPair(name, certificate, key);
  validatePassword(name, user);
  return {
    ...others,
    ...(token === undefined ? {} : { token }),
    ...(certificate === undefined || key === undefined
      ? {}
      : { certData: base64(certificate), keyData: base64(key) }),
  };
}

function completeCluster(name: string, cluster: Cluster): Cluster {
  const { caFile, ...others } = cluster;
  if (cluster.skipTLSVerify === true) return others;
  const authority = pemOf(name, 'certificate-authority', caFile, cluster.caData);
  if (authority === undefined) return others;
  const hasCertificate = (authority.match(certificateBlocks) ?? []).some(isCertificate);
  if (!hasCertificate) throw unusable(name, 'certificate-authority does not contain a PEM certificate.');
  return { ...others, caData: base64(authority) };
}

async function pluginCredentials(name: string, plugin: CredentialPlugin) {
  try {
    return await runPlugin(plugin);
  } catch (error) {
    if (!(error instanceof PluginFailure)) throw error;
    const message = `The credential plugin ${JSON.stringify(plugin.command)} ${error.message}.`;
    throw problem(name, message, error.hint);
  }
}

/** The content of a file or of base64 data, which is used if both are given. */
function pemOf(
  name: string,
  key: string,
  file: string | undefined,
  data: string | undefined,
): string | undefined {
  if (data) {
    if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(data)) throw unusable(name, `${key}-data is not base64.`);
    return Buffer.from(data, 'base64').toString('utf8');
  }
  return file ? readCredentialFile(name, key, file) : undefined;
}

/** Reads a file that a kubeconfig names. */
function readCredentialFile(name: string, key: string, file: string): string {
  try {
    return readText(file, 'secret');
  } catch (error) {
    const hint = `Correct ${key} in the kubeconfig of ${name}, or make the file readable.`;
    throw problem(name, `${key} ${JSON.stringify(file)} cannot be read: ${systemErrorReason(error)}.`, hint);
  }
}

function validateToken(name: string, token: string | undefined): void {
  const found = token === undefined ? undefined : tokenProblem(token);
  if (found === undefined) return;
  throw problem(name, `In the kubeconfig of ${name}, ${found.message}`, userHint(name, found.hint));
}

/** Hints about the reader account are for remote secrets. */
function userHint(name: string, hint: string): string {
  return hint.includes('istio-mesh join') ? `Log in to ${name} again.` : hint;
}

function validateKeyPair(name: string, certificate: string | undefined, key: string | undefined): void {
  if (certificate === undefined && key === undefined) return;
  if (certificate === undefined) throw unusable(name, 'client-key has no client-certificate.');
  if (key === undefined) throw unusable(name, 'client-certificate has no client-key.');
  const [first = ''] = certificate.match(certificateBlocks) ?? [];
  if (!isCertificate(first)) throw unusable(name, 'client-certificate does not contain a PEM certificate.');
  const parsed = new X509Certificate(first);
  if (!matches(parsed, key)) {
    throw unusable(name, 'client-key is not the unencrypted private key of client-certificate.');
  }
  const expires = new Date(parsed.validTo);
  if (expires < new Date()) {
    const message = `client-certificate of ${name} expired on ${expires.toISOString().slice(0, 10)}.`;
    throw problem(name, message, `Log in to ${name} again, or get a new kubeconfig.`);
  }
}

const certificateBlocks = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}

function matches(certificate: X509Certificate, key: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function validatePassword(name: string, { username = '', password = '' }: User): void {
  // The name ends at the first colon of what is sent.
  if (`${username}`.includes(':')) throw unusable(name, 'username contains a colon.');
  if (`${username}${password}`.length > 10_000)
    throw unusable(name, 'password is longer than 10,000 characters.');
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function unusable(name: string, message: string): MeshError {
  return problem(
    name,
    `In the kubeconfig of ${name}, ${message}`,
    `Log in to ${name} again, or correct the kubeconfig.`,
  );
}

function problem(name: string, message: string, hint: string): MeshError {
  return new MeshError([{ code: 'LIVE-CREDENTIALS', location: { file: name }, message, hint }]);
}
