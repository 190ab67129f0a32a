import type { LoadBalancerCloud, LoadBalancerScheme, ServiceDefinition } from './gateway';

type Preset = Pick<ServiceDefinition, 'annotations' | 'loadBalancerClass'>;

const presets: Record<LoadBalancerCloud, Record<LoadBalancerScheme, Preset>> = {
  // A classic load balancer. A network load balancer needs zones and vSwitches, which only the user knows.
  'alibaba-cloud-ack': {
    public: {
      annotations: { 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type': 'internet' },
    },
    internal: {
      annotations: { 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type': 'intranet' },
    },
  },
  // By default, the AWS Load Balancer Controller creates an internal load balancer.
  'aws-nlb': {
    public: {
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
        'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
        'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
      },
    },
    internal: {
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
        'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
        'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
      },
    },
  },
  // Without global access, an internal address in Google Cloud is reachable only from its own region.
  gke: {
    public: { annotations: { 'cloud.google.com/l4-rbs': 'enabled' } },
    internal: {
      annotations: {
        'networking.gke.io/load-balancer-type': 'Internal',
        'networking.gke.io/internal-load-balancer-allow-global-access': 'true',
      },
    },
  },
  aks: {
    public: { annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'false' } },
    internal: { annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' } },
  },
};

/** The settings that the Service of an east-west gateway needs on a cloud. */
export function loadBalancerPreset(cloud: LoadBalancerCloud, scheme: LoadBalancerScheme): Preset {
  return presets[cloud][scheme];
}
