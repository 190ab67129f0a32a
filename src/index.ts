export * from '../imports';
export * as gatewayApi from '../imports/gateway-api';
export * from './constructs/ambient-east-west-gateway';
export * from './constructs/cert-manager';
export * from './constructs/cni-node-agent';
export {
  ControlPlane,
  type ControlPlaneProps,
  DefaultRevision,
  DefaultValidator,
  ReaderServiceAccount,
} from './constructs/control-plane';
export * from './constructs/cross-network-gateway';
export * from './constructs/east-west-gateway';
export {
  CaCertsExternalSecret,
  type CaCertsExternalSecretProps,
  type ExternalSecretProps,
  RemoteExternalSecret,
  type RemoteExternalSecretProps,
  type StoreProps,
} from './constructs/external-secrets';
export { FailoverPolicy, type FailoverPolicyProps } from './constructs/failover-policy';
export * from './constructs/hello-world';
export * from './constructs/ingress-gateway';
export * from './constructs/injected-gateway';
export * from './constructs/istio-mesh-cluster';
export * from './constructs/rendered-chart';
export * from './constructs/secrets';
export { Waypoint, type WaypointProps } from './constructs/waypoint';
export * from './constructs/ztunnel';
export type { RenderedControlPlane } from './control-plane/rendered-manifests';
export type { WriteResult } from './files/atomic-file';
export type { OutputFile } from './files/output-file';
export * from './live/join';
export type { LiveOptions } from './live/live-options';
export type { Readiness } from './live/observation';
export type { Obstacle } from './live/pod-obstacle';
export type {
  AnswersReport,
  ClusterReport,
  GatewayReport,
  VerificationReport,
} from './live/verification-report';
export * from './live/verify';
export type { CniDefinition, CniSettings } from './mesh/cni';
export type {
  ComponentDefinition,
  ComponentsDefinition,
  ControlPlaneComponents,
  GatewayComponentDefinition,
  KubernetesSettings,
  OverlayDefinition,
  OverlayPatchDefinition,
} from './mesh/components/definition';
export { type DataPlane, dataPlanes } from './mesh/data-plane';
export { defineMesh } from './mesh/define-mesh';
export * from './mesh/definition';
export { type ExposureDefinition, exposeAll } from './mesh/exposure';
export {
  type AmbientGatewayDefinition,
  type EastWestGatewayDefinition,
  type EastWestServiceAccountDefinition,
  type LoadBalancerCloud,
  type LoadBalancerDefinition,
  type LoadBalancerScheme,
  loadBalancerClouds,
  loadBalancerSchemes,
  type ServiceDefinition,
  type ServiceType,
  serviceTypes,
} from './mesh/gateway';
export type { AmbientGatewaySettings } from './mesh/gateways/ambient-gateway';
export type { AutoscalingDefinition } from './mesh/gateways/autoscaling';
export type {
  ClusterGatewaysDefinition,
  GatewayAutoscalingDefinition,
  GatewayDefinition,
  GatewayRbacDefinition,
  GatewayServiceAccountDefinition,
  GatewayServiceDefinition,
  GatewaysDefinition,
  NetworkGatewayPortDefinition,
  NetworkGatewayPortsDefinition,
} from './mesh/gateways/definition';
export type {
  GatewaySettings,
  GatewayValues,
  WithoutNull,
} from './mesh/gateways/gateway-settings';
export type { GatewayNamespace, GatewayNamespaceDefinition } from './mesh/gateways/namespace';
export type {
  GatewayPodDefinition,
  ImagePullSecretDefinition,
  PodDisruptionBudgetDefinition,
  ResourcesDefinition,
} from './mesh/gateways/pod-settings';
export type { ServiceFieldsDefinition, ServicePortDefinition } from './mesh/gateways/service-settings';
export type { ServiceSettings } from './mesh/gateways/service-with-preset';
export type { Texts, TextsDefinition } from './mesh/gateways/texts';
export {
  type GitOpsDefinition,
  type GitOpsTool,
  gitopsTools,
  type RepositoryDefinition,
} from './mesh/gitops';
export {
  type ClusterHelloWorld,
  type PodDataPlane,
  podDataPlanes,
  type ServiceScope,
  serviceScopes,
} from './mesh/hello-world';
export type { HelmValue, HelmValues } from './mesh/helm-values';
export {
  type CanaryDefinition,
  type ClusterIstioDefinition,
  type ControlPlaneDefinition,
  type ControlPlaneFormat,
  type CrdsChoice,
  controlPlaneFormats,
  crdsChoices,
  defaultControlPlaneFormat,
  type GatewayApiChoice,
  gatewayApiChoices,
  type IstioDefinition,
  type IstioProfile,
  istioProfiles,
  type PassedOnValues,
  type ProfileChoice,
} from './mesh/istio';
export { type DnsPolicy, dnsPolicies } from './mesh/kubernetes/dns';
export type { TolerationDefinition } from './mesh/kubernetes/scheduling';
export type {
  Cluster,
  ClusterIstio,
  ClusterSecrets,
  ControlPlaneSettings,
  EastWestAutoscaling,
  EastWestGatewaySettings,
  GitOps,
  Istio,
  Mesh,
  Verification,
} from './mesh/mesh';
export { loadMesh, parseMesh } from './mesh/mesh-file';
export type { Note } from './mesh/notes';
export type { JsonPatchOperation, PatchDefinition, PatchTargetDefinition } from './mesh/patches/definition';
export type { Patch } from './mesh/patches/patch';
export type { PodSecurityLevel } from './mesh/pod-security';
export type { ReaderDefinition, ReaderSettings } from './mesh/reader';
export {
  type BackendSettings,
  type BackendSettingsDefinition,
  type EncryptedBackend,
  type RemoteSecretsBackend,
  remoteSecretsBackends,
  type SecretsBackend,
  secretsBackends,
} from './mesh/secrets/backends';
export type {
  CertManagerDefinition,
  CertManagerIssuerDefinition,
  CertManagerSettings,
} from './mesh/secrets/cert-manager';
export type { MeshSecretsDefinition, SecretsDefinition } from './mesh/secrets/definition';
export {
  type ExternalSecretsDefinition,
  type ExternalSecretsSeparator,
  type ExternalSecretsSettings,
  type ExternalSecretsStoreDefinition,
  type ExternalSecretsStoreKind,
  externalSecretsSeparators,
  externalSecretsStoreKinds,
} from './mesh/secrets/external-secrets';
export {
  type SealedSecretsControllerDefinition,
  type SealedSecretsDefinition,
  type SealedSecretsScope,
  type SealedSecretsSettings,
  sealedSecretsScopes,
} from './mesh/secrets/sealed-secrets';
export type { SopsDefinition } from './mesh/secrets/sops';
export { type SecurityLevel, securityLevels } from './mesh/security';
export type {
  FailoverDefinition,
  MeshService,
  MeshServiceDefinition,
  OutlierDetectionDefinition,
  ServiceStub,
  ServiceStubDefinition,
} from './mesh/services';
export * from './mesh/values';
export {
  type WaypointDefinition,
  type WaypointSettings,
  type WaypointTraffic,
  waypointTraffic,
} from './mesh/waypoints';
export type { ZtunnelSettings } from './mesh/ztunnel';
export type { CaCerts } from './pki/ca-certs';
export { type ErrorCode, errorCodes } from './problems/error-codes';
export type { Location, Problem } from './problems/problem';
export { MeshError } from './problems/problem';
export type { Progress } from './problems/progress';
export type {
  RemoteKubeconfig,
  RemoteUser,
  RemoteUserCertificate,
  RemoteUserPassword,
  RemoteUserToken,
} from './remotes/remote-kubeconfig';
export type { AcceptedChange } from './secrets/encryption/accept-recipients';
export type { Encryption } from './secrets/encryption/encryption';
export { acceptRecipients } from './secrets/encryption/load-encryption';
export * from './synthesis/inputs';
export * from './synthesis/istio-mesh-app';
