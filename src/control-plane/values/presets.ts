import type { HelmValues } from '../../mesh/helm-values';

/** What a profile of Istio sets, where it sets values and not only components. */
export const profiles: Readonly<Record<string, HelmValues>> = {
  preview: { meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } } },
  stable: { experimental: { stableValidationPolicy: true } },
};

/**
 * What a platform needs of istiod and of whoever reads its values. The top-level ones are istiod's own,
 * like those under `pilot`; most of them matter to the node agent of the CNI plugin.
 *
 * @see https://istio.io/latest/docs/setup/platform-setup/
 */
export const platforms: Readonly<Record<string, HelmValues>> = {
  gke: { cni: { cniBinDir: '', resourceQuotas: { enabled: true } }, resourceQuotas: { enabled: true } },
  k3d: { cni: { cniBinDir: '/bin', cniConfDir: '/var/lib/rancher/k3s/agent/etc/cni/net.d' } },
  k3s: {
    cni: {
      cniBinDir: '/var/lib/rancher/k3s/data/cni',
      cniConfDir: '/var/lib/rancher/k3s/agent/etc/cni/net.d',
    },
  },
  microk8s: {
    cni: {
      cniBinDir: '/var/snap/microk8s/current/opt/cni/bin',
      cniConfDir: '/var/snap/microk8s/current/args/cni-network',
    },
  },
  minikube: { cni: { cniNetnsDir: '/var/run/docker/netns' } },
  openshift: {
    cni: {
      chained: false,
      cniBinDir: '/var/lib/cni/bin',
      cniConfDir: '/etc/cni/multus/net.d',
      cniConfFileName: 'istio-cni.conf',
      provider: 'multus',
    },
    pilot: { cni: { enabled: true, provider: 'multus' } },
    seLinuxOptions: { type: 'spc_t' },
    trustedZtunnelNamespace: 'kube-system',
  },
};
