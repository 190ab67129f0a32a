import { randomBytes } from 'node:crypto';
import type { V1Secret } from '@kubernetes/client-node';
import { istioSystem, readerServiceAccount } from '../../mesh/istio-names';

/** The credentials that istiod of another cluster needs to read a cluster. */
export interface ReaderCredentials {
  /** The token of the reader account. */
  readonly token: string;
  /** The certificate authority of the API server in the cluster's pods: PEM, in base64. */
  readonly certificateAuthorityData: string;
}

/** The type of Secrets into which the cluster writes a token. */
export const tokenType = 'kubernetes.io/service-account-token';

export const accountAnnotation = 'kubernetes.io/service-account.name';
export const accountUIDAnnotation = 'kubernetes.io/service-account.uid';

/** The label of a Secret whose token replaces another one, with the fingerprint of that. */
export const replacesLabel = 'istio-mesh/replaces';

/** The Secrets of istio-system. */
export const secretsOfIstio = { apiVersion: 'v1', kind: 'Secret', namespace: istioSystem };

/** A Secret of istio-system. */
export function secretReference(name: string) {
  return { ...secretsOfIstio, name };
}

/** A name that no Secret had before. */
export function newSecretName(): string {
  return `${readerServiceAccount}-token-${randomBytes(5).toString('hex')}`;
}

type Labels = Readonly<Record<string, string>>;

/** A Secret into which the cluster writes a token that does not expire. */
export function tokenSecret(name: string, labels: Labels): V1Secret {
  return { ...markerSecret(name, labels), type: tokenType };
}

/** A Secret without content, with which requested tokens end. */
export function markerSecret(name: string, labels: Labels): V1Secret {
  const annotations = { [accountAnnotation]: readerServiceAccount };
  const metadata = { name, namespace: istioSystem, annotations, labels: { ...labels } };
  return { apiVersion: 'v1', kind: 'Secret', metadata };
}

/** The token in a Secret; undefined until the cluster has written it, and in Secrets of other types. */
export function storedCredentials({ data = {} }: V1Secret): ReaderCredentials | undefined {
  const { token, 'ca.crt': certificateAuthorityData } = data;
  if (token === undefined || certificateAuthorityData === undefined) return undefined;
  return { token: Buffer.from(token, 'base64').toString('utf8'), certificateAuthorityData };
}
