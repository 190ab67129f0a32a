import { latestIstioVersion } from '../mesh/istio-version';

/** Who is to apply a new mesh from a repository. */
export interface TemplateGitOps {
  /** `argocd` or `flux`. */
  readonly tool: string;
  /** The address of the repository. */
  readonly repository: string;
}

/**
 * A mesh.yaml for clusters of given names, each in a network of its own, with comments on what to change.
 *
 * @param gitops undefined where the output is applied by hand
 */
export function meshTemplate(clusters: readonly string[], gitops?: TemplateGitOps): string {
  return `# yaml-language-server: $schema=./node_modules/cdk8s-istio-mesh/lib/mesh.schema.json

# The ID of the mesh, the same in every cluster.
meshID: mesh1

istio:
  version: ${latestIstioVersion}
  # Istio's own Helm values, for every cluster.
  values: {}

clusters:
${clusters.map(clusterTemplate).join('\n')}
${gitops === undefined ? gitopsHints : gitopsTemplate(gitops)}# HelloWorld and a client in every cluster, for istio-mesh verify. Remove it once the mesh is proven.
verification:
  helloWorld: enabled
`;
}

const gitopsHints = `# Keys and tokens in a backend that may be committed, and who applies what is committed:
# secrets: { backend: sealed-secrets }
# gitops: argocd
# repository: { url: https://git.example.com/mesh.git }

`;

function gitopsTemplate({ tool, repository }: TemplateGitOps): string {
  const version = repository.startsWith('oci://') ? 'tag: latest' : 'branch: main';
  return `# Keys and tokens are committed encrypted, for the Sealed Secrets controller of each cluster.
secrets:
  backend: sealed-secrets

# What is committed is applied.
gitops: ${JSON.stringify(tool)}
repository:
  url: ${JSON.stringify(repository)}
  ${version}
  path: dist

`;
}

function clusterTemplate(name: string, index: number): string {
  const first = index === 0;
  return `  - name: ${name}
    # Clusters whose pods reach each other directly share a network.
    network: network${index + 1}
    # Where istio-mesh join and verify find the cluster.
    kubeconfig: ${name}.kubeconfig
${first ? hints : ''}`;
}

const hints = `    # The API server as the other clusters reach it, where that differs from the kubeconfig:
    # server: https://203.0.113.10:6443
    # eastWestGateway:
    #   loadBalancer: { cloud: aws-nlb, scheme: public }
    #   autoscaling: { minReplicas: 2, maxReplicas: 10 }
`;
