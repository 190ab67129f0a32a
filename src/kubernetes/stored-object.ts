import { storedPodSpec } from './stored-pod-spec';

type Fields = Readonly<Record<string, unknown>>;

/** An object with its pods in the form in which the API server stores them. */
export function storedObject<Value extends Fields>(object: Value): Value {
  const spec = object.spec as { readonly template?: { readonly spec?: unknown } } | undefined;
  const pod = spec?.template?.spec;
  if (typeof pod !== 'object' || pod === null) return object;
  const template = { ...spec?.template, spec: storedPodSpec(pod as Fields) };
  return { ...object, spec: { ...spec, template } };
}
