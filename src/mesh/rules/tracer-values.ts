import { mapAt, type ValueCondition } from './effective-values';

/** For Lightstep, istiod needs an address and a token, and ignores the whole mesh configuration without them. */
export const completeTracer: ValueCondition = (values) => {
  if (mapAt(values, ['global', 'proxy']).tracer !== 'lightstep') return [];
  const lightstep = mapAt(values, ['global', 'tracer', 'lightstep']);
  return ['address', 'accessToken']
    .filter((key) => !lightstep[key])
    .map((key) => ({
      values: [
        ['global', 'tracer', 'lightstep', key],
        ['global', 'proxy', 'tracer'],
      ],
      message: `The tracer lightstep needs global.tracer.lightstep.${key}.`,
      hint: `Add global.tracer.lightstep.${key}.`,
    }));
};
