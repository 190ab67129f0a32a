import type { OutputFile } from '../../files/output-file';
import { type Cluster, findCluster, type Mesh } from '../../mesh/mesh';
import { loadMesh } from '../../mesh/mesh-file';
import { MeshError, type Problem } from '../../problems/problem';
import { IstioMeshApp } from '../istio-mesh-app';
import { type FolderChanges, folderChanges } from './folder-changes';
import { EditedDefinition, type IstioEdit } from './istio-edits';
import { editStage, stagesOf, type UpgradeStage, type UpgradeTarget } from './upgrade-stages';
import { waveProblems, wavesOf } from './upgrade-waves';
import { type UpgradeStrategy, versionProblems, versionWarnings } from './version-problems';

/** The upgrade that is asked for. */
export interface UpgradeRequest {
  /** The path of the definition, such as mesh.yaml. */
  readonly meshFile: string;
  /** The version of Istio that all clusters get. */
  readonly to: string;
  /**
   * The names of the clusters of each wave. Clusters that are in none form the last one.
   * @default - the first cluster, then all others
   */
  readonly waves?: readonly (readonly string[])[];
  /**
   * The revision of a canary control plane.
   * @default - that of a canary with this version in mesh.yaml; otherwise clusters are upgraded in place
   */
  readonly canary?: string;
}

/** How the clusters of a mesh get another version. Only mesh.yaml shows what is done, so it is also what is left to do. */
export interface UpgradePlan {
  readonly to: string;
  readonly strategy: UpgradeStrategy;
  readonly mesh: Mesh;
  /** The clusters that have the version in mesh.yaml already. */
  readonly done: readonly string[];
  readonly waves: readonly UpgradeWave[];
  readonly warnings: readonly Problem[];
}

/** Clusters that are upgraded together. */
export interface UpgradeWave {
  readonly clusters: readonly string[];
  readonly stages: readonly PlannedStage[];
}

/** A change of mesh.yaml that is synthesized and applied. */
export interface PlannedStage {
  readonly stage: UpgradeStage;
  /** What changes in mesh.yaml; nothing if an earlier wave has changed it. */
  readonly edits: readonly IstioEdit[];
  /** The clusters of the wave before the change and after it. */
  readonly before: readonly Cluster[];
  readonly after: readonly Cluster[];
  /** @default - unknown, because istioctl renders the control planes */
  readonly changes?: readonly FolderChanges[];
}

/**
 * Plans the upgrade of a mesh in waves. It reads mesh.yaml alone, and changes nothing.
 *
 * @throws MeshError if Istio or this package does not support the upgrade, or the mesh is not valid with the new version
 */
export function planUpgrade({ meshFile, to, waves: wanted = [], canary }: UpgradeRequest): UpgradePlan {
  const mesh = loadMesh(meshFile);
  const revision = canary ?? mesh.clusters.map((cluster) => canaryOf(cluster, to)).find(Boolean);
  const strategy = revision === undefined ? 'in-place' : 'canary';
  const isDone = ({ istio }: Cluster): boolean =>
    istio.version === to && (strategy === 'in-place' || istio.canary === undefined);
  const pending = mesh.clusters.filter((cluster) => !isDone(cluster));
  const waves = wavesOf(pending, wanted);
  MeshError.throwIfAny([
    ...waveProblems(mesh, wanted, waves),
    ...versionProblems(mesh, pending, to, strategy),
  ]);
  const definition = new EditedDefinition(meshFile);
  const warnings = [...versionWarnings(pending, to), ...canaryWarnings(pending, to, definition)];
  const planner = new Planner(mesh, { to, revision }, definition);
  return {
    ...{ to, strategy, mesh },
    done: mesh.clusters.filter(isDone).map(({ name }) => name),
    waves: waves.map((clusters) => ({ clusters, stages: planner.stages(clusters, stagesOf[strategy]) })),
    warnings,
  };
}

/** The revision of a cluster's control plane of a version, while there is another one. */
function canaryOf({ istio }: Cluster, version: string): string | undefined {
  if (istio.canary === undefined) return undefined;
  return [istio, istio.canary].find((each) => each.version === version)?.revision;
}

/** Values are merged from the first control plane into the canary, so a swap of the two is not always possible. */
function canaryWarnings(clusters: readonly Cluster[], to: string, definition: EditedDefinition): Problem[] {
  return clusters
    .filter(({ istio }) => istio.version !== to)
    .flatMap(({ name }) => {
      const settings = definition.settingsOfCanary(name);
      if (settings.length === 0) return [];
      return [
        {
          code: 'UPGRADE-CANARY',
          location: { file: name },
          message: `The canary of ${name} has ${settings.join(', ')} of its own, which the plan does not move.`,
          hint: `When you swap the two control planes, write them into istio of ${name}, too.`,
        },
      ];
    });
}

/** Plans one stage after the other, each from the mesh that the one before leaves. */
class Planner {
  private files: readonly OutputFile[] | undefined;

  constructor(
    private mesh: Mesh,
    private readonly target: UpgradeTarget,
    private readonly definition: EditedDefinition,
  ) {
    this.files = filesOf(mesh);
  }

  stages(clusters: readonly string[], stages: readonly UpgradeStage[]): PlannedStage[] {
    return stages.flatMap((stage) => this.plan(stage, clusters) ?? []);
  }

  private plan(stage: UpgradeStage, names: readonly string[]): PlannedStage | undefined {
    const before = among(this.mesh, names);
    // istioctl renders all clusters with its own version, so they change together, and are applied in waves.
    const edited = this.files === undefined ? this.mesh.clusters : before;
    const change = editStage(
      stage,
      edited.filter(({ istio }) => isLeft(stage, istio.version, this.target)),
      this.target,
      this.definition,
    );
    if (change === undefined)
      return this.files === undefined ? { stage, edits: [], before, after: before } : undefined;
    const earlier = this.files;
    this.mesh = change.mesh;
    this.files = filesOf(change.mesh);
    const next = this.files;
    return {
      ...{ stage, edits: change.edits, before, after: among(change.mesh, names) },
      ...(earlier === undefined || next === undefined
        ? {}
        : { changes: names.map((name) => folderChanges(name, earlier, next)) }),
    };
  }
}

function isLeft(stage: UpgradeStage, version: string, { to }: UpgradeTarget): boolean {
  return stage !== 'upgrade' || version !== to;
}

function among(mesh: Mesh, names: readonly string[]): Cluster[] {
  return names.flatMap((name) => findCluster(mesh, name) ?? []);
}

/** The output without certificates and remote secrets, which do not depend on the version. */
function filesOf(mesh: Mesh): readonly OutputFile[] | undefined {
  return mesh.istio.controlPlane === 'istioctl' ? undefined : new IstioMeshApp({ mesh }).files();
}
