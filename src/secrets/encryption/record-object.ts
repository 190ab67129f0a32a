import type { PlainObject } from '../../kubernetes/manifest';
import { caCertsFiles, caCrlFile } from '../../pki/ca-certs';
import { caCertsMetadata, remoteSecretMetadata } from '../mesh-secrets';
import type { Cipher, RecordedSecret } from './encrypted-secrets';

/** The annotation that keeps Flux from deleting the Secret `cacerts`. SOPS encrypts the Secret together with it. */
const pruneAnnotation = ['kustomize.toolkit.fluxcd.io/prune', 'disabled'] as const;

/**
 * The path of a field in which the object of a record differs from what the cipher makes of the Secret, such as
 * `metadata.labels`; undefined if they are the same but for the ciphertext. The digest of a record is no secret, so
 * another object could have been put in its place.
 *
 * @param secret the Secret, or which Secret of the mesh it is if the plain text is not on this machine
 */
export function differingField(
  object: PlainObject,
  secret: PlainObject | RecordedSecret,
  cipher: Cipher,
): string | undefined {
  const expected =
    'apiVersion' in secret ? (secret as PlainObject) : expectedSecret(secret as RecordedSecret, object);
  return difference(cipher.outline(expected), cipher.outlineOf(object), '');
}

/** The Secret that a record is for, with any content. */
function expectedSecret({ peer }: RecordedSecret, object: PlainObject): PlainObject {
  const metadata = peer === undefined ? caCertsMetadata() : remoteSecretMetadata(peer);
  const [prune, disabled] = pruneAnnotation;
  const isKept = peer === undefined && object.metadata?.annotations?.[prune] === disabled;
  const annotations = { ...metadata.annotations, ...(isKept ? { [prune]: disabled } : {}) };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...metadata, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    type: 'Opaque',
    data: Object.fromEntries(keysOf(peer, object).map((key) => [key, contentOf(key, object)])),
  };
}

function keysOf(peer: string | undefined, object: PlainObject): string[] {
  if (peer !== undefined) return [peer];
  const { encryptedData = object.data } = object.spec ?? {};
  const files = Object.values(caCertsFiles);
  return Object.hasOwn(Object(encryptedData), caCrlFile) ? [...files, caCrlFile] : files;
}

/** SOPS leaves an empty chain as it is. A root that signs directly has one. */
function contentOf(key: string, { data }: PlainObject): string {
  return key === caCertsFiles.certChain && Object(data)[key] === '' ? '' : 'eA==';
}

/** The path of the first difference between two values of JSON. */
function difference(expected: unknown, actual: unknown, path: string): string | undefined {
  if (!isCollection(expected) || !isCollection(actual)) return expected === actual ? undefined : path;
  if (Array.isArray(expected) !== Array.isArray(actual)) return path;
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const inner = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(expected, key) || !Object.hasOwn(actual, key)) return inner;
    const found = difference(expected[key], actual[key], inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isCollection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
