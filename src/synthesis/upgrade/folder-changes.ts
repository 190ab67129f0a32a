import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type { OutputFile } from '../../files/output-file';

/** A workload whose pods are replaced. */
export interface RolledOut {
  /** The kind in lower case, as kubectl takes it. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What changes in one file of a cluster's folder. */
interface FileChange {
  readonly file: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** The number of objects that are new or different or, if the file is removed, that it has. */
  readonly objects: number;
}

/** What changes in the folder of a cluster. */
export interface FolderChanges {
  readonly cluster: string;
  readonly files: readonly FileChange[];
  /** The workloads whose pods an apply replaces. */
  readonly rollouts: readonly RolledOut[];
  /** The gateways whose pods istiod completes, and which no apply replaces. */
  readonly restarts: readonly RolledOut[];
}

/** Compares the folders of a cluster in two outputs. */
export function folderChanges(
  cluster: string,
  before: readonly OutputFile[],
  after: readonly OutputFile[],
): FolderChanges {
  const [old, next] = [objectsOf(cluster, before), objectsOf(cluster, after)];
  const workloads = [...next.values()]
    .flatMap((objects) => [...objects])
    .flatMap(([key, text]) => workloadOf(key, text));
  const earlier = new Map([...old.values()].flatMap((objects) => [...objects]));
  const isRolledOut = ({ key, template }: Workload): boolean =>
    !isDeepStrictEqual(template, workloadOf(key, earlier.get(key) ?? '')[0]?.template);
  return {
    cluster,
    files: [...new Set([...old.keys(), ...next.keys()])]
      .sort()
      .flatMap((file) => fileChange(file, old.get(file), next.get(file)) ?? []),
    rollouts: workloads.filter(isRolledOut).map(({ workload }) => workload),
    restarts: workloads
      .filter((each) => each.isInjected && !isRolledOut(each))
      .map(({ workload }) => workload),
  };
}

/** The texts of objects by their kinds, namespaces and names. */
type Objects = ReadonlyMap<string, string>;

function fileChange(
  file: string,
  before: Objects | undefined,
  after: Objects | undefined,
): FileChange | undefined {
  if (after === undefined) return { file, change: 'removed', objects: before?.size ?? 0 };
  if (before === undefined) return { file, change: 'added', objects: after.size };
  const objects = [...after].filter(([key, text]) => before.get(key) !== text).length;
  const isSame = objects === 0 && after.size === before.size;
  return isSame ? undefined : { file, change: 'changed', objects };
}

/** The objects of each manifest in the folder of a cluster. */
function objectsOf(cluster: string, files: readonly OutputFile[]): ReadonlyMap<string, Objects> {
  const folder = `${cluster}/`;
  return new Map(
    files
      .filter(({ path }) => path.startsWith(folder) && path.endsWith('.yaml'))
      .map(({ path, content }) => [
        path.slice(folder.length),
        new Map(content.split(/^---\n/m).map((text) => [keyOf(text), text])),
      ]),
  );
}

/** All manifests are written in the same way, so nothing has to be parsed. */
function keyOf(text: string): string {
  const kind = /^kind: (.*)$/m.exec(text)?.[1];
  const metadata = /^metadata:\n((?: .*\n)*)/m.exec(text)?.[1] ?? '';
  const field = (name: string) => new RegExp(`^  ${name}: (.*)$`, 'm').exec(metadata)?.[1];
  return [kind, field('namespace'), field('name')].join(' ');
}

interface Workload {
  readonly key: string;
  readonly workload: RolledOut;
  readonly template: unknown;
  readonly isInjected: boolean;
}

function workloadOf(key: string, text: string): Workload[] {
  const kind = /^(Deployment|DaemonSet) /.exec(key)?.[1];
  if (kind === undefined || text === '') return [];
  const { metadata, spec } = parse(text) as WorkloadObject;
  const { template } = spec;
  const isInjected = template.spec.containers.some(({ image }) => image === 'auto');
  return [{ key, workload: { kind: kind.toLowerCase(), ...nameOf(metadata) }, template, isInjected }];
}

function nameOf({ namespace = '', name }: WorkloadObject['metadata']): Omit<RolledOut, 'kind'> {
  return { namespace, name };
}

interface WorkloadObject {
  readonly metadata: { readonly namespace?: string; readonly name: string };
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image?: string }[] } };
  };
}
