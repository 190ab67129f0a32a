import { canonicalQuantity } from '../../kubernetes/quantity';
import type {
  ComponentDefinition,
  GatewayComponentDefinition,
  KubernetesSettings,
} from '../../mesh/components/definition';
import type { GatewayKind } from '../../mesh/components/gateway-components';
import { type HelmValue, type HelmValues, isMap } from '../../mesh/helm-values';
import { egressGatewayDefaults, ingressGatewayDefaults } from '../../mesh/values/chart-defaults';
import type { IstioRelease } from '../istio-release';

/** The values that istioctl derives from the component `pilot`. */
export function pilotValues(release: IstioRelease, pilot: ComponentDefinition | undefined): HelmValues {
  if (pilot === undefined) return {};
  const { hub, tag, k8s } = pilot;
  return {
    pilot: {
      ...settingValues(release, k8s ?? {}),
      ...(hub ? { hub } : {}),
      ...(tag ? { tag: String(tag) } : {}),
    },
  };
}

/** The values that istioctl derives from the components `cni` and `ztunnel`, whose charts have a DaemonSet. */
export function daemonSetValues(
  release: IstioRelease,
  component: ComponentDefinition | undefined,
): HelmValues {
  const { hub, tag, k8s } = component ?? {};
  const { resources } = settingValues(release, { resources: k8s?.resources });
  return {
    ...(resources === undefined ? {} : { resources }),
    ...(hub ? { hub } : {}),
    ...(tag ? { tag: String(tag) } : {}),
  };
}

const chartLabels: Readonly<Record<GatewayKind, Readonly<Record<string, string>>>> = {
  ingress: ingressGatewayDefaults.labels,
  egress: egressGatewayDefaults.labels,
};

/** The values of a gateway that istioctl derives from its component. They replace its name, labels and ports in the values. */
export function gatewayComponentValues(
  release: IstioRelease,
  kind: GatewayKind,
  { name, label, k8s }: GatewayComponentDefinition,
): HelmValues & { readonly labels: Readonly<Record<string, string>> } {
  return {
    ...settingValues(release, k8s ?? {}),
    ...portValues(k8s?.service),
    name,
    labels: { ...chartLabels[kind], ...label },
  };
}

/** Kubernetes' merge of Service ports is broken, so that istioctl writes them through the chart, a container port for each. */
function portValues(service: HelmValues | null | undefined): HelmValues {
  const ports = service?.ports;
  return Array.isArray(ports) && ports.length > 0 ? { ports: ports as readonly HelmValue[] } : {};
}

function settingValues({ settingsInValues }: IstioRelease, k8s: KubernetesSettings): HelmValues {
  if (!settingsInValues) return {};
  const { minReplicas, maxReplicas } = k8s.hpaSpec ?? {};
  const limits = cpuOf(k8s.resources?.limits);
  const requests = cpuOf(k8s.resources?.requests);
  return {
    ...(typeof minReplicas === 'number' ? { autoscaleMin: minReplicas } : {}),
    ...(maxReplicas ? { autoscaleMax: maxReplicas } : {}),
    ...(k8s.replicaCount ? { replicaCount: k8s.replicaCount } : {}),
    ...(limits || requests
      ? { resources: { ...(limits && { limits }), ...(requests && { requests }) } }
      : {}),
  };
}

function cpuOf(amounts: HelmValue | undefined): HelmValues | undefined {
  const cpu = isMap(amounts) ? amounts.cpu : undefined;
  const amount = typeof cpu === 'string' || typeof cpu === 'number' ? canonicalQuantity(cpu) : '0';
  return amount === '0' ? undefined : { cpu: amount };
}
