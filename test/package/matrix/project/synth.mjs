import { IstioMeshApp, loadInputs, loadMesh } from 'cdk8s-istio-mesh';

const mesh = loadMesh('mesh.yaml');
new IstioMeshApp({ mesh, ...(await loadInputs(mesh)) }).synth();
