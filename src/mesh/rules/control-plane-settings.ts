import type { DefinitionProblem } from '../../problems/problem';
import type { ControlPlaneDefinition } from '../istio';
import { forControlPlanes } from './control-planes';
import { effectiveValues } from './effective-values-rule';
import { validateValues } from './values';

const validateTogether = forControlPlanes(effectiveValues);

/** The problems of the values of one control plane outside of a mesh, below the path `istio`. */
export function validateControlPlane(settings: ControlPlaneDefinition): DefinitionProblem[] {
  const istio = { ...settings, controlPlane: 'native' } as const;
  const clusters = [{ name: 'cluster', network: 'network' }];
  return [...validateValues({ istio }), ...validateTogether({ meshID: 'mesh', istio, clusters })];
}
