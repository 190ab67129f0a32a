import type {
  Configuration,
  KubeConfig,
  Cluster as KubernetesCluster,
  KubernetesObject,
  KubernetesObjectApi,
  User,
} from '@kubernetes/client-node';
import { MeshError } from '../problems/problem';
import type { RemoteUser } from '../remotes/remote-kubeconfig';
import { connectionProblem } from './connection-problem';
import { boundedHttpLibrary } from './http-library';
import { type PodCommand, type PodCommandResult, runInPod } from './pod-command';
import { PodPort, type PodPortLocation } from './pod-port';
import { PodStream } from './pod-stream';
import { undefinedIfRefused } from './timeout';
import { withCredentials } from './user-credentials';
import { type ClusterAccess, loadUserKubeconfig } from './user-kubeconfig';

/** The name of this package in an object's managedFields. */
const fieldManager = 'cdk8s-istio-mesh';

/** The time limit of a request to the API server, in milliseconds. */
const requestTimeout = 10_000;

/** The kind and name of an object, as in its manifest. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /**
   * @default - none, for a cluster-scoped kind
   */
  readonly namespace?: string;
}

/** The objects to list. */
export interface ObjectSelection {
  readonly apiVersion: string;
  readonly kind: string;
  /**
   * @default - all namespaces
   */
  readonly namespace?: string;
  /**
   * Labels that the objects must have.
   * @default - any labels
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * A field selector, such as `type=Opaque`.
   * @default - all objects
   */
  readonly fieldSelector?: string;
}

/** A token to issue. */
export interface TokenRequest {
  readonly namespace: string;
  /** The name of the ServiceAccount. */
  readonly account: string;
  /** The Secret with which the token ends. */
  readonly secret: { readonly name: string; readonly uid: string };
  readonly expirationSeconds: number;
}

/** A port of a Service. */
export interface ServicePort {
  readonly name: string;
  readonly namespace: string;
  /** The name of the port; empty if it has none. */
  readonly port: string;
}

/** The end of the log of a container. */
export interface ContainerLog {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Whether to read the log of the container before its last restart. */
  readonly previous: boolean;
  /** The number of lines. */
  readonly lines: number;
}

/**
 * A client for a running cluster, with the user's credentials. Every call has a time limit, and throws a
 * MeshError if the cluster refuses it or cannot be reached.
 */
export class LiveCluster {
  private connection: Promise<void> | undefined;
  private identifier: string | undefined;

  private constructor(
    readonly name: string,
    private config: KubeConfig,
    private configuration: Configuration,
    private api: KubernetesObjectApi,
  ) {}

  /**
   * Reads the kubeconfig of a cluster, without connecting.
   *
   * @param directory the folder that relative paths in the mesh definition start from
   * @throws MeshError if the cluster has no kubeconfig, or the kubeconfig has no such context
   */
  static async find(cluster: ClusterAccess, directory: string): Promise<LiveCluster> {
    return LiveCluster.of(cluster.name, await loadUserKubeconfig(cluster, directory));
  }

  /** A client for the current context of a kubeconfig. */
  static async of(name: string, config: KubeConfig): Promise<LiveCluster> {
    const client = await import('./kubernetes-client.js');
    for (const cluster of config.clusters as ClusterWithProxy[]) {
      // kubectl lets the proxy resolve names; the library does so only with this scheme.
      cluster.proxyUrl = cluster.proxyUrl?.replace(/^socks5:/i, 'socks5h:');
    }
    const configuration = await configurationOf(config);
    return new LiveCluster(name, config, configuration, new client.KubernetesObjectApi(configuration));
  }

  /**
   * Logs in, and checks that the cluster answers; only once, even if it is called several times.
   *
   * @throws MeshError if the cluster does not answer
   */
  connect(): Promise<void> {
    this.connection ??= this.connectOnce();
    return this.connection;
  }

  private async connectOnce(): Promise<void> {
    const { KubernetesObjectApi, VersionApi } = await import('./kubernetes-client.js');
    this.config = await withCredentials(this.name, this.config);
    this.configuration = await configurationOf(this.config);
    this.api = new KubernetesObjectApi(this.configuration);
    try {
      await new VersionApi(this.configuration).getCode();
    } catch (error) {
      throw this.meshErrorOf(error, 'read its version');
    }
    this.identifier = await undefinedIfRefused(this.readUID());
  }

  /** The UID of the namespace kube-system stays for as long as the cluster exists. */
  private async readUID(): Promise<string | undefined> {
    const reference = { apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' };
    return (await this.read(reference))?.metadata?.uid;
  }

  /** Identifies the running cluster, after {@link connect}; undefined if the user may not read it. */
  get uid(): string | undefined {
    return this.identifier;
  }

  /** A client for the same address with other credentials. */
  async withUser(user: RemoteUser): Promise<LiveCluster> {
    const { KubeConfig } = await import('./kubernetes-client.js');
    const config = new KubeConfig();
    const { clusters, contexts, currentContext } = this.config;
    const name = this.config.getCurrentUser()?.name ?? '';
    config.loadFromOptions({ clusters, contexts, currentContext, users: [{ name, ...clientUser(user) }] });
    return LiveCluster.of(this.name, config);
  }

  /** The address of the API server in the user's kubeconfig. */
  get server(): string {
    return this.config.getCurrentCluster()?.server ?? '';
  }

  /** Whether the user's kubeconfig does not verify the API server. */
  get isUnverified(): boolean {
    return this.config.getCurrentCluster()?.skipTLSVerify === true;
  }

  /** What leads to the API server: its address, the name in its certificate, and the proxy. */
  get address(): string {
    const { server, tlsServerName, proxyUrl } = this.config.getCurrentCluster() ?? {};
    return [server, tlsServerName, proxyUrl].join(' ');
  }

  /** The certificate authority and the name of the API server in the user's kubeconfig. */
  get identity(): { readonly caData?: string; readonly caFile?: string; readonly tlsServerName?: string } {
    return this.config.getCurrentCluster() ?? {};
  }

  /** Reads an object; undefined if it does not exist, or if the cluster does not know the kind. */
  async read<T extends KubernetesObject>(reference: ObjectReference): Promise<T | undefined> {
    const { apiVersion, kind, name, namespace } = reference;
    try {
      return await this.api.read<T & { metadata: { name: string } }>({
        apiVersion,
        kind,
        metadata: { name, namespace },
      });
    } catch (error) {
      if (isUnknownKind(error)) return undefined;
      throw this.meshErrorOf(error, `read ${kind} ${name}`);
    }
  }

  /** Lists the objects of a kind; empty if the cluster does not know the kind. */
  async list<T extends KubernetesObject>(selection: ObjectSelection): Promise<T[]> {
    const { apiVersion, kind, namespace, labels = {}, fieldSelector } = selection;
    const labelSelector = Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    try {
      const { items } = await this.api.list<T>(
        apiVersion,
        kind,
        namespace,
        undefined,
        undefined,
        undefined,
        fieldSelector,
        labelSelector || undefined,
      );
      return items as T[];
    } catch (error) {
      if (isUnknownKind(error)) return [];
      throw this.meshErrorOf(error, `list objects of kind ${kind}`);
    }
  }

  /**
   * Creates or updates an object by server-side apply. Fields of other managers stay.
   *
   * @throws MeshError if another manager owns one of the fields with another value
   * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
   */
  async apply<T extends KubernetesObject>(object: T): Promise<T> {
    const { PatchStrategy } = await import('./kubernetes-client.js');
    try {
      const strategy = PatchStrategy.ServerSideApply;
      return await this.api.patch(object, undefined, undefined, fieldManager, false, strategy);
    } catch (error) {
      throw this.meshErrorOf(error, `apply ${object.kind} ${object.metadata?.name}`);
    }
  }

  /**
   * Deletes an object. Does nothing if it does not exist.
   *
   * @param uid the UID that the object must have; undefined for any
   * @throws MeshError if the object has another UID
   */
  async delete({ apiVersion, kind, name, namespace }: ObjectReference, uid?: string): Promise<void> {
    const body = uid === undefined ? undefined : { preconditions: { uid } };
    const object = { apiVersion, kind, metadata: { name, namespace } };
    try {
      await this.api.delete(object, undefined, undefined, undefined, undefined, undefined, body);
    } catch (error) {
      if (!isUnknownKind(error)) throw this.meshErrorOf(error, `delete ${kind} ${name}`);
    }
  }

  /**
   * Issues a token of a ServiceAccount that ends with a Secret.
   *
   * @see https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/
   */
  async requestToken({ namespace, account, secret, expirationSeconds }: TokenRequest): Promise<string> {
    const boundObjectRef = { apiVersion: 'v1', kind: 'Secret', ...secret };
    const request = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences: [], boundObjectRef, expirationSeconds },
    };
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
    const text = await this.send('POST', path, `issue a token of ${account}`, request);
    return (JSON.parse(text) as { status: { token: string } }).status.token;
  }

  /** Sends a GET request to a Service through the proxy of the API server. */
  getFromService({ name, namespace, port }: ServicePort, path: string): Promise<string> {
    const proxy = `/api/v1/namespaces/${namespace}/services/http:${name}:${port}/proxy`;
    return this.send('GET', `${proxy}${path}`, `call Service ${namespace}/${name}`);
  }

  /** Reads the end of the log of a container. */
  readLog({ namespace, pod, container, previous, lines }: ContainerLog): Promise<string> {
    const query = new URLSearchParams({ container, previous: String(previous), tailLines: String(lines) });
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log?${query}`;
    return this.send('GET', path, `read the log of ${pod}`);
  }

  private async send(
    method: 'GET' | 'POST',
    path: string,
    action: string,
    content?: object,
  ): Promise<string> {
    const { ApiException, HttpMethod } = await import('./kubernetes-client.js');
    const { baseServer, httpApi, authMethods } = this.configuration;
    try {
      const request = baseServer.makeRequestContext(path, HttpMethod[method]);
      if (content !== undefined) {
        request.setHeaderParam('Content-Type', 'application/json');
        request.setBody(JSON.stringify(content));
      }
      request.setSignal(AbortSignal.timeout(requestTimeout));
      await authMethods.default?.applySecurityAuthentication(request);
      const { httpStatusCode, body, headers } = await httpApi.send(request).toPromise();
      const text = await body.text();
      if (httpStatusCode === 200 || httpStatusCode === 201) return text;
      throw new ApiException(httpStatusCode, text, text, headers);
    } catch (error) {
      throw this.meshErrorOf(error, action);
    }
  }

  /** Runs a command in a container, as `kubectl exec` does. */
  async run(command: PodCommand): Promise<PodCommandResult> {
    try {
      return await runInPod(this.config, command);
    } catch (error) {
      throw this.meshErrorOf(error, `run ${command.command[0]} in pod ${command.pod}`);
    }
  }

  /** Starts a command in a container, as a stream; undefined if the cluster refuses it. */
  open(command: PodCommand): Promise<PodStream | undefined> {
    return undefinedIfRefused(
      PodStream.open(this.config, command).catch((error: unknown) => {
        throw this.meshErrorOf(error, `run ${command.command[0]} in pod ${command.pod}`);
      }),
    );
  }

  /** Opens a connection to a port of a pod, as `kubectl port-forward` does; undefined if the cluster refuses it. */
  openPort(port: PodPortLocation): Promise<PodPort | undefined> {
    return undefinedIfRefused(
      PodPort.open(this.config, port).catch((error: unknown) => {
        throw this.meshErrorOf(error, `connect to pod ${port.pod}`);
      }),
    );
  }

  private meshErrorOf(error: unknown, action: string): MeshError {
    if (error instanceof MeshError) return error;
    const { proxyUrl } = this.config.getCurrentCluster() ?? {};
    const proxy = proxyUrl !== undefined && URL.canParse(proxyUrl) ? new URL(proxyUrl).host : undefined;
    return new MeshError([
      connectionProblem(error, { cluster: this.name, server: this.server, action, proxy }),
    ]);
  }
}

async function configurationOf(config: KubeConfig): Promise<Configuration> {
  const { createConfiguration, ServerConfiguration } = await import('./kubernetes-client.js');
  return createConfiguration({
    baseServer: new ServerConfiguration(config.getCurrentCluster()?.server ?? '', {}),
    authMethods: { default: config },
    httpApi: await boundedHttpLibrary(),
    promiseMiddleware: [
      {
        pre: async (request) => {
          request.setSignal(AbortSignal.timeout(requestTimeout));
          return request;
        },
        post: async (response) => response,
      },
    ],
  });
}

/** The type of the library has only fields that cannot be changed. */
type ClusterWithProxy = { -readonly [Key in keyof KubernetesCluster]: KubernetesCluster[Key] };

/** The user of a remote kubeconfig, as the client library has it. */
function clientUser(user: RemoteUser): Omit<User, 'name'> {
  const { clientCertificateData: certData, clientKeyData: keyData, ...rest } = { ...noCertificate, ...user };
  return { ...rest, ...(certData === undefined ? {} : { certData, keyData }) };
}

const noCertificate: { clientCertificateData?: string; clientKeyData?: string } = {};

/** Whether the cluster does not have the kind, because its CRD is not installed. */
function isUnknownKind(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string };
  return code === 404 || message?.startsWith('Unrecognized API version and kind') === true;
}
