import { type ExistingMeshOptions, existingMesh } from '../../../src/init/existing/existing-mesh';
import { parseDocuments } from '../../../src/init/existing/input-document';
import type { ExistingMesh } from '../../../src/init/existing/merged-definition';
import { recognize } from '../../../src/init/existing/recognize';
import { MeshError, type Problem } from '../../../src/problems/problem';

/** Texts of files by name. A name such as `eu=gateway.yaml` says the cluster of a file. */
export type Files = Readonly<Record<string, string>>;

/** The mesh of files. */
export function meshOf(files: Files, options: ExistingMeshOptions = {}): ExistingMesh {
  const documents = Object.entries(files).flatMap(([argument, text]) => {
    const [file = '', cluster] = argument.split('=').reverse();
    return parseDocuments(text, { file, cluster });
  });
  return existingMesh(recognize(documents).parts, options);
}

/** Why there is no mesh of files. */
export function problemsOf(files: Files, options: ExistingMeshOptions = {}): readonly Problem[] {
  try {
    meshOf(files, options);
    return [];
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
}

/** The text of an IstioOperator. */
export function operator(spec: string): string {
  return `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n${spec.replace(/^/gm, '  ')}`;
}

/** Values with the names of a cluster and its network, and further global values. */
export const identity = (cluster: string, network: string, more = '') =>
  `values: { global: { meshID: mesh1, network: ${network}, multiCluster: { clusterName: ${cluster} }${more} } }`;
