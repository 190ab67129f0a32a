import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

/** Two meshes of the same clusters, which share their certificates and differ in nearly every file of the output. */
export const variants = ['a', 'b'];

const definition = (variant) => `meshID: mesh1
certificates: { keyAlgorithm: EC-P256 }
istio: { version: ${variant === 'a' ? '1.31.0' : '1.30.3'} }
verification: { helloWorld: ${variant === 'a' ? 'enabled' : 'disabled'} }
clusters:
  - { name: cluster1, network: network1 }
  - { name: cluster2, network: network2 }
  - { name: cluster3, network: network3, secrets: { backend: sops, sops: { age: [${recipient}] } } }
`;

/** A folder in which a user works on a mesh. */
export class MeshFolder {
  constructor(path = mkdtempSync(join(tmpdir(), 'torture-'))) {
    this.path = path;
    for (const variant of variants) writeFileSync(join(path, `${variant}.yaml`), definition(variant));
    writeFileSync(join(path, '.gitignore'), 'certs\n');
    mkdirSync(join(path, 'remotes'));
  }

  /** The digest of each file in a part of the folder, by path. */
  files(...parts) {
    return new Map(
      walk(join(this.path, ...parts)).map((file) => {
        const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
        return [relative(this.path, file), digest];
      }),
    );
  }

  /** The digest of the output folder; undefined if there is none. */
  output(name = 'dist') {
    const files = [...this.files(name)].map(([path, digest]) => `${path.slice(name.length)} ${digest}\n`);
    return files.length === 0 ? undefined : createHash('sha256').update(files.sort().join('')).digest('hex');
  }

  text(...parts) {
    return readFileSync(join(this.path, ...parts), 'utf8');
  }

  names() {
    return readdirSync(this.path);
  }

  /** What a run has not cleaned up. */
  leftovers() {
    return walk(this.path, 'folders too')
      .map((path) => relative(this.path, path))
      .filter((path) => /(^|\/)\.(?!gitignore$|cdk8s-istio-mesh)/.test(path) && !path.startsWith('dist/'));
  }

  /** Makes leftovers old: the next run does not touch recent ones, which may belong to a process that runs. */
  ageLeftovers() {
    const hourAgo = Date.now() / 1000 - 3600;
    for (const path of this.leftovers()) utimesSync(join(this.path, path), hourAgo, hourAgo);
  }

  /** Files with a private key that others can read. */
  exposedKeys() {
    return walk(this.path)
      .filter((file) => /PRIVATE KEY|ca-key\.pem: /.test(readFileSync(file, 'latin1')))
      .filter((file) => (statSync(file).mode & 0o077) !== 0 && !/\.sops\.|encrypted|cluster3\/20/.test(file))
      .map((file) => relative(this.path, file));
  }

  remove() {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function walk(path, folders) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  const within = readdirSync(path).flatMap((name) => walk(join(path, name), folders));
  return folders === undefined ? within : [path, ...within];
}
