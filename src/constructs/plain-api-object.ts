import {
  ApiObject,
  ApiObjectMetadataDefinition,
  App,
  ImplicitTokenResolver,
  type JsonPatch,
  LazyResolver,
  NumberStringUnionResolver,
  type OwnerReference,
} from 'cdk8s';
import type { Construct } from 'constructs';
import type { PlainObject } from '../kubernetes/manifest';
import type { KubernetesObject } from '../kubernetes/object';

/**
 * An object whose fields are plain data. Its JSON is that of an ApiObject, but ApiObject searches each field for
 * tokens first, which takes a large part of the synthesis of a large mesh. Patches, changes of the metadata and
 * an app's resolvers work as for every ApiObject.
 */
export class PlainApiObject extends ApiObject {
  override readonly metadata: PlainMetadata;
  private isPatched = false;

  /** @param object clusters can share the JSON of an object that is frozen, see {@link jsonOf} */
  constructor(
    scope: Construct,
    id: string,
    private readonly object: KubernetesObject,
  ) {
    super(scope, id, { ...object });
    this.metadata = new PlainMetadata({ ...this.plainMetadata, apiObject: this });
  }

  private get plainMetadata(): Fields {
    const { chart, object } = this;
    const { namespace = chart.namespace, labels } = object.metadata;
    return { ...object.metadata, namespace, labels: { ...chart.labels, ...labels } };
  }

  override addJsonPatch(...operations: JsonPatch[]): void {
    this.isPatched = true;
    super.addJsonPatch(...operations);
  }

  override toJson(): unknown {
    const isSorted = !process.env.CDK8S_DISABLE_SORT;
    if (!isSorted || this.isPatched || hasOwnResolvers(App.of(this))) return super.toJson();
    const { apiVersion, kind, metadata: _, ...fields } = this.object;
    const metadata = this.metadata.isChanged ? this.metadata.toJson() : filledFields(this.plainMetadata);
    return { apiVersion, kind, metadata, ...sortedFields(fields) };
  }

  /** @internal the JSON that all constructs of this object have; undefined if that of this one differs */
  get sharedJson(): PlainObject | undefined {
    const { object, chart } = this;
    if (!Object.isFrozen(object) || this.isPatched || this.metadata.isChanged) return undefined;
    if (chart.namespace !== undefined || Object.keys(chart.labels).length > 0) return undefined;
    if (process.env.CDK8S_DISABLE_SORT || hasOwnResolvers(App.of(this))) return undefined;
    const known = sharedJsons.get(object) ?? Object.freeze(this.toJson() as PlainObject);
    sharedJsons.set(object, known);
    return known;
  }
}

const sharedJsons = new WeakMap<KubernetesObject, PlainObject>();

/** The JSON of an object, which must not be changed: if it is frozen, other clusters have the same. */
export function jsonOf(object: ApiObject): PlainObject {
  const shared = 'sharedJson' in object ? (object as PlainApiObject).sharedJson : undefined;
  return shared ?? object.toJson();
}

type Fields = Readonly<Record<string, unknown>>;

/** Metadata that knows whether it is still that of its object. */
class PlainMetadata extends ApiObjectMetadataDefinition {
  isChanged = false;

  override addLabel(key: string, value: string): void {
    this.isChanged = true;
    super.addLabel(key, value);
  }

  override addAnnotation(key: string, value: string): void {
    this.isChanged = true;
    super.addAnnotation(key, value);
  }

  override addFinalizers(...finalizers: string[]): void {
    this.isChanged = true;
    super.addFinalizers(...finalizers);
  }

  override addOwnerReference(owner: OwnerReference): void {
    this.isChanged = true;
    super.addOwnerReference(owner);
  }

  override add(key: string, value: unknown): void {
    this.isChanged = true;
    super.add(key, value);
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

/** The fields in alphabetical order. Those that are null or undefined are left out, also in nested fields. */
function sortedFields(fields: Fields, sortedValue = presentValue): Fields {
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(fields).sort()) {
    const value = sortedValue(fields[key]);
    if (value !== undefined) sorted[key] = value;
  }
  return sorted;
}

function presentValue(value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value !== 'object') return value;
  return Array.isArray(value) ? value.map(presentValue) : sortedFields(value as Fields);
}

/** The same for metadata, in which ApiObject leaves out all that is empty. */
function filledFields(fields: Fields): Fields | undefined {
  const filled = sortedFields(fields, filledValue);
  return Object.keys(filled).length === 0 ? undefined : filled;
}

function filledValue(value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value !== 'object') return value;
  if (!Array.isArray(value)) return filledFields(value as Fields);
  return value.length === 0 ? undefined : value.map(filledValue);
}
