import { describe, expect, test } from 'vitest';
import { certificatesIn } from '../../../src/live/proxy-secrets';
import { barrierProblems } from '../../../src/live/rotation/barrier';
import type { RotationObservation } from '../../../src/live/rotation/observe-rotation';
import type { StablePhase } from '../../../src/pki/rotation/root-phase';
import { opensslCa } from '../../pki/openssl';
import { goodState, rootConfigMap } from '../good-state';
import { loneCluster } from '../lone-cluster';

const [oldRoot, newRoot] = [opensslCa(), opensslCa()];
const [oldIssuer, newIssuer] = [opensslCa({ issuer: oldRoot }), opensslCa({ issuer: newRoot })];
const both = oldRoot.cert + newRoot.cert;
const roots = { old: certificatesIn(oldRoot.cert), next: certificatesIn(newRoot.cert) };
const cluster = loneCluster();

/** What a cluster shows that trusts some roots, and whose istiod and proxies have certificates of an issuer. */
function observation(trusted: string, issuer = oldIssuer): RotationObservation {
  const chain = certificatesIn(issuer.cert);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const state = goodState(cluster);
  const data = {
    'ca-cert.pem': base64(issuer.cert),
    'ca-key.pem': '',
    'root-cert.pem': base64(trusted),
    'cert-chain.pem': base64(issuer.cert),
  };
  return {
    state: {
      ...state,
      rootConfigMaps: ['istio-system', 'sample'].map((namespace) => withRoots(namespace, trusted)),
      proxySecrets: state.proxies.map((proxy) => ({
        proxy,
        chain,
        roots: certificatesIn(trusted),
        revocationLists: '',
      })),
      caSecrets: [{ metadata: { name: 'cacerts' }, data }],
    },
    istiods: [{ pod: 'istiod-1', ready: true, takesAnotherRoot: true, chain }],
    webhooks: [
      { name: 'mutatingwebhookconfiguration istio-sidecar-injector', roots: certificatesIn(trusted) },
    ],
    silentProxies: [],
  };
}

function withRoots(namespace: string, certificate: string) {
  return rootConfigMap(namespace, { certificate, key: '' });
}

function problems(phase: StablePhase, observed: RotationObservation): string[] {
  return barrierProblems(phase, observed, roots).map(({ code, message }) => `${code} ${message}`);
}

const complete: readonly (readonly [StablePhase, RotationObservation])[] = [
  ['old-root', observation(oldRoot.cert)],
  ['both-roots', observation(both)],
  ['both-roots', observation(both, newIssuer)],
  ['new-issuer', observation(both, newIssuer)],
  ['new-root', observation(newRoot.cert, newIssuer)],
];

test.each(complete)('nothing is left of the phase %s in a cluster that has reached it', (phase, observed) => {
  expect(problems(phase, observed)).toEqual([]);
});

describe('what is left of a phase', () => {
  test.each([
    ['both-roots', observation(oldRoot.cert)],
    ['new-issuer', observation(both)],
    ['new-root', observation(both, newIssuer)],
  ] as const)('is above all the Secret, of %s', (phase, observed) => {
    expect(problems(phase, observed)).toEqual([
      expect.stringMatching(/^LIVE-ROTATION Secret istio-system\/cacerts of .* is not that of this phase\.$/),
    ]);
  });

  test('is istiod, until it has loaded the Secret', () => {
    const observed = observation(both);
    const rootConfigMaps = [withRoots('istio-system', oldRoot.cert)];
    expect(problems('both-roots', { ...observed, state: { ...observed.state, rootConfigMaps } })).toEqual([
      expect.stringMatching(/has not loaded both root certificates yet/),
    ]);
  });

  test('is an istiod that would ignore another root', () => {
    const observed = observation(oldRoot.cert);
    const istiods = [
      ...observed.istiods,
      { pod: 'istiod-2', ready: true, takesAnotherRoot: false, chain: [] },
    ];
    expect(problems('old-root', { ...observed, istiods })).toEqual([
      expect.stringMatching(/ISTIO_MULTIROOT_MESH is not set in istiod-2\.$/),
    ]);
    expect(problems('old-root', { ...observed, istiods: [] })).toHaveLength(1);
  });

  test('is one namespace, one webhook, one istiod, or one proxy', () => {
    const observed = observation(both, newIssuer);
    const { state } = observed;
    const [proxy] = state.proxies;
    const oldTrust = certificatesIn(oldRoot.cert);
    const chain = certificatesIn(oldIssuer.cert);
    const cases: [Partial<RotationObservation>, RegExp][] = [
      [
        { state: { ...state, rootConfigMaps: [...state.rootConfigMaps, withRoots('shop', oldRoot.cert)] } },
        /istio-ca-root-cert in shop /,
      ],
      [
        { webhooks: [{ name: 'validatingwebhookconfiguration v', roots: oldTrust }] },
        /caBundle of validating/,
      ],
      [
        { istiods: [{ pod: 'istiod-2', ready: true, takesAnotherRoot: true, chain }] },
        /still signs .*istiod-2/,
      ],
      [{ istiods: [{ pod: 'istiod-2', ready: false, takesAnotherRoot: true }] }, /unknown .*istiod-2/],
      [
        {
          state: { ...state, proxySecrets: state.proxySecrets.map((each) => ({ ...each, roots: oldTrust })) },
        },
        /do not trust both root certificates: deployment sample\/curl/,
      ],
      [
        { state: { ...state, proxySecrets: state.proxySecrets.map((each) => ({ ...each, chain })) } },
        /certificate under the old root: deployment sample\/curl/,
      ],
      [{ silentProxies: proxy === undefined ? [] : [proxy] }, /did not answer.*deployment sample\/curl/],
    ];
    for (const [change, expected] of cases) {
      expect(problems('new-issuer', { ...observed, ...change })).toEqual([expect.stringMatching(expected)]);
    }
  });

  test('is a proxy that still trusts the old root after the last step', () => {
    const observed = observation(newRoot.cert, newIssuer);
    const proxySecrets = observed.state.proxySecrets.map((each) => ({
      ...each,
      roots: certificatesIn(both),
    }));
    const [problem] = barrierProblems(
      'new-root',
      { ...observed, state: { ...observed.state, proxySecrets } },
      roots,
    );
    expect(problem?.message).toContain('still trust the old root certificate: deployment sample/curl');
    expect(problem?.hint).toContain('rollout restart deployment curl');
  });

  test('does not include the Secret where it must not be read', () => {
    const observed = observation(both);
    const state = { ...observed.state, caSecrets: undefined };
    expect(problems('both-roots', { ...observed, state })).toEqual([]);
  });
});
