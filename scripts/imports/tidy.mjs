/**
 * Makes what `cdk8s import` wrote for a group small and true to Istio.
 *
 * For every type of a spec it wrote a function that copies what it knows, and so drops what a newer Istio
 * knows, even out of a JSON patch. The only other work of these functions is to give a property its right
 * name back. Here the properties have their right names, and the functions are gone.
 */
export function tidy(source) {
  if (/\?\.value|toISOString/.test(source)) {
    throw new Error('cdk8s import now converts values, which its classes would no longer do.');
  }
  return `${banner}${withoutGaps(documented(withoutCopying(withRightNames(withoutComments(source)))))}`;
}

const banner = '// Written by `npm run imports`; change scripts/imports instead.\n';

/** Without comments, each of which repeats a name from the line below it. */
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
