import { caCertsSecretName, istioSystem } from '../../mesh/istio-names';
import { usesIstioCsr } from '../../mesh/secrets/backends';
import { ztunnelDaemonSet } from '../../mesh/ztunnel';
import type { Certificate } from '../../pki/certificate';
import type { RotationRoots, StablePhase } from '../../pki/rotation/root-phase';
import { caCertsSecretIn, readAppliedCaCerts } from '../applied-ca-certs';
import { distributedRoots, isAmong, isTrusted } from '../certificate-problems';
import { type LiveProblem, lasting, passing, problemOf, type UnlocatedProblem } from '../live-problem';
import { outdatedProxies } from '../outdated-proxies';
import { silentProxiesHint, workloadNames } from '../proxy';
import { certificatesIn } from '../proxy-secrets';
import type { RotationObservation } from './observe-rotation';

/** What a cluster must show before the next step of a rotation. */
interface Expectation {
  /** The roots that everything trusts. */
  readonly present: readonly Certificate[];
  /** The roots that nothing trusts any more. */
  readonly absent: readonly Certificate[];
  /** The roots under which all certificates are issued; empty if it does not matter. */
  readonly issuers: readonly Certificate[];
}

function expectationOf(phase: Exclude<StablePhase, 'old-root'>, { old, next }: RotationRoots): Expectation {
  switch (phase) {
    case 'both-roots':
      return { present: [...old, ...next], absent: [], issuers: [] };
    case 'new-issuer':
      return { present: [...old, ...next], absent: [], issuers: next };
    case 'new-root':
      return { present: next, absent: old, issuers: next };
  }
}

/**
 * What is still to happen in a cluster until it is completely in a phase. Of causes and their effects, only the cause is
 * reported.
 */
export function barrierProblems(
  phase: StablePhase,
  observation: RotationObservation,
  roots: RotationRoots,
): LiveProblem[] {
  const { cluster } = observation.state;
  const report = (problems: readonly UnlocatedProblem[]) =>
    problems.map((problem) => problemOf(cluster.name, 'LIVE-ROTATION', problem));
  if (phase === 'old-root') return report(unpreparedIstiods(observation));
  const expected = expectationOf(phase, roots);
  const causes = report([...notApplied(observation, expected), ...notLoaded(observation, expected)]);
  if (causes.length > 0) return causes.slice(0, 1);
  return [
    ...report([
      ...differentConfigMaps(observation, expected),
      ...differentWebhooks(observation, expected),
      ...oldIssuers(observation, expected),
    ]),
    ...differentProxies(observation, expected),
    ...report(differentZtunnels(observation, expected)),
    ...report(silentProxies(observation)),
  ];
}

function has({ present, absent }: Expectation, roots: readonly Certificate[]): boolean {
  return present.every((root) => isAmong(root, roots)) && !absent.some((root) => isAmong(root, roots));
}

function rootsText({ absent }: Expectation): string {
  return absent.length === 0 ? 'both root certificates' : 'the new root certificate alone';
}

function unpreparedIstiods({ state: { cluster }, istiods }: RotationObservation): UnlocatedProblem[] {
  if (usesIstioCsr(cluster.secrets)) return [];
  if (istiods.length === 0) return [lasting(`${cluster.name} has no istiod.`, applyAll(cluster.name))];
  const pods = istiods.filter(({ takesAnotherRoot }) => !takesAnotherRoot).map(({ pod }) => pod);
  if (pods.length === 0) return [];
  return [
    passing(
      `istiod of ${cluster.name} would ignore another root certificate, because ISTIO_MULTIROOT_MESH is not set in ${pods.join(', ')}.`,
      `Set certificates.rootRotation: enabled in mesh.yaml, synthesize, and apply the control plane of ${cluster.name}.`,
    ),
  ];
}

function notApplied({ state }: RotationObservation, expected: Expectation): UnlocatedProblem[] {
  const { cluster, caSecrets } = state;
  if (caSecrets === undefined || usesIstioCsr(cluster.secrets)) return [];
  const secret = caCertsSecretIn(caSecrets);
  const { caCerts } = readAppliedCaCerts(secret ?? {});
  const chain = certificatesIn(`${caCerts.caCert ?? ''}\n${caCerts.certChain ?? ''}`);
  const isIssued = expected.issuers.length === 0 || isTrusted(chain, expected.issuers);
  if (has(expected, certificatesIn(caCerts.rootCert ?? '')) && isIssued) return [];
  return [
    lasting(
      `Secret ${istioSystem}/${caCertsSecretName} of ${cluster.name} is not that of this phase.`,
      `Synthesize, and apply 20-cacerts.k8s.yaml of ${cluster.name}. With the backend external-secrets, update the store first, as istio-mesh secrets lists it.`,
    ),
  ];
}

function notLoaded({ state, istiods }: RotationObservation, expected: Expectation): UnlocatedProblem[] {
  const { name, secrets } = state.cluster;
  if (has(expected, distributedRoots(state))) return [];
  const isPrepared = usesIstioCsr(secrets) || istiods.every(({ takesAnotherRoot }) => takesAnotherRoot);
  const hint = isPrepared
    ? 'This takes up to two minutes. If it stays, read the log of istiod.'
    : `Set certificates.rootRotation: enabled in mesh.yaml, synthesize, and apply the control plane of ${name}.`;
  return [passing(`istiod of ${name} has not loaded ${rootsText(expected)} yet.`, hint)];
}

function differentConfigMaps({ state }: RotationObservation, expected: Expectation): UnlocatedProblem[] {
  const namespaces = state.rootConfigMaps
    .filter(({ data }) => !has(expected, certificatesIn(data?.['root-cert.pem'] ?? '')))
    .map(({ metadata }) => metadata?.namespace ?? '');
  if (namespaces.length === 0) return [];
  const message = `ConfigMap istio-ca-root-cert in ${namespaces.sort().join(', ')} of ${state.cluster.name} does not have ${rootsText(expected)}.`;
  const hint =
    'Wait for istiod. If the discoverySelectors of the mesh no longer select the namespace, delete its ConfigMap.';
  return [passing(message, hint)];
}

function differentWebhooks(
  { state, webhooks }: RotationObservation,
  expected: Expectation,
): UnlocatedProblem[] {
  const names = webhooks.filter(({ roots }) => !has(expected, roots)).map(({ name }) => name);
  if (names.length === 0) return [];
  const message = `The caBundle of ${[...new Set(names)].sort().join(', ')} of ${state.cluster.name} does not have ${rootsText(expected)}.`;
  return [passing(message, 'Wait for istiod. If it stays, read the log of istiod.')];
}

/** Each replica loads the Secret by itself. One that signs with the old root may issue to any proxy. */
function oldIssuers({ state, istiods }: RotationObservation, { issuers }: Expectation): UnlocatedProblem[] {
  const { name, secrets } = state.cluster;
  if (issuers.length === 0 || usesIstioCsr(secrets)) return [];
  const unknown = istiods.filter(({ chain }) => chain === undefined).map(({ pod }) => pod);
  const old = istiods.filter(({ chain }) => chain !== undefined && !isTrusted(chain, issuers));
  return [
    ...(old.length === 0
      ? []
      : [
          passing(
            `istiod of ${name} still signs with the old root: ${old.map(({ pod }) => pod).join(', ')}.`,
            'This takes up to two minutes. If it stays, read the log of istiod.',
          ),
        ]),
    ...(unknown.length === 0
      ? []
      : [
          passing(
            `It is unknown with which root istiod of ${name} signs: no connection to port 15012 of ${unknown.join(', ')}.`,
            'Wait until the pods are ready. The user of the kubeconfig needs the permission to create pods/portforward in istio-system.',
          ),
        ]),
  ];
}

function differentProxies({ state }: RotationObservation, expected: Expectation): LiveProblem[] {
  const { proxySecrets, cluster } = state;
  const { issuers } = expected;
  const withOldRoots = proxySecrets.filter(({ roots }) => !has(expected, roots));
  const withOldCertificate = proxySecrets.filter(
    (secrets) => !withOldRoots.includes(secrets) && issuers.length > 0 && !isTrusted(secrets.chain, issuers),
  );
  const report = (found: typeof proxySecrets, what: string) =>
    outdatedProxies(
      state,
      'LIVE-ROTATION',
      found.map(({ proxy }) => proxy),
      (workloads) => `Proxies of ${cluster.name} ${what}: ${workloads}.`,
    );
  return [
    ...report(
      withOldRoots,
      expected.absent.length === 0
        ? 'do not trust both root certificates'
        : 'still trust the old root certificate',
    ),
    ...report(withOldCertificate, 'have a certificate under the old root'),
  ];
}

/** ztunnel takes roots only together with a certificate. */
function differentZtunnels({ state }: RotationObservation, expected: Expectation): UnlocatedProblem[] {
  const { issuers } = expected;
  const old = state.ztunnels.filter(({ certificates }) =>
    certificates.some(({ chain, roots }) => {
      const isOld = roots !== '' && !has(expected, certificatesIn(roots));
      return isOld || (issuers.length > 0 && !isTrusted(certificatesIn(chain), issuers));
    }),
  );
  const [first] = old;
  if (first === undefined) return [];
  const what =
    issuers.length > 0 ? 'has certificates under the old root' : `does not trust ${rootsText(expected)}`;
  const pods = old.map(({ pod }) => pod).sort();
  const { name = ztunnelDaemonSet } = state.cluster.istio.ztunnel ?? {};
  return [
    passing(
      `ztunnel of ${state.cluster.name} ${what}: ${pods.join(', ')}.`,
      `Run kubectl -n ${first.namespace} rollout restart daemonset ${name}. By itself it renews them within 12 hours.`,
    ),
  ];
}

function silentProxies({ state, silentProxies: silent }: RotationObservation): UnlocatedProblem[] {
  if (silent.length === 0) return [];
  const message = `Proxies of ${state.cluster.name} did not answer, so their certificates are unknown: ${workloadNames(silent)}.`;
  return [passing(message, silentProxiesHint)];
}

function applyAll(cluster: string): string {
  return `Apply the folder of ${cluster} in the output.`;
}
