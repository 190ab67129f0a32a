import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { lab } from './clusters';
import { Kubectl } from './kubectl';

const program = join(dirname(lab), 'argocd');

/** What kubectl does to let Argo CD compare the newest commit with the clusters. */
export const refresh = 'annotate applications -n argocd --all --overwrite argocd.argoproj.io/refresh=hard';

/** Whether a real Argo CD is available. */
export const hasArgoCd = existsSync(program);

/** The fields of an Application that tests read. */
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

/** Argo CD for the first cluster, which manages all clusters by their names. */
export class ArgoCd {
  private readonly kubectl: Kubectl;

  /** @param kubeconfig the kubeconfig of the first cluster */
  constructor(kubeconfig: string) {
    const home = join(dirname(kubeconfig), 'argocd');
    mkdirSync(join(home, '.kube'), { recursive: true });
    copyFileSync(kubeconfig, join(home, '.kube/config'));
    // It runs outside of the clusters. This file stands for the cluster that it would run in.
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

  /** Syncs all Applications again without a difference, and waits until they are synced. */
  async syncAgain(): Promise<void> {
    const before = new Map(this.applications.map(({ metadata, status }) => [metadata.name, startOf(status)]));
    for (const name of before.keys()) {
      this.kubectl.run(`patch application ${name} -n argocd --type merge -p {"operation":{"sync":{}}}`);
    }
    const isSyncedAgain = ({ metadata, status }: Application): boolean =>
      status?.operationState?.phase === 'Succeeded' && startOf(status) !== before.get(metadata.name);
    await expect
      .poll(() => this.applications.every(isSyncedAgain), { timeout: 120_000, interval: 1000 })
      .toBe(true);
  }

  /** Compares the newest commit with the clusters. */
  refresh(): void {
    this.kubectl.run(refresh);
  }
}

function startOf(status: Application['status']): string | undefined {
  return status?.operationState?.startedAt;
}

/** Why an Application is not synced and healthy; empty if it is. */
export function applicationProblems(application: Application): string[] {
  return [...syncProblems(application), ...healthProblems(application)];
}

/** Why an Application is not synced; empty if it is. */
export function syncProblems({ metadata, status = {} }: Application): string[] {
  const { sync, operationState, conditions = [], resources = [] } = status;
  const pending = resources.filter((resource) => resource.status !== 'Synced');
  if (sync?.status === 'Synced' && operationState?.phase === 'Succeeded' && pending.length === 0) return [];
  return [
    `${metadata.name}: ${sync?.status} ${operationState?.phase} ${operationState?.message ?? ''}`,
    ...conditions.map(({ message }) => message),
    ...pending.map(({ kind, name, status: state }) => `${kind} ${name} ${state}`),
  ];
}

/** Why an Application is not healthy; empty if it is. */
function healthProblems({ metadata, status: { health, resources = [] } = {} }: Application): string[] {
  const unhealthy = resources.filter((resource) => (resource.health?.status ?? 'Healthy') !== 'Healthy');
  if (health?.status === 'Healthy' && unhealthy.length === 0) return [];
  return [
    `${metadata.name}: ${health?.status}`,
    ...unhealthy.map(({ kind, name, health: of }) => [kind, name, of?.status, of?.message].join(' ')),
  ];
}
