import type { V1Secret } from '@kubernetes/client-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { appliedCaProblems } from '../../src/live/applied-ca-certs';
import { caSecretProblems } from '../../src/live/ca-secret-problems';
import { certificateWarnings } from '../../src/live/certificate-warnings';
import type { ClusterState } from '../../src/live/cluster-state';
import { defineMesh } from '../../src/mesh/define-mesh';
import { type Cluster, findCluster } from '../../src/mesh/mesh';
import { type CaCerts, caCertsFiles } from '../../src/pki/ca-certs';
import { loadCaCerts } from '../../src/pki/certificates-folder';
import { base64 } from '../remotes/key-pair';
import { temporaryFolder } from '../temporary-folder';
import { goodState } from './good-state';

const mesh = defineMesh({
  meshID: 'mesh1',
  certificates: { keyAlgorithm: 'EC-P256' },
  clusters: [
    { name: 'cluster1', network: 'network1' },
    { name: 'cluster2', network: 'network2' },
  ],
});
const cluster = findCluster(mesh, 'cluster1') as Cluster;

let written: ReadonlyMap<string, CaCerts>;
/** CA certificates of another root, and certificates that the same root has issued again. */
let other: ReadonlyMap<string, CaCerts>;
let again: CaCerts;

beforeAll(async () => {
  const issue = async (directory: string) =>
    new Map(Object.entries((await loadCaCerts(mesh, { directory })).caCerts));
  written = await issue(temporaryFolder());
  other = await issue(temporaryFolder());
  const root = written.get('cluster1')?.rootCert ?? '';
  again = { ...certsOf(written, 'cluster2'), rootCert: root };
});

function certsOf(all: ReadonlyMap<string, CaCerts>, name: string): CaCerts {
  const found = all.get(name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

function secretOf(caCerts: Partial<CaCerts>): V1Secret {
  const data = Object.entries(caCertsFiles).flatMap(([part, file]) => {
    const text = caCerts[part as keyof typeof caCertsFiles];
    return text === undefined ? [] : [[file, base64(text)]];
  });
  return { metadata: { name: 'cacerts' }, data: Object.fromEntries(data) };
}

function tlsSecretOf({ caCert, caKey, rootCert }: CaCerts): V1Secret {
  const data = { 'tls.crt': base64(caCert), 'tls.key': base64(caKey), 'ca.crt': base64(rootCert) };
  return { metadata: { name: 'cacerts' }, data };
}

/** A cluster whose istiod distributes a root certificate. */
async function stateWith(
  secret: V1Secret | undefined,
  root: string,
  change: Partial<ClusterState> = {},
): Promise<ClusterState> {
  const caValidation = secret && (await appliedCaProblems(mesh, 'cluster1', secret, new Date()));
  const configMap = {
    metadata: { name: 'istio-ca-root-cert', namespace: 'istio-system' },
    data: { 'root-cert.pem': root },
  };
  return {
    ...goodState(cluster),
    caSecrets: secret === undefined ? [] : [secret],
    caValidation,
    rootConfigMaps: [configMap],
    ...change,
  };
}

const problemsOf = (state: ClusterState, files = written) =>
  caSecretProblems(state, files, new Date()).map(({ message, hint }) => `${message}\n${hint}`);

/** No message may contain a part of a private key. */
function expectNoKey(texts: readonly string[]): void {
  const lines = [...written.values(), ...other.values()].flatMap(({ caKey }) =>
    caKey.split('\n').slice(1, -2),
  );
  expect(lines.filter((line) => line !== '' && texts.join('\n').includes(line))).toEqual([]);
}

describe('the applied Secret cacerts', () => {
  it('has no problem if it is the one of the mesh', async () => {
    const own = certsOf(written, 'cluster1');
    expect(problemsOf(await stateWith(secretOf(own), own.rootCert))).toEqual([]);
    expect(problemsOf(await stateWith(tlsSecretOf(own), own.rootCert))).toEqual([]);
    expect(problemsOf(await stateWith(secretOf(own), own.rootCert), new Map())).toEqual([]);
  });

  it.each<[string, () => V1Secret | undefined, RegExp]>([
    ['it does not exist', () => undefined, /does not exist/],
    [
      'it has no key',
      () => secretOf({ ...certsOf(written, 'cluster1'), caKey: undefined } as Partial<CaCerts>),
      /does not have ca-key\.pem, so istiod does not start again/,
    ],
    [
      'it has only a part of a TLS Secret',
      () => ({ metadata: { name: 'cacerts' }, data: { 'tls.crt': base64('x') } }),
      /does not have tls\.key and ca\.crt/,
    ],
    [
      'it is that of another cluster',
      () => secretOf(certsOf(written, 'cluster2')),
      /of cluster1 has the certificate and the key of cluster2\.\n.*20-cacerts\.k8s\.yaml of cluster1/,
    ],
    [
      'its key is that of another certificate',
      () => secretOf({ ...certsOf(written, 'cluster1'), caKey: certsOf(written, 'cluster2').caKey }),
      /istiod does not accept Secret istio-system\/cacerts of cluster1: /,
    ],
    [
      'its certificate is of another root than its root certificate',
      () => secretOf({ ...certsOf(other, 'cluster1'), rootCert: certsOf(written, 'cluster1').rootCert }),
      /istiod does not accept/,
    ],
    [
      'it is of another root, and istiod still uses the right one',
      () => secretOf(certsOf(other, 'cluster1')),
      /does not use the root certificate in .*but that on this machine is .*\n.*istiod uses the right one already/,
    ],
  ])('has one problem if %s', async (_, secret, problem) => {
    const problems = problemsOf(await stateWith(secret(), certsOf(written, 'cluster1').rootCert));
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expectNoKey(problems);
  });

  it('has one problem if it is of an older root, which istiod uses', async () => {
    const older = certsOf(other, 'cluster1');
    const problems = problemsOf(await stateWith(secretOf(older), older.rootCert));
    expect(problems).toEqual([
      expect.stringMatching(
        /^Secret .*has the root certificate .*\(([0-9A-F]{2}:){7}[0-9A-F]{2}…\), but that on this machine is /,
      ),
    ]);
    expectNoKey(problems);
  });

  it('is not needed with istio-csr', async () => {
    const csr = defineMesh({
      meshID: 'mesh1',
      secrets: { backend: 'cert-manager', remoteSecrets: 'plain', certManager: { istioCsr: 'enabled' } },
      clusters: [{ name: 'cluster1', network: 'network1' }],
    });
    const state = await stateWith(undefined, certsOf(written, 'cluster1').rootCert);
    expect(problemsOf({ ...state, cluster: findCluster(csr, 'cluster1') as Cluster })).toEqual([]);
  });

  it('is compared by the ConfigMap if it must not be read, which is a warning', async () => {
    const unread = { caSecrets: undefined };
    const state = await stateWith(undefined, certsOf(other, 'cluster1').rootCert, unread);
    expect(problemsOf(state)).toEqual([expect.stringMatching(/distributes the root certificate/)]);
    expect(problemsOf(await stateWith(undefined, certsOf(written, 'cluster1').rootCert, unread))).toEqual([]);
    expect(certificateWarnings(state, written, new Date())).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(/so cacerts was not checked/) }),
    );
  });

  it('is a warning if the same root has issued another certificate', async () => {
    const applied = certsOf(written, 'cluster1');
    const state = await stateWith(secretOf(applied), applied.rootCert);
    const files = new Map([['cluster1', again]]);
    expect(problemsOf(state, files)).toEqual([]);
    expect(certificateWarnings(state, files, new Date())).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/has another certificate \(valid until .*than this machine/),
      }),
    ]);
    expect(certificateWarnings(state, written, new Date())).toEqual([]);
  });
});
