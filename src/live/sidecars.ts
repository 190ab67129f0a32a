import type { KubernetesObject } from '@kubernetes/client-node';
import { helloWorld, istioSystem } from '../mesh/istio-names';
import { hasLabels } from './label-selector';
import { lasting, type UnlocatedProblem } from './live-problem';
import { nameOf, type Workload } from './workload';

/** Istio's Sidecar, as an API server returns it. */
export interface Sidecar extends KubernetesObject {
  readonly spec?: {
    readonly egress?: readonly { readonly hosts?: readonly string[] }[];
    readonly workloadSelector?: { readonly labels?: Readonly<Record<string, string>> };
  };
}

/**
 * The Sidecar that hides HelloWorld from its client. Of several, one for the workload comes before one for the
 * namespace, and that before one for the mesh.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export function sidecarProblems(
  cluster: string,
  sidecars: readonly Sidecar[],
  { namespace, labels }: Workload,
  host: string,
): UnlocatedProblem[] {
  const isSelected = ({ spec }: Sidecar) => hasLabels(labels, spec?.workloadSelector?.labels);
  const isForWorkloads = ({ spec }: Sidecar) => Object.keys(spec?.workloadSelector?.labels ?? {}).length > 0;
  const own = sidecars.filter((sidecar) => sidecar.metadata?.namespace === namespace && isSelected(sidecar));
  const ofMesh = sidecars.filter(
    (sidecar) => sidecar.metadata?.namespace === istioSystem && !isForWorkloads(sidecar),
  );
  const applied = own.find(isForWorkloads) ?? own[0] ?? ofMesh[0];
  const egress = applied?.spec?.egress ?? [];
  if (applied === undefined || egress.length === 0) return [];
  const hosts = egress.flatMap((listener) => listener.hosts ?? []);
  if (hosts.some((pattern) => covers(pattern, host))) return [];
  const { shown } = nameOf('Sidecar', applied);
  return [
    lasting(
      `${shown} of ${cluster} hides HelloWorld from its client: its egress has the hosts ${hosts.join(', ')}.`,
      `Add ${helloWorld.namespace}/* to the hosts of its egress.`,
    ),
  ];
}

/** Hosts of a Sidecar have the form `namespace/name`; `.` is the namespace of the Sidecar's workloads. */
function covers(pattern: string, host: string): boolean {
  const [namespace = '', name = ''] = pattern.split('/');
  if (!['*', '.', helloWorld.namespace].includes(namespace)) return false;
  return name === '*' || (name.startsWith('*.') ? host.endsWith(name.slice(1)) : name === host);
}
