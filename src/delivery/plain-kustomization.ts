import { posix } from 'node:path';
import { objectFile } from './object-file';
import type { OutputFile } from './output-file';

/**
 * What makes a folder a base of kustomize. It has no ending, so that `kubectl apply -f` of the folder,
 * which would not know what to do with it, leaves it out.
 *
 * @param folder the folder within the output
 * @param files the files that belong to it, as paths within the output
 */
export function plainKustomization(folder: string, files: readonly string[]): OutputFile {
  return objectFile(`${folder}/Kustomization`, {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: files.map((file) => posix.relative(folder, file)),
  });
}
