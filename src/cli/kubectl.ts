import type { Cluster } from '../mesh/mesh';
import { shellWord } from '../problems/suggestion';

/** A kubectl command for a cluster, with the kubeconfig and the context that mesh.yaml names. */
export function kubectl({ name, kubeconfig, context }: Cluster, command: string): string {
  const file = kubeconfig === undefined && context === undefined ? `${name}.kubeconfig` : kubeconfig;
  return [
    'kubectl',
    ...(file === undefined ? [] : ['--kubeconfig', shellWord(file)]),
    ...(context === undefined ? [] : ['--context', shellWord(context)]),
    command,
  ].join(' ');
}
