import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { Mesh } from '../mesh/mesh';
import { shellWord } from '../problems/suggestion';
import type { SecretsReport, StoreEntry } from '../secrets/secrets-report';
import { addCommand, meshFileOption } from './command';
import { formatTable, print } from './terminal';

interface Options {
  readonly meshFile: string;
  readonly rewrite?: true;
  readonly acceptRecipients?: true;
  readonly json?: true;
}

/** `istio-mesh secrets` */
export function registerSecrets(program: Command): void {
  addCommand(program, {
    name: 'secrets',
    summary: 'list the Secrets of all clusters, and the files that secret stores must hold',
    description:
      'Lists where each Secret of each cluster comes from. With the backend external-secrets, also lists the files that the secret stores must hold, with commands for Vault. Use it to fill a secret store. It prints no keys or tokens.',
    examples: [
      { purpose: 'List all Secrets, and the files for the secret stores', line: 'istio-mesh secrets' },
      {
        purpose: 'Convert kubeconfigs in remotes/ that join did not write',
        line: 'istio-mesh secrets --rewrite',
      },
      {
        purpose: 'Accept changed recipients of encrypted Secrets',
        line: 'istio-mesh secrets --accept-recipients',
      },
      { purpose: 'Print the report for a script', line: 'istio-mesh secrets --json' },
    ],
  })
    .addOption(meshFileOption())
    .option('--rewrite', 'rewrite your own kubeconfigs in the format of join, which secret stores need')
    .option('--accept-recipients', 'accept all current recipients of encrypted Secrets')
    .option('--json', 'print the report as JSON')
    .action(reportAndPrint);
}

async function reportAndPrint({ meshFile, rewrite, acceptRecipients, json }: Options): Promise<void> {
  const { loadMesh } = await import('../mesh/mesh-file.js');
  const { reportSecrets, rewriteRemotes } = await import('../secrets/secrets-report.js');
  const mesh = loadMesh(meshFile);
  const directory = dirname(meshFile);
  if (rewrite) {
    for (const file of rewriteRemotes(mesh, directory)) print(process.stderr, `Rewrote ${file}\n`);
  }
  if (acceptRecipients) await acceptAndPrint(mesh, directory);
  const report = reportSecrets(mesh, directory);
  print(process.stdout, `${json ? JSON.stringify(report, null, 2) : secretsText(report)}\n`);
}

async function acceptAndPrint(mesh: Mesh, directory: string): Promise<void> {
  const { acceptRecipients } = await import('../secrets/encryption/load-encryption.js');
  for (const { cluster, added, removed } of await acceptRecipients(mesh, directory)) {
    for (const recipient of added) print(process.stderr, `Accepted ${recipient} for ${cluster}\n`);
    for (const recipient of removed) print(process.stderr, `Removed ${recipient} from ${cluster}\n`);
  }
}

function secretsText({ secrets, entries }: SecretsReport): string {
  const rows = secrets.map(({ cluster, secret, backend, from }) => [cluster, secret, backend, from]);
  const sections = [formatTable([['CLUSTER', 'SECRET', 'BACKEND', 'SOURCE'], ...rows])];
  if (entries.length > 0) sections.push(entriesText(entries), missingText(entries), vaultText(entries));
  return sections.filter((section) => section !== '').join('\n\n');
}

function entriesText(entries: readonly StoreEntry[]): string {
  const rows = entries.flatMap(({ store, key, values }) =>
    values.map(({ property, file, followedBy, status }) => {
      const files = followedBy === undefined ? file : `${file} followed by ${followedBy}`;
      return [store, key, property, status === 'ready' ? files : `${files} (${status})`];
    }),
  );
  return `The secret stores must hold the content of these files, unchanged:\n\n${formatTable([['STORE', 'KEY', 'PROPERTY', 'FILE'], ...rows])}`;
}

function missingText(entries: readonly StoreEntry[]): string {
  const hints = new Set(entries.flatMap(({ hint }) => (hint === undefined ? [] : [hint])));
  if (hints.size === 0) return '';
  const intro =
    'Some files are not ready on this machine. If the secret stores do not hold their content yet, first run:';
  return [intro, ...[...hints].map((hint) => `  ${hint}`)].join('\n');
}

/** The command reads values from files, so that none appears on a command line. */
function vaultText(entries: readonly StoreEntry[]): string {
  const commands = entries
    .filter(({ hint, values }) => hint === undefined && values.every(({ status }) => status === 'ready'))
    .map(vaultCommand);
  if (commands.length === 0) return '';
  return [
    "For example, with Vault's key-value secrets engine at secret/:",
    ...new Set(commands.map((each) => `  ${each}`)),
  ].join('\n');
}

/** Two files in one property are read from standard input. */
function vaultCommand({ key, values }: StoreEntry): string {
  const joined = values.find(({ followedBy }) => followedBy !== undefined);
  const input =
    joined === undefined ? '' : `cat ${[joined.file, joined.followedBy ?? ''].map(shellWord).join(' ')} | `;
  const properties = values.map(({ property, file, followedBy }) =>
    shellWord(followedBy === undefined ? `${property}=@${file}` : `${property}=-`),
  );
  return [`${input}vault kv put -mount=secret`, shellWord(key), ...properties].join(' ');
}
