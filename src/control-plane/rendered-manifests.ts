/** The manifests of one cluster's control plane as YAML, which istioctl renders before the synthesis. */
export interface RenderedControlPlane {
  /** The CustomResourceDefinitions, which must be established before resources of their kinds are applied. */
  readonly crds: string;
  /** The validator of resources without a revision. Until istiod answers, the API server refuses these resources. */
  readonly defaultValidator: string;
  /** All other objects. */
  readonly controlPlane: string;
}

/** What istioctl printed to its standard output. */
interface Rendered {
  /** YAML documents that are not empty. */
  readonly documents: readonly string[];
  /** Warnings, which istioctl prints to the same stream. */
  readonly messages: readonly string[];
}

/** Separates the documents that istioctl printed from its messages, without parsing a megabyte of YAML. */
export function readRendered(text: string): Rendered {
  const start = Math.max(0, text.search(/^(?:---|#|apiVersion:|kind:|metadata:)/m));
  const messages = text
    .slice(0, start)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const manifests = text.slice(start).replaceAll(logLine, (line) => {
    messages.push(line);
    return '';
  });
  const documents = manifests
    .split(/^---$/m)
    .map((document) => document.trim())
    .filter((document) => document !== '');
  return { documents, messages: messages.map(withoutTime) };
}

/** A line of Istio's log, such as `2026-01-31T12:00:00.000000Z  warn  text` with tabs, or of a warning. */
const logLine = /^(?:\d{4}-\d\d-\d\dT[\d:.]+Z\t|\u2757).*\n?/gm;

function withoutTime(line: string): string {
  return line
    .replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z\t\w+\t/, '')
    .replace(/^[\u2757!]\s*/, '')
    .trim();
}

/** Whether a document has the lines of a Kubernetes object in block style, as istioctl writes it, and no others. */
export function isObject(document: string): boolean {
  const hasKeys = ['apiVersion: \\S', 'kind: \\S', 'metadata:'].every((key) =>
    new RegExp(`^${key}`, 'm').test(document),
  );
  return hasKeys && !/^(?![a-z]\w*:(?:\s|$)|- |-$|#|\s)./m.test(document);
}

/** The first line of a text that is not a comment, shortened. */
export function firstLine(text: string): string {
  const line = text.split('\n').find((each) => each.trim() !== '' && !each.startsWith('#')) ?? '';
  return `${JSON.stringify(line.slice(0, 100))}.`;
}

/** Separates objects by when they are applied. */
export function splitDocuments(rendered: readonly string[]): RenderedControlPlane {
  const documents = rendered.map(withoutOpenPolicy);
  const textOf = (part: keyof RenderedControlPlane): string =>
    documents
      .filter((document) => partOf(document) === part)
      .map((document) => `${document}\n`)
      .join('---\n');
  return {
    crds: textOf('crds'),
    defaultValidator: textOf('defaultValidator'),
    controlPlane: textOf('controlPlane'),
  };
}

function partOf(document: string): keyof RenderedControlPlane {
  if (/^kind: CustomResourceDefinition$/m.test(document)) return 'crds';
  return /^ {2}name: istiod-default-validator$/m.test(document) ? 'defaultValidator' : 'controlPlane';
}

/** istiod changes the policy to Fail. With Ignore in the manifest, each apply would switch validation off. */
function withoutOpenPolicy(document: string): string {
  const isValidator = /^kind: ValidatingWebhookConfiguration$/m.test(document);
  return isValidator ? document.replace(/^ +failurePolicy: Ignore\n/gm, '') : document;
}
