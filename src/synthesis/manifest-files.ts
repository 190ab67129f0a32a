import { ApiObject, type Chart, DependencyGraph } from 'cdk8s';
import { jsonOf } from '../constructs/plain-api-object';
import { RenderedChart } from '../constructs/rendered-chart';
import type { OutputFile } from '../files/output-file';
import { ManifestAnnotator } from '../gitops/annotate-manifests';
import {
  hasSecretLine,
  identityOf,
  isEmpty,
  isPlainSecret,
  type Manifest,
  type PlainObject,
} from '../kubernetes/manifest';
import { yamlText } from '../kubernetes/yaml';
import type { Mesh } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import type { Encryption } from '../secrets/encryption/encryption';
import { validateNoPlainTextSecrets } from '../secrets/plain-text-secrets';

/** The settings that decide how charts become files. */
export interface ManifestFilesOptions {
  readonly mesh: Mesh;
  /** Undefined if no Secret is encrypted. */
  readonly encryption: Encryption | undefined;
  /** The extension of the files, such as .k8s.yaml. */
  readonly extension: string;
}

/**
 * The files of an app's charts. Annotates, encrypts and validates their objects. It keeps the text of a chart
 * and not its objects, which need several times the memory.
 */
export class ManifestFiles {
  /** The files by the paths of their charts; undefined until the Secret in it is encrypted. */
  private readonly files = new Map<string, OutputFile | undefined>();
  private readonly waitingForEncryption: Manifest[] = [];
  private readonly annotator: ManifestAnnotator;
  /** The file of each object, by its cluster and identity. */
  private readonly fileOfObject = new Map<string, string>();
  private readonly duplicateProblems: Problem[] = [];
  private readonly plainTextProblems: Problem[] = [];

  constructor(private readonly options: ManifestFilesOptions) {
    this.annotator = new ManifestAnnotator(options.mesh.gitops);
  }

  /** Adds the file of a chart. Its path in the output is its path in the tree of constructs. */
  addChart(chart: Chart): void {
    const manifest = manifestOf(chart);
    if (isEmpty(manifest)) return;
    this.findDuplicates(manifest);
    if (this.options.encryption?.encrypts(manifest.path)) {
      this.files.set(manifest.path, undefined);
      this.waitingForEncryption.push(manifest);
    } else {
      this.addFile(this.annotator.annotate(manifest));
    }
  }

  /**
   * Encrypts Secrets, and returns all files in the order of their charts.
   *
   * @throws MeshError if a cluster has an object twice, or a Secret would be in plain text where it may be
   * committed
   */
  complete(): OutputFile[] {
    MeshError.throwIfAny(this.duplicateProblems);
    const { encryption } = this.options;
    if (encryption !== undefined) {
      const annotated = encryption
        .encryptObjects(this.waitingForEncryption)
        .map((manifest) => this.annotator.annotate(manifest));
      for (const manifest of encryption.encryptFiles(annotated)) this.addFile(manifest);
    }
    MeshError.throwIfAny(this.plainTextProblems);
    return [...this.files.values()].filter((file) => file !== undefined);
  }

  private addFile(manifest: Manifest): void {
    const { mesh, extension } = this.options;
    this.plainTextProblems.push(...validateNoPlainTextSecrets(mesh, [manifest], extension));
    this.files.set(manifest.path, manifestFile(manifest, extension));
  }

  /** kubectl would apply both objects without an error, and the last one would win. */
  private findDuplicates({ path, content }: Manifest): void {
    if ('text' in content) return;
    const file = `${path}${this.options.extension}`;
    const [cluster] = path.split('/');
    for (const object of content.objects) {
      const identity = identityOf(object);
      const key = `${cluster} ${identity}`;
      const earlier = this.fileOfObject.get(key);
      if (earlier === undefined) this.fileOfObject.set(key, file);
      else this.duplicateProblems.push(duplicateObject(identity, file, earlier));
    }
  }
}

/** The objects of a chart, or its text if another program has rendered it. */
function manifestOf(chart: Chart): Manifest {
  const { path } = chart.node;
  if (RenderedChart.isRenderedChart(chart)) return { path, content: { text: chart.manifests } };
  return { path, content: { objects: apiObjectsOf(chart).map(jsonOf) } };
}

/**
 * The objects of a chart, in the order of their dependencies. `Chart.toJson` returns the same objects, but it
 * visits the whole app for each chart.
 */
function apiObjectsOf(chart: Chart): ApiObject[] {
  const constructs = chart.node.findAll();
  const hasDependencies = constructs.some(({ node }) => node.dependencies.length > 0);
  return (hasDependencies ? new DependencyGraph(chart.node).topology() : constructs)
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .filter((object) => object.chart === chart);
}

function manifestFile({ path, content }: Manifest, extension: string): OutputFile {
  const file = `${path}${extension}`;
  const hasSecret = 'text' in content ? hasSecretLine(content.text) : content.objects.some(isPlainSecret);
  return {
    path: file,
    content:
      'text' in content ? content.text : content.objects.map((each) => objectText(each, file)).join('---\n'),
    secrecy: hasSecret ? 'secret' : 'public',
  };
}

/** The texts of objects that clusters share. */
const sharedTexts = new WeakMap<PlainObject, string>();

function objectText(object: PlainObject, file: string): string {
  const known = sharedTexts.get(object);
  if (known !== undefined) return known;
  const text = textOf(object, file);
  if (Object.isFrozen(object)) sharedTexts.set(object, text);
  return text;
}

function textOf(object: PlainObject, file: string): string {
  try {
    return yamlText(object);
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    const located = { file, path: identityOf(object) };
    throw new MeshError(error.problems.map((problem) => ({ ...problem, location: located })));
  }
}

function duplicateObject(identity: string, file: string, earlier: string): Problem {
  return {
    code: 'OUTPUT-DUPLICATE',
    location: { file },
    message: `${identity} is also in ${earlier}.`,
    hint: 'Rename or remove one of the two objects.',
  };
}
