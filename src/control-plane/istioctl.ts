import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { stringifyYaml } from '../kubernetes/yaml';
import { mergeValues } from '../mesh/helm-values';
import { defaultRevision } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import { controlPlaneOperator, type IstioOperator } from './istio-operator';
import {
  firstLine,
  isObject,
  type RenderedControlPlane,
  readRendered,
  splitDocuments,
} from './rendered-manifests';

/** The istioctl program of a mesh. */
export class Istioctl {
  private readonly program: string;
  private readonly messages = new Set<string>();

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

  /** What istioctl has said about the values of all clusters, without repetitions. */
  get warnings(): Problem[] {
    return [...this.messages].map((message) => ({
      code: 'CONTROL-PLANE-WARNING',
      location: { file: 'istioctl' },
      message: `istioctl reports: ${message}`,
      hint: 'Change the values under istio.values, or the environment variable, that the message names.',
    }));
  }

  /**
   * Renders the control plane of a cluster.
   *
   * @throws MeshError if istioctl is missing or refuses the values
   */
  async render(cluster: Cluster): Promise<RenderedControlPlane> {
    const operator = stringifyYaml(withDefaultValidator(controlPlaneOperator(this.mesh, cluster)));
    const { documents, messages } = readRendered(
      await this.run(['manifest', 'generate', '-f', '-'], operator),
    );
    for (const message of messages) this.messages.add(message);
    const [other] = documents.filter((document) => !isObject(document));
    if (other === undefined && documents.length > 0) return splitDocuments(documents);
    throw istioctlError(
      other === undefined
        ? `${this.program} manifest generate printed no object for ${cluster.name}.`
        : `${this.program} manifest generate printed for ${cluster.name} what is not a Kubernetes object: ${firstLine(other)}`,
      'Run the command by hand, and check that the program is istioctl.',
    );
  }

  /** Runs istioctl, and returns its standard output. */
  private async run(args: readonly string[], input = ''): Promise<string> {
    const child = spawn(this.program, args, {
      env: withoutAgeKey(process.env),
      stdio: 'pipe',
      timeout: timeoutSeconds * 1000,
    });
    const output = collect(child.stdout, () => child.kill());
    const errors = collect(child.stderr, () => child.kill());
    // If the program exits before it reads its input, its exit status is reported.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const status = await new Promise<number | null>((done, fail) => {
      child.on('error', (error) => fail(this.missing(error)));
      child.on('close', done);
    });
    if (status === 0) return output();
    const reason =
      status === null
        ? `It was stopped after ${timeoutSeconds} seconds or ${maxBytes / 2 ** 20} MB of output.`
        : errors().trim() || output().trim() || `Its exit status is ${status}.`;
    throw istioctlError(
      `${this.program} ${args.slice(0, 2).join(' ')} failed: ${reason}`,
      status === null
        ? 'Run the command by hand to see why it does not end.'
        : 'Fix the values under istio.values that the message names.',
    );
  }

  private missing(error: Error): MeshError {
    const { code } = error as NodeJS.ErrnoException;
    return istioctlError(
      `${this.program} ${spawnErrors[code ?? ''] ?? `cannot be run: ${error.message}`}.`,
      'Install istioctl on the PATH, name it in istio.istioctl, or write istio.controlPlane: operator.',
    );
  }
}

/** istioctl needs no key of the user, and passes its environment on. */
function withoutAgeKey({ SOPS_AGE_KEY: _, ...others }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return others;
}

const timeoutSeconds = 120;

/** A hundred times what istioctl renders. */
const maxBytes = 100 * 2 ** 20;

/** Why a program cannot be started, by the code of the error. */
const spawnErrors: Readonly<Record<string, string>> = {
  ENOENT: 'was not found',
  EACCES: 'is not a program that can be executed',
  ENOEXEC: 'is not a program of this operating system',
};

/** Collects the text of a stream. */
function collect(stream: Readable, stop: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) stop();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
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
