import type { ControlPlaneInput } from '../control-plane-input';
import { distinct } from '../environment-variable';
import { given } from '../given';
import { volumesAndMounts } from '../mounted-volume';
import { resources } from '../resources';
import { environment } from './environment';
import { volumes } from './volumes';

/** The container of istiod's pod. */
export function container(input: ControlPlaneInput) {
  const { release, values } = input;
  const { global, pilot } = values;
  return {
    name: 'discovery',
    image: image(input),
    imagePullPolicy: given(global.imagePullPolicy),
    terminationMessagePolicy: release.terminationMessagePolicy
      ? given(pilot.terminationMessagePolicy)
      : undefined,
    args: args(input),
    ports,
    readinessProbe: {
      httpGet: { path: '/ready', port: 8080 },
      initialDelaySeconds: 1,
      periodSeconds: 3,
      timeoutSeconds: 5,
    },
    env: distinct(environment(input)),
    resources: resources(given(pilot.resources) ?? global.defaultResources),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: given(pilot.seccompProfile),
    },
    volumeMounts: [...volumesAndMounts(volumes(input)).volumeMounts, ...pilot.volumeMounts],
  };
}

function image({ values: { global, pilot } }: ControlPlaneInput): string {
  if (pilot.image.includes('/')) return pilot.image;
  const variant = pilot.variant || global.variant;
  const tag = pilot.tag || global.tag;
  return `${pilot.hub || global.hub}/${pilot.image || 'pilot'}:${tag}${variant ? `-${variant}` : ''}`;
}

function args({ values: { global, pilot } }: ControlPlaneInput) {
  return [
    'discovery',
    '--monitoringAddr=:15014',
    ...(global.logging.level ? [`--log_output_level=${global.logging.level}`] : []),
    ...(global.logAsJson ? ['--log_as_json'] : []),
    '--domain',
    global.proxy.clusterDomain,
    ...(pilot.taint.namespace ? [`--cniNamespace=${pilot.taint.namespace}`] : []),
    '--keepaliveMaxServerConnectionAge',
    pilot.keepaliveMaxServerConnectionAge,
    ...pilot.extraContainerArgs,
  ];
}

const ports = [
  { containerPort: 8080, protocol: 'TCP', name: 'http-debug' },
  { containerPort: 15010, protocol: 'TCP', name: 'grpc-xds' },
  { containerPort: 15012, protocol: 'TCP', name: 'tls-xds' },
  { containerPort: 15017, protocol: 'TCP', name: 'https-webhooks' },
  { containerPort: 15014, protocol: 'TCP', name: 'http-monitoring' },
];
