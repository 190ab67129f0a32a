import type { MountedVolume } from '../../kubernetes/container';
import type { NodeAgentInput } from './node-agent-values';

/** The folders of the node that the agent reads and writes. */
export function volumes({ values }: NodeAgentInput): readonly MountedVolume[] {
  const { ambient, repair } = values;
  const entersPods = repair.repairPods || ambient.enabled;
  return [
    // Helm's check for GKE by the version of the API server is not possible here; the platform says the same.
    hostPath('cni-bin-dir', values.cniBinDir || '/opt/cni/bin', { mountPath: '/host/opt/cni/bin' }),
    ...(entersPods
      ? [hostPath('cni-host-procfs', '/proc', { mountPath: '/host/proc', readOnly: true }, 'Directory')]
      : []),
    ...(ambient.enabled
      ? [
          hostPath(
            'cni-ztunnel-sock-dir',
            '/var/run/ztunnel',
            { mountPath: '/var/run/ztunnel' },
            'DirectoryOrCreate',
          ),
        ]
      : []),
    hostPath('cni-net-dir', values.cniConfDir, { mountPath: '/host/etc/cni/net.d' }),
    hostPath('cni-socket-dir', '/var/run/istio-cni', { mountPath: '/var/run/istio-cni' }),
    hostPath(
      'cni-netns-dir',
      values.cniNetnsDir,
      ambient.enabled ? { mountPath: '/host/var/run/netns', ...propagated } : undefined,
      'DirectoryOrCreate',
    ),
  ];
}

/** The order in which the chart mounts them, where it is not that of the volumes. */
export const mountOrder = [
  'cni-bin-dir',
  'cni-host-procfs',
  'cni-net-dir',
  'cni-socket-dir',
  'cni-netns-dir',
  'cni-ztunnel-sock-dir',
];

/** Network namespaces of pods that start later must become visible in the container. */
const propagated = { mountPropagation: 'HostToContainer' };

function hostPath(name: string, path: string, mount?: MountedVolume['mount'], type?: string): MountedVolume {
  return { volume: { name, hostPath: { path, type } }, mount };
}

/** Whether the agent runs in the network of the node, and need not switch to it. */
export function sharesHostNetwork({ values: { ambient } }: NodeAgentInput): boolean {
  return ambient.enabled && ambient.shareHostNetworkNamespace;
}
