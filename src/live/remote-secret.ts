import type { V1Secret } from '@kubernetes/client-node';
import { multiClusterLabels, remoteSecretName } from '../mesh/istio-names';
import { validateRemoteKubeconfig } from '../remotes/parse-remote-kubeconfig';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { lasting, type UnlocatedProblem } from './live-problem';
import { ownValue } from './own-value';

const [[label, labelValue] = ['', '']] = Object.entries(multiClusterLabels);

/** The clusters of a remote secret. */
export interface SecretPair {
  /** The cluster that contains the Secret. */
  readonly from: string;
  /** The cluster that the Secret gives access to. */
  readonly to: string;
}

/** A remote secret that istiod reads, or why it reads none. */
export type SecretReading =
  | { readonly name: string; readonly kubeconfig: string; readonly settings: RemoteKubeconfig }
  | { readonly problem: UnlocatedProblem };

/**
 * Finds the remote secret for a peer as istiod does, by its label and its key.
 *
 * @param secrets the Secrets of the namespace istio-system that have the label or the name of a remote secret
 */
export function readRemoteSecret(secrets: readonly V1Secret[], pair: SecretPair): SecretReading {
  const { to } = pair;
  const candidates = secrets.filter(
    (secret) => isLabelled(secret) && ownValue(secret.data, to) !== undefined,
  );
  const [secret] = candidates;
  const data = ownValue(secret?.data, to);
  if (secret === undefined || data === undefined) return { problem: missingSecret(secrets, pair) };
  if (candidates.length > 1) return { problem: duplicateSecrets(candidates, pair) };
  const name = secret.metadata?.name ?? '';
  const kubeconfig = Buffer.from(data, 'base64').toString('utf8');
  const { kubeconfig: settings, problems } = validateRemoteKubeconfig(kubeconfig, name, new Date());
  if (settings !== undefined) return { name, kubeconfig, settings };
  const found = problems.map(({ message }) => message).join(' ');
  return { problem: lasting(`istiod cannot use it: ${found}`, joinAgain(pair)) };
}

function missingSecret(secrets: readonly V1Secret[], pair: SecretPair): UnlocatedProblem {
  const secret = secrets.find(({ metadata }) => metadata?.name === remoteSecretName(pair.to));
  if (secret === undefined) return lasting('It does not exist.', joinAgain(pair));
  const apply = `Apply 60-remote-secrets.k8s.yaml of ${pair.from}.`;
  if (!isLabelled(secret)) {
    return lasting(`It does not have the label ${label}: "${labelValue}", so istiod ignores it.`, apply);
  }
  const keys = Object.keys(secret.data ?? {});
  return lasting(`It has the key ${keys.join(', ') || 'of no cluster'}, not ${pair.to}.`, apply);
}

function duplicateSecrets(secrets: readonly V1Secret[], { to }: SecretPair): UnlocatedProblem {
  const names = secrets.map(({ metadata }) => metadata?.name ?? '');
  return lasting(
    `Secrets ${names.join(' and ')} both give access to ${to}, and istiod uses the one that it reads first.`,
    `Keep one of them, such as ${remoteSecretName(to)}, and delete the others.`,
  );
}

function isLabelled({ metadata }: V1Secret): boolean {
  return metadata?.labels?.[label] === labelValue;
}

/** How to replace a remote secret. */
export function joinAgain({ from, to }: SecretPair): string {
  return `Run istio-mesh join --cluster ${to} and istio-mesh synth, then apply 60-remote-secrets.k8s.yaml of ${from}.`;
}

/** The parts in which a remote secret differs from the kubeconfig that the next synthesis writes. */
export function differences(applied: RemoteKubeconfig, written: RemoteKubeconfig): string[] {
  const parts: Readonly<Record<string, (kubeconfig: RemoteKubeconfig) => unknown>> = {
    server: ({ server }) => server,
    'certificate-authority-data': ({ certificateAuthorityData }) => certificateAuthorityData,
    'tls-server-name': ({ tlsServerName }) => tlsServerName,
    'proxy-url': ({ proxyUrl }) => proxyUrl,
    credentials: ({ user }) => JSON.stringify(user),
  };
  return Object.keys(parts).filter((part) => parts[part]?.(applied) !== parts[part]?.(written));
}
