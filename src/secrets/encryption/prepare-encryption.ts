import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Cluster, Mesh } from '../../mesh/mesh';
import { readSealingCertificate } from '../../pki/sealing-certificate';
import { MeshError, type Problem } from '../../problems/problem';
import { sealedSecrets } from '../sealed-secrets';
import { sopsDataKey, sopsFiles } from '../sops';
import type { Cipher } from './cipher';
import { encryptedCharts } from './encrypted-charts';
import { EncryptedSecretsFolder } from './encrypted-secrets-folder';
import { PreparedEncryption } from './prepared-encryption';

/**
 * Loads what encrypts the Secrets of a mesh, the certificates of the Sealed Secrets controllers and keys for
 * SOPS, and what is kept of earlier runs.
 *
 * @param directory the folder at which the definition's relative paths start
 * @param now the time at which certificates must be valid
 * @throws MeshError with everything for which nothing can be encrypted, or that cannot be read
 */
export async function prepareEncryption(
  mesh: Mesh,
  directory: string,
  now: Date,
): Promise<PreparedEncryption> {
  const folder = EncryptedSecretsFolder.read(mesh, directory);
  const problems: Problem[] = [];
  const ciphers = new Map<string, Cipher>();
  for (const cluster of mesh.clusters) {
    const charts = encryptedCharts(mesh, cluster);
    for (const backend of new Set(charts.map((chart) => chart.backend))) {
      const cipher =
        backend === 'sops'
          ? await sopsCipher(cluster, now, problems)
          : sealingCipher(cluster, directory, now, problems);
      if (cipher === undefined) continue;
      for (const { path } of charts.filter((chart) => chart.backend === backend)) ciphers.set(path, cipher);
    }
  }
  MeshError.throwIfAny(problems);
  return new PreparedEncryption(mesh, folder, ciphers);
}

async function sopsCipher(
  { name, secrets }: Cluster,
  now: Date,
  problems: Problem[],
): Promise<Cipher | undefined> {
  const before = problems.length;
  const dataKey = await sopsDataKey(secrets.sops.age, name, problems);
  return problems.length === before ? sopsFiles(dataKey, now) : undefined;
}

function sealingCipher(
  { name, secrets }: Cluster,
  directory: string,
  now: Date,
  problems: Problem[],
): Cipher | undefined {
  const { certificate: file, scope } = secrets.sealedSecrets;
  const reading = readCertificateFile(resolve(directory, file), file, name, now);
  if ('certificate' in reading) return sealedSecrets(reading.certificate, scope);
  problems.push(reading.problem);
  return undefined;
}

function readCertificateFile(
  file: string,
  shown: string,
  cluster: string,
  now: Date,
): ReturnType<typeof readSealingCertificate> {
  try {
    return readSealingCertificate(readFileSync(file, 'utf8'), shown, now);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const found = code === 'ENOENT' ? 'It is absent' : `It cannot be read (${code})`;
    return {
      problem: {
        code: 'SECRET-CERTIFICATE',
        location: { file: shown },
        message: `${found}, and the Secrets of ${cluster} are encrypted for it.`,
        hint: `Once the Sealed Secrets controller runs in ${cluster}, fetch its certificate with istio-mesh join, or kubeseal --fetch-cert.`,
      },
    };
  }
}
