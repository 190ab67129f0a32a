import type {
  Configuration,
  KubeConfig,
  KubernetesObject,
  KubernetesObjectApi,
} from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { Cluster } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import { logIn } from './connection';
import { connectionProblem } from './connection-problem';
import { type PodCommand, type PodCommandResult, runInPod } from './pod-command';
import { loadUserKubeconfig } from './user-kubeconfig';

/** The name under which this package's fields stand in an object's managedFields. */
const fieldManager = 'cdk8s-istio-mesh';

/** For how long one answer of an API server is waited for, in milliseconds. */
const requestTimeout = 15_000;

/** An object's kind and name, as its manifest has them. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /**
   * @default - none, for a kind that is outside of namespaces
   */
  readonly namespace?: string;
}

/** Which objects to list. */
export interface ObjectSelection {
  readonly apiVersion: string;
  readonly kind: string;
  /**
   * @default - every namespace
   */
  readonly namespace?: string;
  /**
   * Labels that the objects must have.
   * @default - any
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * A selector of fields, such as `type=Opaque`.
   * @default - all
   */
  readonly fieldSelector?: string;
}

/** A port of a Service. */
export interface ServicePort {
  readonly name: string;
  readonly namespace: string;
  /** Its name, or empty where it has none. */
  readonly port: string;
}

/**
 * A running cluster, reached as the user reaches it. Every call ends in bounded time, and fails with a
 * MeshError that says what to do.
 */
export class LiveCluster {
  private constructor(
    readonly name: string,
    private readonly config: KubeConfig,
    private readonly configuration: Configuration,
    private readonly api: KubernetesObjectApi,
  ) {}

  /**
   * Finds the way to a cluster, without going it.
   *
   * @param directory the folder at which the definition's relative paths start
   * @throws MeshError where there is no kubeconfig for it, or no such context
   */
  static async find(cluster: Cluster, directory: string): Promise<LiveCluster> {
    return LiveCluster.of(cluster.name, await loadUserKubeconfig(cluster, directory));
  }

  /** The cluster that a kubeconfig leads to. */
  static async of(name: string, config: KubeConfig): Promise<LiveCluster> {
    const client = await import('@kubernetes/client-node');
    const configuration = client.createConfiguration({
      baseServer: new client.ServerConfiguration(config.getCurrentCluster()?.server ?? '', {}),
      authMethods: { default: config },
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
    return new LiveCluster(name, config, configuration, new client.KubernetesObjectApi(configuration));
  }

  /**
   * Logs in, and makes sure that the cluster answers.
   *
   * @throws MeshError where it does not
   */
  async connect(): Promise<void> {
    await logIn(this.name, this.config);
    const { VersionApi } = await import('@kubernetes/client-node');
    try {
      await new VersionApi(this.configuration).getCode();
    } catch (error) {
      throw this.explained(error, 'read its version');
    }
  }

  /** The address of the API server, as the user reaches it. */
  get server(): string {
    return this.config.getCurrentCluster()?.server ?? '';
  }

  /** The certificate authority and the name by which the user knows the API server. */
  get identity(): { readonly caData?: string; readonly caFile?: string; readonly tlsServerName?: string } {
    return this.config.getCurrentCluster() ?? {};
  }

  /** An object as it is; undefined where it is not there. */
  async read<T extends KubernetesObject>(reference: ObjectReference): Promise<T | undefined> {
    const { apiVersion, kind, name, namespace } = reference;
    try {
      return await this.api.read<T & { metadata: { name: string } }>({
        apiVersion,
        kind,
        metadata: { name, namespace },
      });
    } catch (error) {
      if ((error as { code?: unknown }).code === 404) return undefined;
      throw this.explained(error, `read ${kind} ${name}`);
    }
  }

  /** The objects of a kind; none where the cluster does not know the kind. */
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
      throw this.explained(error, `list objects of kind ${kind}`);
    }
  }

  /**
   * Makes an object be as it is given, by server-side apply. What others have written into it stays, and
   * where they have written something else into the same fields, it is they who win.
   *
   * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
   */
  async apply<T extends KubernetesObject>(object: T): Promise<T> {
    const { PatchStrategy } = await import('@kubernetes/client-node');
    try {
      const strategy = PatchStrategy.ServerSideApply;
      return await this.api.patch(object, undefined, undefined, fieldManager, false, strategy);
    } catch (error) {
      throw this.explained(error, `apply ${object.kind} ${object.metadata?.name}`);
    }
  }

  /** Asks a Service over HTTP, through the API server. */
  async askService(service: ServicePort, path: string): Promise<string> {
    const { ApiException, HttpMethod } = await import('@kubernetes/client-node');
    const { name, namespace, port } = service;
    const { baseServer, httpApi, authMethods } = this.configuration;
    const proxy = `/api/v1/namespaces/${namespace}/services/http:${name}:${port}/proxy`;
    try {
      const request = baseServer.makeRequestContext(`${proxy}${path}`, HttpMethod.GET);
      request.setSignal(AbortSignal.timeout(requestTimeout));
      await authMethods.default?.applySecurityAuthentication(request);
      const { httpStatusCode, body, headers } = await httpApi.send(request).toPromise();
      const text = await body.text();
      if (httpStatusCode === 200) return text;
      throw new ApiException(httpStatusCode, text, text, headers);
    } catch (error) {
      throw this.explained(error, `ask Service ${namespace}/${name}`);
    }
  }

  /** Runs a command in a container, as `kubectl exec` does. */
  async run(command: PodCommand): Promise<PodCommandResult> {
    try {
      return await runInPod(this.config, command);
    } catch (error) {
      throw this.explained(error, `run ${command.command[0]} in pod ${command.pod}`);
    }
  }

  private explained(error: unknown, action: string): unknown {
    const problem = connectionProblem(error, { cluster: this.name, server: this.server, action });
    return problem === undefined ? error : new MeshError([problem]);
  }
}

/** Whether the cluster has no such kind, because its CRD is not there. */
function isUnknownKind(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string };
  return code === 404 || message?.startsWith('Unrecognized API version and kind') === true;
}
