import type { Construct } from 'constructs';
import type { KubernetesObject } from '../kubernetes/object';
import type { Cluster, Mesh } from '../mesh/mesh';
import { PlainApiObject } from './plain-api-object';

/** Adds plain objects to a construct. The ID of each one is its kind and name. */
export function addObjects(scope: Construct, objects: readonly KubernetesObject[]): void {
  for (const object of objects) new PlainApiObject(scope, `${object.kind}-${object.metadata.name}`, object);
}

/** Adds plain objects to a construct, each with an ID. */
export function addNamedObjects(scope: Construct, objects: Readonly<Record<string, KubernetesObject>>): void {
  for (const [id, object] of Object.entries(objects)) new PlainApiObject(scope, id, object);
}

/** The scope of the charts of a cluster. */
export interface ClusterScope extends Construct {
  readonly mesh: Mesh;
  readonly cluster: Cluster;
}
