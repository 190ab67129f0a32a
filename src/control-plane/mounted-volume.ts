/** A volume of a pod, and where the container finds it; undefined where it does not. */
export interface MountedVolume {
  readonly volume: { readonly name?: string; readonly [source: string]: unknown };
  readonly mount?: { readonly mountPath: string | undefined; readonly readOnly?: boolean };
}

/** A Secret that need not exist. */
export function secretVolume(
  name: string | undefined,
  secretName: string | undefined,
  mountPath: string | undefined,
): MountedVolume {
  return { volume: { name, secret: { secretName, optional: true } }, mount: { mountPath, readOnly: true } };
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
