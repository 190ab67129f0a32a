import { z } from 'zod';
import { dnsLabel, dnsSubdomain, integer, matching, nonEmptyString } from '../schema-types';
import { apiObject, distinctBy, oneFieldOf, oneFieldOrNoneOf } from './api-object';
import { dataKey, fieldRef, resourceFieldRef } from './environment';
import { quantity } from './quantities';

/**
 * The volumes of a pod, and where a container has them.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/
 */

const text = z.string();
const flag = z.boolean();
const mode = integer(0, 0o777);

/** A path within a volume. */
const relativePath = z
  .string()
  .refine((path) => path !== '' && !path.startsWith('/') && !path.split('/').includes('..'), {
    error: 'Write a relative path without .., such as certs/tls.crt.',
  });

/** Where containers have volumes. Two volumes cannot be at the same path. */
export function volumeMounts() {
  return distinctBy(volumeMount(), 'mountPath');
}

/** Where a container has a volume. */
export function volumeMount() {
  return apiObject(
    { name: dnsLabel, mountPath: matching(/^[^:]+$/, 'Write a path without a colon, such as /etc/certs.') },
    {
      mountPropagation: z.enum(['None', 'HostToContainer', 'Bidirectional']),
      readOnly: flag,
      recursiveReadOnly: z.enum(['Disabled', 'IfPossible', 'Enabled']),
      subPath: text,
      subPathExpr: text,
    },
  );
}

/** A volume of a pod. Without a source, it is an empty directory. */
export function volume() {
  return oneFieldOrNoneOf({ name: dnsLabel }, { ...commonSources(), ...furtherSources() }, 'A volume');
}

function commonSources() {
  const items = z.array(apiObject({ key: dataKey, path: relativePath }, { mode }));
  const fields = z.array(
    apiObject({ path: relativePath }, { mode, fieldRef: fieldRef(), resourceFieldRef: resourceFieldRef() }),
  );
  const object = apiObject({ name: dnsSubdomain }, { items, optional: flag });
  const projection = oneFieldOf(
    {},
    {
      configMap: object,
      secret: object,
      downwardAPI: apiObject({}, { items: fields }),
      serviceAccountToken: apiObject(
        { path: relativePath },
        { audience: text, expirationSeconds: integer(600, 2 ** 32) },
      ),
      clusterTrustBundle: z.record(text, z.json()),
      podCertificate: z.record(text, z.json()),
    },
    'A projected volume',
  );
  return {
    configMap: apiObject({ name: dnsSubdomain }, { defaultMode: mode, items, optional: flag }),
    secret: apiObject({ secretName: dnsSubdomain }, { defaultMode: mode, items, optional: flag }),
    emptyDir: apiObject(
      {},
      {
        medium: matching(/^(|Memory|HugePages(-.+)?)$/, 'Write Memory.'),
        sizeLimit: z.union([quantity, z.number()]),
      },
    ),
    projected: apiObject({}, { defaultMode: mode, sources: z.array(projection) }),
    downwardAPI: apiObject({}, { defaultMode: mode, items: fields }),
    hostPath: apiObject({ path: nonEmptyString }, { type: hostPathType }),
    persistentVolumeClaim: apiObject({ claimName: dnsSubdomain }, { readOnly: flag }),
    csi: apiObject(
      { driver: nonEmptyString },
      {
        fsType: text,
        nodePublishSecretRef: apiObject({}, { name: dnsSubdomain }),
        readOnly: flag,
        volumeAttributes: z.record(text, text),
      },
    ),
  };
}

const hostPathType = z.enum([
  '',
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
]);

/** Sources of which only the names are checked: hardly anyone mounts them into istiod or a gateway. */
function furtherSources() {
  const names = [
    ...[
      'awsElasticBlockStore',
      'azureDisk',
      'azureFile',
      'cephfs',
      'cinder',
      'ephemeral',
      'fc',
      'flexVolume',
    ],
    ...['flocker', 'gcePersistentDisk', 'gitRepo', 'glusterfs', 'image', 'iscsi', 'nfs'],
    ...['photonPersistentDisk', 'portworxVolume', 'quobyte', 'rbd', 'scaleIO', 'storageos', 'vsphereVolume'],
  ];
  return Object.fromEntries(names.map((name) => [name, z.record(text, z.json())]));
}
