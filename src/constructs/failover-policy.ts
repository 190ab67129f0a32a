import { Construct } from 'constructs';
import type { z } from 'zod';
import {
  DestinationRule,
  type DestinationRuleSpecTrafficPolicyOutlierDetection,
} from '../../imports/networking.istio.io';
import { namespaceName } from '../mesh/exposure';
import { istioSystem } from '../mesh/istio-names';
import { dnsSubdomain, serviceName } from '../mesh/schema-types';
import {
  type FailoverDefinition,
  failoverSchema,
  failoverWithDefaults,
  type MeshService,
} from '../mesh/services';
import { Validated, validateProps } from './props';

/** The Service that fails over, where its policy is, and the settings of {@link FailoverDefinition}. */
export interface FailoverPolicyProps extends FailoverDefinition {
  /** The name of the Service. */
  readonly name: string;
  /** The namespace of the Service. */
  readonly namespace: string;
  /**
   * The DNS domain of the Services, `global.proxy.clusterDomain` of Istio.
   * @default - cluster.local
   */
  readonly clusterDomain?: string;
  /**
   * The namespace of the policy. In the root namespace of the mesh it applies to all clients, unless the namespace of
   * the client or of the Service has a DestinationRule for the Service.
   * @default - istio-system
   */
  readonly policyNamespace?: string;
}

/** A Service of a mesh, and where its policy is in one cluster. */
export interface FailoverPolicySettings
  extends Required<Pick<MeshService, 'name' | 'namespace' | 'failover'>> {
  readonly clusterDomain: string;
  readonly policyNamespace: string;
}

/**
 * Sends calls to a Service on to other clusters when its pods in one cluster do not answer: a DestinationRule with
 * outlier detection, a short timeout for connections, and an order of preference. It belongs in every cluster with
 * clients of the Service.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'failover');
 * new FailoverPolicy(chart, 'checkout', { name: 'checkout', namespace: 'shop' });
 * @throws MeshError if a prop is missing or invalid
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class FailoverPolicy extends Construct {
  constructor(scope: Construct, id: string, props: FailoverPolicyProps);
  /** @internal */
  constructor(scope: Construct, id: string, settings: Validated<FailoverPolicySettings>);
  constructor(scope: Construct, id: string, props: FailoverPolicyProps | Validated<FailoverPolicySettings>) {
    super(scope, id);
    const settings = props instanceof Validated ? props.settings : settingsOfProps(this, props);
    const { name, namespace, clusterDomain, policyNamespace, failover } = settings;
    const { failoverPriority, connectTimeout, outlierDetection } = failover;
    new DestinationRule(this, 'policy', {
      metadata: { name: `failover-${name}.${namespace}`, namespace: policyNamespace },
      spec: {
        host: `${name}.${namespace}.svc.${clusterDomain}`,
        trafficPolicy: {
          connectionPool: { tcp: { connectTimeout } },
          loadBalancer: { localityLbSetting: localityLoadBalancing(failoverPriority) },
          outlierDetection: outlierDetection as DestinationRuleSpecTrafficPolicyOutlierDetection,
        },
      },
    });
  }
}

/** With outlier detection, Istio prefers the caller's region and zone, unless this is turned off. */
function localityLoadBalancing(priority: readonly string[]) {
  return priority.length === 0 ? { enabled: false } : { enabled: true, failoverPriority: [...priority] };
}

function settingsOfProps(construct: Construct, unchecked: FailoverPolicyProps): FailoverPolicySettings {
  const { name, namespace, clusterDomain, policyNamespace, ...failover } = validateProps(
    construct,
    unchecked,
    propsSchema(),
  );
  return {
    name,
    namespace,
    clusterDomain: clusterDomain ?? 'cluster.local',
    policyNamespace: policyNamespace ?? istioSystem,
    failover: failoverWithDefaults(failover),
  };
}

function propsSchema() {
  return failoverSchema.extend({
    name: serviceName,
    namespace: namespaceName,
    clusterDomain: dnsSubdomain.optional(),
    policyNamespace: namespaceName.optional(),
  }) satisfies z.ZodType<FailoverPolicyProps>;
}
