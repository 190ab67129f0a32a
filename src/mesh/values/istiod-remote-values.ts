/** How the API server reaches the injector, and istiod where it runs in another cluster. */
export interface IstiodRemoteValues {
  /**
   * The address of the injector outside of the cluster.
   * @default - istiod's Service
   */
  readonly injectionURL?: string;
  /**
   * The path of the injector at istiod's Service, which can carry variables for the injected pods.
   * @default - /inject
   */
  readonly injectionPath?: string;
  /**
   * The certificates, base64 of PEM, by which the API server trusts the injector.
   * @default - istiod fills in its own
   */
  readonly injectionCABundle?: string;
  /**
   * Whether istiod runs in another cluster.
   * @default - false
   */
  readonly enabled?: boolean;
  /**
   * Whether sidecars are injected by an istiod of this cluster nevertheless.
   * @default - false
   */
  readonly enabledLocalInjectorIstiod?: boolean;
}
