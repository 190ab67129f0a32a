import { validateDefinition } from '../../mesh/define-mesh';
import type { HelmValues } from '../../mesh/helm-values';
import { formatPath, MeshError, type Problem } from '../../problems/problem';
import { addChart } from './chart-settings';
import { ClusterDraft } from './cluster-draft';
import { type ClusterInput, clusterInputs } from './cluster-inputs';
import { commonDataPlane, completeDataPlane } from './data-plane';
import { putGateways } from './gateway-components';
import { type ExistingMesh, mergedDefinition } from './merged-definition';
import {
  addBesideControlPlane,
  addControlPlane,
  addsOnlyGateways,
  installsOnlyGateways,
  leaveOutIgnoredCni,
} from './operator-settings';
import type { Part } from './part';
import { settle } from './settle';
import { removeRepeated } from './values';
import { putVersion } from './version';

/** What the user says beside the configurations. */
export interface ExistingMeshOptions {
  /**
   * The networks by cluster; one with an empty name is that of all others.
   * @default - those of the configurations
   */
  readonly networks?: Readonly<Record<string, string>>;
  /**
   * The ID of the mesh.
   * @default - that of the configurations, else their trust domain, as in Istio
   */
  readonly meshID?: string;
  /**
   * The version of Istio.
   * @default - that of the configurations, else the newest
   */
  readonly istioVersion?: string;
  /**
   * How each cluster is reached, by name: `kubeconfig`, `context`, `server` and `peers`.
   * @default - as by default in a mesh definition
   */
  readonly access?: Readonly<Record<string, HelmValues>>;
}

/**
 * Makes a mesh definition from configurations of Istio. What the clusters agree on is in the settings of the mesh.
 *
 * @throws MeshError with all problems, each at its place in the input
 */
export function existingMesh(parts: readonly Part[], options: ExistingMeshOptions = {}): ExistingMesh {
  const inputs = clusterInputs(parts, options.networks);
  const drafts = inputs.map((input) => draftOf(input, options));
  MeshError.throwIfAny(drafts.flatMap(({ problems }) => problems));
  const meshID = options.meshID ?? meshIdOf(drafts, inputs);
  const trustDomain = trustDomainOf(drafts[0]);
  for (const [index, draft] of drafts.entries()) {
    const own = trustDomainOf(draft);
    removeRepeated(draft, inputs[index] as ClusterInput);
    draft.remove(['meshID']);
    draft.remove(['trustDomain']);
    if (own !== trustDomain) draft.settings = { trustDomain: own, ...draft.settings };
  }
  const dataPlane = commonDataPlane(drafts);
  const mesh = { meshID, trustDomain, ...dataPlane };
  MeshError.throwIfAny(drafts.flatMap((draft, index) => settle(draft, inputs[index] as ClusterInput, mesh)));
  const existing = mergedDefinition(inputs, drafts, options.access ?? {}, {
    meshID,
    ...dataPlane,
    ...(trustDomain === 'cluster.local' ? {} : { trustDomain }),
  });
  validate(existing, drafts);
  return existing;
}

function draftOf({ parts, network }: ClusterInput, { istioVersion }: ExistingMeshOptions): ClusterDraft {
  const draft = new ClusterDraft(parts[0] as Part);
  const operators = parts.filter(({ kind }) => kind === 'operator');
  const isBeside = (part: Part, index: number) =>
    installsOnlyGateways(part) || (index > 0 && addsOnlyGateways(part, operators[0] as Part));
  const beside = operators.filter(isBeside);
  const installing = operators.filter((part) => !beside.includes(part));
  const releases = parts.flatMap((part) => (part.kind === 'operator' ? [] : [{ ...part, kind: part.kind }]));
  const hasIstiod = installing.length > 0 || releases.some(({ kind }) => kind === 'istiod');
  draft.problems.push(
    ...otherControlPlanes([...installing, ...releases.filter(({ kind }) => kind === 'istiod')]),
  );
  // Without a file for istiod, the settings of the gateways are those of the control plane, too.
  const controlPlanes = hasIstiod ? installing : beside;
  for (const part of controlPlanes) addControlPlane(draft, part);
  // The charts have no gateway but that of the chart gateway.
  if (operators.length === 0) draft.put(['istio', 'profile'], 'minimal', draft.firstPart, []);
  for (const part of releases) addChart[part.kind](draft, part, network);
  for (const part of hasIstiod ? beside : []) addBesideControlPlane(draft, part);
  if (installing.length > 0) leaveOutIgnoredCni(draft, installing[0] as Part);
  if (operators.length > 0) putGateways(draft, controlPlanes, hasIstiod ? beside : []);
  completeDataPlane(draft, parts);
  putVersion(draft, parts, istioVersion);
  return draft;
}

/** The problems of files with a control plane of another revision than the first one. */
function otherControlPlanes(parts: readonly Part[]): Problem[] {
  const [first] = parts;
  return parts.flatMap((part) =>
    first === undefined || !isOtherControlPlane(first, part)
      ? []
      : [
          {
            code: 'INIT-CONFLICT',
            location: part.locate(['revision']),
            message: `${part.file} has another control plane than ${first.file}.`,
            hint: 'Name the files of one control plane. Write the other one as istio.canary of mesh.yaml afterwards.',
          },
        ],
  );
}

function isOtherControlPlane(first: Part, part: Part): boolean {
  const [one, other] = [first, part].map(({ content }) => content.revision || undefined);
  const isOtherRelease =
    first.release !== undefined && part.release !== undefined && first.release !== part.release;
  return (one !== undefined && other !== undefined && one !== other) || isOtherRelease;
}

function meshIdOf(drafts: readonly ClusterDraft[], inputs: readonly ClusterInput[]): string {
  const given = drafts.flatMap((draft, index) =>
    draft.at(['meshID']) === undefined ? [] : [{ draft, index, id: String(draft.at(['meshID'])) }],
  );
  const [first] = given;
  const others = given.filter(({ id }) => id !== first?.id);
  MeshError.throwIfAny(
    others.map(({ draft, id, index }) => ({
      code: 'INIT-CONFLICT',
      location: draft.locate(['meshID']),
      message: `The mesh ID of ${inputs[index]?.name} is ${id}, and that of ${inputs[first?.index ?? 0]?.name} is ${first?.id}.`,
      hint: 'Clusters of one mesh have one ID. Move them one mesh at a time, or choose the ID with --mesh-id.',
    })),
  );
  if (first !== undefined) return first.id;
  const [draft] = drafts;
  draft?.notes.push(
    'meshID: No input has a mesh ID. Istio then uses the trust domain, and so does this definition.',
  );
  return trustDomainOf(draft);
}

function trustDomainOf(draft: ClusterDraft | undefined): string {
  return String(draft?.at(['trustDomain']) ?? 'cluster.local');
}

/** Validates what holds between clusters. */
function validate({ mesh, clusters }: ExistingMesh, drafts: readonly ClusterDraft[]): void {
  validateDefinition(
    { ...mesh, clusters: clusters.map(({ settings }) => settings) },
    {
      locate: ({ path, at }) => {
        const [key, index, ...rest] = path;
        const draft = key === 'clusters' ? drafts[Number(index)] : drafts[0];
        return draft?.locate(key === 'clusters' ? rest : path, at) ?? { path: formatPath(path) };
      },
    },
  );
}
