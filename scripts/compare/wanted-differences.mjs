// What this package writes otherwise than istioctl on purpose. Any other difference is a mistake, and so
// is one of these that no longer occurs.

/**
 * Each says which object and which path within it differ and why, and in some cases what istioctl has
 * there, or under which settings.
 */
export const wantedDifferences = [
  {
    object: /^ConfigMap \S+\/values/,
    path: /^metadata\.annotations\.kubernetes\.io\/description$/,
    reason: 'The sentence is our own; it says the same.',
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
      'Pods that name no revision come by the webhook of the default tag; this one is deactivated, as istioctl install leaves it.',
  },
  {
    object: /^ValidatingWebhookConfiguration \S*\/istiod-default-validator$/,
    path: /^(webhooks\.\d+\.objectSelector|metadata\.labels\.istio\.io\/tag)(\.|$)/,
    reason:
      'It is that of the default tag, as istioctl install writes it, and leaves what names a revision to that.',
  },
  {
    object: /^ConfigMap \S+\/values/,
    path: /^data\.(merged-values|original-values)\.(defaultRevision|revisionTags)(\.|$)/,
    setting: /^constructs$/,
    reason: 'Which revision is the default one is no value: a construct of its own says so.',
  },
  {
    object: /^ConfigMap \S+\/(values|istio-sidecar-injector)/,
    path: /^data\.(values|merged-values|original-values)\.(pilot\.)?cni\.enabled$/,
    reason:
      'istioctl overwrites pilot.cni.enabled by whether it installs the CNI plugin itself, so that one which is there already would not be used.',
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
    reason: 'Of a variable that is there twice only the last counts, and server-side apply refuses both.',
  },
];

/** The wanted difference that a difference is; undefined where it is a mistake. */
export function wantedDifference({ object, path, theirs }, setting) {
  return wantedDifferences.find(
    (wanted) =>
      wanted.object.test(object) &&
      wanted.path.test(path) &&
      (wanted.setting?.test(setting) ?? true) &&
      (wanted.theirs?.test(theirs) ?? true),
  );
}
