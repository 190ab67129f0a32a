import { validateDefinition } from '../../mesh/define-mesh';
import type { HelmValues } from '../../mesh/helm-values';
import { supportedMinorVersions } from '../../mesh/istio-version';
import {
  type DefinitionPath,
  type DefinitionProblem,
  formatPath,
  type Location,
  MeshError,
  type Problem,
} from '../../problems/problem';
import { type ClusterDraft, shownLocation } from './cluster-draft';
import type { ClusterInput } from './cluster-inputs';

/** Validates the settings of one cluster, and removes what no supported version of Istio reads. */
export function settle(draft: ClusterDraft, { name, network }: ClusterInput, mesh: HelmValues): Problem[] {
  for (;;) {
    const { problems, redundant } = check({ ...mesh, clusters: [{ name, network, ...draft.settings }] });
    const unknown = problems.filter(isUnknownSetting);
    if (problems.length > unknown.length) {
      return problems
        .filter((problem) => !isUnknownSetting(problem))
        .map((problem) => ofInput(draft, problem));
    }
    for (const problem of unknown) leaveOut(draft, problem.path.slice(2), reasonOf(problem));
    for (const { path, reason } of redundant) leaveOut(draft, path.slice(2), reason);
    if (unknown.length === 0) return [];
  }
}

const supportedVersions = `${supportedMinorVersions.at(-1)} to ${supportedMinorVersions[0]}`;

/**
 * A key that Istio's vocabulary does not have, so that nothing reads it, or that a gateway does not have; and the
 * settings of a tracer that charts of old versions have as defaults, and those of today refuse.
 */
function isUnknownSetting({ code, path }: DefinitionProblem): boolean {
  const [, , key, part] = path;
  if (code === 'MESH-UNSUPPORTED-VALUE') return path.at(-2) === 'stackdriver';
  if (code !== 'MESH-UNKNOWN-KEY') return false;
  return (
    key === 'eastWestGateway' ||
    key === 'gateways' ||
    (key === 'istio' && (part === 'values' || part === 'components'))
  );
}

function reasonOf({ code, path, message, hint }: DefinitionProblem): string {
  const [, , key] = path;
  const shown = formatPath(path);
  // A value of older versions of Istio, which has a hint of its own.
  if (code === 'MESH-UNKNOWN-KEY' && message.startsWith(`${shown} `)) {
    return `${message.slice(shown.length).trim()} ${hint}`;
  }
  if (code === 'MESH-UNSUPPORTED-VALUE') return message.slice(formatPath(path).length).trim();
  if (key === 'gateways') return 'is no value of the chart gateway.';
  return key === 'eastWestGateway'
    ? 'has no place in eastWestGateway: write it with patches.'
    : `is no setting of Istio ${supportedVersions}.`;
}

function leaveOut(draft: ClusterDraft, path: DefinitionPath, reason: string): void {
  draft.notes.push(
    `${shownLocation(draft.locate(path, 'key'))}: ${formatPath(draft.sourcePath(path))} ${reason}`,
  );
  draft.remove(path);
}

/** A problem in the words of the input. */
function ofInput(draft: ClusterDraft, { path, at, code, message, hint }: DefinitionProblem): Problem {
  const inDraft = path[0] === 'clusters' ? path.slice(2) : path;
  const shown = formatPath(draft.sourcePath(inDraft));
  return {
    code,
    location: draft.locate(inDraft, at),
    message: message.replaceAll(formatPath(path), () => shown),
    hint: hint.replaceAll(formatPath(path), () => shown),
  };
}

interface Checked {
  readonly problems: readonly DefinitionProblem[];
  /** The settings that change nothing, and why. */
  readonly redundant: readonly { readonly path: DefinitionPath; readonly reason: string }[];
}

/** The problems of a definition, with their paths. */
function check(definition: unknown): Checked {
  const places: Pick<DefinitionProblem, 'path' | 'at'>[] = [];
  // The number of a place stands for its line.
  const source = {
    locate: (place: Pick<DefinitionProblem, 'path' | 'at'>) => ({ line: places.push(place) }),
  };
  const placeOf = ({ line = 1 }: Location) => places[line - 1] ?? { path: [] };
  try {
    const { notes } = validateDefinition(definition, source);
    return {
      problems: [],
      redundant: notes.flatMap(({ location, message }) => {
        const { path } = placeOf(location);
        // What a data plane lacks is a note, too, and no reason to leave it out.
        if (path.includes('dataPlane')) return [];
        return [{ path, reason: message.slice(formatPath(path).length).trim() }];
      }),
    };
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    const problems = error.problems.map(({ location, ...problem }) => ({ ...problem, ...placeOf(location) }));
    return { problems, redundant: [] };
  }
}
