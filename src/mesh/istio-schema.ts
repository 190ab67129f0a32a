import { z } from 'zod';
import { controlPlaneForms, crdsChoices, istioProfiles } from './istio-definition';
import { isIstioVersion } from './istio-version';
import { dnsLabel, matching, nonEmptyString } from './schema-types';

const versionRemedy = 'Write a version of Istio from 1.12 on in three numbers, such as 1.31.0.';
const version = z
  .string({ error: versionRemedy })
  .refine(isIstioVersion, { error: versionRemedy })
  .meta({ pattern: '^1\\.(1[2-9]|[2-9]\\d|[1-9]\\d\\d)\\.\\d{1,3}(-[0-9A-Za-z.-]+)?$' });

const values = z.record(z.string(), z.json());

const controlPlane = {
  version: version.optional(),
  hub: matching(
    /^[^\s/]+(\/[^\s/]+)*$/,
    'Write a registry and folder without a slash at the end.',
  ).optional(),
  tag: matching(/^\w[\w.-]{0,127}$/, 'Write the tag of an image, such as 1.31.0-distroless.').optional(),
  revision: dnsLabel.optional(),
  values: values.optional(),
};

const profile = z.enum(istioProfiles);
const alongside = z.strictObject({ ...controlPlane, revision: dnsLabel });

/** The shape of a mesh's istio settings. */
export const istioSchema = z.strictObject({
  ...controlPlane,
  profile: profile.optional(),
  controlPlane: z.enum(controlPlaneForms).optional(),
  istioctl: nonEmptyString.optional(),
  crds: z.enum(crdsChoices).optional(),
  alongside: alongside.optional(),
});

/** The shape of what a cluster changes of them. */
export const clusterIstioSchema = z.strictObject({
  ...controlPlane,
  profile: profile.optional(),
  alongside: z.union([z.literal('disabled'), alongside]).optional(),
});
