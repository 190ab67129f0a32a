import type { ErrorCode } from '../../src/problems/error-codes';

/** A mesh.yaml with one problem, and the error that it must cause. */
export interface BrokenDefinition {
  readonly title: string;
  readonly text: string;
  readonly code: ErrorCode;
  /** Line and column of the problem. */
  readonly at: readonly [number, number];
  readonly message: string;
  readonly hint: string;
}

const two = `clusters:
  - { name: cluster1, network: network1 }
  - { name: cluster2, network: network2 }
`;

/** A definition whose second cluster has an additional setting, on line 6 from column 5. */
export const withCluster = (setting: string): string => `meshID: mesh1
clusters:
  - { name: cluster1, network: network1 }
  - name: cluster2
    network: network2
    ${setting}
`;

/** Definitions with a problem in the mesh or its clusters. */
export const brokenDefinitions: readonly BrokenDefinition[] = [
  {
    title: 'no mesh ID',
    text: two,
    code: 'MESH-MISSING-KEY',
    at: [1, 1],
    message: 'The mesh has no meshID.',
    hint: 'Add meshID: with a value.',
  },
  {
    title: 'no clusters',
    text: 'meshID: mesh1\n',
    code: 'MESH-MISSING-KEY',
    at: [1, 1],
    message: 'The mesh has no clusters.',
    hint: 'Add clusters: with a value.',
  },
  {
    title: 'an empty list of clusters',
    text: 'meshID: mesh1\nclusters: []\n',
    code: 'MESH-VALUE',
    at: [2, 11],
    message: 'clusters is an empty list.',
    hint: 'Write at least one cluster.',
  },
  {
    title: 'a misspelled key of the mesh',
    text: `meshId: mesh1\n${two}`,
    code: 'MESH-UNKNOWN-KEY',
    at: [1, 1],
    message: '"meshId" is not a key of the mesh.',
    hint: 'Write "meshID".',
  },
  {
    title: 'a key unlike any other',
    text: `meshID: mesh1\nsidecars: true\n${two}`,
    code: 'MESH-UNKNOWN-KEY',
    at: [2, 1],
    message: '"sidecars" is not a key of the mesh.',
    hint: 'Write one of meshID, trustDomain, security, dataPlane, exposure, istio, eastWestGateway, gateways, certificates, remotes, reader, secrets, gitops, repository, clusters, patches, services, waypoints, verification, or remove it.',
  },
  {
    title: 'a misspelled key of a cluster',
    text: 'meshID: mesh1\nclusters:\n  - { name: cluster1, netwrok: network1 }\n',
    code: 'MESH-UNKNOWN-KEY',
    at: [3, 23],
    message: '"netwrok" is not a key of clusters[0].',
    hint: 'Write "network".',
  },
  {
    title: 'a cluster without a name',
    text: 'meshID: mesh1\nclusters:\n  - network: network1\n',
    code: 'MESH-MISSING-KEY',
    at: [3, 5],
    message: 'clusters[0] has no name.',
    hint: 'Add name: with a value.',
  },
  {
    title: 'a name with capitals',
    text: 'meshID: mesh1\nclusters:\n  - { name: Cluster1, network: network1 }\n',
    code: 'MESH-VALUE',
    at: [3, 13],
    message: 'clusters[0].name is "Cluster1".',
    hint: 'Write lower-case letters, digits and hyphens, at most 63 of them, such as cluster1.',
  },
  {
    title: 'a network that YAML takes for a number',
    text: 'meshID: mesh1\nclusters:\n  - { name: cluster1, network: 10 }\n',
    code: 'MESH-TYPE',
    at: [3, 32],
    message: 'clusters[0].network is 10, not a string.',
    hint: 'Write it in quotes: "10".',
  },
  {
    title: 'a network that is no label value',
    text: 'meshID: mesh1\nclusters:\n  - { name: cluster1, network: "net work" }\n',
    code: 'MESH-VALUE',
    at: [3, 32],
    message: 'clusters[0].network is "net work".',
    hint: 'Write letters, digits, hyphens, underscores and dots, at most 63 of them, such as network1.',
  },
  {
    title: 'two clusters of one name',
    text: 'meshID: mesh1\nclusters:\n  - { name: a, network: n1 }\n  - { name: a, network: n2 }\n',
    code: 'MESH-DUPLICATE-CLUSTER',
    at: [4, 13],
    message: 'clusters[1] has the same name as clusters[0], "a".',
    hint: 'Give each cluster a unique name.',
  },
  {
    title: 'a peer that is no cluster',
    text: withCluster('peers: [cluster3]'),
    code: 'MESH-UNKNOWN-CLUSTER',
    at: [6, 13],
    message: '"cluster3" is not a cluster of the mesh.',
    hint: 'Write cluster1.',
  },
  {
    title: 'a peer of itself',
    text: withCluster('peers: [cluster2]'),
    code: 'MESH-PEER',
    at: [6, 13],
    message: 'cluster2 lists itself as a peer.',
    hint: 'Remove this peer.',
  },
  {
    title: 'a peer named twice',
    text: withCluster('peers: [cluster1, cluster1]'),
    code: 'MESH-PEER',
    at: [6, 23],
    message: 'cluster2 lists the peer cluster1 twice.',
    hint: 'Remove this peer.',
  },
  {
    title: 'a network without a gateway',
    text: withCluster('eastWestGateway: disabled'),
    code: 'MESH-GATEWAY',
    at: [6, 22],
    message: 'No cluster of network2 has an east-west gateway, so no other network can reach its pods.',
    hint: 'Remove eastWestGateway: disabled from one of its clusters.',
  },
  {
    title: 'a gateway that is neither settings nor disabled',
    text: withCluster('eastWestGateway: none'),
    code: 'MESH-VALUE',
    at: [6, 22],
    message: 'clusters[1].eastWestGateway is "none".',
    hint: 'Write a map of settings, or disabled.',
  },
  {
    title: 'a canary control plane of the same revision',
    text: `meshID: mesh1\nistio: { controlPlane: native, revision: a, canary: { revision: a } }\n${two}`,
    code: 'MESH-VALUE',
    at: [2, 65],
    message:
      'istio.canary.revision is "a", which is also the revision of the first control plane of cluster1.',
    hint: 'Choose another revision for the canary control plane.',
  },
  {
    title: 'a canary control plane in a format that does not support it',
    text: `meshID: mesh1\nistio: { controlPlane: istioctl, canary: { revision: a } }\n${two}`,
    code: 'MESH-VALUE',
    at: [2, 34],
    message: 'The format istioctl does not support a canary control plane.',
    hint: 'Remove canary, or write controlPlane: native.',
  },
  {
    title: 'an API server on the loopback',
    text: withCluster('server: https://127.0.0.1:6443'),
    code: 'REMOTE-LOOPBACK',
    at: [6, 13],
    message: '"https://127.0.0.1:6443" is a loopback address, so no other cluster can reach it.',
    hint: 'Write the address at which other clusters reach the API server, such as https://203.0.113.10:6443.',
  },
  {
    title: 'an API server without encryption',
    text: withCluster('server: http://203.0.113.10:8080'),
    code: 'REMOTE-HTTP',
    at: [6, 13],
    message: '"http://203.0.113.10:8080" is not encrypted, so others on the network could read the token.',
    hint: 'Write the https address of the API server, such as https://203.0.113.10:8080.',
  },
  {
    title: 'an API server without a scheme',
    text: withCluster('server: 203.0.113.10:6443'),
    code: 'REMOTE-SERVER',
    at: [6, 13],
    message: '"203.0.113.10:6443" is not the address of an API server.',
    hint: 'Write the full address, such as https://203.0.113.10:6443.',
  },
  {
    title: 'a version that YAML takes for a number',
    text: `meshID: mesh1\nistio: { version: 1.31 }\n${two}`,
    code: 'MESH-TYPE',
    at: [2, 19],
    message: 'istio.version is 1.31, not a string.',
    hint: 'Write a full Istio version from 1.12 on, such as 1.31.0.',
  },
  {
    title: 'a version that is too old',
    text: `meshID: mesh1\nistio: { version: 1.9.5 }\n${two}`,
    code: 'MESH-VALUE',
    at: [2, 19],
    message: 'istio.version is "1.9.5".',
    hint: 'Write a full Istio version from 1.12 on, such as 1.31.0.',
  },
  {
    title: 'an unknown control plane format',
    text: `meshID: mesh1\nistio: { controlPlane: istioctl2 }\n${two}`,
    code: 'MESH-VALUE',
    at: [2, 24],
    message: 'istio.controlPlane is "istioctl2".',
    hint: 'Write istioctl.',
  },
  {
    title: 'a profile without sidecars',
    text: `meshID: mesh1\nistio: { profile: ambient }\n${two}`,
    code: 'MESH-VALUE',
    at: [2, 19],
    message: 'istio.profile is "ambient".',
    hint: 'Write dataPlane: ambient at the top level instead of the profile.',
  },
  {
    title: 'a value that is derived from the mesh',
    text: `meshID: mesh1\nistio:\n  values: { global: { meshID: mesh2 } }\n${two}`,
    code: 'MESH-OWNED-VALUE',
    at: [3, 23],
    message: 'istio.values.global.meshID is derived from meshID, which is "mesh1".',
    hint: 'Remove it, and set meshID instead.',
  },
  {
    title: 'a value of a cluster that is derived from the mesh',
    text: withCluster('istio: { values: { meshConfig: { trustDomain: x } } }'),
    code: 'MESH-OWNED-VALUE',
    at: [6, 38],
    message:
      'clusters[1].istio.values.meshConfig.trustDomain is derived from clusters[].trustDomain, which is "cluster.local" in cluster2.',
    hint: 'Remove it, and set clusters[].trustDomain instead.',
  },
  {
    title: 'another namespace for istiod',
    text: `meshID: mesh1\nistio:\n  values: { global: { istioNamespace: mesh } }\n${two}`,
    code: 'MESH-OWNED-VALUE',
    at: [3, 23],
    message: 'istio.values.global.istioNamespace cannot be set: the control plane is always in istio-system.',
    hint: 'Remove it.',
  },
  {
    title: 'values that are empty',
    text: `meshID: mesh1\nistio:\n  values:\n${two}`,
    code: 'MESH-TYPE',
    at: [3, 10],
    message: 'istio.values is empty, not a map.',
    hint: 'Write a map, or remove the key.',
  },
  {
    title: 'a kind of key that istiod does not accept',
    text: `meshID: mesh1\ncertificates: { keyAlgorithm: EC-P521 }\n${two}`,
    code: 'MESH-VALUE',
    at: [2, 31],
    message: 'certificates.keyAlgorithm is "EC-P521".',
    hint: 'Write EC-P256.',
  },
  {
    title: 'certificates that are never valid',
    text: `meshID: mesh1\ncertificates: { rootValidityDays: 0 }\n${two}`,
    code: 'MESH-VALUE',
    at: [2, 35],
    message: 'certificates.rootValidityDays is 0.',
    hint: 'Write a whole number from 1 to 36500.',
  },
  {
    title: 'a trust domain with capitals',
    text: `meshID: mesh1\ntrustDomain: Example.com\n${two}`,
    code: 'MESH-VALUE',
    at: [2, 14],
    message: 'trustDomain is "Example.com".',
    hint: 'Write lower-case letters, digits, hyphens and dots, such as cluster.local.',
  },
  {
    title: 'a verification that is switched on by a boolean',
    text: `meshID: mesh1\nverification: { helloWorld: true }\n${two}`,
    code: 'MESH-VALUE',
    at: [2, 29],
    message: 'verification.helloWorld is true.',
    hint: 'Write enabled.',
  },
];
