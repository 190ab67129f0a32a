import type { DefinitionPath, DefinitionProblem } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { gitopsToolOf } from '../gitops';
import type { ClusterSecrets } from '../mesh';
import type { BackendProblem } from '../secrets/backend-description';
import { backends, isRemoteSecretsBackend, remoteSecretsBackends } from '../secrets/backends';
import { type SecretsDefinition, secretsWithDefaults } from '../secrets/definition';
import type { Rule } from './clusters';

/** Every cluster has the settings that its backends need, and the GitOps tool can apply the backends. */
export const secretsSettings: Rule = (definition) => {
  const problems = definition.clusters.flatMap((cluster, index): DefinitionProblem[] => {
    const secrets = secretsWithDefaults(definition, cluster.secrets, cluster.name);
    return [
      ...caCertsProblems(definition, secrets),
      ...remoteSecretsProblems(definition, index, secrets),
    ].map(({ key = 'backend', message, hint }) => {
      return { code: 'MESH-SECRETS', path: pathOf(definition, index, key), message, hint };
    });
  });
  // Clusters that inherit the settings of the mesh have the same problems.
  const unique = new Map(problems.map((each) => [JSON.stringify([each.path, each.message]), each]));
  return [...unique.values()];
};

function caCertsProblems(definition: AnyMeshDefinition, secrets: ClusterSecrets): BackendProblem[] {
  return backends[secrets.cacerts].settingsProblems(secrets, gitopsToolOf(definition));
}

function remoteSecretsProblems(
  definition: AnyMeshDefinition,
  index: number,
  secrets: ClusterSecrets,
): BackendProblem[] {
  const { cacerts, remoteSecrets } = secrets;
  const cluster = definition.clusters[index]?.secrets;
  const chosen =
    cluster?.remoteSecrets ??
    (cluster?.backend === undefined ? definition.secrets?.remoteSecrets : undefined);
  if (!isRemoteSecretsBackend(cacerts) && chosen === undefined) {
    const others = `${remoteSecretsBackends.slice(0, -1).join(', ')} or ${remoteSecretsBackends.at(-1)}`;
    return [
      {
        message: `The backend ${cacerts} cannot write the remote secrets.`,
        hint: `Write remoteSecrets: beside it, with ${others}.`,
      },
    ];
  }
  if (remoteSecrets === cacerts) return [];
  const problems = backends[remoteSecrets].settingsProblems(secrets, gitopsToolOf(definition));
  return problems.map((problem) => ({ key: 'remoteSecrets', ...problem }));
}

/** The path of the key: in the cluster, else in the mesh. A mesh without `secrets` has a problem only with `gitops`. */
function pathOf(definition: AnyMeshDefinition, index: number, key: keyof SecretsDefinition): DefinitionPath {
  const cluster = definition.clusters[index]?.secrets;
  if (cluster?.[key] !== undefined) return ['clusters', index, 'secrets', key];
  if (cluster?.backend !== undefined) return ['clusters', index, 'secrets', 'backend'];
  if (definition.secrets?.[key] !== undefined) return ['secrets', key];
  if (definition.secrets?.backend !== undefined) return ['secrets', 'backend'];
  return ['gitops'];
}
