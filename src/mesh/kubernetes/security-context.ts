import { z } from 'zod';
import { integer, nonEmptyString } from '../schema-types';
import { apiObject } from './api-object';

/**
 * With which rights a pod or a container runs.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#security-context
 */

const id = integer(0, 2_147_483_647);
const text = z.string();
const flag = z.boolean();

/** A seccomp or AppArmor profile. In Istio's values, an empty map stands for none. */
export function profile() {
  const type = z.enum(['RuntimeDefault', 'Unconfined', 'Localhost']);
  return apiObject({}, { type, localhostProfile: nonEmptyString }).superRefine((value, { addIssue }) => {
    const { type: given, localhostProfile } = value as Readonly<Record<string, unknown>>;
    if (Object.keys(value).length === 0) return;
    if (!given) {
      addIssue({ code: 'custom', params: { missingKey: 'type' }, input: value });
    } else if (given === 'Localhost' && !localhostProfile) {
      addIssue({ code: 'custom', params: { missingKey: 'localhostProfile' }, input: value });
    } else if (given !== 'Localhost' && localhostProfile) {
      const message = `A profile of the type ${given} has no localhostProfile.`;
      const hint = 'Remove localhostProfile, or write type: Localhost.';
      addIssue({ code: 'custom', message: hint, params: { message }, input: value });
    }
  });
}

/** The SELinux labels of a pod or a container. */
export function seLinuxOptions() {
  return apiObject({}, { level: text, role: text, type: text, user: text });
}

function shared() {
  return {
    appArmorProfile: profile(),
    seccompProfile: profile(),
    runAsGroup: id,
    runAsNonRoot: flag,
    runAsUser: id,
    seLinuxOptions: seLinuxOptions(),
    windowsOptions: apiObject(
      {},
      { gmsaCredentialSpec: text, gmsaCredentialSpecName: text, hostProcess: flag, runAsUserName: text },
    ),
  };
}

/** The security context of a container. */
export function containerSecurityContext() {
  return apiObject(
    {},
    {
      ...shared(),
      allowPrivilegeEscalation: flag,
      capabilities: apiObject({}, { add: z.array(text), drop: z.array(text) }),
      privileged: flag,
      procMount: z.enum(['Default', 'Unmasked']),
      readOnlyRootFilesystem: flag,
    },
  );
}

/** The security context of a pod. */
export function podSecurityContext() {
  return apiObject(
    {},
    {
      ...shared(),
      fsGroup: id,
      fsGroupChangePolicy: z.enum(['Always', 'OnRootMismatch']),
      seLinuxChangePolicy: z.enum(['MountOption', 'Recursive']),
      supplementalGroups: z.array(id),
      supplementalGroupsPolicy: z.enum(['Merge', 'Strict']),
      sysctls: z.array(z.strictObject({ name: nonEmptyString, value: text })),
    },
  );
}
