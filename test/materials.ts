import type { Mesh } from '../src/mesh/mesh';

/** Certificates and kubeconfigs that say whose they are. */
export function materials(mesh: Mesh) {
  const names = mesh.clusters.map(({ name }) => name);
  const caCerts = (name: string) => ({
    caCert: `certificate of ${name}`,
    caKey: `key of ${name}`,
    rootCert: 'root',
    certChain: `chain of ${name}`,
  });
  return {
    caCerts: Object.fromEntries(names.map((name) => [name, caCerts(name)])),
    remotes: Object.fromEntries(
      names.map((name) => [
        name,
        { server: `https://${name}.example.com:6443`, user: { token: `token of ${name}` } },
      ]),
    ),
  };
}
