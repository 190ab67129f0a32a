import {
  cpuLimit,
  distinct,
  type EnvironmentVariable,
  environmentVariable,
  environmentVariables,
  fieldOfPod,
  resources,
  volumesAndMounts,
} from '../../kubernetes/container';
import { ifSet } from '../../kubernetes/object';
import { imageReference } from '../image';
import { agentConfiguration, agentContainer } from './naming';
import type { NodeAgentInput } from './node-agent-values';
import { mountOrder, sharesHostNetwork, volumes } from './volumes';

/** The container of the node agent's pod. */
export function container(input: NodeAgentInput) {
  const { global, pullPolicy, ...values } = input.values;
  return {
    name: agentContainer,
    image: imageOf(input),
    imagePullPolicy: ifSet(pullPolicy) ?? ifSet(global.imagePullPolicy),
    command: ['install-cni'],
    args: ifSet(args(input)),
    ports: [{ containerPort: 15014, name: 'metrics', protocol: 'TCP' }],
    readinessProbe: { httpGet: { path: '/readyz', port: 8000 } },
    securityContext: securityContext(input),
    envFrom: [{ configMapRef: { name: agentConfiguration } }],
    env: distinct(environment(input)),
    resources: resources(ifSet(values.resources) ?? global.defaultResources),
    volumeMounts: volumesAndMounts(volumes(input), mountOrder).volumeMounts,
  };
}

function imageOf({ values: { global, ...values } }: NodeAgentInput): string {
  return imageReference(values.image || 'install-cni', {
    hub: values.hub || global.hub,
    tag: String(values.tag || global.tag),
    variant: values.variant || global.variant,
  });
}

function args({ values: { global, logging } }: NodeAgentInput): readonly string[] {
  const level = logging.level || global.logging.level;
  return [...(level ? [`--log_output_level=${level}`] : []), ...(global.logAsJson ? ['--log_as_json'] : [])];
}

/** Root without its capabilities, but for those that the agent needs to enter the networks of pods. */
function securityContext({ release, values }: NodeAgentInput) {
  const withField = release.appArmorFieldOfCni && !values.useAppArmorAnnotation;
  const seLinuxOptions = ifSet(values.seLinuxOptions);
  return {
    appArmorProfile: withField ? { type: 'Unconfined' } : undefined,
    privileged: false,
    runAsGroup: 0,
    runAsUser: 0,
    runAsNonRoot: false,
    capabilities: {
      drop: ['ALL'],
      // The last one writes to folders of other users.
      add: ['NET_ADMIN', 'NET_RAW', 'SYS_PTRACE', 'SYS_ADMIN', 'DAC_OVERRIDE'],
    },
    seLinuxOptions: seLinuxOptions && { type: 'spc_t', ...seLinuxOptions },
    seccompProfile: ifSet(values.seccompProfile),
  };
}

function environment(input: NodeAgentInput): readonly EnvironmentVariable[] {
  return [
    fieldOfPod('REPAIR_NODE_NAME', 'spec.nodeName'),
    environmentVariable('REPAIR_RUN_AS_DAEMON', true),
    environmentVariable('REPAIR_SIDECAR_ANNOTATION', 'sidecar.istio.io/status'),
    ...(sharesHostNetwork(input) ? [] : [environmentVariable('ALLOW_SWITCH_TO_HOST_NS', true)]),
    fieldOfPod('NODE_NAME', 'spec.nodeName'),
    { name: 'GOMEMLIMIT', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1' } } },
    cpuLimit('GOMAXPROCS'),
    fieldOfPod('POD_NAME', 'metadata.name'),
    fieldOfPod('POD_NAMESPACE', 'metadata.namespace'),
    ...environmentVariables(input.values.env),
  ];
}
