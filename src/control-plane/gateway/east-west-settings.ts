import { distinct, environmentVariable } from '../../kubernetes/container';
import { defined, ifSet, isSet } from '../../kubernetes/object';
import type {
  KubernetesSettings,
  OverlayDefinition,
  OverlayPatchDefinition,
} from '../../mesh/components/definition';
import { textsOf } from '../../mesh/gateways/texts';
import { type HelmValues, mergeValues } from '../../mesh/helm-values';
import { eastWestGatewayName } from '../../mesh/istio-names';
import type { EastWestGatewaySettings } from '../../mesh/mesh';
import { proxyContainer } from '../components/kubernetes-settings';
import { accountName, roleName } from './gateway-objects';
import { containerSecurityContext } from './pod-template';
import { budgetOf, environmentOf } from './workload-fields';

/**
 * The settings of an east-west gateway that Istio's chart has no values for, in the form in which an IstioOperator has
 * them. All control plane formats merge them over the objects of the chart. Undefined if there are none.
 */
export function furtherSettings(
  settings: EastWestGatewaySettings,
  network: string,
): KubernetesSettings | undefined {
  const { imagePullPolicy, readinessProbe, securityContext, service } = settings;
  return ifSet(
    defined({
      env: environment(settings, network),
      imagePullPolicy: ifSet(imagePullPolicy),
      podDisruptionBudget: ifSet(defined<number | string>(budgetOf(settings))),
      readinessProbe: ifSet(readinessProbe),
      securityContext: ifSet(securityContext),
      service: isSet(service.selectorLabels) ? { selector: textsOf(service.selectorLabels) } : undefined,
      strategy: strategy(settings),
      overlays: ifSet(overlays(settings)),
    }) as KubernetesSettings,
  );
}

function environment(settings: EastWestGatewaySettings, network: string) {
  const own = environmentOf(settings);
  if (own.length === 0) return undefined;
  return distinct([environmentVariable('ISTIO_META_REQUESTED_NETWORK_VIEW', network), ...own]);
}

/** The chart has the limits of a rolling update, which Kubernetes refuses beside another type. */
function strategy({ strategy: given }: EastWestGatewaySettings): HelmValues | undefined {
  return given?.type === 'Recreate' ? { ...given, rollingUpdate: null } : ifSet(given);
}

/** What `k8s` of a component has no key for. */
function overlays(settings: EastWestGatewaySettings): OverlayDefinition[] {
  const { annotations = {}, autoscaling, service, serviceAccount } = settings;
  const name = eastWestGatewayName;
  const annotated = replaced('metadata.annotations', annotations);
  return [
    { kind: 'ServiceAccount', name: accountName(name), patches: accountPatches(serviceAccount) },
    { kind: 'Deployment', name, patches: [...annotated, ...deploymentPatches(settings)] },
    { kind: 'Role', name: roleName(name), patches: annotated },
    { kind: 'RoleBinding', name: roleName(name), patches: annotated },
    {
      kind: 'HorizontalPodAutoscaler',
      name,
      patches: autoscaling === 'disabled' ? [] : [...annotated, ...scalingPatches(autoscaling)],
    },
    { kind: 'Service', name, patches: (service.ports ?? []).flatMap(protocolPatch) },
  ].filter(({ patches }) => patches.length > 0);
}

const pod = 'spec.template.spec';
const proxy = `${pod}.containers.[name:${proxyContainer}]`;

function deploymentPatches(settings: EastWestGatewaySettings): OverlayPatchDefinition[] {
  return [
    ...replaced('spec.minReadySeconds', settings.minReadySeconds),
    ...appended(`${pod}.volumes`, settings.volumes),
    ...appended(`${proxy}.volumeMounts`, settings.volumeMounts),
    ...replaced(`${proxy}.lifecycle`, settings.lifecycle),
    ...replaced(`${proxy}.securityContext`, ownSecurityContext(settings)),
    ...appended(`${pod}.containers`, settings.additionalContainers),
    ...replaced(`${pod}.initContainers`, settings.initContainers),
    ...replaced(`${pod}.topologySpreadConstraints`, settings.topologySpreadConstraints),
    ...replaced(`${pod}.dnsPolicy`, settings.dnsPolicy),
    ...replaced(`${pod}.dnsConfig`, settings.dnsConfig),
    ...given(`${pod}.terminationGracePeriodSeconds`, settings.terminationGracePeriodSeconds),
  ];
}

function ownSecurityContext({ containerSecurityContext: own }: EastWestGatewaySettings) {
  if (!isSet(own)) return undefined;
  const merged = mergeValues(containerSecurityContext, own as HelmValues);
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

function accountPatches(account: EastWestGatewaySettings['serviceAccount']): OverlayPatchDefinition[] {
  return replaced('metadata.annotations', textsOf(account?.annotations));
}

function scalingPatches({
  targetMemoryUtilizationPercentage,
  autoscaleBehavior,
}: Exclude<EastWestGatewaySettings['autoscaling'], 'disabled'>): OverlayPatchDefinition[] {
  const memory = Number(ifSet(targetMemoryUtilizationPercentage) ?? 0);
  const target = { type: 'Utilization', averageUtilization: memory };
  const metric = { type: 'Resource', resource: { name: 'memory', target } };
  return [
    ...appended('spec.metrics', memory > 0 ? [metric] : []),
    ...replaced('spec.behavior', autoscaleBehavior),
  ];
}

/** Istio's chart knows no appProtocol. */
function protocolPatch(
  { name, appProtocol }: { readonly name?: string; readonly appProtocol?: string },
  index: number,
): OverlayPatchDefinition[] {
  return replaced(`spec.ports.[${name ? `name:${name}` : index}].appProtocol`, appProtocol);
}

/** A value at a path, unless it is empty. */
function replaced(path: string, value: unknown): OverlayPatchDefinition[] {
  return isSet(value) ? [{ path, value }] : [];
}

function given(path: string, value: number | undefined): OverlayPatchDefinition[] {
  return value === undefined ? [] : [{ path, value }];
}

function appended(path: string, items: readonly HelmValues[] = []): OverlayPatchDefinition[] {
  return items.map((value) => ({ path: `${path}.[-1]`, value }));
}
