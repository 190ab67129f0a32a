import type { DefinitionProblem } from '../../problems/problem';
import { dataPlaneOf, hasAmbient } from '../data-plane';
import type { Rule } from './clusters';

/** HelloWorld has a data plane that each cluster has, and a scope only where Services have one. */
export const soundVerification: Rule = (definition) => {
  const { verification = {}, clusters } = definition;
  const { dataPlane, scope } = verification;
  const planes = clusters.map((cluster) => ({ ...cluster, dataPlane: dataPlaneOf(definition, cluster) }));
  const other = planes.find((cluster) => ![dataPlane, 'both'].includes(cluster.dataPlane));
  const withoutScope = planes.find((cluster) => !hasAmbient(cluster.dataPlane));
  const problems: DefinitionProblem[] = [];
  if (dataPlane !== undefined && other !== undefined) {
    problems.push({
      code: 'MESH-DATA-PLANE',
      path: ['verification', 'dataPlane'],
      message: `verification.dataPlane is ${dataPlane}, and ${other.name} has dataPlane: ${other.dataPlane}.`,
      hint: 'Remove it, or write dataPlane: both for the mesh.',
    });
  }
  if (scope === 'local' && withoutScope !== undefined) {
    problems.push({
      code: 'MESH-DATA-PLANE',
      path: ['verification', 'scope'],
      message: `verification.scope is local, and ${withoutScope.name} has no ambient mode, without which all Services are global.`,
      hint: 'Remove it, or write dataPlane: both for the mesh.',
    });
  }
  return problems;
};
