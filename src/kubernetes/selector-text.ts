type Texts = Readonly<Record<string, string>>;
type Condition = (labels: Texts) => boolean;

/**
 * The condition of a label selector in kubectl's notation, such as `app=istiod,tier in (a,b),!legacy`; undefined if it
 * is not valid.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selectorCondition(text: string): Condition | undefined {
  const conditions = requirements(text).map(conditionOf);
  if (conditions.some((condition) => condition === undefined)) return undefined;
  return (labels) => conditions.every((condition) => condition?.(labels));
}

/** The parts between the commas outside of parentheses. */
function requirements(text: string): string[] {
  return text.split(/,(?![^(]*\))/).map((part) => part.trim());
}

const key = '([A-Za-z0-9][-\\w./]*)';
const equality = new RegExp(`^${key}\\s*(==|=|!=)\\s*([-\\w.]*)$`);
const membership = new RegExp(`^${key}\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const existence = new RegExp(`^(!?)\\s*${key}$`);

function conditionOf(requirement: string): Condition | undefined {
  const [, name = '', operator, value = ''] =
    equality.exec(requirement) ?? membership.exec(requirement) ?? [];
  if (operator === undefined) {
    const [, absent, only = ''] = existence.exec(requirement) ?? [];
    return absent === undefined ? undefined : (labels) => Object.hasOwn(labels, only) === (absent === '');
  }
  const values = value.split(',').map((each) => each.trim());
  const isPositive = ['=', '==', 'in'].includes(operator);
  return (labels) => (Object.hasOwn(labels, name) && values.includes(labels[name] ?? '')) === isPositive;
}
