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
      case 'DELETE':
        this.objects.delete(pathname);
        return reply(stored === undefined ? 404 : 200, { kind: 'Status' });
      default:
        if (!pathname.endsWith('/secrets')) return reply(stored === undefined ? 404 : 200, stored ?? {});
        return reply(200, { kind: 'SecretList', apiVersion: 'v1', items: this.list(searchParams) });
    }
  }

  private list(query: URLSearchParams): StoredObject[] {
    const [label = '', value] = query.get('labelSelector')?.split('=') ?? [];
    return [...this.objects.values()].filter(
      ({ kind, metadata }) => kind === 'Secret' && (label === '' || metadata.labels?.[label] === value),
    );
  }

  /** The administrator has another token. */
  private accepts(authorization = ''): boolean {
    const token = authorization.replace('Bearer ', '');
    return token === 'admin' || this.secrets.some((name) => this.tokenIn(name) === token);
  }
}

const resources = [
  { name: 'namespaces', kind: 'Namespace', namespaced: false, verbs: [] },
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
