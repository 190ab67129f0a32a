import { distinct } from '../../kubernetes/container';
import { horizontalPodAutoscaler } from '../../kubernetes/horizontal-pod-autoscaler';
import { defined, type Fields, ifSet } from '../../kubernetes/object';
import { yamlText } from '../../kubernetes/yaml';
import type { AutoscalingDefinition } from '../../mesh/gateways/autoscaling';
import type { GatewayPodDefinition } from '../../mesh/gateways/pod-settings';
import type { ServicePortDefinition } from '../../mesh/gateways/service-settings';
import type { ServiceSettings } from '../../mesh/gateways/service-with-preset';
import { type Texts, textsOf } from '../../mesh/gateways/texts';
import { mergeValues } from '../../mesh/helm-values';
import { proxyContainer } from '../components/kubernetes-settings';
import { serviceFields, servicePort } from './service-fields';
import { budgetOf, containerFields, environmentOf, podFields } from './workload-fields';

/** The settings of what istiod deploys for a Gateway. */
export interface ManagedGatewaySettings extends Omit<GatewayPodDefinition, 'annotations' | 'labels'> {
  readonly annotations: Texts;
  readonly replicas?: number;
  readonly autoscaling?: AutoscalingDefinition | 'disabled';
  readonly serviceAccount?: { readonly annotations?: GatewayPodDefinition['annotations'] };
  readonly service: ServiceSettings;
}

/**
 * The parameters of a Gateway: what istiod merges over each object that it creates for the Gateway, as text, by the key
 * that istiod reads. Empty if there are no settings.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment
 */
export function deployedObjects(
  settings: ManagedGatewaySettings,
  disruptionBudget: 'enabled' | 'disabled',
): Readonly<Record<string, string>> {
  const overlays = {
    deployment: deployment(settings),
    horizontalPodAutoscaler: autoscaler(settings),
    podDisruptionBudget: disruptionBudget === 'enabled' ? budget(settings) : {},
    service: service(settings.service),
    serviceAccount: at(['metadata'], { annotations: ifSet(textsOf(settings.serviceAccount?.annotations)) }),
  };
  return defined(
    Object.fromEntries(
      Object.entries(overlays).map(([key, overlay]) => [key, ifSet(overlay) && yamlText(overlay)]),
    ),
  );
}

/** Fields at a path of an object. An empty map if none of them is set. */
function at(path: readonly string[], fields: Fields): Fields {
  const set = defined(fields);
  if (Object.keys(set).length === 0) return {};
  return path.reduceRight<Fields>((inner, key) => ({ [key]: inner }), set);
}

const template = ['spec', 'template'] as const;

function deployment(settings: ManagedGatewaySettings): Fields {
  const { autoscaling = 'disabled', replicas } = settings;
  return mergeValues(
    at(['metadata'], { annotations: ifSet(settings.annotations) }),
    at(['spec'], {
      replicas: autoscaling === 'disabled' ? replicas : undefined,
      minReadySeconds: ifSet(settings.minReadySeconds),
      strategy: ifSet(settings.strategy),
    }),
    at([...template, 'metadata'], { annotations: ifSet(textsOf(settings.podAnnotations)) }),
    at([...template, 'spec'], {
      ...podFields(settings),
      securityContext: ifSet(settings.securityContext),
      volumes: ifSet(settings.volumes),
      containers: ifSet(containers(settings)),
    }),
  );
}

function containers(settings: ManagedGatewaySettings): readonly object[] {
  const proxy = defined<unknown>({
    ...containerFields(settings),
    env: ifSet(distinct(environmentOf(settings))),
    resources: ifSet(settings.resources),
    // Merged with the probe of istiod, it could have two handlers, which Kubernetes refuses.
    readinessProbe: ifSet(settings.readinessProbe) && { ...settings.readinessProbe, $patch: 'replace' },
    securityContext: ifSet(settings.containerSecurityContext),
    volumeMounts: ifSet(settings.volumeMounts),
  });
  return [
    ...(Object.keys(proxy).length === 0 ? [] : [{ name: proxyContainer, ...proxy }]),
    ...(settings.additionalContainers ?? []),
  ];
}

/** istiod creates no autoscaler without this. */
function autoscaler({ autoscaling = 'disabled', annotations }: ManagedGatewaySettings): Fields {
  if (autoscaling === 'disabled') return {};
  const { targetCPUUtilizationPercentage: cpu = 80, autoscaleBehavior } = autoscaling;
  const memory = Number(ifSet(autoscaling.targetMemoryUtilizationPercentage) ?? 0);
  const { spec } = horizontalPodAutoscaler(
    { name: '' },
    {
      minReplicas: autoscaling.minReplicas ?? 1,
      maxReplicas: autoscaling.maxReplicas ?? 5,
      utilization: { cpu: ifSet(cpu), memory: ifSet(memory) },
      behavior: ifSet(autoscaleBehavior),
    },
  );
  const { scaleTargetRef: _, ...limits } = spec as Fields;
  return { ...at(['metadata'], { annotations: ifSet(annotations) }), ...at(['spec'], limits) };
}

/** For a single pod, a budget would only block the draining of its node. */
function budget(settings: ManagedGatewaySettings): Fields {
  const { autoscaling = 'disabled', replicas = 1 } = settings;
  const least = autoscaling === 'disabled' ? replicas : (autoscaling.minReplicas ?? 1);
  if (least < 2) return {};
  return at(['spec'], ifSet(defined<unknown>(budgetOf(settings))) ?? { minAvailable: 1 });
}

function service({ annotations, ports, selectorLabels, ...fields }: ServiceSettings): Fields {
  const { type: _, ...spec } = serviceFields(fields);
  return {
    ...at(['metadata'], { annotations: ifSet(annotations) }),
    ...at(['spec'], {
      ...spec,
      ports: ports && servicePorts(ports),
      selector: ifSet(textsOf(selectorLabels)),
    }),
  };
}

const statusPort = 15021;

/** istiod writes a status port. A list of ports replaces all of them. */
function servicePorts(ports: readonly ServicePortDefinition[]): readonly object[] {
  const hasStatusPort = ports.some(({ port }) => port === statusPort);
  return [
    ...(hasStatusPort ? [] : [{ port: statusPort, $patch: 'delete' }]),
    ...ports.map((port) => defined<unknown>(servicePort(port))),
  ];
}
