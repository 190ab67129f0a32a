import { environmentVariables, type MountedVolume, secretVolume } from '../../kubernetes/container';
import { ifSet, intOrString } from '../../kubernetes/object';
import {
  type GatewayComponent,
  type GatewayKind,
  gatewayKinds,
} from '../../mesh/components/gateway-components';
import { mergeValues } from '../../mesh/helm-values';
import { egressGatewayDefaults, ingressGatewayDefaults } from '../../mesh/values/chart-defaults';
import { gatewayComponentValues } from '../components/component-values';
import type { ControlPlaneInput } from '../input';
import { type ChartValues, withoutNulls } from '../values/chart-values';
import type { Gateway, GatewayScaling } from './gateway';
import { injectedPod, outsideAmbient, proxyPod } from './pod';
import type { GatewayPod } from './pod-template';
import { nodeAffinity, podAntiAffinity } from './scheduling';

type GatewayValues = ChartValues['gateways']['istio-ingressgateway'];

/** A gateway of the charts istio-ingress and istio-egress, and what it depends on. */
interface ChartGateway {
  readonly kind: GatewayKind;
  readonly namespace: string;
  readonly imageTag?: string;
  readonly values: GatewayValues;
}

/** A gateway with the values of its kind, such as `gateways.istio-ingressgateway`, and the settings of its component. */
export function chartGateway(input: ControlPlaneInput, { kind, component }: GatewayComponent): Gateway {
  const { global } = input.values;
  const values = valuesOf(input, { kind, component });
  const namespace = component?.namespace || global.istioNamespace;
  const imageTag = component?.tag ? String(component.tag) : undefined;
  const pod = podOf(input, { kind, namespace, imageTag, values });
  const injected = values.injectionTemplate !== '';
  return {
    name: values.name,
    namespace,
    labels: values.labels,
    revision: input.revision,
    imagePullSecrets: ifSet(global.imagePullSecrets),
    accountAnnotations: ifSet(values.serviceAccount.annotations),
    deploymentLabels: injected ? undefined : outsideAmbient,
    scaling: scaling(values),
    rollout: {
      maxSurge: intOrString(values.rollingMaxSurge),
      maxUnavailable: intOrString(values.rollingMaxUnavailable),
    },
    disruptionBudget: global.defaultPodDisruptionBudget.enabled ? 'enabled' : 'disabled',
    networkPolicy: global.networkPolicy.enabled ? 'enabled' : 'disabled',
    role: `${kind}gateway`,
    template: injected ? injectedPod(pod, values.injectionTemplate) : proxyPod(pod, input),
    ports: values.ports,
    service: values.customService ? undefined : service(values),
    k8s: component?.k8s,
  };
}

function valuesOf(
  { release, values }: ControlPlaneInput,
  { kind, component }: GatewayComponent,
): GatewayValues {
  const { 'istio-ingressgateway': ingress, 'istio-egressgateway': egress } = values.gateways;
  const given = kind === 'ingress' ? ingress : egressValues(egress);
  if (component === undefined) return { ...given, ...ofProfile[kind] };
  const { labels, ...ofComponent } = gatewayComponentValues(release, kind, component);
  return { ...mergeValues(given, ofComponent), labels } as unknown as GatewayValues;
}

/** istioctl takes names and labels from the component only. Another selector would be refused by a gateway that runs. */
const ofProfile: Readonly<Record<GatewayKind, Pick<GatewayValues, 'name' | 'labels'>>> = {
  ingress: { name: gatewayKinds.ingress.values, labels: ingressGatewayDefaults.labels },
  egress: { name: gatewayKinds.egress.values, labels: egressGatewayDefaults.labels },
};

function egressValues(egress: ChartValues['gateways']['istio-egressgateway']): GatewayValues {
  const values = mergeValues(egressGatewayDefaults, egress ?? {});
  return withoutNulls(values, egressGatewayDefaults) as unknown as GatewayValues;
}

function scaling(values: GatewayValues): GatewayScaling {
  const { autoscaleEnabled, autoscaleMin, autoscaleMax, cpu, replicaCount } = values;
  if (!autoscaleEnabled) return { autoscaling: 'disabled', replicas: ifSet(replicaCount) };
  return {
    autoscaling: {
      minReplicas: autoscaleMin,
      maxReplicas: autoscaleMax,
      utilization: { cpu: cpu.targetAverageUtilization },
    },
  };
}

function service(values: GatewayValues): Gateway['service'] {
  return {
    annotations: ifSet(values.serviceAnnotations),
    furtherPorts: values.ingressPorts.map(({ name, port }) => ({ name, port })),
    spec: {
      type: ifSet(values.type),
      externalTrafficPolicy: ifSet(values.externalTrafficPolicy),
      loadBalancerIP: ifSet(values.loadBalancerIP),
      loadBalancerSourceRanges: ifSet(values.loadBalancerSourceRanges),
      ipFamilyPolicy: ifSet(values.ipFamilyPolicy),
      ipFamilies: ifSet(values.ipFamilies),
    },
  };
}

function podOf(input: ControlPlaneInput, { values, ...gateway }: ChartGateway): GatewayPod {
  const { global, meshConfig, platform } = input.values;
  return {
    name: values.name,
    namespace: gateway.namespace,
    labels: values.labels,
    revision: input.revision,
    annotations: values.podAnnotations,
    ports: values.ports,
    environment: environmentVariables(values.env),
    resources: ifSet(values.resources) ?? global.defaultResources,
    legacySecret: global.mountMtlsCerts
      ? `istio.${gatewayKinds[gateway.kind].values}-service-account`
      : undefined,
    volumes: volumes(values),
    scheduling: {
      affinity: {
        nodeAffinity: nodeAffinity(
          { ...global.arch },
          ifSet(values.nodeSelector) ?? global.defaultNodeSelector ?? {},
        ),
        podAntiAffinity: podAntiAffinity(
          values.podAntiAffinityLabelSelector,
          values.podAntiAffinityTermLabelSelector,
        ),
      },
      priorityClassName: ifSet(global.priorityClassName),
      tolerations: ifSet(values.tolerations) ?? ifSet(global.defaultTolerations),
    },
    user: values.runAsRoot ? 'root' : 'proxy',
    platform: platform || global.platform,
    seccompProfile: ifSet(input.values.gateways.seccompProfile),
    imagePullPolicy: ifSet(global.imagePullPolicy),
    imageTag: gateway.imageTag,
    prometheusMerge: meshConfig.enablePrometheusMerge ? 'enabled' : 'disabled',
    furtherContainers: values.additionalContainers,
  };
}

function volumes({ secretVolumes, configVolumes }: GatewayValues): readonly MountedVolume[] {
  return [
    ...secretVolumes.map(({ name, secretName, mountPath }) => secretVolume(name, secretName, mountPath)),
    ...configVolumes.map(({ name, configMapName, mountPath }) => ({
      volume: { name, configMap: { name: configMapName, optional: true } },
      mount: mountPath ? { mountPath, readOnly: true } : undefined,
    })),
  ];
}
