import { z } from 'zod';
import type { HelmValues } from '../helm-values';
import { checked } from '../kubernetes/api-object';
import { containerResources } from '../kubernetes/container-resources';
import { variable } from '../kubernetes/environment';
import { labels, optionalNamespace, optionalObjectName } from '../kubernetes/names';
import { probeChange } from '../kubernetes/probe';
import { affinity, toleration } from '../kubernetes/scheduling';
import { podSecurityContext } from '../kubernetes/security-context';
import { serviceAnnotations } from '../kubernetes/service-annotations';
import { serviceSpec } from '../kubernetes/service-spec';
import { volume, volumeMount } from '../kubernetes/volume';
import { autoscalerSpec, deploymentStrategy, disruptionBudgetSpec } from '../kubernetes/workload-objects';
import { integer, nonEmptyString, serviceName } from '../schema-types';
import { podAnnotations } from '../values/schemas/pod-annotations';
import type { ComponentDefinition, ComponentsDefinition, ControlPlaneComponents } from './definition';

const listOf = (inner: () => z.ZodType): z.ZodType<HelmValues[]> => z.array(checked(inner));

/** An overlay's value is any data that YAML can express. */
const overlay = z.strictObject({
  apiVersion: z.string().nullish(),
  kind: nonEmptyString,
  name: nonEmptyString,
  patches: z.array(z.strictObject({ path: nonEmptyString, value: z.json().optional() })).nullish(),
});

/** The schema of `k8s` of a component. */
const kubernetesSettings = z.strictObject({
  affinity: checked(affinity).nullish(),
  env: listOf(variable).nullish(),
  hpaSpec: checked(autoscalerSpec).nullish(),
  imagePullPolicy: z.enum(['', 'Always', 'IfNotPresent', 'Never']).nullish(),
  nodeSelector: labels.nullish(),
  overlays: z.array(overlay).nullish(),
  podAnnotations: podAnnotations.nullish(),
  podDisruptionBudget: checked(disruptionBudgetSpec).nullish(),
  priorityClassName: optionalObjectName.nullish(),
  readinessProbe: checked(probeChange).nullish(),
  replicaCount: integer(0, 1000).nullish(),
  resources: checked(containerResources).nullish(),
  securityContext: checked(podSecurityContext).nullish(),
  service: checked(serviceSpec).nullish(),
  serviceAnnotations: serviceAnnotations.nullish(),
  strategy: checked(deploymentStrategy).nullish(),
  tolerations: listOf(() => toleration).nullish(),
  volumes: listOf(volume).nullish(),
  volumeMounts: listOf(volumeMount).nullish(),
});

const component = z.strictObject({
  enabled: z.boolean().nullish(),
  namespace: optionalNamespace.nullish(),
  hub: z.string().nullish(),
  tag: z.union([z.string(), z.number()], { error: 'Write a tag, such as 1.31.0-distroless.' }).nullish(),
  k8s: kubernetesSettings.nullish(),
}) satisfies z.ZodType<ComponentDefinition>;

const gateways = z.array(component.extend({ name: serviceName, label: labels.nullish() }));

/** The schema of `components` of a control plane. */
export const controlPlaneComponentsSchema = z.strictObject({
  pilot: component.optional(),
}) satisfies z.ZodType<ControlPlaneComponents>;

/** The schema of `istio.components`. */
export const componentsSchema = z.strictObject({
  pilot: component.optional(),
  base: component.optional(),
  cni: component.optional(),
  ingressGateways: gateways.optional(),
  egressGateways: gateways.optional(),
  ztunnel: component.optional(),
  istiodRemote: component.optional(),
}) satisfies z.ZodType<ComponentsDefinition>;
