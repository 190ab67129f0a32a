import { all, type Expression, go, not } from './expression';
import { appContainers, isAnnotated, label } from './pod';
import { type TemplateMap, when } from './template';

/** The name by which telemetry knows the workload, from the labels that workloads commonly have. */
export const canonicalName: Expression = go`${label('service.istio.io/canonical-name')} | default ${label(
  'app.kubernetes.io/name',
)} | default ${label('app')} | default .DeploymentMeta.Name`;

/** The revision by which telemetry knows the workload. */
export const canonicalRevision: Expression = go`${label(
  'service.istio.io/canonical-revision',
)} | default ${label('app.kubernetes.io/version')} | default ${label('version')} | default "latest"`;

/** The annotations of every injected pod. */
export const podAnnotations: TemplateMap = {
  'istio.io/rev': go`.Revision | default "default"`,
  ...Object.fromEntries(
    // What kubectl logs and exec choose: the application, although the proxy may come first.
    ['kubectl.kubernetes.io/default-logs-container', 'kubectl.kubernetes.io/default-container'].map(
      (name) => [name, when(all(appContainers, not(isAnnotated(name))), go`first ${appContainers}`)],
    ),
  ),
};
