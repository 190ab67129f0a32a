const stages = ['alpha', 'beta', undefined];

/** The version of a CRD that clients should use: one that is served, and v1 before v1beta1 before v1alpha3. */
export function preferredVersion(crd) {
  const served = crd.spec.versions.filter((version) => version.served);
  return served.sort((a, b) => rank(b.name) - rank(a.name))[0];
}

function rank(name) {
  const [, major, stage, minor = 0] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(name);
  return stages.indexOf(stage) * 1e6 + Number(major) * 1e3 + Number(minor);
}
