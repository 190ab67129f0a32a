/**
 * Makes the output of `cdk8s import` for an API group smaller, with the names of Istio.
 *
 * For every type of a spec, `cdk8s import` writes a function that copies the known fields, and so drops fields of
 * newer versions of Istio, even those of a JSON patch. The functions also restore the names of properties. This
 * function gives the properties their names, and removes the functions.
 */
export function tidy(source) {
  if (/\?\.value|toISOString/.test(source)) {
    throw new Error('cdk8s import now converts values, which its classes would no longer do.');
  }
  return `${banner}${withoutGaps(documented(withoutCopying(withRightNames(withoutComments(source)))))}`;
}

const banner = '// Written by `npm run imports`; change scripts/imports instead.\n';

/** Removes the comments, which only repeat the name on the next line. */
function withoutComments(source) {
  return source.replace(/^ *\/\*[\s\S]*?\*\/\n/gm, '').replace(/^ *\/\/.*\n/gm, '');
}

/** `consecutive5xxErrors` for consecutive5XxErrors, and `AUTO_PASSTHROUGH` for AUTO_UNDERSCORE_PASSTHROUGH. */
function withRightNames(source) {
  const names = [...source.matchAll(/^ {4}'(\w+)': .*?\bobj\.(\w+)/gm)].map(([, right, given]) => [
    given,
    right,
  ]);
  const rightNames = new Map(names.filter(([given, right]) => given !== right));
  return source
    .replace(/(?<=^ {2}readonly )\w+/gm, (given) => rightNames.get(given) ?? given)
    .replace(/^ {2}[A-Z\d_]+(?= = ")/gm, (member) => member.replaceAll('_UNDERSCORE_', '_'));
}

function withoutCopying(source) {
  return source
    .replace(/^export function toJson_[\s\S]*?^}\n/gm, '')
    .replace(/^ {2}public override toJson[\s\S]*?^ {2}}\n/gm, '')
    .replace(/toJson_\w+\(props\)/g, 'props');
}

function documented(source) {
  return source.replace(
    /^export class (\w+)[^}]*apiVersion: '(.*)\/(.*)'/gm,
    (start, kind, group, version) => `/** A ${kind} of ${group}, version ${version}. */\n${start}`,
  );
}

function withoutGaps(source) {
  return source
    .replace(/\n+(?= *}| {2}readonly)/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\n*$/, '\n');
}
