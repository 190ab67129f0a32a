/** The platforms for which Istio's charts have settings of their own. */
export const istioPlatforms = ['gke', 'k3d', 'k3s', 'microk8s', 'minikube', 'openshift'] as const;
export type IstioPlatform = (typeof istioPlatforms)[number];
