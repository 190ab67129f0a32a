import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { Cluster } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { LiveCluster } from './live-cluster';
import { withTimeout } from './timeout';

/** A cluster that is looked for and logged in to once, however many ask. */
export class Connection {
  private found: Promise<LiveCluster> | undefined;
  private connected: Promise<LiveCluster> | undefined;

  /** @param directory the folder at which the definition's relative paths start */
  constructor(
    private readonly cluster: Cluster,
    private readonly directory: string,
    private readonly progress: Progress,
  ) {}

  /** The way to the cluster, not gone yet. */
  find(): Promise<LiveCluster> {
    this.found ??= LiveCluster.find(this.cluster, this.directory);
    return this.found;
  }

  connect(): Promise<LiveCluster> {
    this.connected ??= this.connectNow();
    return this.connected;
  }

  private async connectNow(): Promise<LiveCluster> {
    const live = await this.find();
    this.progress(`Connecting to ${this.cluster.name}`);
    await live.connect();
    return live;
  }
}

/** For how long logging in may take, in seconds: somebody may have to do something in a browser. */
const loginSeconds = 60;

/**
 * Runs the program that a kubeconfig logs in with, and reads the files that it names, so that their
 * failure is not taken for one of the API.
 *
 * @throws MeshError where it fails
 */
export async function logIn(name: string, config: KubeConfig): Promise<void> {
  try {
    await withTimeout(loginSeconds, config.applyToHTTPSOptions({}));
  } catch (error) {
    // Its output is no part of the message, because it may be half a token.
    const reason = error instanceof SyntaxError ? 'it printed no credentials' : (error as Error).message;
    throw new MeshError([
      {
        code: 'LIVE-CREDENTIALS',
        location: { file: name },
        message: `Logging in to ${name} as its kubeconfig says failed: ${reason.replace(/\s+/g, ' ').replace(/[. ]+$/, '')}.`,
        hint: 'Log in once with kubectl, which says more, then try again.',
      },
    ]);
  }
}
