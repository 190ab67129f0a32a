import type { Cluster } from '../mesh/mesh';
import type { Progress } from '../mesh/progress';
import { LiveCluster } from './live-cluster';

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
