import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { lab } from './clusters';
import { Kubectl } from './kubectl';

const program = join(dirname(lab), 'argocd');

/** Whether a real Argo CD is at hand. */
export const hasArgoCd = existsSync(program);

/** An Application, as far as a test looks at it. */
export interface Application {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly sync?: { readonly status: string; readonly revision?: string };
    readonly health?: { readonly status: string };
    readonly history?: readonly unknown[];
    readonly conditions?: readonly { readonly message: string }[];
    readonly operationState?: {
      readonly phase: string;
      readonly message?: string;
      readonly startedAt: string;
    };
    readonly resources?: readonly {
      readonly group?: string;
      readonly kind: string;
      readonly namespace?: string;
      readonly name: string;
      readonly status?: string;
      readonly health?: { readonly status: string; readonly message?: string };
    }[];
  };
}

/** Argo CD, which runs in the first cluster and manages all of them by their names. */
export class ArgoCd {
  private readonly kubectl: Kubectl;

  /** @param kubeconfig that of the first cluster */
  constructor(kubeconfig: string) {
    const home = join(dirname(kubeconfig), 'argocd');
    mkdirSync(join(home, '.kube'), { recursive: true });
    copyFileSync(kubeconfig, join(home, '.kube/config'));
    // It runs beside the clusters, and has to take this file for the cluster that it runs in.
    const env = { ...process.env, ARGOCD_FAKE_IN_CLUSTER: 'true' };
    execFileSync(program, ['up'], { stdio: ['ignore', 'ignore', 'inherit'], env });
    this.kubectl = new Kubectl(kubeconfig);
  }

  stop(): void {
    execFileSync(program, ['down']);
  }

  get applications(): Application[] {
    return JSON.parse(this.kubectl.run('get applications -n argocd -o json')).items;
  }

  /** Has every Application applied once more, though nothing differs, and waits until that is done. */
  async syncAgain(): Promise<void> {
    const before = new Map(this.applications.map(({ metadata, status }) => [metadata.name, started(status)]));
    for (const name of before.keys()) {
      this.kubectl.run(`patch application ${name} -n argocd --type merge -p {"operation":{"sync":{}}}`);
    }
    const isAgain = ({ metadata, status }: Application): boolean =>
      status?.operationState?.phase === 'Succeeded' && started(status) !== before.get(metadata.name);
    await expect
      .poll(() => this.applications.every(isAgain), { timeout: 120_000, interval: 1000 })
      .toBe(true);
  }

  /** Has every Application compare the newest commit with its cluster, as a webhook of the repository would. */
  refresh(): void {
    this.kubectl.run('annotate applications -n argocd --all --overwrite argocd.argoproj.io/refresh=hard');
  }
}

function started(status: Application['status']): string | undefined {
  return status?.operationState?.startedAt;
}

/** What keeps an Application from being done, for a test to show; empty where nothing does. */
export function unfinished({ metadata, status = {} }: Application): string[] {
  const { sync, health, operationState, conditions = [], resources = [] } = status;
  const open = resources.filter(
    (resource) => resource.status !== 'Synced' || (resource.health?.status ?? 'Healthy') !== 'Healthy',
  );
  const isDone = sync?.status === 'Synced' && health?.status === 'Healthy' && open.length === 0;
  if (isDone && operationState?.phase === 'Succeeded') return [];
  return [
    `${metadata.name}: ${sync?.status} ${health?.status} ${operationState?.phase} ${operationState?.message ?? ''}`,
    ...conditions.map(({ message }) => message),
    ...open.map(({ kind, name, status: state, health: of }) =>
      [kind, name, state, of?.status, of?.message].join(' '),
    ),
  ];
}
