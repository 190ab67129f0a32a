/** The source of a projected volume: a token of the pod's service account, valid for 12 hours. */
export function tokenSource(audience: string) {
  // Without an audience, Kubernetes issues the token for the API server, and the charts write none.
  const forAudience = audience === '' ? {} : { audience };
  return { serviceAccountToken: { ...forAudience, expirationSeconds: 43200, path: 'istio-token' } };
}
