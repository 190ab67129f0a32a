import type { V1Service } from '@kubernetes/client-node';
import type { Cluster } from '../mesh/mesh';
import { secretsBackendsOf } from '../mesh/secrets/backends';
import { readSealingCertificate } from '../pki/sealing-certificate';
import { MeshError, type Problem } from '../problems/problem';
import type { LiveCluster } from './live-cluster';

/** Whether a Secret of the cluster has the backend sealed-secrets. */
export function hasSealedSecrets(cluster: Cluster): boolean {
  return secretsBackendsOf(cluster).includes('sealed-secrets');
}

/**
 * Fetches the certificate of the Sealed Secrets controller of a cluster, in PEM, as `kubeseal --fetch-cert`
 * does.
 *
 * @param now the time at which the certificate must be valid
 * @throws MeshError if the controller is missing, or its certificate cannot be used to encrypt
 */
export async function fetchSealingCertificate(
  live: LiveCluster,
  { secrets }: Cluster,
  now = new Date(),
): Promise<string> {
  const { name, namespace } = secrets.sealedSecrets.controller;
  const service = await live.read<V1Service>({ apiVersion: 'v1', kind: 'Service', name, namespace });
  const port = service?.spec?.ports?.[0];
  if (port === undefined) throw new MeshError([controllerMissing(live.name, `${namespace}/${name}`)]);
  const text = await live.getFromService({ name, namespace, port: port.name ?? '' }, '/v1/cert.pem');
  const reading = readSealingCertificate(text, live.name, now);
  if ('certificate' in reading) return text;
  const message = `The certificate of Service ${namespace}/${name} cannot be used. ${reading.problem.message}`;
  const hint =
    'Check that this Service belongs to the Sealed Secrets controller, and read the logs of the controller. Then run istio-mesh join again.';
  throw new MeshError([{ ...reading.problem, message, hint }]);
}

function controllerMissing(cluster: string, service: string): Problem {
  return {
    code: 'LIVE-SEALED-SECRETS',
    location: { file: cluster },
    message: `${cluster} has no Service ${service}, so the certificate of the Sealed Secrets controller cannot be fetched.`,
    hint: `Install the Sealed Secrets controller in ${cluster}, or set secrets.sealedSecrets.controller in mesh.yaml to the name and namespace of its Service. Then run istio-mesh join again.`,
  };
}
