import type { KubernetesObject } from '../kubernetes/object';
import type { ControlPlaneInput } from './input';

type Objects = readonly KubernetesObject[];

/**
 * Makes objects of a namespace once for all clusters that share them: those whose control planes differ only in the
 * name and the network of the cluster.
 */
export function sharedInNamespace(
  make: (controlPlane: ControlPlaneInput, namespace: string) => Objects,
): (controlPlane: ControlPlaneInput, namespace: string) => Objects {
  const known = new WeakMap<ControlPlaneInput['injection'], Map<string, Objects>>();
  return (controlPlane, namespace) => {
    const { injection } = controlPlane;
    const ofNamespaces = known.get(injection) ?? new Map<string, Objects>();
    known.set(injection, ofNamespaces);
    const objects =
      ofNamespaces.get(namespace) ?? make(controlPlane, namespace).map((object) => Object.freeze(object));
    ofNamespaces.set(namespace, objects);
    return objects;
  };
}
