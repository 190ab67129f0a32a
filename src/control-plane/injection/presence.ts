import { all, any, type Condition, not } from './expression';
import {
  Conditional,
  isCollection,
  isEmpty,
  present,
  Repetition,
  Shared,
  type Template,
  type TemplateList,
} from './template';

/** What was found already: without it, every level of a template would go through all below it again. */
const known = new WeakMap<object, Condition>();

/**
 * When a part leaves something in the text of a template.
 *
 * A collection of which nothing is left would read as null, and null in a patch deletes. So it is there
 * only where something in it is.
 */
export function presence(part: Template): Condition {
  if (typeof part !== 'object' || part === null) return true;
  const found = known.get(part) ?? presenceOf(part);
  known.set(part, found);
  return found;
}

function presenceOf(part: object & Template): Condition {
  if (part instanceof Repetition) return part.elements;
  if (part instanceof Shared) return presence(part.part);
  if (part instanceof Conditional) {
    return any(
      all(part.condition, presenceOfAny(part.then)),
      all(not(part.condition), presenceOfAny(part.otherwise)),
    );
  }
  return !isCollection(part) || isEmpty(part) || presenceOfAny(Object.values(part));
}

function presenceOfAny(parts: TemplateList): Condition {
  return any(...present(parts).map(presence));
}
