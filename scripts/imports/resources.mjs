import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preferredVersion } from './preferred-version.mjs';
import { tidy } from './tidy.mjs';

const cdk8s = fileURLToPath(new URL('../../node_modules/cdk8s-cli/bin/cdk8s', import.meta.url));

/** Writes a TypeScript file for each API group, and an index of them, and removes those of earlier runs. */
export function writeResources(folder, crds) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) rmSync(join(folder, file));
  const groups = generate(crds.map(asInput));
  for (const { file, source } of groups) writeFileSync(join(folder, file), tidy(source));
  const index = groups.map(({ file }) => `export * from './${file.replace(/\.ts$/, '')}';\n`);
  writeFileSync(join(folder, 'index.ts'), index.join(''));
}

/** The files that `cdk8s import` writes for CRDs, one for each API group. */
function generate(crds) {
  const scratch = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    const input = join(scratch, 'crds.json');
    writeFileSync(input, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: crds }));
    const options = ['--language', 'typescript', '--output', scratch, '--no-save', '--no-check-upgrade'];
    execFileSync(process.execPath, [cdk8s, 'import', input, ...options], { stdio: 'pipe' });
    const files = readdirSync(scratch).filter((name) => name.endsWith('.ts'));
    return files.sort().map((file) => ({ file, source: readFileSync(join(scratch, file), 'utf8') }));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** A CRD with only its preferred version, so that its class is Gateway and not GatewayV1. */
function asInput(crd) {
  const version = structuredClone(preferredVersion(crd));
  withoutOldSpellings(version.schema.openAPIV3Schema);
  return { ...crd, spec: { ...crd.spec, versions: [version] } };
}

/**
 * Removes jwks_uri where there is jwksUri: `cdk8s import` gives both the same name in TypeScript, and
 * keeps only the one that Istio deprecates.
 */
function withoutOldSpellings(schema) {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const spelling = name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
    if (spelling !== name && spelling in schema.properties) delete schema.properties[name];
    else withoutOldSpellings(property);
  }
  for (const part of [schema.items, schema.additionalProperties]) if (part) withoutOldSpellings(part);
}
