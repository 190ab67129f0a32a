import type { MeshDefinition } from './definition';
import type { DeliveryDefinition, DeliveryEngine } from './delivery-definition';
import type { Delivery } from './mesh';

const namespaces: Readonly<Record<DeliveryEngine, string>> = { argocd: 'argocd', flux: 'flux-system' };

/** Fills in who applies the output, and from where; undefined where nobody is named. */
export function completeDelivery({ delivery, repository }: MeshDefinition): Delivery | undefined {
  if (delivery === undefined || repository === undefined) return undefined;
  const { engine, namespace }: DeliveryDefinition =
    typeof delivery === 'string' ? { engine: delivery } : delivery;
  const { url, branch = 'main', tag, path = 'dist', secret } = repository;
  const isOci = url.startsWith('oci://');
  return {
    engine,
    namespace: namespace ?? namespaces[engine],
    repository: {
      url,
      ...(isOci ? { tag: tag ?? 'latest' } : tag === undefined ? { branch } : { tag }),
      path,
      ...(secret === undefined ? {} : { secret }),
    },
  };
}

/** The engine that a definition names. */
export function engineOf({ delivery }: MeshDefinition): DeliveryEngine | undefined {
  return typeof delivery === 'object' ? delivery.engine : delivery;
}
