import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { issueIntermediateCertificate } from '../../src/pki/ca-certificate';
import { readCertificate } from '../../src/pki/certificate';
import { randomSerialNumber } from '../../src/pki/sign-certificate';
import { restart } from './apply-mesh';
import { clusterSource } from './clusters';
import { commands } from './commands';
import { withContinuousCalls } from './continuous-calls';
import { Thief } from './thief';
import { verifiedMesh } from './verified-mesh';
import type { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];
const gateways = ['istio-eastwestgateway', 'istio-ingressgateway'];

const day = 24 * 60 * 60_000;

describe.skipIf(clusterSource !== 'lab')('incidents with certificates, on real clusters', () => {
  const workplace = verifiedMesh(clusters.length, (mesh) =>
    mesh.setIn(['certificates'], { keyAlgorithm: 'EC-P256', rootRotation: 'enabled' }),
  );

  test('an intermediate certificate that has expired', () => {
    expire(workplace(), 'cluster1');
    workplace().kubectl('cluster1', '-n istio-system delete pods -l app=istiod');
    expect(() => workplace().run('npx istio-mesh verify --timeout 30')).toThrow(/LIVE-ISTIOD/);
    expect(() => workplace().run('npx istio-mesh synth')).toThrow(/CA-EXPIRED/);
    workplace().run(commands.replaceExpired);
    restart(workplace(), ['cluster1'], 'istio-system', gateways);
    restart(workplace(), ['cluster1'], 'sample');
    workplace().run(commands.verify);
  });

  withContinuousCalls(workplace, clusters, () => {
    test('a root whose key is lost, with a step back', { timeout: 900_000 }, () => {
      workplace().run('rm certs/root-key.pem');
      const old = rootOf(workplace(), 'cluster1');
      const forward = 'rotate root';
      const issuers = [forward, forward, forward, 'rotate root --back', forward, forward].map((step) => {
        workplace().run(commands.rotateRoot.replace('rotate root', step));
        return isSignedBy(workplace(), 'cluster1', old) ? 'old' : 'next';
      });
      expect(issuers).toEqual(['old', 'old', 'next', 'old', 'next', 'next']);
      expect(rootOf(workplace(), 'cluster1')).not.toBe(old);
      workplace().run(commands.verify);
    });

    test('a stolen intermediate certificate', { timeout: 600_000 }, () => {
      const thief = new Thief(workplace(), 'cluster1');
      expect(thief.callTo('cluster2')).toContain('version: v2');
      workplace().run(commands.replaceStolen);
      restart(workplace(), ['cluster1'], 'istio-system', gateways);
      restart(workplace(), ['cluster1'], 'sample');
      workplace().run(commands.revokeStolen);
      const answer = thief.callTo('cluster2');
      expect(answer).toContain('SSL alert number');
      expect(answer).not.toContain('version: ');
    });
  });
});

function read({ folder }: Workplace, file: string): string {
  return readFileSync(join(folder, 'certs', file), 'utf8');
}

/** The first root that a cluster trusts. */
function rootOf(workplace: Workplace, cluster: string): string {
  return new X509Certificate(read(workplace, `${cluster}/root-cert.pem`)).toString();
}

function isSignedBy(workplace: Workplace, cluster: string, root: string): boolean {
  const certificate = new X509Certificate(read(workplace, `${cluster}/ca-cert.pem`));
  return certificate.verify(new X509Certificate(root).publicKey);
}

/** Replaces the certificate of a cluster's CA by one that has expired, as if it had not been renewed in time. */
function expire(workplace: Workplace, cluster: string): void {
  const root = read(workplace, 'root-cert.pem');
  const expired = issueIntermediateCertificate({
    cluster,
    issuer: {
      certificate: readCertificate(new X509Certificate(root).raw),
      privateKey: createPrivateKey(read(workplace, 'root-key.pem')),
    },
    privateKey: createPrivateKey(read(workplace, `${cluster}/ca-key.pem`)),
    now: new Date(Date.now() - 10 * day),
    validityDays: 9,
    serialNumber: randomSerialNumber(),
  });
  const files = { 'ca-cert.pem': expired, 'cert-chain.pem': expired + root };
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(workplace.folder, 'certs', cluster, name), text);
  const data = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, Buffer.from(text).toString('base64')]),
  );
  workplace.kubectl(cluster, `-n istio-system patch secret cacerts --patch '${JSON.stringify({ data })}'`);
}
