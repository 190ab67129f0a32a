import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, parseAllDocuments } from 'yaml';
import type { Kubectl } from './kubectl';

/** The fields of a Flux Kustomization that determine what is applied when. */
interface Kustomization {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly path: string;
    readonly wait?: boolean;
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly healthChecks?: readonly ObjectReference[];
    readonly decryption?: { readonly provider: string; readonly secretRef: { readonly name: string } };
  };
}

interface ObjectReference {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** The Kustomizations of one cluster, applied as Flux's kustomize-controller applies them. */
export class FluxChain {
  private readonly kustomizations: readonly Kustomization[];

  /**
   * @param checkout the folder with the files of a commit
   * @param programs the folder with sops
   */
  constructor(
    private readonly checkout: string,
    cluster: string,
    private readonly kubectl: Kubectl,
    private readonly programs: string,
  ) {
    const folder = join(checkout, 'dist/flux', cluster);
    this.kustomizations = readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), 'utf8')))
      .map((document) => document.toJS() as Kustomization)
      .filter(({ kind }) => kind === 'Kustomization');
  }

  /** Applies each Kustomization after its dependencies are healthy, and returns their names in that order. */
  apply(): string[] {
    const waiting = [...this.kustomizations];
    const healthy: string[] = [];
    while (waiting.length > 0) {
      const next = waiting.findIndex(({ spec: { dependsOn = [] } }) =>
        dependsOn.every(({ name }) => healthy.includes(name)),
      );
      if (next < 0) throw new Error(`${waiting.map(({ metadata }) => metadata.name)} wait for each other`);
      for (const { metadata, spec } of waiting.splice(next, 1)) {
        this.reconcile(spec);
        healthy.push(metadata.name);
      }
    }
    return healthy;
  }

  private reconcile({ path, wait, healthChecks = [], decryption }: Kustomization['spec']): void {
    const built = this.build(path).map((object) =>
      object.has('sops') && decryption ? this.decrypted(object, decryption.secretRef.name) : `${object}`,
    );
    const apply = 'apply --server-side --force-conflicts --field-manager kustomize-controller -f -';
    this.kubectl.run(apply, built.join('---\n'));
    // Flux ignores health checks if wait is set.
    const checked = wait ? built.map((text) => referenceTo(text)) : healthChecks;
    for (const reference of checked) this.awaitHealth(reference);
  }

  /** Flux allows references to all files of the commit. */
  private build(path: string): Document[] {
    const built = execFileSync(
      'kubectl',
      ['kustomize', '--load-restrictor', 'LoadRestrictionsNone', join(this.checkout, path)],
      { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    return parseAllDocuments(built) as Document[];
  }

  /** Ignores the MAC as Flux does, because Kustomize changes the order of keys, which the MAC covers. */
  private decrypted(object: Document, secret: string): string {
    const data = this.kubectl.run(`get secret ${secret} --namespace flux-system -o jsonpath={.data}`);
    const [identity = ''] = Object.values(JSON.parse(data) as Record<string, string>);
    // sops opens its input by name, which works for a pipe but not for the socket that Node creates.
    const sops = `${join(this.programs, 'sops')} --decrypt --ignore-mac --input-type yaml --output-type yaml`;
    return execFileSync('bash', ['-o', 'pipefail', '-c', `cat | ${sops} /dev/stdin`], {
      encoding: 'utf8',
      input: `${object}`,
      env: { ...process.env, SOPS_AGE_KEY: Buffer.from(identity, 'base64').toString() },
    });
  }

  private awaitHealth({ kind, name, namespace }: ObjectReference): void {
    const object = `${kind.toLowerCase()}/${name}${namespace === undefined ? '' : ` --namespace ${namespace}`}`;
    this.kubectl.run(`wait --for=create ${object} --timeout=120s`);
    if (kind === 'Deployment') this.kubectl.run(`rollout status ${object} --timeout=180s`);
    if (kind === 'CustomResourceDefinition')
      this.kubectl.run(`wait --for=condition=Established ${object} --timeout=60s`);
  }
}

function referenceTo(text: string): ObjectReference {
  const [document] = parseAllDocuments(text);
  const { kind, metadata } = document?.toJS() ?? {};
  return { kind, name: metadata.name, namespace: metadata.namespace };
}
