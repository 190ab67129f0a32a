import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { Mesh } from '../../src/mesh/mesh';
import type { SecretsDefinition } from '../../src/mesh/secrets/definition';
import type { CaCerts } from '../../src/pki/ca-certs';
import { MeshError } from '../../src/problems/problem';
import { rootsIn } from '../../src/secrets/encryption/secret-record';
import { loadInputs } from '../../src/synthesis/inputs';
import { issueCaCerts } from '../../src/synthesis/issue-ca-certs';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';
import { filesOf, writeFiles } from '../pki/certificates-folder';
import { temporaryFolder } from '../temporary-folder';

const age = ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'];
const sops: SecretsDefinition = { backend: 'sops', sops: { age } };
const inStore: SecretsDefinition = {
  backend: 'external-secrets',
  externalSecrets: { store: { name: 'vault' } },
};

function meshOf(secrets: SecretsDefinition, ...clusters: string[]): Mesh {
  return defineMesh({
    meshID: 'mesh1',
    secrets,
    certificates: { keyAlgorithm: 'EC-P256' },
    clusters: clusters.map((name) => ({ name, network: name })),
  });
}

type Issue = (mesh: Mesh, directory: string) => Promise<Readonly<Record<string, CaCerts>>>;

const byCa: Issue = async (mesh, directory) => {
  const options = { directory, root: 'existing', now: new Date(), progress: () => {} } as const;
  return (await issueCaCerts(mesh, { ...options, outdir: join(directory, 'dist') })).caCerts;
};

const bySynthesis: Issue = async (mesh, directory) =>
  (await loadInputs(mesh, { directory, outdir: join(directory, 'dist') })).caCerts;

/** The files of a mesh that runs, in folders that each test restores. */
class RunningMesh {
  private constructor(
    readonly mesh: Mesh,
    readonly files: Readonly<Record<string, string>>,
  ) {}

  static async of(secrets: SecretsDefinition, ...clusters: string[]): Promise<RunningMesh> {
    const directory = temporaryFolder();
    const outdir = join(directory, 'dist');
    const mesh = meshOf(secrets, ...clusters);
    await byCa(mesh, directory);
    const inputs = await loadInputs(mesh, { directory, outdir });
    const app = new IstioMeshApp({ mesh, ...inputs, outdir });
    process.chdir(directory);
    app.synth();
    mkdirSync(join(directory, 'remotes'));
    cpSync(join(directory, 'certs/root-cert.pem'), join(directory, 'remotes/cluster1.root-cert.pem'));
    const shown = /^(certs|encrypted|remotes)\/|20-cacerts|\.istio-mesh-files$/;
    const files = Object.entries(filesOf(directory)).filter(([file]) => shown.test(file));
    return new RunningMesh(mesh, Object.fromEntries(files));
  }

  get roots(): readonly string[] {
    return rootsIn(this.files['certs/root-cert.pem'] ?? '');
  }
}

/** Every subset of some groups of files. */
function* subsets<T>(groups: readonly T[]): Generator<readonly T[]> {
  for (let bits = 0; bits < 2 ** groups.length; bits += 1) {
    yield groups.filter((_, index) => (bits >> index) % 2 === 1);
  }
}

const certificateGroups = [
  'certs/root-key.pem',
  'certs/root-cert.pem',
  'certs/cluster1/ca-key.pem',
  'certs/cluster1/ca-cert.pem',
  'certs/cluster1/root-cert.pem',
  'certs/cluster1/cert-chain.pem',
  'certs/cluster2/',
];

/** A key alone can be what an interrupted run or a user has left for a new root. */
const isKey = (file: string): boolean => /-key\.pem$/.test(file);

interface Attempt {
  readonly issue: Issue;
  readonly mesh: Mesh;
  readonly roots: readonly string[];
}

/** Either the certificates are of the root that the files show, or nothing is issued. */
async function expectNoOtherRoot(
  { issue, mesh, roots }: Attempt,
  files: Readonly<Record<string, string>>,
  directory: string,
): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  writeFiles(directory, files);
  const left = Object.keys(files);
  const result = await issue(mesh, directory).catch((error: unknown) => error);
  if (result instanceof MeshError) {
    const codes = result.problems.map(({ code }) => code);
    expect([left, codes.filter((code) => !/^(CA|SECRET)-/.test(code))]).toEqual([left, []]);
    expect([left, filesOf(directory)]).toEqual([left, files]);
    return;
  }
  if (result instanceof Error) throw result;
  const found = Object.values(result as Record<string, CaCerts>).flatMap(({ rootCert }) => rootsIn(rootCert));
  const isOther = found.some((root) => !roots.includes(root));
  expect([left, isOther]).toEqual([left, left.every(isKey) && found.length > 0]);
}

type Case = [what: string, secrets: SecretsDefinition, issue: Issue, groups: readonly string[]];

const coarse = ['certs/root-', 'certs/cluster1/', 'certs/cluster2/'];

test.each<Case>([
  ['in plain text', {}, bySynthesis, [...certificateGroups, 'dist/cluster1/', 'remotes/']],
  ['in plain text, by ca', {}, byCa, [...coarse, 'dist/cluster1/', 'dist/.istio', 'remotes/']],
  ['encrypted', sops, bySynthesis, [...coarse, 'dist/', 'encrypted/cluster1/', 'encrypted/cluster2/']],
  ['encrypted, by ca', sops, byCa, [...coarse, 'dist/', 'encrypted/cluster1/']],
  ['in a store, by ca', inStore, byCa, [...certificateGroups, 'dist/cluster1/']],
])(
  'a mesh with certificates %s never gets another root, with any files deleted',
  {
    timeout: 120_000,
  },
  async (_, secrets, issue, groups) => {
    const { mesh, files, roots } = await RunningMesh.of(secrets, 'cluster1', 'cluster2');
    const directory = temporaryFolder();
    for (const kept of subsets(groups)) {
      const left = from(files, kept);
      await expectNoOtherRoot({ issue, mesh, roots }, left, directory);
    }
  },
);

test.each<Case>([
  ['in plain text', {}, bySynthesis, ['dist/cluster1/', 'dist/cluster2/']],
  ['encrypted', sops, bySynthesis, ['encrypted/cluster1/', 'encrypted/cluster2/']],
])(
  'a mesh with certificates %s never gets the root of the backup of another mesh',
  {
    timeout: 120_000,
  },
  async (_, secrets, issue, evidence) => {
    const { mesh, files, roots } = await RunningMesh.of(secrets, 'cluster1', 'cluster2');
    const backup = await RunningMesh.of(secrets, 'cluster1', 'cluster2');
    const directory = temporaryFolder();
    for (const restored of subsets(coarse)) {
      for (const kept of subsets(evidence)) {
        if (kept.length === 0) continue;
        const left = { ...from(backup.files, restored), ...from(files, kept) };
        await expectNoOtherRoot({ issue, mesh, roots }, left, directory);
      }
    }
  },
);

function from(files: RunningMesh['files'], prefixes: readonly string[]): RunningMesh['files'] {
  const chosen = Object.entries(files).filter(([file]) => prefixes.some((prefix) => file.startsWith(prefix)));
  return Object.fromEntries(chosen);
}

test('a folder of a former cluster or of a rotation shows a root, with any of its certificates', async () => {
  const { mesh, files } = await RunningMesh.of({}, 'cluster1');
  for (const folder of ['former', 'old-root', 'old-root/cluster1', 'next-intermediates/cluster1']) {
    for (const file of ['root-cert.pem', 'ca-cert.pem', 'cert-chain.pem']) {
      const directory = temporaryFolder();
      writeFileSync(join(directory, 'unused'), '');
      writeFiles(join(directory, 'certs'), { [`${folder}/${file}`]: files[`certs/cluster1/${file}`] ?? '' });
      await expect(bySynthesis(mesh, directory)).rejects.toMatchObject({
        problems: [
          {
            code: 'CA-ROOT',
            message: expect.stringContaining(`certs/${folder}/${file} shows that the mesh has a root.`),
          },
        ],
      });
    }
  }
});

test('a clone whose certificates are in a store issues no second root for another cluster', async () => {
  const { files } = await RunningMesh.of(inStore, 'cluster1');
  const committed = Object.fromEntries(Object.entries(files).filter(([file]) => file.startsWith('dist/')));
  const mesh = defineMesh({
    meshID: 'mesh1',
    certificates: { keyAlgorithm: 'EC-P256' },
    clusters: [
      { name: 'cluster1', network: 'network1', secrets: inStore },
      { name: 'cluster2', network: 'network2' },
    ],
  });
  for (const issue of [byCa, bySynthesis]) {
    const directory = temporaryFolder();
    writeFiles(directory, committed);
    await expect(issue(mesh, directory)).rejects.toMatchObject({
      problems: [
        {
          code: 'CA-ROOT-LOST',
          location: { file: join(directory, 'dist/cluster1/20-cacerts.k8s.yaml') },
          hint: expect.stringContaining(
            'Run that, too, if the mesh is new and the store has no certificate yet.',
          ),
        },
      ],
    });
    expect(filesOf(directory)).toEqual(committed);
  }
});

test('line ends of Windows hide no certificate', async () => {
  const { mesh, files } = await RunningMesh.of({}, 'cluster1');
  const file = 'dist/cluster1/20-cacerts.k8s.yaml';
  const directory = temporaryFolder();
  writeFiles(directory, { [file]: (files[file] ?? '').replaceAll('\n', '\r\n') });
  await expect(bySynthesis(mesh, directory)).rejects.toMatchObject({ problems: [{ code: 'CA-ROOT-LOST' }] });
});
