import { execFileSync } from 'node:child_process';

/** A Kubernetes object, as far as a test looks at it. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** A cluster, by way of kubectl. */
export class Kubectl {
  constructor(private readonly kubeconfig: string) {}

  /**
   * Runs kubectl.
   *
   * @param line its arguments, of which none has a blank
   */
  run(line: string, input?: string): string {
    return execFileSync('kubectl', ['--kubeconfig', this.kubeconfig, ...line.split(' ')], {
      encoding: 'utf8',
      input,
      maxBuffer: 64 * 1024 * 1024,
    });
  }

  /** @param namespace of objects that name none */
  apply(objects: readonly object[], namespace?: string): void {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    const target = namespace === undefined ? '' : ` -n ${namespace}`;
    this.run(`apply --server-side --force-conflicts -f -${target}`, JSON.stringify(list));
  }

  get(kinds: readonly string[], namespace: string): KubernetesObject[] {
    return JSON.parse(this.run(`get ${kinds.join()} -n ${namespace} -o json`)).items;
  }
}
