import { sealedSecretsCrd } from './clusters';
import type { Kubectl } from './kubectl';

/** The image of the controller. */
const image = 'docker.io/bitnami/sealed-secrets-controller:0.36.6';

/** The name and namespace of the controller's objects. */
const controller = { name: 'sealed-secrets-controller', namespace: 'kube-system' };

const labels = { name: controller.name };

/** A Sealed Secrets controller with the minimum of permissions. */
const objects: readonly object[] = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: controller },
  ...role('ClusterRole', { name: controller.name }, [
    rule('bitnami.com', ['sealedsecrets'], ['get', 'list', 'watch']),
    rule('bitnami.com', ['sealedsecrets/status'], ['update']),
    rule('', ['secrets'], ['get', 'list', 'create', 'update', 'delete', 'watch']),
    rule('', ['events'], ['create', 'patch']),
    rule('', ['namespaces'], ['get']),
  ]),
  ...role('Role', controller, [rule('', ['secrets'], ['create', 'list'])]),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: controller,
    spec: { selector: labels, ports: [{ name: 'http', port: 8080, targetPort: 'http' }] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: controller,
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: controller.name,
          containers: [
            {
              name: 'controller',
              image,
              ports: [{ name: 'http', containerPort: 8080 }],
              readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 1 },
              volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
            },
          ],
          volumes: [{ name: 'tmp', emptyDir: {} }],
        },
      },
    },
  },
];

/** Starts the controller in a cluster, and waits until it has generated a key. */
export function startSealedSecrets(kubectl: Kubectl): void {
  kubectl.run(`apply --server-side -f ${sealedSecretsCrd()}`);
  kubectl.apply(objects);
  kubectl.run(`rollout status deployment ${controller.name} -n ${controller.namespace} --timeout=120s`);
}

function rule(apiGroup: string, resources: readonly string[], verbs: readonly string[]): object {
  return { apiGroups: [apiGroup], resources, verbs };
}

/** A role and its binding to the controller. */
function role(kind: string, metadata: object, rules: readonly object[]): object[] {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  return [
    { apiVersion, kind, metadata, rules },
    {
      apiVersion,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: controller.name },
      subjects: [{ kind: 'ServiceAccount', ...controller }],
    },
  ];
}
