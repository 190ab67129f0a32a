import type { AnyMeshDefinition } from '../definition';
import type { GatewayNamespace } from '../gateways/namespace';
import { helloWorld } from '../istio-names';
import type { PlacedProblem } from './placed-problem';

/** The namespace of a gateway is one in which istiod injects its proxy. */
export function gatewayNamespaceProblems(
  namespace: GatewayNamespace,
  mesh: Pick<AnyMeshDefinition, 'verification'>,
): PlacedProblem[] {
  if (
    namespace.create === 'enabled' &&
    namespace.name === helloWorld.namespace &&
    mesh.verification?.helloWorld === 'enabled'
  ) {
    return [
      {
        at: ['namespace'],
        message: `The namespace ${namespace.name} is that of HelloWorld, which comes and goes with it.`,
        hint: 'Write another namespace.',
      },
    ];
  }
  if (namespace.labels['istio-injection'] !== 'disabled') return [];
  return [
    {
      at: ['namespace', 'labels', 'istio-injection'],
      message:
        'In a namespace with the label istio-injection: disabled, istiod does not inject the proxy of a gateway.',
      hint: 'Remove the label. Only pods that ask for a proxy get one.',
    },
  ];
}
