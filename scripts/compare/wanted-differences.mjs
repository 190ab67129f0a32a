// What this package writes otherwise than istioctl on purpose. Any other difference is a mistake, and so
// is one of these that no longer occurs.

/** Each says which object and which path within it differ, and why; both are regular expressions. */
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
    object: /^NetworkPolicy /,
    path: /^spec\.ingress\.\d+\.from$/,
    reason: 'Until 1.29 the charts write an empty list of sources, which allows the same as none.',
  },
  {
    object: /^ConfigMap \S+\/(values|istio-sidecar-injector)/,
    path: /^data\.(values|merged-values|original-values)\.(pilot\.)?cni\.enabled$/,
    reason:
      'istioctl overwrites pilot.cni.enabled by whether it installs the CNI plugin itself, so that one which is there already would not be used.',
  },
  {
    object:
      /^(Deployment|HorizontalPodAutoscaler|PodDisruptionBudget|Role|RoleBinding|Service|ServiceAccount) \S+\/(istio-ingressgateway|edge)/,
    path: /^$/,
    reason:
      'istioctl overwrites name and labels of the ingress gateway, and we take them as they were given.',
  },
];

/** The wanted difference that a difference is; undefined where it is a mistake. */
export function wantedDifference({ object, path }) {
  return wantedDifferences.find((wanted) => wanted.object.test(object) && wanted.path.test(path));
}
