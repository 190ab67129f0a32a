import { setTimeout as sleep } from 'node:timers/promises';
import type { V1ConfigMap, V1Namespace, V1Secret, V1ServiceAccount } from '@kubernetes/client-node';
import { istioSystem, networkLabel, readerServiceAccount } from '../../mesh/istio-names';
import type { Cluster } from '../../mesh/mesh';
import type { ReaderSettings } from '../../mesh/reader';
import { MeshError } from '../../problems/problem';
import { isTokenDue, revokingSecret, tokenFingerprint } from '../../remotes/reader-token';
import type { LiveCluster } from '../live-cluster';
import { Deadline } from '../timeout';
import { revokeToken } from './revoke';
import {
  accountAnnotation,
  accountUIDAnnotation,
  markerSecret,
  newSecretName,
  type ReaderCredentials,
  replacesLabel,
  secretReference,
  secretsOfIstio,
  storedCredentials,
  tokenSecret,
  tokenType,
} from './token-secrets';

/**
 * The account with which istiods of other clusters read a cluster, and its tokens. The control plane grants the
 * permissions.
 *
 * A new token always has a Secret with a new name. The API server writes the same token again into a Secret of the same
 * name, so a name that is used twice would make a revoked token valid again.
 */
export class ReaderAccount {
  private constructor(
    private readonly live: LiveCluster,
    private readonly uid: string | undefined,
    private readonly settings: ReaderSettings,
  ) {}

  /** Creates the account if it is missing. */
  static async of(live: LiveCluster, cluster: Pick<Cluster, 'network' | 'reader'>): Promise<ReaderAccount> {
    await live.apply<V1Namespace>({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: istioSystem, labels: { [networkLabel]: cluster.network } },
    });
    const account = await live.apply<V1ServiceAccount>({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: readerServiceAccount, namespace: istioSystem },
    });
    return new ReaderAccount(live, account.metadata?.uid, cluster.reader);
  }

  /**
   * The token that is in use, unless it is time to renew it. If none is in use and tokens do not expire, any token of the
   * account, as in istioctl: other clusters may use it. Otherwise issues one.
   *
   * @param inUse the token that this machine has
   * @throws MeshError if the cluster issues no token in time
   */
  async credentials(inUse: string | undefined, timeoutSeconds: number): Promise<ReaderCredentials> {
    const secrets = await this.tokenSecrets();
    const used = secrets.find((secret) => inUse !== undefined && storedCredentials(secret)?.token === inUse);
    if (used !== undefined) return this.stored(used, {}, timeoutSeconds);
    const marker = inUse === undefined ? undefined : await this.markerOf(inUse);
    if (inUse !== undefined && marker !== undefined && !isTokenDue(inUse, this.settings, new Date())) {
      return { token: inUse, certificateAuthorityData: await this.authority(timeoutSeconds) };
    }
    return this.settings.tokenSeconds === undefined
      ? this.stored(secrets[0], {}, timeoutSeconds)
      : this.requested(marker, {}, timeoutSeconds);
  }

  /**
   * Issues another token, and leaves the one that it replaces valid. If that was done before, with the same Secret.
   *
   * @throws MeshError if the cluster issues no token in time
   */
  async replace(token: string, timeoutSeconds: number): Promise<ReaderCredentials> {
    const labels = { [replacesLabel]: tokenFingerprint(token) };
    const expires = this.settings.tokenSeconds !== undefined;
    const existing = (await this.replacements(token)).find(({ type }) => (type === tokenType) !== expires);
    return expires
      ? this.requested(existing, labels, timeoutSeconds)
      : this.stored(existing, labels, timeoutSeconds);
  }

  /** Revokes all tokens that were issued to replace a token. */
  async revokeReplacements(token: string): Promise<void> {
    for (const secret of await this.replacements(token)) {
      const issued = storedCredentials(secret)?.token;
      if (issued !== undefined) await revokeToken(this.live, issued);
      else await this.live.delete(secretReference(secret.metadata?.name ?? ''));
    }
  }

  /** The names of the Secrets with tokens of the account, except that of a token. */
  async otherSecrets(token: string): Promise<string[]> {
    const known = revokingSecret(token)?.name;
    const names = (await this.tokenSecrets()).map(({ metadata }) => metadata?.name ?? '');
    return names.filter((name) => name !== known);
  }

  /** The Secret with which a requested token ends; undefined if it exists no longer. */
  private async markerOf(token: string): Promise<V1Secret | undefined> {
    const { name, uid } = revokingSecret(token) ?? {};
    if (name === undefined || uid === undefined) return undefined;
    const secret = await this.live.read<V1Secret>(secretReference(name));
    return secret?.metadata?.uid === uid && secret && this.owns(secret) ? secret : undefined;
  }

  private async replacements(token: string): Promise<V1Secret[]> {
    const labels = { [replacesLabel]: tokenFingerprint(token) };
    const secrets = await this.live.list<V1Secret>({ ...secretsOfIstio, labels });
    return secrets.filter((secret) => this.owns(secret));
  }

  private async tokenSecrets(): Promise<V1Secret[]> {
    const fieldSelector = `type=${tokenType}`;
    const secrets = await this.live.list<V1Secret>({ ...secretsOfIstio, fieldSelector });
    return secrets.filter((secret) => this.owns(secret));
  }

  /** A Secret of an earlier account with the same name does not count: its token is no longer valid. */
  private owns({ metadata: { annotations = {}, deletionTimestamp } = {} }: V1Secret): boolean {
    const { [accountAnnotation]: name, [accountUIDAnnotation]: uid = this.uid } = annotations;
    return name === readerServiceAccount && uid === this.uid && deletionTimestamp === undefined;
  }

  /** The token that the cluster writes into a Secret, or into a new one. It does not expire. */
  private async stored(
    existing: V1Secret | undefined,
    labels: Readonly<Record<string, string>>,
    timeoutSeconds: number,
  ): Promise<ReaderCredentials> {
    const credentials = existing && storedCredentials(existing);
    if (credentials !== undefined) return credentials;
    const name = existing?.metadata?.name ?? newSecretName();
    if (existing === undefined) await this.live.apply(tokenSecret(name, labels));
    return this.written(`a token into Secret ${istioSystem}/${name}`, timeoutSeconds, async () =>
      storedCredentials((await this.live.read<V1Secret>(secretReference(name))) ?? {}),
    );
  }

  /** A token that expires, and that ends with a Secret, or with a new one. */
  private async requested(
    existing: V1Secret | undefined,
    labels: Readonly<Record<string, string>>,
    timeoutSeconds: number,
  ): Promise<ReaderCredentials> {
    const name = existing?.metadata?.name ?? newSecretName();
    const secret = existing ?? (await this.live.apply(markerSecret(name, labels)));
    const token = await this.live.requestToken({
      namespace: istioSystem,
      account: readerServiceAccount,
      secret: { name, uid: secret.metadata?.uid ?? '' },
      expirationSeconds: this.settings.tokenSeconds ?? 0,
    });
    return { token, certificateAuthorityData: await this.authority(timeoutSeconds) };
  }

  /** The certificate authority that pods use. A controller writes it into each new namespace. */
  private async authority(timeoutSeconds: number): Promise<string> {
    const name = 'kube-root-ca.crt';
    const reference = { apiVersion: 'v1', kind: 'ConfigMap', namespace: istioSystem, name };
    const what = `its certificate authority into ConfigMap ${istioSystem}/${name}`;
    const read = async () => (await this.live.read<V1ConfigMap>(reference))?.data?.['ca.crt'];
    const pem = await this.written(what, timeoutSeconds, read);
    return Buffer.from(pem).toString('base64');
  }

  /** Waits for what a controller of the cluster writes. */
  private async written<T>(
    what: string,
    timeoutSeconds: number,
    read: () => Promise<T | undefined>,
  ): Promise<T> {
    for (const deadline = new Deadline(timeoutSeconds); ; await sleep(500)) {
      const found = await read();
      if (found !== undefined) return found;
      if (deadline.passed) throw tokenMissing(this.live.name, what);
    }
  }
}

function tokenMissing(cluster: string, what: string): MeshError {
  return new MeshError([
    {
      code: 'LIVE-TOKEN',
      location: { file: cluster },
      message: `${cluster} has not written ${what}.`,
      hint: 'Check that its controller manager runs, then run the command again.',
    },
  ]);
}
