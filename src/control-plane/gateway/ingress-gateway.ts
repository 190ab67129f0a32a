import { environmentVariables, type MountedVolume, secretVolume } from '../../kubernetes/container';
import { ifSet, intOrString } from '../../kubernetes/object';
import type { ControlPlaneInput } from '../input';
import type { ChartValues } from '../values/chart-values';
import type { Gateway, GatewayScaling } from './gateway';
import { injectedPod, outsideAmbient, proxyPod } from './pod';
import type { GatewayPod } from './pod-template';
import { nodeAffinity, podAntiAffinity } from './scheduling';

type IngressGatewayValues = ChartValues['gateways']['istio-ingressgateway'];

/** The ingress gateway of the profile `default`, with the values of `gateways.istio-ingressgateway`. */
export function ingressGateway(input: ControlPlaneInput): Gateway {
  const { global } = input.values;
  const values = valuesOf(input);
  const injected = values.injectionTemplate !== '';
  return {
    name: values.name,
    namespace: global.istioNamespace,
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
    template: injected ? injectedPod(pod(input), values.injectionTemplate) : proxyPod(pod(input), input),
    ports: values.ports,
    service: values.customService ? undefined : service(values),
  };
}

function valuesOf(input: ControlPlaneInput): IngressGatewayValues {
  return input.values.gateways['istio-ingressgateway'];
}

function scaling(values: IngressGatewayValues): GatewayScaling {
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

function service(values: IngressGatewayValues): Gateway['service'] {
  return {
    annotations: ifSet(values.serviceAnnotations),
    furtherPorts: values.ingressPorts.map(({ name, port }) => ({ name, port })),
    spec: {
      type: values.type,
      externalTrafficPolicy: ifSet(values.externalTrafficPolicy),
      loadBalancerIP: ifSet(values.loadBalancerIP),
      loadBalancerSourceRanges: ifSet(values.loadBalancerSourceRanges),
      ipFamilyPolicy: ifSet(values.ipFamilyPolicy),
      ipFamilies: ifSet(values.ipFamilies),
    },
  };
}

function pod(input: ControlPlaneInput): GatewayPod {
  const { global, meshConfig, platform } = input.values;
  const values = valuesOf(input);
  return {
    name: values.name,
    labels: values.labels,
    revision: input.revision,
    annotations: values.podAnnotations,
    ports: values.ports,
    environment: environmentVariables(values.env),
    resources: ifSet(values.resources) ?? global.defaultResources,
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
    prometheusMerge: meshConfig.enablePrometheusMerge ? 'enabled' : 'disabled',
    furtherContainers: values.additionalContainers,
  };
}

function volumes({ secretVolumes, configVolumes }: IngressGatewayValues): readonly MountedVolume[] {
  return [
    ...secretVolumes.map(({ name, secretName, mountPath }) => secretVolume(name, secretName, mountPath)),
    ...configVolumes.map(({ name, configMapName, mountPath }) => ({
      volume: { name, configMap: { name: configMapName, optional: true } },
      mount: mountPath ? { mountPath, readOnly: true } : undefined,
    })),
  ];
}
