// Written by `npm run imports`; change scripts/imports instead.
import { ApiObject, ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';

/** A BackendTlsPolicy of gateway.networking.k8s.io, version v1. */
export class BackendTlsPolicy extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
  }

  public static manifest(props: BackendTlsPolicyProps): any {
    return {
      ...BackendTlsPolicy.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: BackendTlsPolicyProps) {
    super(scope, id, {
      ...BackendTlsPolicy.GVK,
      ...props,
    });
  }
}

export interface BackendTlsPolicyProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: BackendTlsPolicySpec;
}

export interface BackendTlsPolicySpec {
  readonly options?: { [key: string]: string };
  readonly targetRefs: BackendTlsPolicySpecTargetRefs[];
  readonly validation: BackendTlsPolicySpecValidation;
}

export interface BackendTlsPolicySpecTargetRefs {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly sectionName?: string;
}

export interface BackendTlsPolicySpecValidation {
  readonly caCertificateRefs?: BackendTlsPolicySpecValidationCaCertificateRefs[];
  readonly hostname: string;
  readonly subjectAltNames?: BackendTlsPolicySpecValidationSubjectAltNames[];
  readonly wellKnownCACertificates?: string;
}

export interface BackendTlsPolicySpecValidationCaCertificateRefs {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

export interface BackendTlsPolicySpecValidationSubjectAltNames {
  readonly hostname?: string;
  readonly type: BackendTlsPolicySpecValidationSubjectAltNamesType;
  readonly uri?: string;
}

export enum BackendTlsPolicySpecValidationSubjectAltNamesType {
  HOSTNAME = "Hostname",
  URI = "URI",
}

/** A Gateway of gateway.networking.k8s.io, version v1. */
export class Gateway extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
  }

  public static manifest(props: GatewayProps): any {
    return {
      ...Gateway.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id, {
      ...Gateway.GVK,
      ...props,
    });
  }
}

export interface GatewayProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: GatewaySpec;
}

export interface GatewaySpec {
  readonly addresses?: GatewaySpecAddresses[];
  readonly allowedListeners?: GatewaySpecAllowedListeners;
  readonly gatewayClassName: string;
  readonly infrastructure?: GatewaySpecInfrastructure;
  readonly listeners: GatewaySpecListeners[];
  readonly tls?: GatewaySpecTls;
}

export interface GatewaySpecAddresses {
  readonly type?: string;
  readonly value?: string;
}

export interface GatewaySpecAllowedListeners {
  readonly namespaces?: GatewaySpecAllowedListenersNamespaces;
}

export interface GatewaySpecInfrastructure {
  readonly annotations?: { [key: string]: string };
  readonly labels?: { [key: string]: string };
  readonly parametersRef?: GatewaySpecInfrastructureParametersRef;
}

export interface GatewaySpecListeners {
  readonly allowedRoutes?: GatewaySpecListenersAllowedRoutes;
  readonly hostname?: string;
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly tls?: GatewaySpecListenersTls;
}

export interface GatewaySpecTls {
  readonly backend?: GatewaySpecTlsBackend;
  readonly frontend?: GatewaySpecTlsFrontend;
}

export interface GatewaySpecAllowedListenersNamespaces {
  readonly from?: GatewaySpecAllowedListenersNamespacesFrom;
  readonly selector?: GatewaySpecAllowedListenersNamespacesSelector;
}

export interface GatewaySpecInfrastructureParametersRef {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

export interface GatewaySpecListenersAllowedRoutes {
  readonly kinds?: GatewaySpecListenersAllowedRoutesKinds[];
  readonly namespaces?: GatewaySpecListenersAllowedRoutesNamespaces;
}

export interface GatewaySpecListenersTls {
  readonly certificateRefs?: GatewaySpecListenersTlsCertificateRefs[];
  readonly mode?: GatewaySpecListenersTlsMode;
  readonly options?: { [key: string]: string };
}

export interface GatewaySpecTlsBackend {
  readonly clientCertificateRef?: GatewaySpecTlsBackendClientCertificateRef;
}

export interface GatewaySpecTlsFrontend {
  readonly default: GatewaySpecTlsFrontendDefault;
  readonly perPort?: GatewaySpecTlsFrontendPerPort[];
}

export enum GatewaySpecAllowedListenersNamespacesFrom {
  ALL = "All",
  SELECTOR = "Selector",
  SAME = "Same",
  NONE = "None",
}

export interface GatewaySpecAllowedListenersNamespacesSelector {
  readonly matchExpressions?: GatewaySpecAllowedListenersNamespacesSelectorMatchExpressions[];
  readonly matchLabels?: { [key: string]: string };
}

export interface GatewaySpecListenersAllowedRoutesKinds {
  readonly group?: string;
  readonly kind: string;
}

export interface GatewaySpecListenersAllowedRoutesNamespaces {
  readonly from?: GatewaySpecListenersAllowedRoutesNamespacesFrom;
  readonly selector?: GatewaySpecListenersAllowedRoutesNamespacesSelector;
}

export interface GatewaySpecListenersTlsCertificateRefs {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
}

export enum GatewaySpecListenersTlsMode {
  TERMINATE = "Terminate",
  PASSTHROUGH = "Passthrough",
}

export interface GatewaySpecTlsBackendClientCertificateRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface GatewaySpecTlsFrontendDefault {
  readonly validation?: GatewaySpecTlsFrontendDefaultValidation;
}

export interface GatewaySpecTlsFrontendPerPort {
  readonly port: number;
  readonly tls: GatewaySpecTlsFrontendPerPortTls;
}

export interface GatewaySpecAllowedListenersNamespacesSelectorMatchExpressions {
  readonly key: string;
  readonly operator: string;
  readonly values?: string[];
}

export enum GatewaySpecListenersAllowedRoutesNamespacesFrom {
  ALL = "All",
  SELECTOR = "Selector",
  SAME = "Same",
}

export interface GatewaySpecListenersAllowedRoutesNamespacesSelector {
  readonly matchExpressions?: GatewaySpecListenersAllowedRoutesNamespacesSelectorMatchExpressions[];
  readonly matchLabels?: { [key: string]: string };
}

export interface GatewaySpecTlsFrontendDefaultValidation {
  readonly caCertificateRefs: GatewaySpecTlsFrontendDefaultValidationCaCertificateRefs[];
  readonly mode?: GatewaySpecTlsFrontendDefaultValidationMode;
}

export interface GatewaySpecTlsFrontendPerPortTls {
  readonly validation?: GatewaySpecTlsFrontendPerPortTlsValidation;
}

export interface GatewaySpecListenersAllowedRoutesNamespacesSelectorMatchExpressions {
  readonly key: string;
  readonly operator: string;
  readonly values?: string[];
}

export interface GatewaySpecTlsFrontendDefaultValidationCaCertificateRefs {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export enum GatewaySpecTlsFrontendDefaultValidationMode {
  ALLOW_VALID_ONLY = "AllowValidOnly",
  ALLOW_INSECURE_FALLBACK = "AllowInsecureFallback",
}

export interface GatewaySpecTlsFrontendPerPortTlsValidation {
  readonly caCertificateRefs: GatewaySpecTlsFrontendPerPortTlsValidationCaCertificateRefs[];
  readonly mode?: GatewaySpecTlsFrontendPerPortTlsValidationMode;
}

export interface GatewaySpecTlsFrontendPerPortTlsValidationCaCertificateRefs {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export enum GatewaySpecTlsFrontendPerPortTlsValidationMode {
  ALLOW_VALID_ONLY = "AllowValidOnly",
  ALLOW_INSECURE_FALLBACK = "AllowInsecureFallback",
}

/** A GatewayClass of gateway.networking.k8s.io, version v1. */
export class GatewayClass extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
  }

  public static manifest(props: GatewayClassProps): any {
    return {
      ...GatewayClass.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: GatewayClassProps) {
    super(scope, id, {
      ...GatewayClass.GVK,
      ...props,
    });
  }
}

export interface GatewayClassProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: GatewayClassSpec;
}

export interface GatewayClassSpec {
  readonly controllerName: string;
  readonly description?: string;
  readonly parametersRef?: GatewayClassSpecParametersRef;
}

export interface GatewayClassSpecParametersRef {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** A GrpcRoute of gateway.networking.k8s.io, version v1. */
export class GrpcRoute extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
  }

  public static manifest(props: GrpcRouteProps): any {
    return {
      ...GrpcRoute.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: GrpcRouteProps) {
    super(scope, id, {
      ...GrpcRoute.GVK,
      ...props,
    });
  }
}

export interface GrpcRouteProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: GrpcRouteSpec;
}

export interface GrpcRouteSpec {
  readonly hostnames?: string[];
  readonly parentRefs?: GrpcRouteSpecParentRefs[];
  readonly rules?: GrpcRouteSpecRules[];
}

export interface GrpcRouteSpecParentRefs {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly sectionName?: string;
}

export interface GrpcRouteSpecRules {
  readonly backendRefs?: GrpcRouteSpecRulesBackendRefs[];
  readonly filters?: GrpcRouteSpecRulesFilters[];
  readonly matches?: GrpcRouteSpecRulesMatches[];
  readonly name?: string;
}

export interface GrpcRouteSpecRulesBackendRefs {
  readonly filters?: GrpcRouteSpecRulesBackendRefsFilters[];
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
}

export interface GrpcRouteSpecRulesFilters {
  readonly extensionRef?: GrpcRouteSpecRulesFiltersExtensionRef;
  readonly requestHeaderModifier?: GrpcRouteSpecRulesFiltersRequestHeaderModifier;
  readonly requestMirror?: GrpcRouteSpecRulesFiltersRequestMirror;
  readonly responseHeaderModifier?: GrpcRouteSpecRulesFiltersResponseHeaderModifier;
  readonly type: GrpcRouteSpecRulesFiltersType;
}

export interface GrpcRouteSpecRulesMatches {
  readonly headers?: GrpcRouteSpecRulesMatchesHeaders[];
  readonly method?: GrpcRouteSpecRulesMatchesMethod;
}

export interface GrpcRouteSpecRulesBackendRefsFilters {
  readonly extensionRef?: GrpcRouteSpecRulesBackendRefsFiltersExtensionRef;
  readonly requestHeaderModifier?: GrpcRouteSpecRulesBackendRefsFiltersRequestHeaderModifier;
  readonly requestMirror?: GrpcRouteSpecRulesBackendRefsFiltersRequestMirror;
  readonly responseHeaderModifier?: GrpcRouteSpecRulesBackendRefsFiltersResponseHeaderModifier;
  readonly type: GrpcRouteSpecRulesBackendRefsFiltersType;
}

export interface GrpcRouteSpecRulesFiltersExtensionRef {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

export interface GrpcRouteSpecRulesFiltersRequestHeaderModifier {
  readonly add?: GrpcRouteSpecRulesFiltersRequestHeaderModifierAdd[];
  readonly remove?: string[];
  readonly set?: GrpcRouteSpecRulesFiltersRequestHeaderModifierSet[];
}

export interface GrpcRouteSpecRulesFiltersRequestMirror {
  readonly backendRef: GrpcRouteSpecRulesFiltersRequestMirrorBackendRef;
  readonly fraction?: GrpcRouteSpecRulesFiltersRequestMirrorFraction;
  readonly percent?: number;
}

export interface GrpcRouteSpecRulesFiltersResponseHeaderModifier {
  readonly add?: GrpcRouteSpecRulesFiltersResponseHeaderModifierAdd[];
  readonly remove?: string[];
  readonly set?: GrpcRouteSpecRulesFiltersResponseHeaderModifierSet[];
}

export enum GrpcRouteSpecRulesFiltersType {
  RESPONSE_HEADER_MODIFIER = "ResponseHeaderModifier",
  REQUEST_HEADER_MODIFIER = "RequestHeaderModifier",
  REQUEST_MIRROR = "RequestMirror",
  EXTENSION_REF = "ExtensionRef",
}

export interface GrpcRouteSpecRulesMatchesHeaders {
  readonly name: string;
  readonly type?: GrpcRouteSpecRulesMatchesHeadersType;
  readonly value: string;
}

export interface GrpcRouteSpecRulesMatchesMethod {
  readonly method?: string;
  readonly service?: string;
  readonly type?: GrpcRouteSpecRulesMatchesMethodType;
}

export interface GrpcRouteSpecRulesBackendRefsFiltersExtensionRef {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

export interface GrpcRouteSpecRulesBackendRefsFiltersRequestHeaderModifier {
  readonly add?: GrpcRouteSpecRulesBackendRefsFiltersRequestHeaderModifierAdd[];
  readonly remove?: string[];
  readonly set?: GrpcRouteSpecRulesBackendRefsFiltersRequestHeaderModifierSet[];
}

export interface GrpcRouteSpecRulesBackendRefsFiltersRequestMirror {
  readonly backendRef: GrpcRouteSpecRulesBackendRefsFiltersRequestMirrorBackendRef;
  readonly fraction?: GrpcRouteSpecRulesBackendRefsFiltersRequestMirrorFraction;
  readonly percent?: number;
}

export interface GrpcRouteSpecRulesBackendRefsFiltersResponseHeaderModifier {
  readonly add?: GrpcRouteSpecRulesBackendRefsFiltersResponseHeaderModifierAdd[];
  readonly remove?: string[];
  readonly set?: GrpcRouteSpecRulesBackendRefsFiltersResponseHeaderModifierSet[];
}

export enum GrpcRouteSpecRulesBackendRefsFiltersType {
  RESPONSE_HEADER_MODIFIER = "ResponseHeaderModifier",
  REQUEST_HEADER_MODIFIER = "RequestHeaderModifier",
  REQUEST_MIRROR = "RequestMirror",
  EXTENSION_REF = "ExtensionRef",
}

export interface GrpcRouteSpecRulesFiltersRequestHeaderModifierAdd {
  readonly name: string;
  readonly value: string;
}

export interface GrpcRouteSpecRulesFiltersRequestHeaderModifierSet {
  readonly name: string;
  readonly value: string;
}

export interface GrpcRouteSpecRulesFiltersRequestMirrorBackendRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}

export interface GrpcRouteSpecRulesFiltersRequestMirrorFraction {
  readonly denominator?: number;
  readonly numerator: number;
}

export interface GrpcRouteSpecRulesFiltersResponseHeaderModifierAdd {
  readonly name: string;
  readonly value: string;
}

export interface GrpcRouteSpecRulesFiltersResponseHeaderModifierSet {
  readonly name: string;
  readonly value: string;
}

export enum GrpcRouteSpecRulesMatchesHeadersType {
  EXACT = "Exact",
  REGULAR_EXPRESSION = "RegularExpression",
}

export enum GrpcRouteSpecRulesMatchesMethodType {
  EXACT = "Exact",
  REGULAR_EXPRESSION = "RegularExpression",
}

export interface GrpcRouteSpecRulesBackendRefsFiltersRequestHeaderModifierAdd {
  readonly name: string;
  readonly value: string;
}

export interface GrpcRouteSpecRulesBackendRefsFiltersRequestHeaderModifierSet {
  readonly name: string;
  readonly value: string;
}

export interface GrpcRouteSpecRulesBackendRefsFiltersRequestMirrorBackendRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}

export interface GrpcRouteSpecRulesBackendRefsFiltersRequestMirrorFraction {
  readonly denominator?: number;
  readonly numerator: number;
}

export interface GrpcRouteSpecRulesBackendRefsFiltersResponseHeaderModifierAdd {
  readonly name: string;
  readonly value: string;
}

export interface GrpcRouteSpecRulesBackendRefsFiltersResponseHeaderModifierSet {
  readonly name: string;
  readonly value: string;
}

/** A HttpRoute of gateway.networking.k8s.io, version v1. */
export class HttpRoute extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
  }

  public static manifest(props: HttpRouteProps): any {
    return {
      ...HttpRoute.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: HttpRouteProps) {
    super(scope, id, {
      ...HttpRoute.GVK,
      ...props,
    });
  }
}

export interface HttpRouteProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: HttpRouteSpec;
}

export interface HttpRouteSpec {
  readonly hostnames?: string[];
  readonly parentRefs?: HttpRouteSpecParentRefs[];
  readonly rules?: HttpRouteSpecRules[];
}

export interface HttpRouteSpecParentRefs {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly sectionName?: string;
}

export interface HttpRouteSpecRules {
  readonly backendRefs?: HttpRouteSpecRulesBackendRefs[];
  readonly filters?: HttpRouteSpecRulesFilters[];
  readonly matches?: HttpRouteSpecRulesMatches[];
  readonly name?: string;
  readonly timeouts?: HttpRouteSpecRulesTimeouts;
}

export interface HttpRouteSpecRulesBackendRefs {
  readonly filters?: HttpRouteSpecRulesBackendRefsFilters[];
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
}

export interface HttpRouteSpecRulesFilters {
  readonly cors?: HttpRouteSpecRulesFiltersCors;
  readonly extensionRef?: HttpRouteSpecRulesFiltersExtensionRef;
  readonly requestHeaderModifier?: HttpRouteSpecRulesFiltersRequestHeaderModifier;
  readonly requestMirror?: HttpRouteSpecRulesFiltersRequestMirror;
  readonly requestRedirect?: HttpRouteSpecRulesFiltersRequestRedirect;
  readonly responseHeaderModifier?: HttpRouteSpecRulesFiltersResponseHeaderModifier;
  readonly type: HttpRouteSpecRulesFiltersType;
  readonly urlRewrite?: HttpRouteSpecRulesFiltersUrlRewrite;
}

export interface HttpRouteSpecRulesMatches {
  readonly headers?: HttpRouteSpecRulesMatchesHeaders[];
  readonly method?: HttpRouteSpecRulesMatchesMethod;
  readonly path?: HttpRouteSpecRulesMatchesPath;
  readonly queryParams?: HttpRouteSpecRulesMatchesQueryParams[];
}

export interface HttpRouteSpecRulesTimeouts {
  readonly backendRequest?: string;
  readonly request?: string;
}

export interface HttpRouteSpecRulesBackendRefsFilters {
  readonly cors?: HttpRouteSpecRulesBackendRefsFiltersCors;
  readonly extensionRef?: HttpRouteSpecRulesBackendRefsFiltersExtensionRef;
  readonly requestHeaderModifier?: HttpRouteSpecRulesBackendRefsFiltersRequestHeaderModifier;
  readonly requestMirror?: HttpRouteSpecRulesBackendRefsFiltersRequestMirror;
  readonly requestRedirect?: HttpRouteSpecRulesBackendRefsFiltersRequestRedirect;
  readonly responseHeaderModifier?: HttpRouteSpecRulesBackendRefsFiltersResponseHeaderModifier;
  readonly type: HttpRouteSpecRulesBackendRefsFiltersType;
  readonly urlRewrite?: HttpRouteSpecRulesBackendRefsFiltersUrlRewrite;
}

export interface HttpRouteSpecRulesFiltersCors {
  readonly allowCredentials?: boolean;
  readonly allowHeaders?: string[];
  readonly allowMethods?: HttpRouteSpecRulesFiltersCorsAllowMethods[];
  readonly allowOrigins?: string[];
  readonly exposeHeaders?: string[];
  readonly maxAge?: number;
}

export interface HttpRouteSpecRulesFiltersExtensionRef {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

export interface HttpRouteSpecRulesFiltersRequestHeaderModifier {
  readonly add?: HttpRouteSpecRulesFiltersRequestHeaderModifierAdd[];
  readonly remove?: string[];
  readonly set?: HttpRouteSpecRulesFiltersRequestHeaderModifierSet[];
}

export interface HttpRouteSpecRulesFiltersRequestMirror {
  readonly backendRef: HttpRouteSpecRulesFiltersRequestMirrorBackendRef;
  readonly fraction?: HttpRouteSpecRulesFiltersRequestMirrorFraction;
  readonly percent?: number;
}

export interface HttpRouteSpecRulesFiltersRequestRedirect {
  readonly hostname?: string;
  readonly path?: HttpRouteSpecRulesFiltersRequestRedirectPath;
  readonly port?: number;
  readonly scheme?: HttpRouteSpecRulesFiltersRequestRedirectScheme;
  readonly statusCode?: HttpRouteSpecRulesFiltersRequestRedirectStatusCode;
}

export interface HttpRouteSpecRulesFiltersResponseHeaderModifier {
  readonly add?: HttpRouteSpecRulesFiltersResponseHeaderModifierAdd[];
  readonly remove?: string[];
  readonly set?: HttpRouteSpecRulesFiltersResponseHeaderModifierSet[];
}

export enum HttpRouteSpecRulesFiltersType {
  REQUEST_HEADER_MODIFIER = "RequestHeaderModifier",
  RESPONSE_HEADER_MODIFIER = "ResponseHeaderModifier",
  REQUEST_MIRROR = "RequestMirror",
  REQUEST_REDIRECT = "RequestRedirect",
  URL_REWRITE = "URLRewrite",
  EXTENSION_REF = "ExtensionRef",
  CORS = "CORS",
}

export interface HttpRouteSpecRulesFiltersUrlRewrite {
  readonly hostname?: string;
  readonly path?: HttpRouteSpecRulesFiltersUrlRewritePath;
}

export interface HttpRouteSpecRulesMatchesHeaders {
  readonly name: string;
  readonly type?: HttpRouteSpecRulesMatchesHeadersType;
  readonly value: string;
}

export enum HttpRouteSpecRulesMatchesMethod {
  GET = "GET",
  HEAD = "HEAD",
  POST = "POST",
  PUT = "PUT",
  DELETE = "DELETE",
  CONNECT = "CONNECT",
  OPTIONS = "OPTIONS",
  TRACE = "TRACE",
  PATCH = "PATCH",
}

export interface HttpRouteSpecRulesMatchesPath {
  readonly type?: HttpRouteSpecRulesMatchesPathType;
  readonly value?: string;
}

export interface HttpRouteSpecRulesMatchesQueryParams {
  readonly name: string;
  readonly type?: HttpRouteSpecRulesMatchesQueryParamsType;
  readonly value: string;
}

export interface HttpRouteSpecRulesBackendRefsFiltersCors {
  readonly allowCredentials?: boolean;
  readonly allowHeaders?: string[];
  readonly allowMethods?: HttpRouteSpecRulesBackendRefsFiltersCorsAllowMethods[];
  readonly allowOrigins?: string[];
  readonly exposeHeaders?: string[];
  readonly maxAge?: number;
}

export interface HttpRouteSpecRulesBackendRefsFiltersExtensionRef {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

export interface HttpRouteSpecRulesBackendRefsFiltersRequestHeaderModifier {
  readonly add?: HttpRouteSpecRulesBackendRefsFiltersRequestHeaderModifierAdd[];
  readonly remove?: string[];
  readonly set?: HttpRouteSpecRulesBackendRefsFiltersRequestHeaderModifierSet[];
}

export interface HttpRouteSpecRulesBackendRefsFiltersRequestMirror {
  readonly backendRef: HttpRouteSpecRulesBackendRefsFiltersRequestMirrorBackendRef;
  readonly fraction?: HttpRouteSpecRulesBackendRefsFiltersRequestMirrorFraction;
  readonly percent?: number;
}

export interface HttpRouteSpecRulesBackendRefsFiltersRequestRedirect {
  readonly hostname?: string;
  readonly path?: HttpRouteSpecRulesBackendRefsFiltersRequestRedirectPath;
  readonly port?: number;
  readonly scheme?: HttpRouteSpecRulesBackendRefsFiltersRequestRedirectScheme;
  readonly statusCode?: HttpRouteSpecRulesBackendRefsFiltersRequestRedirectStatusCode;
}

export interface HttpRouteSpecRulesBackendRefsFiltersResponseHeaderModifier {
  readonly add?: HttpRouteSpecRulesBackendRefsFiltersResponseHeaderModifierAdd[];
  readonly remove?: string[];
  readonly set?: HttpRouteSpecRulesBackendRefsFiltersResponseHeaderModifierSet[];
}

export enum HttpRouteSpecRulesBackendRefsFiltersType {
  REQUEST_HEADER_MODIFIER = "RequestHeaderModifier",
  RESPONSE_HEADER_MODIFIER = "ResponseHeaderModifier",
  REQUEST_MIRROR = "RequestMirror",
  REQUEST_REDIRECT = "RequestRedirect",
  URL_REWRITE = "URLRewrite",
  EXTENSION_REF = "ExtensionRef",
  CORS = "CORS",
}

export interface HttpRouteSpecRulesBackendRefsFiltersUrlRewrite {
  readonly hostname?: string;
  readonly path?: HttpRouteSpecRulesBackendRefsFiltersUrlRewritePath;
}

export enum HttpRouteSpecRulesFiltersCorsAllowMethods {
  GET = "GET",
  HEAD = "HEAD",
  POST = "POST",
  PUT = "PUT",
  DELETE = "DELETE",
  CONNECT = "CONNECT",
  OPTIONS = "OPTIONS",
  TRACE = "TRACE",
  PATCH = "PATCH",
  VALUE_ASTERISK = "*",
}

export interface HttpRouteSpecRulesFiltersRequestHeaderModifierAdd {
  readonly name: string;
  readonly value: string;
}

export interface HttpRouteSpecRulesFiltersRequestHeaderModifierSet {
  readonly name: string;
  readonly value: string;
}

export interface HttpRouteSpecRulesFiltersRequestMirrorBackendRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}

export interface HttpRouteSpecRulesFiltersRequestMirrorFraction {
  readonly denominator?: number;
  readonly numerator: number;
}

export interface HttpRouteSpecRulesFiltersRequestRedirectPath {
  readonly replaceFullPath?: string;
  readonly replacePrefixMatch?: string;
  readonly type: HttpRouteSpecRulesFiltersRequestRedirectPathType;
}

export enum HttpRouteSpecRulesFiltersRequestRedirectScheme {
  HTTP = "http",
  HTTPS = "https",
}

export enum HttpRouteSpecRulesFiltersRequestRedirectStatusCode {
  VALUE_301 = 301,
  VALUE_302 = 302,
  VALUE_303 = 303,
  VALUE_307 = 307,
  VALUE_308 = 308,
}

export interface HttpRouteSpecRulesFiltersResponseHeaderModifierAdd {
  readonly name: string;
  readonly value: string;
}

export interface HttpRouteSpecRulesFiltersResponseHeaderModifierSet {
  readonly name: string;
  readonly value: string;
}

export interface HttpRouteSpecRulesFiltersUrlRewritePath {
  readonly replaceFullPath?: string;
  readonly replacePrefixMatch?: string;
  readonly type: HttpRouteSpecRulesFiltersUrlRewritePathType;
}

export enum HttpRouteSpecRulesMatchesHeadersType {
  EXACT = "Exact",
  REGULAR_EXPRESSION = "RegularExpression",
}

export enum HttpRouteSpecRulesMatchesPathType {
  EXACT = "Exact",
  PATH_PREFIX = "PathPrefix",
  REGULAR_EXPRESSION = "RegularExpression",
}

export enum HttpRouteSpecRulesMatchesQueryParamsType {
  EXACT = "Exact",
  REGULAR_EXPRESSION = "RegularExpression",
}

export enum HttpRouteSpecRulesBackendRefsFiltersCorsAllowMethods {
  GET = "GET",
  HEAD = "HEAD",
  POST = "POST",
  PUT = "PUT",
  DELETE = "DELETE",
  CONNECT = "CONNECT",
  OPTIONS = "OPTIONS",
  TRACE = "TRACE",
  PATCH = "PATCH",
  VALUE_ASTERISK = "*",
}

export interface HttpRouteSpecRulesBackendRefsFiltersRequestHeaderModifierAdd {
  readonly name: string;
  readonly value: string;
}

export interface HttpRouteSpecRulesBackendRefsFiltersRequestHeaderModifierSet {
  readonly name: string;
  readonly value: string;
}

export interface HttpRouteSpecRulesBackendRefsFiltersRequestMirrorBackendRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
}

export interface HttpRouteSpecRulesBackendRefsFiltersRequestMirrorFraction {
  readonly denominator?: number;
  readonly numerator: number;
}

export interface HttpRouteSpecRulesBackendRefsFiltersRequestRedirectPath {
  readonly replaceFullPath?: string;
  readonly replacePrefixMatch?: string;
  readonly type: HttpRouteSpecRulesBackendRefsFiltersRequestRedirectPathType;
}

export enum HttpRouteSpecRulesBackendRefsFiltersRequestRedirectScheme {
  HTTP = "http",
  HTTPS = "https",
}

export enum HttpRouteSpecRulesBackendRefsFiltersRequestRedirectStatusCode {
  VALUE_301 = 301,
  VALUE_302 = 302,
  VALUE_303 = 303,
  VALUE_307 = 307,
  VALUE_308 = 308,
}

export interface HttpRouteSpecRulesBackendRefsFiltersResponseHeaderModifierAdd {
  readonly name: string;
  readonly value: string;
}

export interface HttpRouteSpecRulesBackendRefsFiltersResponseHeaderModifierSet {
  readonly name: string;
  readonly value: string;
}

export interface HttpRouteSpecRulesBackendRefsFiltersUrlRewritePath {
  readonly replaceFullPath?: string;
  readonly replacePrefixMatch?: string;
  readonly type: HttpRouteSpecRulesBackendRefsFiltersUrlRewritePathType;
}

export enum HttpRouteSpecRulesFiltersRequestRedirectPathType {
  REPLACE_FULL_PATH = "ReplaceFullPath",
  REPLACE_PREFIX_MATCH = "ReplacePrefixMatch",
}

export enum HttpRouteSpecRulesFiltersUrlRewritePathType {
  REPLACE_FULL_PATH = "ReplaceFullPath",
  REPLACE_PREFIX_MATCH = "ReplacePrefixMatch",
}

export enum HttpRouteSpecRulesBackendRefsFiltersRequestRedirectPathType {
  REPLACE_FULL_PATH = "ReplaceFullPath",
  REPLACE_PREFIX_MATCH = "ReplacePrefixMatch",
}

export enum HttpRouteSpecRulesBackendRefsFiltersUrlRewritePathType {
  REPLACE_FULL_PATH = "ReplaceFullPath",
  REPLACE_PREFIX_MATCH = "ReplacePrefixMatch",
}

/** A ListenerSet of gateway.networking.k8s.io, version v1. */
export class ListenerSet extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ListenerSet',
  }

  public static manifest(props: ListenerSetProps): any {
    return {
      ...ListenerSet.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: ListenerSetProps) {
    super(scope, id, {
      ...ListenerSet.GVK,
      ...props,
    });
  }
}

export interface ListenerSetProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: ListenerSetSpec;
}

export interface ListenerSetSpec {
  readonly listeners: ListenerSetSpecListeners[];
  readonly parentRef: ListenerSetSpecParentRef;
}

export interface ListenerSetSpecListeners {
  readonly allowedRoutes?: ListenerSetSpecListenersAllowedRoutes;
  readonly hostname?: string;
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly tls?: ListenerSetSpecListenersTls;
}

export interface ListenerSetSpecParentRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface ListenerSetSpecListenersAllowedRoutes {
  readonly kinds?: ListenerSetSpecListenersAllowedRoutesKinds[];
  readonly namespaces?: ListenerSetSpecListenersAllowedRoutesNamespaces;
}

export interface ListenerSetSpecListenersTls {
  readonly certificateRefs?: ListenerSetSpecListenersTlsCertificateRefs[];
  readonly mode?: ListenerSetSpecListenersTlsMode;
  readonly options?: { [key: string]: string };
}

export interface ListenerSetSpecListenersAllowedRoutesKinds {
  readonly group?: string;
  readonly kind: string;
}

export interface ListenerSetSpecListenersAllowedRoutesNamespaces {
  readonly from?: ListenerSetSpecListenersAllowedRoutesNamespacesFrom;
  readonly selector?: ListenerSetSpecListenersAllowedRoutesNamespacesSelector;
}

export interface ListenerSetSpecListenersTlsCertificateRefs {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
}

export enum ListenerSetSpecListenersTlsMode {
  TERMINATE = "Terminate",
  PASSTHROUGH = "Passthrough",
}

export enum ListenerSetSpecListenersAllowedRoutesNamespacesFrom {
  ALL = "All",
  SELECTOR = "Selector",
  SAME = "Same",
}

export interface ListenerSetSpecListenersAllowedRoutesNamespacesSelector {
  readonly matchExpressions?: ListenerSetSpecListenersAllowedRoutesNamespacesSelectorMatchExpressions[];
  readonly matchLabels?: { [key: string]: string };
}

export interface ListenerSetSpecListenersAllowedRoutesNamespacesSelectorMatchExpressions {
  readonly key: string;
  readonly operator: string;
  readonly values?: string[];
}

/** A ReferenceGrant of gateway.networking.k8s.io, version v1. */
export class ReferenceGrant extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'ReferenceGrant',
  }

  public static manifest(props: ReferenceGrantProps): any {
    return {
      ...ReferenceGrant.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: ReferenceGrantProps) {
    super(scope, id, {
      ...ReferenceGrant.GVK,
      ...props,
    });
  }
}

export interface ReferenceGrantProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: ReferenceGrantSpec;
}

export interface ReferenceGrantSpec {
  readonly from: ReferenceGrantSpecFrom[];
  readonly to: ReferenceGrantSpecTo[];
}

export interface ReferenceGrantSpecFrom {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
}

export interface ReferenceGrantSpecTo {
  readonly group: string;
  readonly kind: string;
  readonly name?: string;
}

/** A TcpRoute of gateway.networking.k8s.io, version v1. */
export class TcpRoute extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'TCPRoute',
  }

  public static manifest(props: TcpRouteProps): any {
    return {
      ...TcpRoute.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: TcpRouteProps) {
    super(scope, id, {
      ...TcpRoute.GVK,
      ...props,
    });
  }
}

export interface TcpRouteProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: TcpRouteSpec;
}

export interface TcpRouteSpec {
  readonly parentRefs?: TcpRouteSpecParentRefs[];
  readonly rules: TcpRouteSpecRules[];
}

export interface TcpRouteSpecParentRefs {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly sectionName?: string;
}

export interface TcpRouteSpecRules {
  readonly backendRefs: TcpRouteSpecRulesBackendRefs[];
  readonly name?: string;
}

export interface TcpRouteSpecRulesBackendRefs {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
}

/** A TlsRoute of gateway.networking.k8s.io, version v1. */
export class TlsRoute extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'TLSRoute',
  }

  public static manifest(props: TlsRouteProps): any {
    return {
      ...TlsRoute.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: TlsRouteProps) {
    super(scope, id, {
      ...TlsRoute.GVK,
      ...props,
    });
  }
}

export interface TlsRouteProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: TlsRouteSpec;
}

export interface TlsRouteSpec {
  readonly hostnames: string[];
  readonly parentRefs?: TlsRouteSpecParentRefs[];
  readonly rules: TlsRouteSpecRules[];
}

export interface TlsRouteSpecParentRefs {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly sectionName?: string;
}

export interface TlsRouteSpecRules {
  readonly backendRefs: TlsRouteSpecRulesBackendRefs[];
  readonly name?: string;
}

export interface TlsRouteSpecRulesBackendRefs {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
}

/** A UdpRoute of gateway.networking.k8s.io, version v1. */
export class UdpRoute extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'UDPRoute',
  }

  public static manifest(props: UdpRouteProps): any {
    return {
      ...UdpRoute.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: UdpRouteProps) {
    super(scope, id, {
      ...UdpRoute.GVK,
      ...props,
    });
  }
}

export interface UdpRouteProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: UdpRouteSpec;
}

export interface UdpRouteSpec {
  readonly parentRefs?: UdpRouteSpecParentRefs[];
  readonly rules: UdpRouteSpecRules[];
}

export interface UdpRouteSpecParentRefs {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly sectionName?: string;
}

export interface UdpRouteSpecRules {
  readonly backendRefs: UdpRouteSpecRulesBackendRefs[];
  readonly name?: string;
}

export interface UdpRouteSpecRulesBackendRefs {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
}
