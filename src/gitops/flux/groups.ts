import type { Manifest, ObjectHead } from '../../kubernetes/manifest';
import { caCertsSecretName, istioSystem } from '../../mesh/istio-names';
import { controlPlaneStage, stageOf } from '../annotations';
import { documentsOf, headOf } from '../rendered-document';

/** Manifests that are applied together, after those of the group before. */
export interface Group {
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/** The groups in their order, each with the stage before which its charts are. */
const ends: readonly (readonly [name: string, end: number])[] = [
  ['crds', 10],
  ['foundation', controlPlaneStage],
  ['istiod', 40],
  ['gateways', 50],
  ['mesh', 70],
  ['workloads', Number.POSITIVE_INFINITY],
];

/** The groups of a cluster's manifests; only those that have any. */
export function groupsOf(manifests: readonly Manifest[]): Group[] {
  return ends
    .map(([name, end], index) => {
      const start = ends[index - 1]?.[1] ?? 0;
      const isIn = ({ path }: Manifest): boolean => stageOf(path) >= start && stageOf(path) < end;
      return { name, manifests: manifests.filter(isIn) };
    })
    .filter((group) => group.manifests.length > 0);
}

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
