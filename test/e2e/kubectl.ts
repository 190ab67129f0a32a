import { execFileSync } from 'node:child_process';

/** The fields of a Kubernetes object that tests read. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** Runs kubectl for one cluster. */
export class Kubectl {
  constructor(private readonly kubeconfig: string) {}

  /**
   * Runs kubectl.
   *
   * @param line the arguments, without spaces in any of them
   */
  run(line: string, input?: string): string {
    return execFileSync('kubectl', ['--kubeconfig', this.kubeconfig, ...line.split(' ')], {
      encoding: 'utf8',
      input,
      maxBuffer: 64 * 1024 * 1024,
    });
  }

  /** @param namespace the namespace of objects without one */
  apply(objects: readonly object[], namespace?: string): void {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    const target = namespace === undefined ? '' : ` -n ${namespace}`;
    this.run(`apply --server-side --force-conflicts -f -${target}`, JSON.stringify(list));
  }

  get(kinds: readonly string[], namespace: string): KubernetesObject[] {
    return JSON.parse(this.run(`get ${kinds.join()} -n ${namespace} -o json`)).items;
  }
}
