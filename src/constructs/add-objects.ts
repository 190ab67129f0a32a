import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from '../control-plane/kubernetes-object';

/** Adds plain objects to a construct, each known there by its kind and name. */
export function addObjects(scope: Construct, objects: readonly KubernetesObject[]): void {
  for (const object of objects) new ApiObject(scope, `${object.kind}-${object.metadata.name}`, object);
}
