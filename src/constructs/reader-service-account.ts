import { Construct } from 'constructs';
import { inputOf } from '../control-plane/control-plane-input';
import { readerObjects } from '../control-plane/istiod/control-plane-objects';
import { completeIstio } from '../mesh/complete-istio';
import { addObjects } from './add-objects';
import type { ControlPlaneProps } from './control-plane';

/**
 * The account as which istiods of other clusters read this one. All control planes of a cluster share it
 * and bind their roles to it, so that it outlives each of them, with its token.
 *
 * @throws MeshError where this package does not know the version of Istio
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class ReaderServiceAccount extends Construct {
  constructor(scope: Construct, id: string, props: ControlPlaneProps = {}) {
    super(scope, id);
    addObjects(this, readerObjects(inputOf(completeIstio(props))));
  }
}
