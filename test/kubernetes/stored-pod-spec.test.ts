import { expect, test } from 'vitest';
import { storedPodSpec } from '../../src/kubernetes/stored-pod-spec';

test('quantities, empty variables and defaults in lists are as the API server stores them', () => {
  const written = {
    nodeSelector: { env: 'prod' },
    containers: [
      {
        name: 'a',
        env: [
          { name: 'EMPTY', value: '' },
          { name: 'SET', value: 'x' },
          { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'LIMIT', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1000m' } } },
        ],
        resources: { requests: { cpu: 0.5, memory: '1024Mi' }, limits: { cpu: '2000m' } },
      },
    ],
    volumes: [
      { name: 'cache', emptyDir: { sizeLimit: '0.5Gi' } },
      {
        name: 'info',
        downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] },
      },
      { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
      { name: 'files', configMap: { name: 'files', items: [{ key: 'a', path: 'b' }] } },
    ],
  };
  const stored = {
    nodeSelector: { env: 'prod' },
    containers: [
      {
        name: 'a',
        env: [
          { name: 'EMPTY' },
          { name: 'SET', value: 'x' },
          { name: 'POD', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
          { name: 'LIMIT', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1' } } },
        ],
        resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2' } },
      },
    ],
    volumes: [
      { name: 'cache', emptyDir: { sizeLimit: '512Mi' } },
      {
        name: 'info',
        downwardAPI: {
          items: [{ path: 'labels', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.labels' } }],
        },
      },
      {
        name: 'token',
        projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 3600 } }] },
      },
      { name: 'files', configMap: { name: 'files', items: [{ key: 'a', path: 'b' }] } },
    ],
  };
  expect(storedPodSpec(written)).toEqual(stored);
  expect(storedPodSpec(stored)).toEqual(stored);
});
