import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { stringifyYaml } from '../kubernetes/yaml';
import { mergeValues } from '../mesh/helm-values';
import { defaultRevision } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import { controlPlaneOperator, type IstioOperator } from './istio-operator';

/** The manifests of one cluster's control plane as YAML, which istioctl renders before the synthesis. */
export interface RenderedControlPlane {
  /** The CustomResourceDefinitions, which must be established before resources of their kinds are applied. */
  readonly crds: string;
  /** The validator of resources without a revision. Until istiod answers, the API server refuses these resources. */
  readonly defaultValidator: string;
  /** All other objects. */
  readonly controlPlane: string;
}

/** The istioctl program of a mesh. */
export class Istioctl {
  private readonly program: string;

  /**
   * @param mesh the mesh, whose istio.istioctl names the program and whose clusters have versions
   * @param directory the folder that a relative path of the program is resolved against
   */
  constructor(
    private readonly mesh: Mesh,
    directory: string,
  ) {
    const { istioctl } = mesh.istio;
    this.program = istioctl.includes('/') ? resolve(directory, istioctl) : istioctl;
  }

  /**
   * Checks that the program exists and has the version of the clusters. It always renders the charts of its
   * own version, even if the images have another tag.
   *
   * @throws MeshError if it is missing or has another version
   */
  async checkVersion(): Promise<void> {
    const output = await this.run(['version', '--remote=false', '-o', 'json']);
    const found = /"version":\s*"([^"]+)"/.exec(output)?.[1];
    const { clusters } = this.mesh;
    const others = clusters.filter(({ istio }) => istio.version !== found);
    const version = others[0]?.istio.version;
    if (version === undefined) return;
    const whose = others.length === clusters.length ? 'the mesh' : others.map(({ name }) => name).join(', ');
    throw istioctlError(
      `${this.program} is istioctl ${found ?? 'of an unknown version'}, and ${whose} is of Istio ${version}.`,
      `Put istioctl ${version} on the PATH, name it in istio.istioctl, or write ${found ?? 'its version'} as istio.version.`,
    );
  }

  /**
   * Renders the control plane of a cluster.
   *
   * @throws MeshError if istioctl is missing or refuses the values
   */
  async render(cluster: Cluster): Promise<RenderedControlPlane> {
    const operator = stringifyYaml(withDefaultValidator(controlPlaneOperator(this.mesh, cluster)));
    return splitManifests(await this.run(['manifest', 'generate', '-f', '-'], operator));
  }

  private async run(args: readonly string[], input = ''): Promise<string> {
    const child = spawn(this.program, args, { stdio: 'pipe' });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    // If the program exits before it reads its input, its exit status is reported.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const status = await new Promise<number | null>((done, fail) => {
      child.on('error', (error) => fail(this.missing(error)));
      child.on('close', done);
    });
    if (status === 0) return Buffer.concat(output).toString('utf8');
    throw istioctlError(
      `${this.program} ${args.slice(0, 2).join(' ')} failed: ${Buffer.concat(errors).toString('utf8').trim()}`,
      'Fix the values under istio.values that the message names.',
    );
  }

  private missing(error: Error): MeshError {
    return istioctlError(
      `${this.program} cannot be run: ${error.message}.`,
      'Install istioctl on the PATH, name it in istio.istioctl, or write istio.controlPlane: operator.',
    );
  }
}

/**
 * `istioctl install` makes the first revision of a cluster the default revision. `manifest generate` does not,
 * and Istio then validates only resources with a revision label.
 */
function withDefaultValidator(operator: IstioOperator): IstioOperator {
  const { spec } = operator;
  if (spec.revision !== undefined) return operator;
  return { ...operator, spec: { ...spec, values: mergeValues({ defaultRevision }, spec.values) } };
}

function istioctlError(message: string, hint: string): MeshError {
  return new MeshError([{ code: 'CONTROL-PLANE-ISTIOCTL', location: { file: 'istioctl' }, message, hint }]);
}

/** Separates the objects by when they are applied, without parsing a megabyte of YAML. */
function splitManifests(text: string): RenderedControlPlane {
  const documents = text
    .split(/^---$/m)
    .map((document) => document.trim())
    .filter((document) => document !== '')
    .map(withoutOpenPolicy);
  const textOf = (part: keyof RenderedControlPlane): string =>
    documents
      .filter((document) => partOf(document) === part)
      .map((document) => `${document}\n`)
      .join('---\n');
  return {
    crds: textOf('crds'),
    defaultValidator: textOf('defaultValidator'),
    controlPlane: textOf('controlPlane'),
  };
}

function partOf(document: string): keyof RenderedControlPlane {
  if (/^kind: CustomResourceDefinition$/m.test(document)) return 'crds';
  return /^ {2}name: istiod-default-validator$/m.test(document) ? 'defaultValidator' : 'controlPlane';
}

/** istiod changes the policy to Fail. With Ignore in the manifest, each apply would switch validation off. */
function withoutOpenPolicy(document: string): string {
  const isValidator = /^kind: ValidatingWebhookConfiguration$/m.test(document);
  return isValidator ? document.replace(/^ +failurePolicy: Ignore\n/gm, '') : document;
}
