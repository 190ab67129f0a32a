import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { base64, jsonWebToken } from '../../remotes/key-pair';
import { type LocalServer, startServer } from '../api-server';

interface StoredObject {
  readonly kind: string;
  readonly type?: string;
  readonly metadata: {
    readonly name: string;
    readonly uid?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  data?: Record<string, string>;
}

/** An API server that stores objects, writes tokens into Secrets, and accepts a token as long as its Secret exists. */
export class TokenServer {
  readonly objects = new Map<string, StoredObject>();
  private constructor(readonly local: LocalServer) {}

  static async start(): Promise<TokenServer> {
    let server: TokenServer | undefined;
    const local = await startServer((request, response) => void server?.answer(request, response));
    server = new TokenServer(local);
    server.objects.set('/api/v1/namespaces/istio-system/configmaps/kube-root-ca.crt', {
      kind: 'ConfigMap',
      metadata: { name: 'kube-root-ca.crt' },
      data: { 'ca.crt': 'ca' },
    });
    return server;
  }

  get secrets(): string[] {
    return [...this.objects.values()]
      .filter(({ kind }) => kind === 'Secret')
      .map(({ metadata }) => metadata.name);
  }

  /** The token in a Secret. */
  tokenIn(name: string): string | undefined {
    const token = this.objects.get(`/api/v1/namespaces/istio-system/secrets/${name}`)?.data?.token;
    return token && Buffer.from(token, 'base64').toString();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'https://localhost');
    const body = await text(request);
    const reply = (status: number, content: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(content));
    };
    if (!this.accepts(request.headers.authorization)) return reply(401, { kind: 'Status' });
    if (pathname === '/version') return reply(200, { major: '1', minor: '34' });
    if (pathname === '/api/v1') return reply(200, { kind: 'APIResourceList', resources });
    const stored = this.objects.get(pathname);
    switch (request.method) {
      case 'PATCH': {
        const object = { ...stored, ...(JSON.parse(body) as StoredObject) };
        const metadata = { uid: `uid-of-${object.metadata.name}`, ...object.metadata };
        this.objects.set(pathname, { ...object, metadata, ...tokenOf(object) });
        return reply(200, this.objects.get(pathname) ?? {});
      }
      case 'POST': {
        const { spec } = JSON.parse(body) as { spec: TokenSpec };
        return reply(201, { status: { token: this.request(spec) } });
      }
      case 'DELETE':
        this.objects.delete(pathname);
        return reply(stored === undefined ? 404 : 200, { kind: 'Status' });
      default:
        if (!pathname.endsWith('/secrets')) return reply(stored === undefined ? 404 : 200, stored ?? {});
        return reply(200, { kind: 'SecretList', apiVersion: 'v1', items: this.list(searchParams) });
    }
  }

  /** The longest time for which this API server issues a token, in seconds. */
  longest = Number.POSITIVE_INFINITY;
  private readonly requested = new Map<string, string>();

  private request({ boundObjectRef: { name, uid }, expirationSeconds }: TokenSpec): string {
    const iat = Math.floor(Date.now() / 1000);
    const token = jsonWebToken({
      iat,
      exp: iat + Math.min(expirationSeconds, this.longest),
      jti: this.requested.size,
      'kubernetes.io': { namespace: 'istio-system', secret: { name, uid } },
    });
    this.requested.set(token, name);
    return token;
  }

  private list(query: URLSearchParams): StoredObject[] {
    const [label = '', value] = query.get('labelSelector')?.split('=') ?? [];
    return [...this.objects.values()].filter(
      ({ kind, type, metadata }) =>
        kind === 'Secret' &&
        (query.get('fieldSelector') ?? `type=${type}`) === `type=${type}` &&
        (label === '' || metadata.labels?.[label] === value),
    );
  }

  /** The administrator has another token. */
  private accepts(authorization = ''): boolean {
    const token = authorization.replace('Bearer ', '');
    const secret = this.requested.get(token);
    if (secret !== undefined) return this.secrets.includes(secret);
    return token === 'admin' || this.secrets.some((name) => this.tokenIn(name) === token);
  }
}

interface TokenSpec {
  readonly boundObjectRef: { readonly name: string; readonly uid: string };
  readonly expirationSeconds: number;
}

const resources = [
  { name: 'namespaces', kind: 'Namespace', namespaced: false, verbs: [] },
  { name: 'configmaps', kind: 'ConfigMap', namespaced: true, verbs: [] },
  { name: 'secrets', kind: 'Secret', namespaced: true, verbs: [] },
  { name: 'serviceaccounts', kind: 'ServiceAccount', namespaced: true, verbs: [] },
];

function tokenOf({ type, metadata: { name } }: StoredObject): Pick<StoredObject, 'data'> {
  if (type !== 'kubernetes.io/service-account-token') return {};
  const token = jsonWebToken({
    'kubernetes.io/serviceaccount/namespace': 'istio-system',
    'kubernetes.io/serviceaccount/secret.name': name,
  });
  return { data: { token: base64(token), 'ca.crt': base64('ca') } };
}
