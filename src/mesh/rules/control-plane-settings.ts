import type { DefinitionProblem } from '../../problems/problem';
import type { DataPlane } from '../data-plane';
import type { ControlPlaneDefinition } from '../istio';
import { componentLimits } from './component-limits';
import { soundComponents } from './components';
import { forControlPlanes } from './control-planes';
import { effectiveValues } from './effective-values-rule';
import { validateValues } from './values';

const validateTogether = forControlPlanes(effectiveValues, componentLimits);

/** The problems of the values and components of one control plane outside of a mesh, below the path `istio`. */
export function validateControlPlane(
  settings: ControlPlaneDefinition,
  dataPlane: DataPlane = 'sidecar',
): DefinitionProblem[] {
  const istio = { ...settings, controlPlane: 'native' } as const;
  const clusters = [{ name: 'cluster', network: 'network' }];
  const definition = { meshID: 'mesh', dataPlane, istio, clusters };
  return [...validateValues({ istio }), ...soundComponents(definition), ...validateTogether(definition)];
}
