/** A volume of a pod, and where the container finds it; undefined where it does not. */
export interface MountedVolume {
  readonly volume: { readonly name?: string; readonly [source: string]: unknown };
  readonly mount?: { readonly mountPath: string | undefined; readonly readOnly?: boolean };
}

/** A Secret, which need not exist unless it is said to be required. */
export function secretVolume(
  name: string | undefined,
  secretName: string | undefined,
  mountPath: string | undefined,
  existence: 'optional' | 'required' = 'optional',
): MountedVolume {
  const optional = existence === 'optional';
  return { volume: { name, secret: { secretName, optional } }, mount: { mountPath, readOnly: true } };
}

/** The volumes of a pod and their mounts in its container. */
export function volumesAndMounts(volumes: readonly MountedVolume[]) {
  return {
    volumes: volumes.map(({ volume }) => volume),
    volumeMounts: volumes.flatMap(({ mount, volume: { name } }) =>
      mount === undefined ? [] : [{ name, ...mount }],
    ),
  };
}
