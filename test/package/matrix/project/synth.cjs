const { IstioMeshApp, loadInputs, loadMesh } = require('cdk8s-istio-mesh');

const mesh = loadMesh('mesh.yaml');
void loadInputs(mesh).then((inputs) => new IstioMeshApp({ mesh, ...inputs }).synth());
