import { z } from 'zod';
import { labelSelector } from '../../kubernetes/label-selector';
import { annotations, labelKey, labels, labelValue, variables } from '../../kubernetes/names';
import { affinity } from '../../kubernetes/scheduling';
import { profile, seLinuxOptions } from '../../kubernetes/security-context';
import { dnsLabel, matching } from '../../schema-types';
import type {
  CniAmbientValues,
  CniEnablementSelectorValues,
  CniRepairValues,
  CniValues,
} from '../cni-values';
import type { LoggingValues } from '../global-values';
import { imagePullPolicies, imageVariants } from '../kubernetes-values';
import { cniProviders } from '../pilot-values';
import {
  checked,
  count,
  filledText,
  flag,
  image,
  imageTag,
  mapOf,
  resources,
  text,
  tolerations,
} from './common';
import { resourceQuotaValues, updateStrategyValues } from './daemon-set-values';
import { istioLogLevels } from './proxy-arguments';

const folder = matching(/^\/[^:]*$/, 'Write the path of a folder on the nodes, such as /opt/cni/bin.');

/** Helm passes an empty folder on as none, and the chart then chooses one. */
const folderOrNone = matching(
  /^(\/[^:]*)?$/,
  'Write the path of a folder on the nodes, such as /opt/cni/bin.',
);

const fileName = matching(
  /^[^/]*$/,
  'Write the name of a file without its folder, such as 10-calico.conflist.',
);

/** The shape of Istio's `cni` values. */
export function cniValues(): z.ZodType<CniValues> {
  return mapOf<CniValues>({
    hub: text,
    tag: imageTag,
    variant: z.enum(imageVariants),
    image,
    pullPolicy: z.enum(imagePullPolicies),
    logging: mapOf<LoggingValues>({ level: istioLogLevels }),
    cniBinDir: folderOrNone,
    cniConfDir: folder,
    cniConfFileName: fileName,
    cniNetnsDir: folder,
    istioOwnedCNIConfig: flag,
    istioOwnedCNIConfigFileName: fileName,
    chained: flag,
    provider: z.enum(cniProviders),
    excludeNamespaces: z.array(dnsLabel),
    repair: repairValues(),
    ambient: ambientValues(),
    env: variables,
    resources,
    resourceQuotas: resourceQuotaValues(),
    tolerations,
    affinity: checked(affinity),
    updateStrategy: updateStrategyValues(),
    terminationGracePeriodSeconds: count,
    daemonSetLabels: labels,
    podLabels: labels,
    podAnnotations: annotations,
    seccompProfile: checked(profile),
    seLinuxOptions: checked(seLinuxOptions),
    useAppArmorAnnotation: flag,
  });
}

function repairValues() {
  return mapOf<CniRepairValues>({
    enabled: flag,
    repairPods: flag,
    deletePods: flag,
    labelPods: flag,
    initContainerName: filledText,
    brokenPodLabelKey: labelKey,
    brokenPodLabelValue: labelValue,
  });
}

function ambientValues() {
  const selectors = mapOf<CniEnablementSelectorValues>({
    podSelector: labelSelector,
    namespaceSelector: labelSelector,
  });
  return mapOf<CniAmbientValues>({
    enabled: flag,
    enablementSelectors: z.array(selectors),
    dnsCapture: flag,
    ipv6: flag,
    reconcileIptablesOnStartup: flag,
    shareHostNetworkNamespace: flag,
    enableAmbientDetectionRetry: flag,
  });
}
