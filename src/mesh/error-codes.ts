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
  'REMOTE-FILE': 'the kubeconfig of a remote cluster cannot be read',
  'REMOTE-SYNTAX': 'a kubeconfig is not valid YAML, or not a kubeconfig',
  'REMOTE-TYPE': 'a value of a kubeconfig has the wrong type',
  'REMOTE-CONTEXT': 'a kubeconfig does not say which cluster and user to use',
  'REMOTE-PLUGIN': 'a kubeconfig starts a program to log in, which istiod refuses',
  'REMOTE-PATH': 'a kubeconfig refers to a file that istiod does not have',
  'REMOTE-CREDENTIALS': 'a kubeconfig has no way to log in, half of one, or several',
  'REMOTE-IMPERSONATION': 'a kubeconfig acts as somebody else than the one who logs in',
  'REMOTE-INSECURE': 'a kubeconfig does not verify whom it sends its credentials to',
  'REMOTE-CERTIFICATE': 'certificate or key data that are not base64, not PEM, or do not belong together',
  'REMOTE-EXPIRED': 'credentials or certificates whose time has passed',
  'REMOTE-EXPIRING': 'a warning: credentials whose time passes soon',
  'REMOTE-PROXY': 'the address of a proxy that istiod cannot use',
  'REMOTE-UNKNOWN-KEY': 'a warning: a key of a kubeconfig that istiod ignores',
  'REMOTE-STRAY': 'a warning: a file among the kubeconfigs that is for no cluster of the mesh',
  'REMOTE-MODE': 'a warning: a file with credentials that other users can read',
  'CONTROL-PLANE-ISTIOCTL': 'istioctl is missing, of another version, or failed',
  'CONTROL-PLANE-NOT-RENDERED': 'a form needs manifests that were not rendered',
  'OUTPUT-DUPLICATE': 'two objects of a cluster have the same kind, namespace and name',
  'OUTPUT-EXISTS': 'a file that would be overwritten',
  'OUTPUT-INVALID': 'a construct of the app refuses to be synthesized',
  'OUTPUT-WRITE': 'the output folder cannot be written',
} as const;

/** A code out of the closed set of error codes; see docs/errors.md. */
export type ErrorCode = keyof typeof errorCodes;
