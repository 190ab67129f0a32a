import { isCidrRange } from './ip-ranges';
import { annotations } from './names';

const sourceRanges = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** Annotations of a Service. One of them has a condition of the API server. */
export const serviceAnnotations = annotations.superRefine((given, { addIssue }) => {
  const ranges = given[sourceRanges]?.trim();
  if (ranges === undefined || ranges === '' || ranges.split(',').every((each) => isCidrRange(each.trim())))
    return;
  addIssue({
    code: 'custom',
    path: [sourceRanges],
    message: 'Write ranges with commas, such as 203.0.113.0/24,198.51.100.0/24.',
    params: { message: `The annotation ${sourceRanges} is ${JSON.stringify(ranges)}.` },
    input: given,
  });
});
