/** A number or a percentage; Kubernetes refuses a number that is written as text. */
export function intOrString(value: number | string): number | string {
  return /^\d+$/.test(String(value)) ? Number(value) : value;
}
