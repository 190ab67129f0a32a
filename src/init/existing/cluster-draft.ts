import { isDeepStrictEqual } from 'node:util';
import { type HelmValue, type HelmValues, isMap, mergeValues } from '../../mesh/helm-values';
import {
  type DefinitionPath,
  formatPath,
  type Location,
  type Problem,
  valueAt,
} from '../../problems/problem';
import type { Part } from './part';

/** Where a part of a definition comes from. */
interface Origin {
  readonly target: DefinitionPath;
  readonly part: Part;
  readonly path: DefinitionPath;
}

/** The settings of one cluster as they are translated, each with the place in a file where it comes from. */
export class ClusterDraft {
  /** The settings: `trustDomain`, `istio`, `gateways` and `eastWestGateway`. */
  settings: HelmValues = {};
  readonly problems: Problem[] = [];
  /** What was left out or written differently, and why. */
  readonly notes: string[] = [];
  private readonly origins: Origin[] = [];

  /** @param firstPart the part from which settings come that no other one decides */
  constructor(readonly firstPart: Part) {}

  /** Merges a value of a part over the settings. */
  put(target: DefinitionPath, value: HelmValue, part: Part, path: DefinitionPath): void {
    this.origins.push({ target, part, path });
    const layer = target.reduceRight<HelmValue>((inner, key) => ({ [key]: inner }), value);
    this.settings = mergeValues(this.settings, layer as HelmValues);
  }

  /** Says where a setting comes from that another part of the settings contains. */
  from(target: DefinitionPath, part: Part, path: DefinitionPath): void {
    this.origins.push({ target, part, path });
  }

  /** The setting at a path. */
  at(path: DefinitionPath): HelmValue | undefined {
    return valueAt(this.settings, path) as HelmValue | undefined;
  }

  /** Whether a setting has a value already. */
  has(path: DefinitionPath, value: HelmValue): boolean {
    return isDeepStrictEqual(this.at(path), value);
  }

  /** Removes a setting, and the maps that it leaves empty. */
  remove(path: DefinitionPath): void {
    this.settings = without(this.settings, path);
  }

  /** Says in a comment what was left out of a part. */
  leaveOut(part: Part, path: DefinitionPath, reason: string): void {
    this.notes.push(`${shownLocation(part.locate(path, 'key'))}: ${formatPath(path)} ${reason}`);
  }

  /** The place in a file from which a setting comes. */
  locate(path: DefinitionPath, at?: 'key' | 'value'): Location {
    const origin = this.originOf(path);
    if (origin === undefined) return this.firstPart.locate([]);
    return origin.part.locate([...origin.path, ...path.slice(origin.target.length)], at);
  }

  /** The path of a setting in its input, such as values.global.tag of an IstioOperator. */
  sourcePath(path: DefinitionPath): DefinitionPath {
    const origin = this.originOf(path);
    return origin === undefined ? path : [...origin.path, ...path.slice(origin.target.length)];
  }

  /** The last origin that has a value at the path, else the closest one. */
  private originOf(path: DefinitionPath): Origin | undefined {
    const holders = this.origins.filter(({ target }) => target.every((key, index) => key === path[index]));
    const given = holders.filter(
      ({ target, part, path: start }) =>
        valueAt(part.content, [...start, ...path.slice(target.length)]) !== undefined,
    );
    return given.at(-1) ?? holders.at(-1);
  }
}

/** A location as it is shown in a comment. */
export function shownLocation({ file, line }: Location): string {
  return [file, line].filter((each) => each !== undefined).join(':');
}

function without(values: HelmValues, [key = '', ...rest]: DefinitionPath): HelmValues {
  const { [key]: value, ...others } = values;
  if (rest.length === 0) return others;
  if (Array.isArray(value)) {
    const index = Number(rest[0]);
    const items = value.map((item, at) =>
      at === index && isMap(item) ? without(item, rest.slice(1)) : item,
    );
    return { ...values, [key]: items };
  }
  if (!isMap(value)) return values;
  const inner = without(value, rest);
  return Object.keys(inner).length === 0 ? others : { ...values, [key]: inner };
}
