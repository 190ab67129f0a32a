import type { Cluster } from '../../mesh/mesh';
import type { Problem } from '../../problems/problem';
import { lifetimeOf } from '../../remotes/reader-token';

/** Warns where a cluster has another kind of token than the mesh definition asks for. */
export function durationWarnings({ name, reader }: Cluster, token: string): Problem[] {
  const { tokenSeconds } = reader;
  if (tokenSeconds === undefined) return [];
  const lifetime = lifetimeOf(token);
  if (lifetime === undefined) {
    const message = `The token of ${name} does not expire, although mesh.yaml has reader.tokenDuration.`;
    const hint = `Replace it, and revoke it: istio-mesh rotate tokens ${name}`;
    return [{ code: 'LIVE-TOKEN', location: { file: name }, message, hint }];
  }
  const seconds = (lifetime.expires.getTime() - lifetime.issued.getTime()) / 1000;
  // Some API servers add seconds, none more than this.
  if (seconds === 0 || seconds > tokenSeconds - 60) return [];
  return [
    {
      code: 'LIVE-TOKEN',
      location: { file: name },
      message: `The token of ${name} is valid for ${shown(seconds)}, not for ${shown(tokenSeconds)}: its API server limits the time, or mesh.yaml has changed.`,
      hint: `Run istio-mesh join --refresh more often, or set reader.tokenDuration of ${name} to ${shown(seconds)}.`,
    },
  ];
}

function shown(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
