// What scripts and tests run of the sources outside the bundle; built into build/internals.js.
export { nodeAgentObjects } from '../src/control-plane/cni/node-agent';
export { crdManifests } from '../src/control-plane/crds';
export { chartGateway } from '../src/control-plane/gateway/chart-gateway';
export { gatewayObjects } from '../src/control-plane/gateway/gateway-objects';
export { controlPlaneInput } from '../src/control-plane/input';
export {
  controlPlaneObjects,
  defaultRevisionObjects,
  readerObjects,
} from '../src/control-plane/istiod/control-plane-objects';
export { ztunnelObjects } from '../src/control-plane/ztunnel/ztunnel';
export { definitionSchema } from '../src/mesh/definition-schema';
export { defaultHub, latestIstioVersion, supportedMinorVersions } from '../src/mesh/istio-version';
export { istioValues } from '../src/mesh/values/schemas/istio-values';
export { writeOutput } from '../src/synthesis/output-folder';
