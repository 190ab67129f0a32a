export * from '../imports';
export * from './constructs/ca-certs-certificate';
export * from './constructs/ca-certs-external-secret';
export * from './constructs/ca-certs-secret';
export * from './constructs/control-plane';
export * from './constructs/cross-network-gateway';
export * from './constructs/default-revision';
export * from './constructs/east-west-gateway';
export * from './constructs/hello-world';
export * from './constructs/ingress-gateway';
export * from './constructs/istio-mesh-cluster';
export * from './constructs/reader-service-account';
export * from './constructs/remote-external-secret';
export * from './constructs/remote-secret';
export * from './constructs/rendered-chart';
export type { RenderedControlPlane } from './control-plane/rendered-control-plane';
export type { Encryption } from './delivery/encryption/encryption';
export * from './delivery/inputs';
export * from './delivery/istio-mesh-app';
export * from './live/join';
export type { AnswersReport, ClusterReport, VerificationReport } from './live/verification-report';
export * from './live/verify';
export * from './mesh/cert-manager-definition';
export { defineMesh } from './mesh/define-mesh';
export * from './mesh/definition';
export * from './mesh/delivery-definition';
export { type ErrorCode, errorCodes } from './mesh/error-codes';
export * from './mesh/external-secrets-definition';
export * from './mesh/gateway-definition';
export type { HelmValue, HelmValues } from './mesh/helm-values';
export * from './mesh/istio-definition';
export type {
  Cluster,
  ClusterIstio,
  ClusterSecrets,
  ControlPlaneSettings,
  Delivery,
  EastWestGatewaySettings,
  Istio,
  Mesh,
  Verification,
} from './mesh/mesh';
export { MeshError } from './mesh/mesh-error';
export { loadMesh, parseMesh } from './mesh/mesh-file';
export type { Place, Problem } from './mesh/problem';
export type { Progress } from './mesh/progress';
export * from './mesh/sealed-secrets-definition';
export * from './mesh/secrets-definition';
export * from './mesh/sops-definition';
export * from './mesh/values';
export type { CaCerts } from './pki/ca-certs';
export type { RemoteKubeconfig, RemoteUser } from './remotes/remote-kubeconfig';
