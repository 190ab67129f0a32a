import { type KubernetesObject, sortedEntries } from '../../kubernetes/object';
import { yamlText } from '../../kubernetes/yaml';
import { agentConfiguration, agentLabels } from './naming';
import type { NodeAgentInput } from './node-agent-values';

/** The environment of the node agent that follows from its values. */
export function configuration(input: NodeAgentInput): readonly KubernetesObject[] {
  const { namespace, values } = input;
  const variables = Object.entries({ ...settings(input), ...Object.fromEntries(sortedEntries(values.env)) });
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: agentConfiguration, namespace, labels: agentLabels(input) },
      data: Object.fromEntries(variables.map(([name, value]) => [name, String(value)])),
    },
  ];
}

function settings({ values }: NodeAgentInput): Record<string, string | number | boolean> {
  const { ambient, global, repair } = values;
  return {
    CURRENT_AGENT_VERSION: values.tag || global.tag,
    AMBIENT_ENABLED: ambient.enabled,
    AMBIENT_ENABLEMENT_SELECTOR: yamlText(ambient.enablementSelectors).trimEnd(),
    AMBIENT_DNS_CAPTURE: ambient.dnsCapture,
    AMBIENT_IPV6: ambient.ipv6,
    AMBIENT_RECONCILE_POD_RULES_ON_STARTUP: ambient.reconcileIptablesOnStartup,
    ENABLE_AMBIENT_DETECTION_RETRY: ambient.enableAmbientDetectionRetry,
    ...(values.cniConfFileName ? { CNI_CONF_NAME: values.cniConfFileName } : {}),
    ISTIO_OWNED_CNI_CONFIG: values.istioOwnedCNIConfig,
    ...(values.istioOwnedCNIConfig
      ? { ISTIO_OWNED_CNI_CONF_FILENAME: values.istioOwnedCNIConfigFileName }
      : {}),
    CHAINED_CNI_PLUGIN: values.chained,
    EXCLUDE_NAMESPACES: values.excludeNamespaces.join(','),
    REPAIR_ENABLED: repair.enabled,
    REPAIR_LABEL_PODS: repair.labelPods,
    REPAIR_DELETE_PODS: repair.deletePods,
    REPAIR_REPAIR_PODS: repair.repairPods,
    REPAIR_INIT_CONTAINER_NAME: repair.initContainerName,
    REPAIR_BROKEN_POD_LABEL_KEY: repair.brokenPodLabelKey,
    REPAIR_BROKEN_POD_LABEL_VALUE: repair.brokenPodLabelValue,
    NATIVE_NFTABLES: global.nativeNftables,
  };
}
