import { yamlText } from '../kubernetes/yaml';
import { quoted } from '../kubernetes/yaml-scalars';
import { latestIstioVersion } from '../mesh/istio-version';

/** What a new mesh.yaml contains. */
export interface MeshTemplateOptions {
  /** The names of the clusters. */
  readonly clusters: readonly string[];
  /**
   * How the output is applied from a repository.
   * @default - the user applies it
   */
  readonly gitops?: TemplateGitOps;
  /**
   * How the traffic of pods enters the mesh.
   * @default - sidecar
   */
  readonly dataPlane?: string;
}

/** The GitOps settings of a new mesh.yaml. */
export interface TemplateGitOps {
  /** `argocd` or `flux`. */
  readonly tool: string;
  /** The address of the repository. */
  readonly repository: string;
}

/** The part of the template that depends on the options, as a mesh definition to validate. */
export function templateDefinition({ clusters, gitops, dataPlane }: MeshTemplateOptions): object {
  return {
    meshID: 'mesh1',
    security: 'hardened',
    ...(dataPlane === undefined ? {} : { dataPlane }),
    clusters: clusters.map((name, index) => ({ name, network: network(index) })),
    ...(gitops && {
      secrets: { backend: 'sealed-secrets' },
      gitops: { tool: gitops.tool },
      repository: { url: gitops.repository },
    }),
  };
}

/**
 * The text of a new mesh.yaml, with comments on what to change. Each cluster is in a separate network.
 *
 * @param schemaPath the path of the JSON Schema, relative to mesh.yaml
 */
export function meshTemplate(
  { clusters, gitops, dataPlane = 'sidecar' }: MeshTemplateOptions,
  schemaPath: string,
): string {
  return `# yaml-language-server: $schema=${schemaPath}

# The ID of the mesh, which all clusters share.
meshID: mesh1

# Mandatory mutual TLS, NetworkPolicies and restricted pods. With istio, the objects that Istio itself installs.
security: hardened

# A proxy in each pod, sidecar, or ztunnel on each node, ambient.
dataPlane: ${dataPlane}

istio:
  version: ${latestIstioVersion}
  # Istio's Helm values, for all clusters.
  values: {}

clusters:
${clusters.map(clusterTemplate).join('\n')}
${gitops === undefined ? gitopsExample : gitopsTemplate(gitops)}# HelloWorld and a client in every cluster, which istio-mesh verify calls. Remove it when the mesh works.
verification:
  helloWorld: enabled
`;
}

const gitopsExample = `# For GitOps: encrypt keys and tokens, and set the tool that applies the committed output.
# secrets: { backend: sealed-secrets }
# gitops: argocd
# repository: { url: https://git.example.com/mesh.git }

`;

/** The sections of mesh.yaml for a GitOps tool. */
export function gitopsTemplate({ tool, repository }: TemplateGitOps): string {
  const version = repository.startsWith('oci://') ? 'tag: latest' : 'branch: main';
  return `# Keys and tokens are encrypted for the Sealed Secrets controller of each cluster.
secrets:
  backend: sealed-secrets

# The GitOps tool, and the repository with the committed output.
gitops: ${quoted(tool)}
repository:
  url: ${quoted(repository)}
  ${version}
  path: dist

`;
}

function clusterTemplate(name: string, index: number): string {
  return `  - name: ${yamlText(name).trimEnd()}
    # Clusters share a network if their pods can reach each other directly.
    network: ${network(index)}
    # The kubeconfig that istio-mesh join and istio-mesh verify use.
    kubeconfig: ${name}.kubeconfig
${index === 0 ? clusterExample : ''}`;
}

const clusterExample = `    # The address of the API server for the other clusters, if the kubeconfig has another one:
    # server: https://203.0.113.10:6443
    # eastWestGateway:
    #   loadBalancer: { cloud: aws-nlb, scheme: public }
    #   autoscaling: { minReplicas: 2, maxReplicas: 10 }
`;

function network(index: number): string {
  return `network${index + 1}`;
}
