import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { loadInputs } from '../../../src/synthesis/inputs';
import { IstioMeshApp } from '../../../src/synthesis/istio-mesh-app';
import { problemsOf } from '../../live/problems';
import { filesOf } from '../../pki/certificates-folder';
import { type Backends, EncryptedMesh, otherRecipient, sealed, sops } from './encrypted-mesh';
import { sealingPair } from './secret';

const recordPaths = [
  'a/20-cacerts.yaml',
  'a/60-remote-secret-b.yaml',
  'b/20-cacerts.yaml',
  'b/60-remote-secret-a.yaml',
];

async function synthesized(backends: Backends = { a: sealed, b: sops }): Promise<EncryptedMesh> {
  const place = new EncryptedMesh(backends);
  await place.synthesize();
  return place;
}

/** The records; the list of accepted recipients is beside them. */
function recordsIn({ directory }: EncryptedMesh): Record<string, string> {
  const { 'recipients.yaml': _, ...records } = filesOf(join(directory, 'encrypted'));
  return records;
}

/** The files that differ, of two contents of a folder. */
function changes(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}

/** Removes the plain text, as in a clone of the repository. */
function withoutPlaintext({ directory }: EncryptedMesh, ...folders: string[]): void {
  for (const folder of folders.length > 0 ? folders : ['certs', 'remotes']) {
    rmSync(join(directory, folder), { recursive: true });
  }
}

describe('what is written', () => {
  test('contains no key and no token, and is readable by all users', async () => {
    const place = await synthesized();
    const caKey = readFileSync(join(place.directory, 'certs/a/ca-key.pem'));
    const token = readFileSync(join(place.directory, 'remotes/b.yaml'));
    for (const folder of ['dist', 'encrypted']) {
      const text = Object.values(filesOf(join(place.directory, folder))).join();
      for (const secret of [caKey, token]) {
        expect(text).not.toContain(secret.toString('base64').slice(0, 40));
        expect(text).not.toContain(secret.toString().slice(30, 70));
      }
      expect(text).not.toContain('token-of-');
    }
    for (const file of ['dist/a/20-cacerts.k8s.yaml', 'dist/b/20-cacerts.k8s.yaml']) {
      expect(statSync(join(place.directory, file)).mode & 0o777).toBe(0o644);
    }
  });

  test('is also encrypted in the single text of synthYaml', async () => {
    const place = new EncryptedMesh({ a: sealed, b: sops });
    const inputs = await loadInputs(place.mesh(), { directory: place.directory });
    const text = new IstioMeshApp({ mesh: place.mesh(), ...inputs }).synthYaml();
    const objects = parseAllDocuments(text).map((document) => document.toJS());
    expect(objects.filter(({ kind }) => kind === 'SealedSecret')).toHaveLength(2);
    expect(objects.filter(({ kind, sops }) => kind === 'Secret' && sops === undefined)).toEqual([]);
  });

  test('has one encrypted Secret in each file, and a record of it', async () => {
    const place = await synthesized();
    expect(Object.keys(recordsIn(place))).toEqual(recordPaths);
    for (const [path, text] of Object.entries(recordsIn(place))) {
      const written = readFileSync(join(place.directory, 'dist', path.replace('.yaml', '.k8s.yaml')), 'utf8');
      expect(text).toMatch(/^# Encrypted by istio-mesh/);
      expect(text.endsWith(written)).toBe(true);
      expect(written).not.toContain('#');
    }
  });

  test('is byte-identical the next time, and when an app writes it twice', async () => {
    const place = await synthesized();
    const before = filesOf(place.directory);
    const inputs = await place.synthesize();
    expect(filesOf(place.directory)).toEqual(before);
    const app = new IstioMeshApp({ mesh: place.mesh({ a: sops, b: sops }), ...inputs });
    expect(app.files()).toEqual(app.files());
  });

  test('is byte-identical when an app without records writes it twice', async () => {
    const place = new EncryptedMesh({ a: sealed, b: sops });
    const inputs = await loadInputs(place.mesh(), { directory: place.directory });
    const app = new IstioMeshApp({ mesh: place.mesh(), ...inputs });
    expect(app.files()).toEqual(app.files());
    expect(existsSync(join(place.directory, 'encrypted'))).toBe(false);
  });
});

describe('with plain text, a synthesis encrypts again', () => {
  type Change = (place: EncryptedMesh) => Backends | undefined;
  const write = (place: EncryptedMesh, path: string, text: string) =>
    writeFileSync(join(place.directory, path), text);

  test.each<[what: string, changed: readonly string[], change: Change]>([
    ['nothing, if nothing changed', [], () => undefined],
    [
      'the remote secrets for a cluster with a changed token',
      ['a/60-remote-secret-b.yaml'],
      (place) => void place.join('b', `another-token-${'1'.repeat(40)}`),
    ],
    [
      'all Secrets of a cluster whose controller has a new key',
      ['a/20-cacerts.yaml', 'a/60-remote-secret-b.yaml'],
      (place) => void write(place, 'controller.pem', sealingPair().cert),
    ],
    [
      'all Secrets of a cluster with another scope',
      ['a/20-cacerts.yaml', 'a/60-remote-secret-b.yaml'],
      () => ({
        a: { ...sealed, sealedSecrets: { ...sealed.sealedSecrets, scope: 'cluster-wide' } },
        b: sops,
      }),
    ],
    [
      'all Secrets of a cluster with one more recipient',
      ['b/20-cacerts.yaml', 'b/60-remote-secret-a.yaml'],
      () => ({
        a: sealed,
        b: { backend: 'sops', sops: { age: [...(sops.sops?.age ?? []), otherRecipient] } },
      }),
    ],
    [
      'all Secrets of a cluster with another backend',
      ['b/20-cacerts.yaml', 'b/60-remote-secret-a.yaml'],
      () => ({ a: sealed, b: sealed }),
    ],
    [
      'a damaged record',
      ['b/20-cacerts.yaml'],
      (place) => void appendFileSync(join(place.directory, 'encrypted/b/20-cacerts.yaml'), '#'),
    ],
    [
      'a missing record',
      ['b/20-cacerts.yaml'],
      (place) => void rmSync(join(place.directory, 'encrypted/b/20-cacerts.yaml')),
    ],
  ])('%s', async (_what, changed, change) => {
    const place = await synthesized();
    const before = recordsIn(place);
    const mesh = place.mesh(change(place));
    await place.accept(mesh);
    await place.synthesize(mesh);
    expect(changes(before, recordsIn(place))).toEqual(changed);
  });

  test('only the Secrets that a new cluster adds', async () => {
    const place = await synthesized();
    const before = recordsIn(place);
    place.join('c', `token-of-c-${'0'.repeat(40)}`);
    await place.synthesize(place.mesh({ a: sealed, b: sops, c: sops }));
    expect(changes(before, recordsIn(place))).toEqual([
      ...['a/60-remote-secret-c.yaml', 'b/60-remote-secret-c.yaml'],
      ...['c/20-cacerts.yaml', 'c/60-remote-secret-a.yaml', 'c/60-remote-secret-b.yaml'],
    ]);
  });
});

describe('records that no longer belong to the mesh are removed', () => {
  test('with a cluster that left, but other files stay', async () => {
    const place = await synthesized({ a: sealed, b: sops, c: sops });
    const others = { 'notes.md': 'n', 'c/own.yaml': 'kind: SealedSecret\n', 'b/notes.txt': 'n' };
    for (const [name, text] of Object.entries(others)) {
      writeFileSync(join(place.directory, 'encrypted', name), text);
    }
    await place.synthesize(place.mesh({ a: sealed, b: sops }));
    expect(Object.keys(recordsIn(place)).sort()).toEqual([...recordPaths, ...Object.keys(others)].sort());
    rmSync(join(place.directory, 'encrypted/b/notes.txt'));
    await place.synthesize(place.mesh({ a: sealed }));
    expect(existsSync(join(place.directory, 'encrypted/b'))).toBe(false);
  });

  test('if all Secrets are plain again', async () => {
    const place = await synthesized();
    await place.synthesize(place.mesh({ a: {}, b: {} }));
    expect(recordsIn(place)).toEqual({});
  });

  test('but not the records of another mesh in the same folder', async () => {
    const place = await synthesized({ a: sops, b: sops });
    const before = recordsIn(place);
    await place.synthesize(place.mesh({ d: sops }, { meshID: 'mesh2' }));
    expect(recordsIn(place)).toMatchObject(before);
    expect(Object.keys(recordsIn(place))).toContain('d/20-cacerts.yaml');
  });
});

describe('without plain text', () => {
  test('records are used unchanged, and no certificate is issued', async () => {
    const place = await synthesized();
    const before = filesOf(join(place.directory, 'dist'));
    const recordsBefore = recordsIn(place);
    withoutPlaintext(place);
    const { encryption, issued, unjoined } = await place.synthesize();
    expect(encryption?.usedRecords).toEqual(recordPaths.map((path) => join('encrypted', path)));
    expect({ issued, unjoined }).toEqual({ issued: [], unjoined: [] });
    expect(filesOf(join(place.directory, 'dist'))).toEqual(before);
    expect(recordsIn(place)).toEqual(recordsBefore);
    expect(existsSync(join(place.directory, 'certs'))).toBe(false);
  });

  test('git may have converted line endings', async () => {
    const place = await synthesized();
    const before = filesOf(join(place.directory, 'dist'));
    withoutPlaintext(place);
    for (const [path, text] of Object.entries(recordsIn(place))) {
      writeFileSync(join(place.directory, 'encrypted', path), text.replaceAll('\n', '\r\n'));
    }
    await place.synthesize();
    expect(filesOf(join(place.directory, 'dist'))).toEqual(before);
  });

  test('of one cluster, the output stays the same', async () => {
    const place = await synthesized();
    const before = filesOf(join(place.directory, 'dist'));
    withoutPlaintext(place, 'certs/a', 'remotes/a.yaml');
    const { encryption } = await place.synthesize();
    expect(encryption?.usedRecords).toEqual([
      'encrypted/a/20-cacerts.yaml',
      'encrypted/b/60-remote-secret-a.yaml',
    ]);
    expect(filesOf(join(place.directory, 'dist'))).toEqual(before);
  });

  test('a cluster that has not joined is still reported', async () => {
    const place = await synthesized();
    withoutPlaintext(place);
    rmSync(join(place.directory, 'encrypted/b/60-remote-secret-a.yaml'));
    expect((await place.synthesize()).unjoined).toEqual(['a']);
  });

  const asked = 'than mesh.yaml has now';
  const both = ['a/20-cacerts.yaml', 'a/60-remote-secret-b.yaml'];

  test.each<
    [
      what: string,
      files: readonly string[],
      found: string,
      change: (place: EncryptedMesh) => Backends | undefined,
    ]
  >([
    [
      'damage',
      ['b/20-cacerts.yaml'],
      'The record was changed',
      (place) => {
        appendFileSync(join(place.directory, 'encrypted/b/20-cacerts.yaml'), 'immutable: true\n');
        return undefined;
      },
    ],
    [
      'a merge conflict',
      ['b/20-cacerts.yaml'],
      'The record was changed',
      (place) => {
        const file = join(place.directory, 'encrypted/b/20-cacerts.yaml');
        writeFileSync(file, `<<<<<<< HEAD\n${readFileSync(file, 'utf8')}=======\n>>>>>>> other\n`);
        return undefined;
      },
    ],
    [
      'a new key of the controller',
      both,
      asked,
      (place) => {
        writeFileSync(join(place.directory, 'controller.pem'), sealingPair().cert);
        return undefined;
      },
    ],
    [
      'another scope',
      both,
      asked,
      () => ({
        a: { ...sealed, sealedSecrets: { ...sealed.sealedSecrets, scope: 'namespace-wide' } },
        b: sops,
      }),
    ],
    [
      'other recipients',
      ['b/20-cacerts.yaml', 'b/60-remote-secret-a.yaml'],
      asked,
      () => ({
        a: sealed,
        b: { backend: 'sops', sops: { age: [otherRecipient] } },
      }),
    ],
    ['another backend', both, asked, () => ({ a: sops, b: sops })],
    ['the backend plain', both, 'in plain text now', () => ({ a: { backend: 'plain' }, b: sops })],
  ])('%s is an error that names the missing plain text', async (_what, files, found, change) => {
    const place = await synthesized();
    withoutPlaintext(place);
    const mesh = place.mesh(change(place));
    await place.accept(mesh);
    const before = filesOf(place.directory);
    const problems = await problemsOf(place.synthesize(mesh));
    expect(problems.map(({ code, location: at }) => [code, at.file])).toEqual(
      files.map((file) => ['SECRET-RECORD', join('encrypted', file)]),
    );
    for (const problem of problems) expect(problem.message).toContain(found);
    expect(problems[0]?.hint).toMatch(/certs\/[ab]/);
    expect(filesOf(place.directory)).toEqual(before);
  });
});

describe('the root', () => {
  const third = { a: sealed, b: sops, c: sops };

  test('is never issued again if there are records of another root', async () => {
    const place = await synthesized();
    withoutPlaintext(place);
    const before = filesOf(place.directory);
    const problems = await problemsOf(place.synthesize(place.mesh(third)));
    expect(problems).toMatchObject([{ code: 'CA-ROOT', location: { file: 'certs/root-key.pem' } }]);
    expect(problems[0]?.message).toContain('c lacks ca-cert.pem');
    expect(filesOf(place.directory)).toEqual(before);
  });

  test('is not issued again if the records are damaged, of a cluster that left, or no longer encrypted', async () => {
    const place = await synthesized();
    withoutPlaintext(place);
    renameSync(join(place.directory, 'encrypted/a'), join(place.directory, 'encrypted/former'));
    rmSync(join(place.directory, 'encrypted/b'), { recursive: true });
    appendFileSync(join(place.directory, 'encrypted/former/20-cacerts.yaml'), '#');
    for (const backends of [{ c: sops }, { c: {} }]) {
      const problems = await problemsOf(place.synthesize(place.mesh(backends)));
      expect(problems).toMatchObject([{ code: 'CA-ROOT', location: { file: 'certs/root-key.pem' } }]);
    }
  });

  test('on this machine issues for a new cluster, but not for a cluster with a record', async () => {
    const place = await synthesized();
    withoutPlaintext(place, 'certs/a', 'certs/b');
    place.join('c', `token-of-c-${'0'.repeat(40)}`);
    const { issued, caCerts } = await place.synthesize(place.mesh(third));
    expect(Object.keys(caCerts)).toEqual(['c']);
    expect(issued.every((file) => file.startsWith('certs/c/'))).toBe(true);
    expect(caCerts.c?.rootCert).toBe(readFileSync(join(place.directory, 'certs/root-cert.pem'), 'utf8'));
  });

  test('issues for a cluster whose record was removed', async () => {
    const place = await synthesized();
    withoutPlaintext(place, 'certs/a');
    rmSync(join(place.directory, 'encrypted/a/20-cacerts.yaml'));
    expect((await place.synthesize()).issued).toContain('certs/a/ca-key.pem');
  });
});

test('records of clusters without a shared root, for example after a wrong merge, are an error', async () => {
  const [mine, theirs] = [await synthesized(), await synthesized()];
  for (const place of [mine, theirs]) withoutPlaintext(place);
  const file = 'encrypted/b/20-cacerts.yaml';
  writeFileSync(join(mine.directory, file), readFileSync(join(theirs.directory, file)));
  const problems = await problemsOf(mine.synthesize());
  expect(problems.map(({ code }) => code)).toEqual(['CA-ROOTS-DIFFER', 'CA-ROOTS-DIFFER']);
  expect(problems[1]?.location.file).toContain('b/20-cacerts.yaml');
});

describe('a folder that cannot be used', () => {
  test('because of another file is an error, and the file stays', async () => {
    const place = await synthesized();
    const file = join(place.directory, 'encrypted/a/20-cacerts.yaml');
    writeFileSync(file, 'kind: SealedSecret\n');
    expect(await problemsOf(place.synthesize())).toMatchObject([
      { code: 'SECRET-RECORD', location: { file: 'encrypted/a/20-cacerts.yaml' } },
    ]);
    expect(readFileSync(file, 'utf8')).toBe('kind: SealedSecret\n');
  });

  test.each(['dist', 'dist/encrypted'])(
    'because %s is within the output is an error, and nothing is written',
    async (directory) => {
      const place = new EncryptedMesh({ a: sealed });
      const mesh = place.mesh(undefined, { secrets: { directory } });
      const problems = await problemsOf(place.synthesize(mesh));
      expect(problems).toMatchObject([{ code: 'SECRET-FILE', location: { file: directory } }]);
      expect(existsSync(join(place.directory, 'dist'))).toBe(false);
    },
  );

  test('because it is a file is an error, and nothing else is written', async () => {
    const place = new EncryptedMesh({ a: sealed });
    writeFileSync(join(place.directory, 'encrypted'), '');
    expect(await problemsOf(place.synthesize())).toMatchObject([
      { code: 'SECRET-FILE', location: { file: 'encrypted' } },
    ]);
    expect(existsSync(join(place.directory, 'dist'))).toBe(false);
  });

  test('because a file has the name of a folder is an error, and no files are left over', async () => {
    const place = new EncryptedMesh({ a: sealed, b: sops });
    mkdirSync(join(place.directory, 'encrypted'));
    writeFileSync(join(place.directory, 'encrypted/b'), '');
    expect(await problemsOf(place.synthesize())).toMatchObject([
      { code: 'SECRET-FILE', location: { file: 'encrypted' } },
    ]);
    expect(recordsIn(place)).toEqual({ b: '' });
    expect(existsSync(join(place.directory, 'dist'))).toBe(false);
  });

  test('because a folder has the name of a file is an error, and no files are left over', async () => {
    const place = new EncryptedMesh({ a: sealed, b: sops });
    mkdirSync(join(place.directory, 'encrypted/b/20-cacerts.yaml'), { recursive: true });
    expect(await problemsOf(place.synthesize())).toMatchObject([
      { code: 'SECRET-FILE', location: { file: 'encrypted/b/20-cacerts.yaml' } },
    ]);
    expect(recordsIn(place)).toEqual({});
    expect(existsSync(join(place.directory, 'dist'))).toBe(false);
  });
});

test('a missing sealing certificate is reported for every cluster, before any CA certificate is issued', async () => {
  const place = new EncryptedMesh({ a: sealed, b: { backend: 'sealed-secrets' } });
  rmSync(join(place.directory, 'controller.pem'));
  const problems = await problemsOf(place.synthesize());
  expect(problems.map(({ code, location: { file } }) => [code, file])).toEqual([
    ['SECRET-CERTIFICATE', 'controller.pem'],
    ['SECRET-CERTIFICATE', 'sealing-certificates/b.pem'],
  ]);
  expect(problems[0]?.hint).toContain('istio-mesh join');
  expect(existsSync(join(place.directory, 'certs'))).toBe(false);
});

test('an app without the encryption from loadInputs writes no Secrets', async () => {
  const place = await synthesized();
  const { encryption: _, ...inputs } = await loadInputs(place.mesh(), { directory: place.directory });
  const outdir = join(place.directory, 'other');
  expect(() => new IstioMeshApp({ mesh: place.mesh(), ...inputs, outdir }).synth()).toThrow(
    'a/20-cacerts.k8s.yaml: SECRET-PLAIN: Secret istio-system/cacerts would be in plain text',
  );
  expect(existsSync(outdir)).toBe(false);
});
