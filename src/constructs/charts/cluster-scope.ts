import type { Construct } from 'constructs';
import type { Cluster, Mesh } from '../../mesh/mesh';

/** A cluster of a mesh, as the scope of its charts. */
export interface ClusterScope extends Construct {
  readonly mesh: Mesh;
  readonly cluster: Cluster;
}
