import { type HelmValues, mergeValues } from '../../mesh/helm-values';

/** A change of Istio's behaviour, and the values that bring back what was before it. */
interface BehaviourChange {
  /** The line that changed, as its minor number. */
  readonly changedIn: number;
  readonly former: HelmValues;
  /** The oldest line for which the chart brings it back, where that is not every line before the change. */
  readonly since?: number;
}

const changes: readonly BehaviourChange[] = [
  { changedIn: 26, former: { ambient: { shareHostNetworkNamespace: true } } },
  { changedIn: 27, former: disabled('ENABLE_NATIVE_SIDECARS') },
  { changedIn: 28, former: disabled('DISABLE_SHADOW_HOST_SUFFIX') },
  { changedIn: 28, former: disabled('PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY') },
  { changedIn: 29, former: disabled('DISABLE_TRACK_REMAINING_CB_METRICS') },
  { changedIn: 29, former: { cni: { ambient: { reconcileIptablesOnStartup: false } } } },
  { changedIn: 30, former: disabled('PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE') },
  { changedIn: 31, former: disabled('PILOT_ENABLE_STRICT_GATEWAY_MERGING') },
  { changedIn: 31, former: disabled('PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS') },
  // Istio 1.31 names it again for 1.30, and for no line between.
  { changedIn: 31, since: 30, former: disabled('PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY') },
];

/** The values that make a line of Istio behave like an older one. */
export function compatibilityValues(line: string, older: string): HelmValues {
  const [newest, wanted] = [minorOf(line), minorOf(older)];
  const applying = changes.filter(
    ({ changedIn, since = 0 }) => changedIn <= newest && wanted < changedIn && wanted >= since,
  );
  return mergeValues(...applying.map(({ former }) => former));
}

function disabled(variable: string): HelmValues {
  return { pilot: { env: { [variable]: 'false' } } };
}

function minorOf(line: string): number {
  return Number(line.split('.')[1]);
}
