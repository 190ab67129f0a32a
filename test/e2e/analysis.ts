import type { Workplace } from './workplace';

interface AnalysisMessage {
  readonly code: string;
  readonly origin: string;
}

/**
 * The messages of `istioctl analyze`: the code and the object of each one.
 *
 * @param args what to analyze, and the minimum level
 */
export function analysis(workplace: Workplace, args: string): string[] {
  // It exits with an error if it reports one.
  const output = workplace.run(`istioctl analyze --all-namespaces --output=json ${args} || true`);
  const messages = JSON.parse(output) as AnalysisMessage[];
  // It reports a message about several clusters once or several times, at random.
  return [...new Set(messages.map(({ code, origin }) => `${code} ${origin}`))].sort();
}
