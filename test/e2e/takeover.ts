import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { awaitRollouts } from './apply-mesh';
import { commands } from './commands';
import type { Workplace } from './workplace';

/** What `kubectl diff` may show of objects that istioctl has installed, with the reasons. */
const expectedObjects: readonly (readonly [object: RegExp, reason: string])[] = [
  [/^CustomResourceDefinition\.\./, 'They have no descriptions.'],
  [/^(Cluster)?Role\./, 'Their verbs have another order.'],
  [/^ConfigMap\.istio-system\.istio$/, 'Its keys have another order.'],
  [/^ConfigMap\.istio-system\.values$/, 'It has another description, and not the values that nothing reads.'],
  [/^ConfigMap\.istio-system\.istio-sidecar-injector$/, 'The templates have other texts.'],
  [/^MutatingWebhookConfiguration\.\./, 'The webhooks of the default tag have a file of their own.'],
  [/^ValidatingWebhookConfiguration\.\./, 'The validators of the default tag have a file of their own.'],
  [/^ValidatingAdmissionPolicy\.\./, 'Its conditions are other texts.'],
  [/^Service\.istio-system\.istiod-revision-tag-default$/, 'Both of its labels select istiod.'],
  [/^Secret\.istio-system\.istio-remote-secret-/, 'Each token of the reader account is as good.'],
];

/** Moves a mesh that istioctl has installed, by what runs in its clusters. */
export function testTakeover(workplace: () => Workplace, clusters: readonly string[]): void {
  test('is taken over from its clusters, without new pods', () => {
    const podsBefore = pods(workplace(), clusters);
    mergeKubeconfigs(workplace(), clusters);
    workplace().run(`${environment}\n${commands.initFromClusters}`);
    workplace().run(`${environment}\n${commands.copyCertificates}`);
    const shown = workplace().run(`${environment}\n${commands.compareMoved}`);
    expect(changes(shown).filter((change) => !isExpected(change))).toEqual([]);
    workplace().run(`${environment}\ncd moved\n${commands.applyMoved}`);
    for (const cluster of clusters) awaitRollouts(workplace(), cluster, 'istio-system');
    expect(pods(workplace(), clusters)).toEqual(podsBefore);
  });
}

const environment = 'export KUBECONFIG=$PWD/merged.kubeconfig';

/** Writes one kubeconfig with the contexts of all clusters. Their users have the same name in each. */
function mergeKubeconfigs({ folder }: Workplace, clusters: readonly string[]): void {
  const configs = clusters.map((cluster) => {
    const { users, contexts, ...config } = parse(readFileSync(join(folder, `${cluster}.kubeconfig`), 'utf8'));
    const named = { name: cluster, user: users[0].user };
    const context = { name: cluster, context: { ...contexts[0].context, user: cluster } };
    return { ...config, users: [named], contexts: [context] };
  });
  const all = (key: string) => configs.flatMap((config) => config[key]);
  const merged = { ...configs[0], users: all('users'), contexts: all('contexts'), clusters: all('clusters') };
  writeFileSync(join(folder, 'merged.kubeconfig'), JSON.stringify(merged), { mode: 0o600 });
}

/** The parts of a diff, one for each object. */
function changes(diff: string): string[] {
  return diff.split(/^(?=diff )/m).filter((part) => part.startsWith('diff '));
}

function isExpected(change: string): boolean {
  return expectedObjects.some(([expected]) => expected.test(objectOf(change)));
}

/** The object of a part of a diff, whose files are named by the API, the kind, the namespace and the name. */
function objectOf(change: string): string {
  const [, file = ''] = /^diff .*\/(\S+)$/m.exec(change) ?? [];
  return file.replace(/^.*?(?=[A-Z])/, '');
}

function pods(workplace: Workplace, clusters: readonly string[]): string[] {
  return clusters.flatMap((cluster) =>
    workplace.kubectl(cluster, 'get pods --namespace istio-system --output name').trim().split('\n').sort(),
  );
}
