import { z } from 'zod';
import { toleration } from '../../gateway-schema';
import { matching } from '../../schema-types';
import {
  ipFamilyNames,
  ipFamilyPolicies,
  type LabelSelectorValues,
  type ResourceValues,
  type TargetUtilizationValues,
} from '../kubernetes-values';
import { mapOf } from './maps';
import { anyMaps, count, textMap } from './scalars';

export const tolerations = z.array(toleration);
export const ipFamilies = z.array(z.enum(ipFamilyNames));
export const ipFamilyPolicy = z.enum(ipFamilyPolicies);

const intOrStringRemedy = 'Write a whole number, or a percentage such as 25%.';
export const intOrString = z.union([count, matching(/^\d+%?$/, intOrStringRemedy)], {
  error: intOrStringRemedy,
});

const quantities = z.record(z.string(), z.string().nullable()).nullable();

export const resources = mapOf<ResourceValues>({ requests: quantities, limits: quantities });

export const targetUtilization = mapOf<TargetUtilizationValues>({ targetAverageUtilization: count });

export const labelSelectors = z.array(
  mapOf<LabelSelectorValues>({ matchLabels: textMap, matchExpressions: anyMaps }),
);
