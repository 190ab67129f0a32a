export * from './extensions.istio.io';
export * from './networking.istio.io';
export * from './security.istio.io';
export * from './telemetry.istio.io';
