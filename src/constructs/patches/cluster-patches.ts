import { ApiObject, Chart } from 'cdk8s';
import { identityOf, type ObjectHead, type PlainObject } from '../../kubernetes/manifest';
import type { KubernetesObject } from '../../kubernetes/object';
import type { Patch } from '../../mesh/patches/patch';
import { MeshError, type Problem } from '../../problems/problem';
import type { ClusterScope } from '../api-objects';
import { jsonOf, PlainApiObject } from '../plain-api-object';
import { Validated } from '../props';
import { RenderedChart } from '../rendered-chart';
import { CaCertsSecret, RemoteSecret } from '../secrets';
import { applyPatch } from './apply-patch';
import { refusedSecret, unmatchedPatch } from './patch-problems';
import { matchesIdentity, matchesSelectors } from './patch-target';
import { patchedText } from './patched-text';

/**
 * Applies the patches of the mesh and then those of a cluster to the objects of the cluster, and returns those that match
 * an object. A patched object takes the place of the one before, which other clusters may share.
 *
 * @throws MeshError if a patch cannot be applied, or one of the cluster matches nothing
 */
export function patchCluster(scope: ClusterScope): ReadonlySet<Patch> {
  const { mesh, cluster } = scope;
  const patches = [...(mesh.patches ?? []), ...(cluster.patches ?? [])];
  const patching = new ClusterPatching(patches);
  if (patches.length === 0) return patching.matched;
  for (const construct of scope.node.findAll()) {
    if (Chart.isChart(construct) && RenderedChart.isRenderedChart(construct)) patching.addText(construct);
    else if (ApiObject.isApiObject(construct)) patching.addObject(construct);
  }
  const unmatched = (cluster.patches ?? []).filter((patch) => !patching.matched.has(patch));
  MeshError.throwIfAny([
    ...patching.problems,
    ...unmatched.map((patch) => unmatchedPatch(patch, patching.heads, mesh, cluster.name)),
  ]);
  return patching.matched;
}

class ClusterPatching {
  readonly matched = new Set<Patch>();
  readonly heads: ObjectHead[] = [];
  readonly problems: Problem[] = [];

  constructor(private readonly patches: readonly Patch[]) {}

  addObject(construct: ApiObject): void {
    const { apiVersion, kind, metadata } = construct;
    const head = { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace } };
    const candidates = this.candidates(head);
    if (holdsSecret(construct)) {
      // A patch of all objects, such as one that adds a label, leaves it out.
      for (const patch of candidates.filter(({ target }) => target.kind !== undefined)) {
        this.matched.add(patch);
        this.problems.push(refusedSecret(patch, identityOf(head)));
      }
      return;
    }
    this.heads.push(head);
    if (candidates.length === 0) return;
    const object = jsonOf(construct);
    const patched = this.patched(object);
    if (patched !== object) replace(construct, patched);
  }

  addText(chart: RenderedChart): void {
    const isCandidate = (head: ObjectHead): boolean => {
      this.heads.push(head);
      return this.candidates(head).length > 0;
    };
    const manifests = patchedText(chart.manifests, isCandidate, (object) => this.patched(object));
    const { scope, id } = chart.node;
    if (manifests === chart.manifests || scope === undefined) return;
    scope.node.tryRemoveChild(id);
    new RenderedChart(scope, id, new Validated({ manifests }));
  }

  private candidates(head: ObjectHead): readonly Patch[] {
    return this.patches.filter(({ target }) => matchesIdentity(target, head));
  }

  /** An object after all patches, each of which sees the result of the one before. */
  private patched(object: PlainObject): PlainObject | undefined {
    let current: PlainObject | undefined = object;
    for (const patch of this.candidates(object)) {
      if (current === undefined || !matchesSelectors(patch.target, current.metadata)) continue;
      this.matched.add(patch);
      current = this.attempt(current, patch);
    }
    return current;
  }

  private attempt(object: PlainObject, patch: Patch): PlainObject | undefined {
    try {
      return applyPatch(object, patch);
    } catch (error) {
      if (!(error instanceof MeshError)) throw error;
      this.problems.push(...error.problems);
      return object;
    }
  }
}

/** Whether an object is a Secret with a key or a token, which no patch changes. */
function holdsSecret({ node: { scope } }: ApiObject): boolean {
  return scope instanceof CaCertsSecret || scope instanceof RemoteSecret;
}

function replace({ node: { scope, id } }: ApiObject, patched: PlainObject | undefined): void {
  if (scope === undefined) return;
  scope.node.tryRemoveChild(id);
  if (patched !== undefined) new PlainApiObject(scope, id, patched as KubernetesObject);
}
