import { caCertsSecretName, istioSystem } from '../mesh/istio-names';
import type { Problem } from '../problems/problem';
import type { ClusterState } from './cluster-state';
import { lasting, problemOf } from './live-problem';
import { restartHint, workloadNames } from './proxy';
import { certificatesIn } from './proxy-secrets';

const day = 24 * 60 * 60_000;

/** How long before the end of a CA certificate it is time to replace it, in days: as when it is synthesized. */
const caDays = 30;

/** The part of its life that a certificate of a proxy has left when it should have been renewed. */
const renewedAt = 0.2;

/** Certificates that expire soon. */
export function certificateWarnings(state: ClusterState, now: Date): Problem[] {
  const { cluster, caSecrets = [], proxySecrets } = state;
  const { name } = cluster;
  const caCerts = caSecrets.find(({ metadata }) => metadata?.name === caCertsSecretName)?.data ?? {};
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
