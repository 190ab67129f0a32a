// Written by `npm run imports`; change scripts/imports instead.
import { ApiObject, ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';

/** A AuthorizationPolicy of security.istio.io, version v1. */
export class AuthorizationPolicy extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
  }

  public static manifest(props: AuthorizationPolicyProps = {}): any {
    return {
      ...AuthorizationPolicy.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: AuthorizationPolicyProps = {}) {
    super(scope, id, {
      ...AuthorizationPolicy.GVK,
      ...props,
    });
  }
}

export interface AuthorizationPolicyProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec?: AuthorizationPolicySpec;
}

export interface AuthorizationPolicySpec {
  readonly action?: AuthorizationPolicySpecAction;
  readonly provider?: AuthorizationPolicySpecProvider;
  readonly rules?: AuthorizationPolicySpecRules[];
  readonly selector?: AuthorizationPolicySpecSelector;
  readonly targetRef?: AuthorizationPolicySpecTargetRef;
  readonly targetRefs?: AuthorizationPolicySpecTargetRefs[];
}

export enum AuthorizationPolicySpecAction {
  ALLOW = "ALLOW",
  DENY = "DENY",
  AUDIT = "AUDIT",
  CUSTOM = "CUSTOM",
}

export interface AuthorizationPolicySpecProvider {
  readonly name?: string;
}

export interface AuthorizationPolicySpecRules {
  readonly from?: AuthorizationPolicySpecRulesFrom[];
  readonly to?: AuthorizationPolicySpecRulesTo[];
  readonly when?: AuthorizationPolicySpecRulesWhen[];
}

export interface AuthorizationPolicySpecSelector {
  readonly matchLabels?: { [key: string]: string };
}

export interface AuthorizationPolicySpecTargetRef {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface AuthorizationPolicySpecTargetRefs {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface AuthorizationPolicySpecRulesFrom {
  readonly source?: AuthorizationPolicySpecRulesFromSource;
}

export interface AuthorizationPolicySpecRulesTo {
  readonly operation?: AuthorizationPolicySpecRulesToOperation;
}

export interface AuthorizationPolicySpecRulesWhen {
  readonly key: string;
  readonly notValues?: string[];
  readonly values?: string[];
}

export interface AuthorizationPolicySpecRulesFromSource {
  readonly ipBlocks?: string[];
  readonly namespaces?: string[];
  readonly notIpBlocks?: string[];
  readonly notNamespaces?: string[];
  readonly notPrincipals?: string[];
  readonly notRemoteIpBlocks?: string[];
  readonly notRequestPrincipals?: string[];
  readonly notServiceAccounts?: string[];
  readonly notTrustDomains?: string[];
  readonly principals?: string[];
  readonly remoteIpBlocks?: string[];
  readonly requestPrincipals?: string[];
  readonly serviceAccounts?: string[];
  readonly trustDomains?: string[];
}

export interface AuthorizationPolicySpecRulesToOperation {
  readonly hosts?: string[];
  readonly methods?: string[];
  readonly notHosts?: string[];
  readonly notMethods?: string[];
  readonly notPaths?: string[];
  readonly notPorts?: string[];
  readonly paths?: string[];
  readonly ports?: string[];
}

/** A PeerAuthentication of security.istio.io, version v1. */
export class PeerAuthentication extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
  }

  public static manifest(props: PeerAuthenticationProps = {}): any {
    return {
      ...PeerAuthentication.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: PeerAuthenticationProps = {}) {
    super(scope, id, {
      ...PeerAuthentication.GVK,
      ...props,
    });
  }
}

export interface PeerAuthenticationProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec?: PeerAuthenticationSpec;
}

export interface PeerAuthenticationSpec {
  readonly mtls?: PeerAuthenticationSpecMtls;
  readonly portLevelMtls?: { [key: string]: PeerAuthenticationSpecPortLevelMtls };
  readonly selector?: PeerAuthenticationSpecSelector;
}

export interface PeerAuthenticationSpecMtls {
  readonly mode?: PeerAuthenticationSpecMtlsMode;
}

export interface PeerAuthenticationSpecPortLevelMtls {
  readonly mode?: PeerAuthenticationSpecPortLevelMtlsMode;
}

export interface PeerAuthenticationSpecSelector {
  readonly matchLabels?: { [key: string]: string };
}

export enum PeerAuthenticationSpecMtlsMode {
  UNSET = "UNSET",
  DISABLE = "DISABLE",
  PERMISSIVE = "PERMISSIVE",
  STRICT = "STRICT",
}

export enum PeerAuthenticationSpecPortLevelMtlsMode {
  UNSET = "UNSET",
  DISABLE = "DISABLE",
  PERMISSIVE = "PERMISSIVE",
  STRICT = "STRICT",
}

/** A RequestAuthentication of security.istio.io, version v1. */
export class RequestAuthentication extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'security.istio.io/v1',
    kind: 'RequestAuthentication',
  }

  public static manifest(props: RequestAuthenticationProps = {}): any {
    return {
      ...RequestAuthentication.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: RequestAuthenticationProps = {}) {
    super(scope, id, {
      ...RequestAuthentication.GVK,
      ...props,
    });
  }
}

export interface RequestAuthenticationProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec?: RequestAuthenticationSpec;
}

export interface RequestAuthenticationSpec {
  readonly jwtRules?: RequestAuthenticationSpecJwtRules[];
  readonly selector?: RequestAuthenticationSpecSelector;
  readonly targetRef?: RequestAuthenticationSpecTargetRef;
  readonly targetRefs?: RequestAuthenticationSpecTargetRefs[];
}

export interface RequestAuthenticationSpecJwtRules {
  readonly audiences?: string[];
  readonly forwardOriginalToken?: boolean;
  readonly fromCookies?: string[];
  readonly fromHeaders?: RequestAuthenticationSpecJwtRulesFromHeaders[];
  readonly fromParams?: string[];
  readonly issuer?: string;
  readonly jwks?: string;
  readonly jwksUri?: string;
  readonly outputClaimToHeaders?: RequestAuthenticationSpecJwtRulesOutputClaimToHeaders[];
  readonly outputPayloadToHeader?: string;
  readonly spaceDelimitedClaims?: string[];
  readonly timeout?: string;
}

export interface RequestAuthenticationSpecSelector {
  readonly matchLabels?: { [key: string]: string };
}

export interface RequestAuthenticationSpecTargetRef {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface RequestAuthenticationSpecTargetRefs {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface RequestAuthenticationSpecJwtRulesFromHeaders {
  readonly name: string;
  readonly prefix?: string;
}

export interface RequestAuthenticationSpecJwtRulesOutputClaimToHeaders {
  readonly claim: string;
  readonly header: string;
}
