import type { ControlPlaneInput } from '../control-plane-input';
import type { KubernetesObject } from '../kubernetes-object';
import { autoscaler } from './autoscaler';
import { clusterRole } from './cluster-role';
import { deployment } from './deployment';
import { disruptionBudget } from './disruption-budget';
import { gatewayClassDefaults } from './gateway-class-defaults';
import { gatewayController } from './gateway-controller';
import { injectionWebhook } from './injection-webhook';
import { injectorConfigMap } from './injector-config-map';
import { jwksRoots } from './jwks-roots';
import { meshConfigMap } from './mesh-config';
import { networkPolicy } from './network-policy';
import { readerAccount, readerClusterRole } from './reader';
import { recordedValues } from './recorded-values-config-map';
import { revisionTagServices, revisionTagWebhooks } from './revision-tags';
import { role } from './role';
import { service } from './service';
import { serviceAccount } from './service-account';
import { defaultStableChannelPolicy, stableChannelPolicy } from './stable-channel-policy';
import { defaultValidator, validationWebhook } from './validation-webhook';

/** A part of a control plane: the objects that the values ask for, which may be none. */
type Part = (input: ControlPlaneInput) => readonly KubernetesObject[];

/**
 * The objects that `global.resourceScope` counts to the cluster, and those it counts to the namespace: an
 * administrator of the cluster can apply the ones, and one of the mesh the others.
 */
interface Parts {
  readonly cluster: readonly Part[];
  readonly namespace: readonly Part[];
}

const ofRevision: Parts = {
  cluster: [
    clusterRole,
    gatewayController,
    readerClusterRole,
    validationWebhook,
    injectionWebhook,
    revisionTagWebhooks,
  ],
  namespace: [
    serviceAccount,
    role,
    meshConfigMap,
    injectorConfigMap,
    recordedValues,
    jwksRoots,
    gatewayClassDefaults,
    // In no namespace, and yet the chart counts it here.
    stableChannelPolicy,
    deployment,
    autoscaler,
    disruptionBudget,
    networkPolicy,
    service,
    revisionTagServices,
  ],
};

const ofCluster: Parts = {
  cluster: [defaultValidator, defaultStableChannelPolicy],
  namespace: [readerAccount],
};

/** The control plane of one revision. Objects of several revisions are beside each other in one cluster. */
export function controlPlaneObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return objects(ofRevision, input);
}

/**
 * What all revisions of a cluster share, and what there is once: the account that other clusters read it
 * as, and what `defaultRevision` asks for.
 */
export function sharedObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return objects(ofCluster, input);
}

function objects({ cluster, namespace }: Parts, input: ControlPlaneInput): readonly KubernetesObject[] {
  const { resourceScope } = input.values.global;
  const parts = [
    ...(resourceScope === 'namespace' ? [] : cluster),
    ...(resourceScope === 'cluster' ? [] : namespace),
  ];
  return parts.flatMap((part) => part(input));
}
