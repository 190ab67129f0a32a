import {
  ApiObject,
  App,
  ImplicitTokenResolver,
  type JsonPatch,
  LazyResolver,
  NumberStringUnionResolver,
} from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from '../kubernetes/object';

/**
 * An object whose fields are plain data. Its JSON is that of an ApiObject, but ApiObject searches each field for
 * tokens first, which takes a large part of the synthesis of a large mesh. Patches, changes of the metadata and
 * an app's resolvers work as for every ApiObject.
 */
export class PlainApiObject extends ApiObject {
  private isPatched = false;

  constructor(
    scope: Construct,
    id: string,
    private readonly object: KubernetesObject,
  ) {
    super(scope, id, { ...object });
  }

  override addJsonPatch(...operations: JsonPatch[]): void {
    this.isPatched = true;
    super.addJsonPatch(...operations);
  }

  override toJson(): unknown {
    const isSorted = !process.env.CDK8S_DISABLE_SORT;
    if (!isSorted || this.isPatched || hasOwnResolvers(App.of(this))) return super.toJson();
    const { apiVersion, kind, metadata: _, ...fields } = this.object;
    return { apiVersion, kind, metadata: this.metadata.toJson(), ...sortedFields(fields) };
  }
}

function hasOwnResolvers(app: App): boolean {
  return app.resolvers.some(
    (resolver) =>
      !(resolver instanceof LazyResolver) &&
      !(resolver instanceof ImplicitTokenResolver) &&
      !(resolver instanceof NumberStringUnionResolver),
  );
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields in alphabetical order. Those that are null or undefined are left out, also in nested fields. */
function sortedFields(fields: Fields): Fields {
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(fields).sort()) {
    const value = sortedValue(fields[key]);
    if (value !== undefined) sorted[key] = value;
  }
  return sorted;
}

function sortedValue(value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value !== 'object') return value;
  return Array.isArray(value) ? value.map(sortedValue) : sortedFields(value as Fields);
}
