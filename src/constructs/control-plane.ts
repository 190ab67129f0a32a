import { Construct } from 'constructs';
import { z } from 'zod';
import { type ControlPlaneInput, controlPlaneInput } from '../control-plane/input';
import {
  controlPlaneObjects,
  defaultRevisionObjects,
  defaultValidatorObjects,
  readerObjects,
} from '../control-plane/istiod/control-plane-objects';
import { controlPlaneComponentsSchema } from '../mesh/components/schema';
import { type DataPlane, dataPlaneSchema } from '../mesh/data-plane';
import {
  type ControlPlaneDefinition,
  type IstioProfile,
  istioProfiles,
  istioSchema,
  istioWithDefaults,
} from '../mesh/istio';
import { validateControlPlane } from '../mesh/rules/control-plane-settings';
import { addObjects } from './api-objects';
import { throwIfAny, Validated, validateProps } from './props';

/** The Istio version of a control plane, and its configuration. */
export interface ControlPlaneProps extends ControlPlaneDefinition {
  /**
   * The installation profile. The profiles `preview` and `stable` set some values.
   * @default - default
   */
  readonly profile?: IstioProfile;
  /**
   * How the traffic of pods enters the mesh. With `ambient` and `both`, the values of Istio's profile `ambient` are
   * the defaults, and the cluster needs a {@link CniNodeAgent} and a {@link Ztunnel}.
   * @default - sidecar
   */
  readonly dataPlane?: DataPlane;
  /**
   * The Secret without which istiod does not start. Name `cacerts` if a controller creates it: istiod then
   * waits for its CA certificate, instead of signing with its own root, which no other cluster trusts. Name
   * `istiod-tls` if istio-csr issues the certificate of istiod.
   * @default - none: istiod starts without either, as in Istio's charts
   */
  readonly requiredSecret?: 'cacerts' | 'istiod-tls';
}

/**
 * The control plane of one revision: istiod, and the objects that it needs to run, to read the cluster and
 * to inject pods. Several control planes with different revisions can run in one cluster. A
 * {@link DefaultRevision} chooses the control plane for pods without a revision, and a {@link DefaultValidator} that
 * for resources without one. A {@link ReaderServiceAccount} lets other clusters read this one. Istio's CustomResourceDefinitions are not
 * included.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'control-plane');
 * new ControlPlane(chart, 'canary', {
 *   version: '1.31.0',
 *   revision: 'canary',
 *   values: { pilot: { autoscaleMin: 2 } },
 * });
 * @throws MeshError if a prop or a value is invalid, or if this package does not support the Istio version
 * @see https://istio.io/latest/docs/ops/deployment/architecture/
 */
export class ControlPlane extends Construct {
  constructor(scope: Construct, id: string, props?: ControlPlaneProps);
  /** @internal */
  constructor(scope: Construct, id: string, input: Validated<ControlPlaneInput>);
  constructor(scope: Construct, id: string, props?: ControlPlaneProps | Validated<ControlPlaneInput>) {
    super(scope, id);
    addObjects(this, controlPlaneObjects(inputOf(this, props)));
  }
}

/**
 * Makes one control plane responsible for pods without a revision, with the revision tag `default`, as
 * `istioctl install` does. A cluster has one default revision. To move these pods to another control plane, pass
 * the settings of that control plane. A {@link DefaultValidator} does the same for resources.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'control-plane');
 * const settings = { version: '1.31.0', revision: 'stable' };
 * new ControlPlane(chart, 'control-plane', settings);
 * new DefaultRevision(chart, 'default-revision', settings);
 * @throws MeshError if a prop or a value is invalid, or if this package does not support the Istio version
 * @see https://istio.io/latest/docs/setup/upgrade/canary/#default-tag
 */
export class DefaultRevision extends Construct {
  constructor(scope: Construct, id: string, props?: ControlPlaneProps);
  /** @internal */
  constructor(scope: Construct, id: string, input: Validated<ControlPlaneInput>);
  constructor(scope: Construct, id: string, props?: ControlPlaneProps | Validated<ControlPlaneInput>) {
    super(scope, id);
    addObjects(this, defaultRevisionObjects(inputOf(this, props)));
  }
}

/**
 * Makes one control plane validate Istio's resources without a revision, as `istioctl install` does. A cluster has
 * one default validator, with the settings of its {@link DefaultRevision}. It never lets a resource pass unseen: until
 * istiod answers, the API server refuses these resources. Apply it after Istio's resources, as the last chart.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'zz-validation');
 * new DefaultValidator(chart, 'default-validator', { version: '1.31.0', revision: 'stable' });
 * @throws MeshError if a prop or a value is invalid, or if this package does not support the Istio version
 * @see https://istio.io/latest/docs/ops/configuration/mesh/webhook/
 */
export class DefaultValidator extends Construct {
  constructor(scope: Construct, id: string, props?: ControlPlaneProps);
  /** @internal */
  constructor(scope: Construct, id: string, input: Validated<ControlPlaneInput>);
  constructor(scope: Construct, id: string, props?: ControlPlaneProps | Validated<ControlPlaneInput>) {
    super(scope, id);
    addObjects(this, defaultValidatorObjects(inputOf(this, props)));
  }
}

/**
 * The service account that the istiods of other clusters use to read this cluster. All control planes of a
 * cluster share it and bind their roles to it, so that it and its token remain when one of them is removed.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'control-plane');
 * new ReaderServiceAccount(chart, 'reader', { version: '1.31.0' });
 * @throws MeshError if a prop or a value is invalid, or if this package does not support the Istio version
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class ReaderServiceAccount extends Construct {
  constructor(scope: Construct, id: string, props?: ControlPlaneProps);
  /** @internal */
  constructor(scope: Construct, id: string, input: Validated<ControlPlaneInput>);
  constructor(scope: Construct, id: string, props?: ControlPlaneProps | Validated<ControlPlaneInput>) {
    super(scope, id);
    addObjects(this, readerObjects(inputOf(this, props)));
  }
}

/** The input of a construct that takes the props of a control plane. */
export function inputOf(
  construct: Construct,
  props: ControlPlaneProps | Validated<ControlPlaneInput> | undefined,
): ControlPlaneInput {
  if (props instanceof Validated) return props.settings;
  const schema = controlPlaneSchema().extend({
    requiredSecret: z.enum(['cacerts', 'istiod-tls']).optional(),
  }) satisfies z.ZodType<ControlPlaneProps>;
  const { requiredSecret, ...settings } = validateProps<ControlPlaneProps>(construct, props, schema);
  return { ...validatedInput(construct, settings), requiredSecret };
}

/** The input of a construct, whose settings and values it validates. */
export function validatedInput(construct: Construct, props: ControlPlaneProps): ControlPlaneInput {
  const { dataPlane, ...settings } = props;
  const problems = validateControlPlane(settings, dataPlane);
  throwIfAny(
    construct,
    problems.map((problem) => ({ ...problem, path: problem.path.slice(1) })),
  );
  return controlPlaneInput(istioWithDefaults(settings, {}, { dataPlane }));
}

/** The schema of the settings of a control plane, as props of a construct. */
export function controlPlaneSchema() {
  return istioSchema.pick({ version: true, hub: true, tag: true, revision: true, values: true }).extend({
    profile: z.enum(istioProfiles).optional(),
    components: controlPlaneComponentsSchema.optional(),
    dataPlane: dataPlaneSchema.optional(),
  });
}
