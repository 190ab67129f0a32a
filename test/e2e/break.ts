import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../../src/problems/error-codes';
import type { Workplace } from './workplace';

/** A way to break a running mesh. */
export interface Break {
  readonly name: string;
  readonly change: Change;
  /** The code of the problem that verify reports, and words of its cause. */
  readonly code: ErrorCode;
  readonly cause: RegExp;
}

/** A change of a running mesh, and the way back. */
export interface Change {
  make(workplace: Workplace): void;
  undo(workplace: Workplace): void;
}

/** An object of a cluster, such as `deployment istiod -n istio-system`. */
export interface Target {
  readonly cluster: string;
  /** The arguments of kubectl that select it. */
  readonly object: string;
}

/** Patches an object, which `undo` replaces with its earlier state. */
export function patched(target: Target, patch: object): Change {
  // A list is a JSON patch.
  const type = Array.isArray(patch) ? 'json' : 'merge';
  return restoredAfter(target, (workplace) => {
    workplace.kubectl(
      target.cluster,
      `patch ${target.object} --type ${type} --patch '${JSON.stringify(patch)}'`,
    );
  });
}

/** Deletes an object, which `undo` creates again. */
export function deleted(target: Target): Change {
  return restoredAfter(target, (workplace) =>
    workplace.kubectl(target.cluster, `delete ${target.object} --wait`),
  );
}

function restoredAfter({ cluster, object }: Target, make: (workplace: Workplace) => void): Change {
  const file = 'before.json';
  return {
    make(workplace) {
      const { status: _, ...before } = JSON.parse(workplace.kubectl(cluster, `get ${object} --output json`));
      const { resourceVersion, uid, creationTimestamp, generation, managedFields, ...metadata } =
        before.metadata;
      writeFileSync(join(workplace.folder, file), JSON.stringify({ ...before, metadata }));
      make(workplace);
    },
    undo(workplace) {
      const { metadata } = JSON.parse(readFileSync(join(workplace.folder, file), 'utf8'));
      const namespace = metadata.namespace === undefined ? '' : ` -n ${metadata.namespace}`;
      workplace.kubectl(
        cluster,
        `replace -f ${file}${namespace} || kubectl --kubeconfig ${cluster}.kubeconfig create -f ${file}`,
      );
    },
  };
}

/** Creates an object, which `undo` deletes. */
export function created(cluster: string, manifest: object): Change {
  const input = `-f - <<< '${JSON.stringify(manifest)}'`;
  return {
    make: (workplace) => void workplace.kubectl(cluster, `apply ${input}`),
    undo: (workplace) => void workplace.kubectl(cluster, `delete ${input}`),
  };
}

/** Makes changes one after the other, and undoes them in the opposite order. */
export function all(...changes: readonly Change[]): Change {
  return {
    make(workplace) {
      for (const change of changes) change.make(workplace);
    },
    undo(workplace) {
      for (const change of [...changes].reverse()) change.undo(workplace);
    },
  };
}

/** Runs commands, and others to undo what they do. */
export function commandsOf(make: string, undo: string): Change {
  return {
    make: (workplace) => void workplace.run(make),
    undo: (workplace) => void workplace.run(undo),
  };
}
