import { type HelmValues, isMap, mergeValues } from '../mesh/helm-values';

/** Values as an IstioOperator has them. */
interface OperatorValues {
  readonly values: HelmValues;
  readonly unvalidatedValues: HelmValues;
}

/**
 * Separates the values that istioctl would refuse or overwrite: it does not know some values of the chart of the node
 * agent, and the name of the account of ztunnel. It sets `pilot.cni.enabled` to whether it installs the node agent itself;
 * a node agent that another tool has installed would not be used.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/
 */
export function withUnvalidated(values: HelmValues, installsNodeAgent: boolean): OperatorValues {
  const { pilot, cni } = values;
  const pilotCni = isMap(pilot) && isMap(pilot.cni) ? pilot.cni : {};
  const overwritten = typeof pilotCni.enabled === 'boolean' && pilotCni.enabled !== installsNodeAgent;
  const { known, unknown } = valuesOfNodeAgent(isMap(cni) ? cni : {});
  const ofPilot = separated(isMap(pilot) ? pilot : {}, refusedPilotKeys);
  const hasRefused = Object.keys(ofPilot.unknown).length > 0;
  return {
    values: {
      ...values,
      ...(isMap(cni) ? { cni: known } : {}),
      ...(hasRefused ? { pilot: ofPilot.known } : {}),
    },
    unvalidatedValues: mergeValues(
      overwritten ? { pilot: { cni: { enabled: pilotCni.enabled } } } : {},
      hasRefused ? { pilot: ofPilot.unknown } : {},
      Object.keys(unknown).length === 0 ? {} : { cni: unknown },
    ),
  };
}

/** The keys of `cni` that the chart reads and istioctl refuses. Istio 1.29 refuses the last one. */
const refusedKeys: readonly string[] = [
  'seLinuxOptions',
  'terminationGracePeriodSeconds',
  'tolerations',
  'updateStrategy',
  'useAppArmorAnnotation',
];

/** The same for `cni.ambient`. */
const refusedAmbientKeys: readonly string[] = [
  'enableAmbientDetectionRetry',
  'enablementSelectors',
  'shareHostNetworkNamespace',
];

/** The same for `pilot`. */
const refusedPilotKeys: readonly string[] = ['trustedZtunnelName'];

interface SeparatedValues {
  readonly known: HelmValues;
  readonly unknown: HelmValues;
}

function valuesOfNodeAgent({ ambient, ...cni }: HelmValues): SeparatedValues {
  const { known, unknown } = separated(cni, refusedKeys);
  if (!isMap(ambient)) return { known: { ...known, ...(ambient === undefined ? {} : { ambient }) }, unknown };
  const ofAmbient = separated(ambient, refusedAmbientKeys);
  const hasUnknown = Object.keys(ofAmbient.unknown).length > 0;
  return {
    known: { ...known, ambient: ofAmbient.known },
    unknown: hasUnknown ? { ...unknown, ambient: ofAmbient.unknown } : unknown,
  };
}

function separated(values: HelmValues, refused: readonly string[]): SeparatedValues {
  const entries = Object.entries(values);
  return {
    known: Object.fromEntries(entries.filter(([key]) => !refused.includes(key))),
    unknown: Object.fromEntries(entries.filter(([key]) => refused.includes(key))),
  };
}
