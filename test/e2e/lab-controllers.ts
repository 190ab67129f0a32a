import { execFileSync } from 'node:child_process';
import { lab } from './clusters';

/** The controllers of other projects that can run beside the first clusters of the lab, until it is stopped. */
type LabController = 'certmanager' | 'externalsecrets';

/** Starts a controller for each of the first clusters, with its CustomResourceDefinitions. */
export function startController(controller: LabController, clusterCount: number): void {
  for (let cluster = 1; cluster <= clusterCount; cluster++) {
    execFileSync(lab, [controller, String(cluster), 'up'], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
}
