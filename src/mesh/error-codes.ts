/**
 * Every code that a {@link MeshError} can carry, with what it says in a few words. The set is closed:
 * scripts may switch on it, and docs/errors.md explains each one.
 */
export const errorCodes = {
  'MESH-FILE': 'the mesh definition cannot be read',
  'MESH-SYNTAX': 'the mesh definition is not valid YAML',
  'MESH-UNKNOWN-KEY': 'a key that the definition does not have',
  'MESH-MISSING-KEY': 'a required key is absent',
  'MESH-TYPE': 'a value of the wrong type',
  'MESH-VALUE': 'a value outside of what is allowed',
  'MESH-DUPLICATE-CLUSTER': 'two clusters have the same name',
  'MESH-UNKNOWN-CLUSTER': 'a name that no cluster of the mesh has',
  'MESH-PEER': 'a cluster is a peer of itself, or a peer twice',
  'MESH-GATEWAY': 'a network that others cannot enter, or gateway settings that contradict each other',
  'MESH-OWNED-VALUE': 'an Istio value that the mesh itself decides',
  'REMOTE-SERVER': 'the address of an API server is not an address',
  'REMOTE-HTTP': 'an API server is addressed without encryption',
  'REMOTE-LOOPBACK': 'the address of an API server that only its own machine can reach',
  'CONTROL-PLANE-ISTIOCTL': 'istioctl is missing, of another version, or failed',
  'OUTPUT-DUPLICATE': 'two objects of a cluster have the same kind, namespace and name',
  'OUTPUT-WRITE': 'the output folder cannot be written',
} as const;

/** A code out of the closed set of error codes; see docs/errors.md. */
export type ErrorCode = keyof typeof errorCodes;
