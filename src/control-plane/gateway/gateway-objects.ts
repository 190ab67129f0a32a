import { horizontalPodAutoscaler } from '../../kubernetes/horizontal-pod-autoscaler';
import { defined, type KubernetesObject, type ObjectMetadata } from '../../kubernetes/object';
import { boundRole, read } from '../../kubernetes/role';
import { withRevision } from '../../mesh/istio-names';
import { proxyContainer, withSettings } from '../components/kubernetes-settings';
import type { Gateway } from './gateway';
import { gatewayPolicy } from './gateway-policy';

/** The objects of a gateway, by purpose. */
export function gatewayObjects(gateway: Gateway): Readonly<Record<string, KubernetesObject>> {
  const [role, roleBinding] = secretAccess(gateway);
  return configured(gateway, {
    'service-account': serviceAccount(gateway),
    deployment: deployment(gateway),
    role,
    'role-binding': roleBinding,
    autoscaler: autoscaler(gateway),
    'disruption-budget': disruptionBudget(gateway),
    'network-policy': networkPolicy(gateway),
    service: service(gateway),
  });
}

function configured(
  { name, k8s }: Gateway,
  all: Readonly<Record<string, KubernetesObject | undefined>>,
): Readonly<Record<string, KubernetesObject>> {
  const objects = defined(all);
  if (!k8s) return objects;
  const target = { workload: 'Deployment', name, container: proxyContainer } as const;
  const changed = withSettings(Object.values(objects), { k8s }, target);
  const entries = Object.keys(objects).map((id, index) => [id, changed[index] as KubernetesObject]);
  return Object.fromEntries(entries);
}

/** The service account of a gateway's pods. */
export function accountName(name: string): string {
  return `${name}-service-account`;
}

/** The role with which a gateway's pods read Secrets. */
export function roleName(name: string): string {
  return `${name}-sds`;
}

function serviceAccount(gateway: Gateway): KubernetesObject {
  const { name, accountAnnotations: annotations, imagePullSecrets } = gateway;
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { ...metadata(gateway, accountName(name)), annotations },
    imagePullSecrets: imagePullSecrets?.map((secret) => ({ name: secret })),
  };
}

function deployment(gateway: Gateway): KubernetesObject {
  const { name, labels, deploymentLabels, scaling, rollout, template } = gateway;
  const common = metadata(gateway, name);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...common, labels: { ...common.labels, ...deploymentLabels } },
    spec: {
      // Omitted with autoscaling, where every apply would reset the number of pods.
      replicas: scaling.autoscaling === 'disabled' ? scaling.replicas : undefined,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: rollout },
      template,
    },
  };
}

/** Lets the proxy read the Secrets that the credentialName of a Gateway refers to. */
function secretAccess({ name, namespace, revision }: Gateway): readonly KubernetesObject[] {
  return boundRole(
    { name: roleName(name), namespace, labels: { 'istio.io/rev': revision } },
    [{ apiGroups: [''], resources: ['secrets'], verbs: read }],
    { name: accountName(name) },
  );
}

function autoscaler(gateway: Gateway): KubernetesObject | undefined {
  const { autoscaling } = gateway.scaling;
  if (autoscaling === 'disabled' || !autoscaling.minReplicas || !autoscaling.maxReplicas) return undefined;
  return horizontalPodAutoscaler(metadata(gateway, gateway.name), autoscaling);
}

/** For a single pod, a budget would only block the draining of its node. */
function disruptionBudget(gateway: Gateway): KubernetesObject | undefined {
  const { name, labels, scaling } = gateway;
  const least =
    scaling.autoscaling === 'disabled' ? (scaling.replicas ?? 1) : scaling.autoscaling.minReplicas;
  if (gateway.disruptionBudget === 'disabled' || !(least >= 2)) return undefined;
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata(gateway, name),
    spec: { minAvailable: 1, selector: { matchLabels: labels } },
  };
}

function service(gateway: Gateway): KubernetesObject | undefined {
  if (gateway.service === undefined) return undefined;
  const { annotations, furtherPorts = [], spec } = gateway.service;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata(gateway, gateway.name), annotations },
    spec: { ...spec, selector: gateway.labels, ports: [...gateway.ports, ...furtherPorts] },
  };
}

function metadata({ namespace, labels, revision }: Gateway, name: string): ObjectMetadata {
  return { name, namespace, labels: { ...labels, 'istio.io/rev': revision } };
}

function networkPolicy(gateway: Gateway): KubernetesObject | undefined {
  const { name, namespace, labels, revision, ports, role = 'ingressgateway' } = gateway;
  if (gateway.networkPolicy === 'disabled') return undefined;
  const policyLabels = { app: name, istio: role, 'istio.io/rev': revision };
  return gatewayPolicy(
    { name: withRevision(name, revision), namespace, labels: policyLabels },
    labels,
    ports.map(({ port, targetPort, protocol }) => ({ port: targetPort || port, protocol })),
  );
}
