import { dirname } from 'node:path';
import type { Command } from 'commander';
import { shellWord } from '../problems/suggestion';
import type { SecretsReport, StoreEntry } from '../secrets/secrets-report';
import { formatTable } from './terminal';

interface Options {
  readonly meshFile: string;
  readonly rewrite?: true;
  readonly json?: true;
}

/** `istio-mesh secrets`: where each Secret comes from, and what the stores must hold. */
export function registerSecrets(program: Command): void {
  program
    .command('secrets')
    .description('show where each Secret comes from, and which files the stores must hold')
    .option('--mesh-file <file>', 'the definition of the mesh', 'mesh.yaml')
    .option('--rewrite', "write kubeconfigs of one's own as join would, so that a store can hold the file")
    .option('--json', 'print the report as JSON')
    .action(reportAndTell);
}

async function reportAndTell({ meshFile, rewrite, json }: Options): Promise<void> {
  const { loadMesh } = await import('../mesh/mesh-file.js');
  const { reportSecrets } = await import('../secrets/secrets-report.js');
  const mesh = loadMesh(meshFile);
  const directory = dirname(meshFile);
  if (rewrite) {
    const { rewriteRemotes } = await import('../secrets/secrets-report.js');
    for (const file of rewriteRemotes(mesh, directory)) process.stderr.write(`Rewrote ${file}\n`);
  }
  const report = reportSecrets(mesh, directory);
  process.stdout.write(`${json ? JSON.stringify(report, null, 2) : secretsText(report)}\n`);
}

function secretsText({ secrets, entries }: SecretsReport): string {
  const rows = secrets.map(({ cluster, secret, backend, from }) => [cluster, secret, backend, from]);
  const sections = [formatTable([['CLUSTER', 'SECRET', 'FORM', 'COMES FROM'], ...rows])];
  if (entries.length > 0) sections.push(entriesText(entries), missingText(entries), vaultText(entries));
  return sections.filter((section) => section !== '').join('\n\n');
}

function entriesText(entries: readonly StoreEntry[]): string {
  const rows = entries.flatMap(({ store, key, values }) =>
    values.map(({ property, file, status }) => [
      store,
      key,
      property,
      status === 'ready' ? file : `${file} (${status})`,
    ]),
  );
  return `The stores must hold these files, as they are:\n\n${formatTable([['STORE', 'KEY', 'PROPERTY', 'FILE'], ...rows])}`;
}

function missingText(entries: readonly StoreEntry[]): string {
  const remedies = new Set(entries.flatMap(({ hint }) => (hint === undefined ? [] : [hint])));
  if (remedies.size === 0) return '';
  const intro = 'Not all of them are ready on this machine. Unless the stores have them already, first run:';
  return [intro, ...[...remedies].map((remedy) => `  ${remedy}`)].join('\n');
}

/** The program takes files by their names, so that no value is on its command line. */
function vaultText(entries: readonly StoreEntry[]): string {
  const commands = entries
    .filter(({ hint }) => hint === undefined)
    .map(({ key, values }) =>
      [
        'vault kv put -mount=secret',
        shellWord(key),
        ...values.map(({ property, file }) => shellWord(`${property}=@${file}`)),
      ].join(' '),
    );
  if (commands.length === 0) return '';
  return [
    "With Vault's key-value engine at secret/, for example:",
    ...new Set(commands.map((each) => `  ${each}`)),
  ].join('\n');
}
