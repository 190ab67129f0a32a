import type { Cluster } from './mesh';
import type { SecretsForm } from './secrets-definition';

/** The forms of a cluster's Secrets: that of `cacerts`, and that of the remote secrets. */
export function formsOfSecrets({ secrets }: Cluster): readonly SecretsForm[] {
  return [secrets.cacerts, secrets.remoteSecrets];
}
