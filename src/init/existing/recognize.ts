import { type HelmValues, isMap } from '../../mesh/helm-values';
import { MeshError, valueAt } from '../../problems/problem';
import { type Found, named, notIstio, partOf } from './found';
import type { InputDocument } from './input-document';
import { Inputs } from './inputs';
import type { Part } from './part';
import { type Finder, type Place, releaseFinders } from './releases';
import { sailFinders } from './sail';
import { partsOfValues } from './values-document';
import { variableProblems } from './variables';

/** The configurations of Istio in documents, and what is none. */
export interface Recognized {
  readonly parts: readonly Part[];
  /** What was not read, as sentences for comments. */
  readonly notes: readonly string[];
}

/**
 * Finds the configurations of Istio in documents: IstioOperators, releases of Istio's charts in the words of Argo CD,
 * Flux, K3s, kustomize and helmfile, resources of the Sail operator, and values of the charts.
 *
 * @throws MeshError if a document is neither a Kubernetes object nor values of one of Istio's charts, or if another
 * program has to fill in variables in it first
 */
export function recognize(documents: readonly InputDocument[]): Recognized {
  const inputs = new Inputs(documents);
  // A release can name values in any other document.
  const ofObjects = new Map(
    documents
      .filter(({ content }) => kindOf(content) !== undefined)
      .map((document) => [document, ofObject({ inputs, document, path: [] })]),
  );
  const found = documents.flatMap(
    (document) =>
      ofObjects.get(document) ??
      (inputs.isClaimed(document) ? [] : partsOfValues({ inputs, document, path: [] })),
  );
  MeshError.throwIfAny(found.flatMap((each) => ('problem' in each ? [each.problem] : [])));
  const parts = found.flatMap((each) => ('part' in each ? [each.part] : []));
  MeshError.throwIfAny(variableProblems(parts));
  return {
    parts,
    notes: [
      ...documents.flatMap(({ notes }) => notes),
      ...found.flatMap((each) => ('note' in each ? [each.note] : [])),
    ],
  };
}

/** The kind of a Kubernetes object; undefined for other content. */
function kindOf(content: unknown): string | undefined {
  if (!isMap(content) || typeof content.kind !== 'string') return undefined;
  return content.apiVersion !== undefined || content.kind === 'IstioOperator' ? content.kind : undefined;
}

function ofObject({ inputs, document, path }: Place): Found[] {
  const object = valueAt(document.content, path) as HelmValues;
  const kind = kindOf(object);
  if (kind === undefined) return [];
  if (kind === 'List' && Array.isArray(object.items)) {
    return object.items.flatMap((_, index) =>
      ofObject({ inputs, document, path: [...path, 'items', index] }),
    );
  }
  const find = finders[kind];
  return find === undefined
    ? [notIstio(document, kind, object.metadata)]
    : find({ inputs, document, path }, object);
}

const finders: Readonly<Record<string, Finder>> = {
  IstioOperator: istioOperator,
  ...releaseFinders,
  ...sailFinders,
  IstioControlPlane: unlike('configures another installer', 'Write its settings as an IstioOperator first.'),
  ServiceMeshControlPlane: unlike(
    'configures OpenShift Service Mesh 2, whose settings have other names',
    'Write its settings as an Istio resource of OpenShift Service Mesh 3 first, or as values of the chart istiod.',
  ),
};

function istioOperator({ document, path }: Place, { spec, ...object }: HelmValues): Found[] {
  const others = Object.keys(object).filter(
    (key) => !['apiVersion', 'kind', 'metadata', 'status'].includes(key),
  );
  const { file, line } = document.source.locate({ path });
  return [
    partOf(document, 'operator', [...path, 'spec'], isMap(spec) ? spec : {}),
    ...others.map((key) => ({
      note: `${file}:${line}: ${key} is beside spec instead of within it, so that Istio ignores it.`,
    })),
  ];
}

/** A kind that configures Istio in words for which there is no translation. */
function unlike(reason: string, hint: string): Finder {
  return ({ document, path }, { kind, metadata }) => [
    {
      problem: {
        code: 'INIT-CONTENT',
        location: document.source.locate({ path }),
        message: `${named(String(kind), metadata)} ${reason}.`,
        hint,
      },
    },
  ];
}
