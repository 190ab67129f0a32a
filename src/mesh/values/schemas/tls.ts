import { z } from 'zod';
import type { HelmValues } from '../../helm-values';
import { matching } from '../../schema-types';
import { flag, text, texts } from './common';
import { atMostOneOf, type Check, message } from './proto-json';

/** The versions of TLS that istiod can require as a minimum. */
const tlsVersions = z.enum(['TLS_AUTO', 'TLSV1_2', 'TLSV1_3']);

/** The shape of `meshMTLS`. */
export function meshTls() {
  return message({ minProtocolVersion: tlsVersions, cipherSuites: texts, ecdhCurves: texts }, noCurves);
}

const noCurves: Check = ({ ecdhCurves }, report) => {
  if (ecdhCurves === undefined) return;
  report(
    ['ecdhCurves'],
    'Istio does not support ecdhCurves in meshMTLS.',
    'Remove it, or move it to tlsDefaults.',
  );
};

/** The curves and cipher suites that Envoy supports; istiod leaves out others. */
const ecdhCurves = ['P-256', 'P-384', 'P-521', 'X25519', 'X25519MLKEM768'] as const;
const cipherSuites = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'AES128-GCM-SHA256',
  'AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES256-GCM-SHA384',
  'AES256-SHA',
  'DES-CBC3-SHA',
  // Those of TLS 1.3 are always on, and have no effect here.
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
] as const;

/** The shape of `tlsDefaults`. */
export function tlsDefaults() {
  return message(
    {
      minProtocolVersion: tlsVersions,
      cipherSuites: z.array(z.enum(cipherSuites)),
      ecdhCurves: z.array(z.enum(ecdhCurves)),
    },
    ({ ecdhCurves: curves }, report) => {
      const names = (curves ?? []) as readonly string[];
      const index = names.findIndex((name, at) => names.indexOf(name) < at);
      if (index >= 0)
        report(['ecdhCurves', index], `The list has ${names[index]} twice.`, 'Remove one of them.');
    },
  );
}

/** The TLS settings of a client. */
export function clientTls() {
  return message(
    {
      mode: z.enum(['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL']),
      clientCertificate: text,
      privateKey: text,
      caCertificates: text,
      credentialName: text,
      subjectAltNames: texts,
      sni: text,
      insecureSkipVerify: flag,
      caCrl: text,
    },
    clientCertificates,
    skippedVerification,
  );
}

const clientCertificates: Check = (settings, report) => {
  const { mode, credentialName } = settings;
  const needsNone = mode !== 'SIMPLE' && mode !== 'MUTUAL';
  if (needsNone) return;
  if (isSet(credentialName)) {
    for (const file of ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl']) {
      if (!isSet(settings[file])) continue;
      report([file], `${file} and credentialName exclude each other.`, `Remove ${file} or credentialName.`);
    }
    return;
  }
  if (mode !== 'MUTUAL') return;
  for (const file of ['clientCertificate', 'privateKey'].filter((name) => !isSet(settings[name]))) {
    report([], `The mode MUTUAL needs ${file}.`, `Add ${file}: with a path, or credentialName.`);
  }
};

const skippedVerification: Check = (settings: HelmValues, report) => {
  if (settings.insecureSkipVerify !== true) return;
  const excluded =
    settings.mode === 'SIMPLE'
      ? ['caCertificates', 'credentialName', 'subjectAltNames']
      : settings.mode === 'MUTUAL'
        ? ['caCertificates', 'subjectAltNames']
        : [];
  for (const name of excluded.filter((each) => isSet(settings[each]))) {
    report([name], `${name} has no effect with insecureSkipVerify.`, `Remove ${name} or insecureSkipVerify.`);
  }
};

function isSet(value: unknown): boolean {
  return value !== undefined && value !== '';
}

/** A CA certificate in PEM. */
export const pemCertificate = matching(
  /^\s*-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/,
  'Write a certificate in PEM, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
);

/** The shape of `caCertificates`. */
export function caCertificate() {
  const spiffeBundleUrl = matching(/^https:\/\/[^\s/]+/, 'Write an address that starts with https://.');
  return message(
    { pem: pemCertificate, spiffeBundleUrl, certSigners: texts, trustDomains: texts },
    atMostOneOf('pem', 'spiffeBundleUrl'),
  );
}
