import { type DefinitionPath, formatPath } from '../../problems/problem';
import { componentsSources } from '../components/component-sources';
import type { Rule } from './clusters';

/** Whether there is a node agent is said in two places, which must agree: `istio.cni`, and Istio's component. */
export const consistentCni: Rule = (definition) =>
  componentsSources(definition).flatMap(({ path, components: { cni } }) => {
    const [holder, index] = path;
    const { cni: choice } =
      (holder === 'clusters' ? definition.clusters[Number(index)]?.istio : definition.istio) ?? {};
    const { enabled } = cni ?? {};
    if (choice === undefined || typeof enabled !== 'boolean') return [];
    if ((choice !== 'disabled') === enabled) return [];
    const at: DefinitionPath = [...path, 'cni', 'enabled'];
    const other = formatPath([...path.slice(0, -1), 'cni']);
    return [
      {
        code: 'MESH-VALUE',
        path: at,
        message: `${formatPath(at)} is ${enabled}, but ${other} ${enabled ? 'disables' : 'enables'} the CNI node agent.`,
        hint: 'Remove one of the two.',
      },
    ];
  });
