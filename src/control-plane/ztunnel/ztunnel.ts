import { openPortsPolicy } from '../../kubernetes/network-policy';
import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import { boundRole } from '../../kubernetes/role';
import { defaultRevision } from '../../mesh/istio-names';
import { ztunnelDaemonSet } from '../../mesh/ztunnel';
import { withSettings } from '../components/kubernetes-settings';
import type { ControlPlaneInput } from '../input';
import { criticalPodsQuota, privilegedOnOpenShift } from '../node-objects';
import { sharedInNamespace } from '../shared-objects';
import { daemonSet } from './daemon-set';
import { annotations, namespaced, ztunnelContainer, ztunnelName, ztunnelPods } from './naming';
import { type ZtunnelInput, ztunnelInput } from './ztunnel-values';

/**
 * The objects of the ztunnel that belongs to a control plane.
 *
 * @param namespace the namespace of its pods
 */
export function ztunnelObjects(
  controlPlane: ControlPlaneInput,
  namespace: string,
): readonly KubernetesObject[] {
  const input = ztunnelInput(controlPlane, namespace);
  const objects = [
    ...ofAllClusters(controlPlane, namespace),
    // It has the name and the network of the cluster.
    ...(input.values.resourceScope === 'cluster' ? [] : daemonSet(input)),
  ];
  return withSettings(objects, controlPlane.ztunnel, target);
}

const target = { workload: 'DaemonSet', name: ztunnelDaemonSet, container: ztunnelContainer } as const;

type Part = (input: ZtunnelInput) => readonly KubernetesObject[];

/** The parts for each value of `global.resourceScope`. The policy has a namespace, but the chart always has it. */
const parts: Readonly<Record<'cluster' | 'namespace' | 'always', readonly Part[]>> = {
  cluster: [permissions],
  namespace: [serviceAccount, resourceQuota],
  always: [networkPolicy],
};

const ofAllClusters = sharedInNamespace((controlPlane, namespace) => {
  const input = ztunnelInput(controlPlane, namespace);
  const { resourceScope } = input.values;
  return [
    ...(resourceScope === 'namespace' ? [] : parts.cluster),
    ...(resourceScope === 'cluster' ? [] : parts.namespace),
    ...parts.always,
  ].flatMap((part) => part(input));
});

function serviceAccount(input: ZtunnelInput): readonly KubernetesObject[] {
  const imagePullSecrets = ifSet(input.values.imagePullSecrets)?.map((name) => ({ name }));
  const metadata = { ...namespaced(input), annotations: annotations(input) };
  return [{ apiVersion: 'v1', kind: 'ServiceAccount', imagePullSecrets, metadata }];
}

function permissions(input: ZtunnelInput): readonly KubernetesObject[] {
  if (input.values.platform !== 'openshift') return [];
  const name = ztunnelName(input);
  const metadata = { name, labels: ztunnelPods, annotations: annotations(input) };
  return boundRole(metadata, [privilegedOnOpenShift], { name, namespace: input.namespace });
}

function resourceQuota(input: ZtunnelInput): readonly KubernetesObject[] {
  return criticalPodsQuota(namespaced(input), input.values.resourceQuotas);
}

/** Opens the ports of the probe, metrics, the administration, and the traffic of pods. */
function networkPolicy(input: ZtunnelInput): readonly KubernetesObject[] {
  const { namespace, values } = input;
  if (!values.global.networkPolicy?.enabled) return [];
  const metadata = {
    name: [ztunnelName(input), ...(values.revision === '' ? [] : [values.revision])].join('-'),
    namespace,
    labels: { ...ztunnelPods, 'istio.io/rev': values.revision || defaultRevision },
  };
  const dns = [{ port: 15053 }, { port: 15053, protocol: 'UDP' }];
  const ports = [15021, 15020, 15000, 15008, 15001, 15006].map((port) => [{ port }]);
  return [openPortsPolicy(metadata, ztunnelPods, [...ports, dns])];
}
