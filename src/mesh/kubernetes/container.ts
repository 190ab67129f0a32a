import { z } from 'zod';
import { dnsLabel, nonEmptyString } from '../schema-types';
import { apiObject, distinctBy } from './api-object';
import { containerResources } from './container-resources';
import { variable, variablesFrom } from './environment';
import { containerPort, lifecycle, probe } from './probe';
import { containerSecurityContext } from './security-context';
import { volumeMounts } from './volume';

/**
 * A container of a pod.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
 */
export function container() {
  const text = z.string();
  const flag = z.boolean();
  const restart = z.enum(['Always', 'Never', 'OnFailure']);
  return apiObject(
    { name: dnsLabel },
    {
      args: z.array(text),
      command: z.array(text),
      env: z.array(variable()),
      envFrom: z.array(variablesFrom()),
      image: nonEmptyString,
      imagePullPolicy: z.enum(['', 'Always', 'IfNotPresent', 'Never']),
      lifecycle: lifecycle(),
      livenessProbe: probe(),
      ports: distinctBy(containerPort(), 'name'),
      readinessProbe: probe(),
      resizePolicy: z.array(
        z.strictObject({ resourceName: text, restartPolicy: z.enum(['NotRequired', 'RestartContainer']) }),
      ),
      resources: containerResources(),
      restartPolicy: restart,
      restartPolicyRules: z.array(z.record(text, z.json())),
      securityContext: containerSecurityContext(),
      startupProbe: probe(),
      stdin: flag,
      stdinOnce: flag,
      terminationMessagePath: text,
      terminationMessagePolicy: z.enum(['File', 'FallbackToLogsOnError']),
      tty: flag,
      volumeDevices: z.array(z.strictObject({ devicePath: nonEmptyString, name: dnsLabel })),
      volumeMounts: volumeMounts(),
      workingDir: text,
    },
  );
}
