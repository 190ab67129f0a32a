import { z } from 'zod';
import { labels, optionalNamespace, optionalObjectName } from '../../kubernetes/names';
import { dnsSubdomain, integer, matching } from '../../schema-types';
import type { SdsTokenValues, SdsValues, StsValues } from '../chart-values';
import {
  type AgentgatewayValues,
  type ArchValues,
  type GlobalValues,
  type IstiodValues,
  type LoggingValues,
  type MultiClusterValues,
  type NetworkPolicyValues,
  type PilotCertProvider,
  type PodDisruptionBudgetSwitch,
  type ReaderServiceAccountValues,
  resourceScopes,
} from '../global-values';
import { imagePullPolicies, imageVariants, istioPlatforms } from '../kubernetes-values';
import { optionalHostAndPort } from './addresses';
import {
  checked,
  flag,
  image,
  ipFamilies,
  ipFamilyPolicy,
  mapOf,
  needed,
  port,
  resources,
  text,
  texts,
  tolerations,
} from './common';
import { meshNetworks } from './mesh-networks';
import { istioLogLevels } from './proxy-arguments';
import { proxyInitValues, proxyValues, tracerValues, waypointValues } from './proxy-values';

const pilotCertProvider = matching(
  /^(istiod|kubernetes|custom|none|k8s\.io\/.+)$/,
  'Write istiod, kubernetes, custom, none, or a signer of Kubernetes such as k8s.io/example.',
) as unknown as z.ZodType<PilotCertProvider>;

/** How much an architecture is preferred; 0 for not at all. */
const weight = integer(0, 100);

/** The shape of Istio's `global` values. */
export function globalValues() {
  return mapOf<GlobalValues>({
    hub: text,
    tag: text,
    variant: z.enum(imageVariants),
    imagePullPolicy: z.enum(imagePullPolicies),
    imagePullSecrets: z.array(dnsSubdomain),
    istioNamespace: text,
    meshID: text,
    network: text,
    meshNetworks: checked(meshNetworks),
    multiCluster: needed(mapOf<MultiClusterValues>({ clusterName: text })),
    proxy: needed(proxyValues()),
    proxy_init: proxyInitValues(),
    waypoint: waypointValues(),
    agentgateway: mapOf<AgentgatewayValues>({ image }),
    logging: needed(mapOf<LoggingValues>({ level: istioLogLevels })),
    logAsJson: flag,
    tracer: tracerValues(),
    istiod: needed(mapOf<IstiodValues>({ enableAnalysis: flag })),
    pilotCertProvider,
    caAddress: optionalHostAndPort('istiod.istio-system.svc:15012'),
    caName: text,
    certSigners: texts,
    trustBundleName: optionalObjectName,
    mountMtlsCerts: flag,
    sds: needed(mapOf<SdsValues>({ token: needed(mapOf<SdsTokenValues>({ aud: text })) })),
    sts: needed(mapOf<StsValues>({ servicePort: port })),
    configValidation: flag,
    operatorManageWebhooks: flag,
    omitSidecarInjectorConfigMap: flag,
    resourceScope: needed(z.enum(resourceScopes)),
    networkPolicy: mapOf<NetworkPolicyValues>({ enabled: flag }),
    nativeNftables: flag,
    platform: z.enum(['', ...istioPlatforms]),
    enableReaderRBAC: flag,
    readerServiceAccount: needed(
      mapOf<ReaderServiceAccountValues>({ name: optionalObjectName, namespace: optionalNamespace }),
    ),
    ipFamilyPolicy,
    ipFamilies,
    priorityClassName: optionalObjectName,
    defaultNodeSelector: labels,
    defaultTolerations: tolerations,
    defaultResources: resources,
    defaultPodDisruptionBudget: needed(mapOf<PodDisruptionBudgetSwitch>({ enabled: flag })),
    arch: mapOf<ArchValues>({ amd64: weight, arm64: weight, ppc64le: weight, s390x: weight }),
    remotePilotAddress: text,
    externalIstiod: flag,
    configCluster: flag,
  });
}
