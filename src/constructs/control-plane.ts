import { Construct } from 'constructs';
import { inputOf } from '../control-plane/input';
import {
  controlPlaneObjects,
  defaultRevisionObjects,
  readerObjects,
} from '../control-plane/istiod/control-plane-objects';
import { type ControlPlaneDefinition, type IstioProfile, istioWithDefaults } from '../mesh/istio';
import { validateNativeValues } from '../mesh/rules/native-values';
import { formatPath, MeshError, type Problem } from '../problems/problem';
import { addObjects } from './api-objects';

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
    addObjects(this, controlPlaneObjects({ ...inputOf(istioWithDefaults(props)), requiredSecret }));
  }

  private mistakes({ values }: ControlPlaneProps): Problem[] {
    const findings = validateNativeValues({ istio: { controlPlane: 'native', values } });
    return findings.map(({ code, path, message, hint }) => ({
      code,
      location: { path: formatPath([this.node.path, ...path.slice(1)]) },
      message,
      hint,
    }));
  }
}

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
    addObjects(this, defaultRevisionObjects(inputOf(istioWithDefaults(props))));
  }
}

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
    addObjects(this, readerObjects(inputOf(istioWithDefaults(props))));
  }
}
