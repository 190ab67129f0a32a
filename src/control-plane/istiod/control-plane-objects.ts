import type { KubernetesObject } from '../../kubernetes/object';
import { type ComponentTarget, withSettings } from '../components/kubernetes-settings';
import type { ControlPlaneInput, SharedInput } from '../input';
import { autoscaler, disruptionBudget, networkPolicy } from './availability';
import { clusterRole } from './cluster-role';
import { gatewayClassDefaults, jwksRoots, valuesConfigMap } from './config-maps';
import { deployment } from './deployment';
import { injectionWebhook, injectorConfigMap } from './injection-webhook';
import { meshConfigMap } from './mesh-config';
import { istiodName } from './naming';
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
    shared(clusterRole),
    shared(gatewayController),
    shared(readerClusterRole),
    shared(validationWebhook),
    shared(injectionWebhook),
    shared(revisionTagWebhooks),
  ],
  namespace: [
    shared(serviceAccount),
    shared(role),
    shared(meshConfigMap),
    injectorConfigMap,
    valuesConfigMap,
    shared(jwksRoots),
    shared(gatewayClassDefaults),
    // Has no namespace, but the chart lists it here.
    shared(stableChannelPolicy),
    deployment,
    shared(autoscaler),
    shared(disruptionBudget),
    shared(networkPolicy),
    shared(service),
    shared(revisionTagServices),
  ],
};

const ofDefaultRevision: Parts = {
  cluster: [shared(defaultTagWebhook), shared(defaultStableChannelPolicy)],
  namespace: [shared(defaultTagService)],
};

const ofDefaultValidator: Parts = { cluster: [shared(defaultTagValidator)], namespace: [] };

const ofReader: Parts = { cluster: [], namespace: [shared(readerAccount)] };

/** The control plane of one revision. Several revisions can exist in one cluster. */
export function controlPlaneObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return withSettings(objects(ofRevision, input), input.pilot, istiod(input));
}

/** The objects that make a revision the default revision. A cluster has them once. */
export function defaultRevisionObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return withSettings(objects(ofDefaultRevision, input), input.pilot, istiod(input));
}

/** The validator of resources without a revision. Until istiod answers, the API server refuses these resources. */
export function defaultValidatorObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return withSettings(objects(ofDefaultValidator, input), input.base, base);
}

/** The reader account for other clusters, which all revisions share. */
export function readerObjects(input: ControlPlaneInput): readonly KubernetesObject[] {
  return withSettings(objects(ofReader, input), input.base, base);
}

function istiod(input: ControlPlaneInput): ComponentTarget {
  return { workload: 'Deployment', name: istiodName(input), container: 'discovery' };
}

/** The base has no workload: only overlays change its objects. */
const base: ComponentTarget = { workload: undefined, name: '', container: '' };

function objects({ cluster, namespace }: Parts, input: ControlPlaneInput): readonly KubernetesObject[] {
  const { resourceScope } = input.values.global;
  const parts = [
    ...(resourceScope === 'namespace' ? [] : cluster),
    ...(resourceScope === 'cluster' ? [] : namespace),
  ];
  return parts.flatMap((part) => part(input));
}

/** Makes the objects of a part once for all clusters that share them. */
function shared(part: (input: SharedInput) => readonly KubernetesObject[]): Part {
  const known = new WeakMap<ControlPlaneInput['injection'], readonly KubernetesObject[]>();
  return (input) => {
    const ofOthers = known.get(input.injection);
    if (ofOthers !== undefined) return ofOthers;
    const made = part(input).map((object) => Object.freeze(object));
    known.set(input.injection, made);
    return made;
  };
}
