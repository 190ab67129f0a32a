import { Construct } from 'constructs';
import { inputOf } from '../control-plane/control-plane-input';
import { controlPlaneObjects } from '../control-plane/istiod/control-plane-objects';
import { completeIstio } from '../mesh/complete-istio';
import type { ControlPlaneDefinition, IstioProfile } from '../mesh/istio-definition';
import { MeshError } from '../mesh/mesh-error';
import { formatPath, type Problem } from '../mesh/problem';
import { nativeValues } from '../mesh/rules/native-values';
import { addObjects } from './add-objects';

/** What a control plane runs, and how it is configured. */
export interface ControlPlaneProps extends ControlPlaneDefinition {
  /**
   * The installation profile; `preview` and `stable` set values of their own.
   * @default - default
   */
  readonly profile?: IstioProfile;
  /**
   * The Secret without which istiod does not start. With `cacerts` it waits for its CA certificate, where
   * that is made by a controller and comes when it comes, instead of signing with a root of its own that
   * no other cluster trusts; with `istiod-tls` for the certificate that istio-csr issues to it, without
   * which it would serve no proxy.
   * @default - none: Istio's own charts make both optional
   */
  readonly requiredSecret?: 'cacerts' | 'istiod-tls';
}

/**
 * The control plane of one revision: istiod, and what it needs to run, to read the cluster and to inject
 * pods. Several of different revisions stand side by side. Which of them pods and resources belong to
 * that name no revision, a {@link DefaultRevision} says; what other clusters read this one as is a
 * {@link ReaderServiceAccount}. Istio's CustomResourceDefinitions are not part of it.
 *
 * @throws MeshError where this package does not know the version of Istio, or a value
 * @see https://istio.io/latest/docs/ops/deployment/architecture/
 */
export class ControlPlane extends Construct {
  constructor(scope: Construct, id: string, props: ControlPlaneProps = {}) {
    super(scope, id);
    MeshError.throwIfAny(this.mistakes(props));
    const { requiredSecret } = props;
    addObjects(this, controlPlaneObjects({ ...inputOf(completeIstio(props)), requiredSecret }));
  }

  private mistakes({ values }: ControlPlaneProps): Problem[] {
    const findings = nativeValues({ istio: { controlPlane: 'native', values } });
    return findings.map(({ code, path, found, remedy }) => ({
      code,
      place: { path: formatPath([this.node.path, ...path.slice(1)]) },
      found,
      remedy,
    }));
  }
}
