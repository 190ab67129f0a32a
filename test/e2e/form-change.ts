import { expect, test } from 'vitest';
import { applyMesh, restart } from './apply-mesh';
import { asApplied } from './as-applied';
import { liveObjects } from './live-objects';
import type { Workplace } from './workplace';

/** A running mesh goes from the form native to istioctl and back. */
export function changesItsForm(workplace: () => Workplace, clusters: readonly string[]): void {
  let before: Record<string, unknown>;

  test('changes its form to istioctl', () => {
    before = asApplied(liveObjects(workplace(), 'cluster1'));
    changeForm(workplace(), clusters, 'istioctl');
  });

  test('changes its form back to native, and is what it was', () => {
    changeForm(workplace(), clusters, 'native');
    expect(asApplied(liveObjects(workplace(), 'cluster1'))).toEqual(before);
  });
}

function changeForm(workplace: Workplace, clusters: readonly string[], form: string): void {
  workplace.editMesh((mesh) => mesh.setIn(['istio', 'controlPlane'], form));
  applyMesh(workplace, clusters);
  // The pods get their proxies from the templates of the other form.
  restart(workplace, clusters, 'istio-system');
  restart(workplace, clusters, 'sample');
}
