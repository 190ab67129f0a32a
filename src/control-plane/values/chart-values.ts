type Names = Readonly<Record<string, string>>;
type Data = Readonly<Record<string, unknown>>;
type Scalars = Readonly<Record<string, string | number | boolean>>;
type IntOrString = string | number;

interface Quantities {
  readonly limits?: Readonly<Record<string, string | number>>;
  readonly requests?: Readonly<Record<string, string | number>>;
}

interface Utilization {
  readonly targetAverageUtilization?: number;
}

interface DualStack {
  readonly ipFamilyPolicy: string;
  readonly ipFamilies: readonly string[];
}

/** Istio's values, complete with the chart's defaults, the profile's and the platform's. */
export interface ChartValues {
  readonly revision: string;
  readonly revisionTags: readonly string[];
  readonly defaultRevision: string;
  readonly platform?: string;
  readonly global: GlobalValues;
  readonly pilot: PilotValues;
  readonly meshConfig: Data & { readonly enablePrometheusMerge: boolean; readonly trustDomain?: string };
  readonly telemetry: {
    readonly enabled: boolean;
    readonly v2: {
      readonly enabled: boolean;
      readonly prometheus: { readonly enabled: boolean };
      readonly stackdriver: { readonly enabled: boolean };
    };
  };
  readonly sidecarInjectorWebhook: {
    readonly enableNamespacesByDefault: boolean;
    readonly reinvocationPolicy: string;
  } & Data;
  readonly base: {
    readonly validationURL?: string;
    readonly validationCABundle?: string;
    readonly validationFailurePolicy?: string;
  };
  readonly istiodRemote: {
    readonly injectionURL: string;
    readonly injectionPath: string;
    readonly injectionCABundle: string;
  };
  readonly experimental: { readonly stableValidationPolicy: boolean };
  readonly gatewayClasses: Readonly<Record<string, Data>>;
  readonly gateways: { readonly 'istio-ingressgateway': IngressGatewayValues } & Data;
}

interface GlobalValues {
  readonly arch: Readonly<Record<string, number>>;
  readonly caAddress: string;
  readonly certSigners: readonly string[];
  readonly configValidation: boolean;
  readonly defaultNodeSelector: Names;
  readonly defaultPodDisruptionBudget: { readonly enabled: boolean };
  readonly defaultResources: Quantities;
  readonly defaultTolerations: readonly Data[];
  readonly enableReaderRBAC?: boolean;
  readonly externalIstiod: boolean;
  readonly hub: string;
  readonly imagePullPolicy: string;
  readonly imagePullSecrets: readonly string[];
  readonly istioNamespace: string;
  readonly istiod: { readonly enableAnalysis: boolean };
  readonly logAsJson: boolean;
  readonly logging: { readonly level: string };
  readonly meshID: string;
  readonly meshNetworks: Data;
  readonly mountMtlsCerts: boolean;
  readonly multiCluster: { readonly clusterName: string };
  readonly network: string;
  readonly networkPolicy: { readonly enabled: boolean };
  readonly omitSidecarInjectorConfigMap: boolean;
  readonly operatorManageWebhooks: boolean;
  readonly pilotCertProvider: string;
  readonly platform?: string;
  readonly priorityClassName: string;
  readonly proxy: {
    readonly clusterDomain: string;
    readonly componentLogLevel: string;
    readonly image: string;
    readonly logLevel: string;
    readonly tracer: string;
    readonly variant?: string;
  };
  readonly readerServiceAccount?: { readonly name?: string; readonly namespace?: string };
  readonly resourceScope: string;
  readonly remotePilotAddress: string;
  readonly sds: { readonly token: { readonly aud: string } };
  readonly sts: { readonly servicePort: number };
  readonly tag: string;
  readonly tracer?: {
    readonly datadog?: { readonly address?: string };
    readonly lightstep?: { readonly address?: string; readonly accessToken?: string };
    readonly stackdriver?: {
      readonly debug?: boolean;
      readonly maxNumberOfAttributes?: number;
      readonly maxNumberOfAnnotations?: number;
      readonly maxNumberOfMessageEvents?: number;
    };
    readonly zipkin?: { readonly address?: string };
  };
  readonly trustBundleName?: string;
  readonly variant: string;
}

interface PilotValues extends DualStack {
  readonly affinity: Data;
  readonly autoscaleBehavior: Data;
  readonly autoscaleEnabled: boolean;
  readonly autoscaleMax: number;
  readonly autoscaleMin: number;
  readonly configMap: boolean;
  readonly cpu: Utilization;
  readonly crlConfigMapName?: string;
  readonly deploymentAnnotations: Names;
  readonly deploymentLabels: Names;
  readonly env: Scalars;
  readonly envVarFrom: readonly Data[];
  readonly extraContainerArgs: readonly (string | Data)[];
  readonly hub: string;
  readonly image: string;
  readonly initContainers: readonly Data[];
  readonly jwksResolverExtraRootCA: string;
  readonly keepaliveMaxServerConnectionAge: string;
  readonly memory: Utilization;
  readonly nodeSelector: Names;
  readonly pdb: {
    readonly minAvailable?: IntOrString;
    readonly maxUnavailable?: IntOrString;
    readonly unhealthyPodEvictionPolicy?: string;
  };
  readonly podAnnotations: Names;
  readonly podLabels: Names;
  readonly replicaCount: number;
  readonly resources: Quantities;
  readonly rollingMaxSurge: IntOrString;
  readonly rollingMaxUnavailable: IntOrString;
  readonly seccompProfile: Data;
  readonly serviceAccountAnnotations: Names;
  readonly serviceAnnotations: Names;
  readonly sidecarInjectorWebhookAnnotations: Names;
  readonly tag: string;
  readonly taint: { readonly enabled: boolean; readonly namespace: string; readonly name?: string };
  readonly terminationMessagePolicy?: string;
  readonly tolerations: readonly Data[];
  readonly topologySpreadConstraints: readonly Data[];
  readonly traceSampling: number;
  readonly trafficDistribution?: string;
  readonly trustedZtunnelName: string;
  readonly trustedZtunnelNamespace: string;
  readonly variant: string;
  readonly volumeMounts: readonly Data[];
  readonly volumes: readonly Data[];
}

interface AntiAffinityTerm {
  readonly key: string;
  readonly operator: string;
  readonly values?: string;
  readonly topologyKey: string;
  readonly namespaces?: string;
}

interface IngressGatewayValues extends DualStack {
  readonly additionalContainers: readonly Data[];
  readonly autoscaleEnabled: boolean;
  readonly autoscaleMax: number;
  readonly autoscaleMin: number;
  readonly configVolumes: readonly {
    readonly name: string;
    readonly configMapName: string;
    readonly mountPath?: string;
  }[];
  readonly cpu: Utilization;
  readonly customService: boolean;
  readonly env: Scalars;
  readonly externalTrafficPolicy: string;
  readonly ingressPorts: readonly { readonly name: string; readonly port: number }[];
  readonly injectionTemplate: string;
  readonly labels: Names;
  readonly loadBalancerIP: string;
  readonly loadBalancerSourceRanges: readonly string[];
  readonly name: string;
  readonly nodeSelector: Names;
  readonly podAnnotations: Names;
  readonly podAntiAffinityLabelSelector: readonly AntiAffinityTerm[];
  readonly podAntiAffinityTermLabelSelector: readonly AntiAffinityTerm[];
  readonly ports: readonly {
    readonly name: string;
    readonly port: number;
    readonly targetPort?: number;
    readonly nodePort?: number;
    readonly protocol?: string;
  }[];
  readonly replicaCount?: number;
  readonly resources: Quantities;
  readonly rollingMaxSurge: IntOrString;
  readonly rollingMaxUnavailable: IntOrString;
  readonly runAsRoot: boolean;
  readonly secretVolumes: readonly {
    readonly name: string;
    readonly secretName: string;
    readonly mountPath: string;
  }[];
  readonly serviceAccount: { readonly annotations: Names };
  readonly serviceAnnotations: Scalars;
  readonly tag?: string;
  readonly tolerations: readonly Data[];
  readonly type: string;
}
