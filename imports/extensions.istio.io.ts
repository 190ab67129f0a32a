// Written by `npm run imports`; change scripts/imports instead.
import { ApiObject, ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';

/** A TrafficExtension of extensions.istio.io, version v1alpha1. */
export class TrafficExtension extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'extensions.istio.io/v1alpha1',
    kind: 'TrafficExtension',
  }

  public static manifest(props: TrafficExtensionProps): any {
    return {
      ...TrafficExtension.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: TrafficExtensionProps) {
    super(scope, id, {
      ...TrafficExtension.GVK,
      ...props,
    });
  }
}

export interface TrafficExtensionProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: TrafficExtensionSpec;
}

export interface TrafficExtensionSpec {
  readonly lua?: TrafficExtensionSpecLua;
  readonly match?: TrafficExtensionSpecMatch[];
  readonly phase?: TrafficExtensionSpecPhase;
  readonly priority?: number;
  readonly selector?: TrafficExtensionSpecSelector;
  readonly targetRefs?: TrafficExtensionSpecTargetRefs[];
  readonly wasm?: TrafficExtensionSpecWasm;
}

export interface TrafficExtensionSpecLua {
  readonly inlineCode: string;
}

export interface TrafficExtensionSpecMatch {
  readonly mode?: TrafficExtensionSpecMatchMode;
  readonly ports?: TrafficExtensionSpecMatchPorts[];
}

export enum TrafficExtensionSpecPhase {
  UNSPECIFIED = "UNSPECIFIED",
  AUTHN = "AUTHN",
  AUTHZ = "AUTHZ",
  STATS = "STATS",
}

export interface TrafficExtensionSpecSelector {
  readonly matchLabels?: { [key: string]: string };
}

export interface TrafficExtensionSpecTargetRefs {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface TrafficExtensionSpecWasm {
  readonly failStrategy?: TrafficExtensionSpecWasmFailStrategy;
  readonly imagePullPolicy?: TrafficExtensionSpecWasmImagePullPolicy;
  readonly imagePullSecret?: string;
  readonly pluginConfig?: any;
  readonly pluginName?: string;
  readonly sha256?: string;
  readonly type?: TrafficExtensionSpecWasmType;
  readonly url: string;
  readonly verificationKey?: string;
  readonly vmConfig?: TrafficExtensionSpecWasmVmConfig;
}

export enum TrafficExtensionSpecMatchMode {
  UNDEFINED = "UNDEFINED",
  CLIENT = "CLIENT",
  SERVER = "SERVER",
  CLIENT_AND_SERVER = "CLIENT_AND_SERVER",
}

export interface TrafficExtensionSpecMatchPorts {
  readonly number: number;
}

export enum TrafficExtensionSpecWasmFailStrategy {
  FAIL_CLOSE = "FAIL_CLOSE",
  FAIL_OPEN = "FAIL_OPEN",
  FAIL_RELOAD = "FAIL_RELOAD",
}

export enum TrafficExtensionSpecWasmImagePullPolicy {
  UNSPECIFIED_POLICY = "UNSPECIFIED_POLICY",
  IF_NOT_PRESENT = "IfNotPresent",
  ALWAYS = "Always",
}

export enum TrafficExtensionSpecWasmType {
  UNSPECIFIED_PLUGIN_TYPE = "UNSPECIFIED_PLUGIN_TYPE",
  HTTP = "HTTP",
  NETWORK = "NETWORK",
}

export interface TrafficExtensionSpecWasmVmConfig {
  readonly env?: TrafficExtensionSpecWasmVmConfigEnv[];
}

export interface TrafficExtensionSpecWasmVmConfigEnv {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: TrafficExtensionSpecWasmVmConfigEnvValueFrom;
}

export enum TrafficExtensionSpecWasmVmConfigEnvValueFrom {
  INLINE = "INLINE",
  HOST = "HOST",
}

/** A WasmPlugin of extensions.istio.io, version v1alpha1. */
export class WasmPlugin extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'extensions.istio.io/v1alpha1',
    kind: 'WasmPlugin',
  }

  public static manifest(props: WasmPluginProps): any {
    return {
      ...WasmPlugin.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: WasmPluginProps) {
    super(scope, id, {
      ...WasmPlugin.GVK,
      ...props,
    });
  }
}

export interface WasmPluginProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: WasmPluginSpec;
}

export interface WasmPluginSpec {
  readonly failStrategy?: WasmPluginSpecFailStrategy;
  readonly imagePullPolicy?: WasmPluginSpecImagePullPolicy;
  readonly imagePullSecret?: string;
  readonly match?: WasmPluginSpecMatch[];
  readonly phase?: WasmPluginSpecPhase;
  readonly pluginConfig?: any;
  readonly pluginName?: string;
  readonly priority?: number;
  readonly selector?: WasmPluginSpecSelector;
  readonly sha256?: string;
  readonly targetRef?: WasmPluginSpecTargetRef;
  readonly targetRefs?: WasmPluginSpecTargetRefs[];
  readonly type?: WasmPluginSpecType;
  readonly url: string;
  readonly verificationKey?: string;
  readonly vmConfig?: WasmPluginSpecVmConfig;
}

export enum WasmPluginSpecFailStrategy {
  FAIL_CLOSE = "FAIL_CLOSE",
  FAIL_OPEN = "FAIL_OPEN",
  FAIL_RELOAD = "FAIL_RELOAD",
}

export enum WasmPluginSpecImagePullPolicy {
  UNSPECIFIED_POLICY = "UNSPECIFIED_POLICY",
  IF_NOT_PRESENT = "IfNotPresent",
  ALWAYS = "Always",
}

export interface WasmPluginSpecMatch {
  readonly mode?: WasmPluginSpecMatchMode;
  readonly ports?: WasmPluginSpecMatchPorts[];
}

export enum WasmPluginSpecPhase {
  UNSPECIFIED_PHASE = "UNSPECIFIED_PHASE",
  AUTHN = "AUTHN",
  AUTHZ = "AUTHZ",
  STATS = "STATS",
}

export interface WasmPluginSpecSelector {
  readonly matchLabels?: { [key: string]: string };
}

export interface WasmPluginSpecTargetRef {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface WasmPluginSpecTargetRefs {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export enum WasmPluginSpecType {
  UNSPECIFIED_PLUGIN_TYPE = "UNSPECIFIED_PLUGIN_TYPE",
  HTTP = "HTTP",
  NETWORK = "NETWORK",
}

export interface WasmPluginSpecVmConfig {
  readonly env?: WasmPluginSpecVmConfigEnv[];
}

export enum WasmPluginSpecMatchMode {
  UNDEFINED = "UNDEFINED",
  CLIENT = "CLIENT",
  SERVER = "SERVER",
  CLIENT_AND_SERVER = "CLIENT_AND_SERVER",
}

export interface WasmPluginSpecMatchPorts {
  readonly number: number;
}

export interface WasmPluginSpecVmConfigEnv {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: WasmPluginSpecVmConfigEnvValueFrom;
}

export enum WasmPluginSpecVmConfigEnvValueFrom {
  INLINE = "INLINE",
  HOST = "HOST",
}
