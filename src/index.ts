export * from '../imports';
export * from './constructs/ca-certs-certificate';
export * from './constructs/ca-certs-secret';
export * from './constructs/control-plane';
export * from './constructs/cross-network-gateway';
export * from './constructs/east-west-gateway';
export * from './constructs/external-secrets';
export * from './constructs/hello-world';
export * from './constructs/ingress-gateway';
export * from './constructs/istio-mesh-cluster';
export * from './constructs/remote-secret';
export * from './constructs/rendered-chart';
export type { RenderedControlPlane } from './control-plane/istioctl';
export * from './live/join';
export type { LiveOptions } from './live/live-options';
export type { AnswersReport, ClusterReport, VerificationReport } from './live/verification-report';
export * from './live/verify';
export { defineMesh } from './mesh/define-mesh';
export * from './mesh/definition';
export * from './mesh/gateway';
export * from './mesh/gitops';
export type { HelmValue, HelmValues } from './mesh/helm-values';
export * from './mesh/istio';
export type {
  Cluster,
  ClusterIstio,
  ClusterSecrets,
  ControlPlaneSettings,
  EastWestGatewaySettings,
  GitOps,
  Istio,
  Mesh,
  Verification,
} from './mesh/mesh';
export { loadMesh, parseMesh } from './mesh/mesh-file';
export * from './mesh/secrets/cert-manager';
export * from './mesh/secrets/definition';
export * from './mesh/secrets/external-secrets';
export * from './mesh/secrets/sealed-secrets';
export * from './mesh/secrets/sops';
export * from './mesh/values';
export type { CaCerts } from './pki/ca-certs';
export { type ErrorCode, errorCodes } from './problems/error-codes';
export type { Location, Problem } from './problems/problem';
export { MeshError } from './problems/problem';
export type { Progress } from './problems/progress';
export type { RemoteKubeconfig, RemoteUser } from './remotes/remote-kubeconfig';
export type { Encryption } from './secrets/encryption/encryption';
export * from './synthesis/inputs';
export * from './synthesis/istio-mesh-app';
