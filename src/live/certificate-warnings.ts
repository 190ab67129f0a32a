import { caCertsSecretName, istioSystem } from '../mesh/istio-names';
import { usesIstioCsr } from '../mesh/secrets/backends';
import type { Problem } from '../problems/problem';
import { caCertsSecretIn, readAppliedCaCerts } from './applied-ca-certs';
import type { WrittenCaCerts } from './ca-secret-problems';
import { isAmong } from './certificate-problems';
import type { ClusterState } from './cluster-state';
import { lasting, problemOf } from './live-problem';
import { restartHint, workloadNames } from './proxy';
import { certificatesIn } from './proxy-secrets';

const day = 24 * 60 * 60_000;

/** How long before the end of a CA certificate it is time to replace it, in days: as when it is synthesized. */
const caDays = 30;

/** The part of its life that a certificate of a proxy has left when it should have been renewed. */
const renewedAt = 0.2;

/** Certificates that expire soon, that are not those on this machine, or that were not checked. */
export function certificateWarnings(state: ClusterState, written: WrittenCaCerts, now: Date): Problem[] {
  const { cluster, caSecrets = [], proxySecrets } = state;
  const { name } = cluster;
  const caCerts = caCertsSecretIn(caSecrets)?.data ?? {};
  const soon = ['ca-cert.pem', 'root-cert.pem', 'cert-chain.pem']
    .flatMap((key) => certificatesIn(Buffer.from(caCerts[key] ?? '', 'base64').toString('utf8')))
    .filter(({ notAfter }) => notAfter >= now && notAfter.getTime() - now.getTime() < caDays * day);
  const expiring = [...new Map(soon.map((certificate) => [certificate.fingerprint, certificate])).values()];
  const late = proxySecrets.filter(({ chain: [leaf] }) => {
    if (leaf === undefined || leaf.notAfter < now) return false;
    const life = leaf.notAfter.getTime() - leaf.notBefore.getTime();
    return leaf.notAfter.getTime() - now.getTime() < renewedAt * life;
  });
  const lateProxies = late.map(({ proxy }) => proxy);
  return [
    ...uncheckedSecret(state),
    ...differentIntermediate(state, written),
    ...expiring.map((certificate) => {
      const message = `${certificate.name} in Secret ${istioSystem}/${caCertsSecretName} of ${name} expires on ${certificate.notAfter.toISOString()}, and with it all that istiod issues.`;
      const hint = `Replace the certificate in certs/${name}, synthesize and apply before then.`;
      return problemOf(name, 'LIVE-CERTIFICATE', lasting(message, hint));
    }),
    ...(lateProxies.length === 0
      ? []
      : [
          problemOf(
            name,
            'LIVE-CERTIFICATE',
            lasting(
              `Proxies of ${name} have not renewed their certificate, which expires soon: ${workloadNames(lateProxies)}.`,
              `Read their logs, and that of istiod. ${restartHint(name, lateProxies)}`,
            ),
          ),
        ]),
  ];
}

function uncheckedSecret({ cluster, caSecrets }: ClusterState): Problem[] {
  if (caSecrets !== undefined || usesIstioCsr(cluster.secrets)) return [];
  const message = `The kubeconfig of ${cluster.name} does not allow to read the Secrets of ${istioSystem}, so ${caCertsSecretName} was not checked.`;
  return [
    problemOf(cluster.name, 'LIVE-CERTIFICATE', lasting(message, 'Verify with an account that can read it.')),
  ];
}

/** A certificate that was issued again and not applied yet; one of another root is a problem. */
function differentIntermediate(
  { cluster, caSecrets = [] }: ClusterState,
  written: WrittenCaCerts,
): Problem[] {
  const { name } = cluster;
  const expected = written.get(name);
  const secret = caCertsSecretIn(caSecrets);
  if (expected === undefined || secret === undefined) return [];
  const { caCerts } = readAppliedCaCerts(secret);
  const roots = certificatesIn(expected.rootCert);
  if (!certificatesIn(caCerts.rootCert ?? '').some((root) => isAmong(root, roots))) return [];
  const [applied] = certificatesIn(caCerts.caCert ?? '');
  const [own] = certificatesIn(expected.caCert);
  if (applied === undefined || own === undefined || applied.fingerprint === own.fingerprint) return [];
  if ([...written.values()].some(({ caCert }) => isAmong(applied, certificatesIn(caCert)))) return [];
  const message = `Secret ${istioSystem}/${caCertsSecretName} of ${name} has another certificate (valid until ${applied.notAfter.toISOString()}) than this machine (valid until ${own.notAfter.toISOString()}).`;
  const hint = `Synthesize and apply 20-cacerts.k8s.yaml of ${name}, or verify on the machine that issued the certificate.`;
  return [problemOf(name, 'LIVE-CERTIFICATE', lasting(message, hint))];
}
