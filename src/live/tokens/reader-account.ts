import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Namespace, V1Secret, V1ServiceAccount } from '@kubernetes/client-node';
import { istioSystem, networkLabel, readerServiceAccount } from '../../mesh/istio-names';
import type { Cluster } from '../../mesh/mesh';
import { MeshError } from '../../problems/problem';
import { revokingSecret, tokenFingerprint } from '../../remotes/reader-token';
import type { LiveCluster } from '../live-cluster';
import { Deadline } from '../timeout';
import { revokeToken } from './revoke';

/** The credentials that istiod of another cluster needs to read a cluster. */
export interface ReaderCredentials {
  /** The token of the reader account. */
  readonly token: string;
  /** The certificate authority of the API server in the cluster's pods: PEM, in base64. */
  readonly certificateAuthorityData: string;
}

const tokenType = 'kubernetes.io/service-account-token';
const accountAnnotation = 'kubernetes.io/service-account.name';
const accountUIDAnnotation = 'kubernetes.io/service-account.uid';

/** The label of a Secret whose token replaces another one, with the fingerprint of that. */
const replacesLabel = 'istio-mesh/replaces';

/**
 * The account with which istiods of other clusters read a cluster, and its tokens. The control plane grants the
 * permissions.
 *
 * A new token is always in a Secret with a new name. The API server writes the same token again into a Secret of the same
 * name, so a name that is used twice would make a revoked token valid again.
 */
export class ReaderAccount {
  private constructor(
    private readonly live: LiveCluster,
    private readonly uid: string | undefined,
  ) {}

  /** Creates the account if it is missing. */
  static async of(live: LiveCluster, { network }: Pick<Cluster, 'network'>): Promise<ReaderAccount> {
    await live.apply<V1Namespace>({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: istioSystem, labels: { [networkLabel]: network } },
    });
    const account = await live.apply<V1ServiceAccount>({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: readerServiceAccount, namespace: istioSystem },
    });
    return new ReaderAccount(live, account.metadata?.uid);
  }

  /**
   * The token that is in use or, if there is none, any token of the account, as in istioctl: other clusters may use it.
   * Issues one if the account has none.
   *
   * @param inUse the token that this machine has
   * @throws MeshError if the cluster issues no token in time
   */
  async credentials(inUse: string | undefined, timeoutSeconds: number): Promise<ReaderCredentials> {
    const secrets = await this.tokenSecrets();
    const used = secrets.find((secret) => inUse !== undefined && credentialsIn(secret)?.token === inUse);
    return this.credentialsOf(used ?? secrets[0], {}, timeoutSeconds);
  }

  /**
   * Issues another token, and leaves the one that it replaces valid. If that was done before, returns the same token.
   *
   * @throws MeshError if the cluster issues no token in time
   */
  async replace(token: string, timeoutSeconds: number): Promise<ReaderCredentials> {
    const [secret] = await this.replacements(token);
    return this.credentialsOf(secret, { [replacesLabel]: tokenFingerprint(token) }, timeoutSeconds);
  }

  /** Revokes all tokens that were issued to replace a token. */
  async revokeReplacements(token: string): Promise<void> {
    for (const secret of await this.replacements(token)) {
      const issued = credentialsIn(secret)?.token;
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

  private async replacements(token: string): Promise<V1Secret[]> {
    const labels = { [replacesLabel]: tokenFingerprint(token) };
    const secrets = await this.live.list<V1Secret>({ ...secretsOfIstio, labels });
    return secrets.filter((secret) => this.owns(secret));
  }

  private async tokenSecrets(): Promise<V1Secret[]> {
    const secrets = await this.live.list<V1Secret>({
      ...secretsOfIstio,
      fieldSelector: `type=${tokenType}`,
    });
    return secrets.filter((secret) => this.owns(secret));
  }

  /** A Secret of an earlier account with the same name does not count: its token is no longer valid. */
  private owns({ metadata: { annotations = {}, deletionTimestamp } = {} }: V1Secret): boolean {
    const { [accountAnnotation]: name, [accountUIDAnnotation]: uid = this.uid } = annotations;
    return name === readerServiceAccount && uid === this.uid && deletionTimestamp === undefined;
  }

  /**
   * Waits until a Secret has a token.
   *
   * @param existing the Secret; if it is undefined, another one is created
   */
  private async credentialsOf(
    existing: V1Secret | undefined,
    labels: Readonly<Record<string, string>>,
    timeoutSeconds: number,
  ): Promise<ReaderCredentials> {
    const name = existing?.metadata?.name ?? newSecretName();
    let secret = existing ?? (await this.createTokenSecret(name, labels));
    for (const deadline = new Deadline(timeoutSeconds); ; ) {
      const credentials = credentialsIn(secret);
      if (credentials !== undefined) return credentials;
      if (deadline.passed) throw tokenMissing(this.live.name, name);
      await sleep(500);
      secret = (await this.live.read<V1Secret>(secretReference(name))) ?? {};
    }
  }

  private createTokenSecret(name: string, labels: Readonly<Record<string, string>>): Promise<V1Secret> {
    const annotations = { [accountAnnotation]: readerServiceAccount };
    return this.live.apply<V1Secret>({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace: istioSystem, annotations, labels: { ...labels } },
      type: tokenType,
    });
  }
}

const secretsOfIstio = { apiVersion: 'v1', kind: 'Secret', namespace: istioSystem };

function secretReference(name: string) {
  return { ...secretsOfIstio, name };
}

function newSecretName(): string {
  return `${readerServiceAccount}-token-${randomBytes(5).toString('hex')}`;
}

function credentialsIn({ data = {} }: V1Secret): ReaderCredentials | undefined {
  const { token, 'ca.crt': certificateAuthorityData } = data;
  if (token === undefined || certificateAuthorityData === undefined) return undefined;
  return { token: Buffer.from(token, 'base64').toString('utf8'), certificateAuthorityData };
}

function tokenMissing(cluster: string, secret: string): MeshError {
  return new MeshError([
    {
      code: 'LIVE-TOKEN',
      location: { file: cluster },
      message: `${cluster} has not issued a token into Secret ${istioSystem}/${secret}.`,
      hint: 'Check that its controller manager runs, then run the command again.',
    },
  ]);
}
