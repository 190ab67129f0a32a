import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  controlPlaneOperator,
  eastWestGatewayOperator,
  type IstioOperator,
} from '../../control-plane/istio-operator';
import type { ClusterScope } from './cluster-scope';

/**
 * The form `operator`: the files of `istioctl install -f`. IstioOperator is no Kubernetes resource, so
 * that they lie where `kubectl apply -f` does not look.
 */
export function addOperators(scope: ClusterScope): void {
  const { mesh, cluster } = scope;
  const folder = new Construct(scope, 'operator');
  addOperator(folder, '30-control-plane', controlPlaneOperator(mesh, cluster));
  if (cluster.eastWestGateway === undefined) return;
  const gateway = eastWestGatewayOperator(mesh, cluster, cluster.eastWestGateway);
  addOperator(folder, '40-eastwest-gateway', gateway);
}

function addOperator(folder: Construct, id: string, operator: IstioOperator): void {
  new ApiObject(new Chart(folder, id), 'operator', { ...operator });
}
