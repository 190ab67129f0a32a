import { go } from './expression';
import type { InjectionInput } from './injection-input';
import { env, fieldEnv, istiodHost } from './proxy-environment';
import { mount } from './proxy-volumes';
import { each, type TemplateMap } from './template';

const folder = '/var/lib/grpc/data/';
const bootstrapFile = `${folder}bootstrap.json`;
const volume = 'grpc-io-proxyless-bootstrap';

/**
 * The template `grpc-simple`, for proxyless gRPC without an agent: the gRPC client of the application
 * connects to istiod in plain text. An init container writes the address of istiod and the client's identity.
 *
 * @see https://istio.io/latest/blog/2021/proxyless-grpc/
 */
export function grpcSimple(input: InjectionInput): TemplateMap {
  return {
    metadata: { annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'false' } },
    spec: {
      initContainers: [
        {
          name: 'grpc-bootstrap-init',
          image: 'busybox:1.28',
          env: [
            fieldEnv('INSTANCE_IP', 'status.podIP'),
            fieldEnv('POD_NAME', 'metadata.name'),
            fieldEnv('POD_NAMESPACE', 'metadata.namespace'),
          ],
          command: ['sh', '-c', writeBootstrap(input)],
          volumeMounts: [mount(volume, folder)],
        },
      ],
      containers: [
        each(go`.Spec.Containers`, (_, container) => [
          {
            name: go`${container}.Name`,
            env: [
              env('GRPC_XDS_BOOTSTRAP', bootstrapFile),
              env('GRPC_GO_LOG_VERBOSITY_LEVEL', '99'),
              env('GRPC_GO_LOG_SEVERITY_LEVEL', 'info'),
            ],
            volumeMounts: [mount(volume, folder)],
          },
        ]),
      ],
      volumes: [{ name: volume, emptyDir: {} }],
    },
  };
}

/** A script that writes the gRPC bootstrap file. The shell expands its variables. */
function writeBootstrap(input: InjectionInput): string {
  const bootstrap = {
    xds_servers: [
      {
        server_uri: `dns:///${istiodHost(input)}:15010`,
        channel_creds: [{ type: 'insecure' }],
        server_features: ['xds_v3'],
      },
    ],
    node: {
      id: `sidecar~\${INSTANCE_IP}~\${POD_NAME}.\${POD_NAMESPACE}~cluster.local`,
      metadata: { GENERATOR: 'grpc' },
    },
  };
  return [`cat >${bootstrapFile} <<END`, JSON.stringify(bootstrap, null, 2), 'END'].join('\n');
}
