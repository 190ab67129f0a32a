import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlainObject } from '../../../src/kubernetes/manifest';
import { openssl } from '../../pki/openssl';
import { temporaryFolder } from '../../temporary-folder';

/** A Secret with all fields of a remote secret, and with values that are difficult to encode. */
export const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: 'istio-remote-secret-cluster2',
    namespace: 'istio-system',
    labels: { 'istio/multiCluster': 'true' },
    annotations: { 'networking.istio.io/cluster': 'cluster2' },
  },
  type: 'Opaque',
  data: {
    cluster2: Buffer.from('users:\n- user:\n    token: über\n').toString('base64'),
    'bytes.bin': Buffer.from([0, 255, 10, 13]).toString('base64'),
    empty: '',
  },
} satisfies PlainObject;

/** The key and certificate of a Sealed Secrets controller, generated with openssl. */
export interface SealingPair {
  readonly key: string;
  readonly cert: string;
  /** The file with the key. */
  readonly keyFile: string;
}

/** @param options options of `openssl req`, to replace the default of an RSA certificate for ten days */
export function sealingPair(...options: string[]): SealingPair {
  const folder = temporaryFolder();
  const [keyFile, certFile] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  const kind = options.length > 0 ? options : ['-newkey', 'rsa:2048', '-days', '10'];
  openssl(['req', '-x509', ...kind, '-nodes', '-subj', '/', '-keyout', `${keyFile}`, '-out', `${certFile}`]);
  return {
    keyFile: `${keyFile}`,
    key: readFileSync(`${keyFile}`, 'utf8'),
    cert: readFileSync(`${certFile}`, 'utf8'),
  };
}

/** The Secret that the controller would create from a SealedSecret, according to the installed kubeseal. */
export function unsealed(sealedSecret: PlainObject, { keyFile }: SealingPair): PlainObject {
  return JSON.parse(
    execFileSync('kubeseal', ['--recovery-unseal', '--recovery-private-key', keyFile], {
      input: JSON.stringify(sealedSecret),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    }),
  );
}
