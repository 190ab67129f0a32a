export * from './gateway.networking.k8s.io';
