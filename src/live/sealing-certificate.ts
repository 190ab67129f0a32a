import type { V1Service } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { Cluster } from '../mesh/mesh';
import { readSealingCertificate } from '../pki/sealing-certificate';
import { MeshError, type Problem } from '../problems/problem';
import type { LiveCluster } from './live-cluster';

/** Whether a cluster has a Sealed Secrets controller, for which its Secrets are encrypted. */
export function hasSealedSecrets({ secrets }: Cluster): boolean {
  return secrets.cacerts === 'sealed-secrets' || secrets.remoteSecrets === 'sealed-secrets';
}

/**
 * Fetches the certificate of a cluster's Sealed Secrets controller, in PEM, as `kubeseal --fetch-cert` does.
 *
 * @param now the time at which it must be valid
 * @throws MeshError where there is no controller, or it has no certificate with which to encrypt
 */
export async function fetchSealingCertificate(
  live: LiveCluster,
  { secrets }: Cluster,
  now = new Date(),
): Promise<string> {
  const { name, namespace } = secrets.sealedSecrets.controller;
  const service = await live.read<V1Service>({ apiVersion: 'v1', kind: 'Service', name, namespace });
  const port = service?.spec?.ports?.[0];
  if (port === undefined) throw new MeshError([noController(live.name, `${namespace}/${name}`)]);
  const text = await live.askService({ name, namespace, port: port.name ?? '' }, '/v1/cert.pem');
  const reading = readSealingCertificate(text, live.name, now);
  if ('certificate' in reading) return text;
  const message = `The certificate of Service ${namespace}/${name} cannot be used. ${reading.problem.message}`;
  const hint = `See that this Service is that of the Sealed Secrets controller, and what its log says; then run istio-mesh join again.`;
  throw new MeshError([{ ...reading.problem, message, hint }]);
}

function noController(cluster: string, service: string): Problem {
  return {
    code: 'LIVE-SEALED-SECRETS',
    location: { file: cluster },
    message: `${cluster} has no Service ${service}, which would give the certificate for which its Secrets are encrypted.`,
    hint: `Install the Sealed Secrets controller in ${cluster}, or write secrets.sealedSecrets.controller: in mesh.yaml with the name and the namespace of its Service; then run istio-mesh join again.`,
  };
}
