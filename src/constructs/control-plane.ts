import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { inputOf } from '../control-plane/control-plane-input';
import { controlPlaneObjects, sharedObjects } from '../control-plane/istiod/control-plane-objects';
import { defaultTag } from '../control-plane/istiod/revision-tags';
import type { KubernetesObject } from '../control-plane/kubernetes-object';
import { completeIstio } from '../mesh/complete-istio';
import { type HelmValues, mergeValues } from '../mesh/helm-values';
import type { ControlPlaneDefinition, IstioProfile } from '../mesh/istio-definition';
import { defaultRevision } from '../mesh/istio-names';
import type { ControlPlaneSettings } from '../mesh/mesh';

/** What a control plane runs, how it is configured, and what else uses it. */
export interface ControlPlaneProps extends ControlPlaneDefinition {
  /**
   * The installation profile; `preview` and `stable` set values of their own.
   * @default - default
   */
  readonly profile?: IstioProfile;
  /**
   * Whether this is the control plane of whatever names no revision, or one more beside that one. The
   * first also brings what a cluster has once, such as the account that other clusters read it as.
   * @default - first
   */
  readonly role?: 'first' | 'alongside';
}

/**
 * istiod and all that it needs but for Istio's CustomResourceDefinitions: what `istioctl manifest
 * generate` renders, object by object, of the lines of Istio that this package knows.
 *
 * @throws MeshError where this package does not know the version of Istio
 * @see https://istio.io/latest/docs/ops/deployment/architecture/
 */
export class ControlPlane extends Construct {
  constructor(scope: Construct, id: string, props: ControlPlaneProps = {}) {
    super(scope, id);
    const { role = 'first', ...definition } = props;
    const settings = completeIstio(definition);
    const values = role === 'first' ? withDefaultRevision(settings) : settings.values;
    const input = inputOf({ ...settings, values });
    this.add(controlPlaneObjects(input));
    if (role === 'first') this.add([...sharedObjects(input), ...defaultTag(input)]);
  }

  private add(objects: readonly KubernetesObject[]): void {
    for (const object of objects) new ApiObject(this, `${object.kind}-${object.metadata.name}`, object);
  }
}

/** An istiod without a revision validates what names none, too. */
function withDefaultRevision({ revision, values }: ControlPlaneSettings): HelmValues {
  return revision === defaultRevision ? mergeValues({ defaultRevision }, values) : values;
}
