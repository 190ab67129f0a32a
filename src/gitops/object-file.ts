import { posix } from 'node:path';
import type { OutputFile } from '../files/output-file';
import { stringifyYaml } from '../kubernetes/yaml';
import type { Mesh } from '../mesh/mesh';

/** The name of the objects of a GitOps tool: the mesh ID as a Kubernetes name that leaves room for a suffix. */
export function gitopsName({ meshID }: Pick<Mesh, 'meshID'>): string {
  const name = meshID.toLowerCase().replace(/[^a-z0-9-]/g, '-');
  return name.slice(0, 50).replace(/-+$/, '');
}

/** A public file that contains one object. Values that charts have in common are written once, with an anchor. */
export function objectFile(path: string, object: object): OutputFile {
  return { path, content: stringifyYaml(object), secrecy: 'public' };
}

/**
 * The file that makes a folder a Kustomize base. Its name has no extension, so that `kubectl apply -f` of
 * the folder skips it.
 *
 * @param folder the folder within the output
 * @param files the files of the base, as paths within the output
 */
export function kustomizeBase(folder: string, files: readonly string[]): OutputFile {
  return objectFile(`${folder}/Kustomization`, {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: files.map((file) => posix.relative(folder, file)),
  });
}
