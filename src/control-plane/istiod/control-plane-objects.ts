import type { KubernetesObject } from '../../kubernetes/object';
import type { ControlPlaneInput } from '../input';
import { autoscaler, disruptionBudget, networkPolicy } from './availability';
import { clusterRole } from './cluster-role';
import { gatewayClassDefaults, jwksRoots, recordedValues } from './config-maps';
import { deployment } from './deployment';
import { injectionWebhook, injectorConfigMap } from './injection-webhook';
import { meshConfigMap } from './mesh-config';
import { readerAccount, readerClusterRole } from './reader';
import {
  defaultTagService,
  defaultTagValidator,
  defaultTagWebhook,
  revisionTagServices,
  revisionTagWebhooks,
} from './revision-tags';
import { gatewayController, role, serviceAccount } from './role';
import { service } from './service';
import { defaultStableChannelPolicy, stableChannelPolicy } from './stable-channel-policy';
import { validationWebhook } from './validation-webhook';

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

const ofDefaultRevision: Parts = {
  cluster: [defaultTagWebhook, defaultTagValidator, defaultStableChannelPolicy],
  namespace: [defaultTagService],
};

const ofReader: Parts = { cluster: [], namespace: [readerAccount] };

/** The control plane of one revision. Objects of several revisions are beside each other in one cluster. */
export function controlPlaneObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return objects(ofRevision, input);
}

/** What makes a revision the one of pods and resources that name none; a cluster has it once. */
export function defaultRevisionObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return objects(ofDefaultRevision, input);
}

/** The account that other clusters read this one as, which all revisions share. */
export function readerObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return objects(ofReader, input);
}

function objects({ cluster, namespace }: Parts, input: ControlPlaneInput): readonly KubernetesObject[] {
  const { resourceScope } = input.values.global;
  const parts = [
    ...(resourceScope === 'namespace' ? [] : cluster),
    ...(resourceScope === 'cluster' ? [] : namespace),
  ];
  return parts.flatMap((part) => part(input));
}
