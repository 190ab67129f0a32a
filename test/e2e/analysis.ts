import type { Workplace } from './workplace';

interface Finding {
  readonly code: string;
  readonly origin: string;
}

/**
 * What `istioctl analyze` finds, the code and the object of each finding.
 *
 * @param args what it shall look at, and from which level on
 */
export function analysis(workplace: Workplace, args: string): string[] {
  // It exits with an error where it finds one.
  const output = workplace.run(`istioctl analyze --all-namespaces --output=json ${args} || true`);
  const findings = JSON.parse(output) as Finding[];
  // What several clusters have in common it tells once or for each of them, by chance.
  return [...new Set(findings.map(({ code, origin }) => `${code} ${origin}`))].sort();
}
