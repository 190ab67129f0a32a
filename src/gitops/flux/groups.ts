import type { OutputFile } from '../../files/output-file';
import type { ObjectHead } from '../../kubernetes/manifest';
import { documentsOf, headOf } from '../../kubernetes/rendered-document';
import { caCertsSecretName, istioSystem } from '../../mesh/istio-names';
import { controlPlaneStage, stageOf } from '../annotations';

/** Files that Flux applies together, after those of the group before. */
export interface Group {
  readonly name: string;
  readonly files: readonly OutputFile[];
}

/** The groups in the order in which Flux applies them. Each ends before a stage of the charts. */
const groupEnds: readonly (readonly [name: string, end: number])[] = [
  ['crds', 10],
  ['foundation', controlPlaneStage],
  ['istiod', 40],
  ['gateways', 50],
  ['mesh', 70],
  ['workloads', Number.POSITIVE_INFINITY],
];

/** The groups of a cluster's files, without empty ones. */
export function groupsOf(files: readonly OutputFile[], extension: string): Group[] {
  const stageOfFile = ({ path }: OutputFile): number => stageOf(path.slice(0, -extension.length));
  return groupEnds
    .map(([name, end], index) => {
      const start = groupEnds[index - 1]?.[1] ?? 0;
      const isInGroup = (stage: number): boolean => stage >= start && stage < end;
      return { name, files: files.filter((file) => isInGroup(stageOfFile(file))) };
    })
    .filter((group) => group.files.length > 0);
}

/** A reference to an object that must be healthy before Flux applies the next group. */
export interface HealthCheck {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
}

const checkedKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'HelmRelease'];

/**
 * The objects that must be healthy before Flux applies the next group: all workloads, and the Secret cacerts
 * if a controller creates it, because an istiod that starts without it generates its own root. Services are
 * not checked, so that a load balancer without an address does not block the mesh.
 */
export function healthChecksOf(files: readonly OutputFile[]): HealthCheck[] {
  const heads = files.flatMap(headsOf);
  const references = heads.filter(({ kind }) => checkedKinds.includes(kind)).map(referenceTo);
  return heads.some(createsCaCerts) ? [...references, caCerts] : references;
}

function headsOf({ content }: OutputFile): readonly ObjectHead[] {
  return documentsOf(content).flatMap((document) => headOf(document)?.object ?? []);
}

function referenceTo({ apiVersion, kind, metadata: { name, namespace } }: ObjectHead): HealthCheck {
  return { apiVersion, kind, name, namespace };
}

function createsCaCerts({ kind, metadata: { name, namespace } }: ObjectHead): boolean {
  return name === caCertsSecretName && namespace === istioSystem && kind !== 'Secret';
}

const caCerts = { apiVersion: 'v1', kind: 'Secret', name: caCertsSecretName, namespace: istioSystem };
