import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Mesh } from '../../../src/mesh/mesh';
import { loadCaCerts } from '../../../src/pki/certificates-folder';
import { requirementsOf, validateCaCerts } from '../../../src/pki/checks/validate-ca-certs';
import { readRootRotation } from '../../../src/pki/rotation/root-rotation';
import { rotateRoot } from '../../../src/pki/rotation/rotate-root';
import { temporaryFolder } from '../../temporary-folder';
import { filesOf, meshOf, writeFiles } from '../certificates-folder';

/** A mesh in a folder, whose certificates are rotated. */
export class RotatingMesh {
  readonly directory = temporaryFolder();
  mesh: Mesh;

  constructor(clusters: readonly string[] = ['cluster1', 'cluster2']) {
    this.mesh = meshOf(clusters);
  }

  /** Issues all certificates, and takes steps of a rotation. */
  static async after(steps: number, clusters?: readonly string[]): Promise<RotatingMesh> {
    const rotating = new RotatingMesh(clusters);
    await rotating.issue();
    for (let step = 0; step < steps; step += 1) await rotating.forward();
    return rotating;
  }

  /** The same mesh in another folder. */
  copy(): RotatingMesh {
    const copy = new RotatingMesh(this.mesh.clusters.map(({ name }) => name));
    cpSync(this.directory, copy.directory, { recursive: true });
    return copy;
  }

  /** The files in the certificates folder, by path. */
  get files(): Record<string, string> {
    return filesOf(join(this.directory, 'certs'));
  }

  issue() {
    return loadCaCerts(this.mesh, { directory: this.directory });
  }

  forward(...clusters: string[]) {
    const selection = clusters.length === 0 ? {} : { clusters };
    return rotateRoot(this.mesh, { directory: this.directory, direction: 'forward', ...selection });
  }

  back() {
    return rotateRoot(this.mesh, { directory: this.directory, direction: 'back' });
  }

  read() {
    return readRootRotation(this.mesh, this.directory);
  }

  /** The phase of each cluster. */
  async phases(): Promise<Record<string, string>> {
    return Object.fromEntries((await this.read()).phases);
  }

  /** Checks the certificates as a synthesis does. */
  async validate(): Promise<void> {
    const { caCerts } = await loadCaCerts(this.mesh, { directory: this.directory, issue: 'never' });
    await validateCaCerts(caCerts, { now: new Date(), ...requirementsOf(this.mesh) });
  }

  put(files: Readonly<Record<string, string>>): void {
    writeFiles(join(this.directory, 'certs'), files);
  }

  remove(name: string): void {
    rmSync(join(this.directory, 'certs', name), { recursive: true });
  }
}
