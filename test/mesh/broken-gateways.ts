import { type BrokenDefinition, withCluster } from './broken-definitions';

/** A definition with settings of a gateway, on line 7 from column 7. */
const withGateway = (settings: string): string =>
  withCluster(`eastWestGateway:\n      ${settings.split('\n').join('\n      ')}`);

/** Definitions with a problem in an east-west gateway. */
export const brokenGateways: readonly BrokenDefinition[] = [
  {
    title: 'a peer in a network whose gateway is in a cluster that is not read',
    text: `meshID: mesh1
clusters:
  - { name: a, network: n1, peers: [c] }
  - { name: b, network: n2 }
  - { name: c, network: n2, eastWestGateway: disabled }
`,
    code: 'MESH-GATEWAY',
    at: [3, 36],
    message: 'a has peers in n2, but none of them has an east-west gateway, so a cannot reach them.',
    hint: 'Add b to its peers.',
  },
  {
    title: 'a name of a gateway that Kubernetes refuses',
    text: withCluster('gateways: { "Public Edge": { replicaCount: 2 } }'),
    code: 'MESH-VALUE',
    at: [6, 17],
    message: '"Public Edge" is not a name for one of clusters[1].gateways.',
    hint: 'Write lower-case letters, digits and hyphens, at most 63 of them, the first one a letter.',
  },
  {
    title: 'a misspelled setting of a gateway',
    text: withGateway('replica: 2'),
    code: 'MESH-UNKNOWN-KEY',
    at: [7, 7],
    message: '"replica" is not a key of clusters[1].eastWestGateway.',
    hint: 'Write "replicas".',
  },
  {
    title: 'a value of the chart istio-ingress in an east-west gateway',
    text: withGateway('replicaCount: 2'),
    code: 'MESH-UNKNOWN-KEY',
    at: [7, 7],
    message: '"replicaCount" is not a key of clusters[1].eastWestGateway.',
    hint: 'Write replicas instead.',
  },
  {
    title: 'a value of the chart istio-ingress in a gateway',
    text: withCluster('gateways: { edge: { serviceAnnotations: { a: b } } }'),
    code: 'MESH-UNKNOWN-KEY',
    at: [6, 25],
    message: '"serviceAnnotations" is not a key of clusters[1].gateways.edge.',
    hint: 'Write service.annotations instead.',
  },
  {
    title: 'an unknown key of a gateway',
    text: withCluster('gateways: { edge: { color: red } }'),
    code: 'MESH-UNKNOWN-KEY',
    at: [6, 25],
    message: '"color" is not a key of clusters[1].gateways.edge.',
    hint: 'Remove it, or write a key that exists here.',
  },
  {
    title: 'a fixed number of pods under autoscaling',
    text: withGateway('replicas: 2'),
    code: 'MESH-GATEWAY',
    at: [7, 17],
    message: 'The autoscaler sets the number of replicas, so a fixed number has no effect.',
    hint: 'Add autoscaling: disabled, or write autoscaling.minReplicas instead.',
  },
  {
    title: 'a number of pods that is a word',
    text: withGateway('replicas: two'),
    code: 'MESH-TYPE',
    at: [7, 17],
    message: 'clusters[1].eastWestGateway.replicas is "two", not a number.',
    hint: 'Write a whole number from 0 to 1000.',
  },
  {
    title: 'half a pod',
    text: withGateway('autoscaling: { minReplicas: 1.5 }'),
    code: 'MESH-TYPE',
    at: [7, 35],
    message: 'clusters[1].eastWestGateway.autoscaling.minReplicas is 1.5, not a whole number.',
    hint: 'Write a whole number from 1 to 1000.',
  },
  {
    title: 'bounds of autoscaling that cross',
    text: withGateway('autoscaling: { minReplicas: 7 }'),
    code: 'MESH-GATEWAY',
    at: [7, 20],
    message: 'minReplicas 7 is greater than maxReplicas 5.',
    hint: 'Write a maxReplicas that is at least minReplicas.',
  },
  {
    title: 'a quantity that Kubernetes does not know',
    text: withGateway('resources: { requests: { memory: 1GB } }'),
    code: 'MESH-VALUE',
    at: [7, 40],
    message: 'clusters[1].eastWestGateway.resources.requests.memory is "1GB".',
    hint: 'Write a Kubernetes quantity, such as 100m or 128Mi.',
  },
  {
    title: 'an annotation that is a list',
    text: withGateway('service: { annotations: { internal: [true] } }'),
    code: 'MESH-TYPE',
    at: [7, 43],
    message: 'clusters[1].eastWestGateway.service.annotations.internal is a list.',
    hint: 'Write a string, a number, or true or false.',
  },
  {
    title: 'a type of Service that there is not',
    text: withGateway('service: { type: Loadbalancer }'),
    code: 'MESH-VALUE',
    at: [7, 24],
    message: 'clusters[1].eastWestGateway.service.type is "Loadbalancer".',
    hint: 'Write LoadBalancer.',
  },
  {
    title: 'a load balancer of a Service that has none',
    text: withGateway('service: { type: NodePort, loadBalancerClass: example.com/lb }'),
    code: 'MESH-GATEWAY',
    at: [7, 53],
    message: 'A Service of type NodePort has no loadBalancerClass.',
    hint: 'Remove loadBalancerClass, or write type: LoadBalancer.',
  },
  {
    title: 'a preset for a Service that has no load balancer',
    text: withGateway('service: { type: ClusterIP }\nloadBalancer: { cloud: gke }'),
    code: 'MESH-GATEWAY',
    at: [8, 21],
    message: 'A Service of type ClusterIP has no load balancer.',
    hint: 'Remove loadBalancer, or write service.type: LoadBalancer.',
  },
  {
    title: 'a cloud without a preset',
    text: withGateway('loadBalancer: { cloud: aws }'),
    code: 'MESH-VALUE',
    at: [7, 30],
    message: 'clusters[1].eastWestGateway.loadBalancer.cloud is "aws".',
    hint: 'Write aws-nlb.',
  },
  {
    title: 'a range that is a single address',
    text: withGateway('service: { loadBalancerSourceRanges: [203.0.113.7] }'),
    code: 'MESH-VALUE',
    at: [7, 45],
    message: 'clusters[1].eastWestGateway.service.loadBalancerSourceRanges[0] is "203.0.113.7".',
    hint: 'Write a range such as 203.0.113.0/24.',
  },
];
