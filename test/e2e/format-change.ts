import { expect, test } from 'vitest';
import { analysis } from './analysis';
import { applyMesh, reinject } from './apply-mesh';
import { asApplied } from './as-applied';
import { commands } from './commands';
import { liveObjects } from './live-objects';
import type { Workplace } from './workplace';

/** A running mesh goes from the form native to istioctl and back. */
export function changesItsForm(workplace: () => Workplace, clusters: readonly string[]): void {
  let before: Record<string, unknown>;

  test('changes its form to istioctl', () => {
    before = asApplied(liveObjects(workplace(), 'cluster1'));
    changeForm(workplace(), clusters, 'istioctl', commands.deleteDefaultTag);
  });

  test('changes its form back to native, and is what it was', () => {
    changeForm(workplace(), clusters, 'native');
    expect(asApplied(liveObjects(workplace(), 'cluster1'))).toEqual(before);
  });
}

function changeForm(workplace: Workplace, clusters: readonly string[], form: string, then = ''): void {
  workplace.editMesh((mesh) => mesh.setIn(['istio', 'controlPlane'], form));
  applyMesh(workplace, clusters);
  workplace.run(then);
  reinject(workplace, clusters);
  for (const cluster of clusters) {
    const errors = analysis(workplace, `--kubeconfig ${cluster}.kubeconfig --output-threshold=Error`);
    expect(errors).toEqual([]);
  }
}
