import type { V1Secret } from '@kubernetes/client-node';
import { caCertsSecretName, istioSystem } from '../mesh/istio-names';
import { usesIstioCsr } from '../mesh/secrets/backends';
import type { CaCerts } from '../pki/ca-certs';
import type { Certificate } from '../pki/certificate';
import { joined } from '../problems/sentence';
import { type AppliedCaCerts, readAppliedCaCerts } from './applied-ca-certs';
import { distributedRoots, isAmong } from './certificate-problems';
import type { ClusterState } from './cluster-state';
import { type LiveProblem, lasting, passing, problemOf, type UnlocatedProblem } from './live-problem';
import { certificatesIn } from './proxy-secrets';

/** The CA certificates on this machine, by cluster; empty where the machine has none. */
export type WrittenCaCerts = ReadonlyMap<string, CaCerts>;

/** Whether istiod runs with the Secret cacerts, and whether that is the one of the mesh definition. */
export function caSecretProblems(state: ClusterState, written: WrittenCaCerts, now: Date): LiveProblem[] {
  const { cluster, caSecrets } = state;
  if (usesIstioCsr(cluster.secrets)) return [];
  const [problem] =
    caSecrets === undefined ? unreadSecret(state, written) : readSecrets(state, caSecrets, written, now);
  return problem === undefined ? [] : [problemOf(cluster.name, 'LIVE-CERTIFICATE', problem)];
}

/** The Secret of a certificate, and how to replace it. */
function texts({ cluster: { name } }: ClusterState) {
  return {
    where: `Secret ${istioSystem}/${caCertsSecretName} of ${name}`,
    apply: `Apply 20-cacerts.k8s.yaml of ${name}.`,
    restart: `In ${name}, run kubectl -n ${istioSystem} rollout restart deployment istiod, then restart the gateways and workloads.`,
  };
}

/** In the order of cause and effect: the first one is reported. */
function readSecrets(
  state: ClusterState,
  secrets: readonly V1Secret[],
  written: WrittenCaCerts,
  now: Date,
): UnlocatedProblem[] {
  const secretOf = (wanted: string) => secrets.find(({ metadata }) => metadata?.name === wanted);
  const secret = secretOf(caCertsSecretName);
  const ownCa = ownCaProblems(state, secretOf('istio-ca-secret'), secret !== undefined);
  if (secret === undefined) return [...ownCa, ...missingSecret(state)];
  const applied = readAppliedCaCerts(secret);
  return [
    ...missingKeys(state, applied),
    ...expired(state, applied, now),
    ...ownCa,
    ...ofAnotherCluster(state, applied, written),
    ...invalid(state),
    ...notLoaded(state, applied, written),
    ...ofAnotherRoot(state, applied, written),
  ];
}

function certificatesOf(text = ''): Certificate[] {
  return certificatesIn(text);
}

function ownCaProblems(
  state: ClusterState,
  ownSecret: V1Secret | undefined,
  exists: boolean,
): UnlocatedProblem[] {
  const { apply, restart } = texts(state);
  const data = ownSecret?.data?.['ca-cert.pem'] ?? '';
  const [ownCa] = certificatesOf(Buffer.from(data, 'base64').toString('utf8'));
  if (ownCa === undefined || !isAmong(ownCa, distributedRoots(state))) return [];
  const message = `istiod of ${state.cluster.name} signs with a CA of its own (Secret istio-ca-secret), which no other cluster trusts: it started before the Secret ${caCertsSecretName} existed.`;
  return [lasting(message, exists ? restart : `${apply} ${restart}`)];
}

function missingSecret(state: ClusterState): UnlocatedProblem[] {
  const { where, apply } = texts(state);
  return [
    lasting(`${where} does not exist. The next istiod that starts cannot use the CA of the mesh.`, apply),
  ];
}

function missingKeys(state: ClusterState, { missing }: AppliedCaCerts): UnlocatedProblem[] {
  const { where, apply } = texts(state);
  return missing.length === 0
    ? []
    : [lasting(`${where} does not have ${joined(missing)}, so istiod does not start again.`, apply)];
}

function expired(state: ClusterState, { caCerts }: AppliedCaCerts, now: Date): UnlocatedProblem[] {
  const { name } = state.cluster;
  const { where, restart } = texts(state);
  const { certChain, caCert, rootCert } = caCerts;
  const certificates = [certChain, caCert, rootCert].flatMap(certificatesOf);
  const found = certificates.find(({ notAfter }) => notAfter < now);
  if (found === undefined) return [];
  const message = `The certificate ${found.name} in ${where} expired on ${found.notAfter.toISOString()}: istiod does not start again, and proxies reject what it has signed.`;
  const hint = `Delete the expired files in certs/${name}, synthesize to issue new ones, and apply ${caCertsSecretName} of ${name}. ${restart}`;
  return [lasting(message, hint)];
}

function ofAnotherCluster(
  state: ClusterState,
  { caCerts }: AppliedCaCerts,
  written: WrittenCaCerts,
): UnlocatedProblem[] {
  const { name } = state.cluster;
  const { where, apply, restart } = texts(state);
  const [applied] = certificatesOf(caCerts.caCert);
  if (applied === undefined) return [];
  const isApplied = ([, { caCert }]: [string, CaCerts]) =>
    certificatesOf(caCert)[0]?.fingerprint === applied.fingerprint;
  const owners = [...written].filter(isApplied).map(([owner]) => owner);
  const [owner] = owners;
  if (owner === undefined || owners.includes(name)) return [];
  return [lasting(`${where} has the certificate and the key of ${owner}.`, `${apply} ${restart}`)];
}

/** What istiod does not accept, as when it is synthesized. */
function invalid(state: ClusterState): UnlocatedProblem[] {
  const { where, apply, restart } = texts(state);
  const [problem] = state.caValidation ?? [];
  return problem === undefined
    ? []
    : [lasting(`istiod does not accept ${where}: ${problem.message}`, `${apply} ${restart}`)];
}

function notLoaded(
  state: ClusterState,
  applied: AppliedCaCerts,
  written: WrittenCaCerts,
): UnlocatedProblem[] {
  const { where, apply, restart } = texts(state);
  const roots = distributedRoots(state);
  const planned = certificatesOf(applied.caCerts.rootCert);
  const isRunning = state.istiods.some(({ ready }) => ready > 0);
  if (!isRunning || roots.length === 0 || planned.every((root) => isAmong(root, roots))) return [];
  const message = `istiod of ${state.cluster.name} does not use the root certificate in ${where}: it distributes another one in the ConfigMaps istio-ca-root-cert.`;
  const [different] = ofAnotherRoot(state, applied, written);
  // An istiod that is prepared for a rotation of the root loads another one after a while.
  const isRotated = planned.some((root) => isAmong(root, roots));
  if (different === undefined) return [isRotated ? passing(message, restart) : lasting(message, restart)];
  const isWrittenInUse = rootsOf(state, written).some((root) => isAmong(root, roots));
  const after = isWrittenInUse ? 'istiod uses the right one already.' : restart;
  return [lasting(`${message} ${different.message}`, `${apply} ${after}`)];
}

function rootsOf({ cluster: { name } }: ClusterState, written: WrittenCaCerts): Certificate[] {
  return certificatesOf(written.get(name)?.rootCert);
}

function ofAnotherRoot(
  state: ClusterState,
  { caCerts }: AppliedCaCerts,
  written: WrittenCaCerts,
): UnlocatedProblem[] {
  const { where, apply, restart } = texts(state);
  const expected = rootsOf(state, written);
  const applied = certificatesOf(caCerts.rootCert);
  if (expected.length === 0 || applied.length === 0) return [];
  if (applied.some((root) => isAmong(root, expected))) return [];
  const message = `${where} has the root certificate ${shown(applied)}, but that on this machine is ${shown(expected)}.`;
  return [lasting(message, `${apply} ${restart}`)];
}

/** Without permission to read Secrets, the ConfigMaps tell the root certificate that istiod uses. */
function unreadSecret(state: ClusterState, written: WrittenCaCerts): UnlocatedProblem[] {
  const { name } = state.cluster;
  const { apply, restart } = texts(state);
  const [roots, expected] = [distributedRoots(state), rootsOf(state, written)];
  if (roots.length === 0 || expected.length === 0 || expected.some((root) => isAmong(root, roots))) return [];
  const message = `istiod of ${name} distributes the root certificate ${shown(roots)}, but that on this machine is ${shown(expected)}.`;
  return [lasting(message, `${apply} ${restart}`)];
}

/** Each certificate with the first bytes of its fingerprint, in the format of openssl x509 -fingerprint -sha256. */
function shown(certificates: readonly Certificate[]): string {
  return joined(certificates.map(({ name, fingerprint }) => `${name} (${fingerprint.slice(0, 23)}…)`));
}
