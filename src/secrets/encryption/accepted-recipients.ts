import { parse } from 'yaml';
import { yamlText } from '../../kubernetes/yaml';
import { MeshError, type Problem } from '../../problems/problem';
import { caCertsChart } from '../mesh-secrets';
import type { Cipher } from './encrypted-secrets';
import type { SecretRecord } from './secret-record';

/** The name of the list in the encrypted Secrets folder. */
export const recipientsFile = 'recipients.yaml';

/** The Secrets of one cluster that are encrypted for the same recipients. */
type SecretGroup = 'cacerts' | 'remoteSecrets';

/** The recipients of the encrypted Secrets of one cluster. */
export type ClusterRecipients = Partial<Record<SecretGroup, readonly string[]>>;

/** Recipients by cluster, as the list contains them. */
export type Recipients = ReadonlyMap<string, ClusterRecipients>;

const title = `# Who can decrypt the Secrets of each cluster. istio-mesh encrypts them for no others.
# Review every change: a recipient gets the CA key of the cluster, or the tokens of its peers.
# istio-mesh secrets --accept-recipients writes this file.
`;

/** The text of the list. */
export function formatRecipients(recipients: Recipients): string {
  const clusters = [...recipients].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${title}${yamlText(Object.fromEntries(clusters))}`;
}

/**
 * Reads the text of the list.
 *
 * @param file the list as messages show it
 * @throws MeshError if the text is not a list; to ignore it would accept every recipient
 */
export function parseRecipients(text: string, file: string): Recipients {
  const recipients = new Map<string, ClusterRecipients>();
  try {
    const clusters: unknown = parse(text, { mapAsMap: true }) ?? new Map();
    for (const [cluster, groups] of clusters as Map<unknown, Map<unknown, unknown>>) {
      recipients.set(String(cluster), Object.fromEntries([...groups].map(parsedGroup)));
    }
  } catch {
    const message = 'The file is not a list of accepted recipients.';
    const hint = 'Restore the file from git, or resolve the conflicts of a merge in it.';
    throw new MeshError([{ code: 'SECRET-FILE', location: { file }, message, hint }]);
  }
  return recipients;
}

function parsedGroup([group, list]: [unknown, unknown]): [string, string[]] {
  const isList = Array.isArray(list) && list.every((each) => typeof each === 'string');
  if ((group !== 'cacerts' && group !== 'remoteSecrets') || !isList) throw new TypeError('not a group');
  return [group, list];
}

/** The recipients in the line of a cipher or a record, such as an age public key. */
function recipientsIn(line: string): string[] {
  const [backend, ...recipients] = line.split(' ');
  return backend === 'sops' ? recipients.sort() : [line];
}

/** The recipients of lines by the paths of charts, such as cluster1/20-cacerts. */
export function recipientsByCluster(lines: Iterable<readonly [path: string, line: string]>): Recipients {
  const recipients = new Map<string, ClusterRecipients>();
  for (const [path, line] of lines) {
    const [cluster = '', chart] = path.split('/');
    const group: SecretGroup = chart === caCertsChart ? 'cacerts' : 'remoteSecrets';
    const groups = recipients.get(cluster) ?? {};
    const all = new Set([...(groups[group] ?? []), ...recipientsIn(line)]);
    recipients.set(cluster, { ...groups, [group]: [...all].sort() });
  }
  return recipients;
}

/** The recipients for which Secrets may be encrypted. */
export class AcceptedRecipients {
  private constructor(
    /** Undefined while nothing has been encrypted: the first recipients are accepted. */
    readonly list: Recipients | undefined,
    private readonly file: string,
  ) {}

  /**
   * The recipients in the list. Without a list, which earlier versions did not write, those of the records.
   *
   * @param list undefined if there is no list
   * @param file the list as messages show it
   */
  static of(
    list: Recipients | undefined,
    records: ReadonlyMap<string, SecretRecord | 'damaged' | 'foreign'>,
    file: string,
  ): AcceptedRecipients {
    if (list !== undefined) return new AcceptedRecipients(list, file);
    const own = [...records].filter(([, record]) => record !== 'foreign');
    if (own.length === 0) return new AcceptedRecipients(undefined, file);
    const lines = own.flatMap(([path, record]): [string, string][] =>
      typeof record === 'object' ? [[path, record.recipients]] : [],
    );
    return new AcceptedRecipients(recipientsByCluster(lines), file);
  }

  /** The problems of ciphers, by the paths of charts: one for each recipient that is not accepted. */
  problems(ciphers: ReadonlyMap<string, Cipher>): Problem[] {
    const lines = [...ciphers].map(([path, { recipients }]) => [path, recipients] as const);
    const refused = new Map<string, { clusters: Set<string>; before: Set<string> }>();
    for (const [cluster, groups] of recipientsByCluster(lines)) {
      for (const group of Object.keys(groups) as SecretGroup[]) {
        for (const recipient of groups[group] ?? []) {
          if (this.accepts(cluster, group, recipient)) continue;
          const { clusters, before } = refused.get(recipient) ?? { clusters: new Set(), before: new Set() };
          clusters.add(cluster);
          for (const each of this.list?.get(cluster)?.[group] ?? []) before.add(each);
          refused.set(recipient, { clusters, before });
        }
      }
    }
    return [...refused].map(([recipient, { clusters, before }]) => ({
      code: 'SECRET-NEW-RECIPIENT',
      location: { file: this.file },
      message: `The Secrets of ${[...clusters].join(', ')} would be encrypted for ${recipient}, which is not accepted. ${acceptedText(before)}`,
      hint: 'If the recipient is yours, run istio-mesh secrets --accept-recipients and commit the file. Otherwise, undo the change.',
    }));
  }

  /** Whether the Secret in a chart may be encrypted for all recipients of a line. */
  acceptsLine(path: string, line: string): boolean {
    const [cluster = '', chart] = path.split('/');
    const group = chart === caCertsChart ? 'cacerts' : 'remoteSecrets';
    return recipientsIn(line).every((recipient) => this.accepts(cluster, group, recipient));
  }

  private accepts(cluster: string, group: SecretGroup, recipient: string): boolean {
    if (this.list === undefined) return true;
    const known = this.list.get(cluster)?.[group];
    if (known !== undefined) return known.includes(recipient);
    // A new cluster can have the age recipients of the others. The key of a controller belongs to one cluster.
    const isShared = [...this.list.values()].some((groups) => groups[group]?.includes(recipient));
    return isShared && recipient.startsWith('age1');
  }
}

/** How many accepted recipients a message names. */
const named = 5;

function acceptedText(recipients: ReadonlySet<string>): string {
  if (recipients.size === 0) return 'None is accepted for them.';
  const more = recipients.size > named ? ` and ${recipients.size - named} more` : '';
  return `Accepted: ${[...recipients].slice(0, named).join(', ')}${more}.`;
}
