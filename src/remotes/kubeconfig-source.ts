import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseAllDocuments,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../problems/problem';
import { checkUniqueKeys } from './unique-keys';

/** A parsed kubeconfig, and where its parts are in its file. */
export interface KubeconfigSource {
  readonly document: Document.Parsed;
  /** The kubeconfig within the document. */
  readonly root: unknown;
  /** The position in the file, from an offset in the document. */
  locate(offset: number): Position;
}

/** Line and column, from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** Why a file has no kubeconfig for a cluster. */
interface SourceProblem extends Omit<Problem, 'location'> {
  readonly position: Position;
}

/** A kubeconfig that a file contains. */
interface Candidate {
  readonly position: Position;
  /**
   * The key of the Secret that contains the kubeconfig, which is the name of the cluster.
   * @default - the kubeconfig is not in a Secret
   */
  readonly key?: string;
  /** The kubeconfig, or why it cannot be read. */
  readonly content: (() => KubeconfigSource) | Pick<Problem, 'message' | 'hint'>;
}

/** istiod parses YAML 1.1, where yes is a boolean and 0777 is a number. */
const parsing = { prettyErrors: false, uniqueKeys: false, version: '1.1' } as const;

/** Whether a text may be something other than one kubeconfig. */
const isWrapped = /\bkind["']?[ \t]*:[ \t]*["']?(Secret|\w*List)\b|^(---|\.\.\.)/m;

/**
 * Finds the kubeconfig of a cluster in the text of a file: the text itself, a Secret as
 * `istioctl create-remote-secret` prints it, or one of several documents or of a List.
 *
 * @param clusterName undefined if any cluster is meant
 */
export function findKubeconfig(
  text: string,
  clusterName: string | undefined,
): KubeconfigSource | SourceProblem {
  if (!isWrapped.test(text)) return parsed(text);
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, ...parsing });
  const locate = (offset: number): Position => positionAt(lines, offset);
  if (!Array.isArray(documents)) return parsed(text);
  for (const document of documents) checkUniqueKeys(document);
  const broken = documents.find(({ errors }) => errors.length > 0);
  if (broken !== undefined) return { document: broken, root: broken.contents, locate };
  const candidates = documents.flatMap((document) =>
    candidatesIn({ text, document, locate }, document.contents),
  );
  if (candidates.length > 0) return chosen(candidates, clusterName);
  const [first] = documents;
  return first === undefined ? parsed(text) : { document: first, root: first.contents, locate };
}

function parsed(text: string): KubeconfigSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, ...parsing });
  checkUniqueKeys(document);
  return { document, root: document.contents, locate: (offset) => positionAt(lines, offset) };
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function chosen(
  candidates: readonly Candidate[],
  clusterName: string | undefined,
): KubeconfigSource | SourceProblem {
  const named = candidates.filter(({ key }) => key !== undefined && key === (clusterName ?? key));
  const usable = named.length > 0 ? named : candidates.filter(({ key }) => key === undefined);
  const [first, second] = usable;
  if (first === undefined) {
    const keys = candidates.map(({ key }) => JSON.stringify(key)).join(', ');
    return {
      code: 'REMOTE-CLUSTER',
      position: candidates[0]?.position ?? { line: 1, column: 1 },
      message: `The remote secret is for the cluster ${keys}, and this file is for ${clusterName}.`,
      hint: `Move it to the file of that cluster, or print it again with istioctl create-remote-secret --name=${clusterName}.`,
    };
  }
  if (second !== undefined) {
    const message = `The file has ${usable.length} kubeconfigs.`;
    return { code: 'REMOTE-CLUSTER', position: second.position, message, hint: 'Keep one of them.' };
  }
  const { content, position } = first;
  return typeof content === 'function' ? content() : { code: 'REMOTE-SYNTAX', position, ...content };
}

interface SourceFile {
  readonly text: string;
  readonly document: Document.Parsed;
  locate(offset: number): Position;
}

function candidatesIn(file: SourceFile, node: unknown): Candidate[] {
  const root = isAlias(node) ? node.resolve(file.document) : node;
  if (!isMap(root)) return [];
  const map = root as YAMLMap.Parsed;
  const items = map.get('items', true);
  if (isSeq(items)) return items.items.flatMap((item) => candidatesIn(file, item));
  if (String(map.get('kind')) === 'Secret') return candidatesInSecret(file, map);
  if (!map.has('clusters') && !map.has('contexts')) return [];
  const { document, locate } = file;
  return [{ position: locate(map.range[0]), content: () => ({ document, root: map, locate }) }];
}

function candidatesInSecret(file: SourceFile, secret: YAMLMap.Parsed): Candidate[] {
  const candidates = new Map<string, Candidate>();
  // The API server prefers stringData.
  for (const field of ['data', 'stringData'] as const) {
    const values: unknown = secret.get(field, true);
    for (const pair of isMap(values) ? values.items : []) {
      const candidate = candidateIn(file, pair, field);
      if (candidate?.key !== undefined) candidates.set(candidate.key, candidate);
    }
  }
  return [...candidates.values()];
}

function candidateIn(
  file: SourceFile,
  { key: keyNode, value: node }: Pair,
  field: 'data' | 'stringData',
): Candidate | undefined {
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return undefined;
  const { value } = node;
  const start = node.range[0];
  const position = file.locate(start);
  const key = String(keyNode);
  const unreadable = (message: string, hint: string) => ({ key, position, content: { message, hint } });
  if (value.startsWith('ENC[')) {
    return unreadable(`${field} is encrypted.`, 'Decrypt the file, for example with sops decrypt.');
  }
  const text = field === 'data' ? Buffer.from(value, 'base64').toString('utf8') : value;
  if (isKubeconfig(text)) {
    const isBlock = node.type === 'BLOCK_LITERAL' && field === 'stringData';
    const inFile = isBlock ? positionInBlock(file, start) : () => position;
    return { key, position, content: () => within(parsed(text), inFile) };
  }
  if (field === 'stringData' || !isKubeconfig(value)) return undefined;
  return unreadable('data has a kubeconfig that is not in base64.', 'Rename data to stringData.');
}

function isKubeconfig(text: string): boolean {
  return /\bclusters\b/.test(text) && /\bcontexts\b/.test(text);
}

/** A kubeconfig in a value of a file. */
function within(source: KubeconfigSource, inFile: (position: Position) => Position): KubeconfigSource {
  return { ...source, locate: (offset) => inFile(source.locate(offset)) };
}

/** The positions in a text in block style, whose lines are indented lines of the file. */
function positionInBlock({ text, locate }: SourceFile, start: number): (position: Position) => Position {
  const header = locate(start).line;
  const [, indentation = ''] = /\n(?: *\r?\n)*( *)/.exec(text.slice(start)) ?? [];
  return ({ line, column }) => ({ line: header + line, column: column + indentation.length });
}
