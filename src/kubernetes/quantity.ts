/** The exponents of ten of the decimal suffixes. */
const decimalSuffixes: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Kubernetes calculates in billionths, and rounds what is smaller up. */
const billionths = 10n ** 9n;

/** What Kubernetes can count with. */
const largest = (2n ** 63n - 1n) * billionths;

/**
 * A quantity in the form in which Kubernetes stores it: `2000m` becomes 2, and `1024Mi` becomes 1Gi. In any other
 * form, `kubectl apply` would report a change each time. What is not a quantity stays as it is.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function canonicalQuantity(quantity: number | string): string {
  const parsed = parsedQuantity(quantity);
  if (parsed === undefined) return String(quantity);
  const { sign, amount, suffix } = parsed;
  if (amount === 0n) return '0';
  if (amount > largest) return String(quantity);
  return `${sign}${formatted(amount, suffix)}`;
}

/** How many billionths a quantity is; undefined for what is not a quantity. */
export function billionthsIn(quantity: unknown): bigint | undefined {
  if (typeof quantity !== 'string' && typeof quantity !== 'number') return undefined;
  const { sign, amount } = parsedQuantity(quantity) ?? {};
  return amount !== undefined && sign === '-' ? -amount : amount;
}

function parsedQuantity(quantity: number | string) {
  const text = String(quantity).trim();
  const parts = /^([+-]?)(?=\.?\d)(\d*)\.?(\d*)([numkMGTPE]?|[KMGTPE]i|[eE][+-]?\d+)$/.exec(text);
  if (parts === null) return undefined;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = parts;
  const amount = billionthsOf(`${whole}${fraction}`, fraction.length, suffix);
  return { sign: sign === '-' ? '-' : '', amount, suffix };
}

function billionthsOf(digits: string, decimals: number, suffix: string): bigint {
  const power = binarySuffixes.indexOf(suffix);
  const factor = power > 0 ? 1024n ** BigInt(power) : 1n;
  const exponent = 9 - decimals + (power > 0 ? 0 : exponentOf(suffix));
  // No quantity has so many digits that a larger exponent makes a difference.
  const scale = 10n ** BigInt(Math.min(Math.abs(exponent), 1000));
  const scaled = BigInt(digits) * factor;
  return exponent >= 0 ? scaled * scale : (scaled + scale - 1n) / scale;
}

function exponentOf(suffix: string): number {
  return decimalSuffixes[suffix] ?? Number(suffix.slice(1));
}

/** Keeps the notation: binary, decimal or with an exponent. Binary suffixes stand only for whole numbers from 1024 on. */
function formatted(amount: bigint, suffix: string): string {
  if (!suffix.endsWith('i')) return decimal(amount, /^[eE]./.test(suffix));
  const isWhole = amount % billionths === 0n;
  return isWhole && amount >= 1024n * billionths ? binary(amount / billionths) : decimal(amount, false);
}

function binary(whole: bigint): string {
  let [rest, power] = [whole, 0];
  for (; rest % 1024n === 0n && power < binarySuffixes.length - 1; power++) rest /= 1024n;
  return `${rest}${binarySuffixes[power]}`;
}

/** The largest exponent that is a multiple of three and leaves a whole number. */
function decimal(amount: bigint, withExponent: boolean): string {
  let [rest, exponent] = [amount, -9];
  for (; rest % 1000n === 0n; exponent += 3) rest /= 1000n;
  if (withExponent) return exponent === 0 ? `${rest}` : `${rest}e${exponent}`;
  const suffix = Object.keys(decimalSuffixes).find((each) => decimalSuffixes[each] === exponent);
  return `${rest}${suffix}`;
}
