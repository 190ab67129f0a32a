import { z } from 'zod';
import { dnsConfig, dnsPolicies } from '../../kubernetes/dns';
import {
  annotations,
  labels,
  optionalNamespace,
  optionalObjectName,
  variables,
} from '../../kubernetes/names';
import { affinity } from '../../kubernetes/scheduling';
import { seLinuxOptions } from '../../kubernetes/security-context';
import { volume, volumeMount } from '../../kubernetes/volume';
import { dnsSubdomain, matching } from '../../schema-types';
import { type MultiClusterValues, resourceScopes } from '../global-values';
import { imagePullPolicies, imageVariants } from '../kubernetes-values';
import type {
  PeerCaCrlValues,
  ZtunnelMeshConfigValues,
  ZtunnelProxyConfigValues,
  ZtunnelValues,
} from '../ztunnel-values';
import { optionalHostAndPort } from './addresses';
import { checked, count, flag, image, imageTag, mapOf, needed, resources, text, tolerations } from './common';
import { resourceQuotaValues, updateStrategyValues } from './daemon-set-values';

const level = '(trace|debug|info|warn|error|off)';

/** The levels of Rust's tracing library, of all modules and of single ones. */
const logLevels = matching(
  new RegExp(`^(([^\\s,=]+=)?${level}(,([^\\s,=]+=)?${level})*)?$`, 'i'),
  'Write trace, debug, info, warn, error or off, or levels of modules such as info,access=debug.',
);

/** Variables, of which the chart compares one with true: it cannot compare a text. */
const environment = variables.superRefine(({ ENABLE_CLUSTER_TRUST_BUNDLE_API: bundle }, { addIssue }) => {
  if (bundle === undefined || typeof bundle === 'boolean') return;
  const message = `ENABLE_CLUSTER_TRUST_BUNDLE_API is ${JSON.stringify(bundle)}, which Istio's chart cannot read.`;
  const path = ['ENABLE_CLUSTER_TRUST_BUNDLE_API'];
  addIssue({
    code: 'custom',
    path,
    message: 'Write true without quotes.',
    params: { message },
    input: bundle,
  });
});

/** The shape of Istio's `ztunnel` values. */
export function ztunnelValues(): z.ZodType<ZtunnelValues> {
  const proxyMetadata = needed(mapOf<ZtunnelProxyConfigValues>({ proxyMetadata: variables }));
  return mapOf<ZtunnelValues>({
    hub: text,
    tag: imageTag,
    variant: z.enum(imageVariants),
    image,
    imagePullPolicy: z.enum(imagePullPolicies),
    imagePullSecrets: z.array(dnsSubdomain),
    resourceName: optionalObjectName,
    labels,
    annotations,
    podLabels: labels,
    podAnnotations: annotations,
    logLevel: logLevels,
    logAsJson: flag,
    env: environment,
    meshConfig: needed(mapOf<ZtunnelMeshConfigValues>({ defaultConfig: proxyMetadata })),
    resources,
    resourceQuotas: needed(resourceQuotaValues()),
    resourceScope: needed(z.enum(resourceScopes)),
    nodeSelector: labels,
    affinity: checked(affinity),
    tolerations,
    updateStrategy: updateStrategyValues(),
    terminationGracePeriodSeconds: count,
    volumes: z.array(checked(volume)),
    volumeMounts: z.array(checked(volumeMount)),
    dnsPolicy: z.enum(['', ...dnsPolicies]),
    dnsConfig: checked(dnsConfig),
    seLinuxOptions: checked(seLinuxOptions),
    peerCaCrl: needed(mapOf<PeerCaCrlValues>({ enabled: flag })),
    trustBundleName: optionalObjectName,
    caAddress: optionalHostAndPort('istiod.istio-system.svc:15012'),
    xdsAddress: optionalHostAndPort('istiod.istio-system.svc:15012'),
    revision: text,
    istioNamespace: optionalNamespace,
    network: text,
    multiCluster: needed(mapOf<MultiClusterValues>({ clusterName: text })),
  });
}
