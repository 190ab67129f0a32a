import { ifSet } from '../../kubernetes/object';
import type { ServiceFieldsDefinition, ServicePortDefinition } from '../../mesh/gateways/service-settings';

/** The fields of a Service besides its ports and its selector. Kubernetes refuses some of them for some types. */
export function serviceFields({ type, ...fields }: ServiceFieldsDefinition & { readonly type?: string }) {
  const isLoadBalancer = type === 'LoadBalancer';
  return {
    type,
    clusterIP: ifSet(fields.clusterIP),
    loadBalancerIP: ifSet(fields.loadBalancerIP),
    allocateLoadBalancerNodePorts: isLoadBalancer ? fields.allocateLoadBalancerNodePorts : undefined,
    loadBalancerClass: isLoadBalancer ? ifSet(fields.loadBalancerClass) : undefined,
    loadBalancerSourceRanges: ifSet(fields.loadBalancerSourceRanges),
    externalTrafficPolicy: ifSet(fields.externalTrafficPolicy),
    internalTrafficPolicy: ifSet(fields.internalTrafficPolicy),
    healthCheckNodePort: ifSet(fields.healthCheckNodePort),
    externalIPs: ifSet(fields.externalIPs),
    ipFamilyPolicy: ifSet(fields.ipFamilyPolicy),
    ipFamilies: ifSet(fields.ipFamilies),
    sessionAffinity: fields.sessionAffinity,
    sessionAffinityConfig: ifSet(fields.sessionAffinityConfig),
    publishNotReadyAddresses: fields.publishNotReadyAddresses,
    trafficDistribution: fields.trafficDistribution,
  };
}

/** A port of a Service without its empty fields. */
export function servicePort({
  name,
  port,
  targetPort,
  nodePort,
  protocol,
  appProtocol,
}: ServicePortDefinition) {
  return {
    name: ifSet(name),
    port,
    targetPort: targetPort ?? undefined,
    nodePort: ifSet(nodePort),
    protocol: ifSet(protocol),
    appProtocol: ifSet(appProtocol),
  };
}
