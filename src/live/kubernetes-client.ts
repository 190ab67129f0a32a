/** What this package uses of the Kubernetes client. Only `live` loads it: a file of its own in the bundle. */
export {
  ApiException,
  createConfiguration,
  Exec,
  HttpMethod,
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  PortForward,
  ResponseContext,
  ServerConfiguration,
  VersionApi,
  wrapHttpLibrary,
} from '@kubernetes/client-node';
