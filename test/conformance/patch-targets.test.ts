import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { matchesIdentity, matchesSelectors } from '../../src/constructs/patches/patch-target';
import type { PlainObject } from '../../src/kubernetes/manifest';
import type { PatchTargetDefinition } from '../../src/mesh/patches/definition';
import { isOnThePath } from '../on-the-path';
import { autoscaler, custom, deployment, service } from './patched-objects';

const hasKubectl = isOnThePath('kubectl');

const targets: readonly PatchTargetDefinition[] = [
  { kind: 'Deployment' },
  { kind: 'Deploy' },
  { kind: 'Deployment|Service' },
  { name: 'istio' },
  { name: 'istio.*' },
  { name: 'a|istiod' },
  { namespace: 'istio-system' },
  { group: 'apps' },
  { group: 'autoscaling', version: 'v2' },
  { version: 'v1', kind: 'Service' },
  { labelSelector: 'app=istiod' },
  { labelSelector: 'app==istiod,tier!=a' },
  { labelSelector: 'tier in (a, b)' },
  { labelSelector: 'tier notin (a)' },
  { labelSelector: '!tier' },
  { labelSelector: 'tier' },
  { annotationSelector: 'a=b' },
  { annotationSelector: 'a!=b', kind: 'Service' },
];

test.skipIf(!hasKubectl)('targets are those of kustomize', () => {
  const objects: readonly PlainObject[] = [deployment, service, autoscaler, custom];
  const folder = mkdtempSync(join(tmpdir(), 'patches-'));
  try {
    writeFileSync(join(folder, 'objects.yaml'), objects.map((each) => JSON.stringify(each)).join('\n---\n'));
    const patches = targets.map((target, index) => ({
      target,
      patch: JSON.stringify([{ op: 'add', path: `/spec/matched${index}`, value: true }]),
    }));
    const kustomization = { resources: ['objects.yaml'], patches };
    writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
    const output = execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' });
    const theirs = parseAllDocuments(output).map((document) => document.toJS() as PlainObject);
    for (const object of objects) {
      const built = theirs.find(({ kind }) => kind === object.kind);
      const matched = targets.map((_, index) => built?.spec?.[`matched${index}`] === true);
      const ours = targets.map(
        (target) => matchesIdentity(target, object) && matchesSelectors(target, object.metadata),
      );
      expect({ kind: object.kind, matched: ours }).toEqual({ kind: object.kind, matched });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.skipIf(hasKubectl)('kubectl is not on the PATH, so nothing was compared', (context) => {
  context.skip();
});
