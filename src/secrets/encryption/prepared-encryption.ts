import type { Mesh } from '../../mesh/mesh';
import type { CaCerts } from '../../pki/ca-certs';
import { MeshError, type Problem } from '../../problems/problem';
import type { Cipher } from './cipher';
import { encryptedCharts, plainCharts, type SecretChart } from './encrypted-charts';
import type { EncryptedSecretsFolder } from './encrypted-secrets-folder';
import { Encryption } from './encryption';
import { clusterWithoutSharedRoot, rootsIn, type TrustedRoots } from './trusted-roots';

/** What is on this machine in plain text, by the names of clusters. */
export interface Plaintext {
  /** Whose CA certificates, and the roots in them where they can be read. */
  readonly caCerts: Readonly<Record<string, Partial<Pick<CaCerts, 'rootCert'>>>>;
  /** Whose kubeconfigs. */
  readonly remotes: Readonly<Record<string, unknown>>;
}

/** A chart, and whether its Secret is on this machine. */
interface RecordedChart extends SecretChart {
  readonly isHere: boolean;
}

/** All that encrypts, before it is known what there is to be encrypted. */
export class PreparedEncryption {
  constructor(
    private readonly mesh: Mesh,
    private readonly folder: EncryptedSecretsFolder,
    /** How each chart that holds a Secret is encrypted, by its path. */
    private readonly ciphers: ReadonlyMap<string, Cipher>,
  ) {}

  /** The clusters, of this mesh or formerly so, whose CA certificates are kept encrypted. */
  get recordedCaCerts(): readonly string[] {
    return this.folder.caCerts;
  }

  /**
   * Decides for each Secret whether it is encrypted or used as it is kept.
   *
   * @throws MeshError where neither can be, or where what is kept would be given up without being written
   */
  complete(plaintext: Plaintext): Encryption {
    const charts = this.mesh.clusters.flatMap((cluster) =>
      encryptedCharts(this.mesh, cluster).map((chart) => ({ ...chart, isHere: isHere(chart, plaintext) })),
    );
    const plain = this.mesh.clusters.flatMap((cluster) => plainCharts(this.mesh, cluster));
    MeshError.throwIfAny([
      ...charts.flatMap((chart) => this.faultsOf(chart)),
      ...plain.filter((chart) => !isHere(chart, plaintext)).flatMap((chart) => this.givenUp(chart)),
      ...this.ofOtherRoots(charts, plaintext),
    ]);
    return new Encryption({
      mesh: this.mesh,
      folder: this.folder,
      ciphers: this.ciphers,
      withoutPlaintext: new Set(
        charts.filter(({ isHere, path }) => !isHere && this.folder.secrets.has(path)).map(({ path }) => path),
      ),
    });
  }

  /** Why what is kept of a chart cannot be used, where it would have to be. */
  private faultsOf({ path, source, isHere }: RecordedChart): Problem[] {
    const kept = this.folder.secrets.get(path);
    if (kept === 'foreign') {
      const remedy = 'Move it away, or name another folder with secrets.directory.';
      const found = 'It is in the place of an encrypted Secret, and none that istio-mesh wrote.';
      return [this.fault(path, found, remedy)];
    }
    if (isHere || kept === undefined) return [];
    if (kept === 'damaged') {
      const remedy = `Restore it, or synthesize where ${source} is, so that it is encrypted anew.`;
      const found = `It was changed after it was encrypted, and ${source} is not on this machine.`;
      return [this.fault(path, found, remedy)];
    }
    if (kept.recipients === this.ciphers.get(path)?.recipients) return [];
    return [
      this.fault(
        path,
        `It is encrypted for others, or in another backend or scope, than is asked for now, and ${source} is not on this machine.`,
        `Synthesize where ${source} is, so that it is encrypted anew, and commit what changes.`,
      ),
    ];
  }

  /** What is kept of a chart would be removed, and the cluster be without its Secret. */
  private givenUp({ path, source }: SecretChart): Problem[] {
    const kept = this.folder.secrets.get(path);
    if (kept === undefined || kept === 'foreign') return [];
    const found = `It holds what is to be written in plain text now, and ${source} is not on this machine.`;
    return [this.fault(path, found, `Synthesize where ${source} is, or leave it in its backend.`)];
  }

  /** What is kept of clusters that would not trust the others; the certificates that are here are checked elsewhere. */
  private ofOtherRoots(charts: readonly RecordedChart[], { caCerts }: Plaintext): Problem[] {
    const kept = charts.flatMap(({ cluster, path, peer, isHere }) => {
      const secret = this.folder.secrets.get(path);
      if (isHere || peer !== undefined || typeof secret !== 'object') return [];
      return { cluster, path, roots: secret.roots };
    });
    if (kept.length === 0) return [];
    const here = Object.entries(caCerts).flatMap(([cluster, { rootCert }]): TrustedRoots[] =>
      rootCert === undefined ? [] : [{ cluster, roots: rootsIn(rootCert) }],
    );
    const trusted = [...here, ...kept];
    return kept.flatMap((each) => {
      const stranger = clusterWithoutSharedRoot(each, trusted);
      if (stranger === undefined) return [];
      return {
        code: 'CA-ROOTS-DIFFER' as const,
        location: { file: this.folder.fileOf(each.path) },
        message: `It was encrypted with another root than that of ${stranger.cluster}, and neither would trust the other.`,
        hint: 'Keep the one root, remove what was encrypted with the other, and synthesize where certs/ of the one is.',
      };
    });
  }

  private fault(path: string, message: string, hint: string): Problem {
    return { code: 'SECRET-RECORD', location: { file: this.folder.fileOf(path) }, message, hint };
  }
}

function isHere({ cluster, peer }: SecretChart, { caCerts, remotes }: Plaintext): boolean {
  return (peer === undefined ? caCerts[cluster] : remotes[peer]) !== undefined;
}
