import { defineMesh } from '../../mesh/define-mesh';
import type { AnyMeshDefinition } from '../../mesh/definition';
import { MeshDocument } from '../../mesh/file/mesh-document';
import type { Mesh } from '../../mesh/mesh';
import { readDefinition } from '../../mesh/mesh-file';
import { MeshError } from '../../problems/problem';

/** What changes in `istio` of a cluster in mesh.yaml. A value that is null is removed. */
export interface IstioEdit {
  readonly cluster: string;
  readonly istio: Readonly<Record<string, unknown>>;
}

/** A mesh definition that is edited step by step. The file stays as it is. */
export class EditedDefinition {
  private definition: AnyMeshDefinition;

  constructor(private readonly meshFile: string) {
    this.definition = new MeshDocument(readDefinition(meshFile), meshFile).document.toJS({
      maxAliasCount: -1,
    }) as AnyMeshDefinition;
  }

  /** Whether `istio` of the mesh has a canary, which a cluster can only disable. */
  get hasCommonCanary(): boolean {
    return this.definition.istio?.canary !== undefined;
  }

  /** The settings of a cluster's canary that a swap of the two control planes does not move. */
  settingsOfCanary(cluster: string): string[] {
    const own = this.definition.clusters.find(({ name }) => name === cluster)?.istio?.canary;
    const canary = own ?? this.definition.istio?.canary;
    if (canary === undefined || canary === 'disabled') return [];
    return Object.keys(canary).filter((key) => !['revision', 'version', 'tag'].includes(key));
  }

  /**
   * Makes a change, and returns the mesh with it.
   *
   * @param purpose what the change is for, as the start of a sentence
   * @throws MeshError if the mesh would not be valid
   */
  apply(edits: readonly IstioEdit[], purpose: string): Mesh {
    const clusters = this.definition.clusters.map((cluster) => {
      const edit = edits.find((each) => each.cluster === cluster.name);
      return edit === undefined ? cluster : { ...cluster, istio: merged(cluster.istio ?? {}, edit.istio) };
    });
    this.definition = { ...this.definition, clusters } as AnyMeshDefinition;
    try {
      return defineMesh(this.definition);
    } catch (error) {
      if (!(error instanceof MeshError)) throw error;
      throw new MeshError(
        error.problems.map((problem) => ({
          ...problem,
          location: { ...problem.location, file: this.meshFile },
          message: `${purpose}: ${problem.message}`,
        })),
      );
    }
  }
}

function merged(settings: object, edit: IstioEdit['istio']): object {
  return Object.fromEntries(
    Object.entries({ ...settings, ...edit }).filter(([, value]) => value !== null && value !== undefined),
  );
}
