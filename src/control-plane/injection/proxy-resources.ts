import { isGiven } from '../given';
import { any, type Condition } from './expression';
import type { InjectionInput } from './injection-input';
import { annotation, isAnnotated } from './pod';
import { choose, shared, type Template, type TemplateMap, when } from './template';
import { withoutNulls } from './without-nulls';

const requests = { cpu: 'sidecar.istio.io/proxyCPU', memory: 'sidecar.istio.io/proxyMemory' };
const limits = { cpu: 'sidecar.istio.io/proxyCPULimit', memory: 'sidecar.istio.io/proxyMemoryLimit' };

/** The resources of an injected container: the pod's, as soon as it names any, or else all of the mesh's. */
export function proxyResources({ values }: InjectionInput): Template {
  const { resources } = values.global.proxy;
  return shared(
    'resources',
    choose(
      any(isAnnotatedWithOne(requests), isAnnotatedWithOne(limits)),
      { requests: annotated(requests), limits: annotated(limits) },
      isGiven(resources) ? withoutNulls(resources) : null,
    ),
  );
}

function annotated(annotations: Readonly<Record<string, string>>): TemplateMap {
  return Object.fromEntries(
    Object.entries(annotations).map(([resource, name]) => [
      resource,
      when(isAnnotated(name), annotation(name)),
    ]),
  );
}

function isAnnotatedWithOne(annotations: Readonly<Record<string, string>>): Condition {
  return any(...Object.values(annotations).map(isAnnotated));
}
