import { z } from 'zod';
import { dnsLabel, integer, nonEmptyString } from '../schema-types';
import { apiObject } from './api-object';
import { isCidrRange } from './ip-ranges';

/**
 * The spec of a Service.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
export function serviceSpec() {
  const text = z.string();
  const flag = z.boolean();
  const port = integer(0, 65_535);
  const policy = z.enum(['Cluster', 'Local']);
  const range = text.refine(isCidrRange, { error: 'Write a range such as 203.0.113.0/24.' });
  return apiObject(
    {},
    {
      type: z.enum(['LoadBalancer', 'NodePort', 'ClusterIP', 'ExternalName']),
      ports: z.array(
        apiObject(
          { port: integer(1, 65_535) },
          {
            name: dnsLabel,
            targetPort: z.union([port, nonEmptyString]),
            nodePort: port,
            protocol: z.enum(['TCP', 'UDP', 'SCTP']),
            appProtocol: text,
          },
        ),
      ),
      selector: z.record(text, text),
      clusterIP: text,
      clusterIPs: z.array(text),
      externalIPs: z.array(text),
      sessionAffinity: z.enum(['ClientIP', 'None']),
      sessionAffinityConfig: apiObject(
        {},
        { clientIP: apiObject({}, { timeoutSeconds: integer(1, 86_400) }) },
      ),
      loadBalancerIP: text,
      loadBalancerSourceRanges: z.array(range),
      loadBalancerClass: text,
      allocateLoadBalancerNodePorts: flag,
      externalName: text,
      externalTrafficPolicy: policy,
      internalTrafficPolicy: policy,
      healthCheckNodePort: port,
      publishNotReadyAddresses: flag,
      ipFamilies: z.array(z.enum(['IPv4', 'IPv6'])),
      ipFamilyPolicy: z.enum(['SingleStack', 'PreferDualStack', 'RequireDualStack']),
      trafficDistribution: text,
    },
  );
}
