// The intended differences from istioctl. Any other difference is a bug, and so is an allowed difference that
// no longer occurs.

/**
 * Each entry has the object, the path in it and the reason, and in some cases the value that istioctl writes or
 * the settings under which the difference occurs.
 */
export const allowedDifferences = [
  {
    object: /^ConfigMap \S+\/values/,
    path: /^metadata\.annotations\.kubernetes\.io\/description$/,
    reason: 'The description has other words and the same meaning.',
  },
  {
    object: /^ValidatingAdmissionPolicy /,
    path: /^spec\.(validations|variables)$/,
    reason: 'The conditions are our own; they refuse the same, and say what they refuse.',
  },
  {
    object: /^MutatingWebhookConfiguration \S*\/istio-sidecar-injector$/,
    path: /^webhooks\.\d+\.(namespace|object)Selector(\.|$)/,
    reason:
      'The webhook of the default tag injects pods without a revision. This one is deactivated, as after istioctl install.',
  },
  {
    object: /^ValidatingWebhookConfiguration \S*\/istiod-default-validator$/,
    path: /^(webhooks\.\d+\.objectSelector|metadata\.labels\.istio\.io\/tag)(\.|$)/,
    reason:
      'It is the validator of the default tag, as istioctl install writes it, and ignores resources with a revision.',
  },
  {
    object: /^ValidatingWebhookConfiguration /,
    path: /^webhooks\.\d+\.failurePolicy$/,
    theirs: /^Ignore$/,
    reason:
      'istiod changes the policy to Fail. With Ignore in the manifest, each apply would switch validation off.',
  },
  {
    object: /^Deployment /,
    path: /^spec\.template\.spec\.securityContext\.seccompProfile$/,
    reason:
      'The profile of gateways that istiod deploys is also that of the other gateways. The Pod Security level restricted requires one.',
  },
  {
    object: /^ConfigMap \S+\/values/,
    path: /^data\.(merged-values|original-values)\.(defaultRevision|revisionTags)(\.|$)/,
    setting: /^constructs$/,
    reason: 'The default revision is not a value: DefaultRevision is a separate construct.',
  },
  {
    object: /^ConfigMap \S+\/(values|istio-sidecar-injector)/,
    path: /^data\.(values|merged-values|original-values)\.(pilot\.)?cni\.enabled$/,
    reason:
      'istioctl overwrites pilot.cni.enabled depending on whether it installs the CNI plugin, so that an existing plugin would not be used.',
  },
  {
    object: /^Deployment /,
    path: /^spec\.template\.spec\.containers\.0\.env\.\d+\.value$/,
    theirs: /^\d(\.\d+)?e\+\d\d$/,
    reason:
      'istioctl writes large numbers as 1e+06, which neither istiod nor a proxy reads as a whole number.',
  },
  {
    object: /^Deployment /,
    path: /^spec\.template\.spec\.containers\.0\.env$/,
    setting: /environment twice/,
    reason:
      'Kubernetes uses the last of two variables with the same name, and server-side apply refuses duplicates.',
  },
];

/** The entry that allows a difference; undefined if it is a bug. */
export function allowedDifference({ object, path, theirs }, setting) {
  return allowedDifferences.find(
    (allowed) =>
      allowed.object.test(object) &&
      allowed.path.test(path) &&
      (allowed.setting?.test(setting) ?? true) &&
      (allowed.theirs?.test(theirs) ?? true),
  );
}
