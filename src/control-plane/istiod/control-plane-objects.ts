import type { KubernetesObject } from '../../kubernetes/object';
import type { ControlPlaneInput } from '../input';
import { autoscaler, disruptionBudget, networkPolicy } from './availability';
import { clusterRole } from './cluster-role';
import { gatewayClassDefaults, jwksRoots, valuesConfigMap } from './config-maps';
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

/** A part of a control plane: its objects, of which there are none if the values disable it. */
type Part = (input: ControlPlaneInput) => readonly KubernetesObject[];

/**
 * The parts for each value of `global.resourceScope`: an administrator of the cluster can apply the parts of
 * the cluster, and an administrator of the mesh those of the namespace.
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
    valuesConfigMap,
    jwksRoots,
    gatewayClassDefaults,
    // Has no namespace, but the chart lists it here.
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
  cluster: [defaultTagWebhook, defaultStableChannelPolicy],
  namespace: [defaultTagService],
};

const ofDefaultValidator: Parts = { cluster: [defaultTagValidator], namespace: [] };

const ofReader: Parts = { cluster: [], namespace: [readerAccount] };

/** The control plane of one revision. Several revisions can exist in one cluster. */
export function controlPlaneObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return objects(ofRevision, input);
}

/** The objects that make a revision the default revision. A cluster has them once. */
export function defaultRevisionObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return objects(ofDefaultRevision, input);
}

/** The validator of resources without a revision. Until istiod answers, the API server refuses these resources. */
export function defaultValidatorObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return objects(ofDefaultValidator, input);
}

/** The reader account for other clusters, which all revisions share. */
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
