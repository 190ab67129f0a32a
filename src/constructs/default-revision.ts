import { Construct } from 'constructs';
import { inputOf } from '../control-plane/control-plane-input';
import { defaultRevisionObjects } from '../control-plane/istiod/control-plane-objects';
import { completeIstio } from '../mesh/complete-istio';
import { addObjects } from './add-objects';
import type { ControlPlaneProps } from './control-plane';

/**
 * Makes a control plane the one of pods and resources that name no revision, with the default tag, as
 * `istioctl install` does. A cluster has one. To move them to another control plane, give it the settings
 * of that one.
 *
 * @throws MeshError where this package does not know the version of Istio
 * @see https://istio.io/latest/docs/setup/upgrade/canary/#default-tag
 */
export class DefaultRevision extends Construct {
  constructor(scope: Construct, id: string, props: ControlPlaneProps = {}) {
    super(scope, id);
    addObjects(this, defaultRevisionObjects(inputOf(completeIstio(props))));
  }
}
