import { isMap, isScalar, isSeq } from 'yaml';
import type { Problem } from '../../problems/problem';
import type { MeshDocument } from './mesh-document';

/** Why a text is not a mesh definition at all, such as a Kubernetes object; undefined if it may be one. */
export function rootProblem(source: MeshDocument): Problem | undefined {
  const { contents } = source.document;
  const problem = (message: string, hint: string): Problem => {
    const { frame: _, ...rest } = source.problem(contents?.range[0] ?? 0, message, hint, 'MESH-TYPE');
    return rest;
  };
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return problem('The file is empty.', 'Write a mesh definition, or create one with istio-mesh init.');
  }
  if (!isMap(contents)) {
    const what = isSeq(contents) ? 'a list' : 'a text';
    return problem(
      `The definition is ${what}, not a map.`,
      'Write a map with keys such as meshID and clusters.',
    );
  }
  const [apiVersion, kind] = [contents.get('apiVersion'), contents.get('kind')];
  if (apiVersion === undefined || typeof kind !== 'string') return undefined;
  const hint = hints[kind] ?? 'Pass the path of the mesh definition with --mesh-file.';
  return problem(`The file is a Kubernetes object of the kind ${kind}, not a mesh definition.`, hint);
}

const hints: Readonly<Record<string, string>> = {
  IstioOperator:
    'Write a mesh definition, with spec.values of the IstioOperator as istio.values and spec.meshConfig as istio.values.meshConfig.',
  Config: 'This is a kubeconfig. Name it in the kubeconfig of a cluster in the mesh definition.',
};
