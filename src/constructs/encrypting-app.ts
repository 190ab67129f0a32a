import type { IConstruct } from 'constructs';
import { CaCertsSecret } from './ca-certs-secret';
import type { ClusterScope } from './charts/cluster-scope';
import { RemoteSecret } from './remote-secret';

const mark = Symbol.for('cdk8s-istio-mesh.encryptingApp');

/** Tells the constructs of an app that it encrypts Secrets whose form is not plain, or refuses them. */
export function markAsEncrypting(app: IConstruct): void {
  Object.defineProperty(app, mark, { value: true });
}

/** Has a cluster refuse to be synthesized by another app, where that would write keys or tokens in plain text. */
export function refuseOtherApps(scope: ClusterScope): void {
  scope.node.addValidation({
    validate: () => (mark in scope.node.root ? [] : exposedForms(scope).map(refusal)),
  });
}

/** The forms whose Secrets are in plain text before an app encrypts them. */
function exposedForms({ cluster: { secrets }, node }: ClusterScope): string[] {
  const forms = node.findAll().flatMap((construct) => {
    if (construct instanceof CaCertsSecret) return secrets.cacerts;
    return construct instanceof RemoteSecret ? secrets.remoteSecrets : [];
  });
  return [...new Set(forms)].filter((form) => form !== 'plain');
}

function refusal(form: string): string {
  return `Its Secrets of the form ${form} would be in plain text. Put the cluster into an IstioMeshApp, which encrypts them with what loadInputs gives it, or choose another form.`;
}
