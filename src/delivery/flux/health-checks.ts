import { caCertsSecretName, istioSystem } from '../../mesh/istio-names';
import type { Manifest, ObjectHead } from '../manifest';
import { documentsOf, headOf } from '../rendered-document';

/** A reference to an object whose health the next group waits for. */
export interface HealthCheck {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
}

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'HelmRelease'];

/**
 * What must be healthy before the next group is applied: everything that runs, and the Secret cacerts
 * where something in the cluster makes it, since istiod would start with a root of its own. Not the
 * Services: a load balancer that waits for its address holds up nobody.
 */
export function healthChecksOf(manifests: readonly Manifest[]): HealthCheck[] {
  const heads = manifests.flatMap(headsOf);
  const references = heads.filter(({ kind }) => workloads.includes(kind)).map(referenceOf);
  return heads.some(makesCaCerts) ? [...references, caCerts] : references;
}

function headsOf({ content }: Manifest): readonly ObjectHead[] {
  if ('objects' in content) return content.objects;
  return documentsOf(content.text).flatMap((document) => headOf(document)?.object ?? []);
}

function referenceOf({ apiVersion, kind, metadata: { name, namespace } }: ObjectHead): HealthCheck {
  return { apiVersion, kind, name, namespace };
}

function makesCaCerts({ kind, metadata: { name, namespace } }: ObjectHead): boolean {
  return name === caCertsSecretName && namespace === istioSystem && kind !== 'Secret';
}

const caCerts = { apiVersion: 'v1', kind: 'Secret', name: caCertsSecretName, namespace: istioSystem };
