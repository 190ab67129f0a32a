import type { V1Service } from '@kubernetes/client-node';
import { istioSystem, readerServiceAccount } from '../mesh/istio-names';
import type { ErrorCode } from '../problems/error-codes';
import { MeshError } from '../problems/problem';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { LiveCluster } from './live-cluster';
import { lasting, type UnlocatedProblem } from './live-problem';
import type { PodLocation } from './pod-command';
import { type Reachability, tcpReachability } from './reachability';
import { joinAgain, type SecretPair } from './remote-secret';

/** A remote secret, and what is known about its clusters. */
export interface SecretTrial extends SecretPair {
  readonly kubeconfig: string;
  readonly settings: RemoteKubeconfig;
  /** The client of the cluster that contains the Secret. */
  readonly reader: LiveCluster;
  /**
   * The client of the cluster that the Secret gives access to, with the user's kubeconfig.
   * @default - none: it could not be reached
   */
  readonly peer?: LiveCluster;
  /**
   * A container in the network of istiod that has Istio's agent.
   * @default - none: connections from the cluster are not tried
   */
  readonly agent?: PodLocation;
}

/** What happened when a remote secret was used as istiod uses it. */
export interface TrialResult {
  readonly problems: readonly UnlocatedProblem[];
  /** Why a part could not be tried, as a sentence. */
  readonly untried?: string;
}

/**
 * Uses a remote secret as istiod does after a restart: connects to its address from a pod of the cluster that
 * contains it, and from this machine with its certificate authority and its credentials. istiod itself says
 * `synced` for as long as it runs, even if it could not connect again.
 */
export async function tryRemoteSecret(trial: SecretTrial): Promise<TrialResult> {
  const [access, reachability] = await Promise.all([accessFromHere(trial), reachabilityFromPod(trial)]);
  const unreachable = reachability === undefined || reachability === 'reachable' ? [] : [reachability];
  if (access.code === undefined) {
    const problems = [
      ...otherCluster(trial, access.uid),
      ...unreachable.map((why) => notReached(trial, why)),
    ];
    return { problems };
  }
  if (!isNetworkCode(access.code)) return { problems: [refusal(trial, access.code, access.message)] };
  if (unreachable.length > 0) return { problems: unreachable.map((why) => notReached(trial, why)) };
  if (reachability === undefined) return { problems: [refusal(trial, access.code, access.message)] };
  const credentials = await credentialsThroughPeer(trial);
  if (credentials !== undefined) return { problems: [refusal(trial, credentials.code, credentials.message)] };
  const { server } = trial.settings;
  return {
    problems: [],
    untried: `Pods of ${trial.from} can connect to ${server}, but this machine cannot, so the certificate of that server was not checked.`,
  };
}

type Access =
  | { readonly code?: undefined; readonly uid?: string }
  | { readonly code: ErrorCode; readonly message: string };

async function accessFromHere({ to, kubeconfig }: SecretTrial): Promise<Access> {
  const { KubeConfig } = await import('./kubernetes-client.js');
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  return accessOf(async () => readAsIstiod(await LiveCluster.of(to, config)));
}

/** If only the cluster reaches the address, the credentials are tried at the address of the user's kubeconfig. */
async function credentialsThroughPeer({
  peer,
  settings,
}: SecretTrial): Promise<{ code: ErrorCode; message: string } | undefined> {
  if (peer === undefined) return undefined;
  const access = await accessOf(async () => readAsIstiod(await peer.withUser(settings.user)));
  return access.code === undefined || isNetworkCode(access.code) ? undefined : access;
}

/** Connects, and lists what istiod lists. */
async function readAsIstiod(remote: LiveCluster): Promise<string | undefined> {
  await remote.connect();
  await remote.list<V1Service>({ apiVersion: 'v1', kind: 'Service', namespace: istioSystem });
  return remote.uid;
}

async function accessOf(read: () => Promise<string | undefined>): Promise<Access> {
  try {
    return { uid: await read() };
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    const [{ code, message } = { code: 'LIVE-API' as const, message: '' }] = error.problems;
    return { code, message };
  }
}

function isNetworkCode(code: ErrorCode): boolean {
  return code === 'LIVE-UNREACHABLE' || code === 'LIVE-TIMEOUT';
}

function otherCluster(
  { from, to, peer, settings }: SecretTrial,
  uid: string | undefined,
): UnlocatedProblem[] {
  if (uid === undefined || peer?.uid === undefined || peer.uid === uid) return [];
  const message = `${settings.server} is another cluster than the one in the kubeconfig of ${to}.`;
  return [
    lasting(message, `Check server: and kubeconfig: of ${to} in mesh.yaml. ${joinAgain({ from, to })}`),
  ];
}

async function reachabilityFromPod({
  reader,
  agent,
  settings,
}: SecretTrial): Promise<Reachability | undefined> {
  if (agent === undefined) return undefined;
  const { hostname, port, protocol } = new URL(settings.proxyUrl ?? settings.server);
  const defaultPorts: Readonly<Record<string, string>> = {
    'http:': '80',
    'https:': '443',
    'socks5:': '1080',
  };
  return tcpReachability(reader, agent, { host: hostname, port: Number(port || defaultPorts[protocol]) });
}

function notReached(
  { from, to, settings }: SecretTrial,
  { reason }: Exclude<Reachability, string>,
): UnlocatedProblem {
  const through = settings.proxyUrl === undefined ? settings.server : `the proxy of ${settings.server}`;
  return lasting(
    `Pods of ${from} cannot connect to ${through}: ${reason}. istiod loses ${to} when it restarts.`,
    `Allow the pods of ${from} to connect to the API server of ${to}, or set server: of ${to} in mesh.yaml to an address that they can reach. ${joinAgain({ from, to })}`,
  );
}

/** Why the API server does not accept the Secret. The hint depends on who can repair it. */
function refusal({ from, to, settings }: SecretTrial, code: ErrorCode, details: string): UnlocatedProblem {
  const { server } = settings;
  const again = joinAgain({ from, to });
  switch (code) {
    case 'LIVE-UNAUTHORIZED':
      return lasting(`${to} rejects its credentials (401). istiod loses ${to} when it restarts.`, again);
    case 'LIVE-FORBIDDEN':
      return lasting(
        `${to} does not allow its account to read what istiod reads (403).`,
        `Apply the control plane of ${to}, which allows ${readerServiceAccount} to read it.`,
      );
    case 'LIVE-TLS':
      return lasting(
        `Its certificate authority does not verify the certificate of ${server}. ${details}`,
        `Check server: and tlsServerName: of ${to} in mesh.yaml. ${again}`,
      );
    case 'LIVE-UNREACHABLE':
    case 'LIVE-TIMEOUT':
      return lasting(
        `It does not give access to ${to} from this machine. ${details}`,
        `Check that server: of ${to} in mesh.yaml is correct and reachable. ${again}`,
      );
    default:
      return lasting(`It does not give access to ${to}. ${details}`, again);
  }
}
